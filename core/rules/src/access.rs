//! Who may open what: need-to-know by unit, case and named person; conditions before content;
//! justification before anything shows (G13, G23, G24, G34, G36, G40, G46).

use std::collections::BTreeSet;

use passerelle_model::{Handling, Markings, OfficerId, Reason, Role, Tlp, UnitId};

use crate::{Refusal, Rule};

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
    /// Whether this person broke the glass over it, not longer ago than that lasts.
    pub glass: bool,
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
    role(reader, asked)?;
    restriction(reader, opening)?;
    conditions(opening)?;
    if asked == Asked::Export {
        export(opening)?;
    }
    Ok(Allowed(()))
}

fn need_to_know(reader: &Reader<'_>, opening: &Opening<'_>) -> Result<(), Refusal> {
    let opens = reader.roles.iter().any(|role| role.opens_records());
    let unit = !reader.units.is_disjoint(opening.units);
    let named = opening
        .named
        .is_none_or(|named| named.contains(reader.officer));
    // The data-protection officer sees what is restricted, to decide on it.
    let watch = reader.roles.contains(&Role::DataProtection) && opening.restricted;
    match (opens && unit && named) || watch || opening.glass {
        true => Ok(()),
        false => Err(Refusal::of(Rule::NeedToKnow, "record")),
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

fn restriction(reader: &Reader<'_>, opening: &Opening<'_>) -> Result<(), Refusal> {
    if !opening.restricted {
        return Ok(());
    }
    let may = reader
        .roles
        .iter()
        .any(|role| matches!(role, Role::DataProtection | Role::Approver));
    match may && opening.why.is_some() {
        true => Ok(()),
        false => Err(Refusal::of(Rule::Restricted, "restricted")),
    }
}

/// What a partner attached to a record is accepted before the record opens.
fn conditions(opening: &Opening<'_>) -> Result<(), Refusal> {
    let Some(markings) = opening.markings else {
        return Ok(());
    };
    let conditions = !markings.caveats.is_empty() || markings.handling != Handling::H0;
    match conditions && !opening.ours && !opening.conditions_accepted {
        true => Err(Refusal::of(Rule::ConditionsUnread, markings.handling)),
        false => Ok(()),
    }
}

fn export(opening: &Opening<'_>) -> Result<(), Refusal> {
    let Some(markings) = opening.markings else {
        return Ok(());
    };
    let blocked = markings.tlp == Tlp::Red || markings.handling == Handling::H2;
    match blocked && !opening.ours {
        true => Err(Refusal::of(Rule::ExportBlocked, markings.tlp)),
        false => Ok(()),
    }
}

/// A part of the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Room {
    /// What waits for me.
    Today,
    /// Cases and drafts.
    Cases,
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
                rooms.extend([Room::Cases, Room::Search]);
            }
            Role::DataProtection => rooms.extend([Room::Keeping, Room::Register]),
            Role::Administrator => rooms.extend([Room::People]),
            Role::Secretary => {}
        }
    }
    rooms
}

#[cfg(test)]
mod tests {
    use super::*;
    use passerelle_model::Pap;

    struct World {
        officer: OfficerId,
        units: BTreeSet<UnitId>,
        roles: BTreeSet<Role>,
        record_units: BTreeSet<UnitId>,
        markings: Markings,
        named: Option<BTreeSet<OfficerId>>,
        restricted: bool,
        accepted: bool,
        ours: bool,
        why: Option<Reason>,
        glass: bool,
    }

    fn world(role: Role) -> World {
        World {
            officer: "o-17".parse().unwrap(),
            units: BTreeSet::from(["liaison".parse().unwrap()]),
            roles: BTreeSet::from([role]),
            record_units: BTreeSet::from(["liaison".parse().unwrap()]),
            markings: Markings {
                tlp: Tlp::Amber,
                pap: Pap::Amber,
                handling: Handling::H1,
                caveats: vec![],
            },
            named: None,
            restricted: false,
            accepted: true,
            ours: false,
            why: None,
            glass: false,
        }
    }

