//! Who may do what: need-to-know by unit, case and named person; roles; conditions before
//! content; markings at the door (G13, G23, G24, G34, G36, G40, G46).

use std::collections::BTreeSet;

use passerelle_model::{
    Markings, OfficerId, Outlet, Permission, PermittedUse, Reason, RecordId, Role, Side, UnitId,
};

use crate::class_access::{ClassOpeners, class_access};
use crate::firewall::may_see_group;
use crate::{Refusal, Rule, handling, marking, retention};

/// The person who asks.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    /// Who.
    pub officer: &'a OfficerId,
    /// Units they belong to.
    pub units: &'a BTreeSet<UnitId>,
    /// Roles they hold.
    pub roles: &'a BTreeSet<Role>,
}

/// What they ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// To open it on a screen.
    Open,
    /// To write in its case.
    Write,
    /// To take a copy out of the node.
    Export,
}

/// What they ask for it of: a record, or a case.
#[derive(Debug, Clone, Copy)]
pub struct Opening<'a> {
    /// Units of ours that it concerns.
    pub units: &'a BTreeSet<UnitId>,
    /// Where it is kept to named persons, these.
    pub named: Option<&'a BTreeSet<OfficerId>>,
    /// Whether it is restricted.
    pub restricted: bool,
    /// Its markings, where it is one record.
    pub markings: Option<&'a Markings>,
    /// Whether this person accepted its conditions.
    pub conditions_accepted: bool,
    /// Whether we wrote it ourselves.
    pub ours: bool,
    /// Why they ask, where they said so.
    pub why: Option<&'a Reason>,
    /// Which roles of which unit open its data class, where that was decided.
    pub class: Option<ClassOpeners<'a>>,
    /// On which side of the wall it stands.
    pub side: Side,
    /// Where a copy goes.
    pub outlet: Outlet,
    /// Which record it is, and its provider's permissions on file.
    pub permissions: Option<(RecordId, &'a [Permission])>,
    /// Whether this person broke the glass over it, not longer ago than that lasts.
    pub glass: bool,
}

impl Opening<'_> {
    /// Whether the provider permits this of this record, to whomever it goes.
    pub(crate) fn permits(&self, what: PermittedUse) -> bool {
        self.permissions.is_some_and(|(record, held)| {
            held.iter().any(|one| {
                one.record == record && one.uses.contains(&what) && one.parties.is_empty()
            })
        })
    }
}

/// Proof that somebody may. Only [`may_open`] makes one.
#[derive(Debug, PartialEq, Eq)]
pub struct Allowed(());

/// Judges an opening. What is beyond need-to-know looks like absence.
pub fn may_open(
    reader: &Reader<'_>,
    asked: Asked,
    opening: &Opening<'_>,
) -> Result<Allowed, Refusal> {
    need_to_know(reader, opening)?;
    class_access(reader, opening)?;
    role(reader, asked)?;
    retention::restriction(reader, opening)?;
    handling::conditions(opening)?;
    if asked == Asked::Export {
        export(opening)?;
    }
    Ok(Allowed(()))
}

fn need_to_know(reader: &Reader<'_>, opening: &Opening<'_>) -> Result<(), Refusal> {
    // The data-protection officer sees what is restricted, to decide on it.
    let watch = reader.roles.contains(&Role::DataProtection) && opening.restricted;
    match watch || opening.glass {
        true => Ok(()),
        false if opening.side == Side::Group => may_see_group(reader, opening.units, opening.class),
        false => may_see_case(reader, opening.units, opening.named),
    }
}

fn role(reader: &Reader<'_>, asked: Asked) -> Result<(), Refusal> {
    let fit = match asked {
        Asked::Open => true,
        Asked::Write => reader.roles.contains(&Role::Officer),
        Asked::Export => reader
            .roles
            .iter()
            .any(|role| matches!(role, Role::Officer | Role::Approver)),
    };
    match fit {
        true => Ok(()),
        false => Err(Refusal::of(Rule::Role, "role")),
    }
}

