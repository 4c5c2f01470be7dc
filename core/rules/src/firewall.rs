//! The wall between cases and the joint group (G38 to G41; UN A/73/178; Global Compact for
//! Migration, paragraph 17; BDSG, §64(3) no. 14): nothing passes from one side to the other,
//! and on the group's side there is no person, only practices, programmes and aggregates.

use std::collections::{BTreeMap, BTreeSet};

use passerelle_model::{Code, Digest, Kind, OfficerId, PartyId, Record, Role, Side, Terms, UnitId};

use crate::access::Reader;
use crate::class_access::{ClassOpeners, opens_class};
use crate::judgement::Judgement;
use crate::second_person::{Approval, stands};
use crate::{Refusal, Rule};

/// Smallest count that a published table holds, where the agreement names no other.
pub const SMALLEST_CELL: u64 = 10;

/// Purposes that have the rule of prevention and reintegration; all others have that of
/// migration.
const PREVENTION: [&str; 2] = ["prevention", "reintegration"];

/// A sign that an import speaks of persons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trace<'a> {
    /// Name of the column, or the place in a text ("row 3, summary").
    pub place: &'a str,
    /// The word that gave it away; of a text it may be content, and is not repeated.
    pub word: &'a str,
    /// Why it does: "birth date", "phone number".
    pub why: &'a str,
}

/// What must be known before a table is taken in on the group's side.
#[derive(Debug, Clone, Copy)]
pub struct ImportFacts<'a> {
    /// Purpose, from the agreement.
    pub purpose: &'a Code,
    /// Columns about persons.
    pub columns: &'a [Trace<'a>],
    /// Signs of persons in free text.
    pub texts: &'a [Trace<'a>],
    /// Who imports.
    pub author: &'a OfficerId,
    /// SHA-256 of what is imported, as a second person would see it.
    pub content: Digest,
    /// The second person's yes, where there is one.
    pub approval: Option<Approval<'a>>,
}

/// G40: under an agreement of the group nothing but its events leaves or is taken, and
/// nowhere else do they. G38, G41: no record there says anything of persons.
pub(crate) fn judge(record: &Record, terms: &Terms, out: &mut Judgement) {
    let crosses = (record.kind == Kind::Group) != (terms.side == Side::Group);
    out.refuse_if(Rule::Firewall, crosses, record.kind);
    if terms.side == Side::Group {
        let unit = &record.author.unit;
        let member = terms.member(&record.from);
        let outside = member.is_none_or(|member| !member.units.contains(unit));
        out.refuse_if(Rule::Firewall, outside, unit);
        let persons = record.particulars.is_some();
        out.refuse_if(person_rule(&record.purpose), persons, &record.purpose);
    }
}

/// G38 or G41, by the purpose.
fn person_rule(purpose: &Code) -> Rule {
    match PREVENTION.contains(&purpose.as_str()) {
        true => Rule::PreventionPerson,
        false => Rule::MigrationPerson,
    }
}

/// G40: whether a revision stands on the side of the one before.
///
/// # Errors
/// `E_FIREWALL`.
pub fn same_side(before: &Terms, after: &Terms) -> Result<(), Refusal> {
    match before.side == after.side {
        true => Ok(()),
        false => Err(Refusal::of(Rule::Firewall, after.side)),
    }
}

/// G40: the side of each unit of `party`, after the agreements held; units that stand in none
/// have no side.
///
/// # Errors
/// `E_FIREWALL` where one stands on both.
pub fn sides<'a>(
    party: &PartyId,
    held: impl IntoIterator<Item = &'a Terms>,
) -> Result<BTreeMap<UnitId, Side>, Refusal> {
    let mut sides = BTreeMap::new();
    for terms in held {
        let units = terms.member(party).map(|member| member.units.iter());
        for unit in units.into_iter().flatten() {
            let side = sides.entry(unit.clone()).or_insert(terms.side);
            if *side != terms.side {
                return Err(Refusal::of(Rule::Firewall, unit));
            }
        }
    }
    Ok(sides)
}

/// G40: whether a person may belong to all of these units: those that have a side have the
/// same one.
///
/// # Errors
/// `E_FIREWALL`.
pub fn person_on_one_side(
    units: &BTreeSet<UnitId>,
    sides: &BTreeMap<UnitId, Side>,
) -> Result<(), Refusal> {
    let mut sided = units
        .iter()
        .filter_map(|unit| Some((unit, sides.get(unit)?)));
    let first = sided.next().map(|(_, side)| *side);
    match sided.find(|(_, side)| Some(**side) != first) {
        Some((unit, _)) => Err(Refusal::of(Rule::Firewall, unit)),
        None => Ok(()),
    }
}