    impl World {
        fn ask(&self, asked: Asked) -> Result<(), &'static str> {
            let reader = Reader {
                officer: &self.officer,
                units: &self.units,
                roles: &self.roles,
            };
            let opening = Opening {
                units: &self.record_units,
                named: self.named.as_ref(),
                restricted: self.restricted,
                markings: Some(&self.markings),
                conditions_accepted: self.accepted,
                ours: self.ours,
                why: self.why.as_ref(),
                glass: self.glass,
            };
            may_open(&reader, asked, &opening)
                .map(|_| ())
                .map_err(|refusal| refusal.rule.code())
        }
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
            let world = world(role);
            let found = [Asked::Open, Asked::Write, Asked::Export].map(|asked| world.ask(asked));
            assert_eq!(found, [open, write, export], "{role}");
        }
        for role in [Role::Administrator, Role::Secretary, Role::DataProtection] {
            for asked in [Asked::Open, Asked::Write, Asked::Export] {
                assert_eq!(world(role).ask(asked), Err("E_NOT_FOUND"), "{role}");
            }
        }
    }

    #[test]
    fn other_units_and_unnamed_persons_see_nothing() {
        let mut other = world(Role::Officer);
        other.record_units = BTreeSet::from(["police".parse().unwrap()]);
        assert_eq!(other.ask(Asked::Open), Err("E_NOT_FOUND"));
        let mut named = world(Role::Officer);
        named.named = Some(BTreeSet::from(["o-99".parse().unwrap()]));
        assert_eq!(named.ask(Asked::Open), Err("E_NOT_FOUND"));
        named.named = Some(BTreeSet::from(["o-17".parse().unwrap()]));
        assert_eq!(named.ask(Asked::Open), Ok(()));
    }

    #[test]
    fn conditions_come_before_content() {
        let mut fresh = world(Role::Officer);
        fresh.accepted = false;
        assert_eq!(fresh.ask(Asked::Open), Err("E_CONDITIONS_UNACK"));
        fresh.ours = true;
        assert_eq!(fresh.ask(Asked::Open), Ok(()));
        let mut plain = world(Role::Officer);
        (plain.accepted, plain.markings.handling) = (false, Handling::H0);
        assert_eq!(plain.ask(Asked::Open), Ok(()));
    }

    #[test]
    fn what_is_restricted_opens_with_a_reason_to_those_who_decide_on_it() {
        let mut officer = world(Role::Officer);
        officer.restricted = true;
        assert_eq!(officer.ask(Asked::Open), Err("E_RESTRICTED"));
        let mut watch = world(Role::DataProtection);
        watch.restricted = true;
        assert_eq!(watch.ask(Asked::Open), Err("E_RESTRICTED"));
        watch.why = Some("réclamation de la personne".parse().unwrap());
        assert_eq!(watch.ask(Asked::Open), Ok(()));
    }

    #[test]
    fn broken_glass_opens_for_reading_and_nothing_else() {
        let mut other = world(Role::DataProtection);
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
    fn markings_hold_at_the_door() {
        for (tlp, handling) in [(Tlp::Red, Handling::H0), (Tlp::Green, Handling::H2)] {
            let mut marked = world(Role::Officer);
            (marked.markings.tlp, marked.markings.handling) = (tlp, handling);
            assert_eq!(marked.ask(Asked::Export), Err("E_MARKING_EXPORT"));
            assert_eq!(marked.ask(Asked::Open), Ok(()));
        }
    }

    #[test]
    fn an_administrator_sees_people_and_no_cases() {
        let seen = rooms(&BTreeSet::from([Role::Administrator]));
        assert!(seen.contains(&Room::People));
        assert!(!seen.contains(&Room::Cases) && !seen.contains(&Room::Search));
    }
}