/// What a partner's markings say of taking a copy out; our own records are ours to mark.
fn export(opening: &Opening<'_>) -> Result<(), Refusal> {
    match opening.markings {
        Some(markings) if !opening.ours => {
            handling::export(opening, markings)?;
            marking::export(opening, markings)
        }
        _ => Ok(()),
    }
}

/// G23, G36: whether a program carries a record out of the node to where its token says. It
/// accepts no conditions: whoever gave it the token answers for them.
///
/// # Errors
/// `E_HANDLING`, `E_MARKING_EXPORT`.
pub fn may_carry(
    markings: &Markings,
    outlet: Outlet,
    (record, permissions): (RecordId, &[Permission]),
) -> Result<(), Refusal> {
    let units = BTreeSet::new();
    export(&Opening {
        units: &units,
        named: None,
        restricted: false,
        markings: Some(markings),
        conditions_accepted: false,
        ours: false,
        why: None,
        class: None,
        side: Side::Cases,
        outlet,
        permissions: Some((record, permissions)),
        glass: false,
    })
}

/// Whether this person sees what concerns these units, and is kept to `named` persons where
/// there are any. To anybody else there is nothing of that name.
///
/// # Errors
/// `E_NOT_FOUND`.
pub fn may_see_case(
    reader: &Reader<'_>,
    units: &BTreeSet<UnitId>,
    named: Option<&BTreeSet<OfficerId>>,
) -> Result<(), Refusal> {
    let opens = reader.roles.iter().any(|role| role.opens_records());
    let unit = !reader.units.is_disjoint(units);
    let named = named.is_none_or(|named| named.contains(reader.officer));
    match opens && unit && named {
        true => Ok(()),
        false => Err(Refusal::of(Rule::NeedToKnow, "record")),
    }
}

/// Whether a program reads what is kept to `named` persons: it is none of them, and whoever runs
/// it need not be.
///
/// # Errors
/// `E_NOT_FOUND` where it is kept to any.
pub fn may_program_see(named: Option<&BTreeSet<OfficerId>>) -> Result<(), Refusal> {
    match named {
        None => Ok(()),
        Some(_) => Err(Refusal::of(Rule::NeedToKnow, "record")),
    }
}

/// Whether this person may keep a case to named persons, or open it to its units again: an
/// officer or approver who sees it.
///
/// # Errors
/// `E_NOT_FOUND`.
pub fn may_keep_to_named(
    reader: &Reader<'_>,
    units: &BTreeSet<UnitId>,
    named: Option<&BTreeSet<OfficerId>>,
) -> Result<(), Refusal> {
    may_see_case(reader, units, named)?;
    let decides = |role: &Role| matches!(role, Role::Officer | Role::Approver);
    match reader.roles.iter().any(decides) {
        true => Ok(()),
        false => Err(Refusal::of(Rule::NeedToKnow, "case")),
    }
}

/// Proof that somebody deals with requests of data subjects and breaches. Only [`may_handle`]
/// makes one.
#[derive(Debug, PartialEq, Eq)]
pub struct MayHandle(());

/// Whether these roles deal with requests of data subjects, with breaches, and with what
/// others opened in an emergency: the data-protection officer.
///
/// # Errors
/// `E_ROLE`.
pub fn may_handle(roles: &BTreeSet<Role>) -> Result<MayHandle, Refusal> {
    let charged = roles.contains(&Role::DataProtection) && !roles.contains(&Role::Administrator);
    match charged {
        true => Ok(MayHandle(())),
        false => Err(Refusal::of(Rule::Role, "role")),
    }
}

/// Whether this person searches records at all.
///
/// # Errors
/// `E_ROLE`.
pub fn may_search(roles: &BTreeSet<Role>) -> Result<(), Refusal> {
    match roles.iter().any(|role| role.opens_records()) {
        true => Ok(()),
        false => Err(Refusal::of(Rule::Role, "search")),
    }
}

/// Whether this person writes, changes, hands in and releases drafts of their units.
///
/// # Errors
/// `E_ROLE`.
pub fn may_write(roles: &BTreeSet<Role>) -> Result<(), Refusal> {
    match roles.contains(&Role::Officer) {
        true => Ok(()),
        false => Err(Refusal::of(Rule::Role, Role::Officer)),
    }
}