/// G40: whether a unit of ours may write on that side: one that stands in no agreement may
/// write about cases.
///
/// # Errors
/// `E_FIREWALL`.
pub fn unit_writes_on(
    side: Side,
    unit: &UnitId,
    sides: &BTreeMap<UnitId, Side>,
) -> Result<(), Refusal> {
    match sides.get(unit).copied().unwrap_or_default() == side {
        true => Ok(()),
        false => Err(Refusal::of(Rule::Firewall, unit)),
    }
}

/// Whether this person sees what is said in the group: by a unit of ours that takes part and
/// a role that opens its class there.
///
/// # Errors
/// `E_NOT_FOUND`: to anybody else there is nothing of that name.
pub fn may_see_group(
    reader: &Reader<'_>,
    units: &BTreeSet<UnitId>,
    class: Option<ClassOpeners<'_>>,
) -> Result<(), Refusal> {
    let mut shared = reader.units.intersection(units);
    match shared.any(|unit| opens_class(reader.roles, unit, class, Side::Group)) {
        true => Ok(()),
        false => Err(Refusal::of(Rule::NeedToKnow, "group")),
    }
}

/// G40: whether broken glass opens a record of that side to this person: an approver's only
/// on the side of one of their units (of the cases where they have none), the data-protection
/// officer's on both.
///
/// # Errors
/// `E_FIREWALL`.
pub fn glass_reaches(
    side: Side,
    reader: &Reader<'_>,
    sides: &BTreeMap<UnitId, Side>,
) -> Result<(), Refusal> {
    let mut units = reader.units.iter();
    let near = match reader.units.is_empty() {
        true => side == Side::default(),
        false => units.any(|unit| unit_writes_on(side, unit, sides).is_ok()),
    };
    match near || reader.roles.contains(&Role::DataProtection) {
        true => Ok(()),
        false => Err(Refusal::of(Rule::Firewall, side)),
    }
}

/// Whether these roles speak for their side in the group: its secretary and officers.
///
/// # Errors
/// `E_ROLE`.
pub fn may_speak(roles: &BTreeSet<Role>) -> Result<(), Refusal> {
    let speaks = |role: &Role| matches!(role, Role::Officer | Role::Secretary);
    match roles.iter().any(speaks) {
        true => Ok(()),
        false => Err(Refusal::of(Rule::Role, Role::Secretary)),
    }
}

/// G39: whether a table may be published: no count of it is below `smallest`
/// ([`SMALLEST_CELL`] where the agreement says nothing). Suppressing is not done here.
///
/// # Errors
/// `E_SMALL_CELL`, without the count.
pub fn small_cells(counts: impl IntoIterator<Item = u64>, smallest: u64) -> Result<(), Refusal> {
    match counts.into_iter().any(|count| count < smallest) {
        true => Err(Refusal::of(Rule::SmallCell, smallest)),
        false => Ok(()),
    }
}

/// G38, G41: what the rules say of an import on the group's side: columns about persons are
/// refused, and signs of persons in free text ask for a second person.
pub fn judge_import(facts: &ImportFacts<'_>) -> Judgement {
    let (rule, mut out) = (person_rule(facts.purpose), Judgement::default());
    for Trace { place, word, why } in facts.columns {
        out.refuse_if(rule, true, format!("{place}: {word} ({why})"));
    }
    for Trace { place, why, .. } in facts.texts {
        out.approve(rule, format!("{place}: {why}"));
    }
    if out.findings().is_empty() {
        out.check(rule, None);
    }
    out
}

/// Whether the import may be taken in: [`judge_import`], and the second person's yes where
/// one is asked for.
///
/// # Errors
/// `E_MIGRATION_PERSON` or `E_PREVENTION_PERSON`, each column by its name; `E_SECOND_PERSON`
/// or `E_SELF_APPROVAL` first where only the approval is missing or does not stand.
pub fn may_import(facts: &ImportFacts<'_>) -> Result<(), Vec<Refusal>> {
    let judged = judge_import(facts);
    let refusals = judged.refusals();
    if !refusals.is_empty() {
        return Err(refusals);
    }
    let approvals = judged.approvals();
    if approvals.is_empty() {
        return Ok(());
    }
    stands(facts.approval.as_ref(), facts.author, facts.content)
        .map_err(|refusal| std::iter::once(refusal).chain(approvals).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{
        NOW, agreement, event, facts, group_agreement, personal, record, refused,
    };
    use crate::{ReceiveFacts, receive};
    use passerelle_model::{Agreement, Handling};

    fn unit(name: &str) -> UnitId {
        name.parse().unwrap()
    }

    fn units(names: &[&str]) -> BTreeSet<UnitId> {
        names.iter().map(|name| unit(name)).collect()
    }

    #[test]
    fn each_side_takes_only_its_own() {
        let (cases, group) = (agreement(), group_agreement());
        assert!(refused(event(&group), &facts(&group)).is_empty());
        assert!(refused(record(&cases), &facts(&cases)).is_empty());
        let asked = Record {
            purpose: event(&group).purpose,
            ..record(&group)
        };
        assert_eq!(refused(event(&cases), &facts(&cases)), ["E_FIREWALL"]);
        assert_eq!(refused(asked.clone(), &facts(&group)), ["E_FIREWALL"]);
        for (agreement, crossing) in [(&cases, event(&cases)), (&group, asked)] {
            let facts = ReceiveFacts {
                agreement,
                signed_by_all: true,
                now: NOW,
                seen_before: false,
                targets_known: true,
                taken_that_day: 0,
            };
            let judged = receive(crossing, &facts);
            assert_eq!(judged.unwrap_err().code(), "E_FIREWALL");
        }
    }

    #[test]
    fn no_record_of_the_group_speaks_of_persons() {
        let group = group_agreement();
        let about = |purpose: &str| {
            let mut record = personal(&group);
            record.purpose = purpose.parse().unwrap();
            refused(record, &facts(&group))
        };
        assert!(about("prevention").contains(&"E_PREVENTION_PERSON"));
        assert!(about("migration").contains(&"E_MIGRATION_PERSON"));
        assert!(!about("migration").contains(&"E_PREVENTION_PERSON"));
    }

    #[test]
    fn a_unit_and_a_person_stand_on_one_side() {
        let (cases, group) = (agreement(), group_agreement());
        let ours: PartyId = "ma.interior".parse().unwrap();
        let both = sides(&ours, [cases.terms(), group.terms()]);
        assert_eq!(both.unwrap_err().code(), "E_FIREWALL");
        let text = group
            .text()
            .replace("\"liaison\", \"terrorism\"", "\"gmmp\"");
        let text = text.replace("\"ma.interior/liaison\", \"ma.interior/terrorism\", ", "");
        let apart = Agreement::parse(&text).unwrap();
        let sides = sides(&ours, [cases.terms(), apart.terms()]).unwrap();
        let expected = [
            (unit("gmmp"), Side::Group),
            (unit("liaison"), Side::Cases),
            (unit("terrorism"), Side::Cases),
        ];
        assert_eq!(sides, BTreeMap::from(expected));
        assert!(person_on_one_side(&units(&["liaison", "press"]), &sides).is_ok());
        assert!(person_on_one_side(&units(&["gmmp", "press"]), &sides).is_ok());
        let both = person_on_one_side(&units(&["gmmp", "liaison"]), &sides);
        assert_eq!(both.unwrap_err().code(), "E_FIREWALL");
    }

    #[test]
    fn a_unit_writes_on_its_side_only() {
        let sides = BTreeMap::from([(unit("liaison"), Side::Cases), (unit("gmmp"), Side::Group)]);
        for (name, side) in [
            ("liaison", Side::Cases),
            ("press", Side::Cases),
            ("gmmp", Side::Group),
        ] {
            for asked in Side::ALL {
                let may = unit_writes_on(*asked, &unit(name), &sides).is_ok();
                assert_eq!(may, *asked == side, "{name} {asked}");
            }
        }
        let group = group_agreement();
        let mut foreign = event(&group);
        foreign.author.unit = unit("press");
        assert_eq!(refused(foreign, &facts(&group)), ["E_FIREWALL"]);
    }

    #[test]
    fn a_revision_stays_on_its_side() {
        let (cases, group) = (agreement(), group_agreement());
        assert!(same_side(cases.terms(), cases.terms()).is_ok());
        let other = same_side(cases.terms(), group.terms());
        assert_eq!(other.unwrap_err().code(), "E_FIREWALL");
    }

    #[test]
    fn the_group_is_seen_and_spoken_in_by_few() {
        let officer: OfficerId = "o-17".parse().unwrap();
        for role in Role::ALL {
            let (roles, mine) = (BTreeSet::from([*role]), units(&["gmmp"]));
            let reader = Reader {
                officer: &officer,
                units: &mine,
                roles: &roles,
            };
            let sees = may_see_group(&reader, &units(&["gmmp"]), None).is_ok();
            assert_eq!(sees, role.opens(Side::Group), "{role}");
            assert!(may_see_group(&reader, &units(&["liaison"]), None).is_err());
            let nobody = BTreeMap::from([(unit("gmmp"), BTreeSet::new())]);
            assert!(may_see_group(&reader, &units(&["gmmp"]), Some(&nobody)).is_err());
            let speaks = matches!(role, Role::Officer | Role::Secretary);
            assert_eq!(may_speak(&roles).is_ok(), speaks, "{role}");
        }
    }

    #[test]
    fn glass_breaks_on_ones_own_side() {
        let officer: OfficerId = "o-17".parse().unwrap();
        let sides = BTreeMap::from([(unit("liaison"), Side::Cases), (unit("gmmp"), Side::Group)]);
        let reaches = |role, names: &[&str], side| {
            let reader = Reader {
                officer: &officer,
                units: &units(names),
                roles: &BTreeSet::from([role]),
            };
            glass_reaches(side, &reader, &sides).is_ok()
        };
        let none: &[&str] = &[];
        for (names, own, other) in [
            (&["liaison"][..], Side::Cases, Side::Group),
            (&["gmmp"][..], Side::Group, Side::Cases),
            (none, Side::Cases, Side::Group),
        ] {
            assert!(reaches(Role::Approver, names, own));
            assert!(!reaches(Role::Approver, names, other));
            assert!(reaches(Role::DataProtection, names, other));
        }
    }

    #[test]
    fn a_published_table_has_no_small_cell() {
        assert!(small_cells([10, 250], SMALLEST_CELL).is_ok());
        assert!(small_cells([], SMALLEST_CELL).is_ok());
        for few in [[9, 250], [250, 0]] {
            let refusal = small_cells(few, SMALLEST_CELL).unwrap_err();
            assert_eq!(refusal.code(), "E_SMALL_CELL");
            assert!(!refusal.about.contains('9'));
        }
        assert!(small_cells([9], 5).is_ok());
    }

    #[test]
    fn columns_are_refused_and_texts_need_a_second_person() {
        let (author, second) = ("o-17".parse().unwrap(), "o-20".parse().unwrap());
        let approver = BTreeSet::from([Role::Approver]);
        let column = Trace {
            place: "Nom",
            word: "nom",
            why: "name",
        };
        let text = Trace {
            place: "row 3, summary",
            word: "+212 600 000 000",
            why: "phone number",
        };
        let content = Digest::new([3; 32]);
        let tried = |purpose: &str, columns: &[Trace<'_>], texts: &[Trace<'_>], yes: bool| {
            let approval = yes.then_some(Approval {
                by: &second,
                roles: &approver,
                covers: content,
            });
            let facts = ImportFacts {
                purpose: &purpose.parse().unwrap(),
                columns,
                texts,
                author: &author,
                content,
                approval,
            };
            may_import(&facts).map_err(|refusals| (refusals[0].code(), refusals[0].about.clone()))
        };
        assert!(tried("migration", &[], &[], false).is_ok());
        let (code, about) = tried("migration", &[column], &[text], true).unwrap_err();
        assert_eq!(
            (code, about.as_str()),
            ("E_MIGRATION_PERSON", "Nom: nom (name)")
        );
        let (code, _) = tried("reintegration", &[column], &[], true).unwrap_err();
        assert_eq!(code, "E_PREVENTION_PERSON");
        let (code, about) = tried("migration", &[], &[text], false).unwrap_err();
        assert_eq!(code, "E_SECOND_PERSON");
        assert!(!about.contains("212"));
        assert!(tried("migration", &[], &[text], true).is_ok());
    }

    #[test]
    fn handling_codes_hold_on_this_side_too() {
        let group = group_agreement();
        let mut marked = event(&group);
        marked.markings.handling = Handling::H3;
        assert!(!refused(marked, &facts(&group)).is_empty());
    }
}