/// Whether this person sees a draft of this unit: its officers, approvers and supervisors.
///
/// # Errors
/// `E_NOT_FOUND`.
pub fn may_see_draft(reader: &Reader<'_>, unit: &UnitId) -> Result<(), Refusal> {
    let reads = |role: &Role| matches!(role, Role::Officer | Role::Approver | Role::Supervisor);
    match reader.units.contains(unit) && reader.roles.iter().any(reads) {
        true => Ok(()),
        false => Err(Refusal::of(Rule::NeedToKnow, "draft")),
    }
}

/// Whether its sender is told that a record was read when this person opens it: only those
/// who answer for a case read for their side.
pub fn tells_read(roles: &BTreeSet<Role>) -> bool {
    roles.contains(&Role::Officer)
}

/// A part of the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Room {
    /// What waits for me.
    Today,
    /// Cases and drafts.
    Cases,
    /// The joint group: what is agreed, promised and followed up together.
    Group,
    /// Search.
    Search,
    /// The register of acts.
    Register,
    /// What the data-protection officer watches over: dates, restrictions, requests, breaches.
    Keeping,
    /// Partners and agreements.
    Partners,
    /// People and settings.
    People,
}

/// Rooms that these roles see.
pub fn rooms(roles: &BTreeSet<Role>) -> BTreeSet<Room> {
    let mut rooms = BTreeSet::from([Room::Today, Room::Partners]);
    for role in roles {
        match role {
            Role::Officer | Role::Approver | Role::Analyst | Role::Supervisor => {
                rooms.extend([Room::Cases, Room::Search, Room::Group]);
            }
            Role::DataProtection => rooms.extend([Room::Keeping, Room::Register]),
            Role::Administrator => rooms.extend([Room::People]),
            Role::Secretary => rooms.extend([Room::Group]),
        }
    }
    rooms
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::World;

    #[test]
    fn a_program_is_none_of_the_named() {
        let world = World::new(Role::Officer);
        let named = BTreeSet::from([world.officer]);
        let refused = may_program_see(Some(&named)).map_err(|one| one.code());
        assert_eq!(refused, Err("E_NOT_FOUND"));
        assert!(may_program_see(None).is_ok());
    }

    #[test]
    fn roles_open_write_and_export_as_they_should() {
        let table = [
            (Role::Officer, Ok(()), Ok(()), Ok(())),
            (Role::Approver, Ok(()), Err("E_ROLE"), Ok(())),
            (Role::Analyst, Ok(()), Err("E_ROLE"), Err("E_ROLE")),
            (Role::Supervisor, Ok(()), Err("E_ROLE"), Err("E_ROLE")),
        ];
        for (role, open, write, export) in table {
            let world = World::new(role);
            let found = [Asked::Open, Asked::Write, Asked::Export].map(|asked| world.ask(asked));
            assert_eq!(found, [open, write, export], "{role}");
        }
        for role in [Role::Administrator, Role::Secretary, Role::DataProtection] {
            for asked in [Asked::Open, Asked::Write, Asked::Export] {
                assert_eq!(World::new(role).ask(asked), Err("E_NOT_FOUND"), "{role}");
            }
        }
    }

    #[test]
    fn other_units_and_unnamed_persons_see_nothing() {
        let mut other = World::new(Role::Officer);
        other.record_units = BTreeSet::from(["police".parse().unwrap()]);
        assert_eq!(other.ask(Asked::Open), Err("E_NOT_FOUND"));
        let mut named = World::new(Role::Officer);
        named.named = Some(BTreeSet::from(["o-99".parse().unwrap()]));
        assert_eq!(named.ask(Asked::Open), Err("E_NOT_FOUND"));
        named.named = Some(BTreeSet::from(["o-17".parse().unwrap()]));
        assert_eq!(named.ask(Asked::Open), Ok(()));
    }

    #[test]
    fn a_permission_kept_to_a_party_takes_no_copy_out() {
        let mut kept = World::new(Role::Officer);
        kept.markings.handling = passerelle_model::Handling::H2;
        kept.permit(PermittedUse::Dissemination);
        assert_eq!(kept.export(Outlet::Own), Ok(()));
        kept.permissions[0].parties = vec!["nl.politie".parse().unwrap()];
        assert_eq!(kept.export(Outlet::Own), Err("E_HANDLING"));
    }

    #[test]
    fn each_role_has_its_part_of_a_case() {
        // Writes, searches, sees drafts, keeps a case to named persons, deals with requests and
        // breaches.
        let table = [
            (Role::Officer, [true, true, true, true, false]),
            (Role::Approver, [false, true, true, true, false]),
            (Role::Analyst, [false, true, false, false, false]),
            (Role::Secretary, [false, false, false, false, false]),
            (Role::DataProtection, [false, false, false, false, true]),
            (Role::Administrator, [false, false, false, false, false]),
            (Role::Supervisor, [false, true, true, false, false]),
        ];
        for (role, expected) in table {
            let world = World::new(role);
            let (reader, units) = (world.reader(), &world.record_units);
            let unit = units.first().unwrap();
            let found = [
                may_write(reader.roles),
                may_search(reader.roles),
                may_see_draft(&reader, unit),
                may_keep_to_named(&reader, units, None),
                may_handle(reader.roles).map(drop),
            ];
            assert_eq!(found.map(|judged| judged.is_ok()), expected, "{role}");
            assert_eq!(tells_read(reader.roles), role == Role::Officer);
        }
        let both = BTreeSet::from([Role::DataProtection, Role::Administrator]);
        assert_eq!(may_handle(&both).unwrap_err().code(), "E_ROLE");
    }

    #[test]
    fn broken_glass_opens_for_reading_and_nothing_else() {
        let mut other = World::new(Role::DataProtection);
        other.record_units = BTreeSet::from(["police".parse().unwrap()]);
        assert_eq!(other.ask(Asked::Open), Err("E_NOT_FOUND"));
        other.glass = true;
        assert_eq!(other.ask(Asked::Open), Ok(()));
        assert_eq!(other.ask(Asked::Export), Err("E_ROLE"));
        other.accepted = false;
        assert_eq!(other.ask(Asked::Open), Err("E_CONDITIONS_UNACK"));
        (other.accepted, other.restricted) = (true, true);
        assert_eq!(other.ask(Asked::Open), Err("E_RESTRICTED"));
    }

    #[test]
    fn beyond_ones_units_there_is_nothing() {
        let world = World::new(Role::Approver);
        let other = BTreeSet::from(["police".parse().unwrap()]);
        let reader = world.reader();
        let refused = [
            may_see_draft(&reader, other.first().unwrap()),
            may_see_case(&reader, &other, None),
            may_keep_to_named(&reader, &other, None),
        ];
        for judged in refused {
            assert_eq!(judged.unwrap_err().code(), "E_NOT_FOUND");
        }
    }

    #[test]
    fn a_program_carries_no_further_than_the_labels_reach() {
        let mut world = World::new(Role::Officer);
        let id = RecordId::from_parts(1, [1; 10]);
        let code = |world: &World, outlet| {
            may_carry(&world.markings, outlet, (id, &world.permissions)).map_err(|one| one.code())
        };
        world.markings.handling = passerelle_model::Handling::H0;
        world.markings.tlp = passerelle_model::Tlp::Amber;
        assert_eq!(code(&world, Outlet::Own), Ok(()));
        assert_eq!(code(&world, Outlet::Public), Err("E_MARKING_EXPORT"));
        world.markings.tlp = passerelle_model::Tlp::Red;
        assert_eq!(code(&world, Outlet::Own), Err("E_MARKING_EXPORT"));
        world.markings.tlp = passerelle_model::Tlp::Clear;
        world.markings.handling = passerelle_model::Handling::H2;
        assert_eq!(code(&world, Outlet::Own), Err("E_HANDLING"));
    }

    #[test]
    fn an_administrator_sees_people_and_no_cases() {
        let seen = rooms(&BTreeSet::from([Role::Administrator]));
        assert!(seen.contains(&Room::People));
        assert!(!seen.contains(&Room::Cases) && !seen.contains(&Room::Search));
    }
}
