//! Four eyes and the emergency (G46, our own rule): the second person is never the first,
//! nor an administrator, and saw exactly this content. Breaking the glass opens one record,
//! for a while, and somebody else looks at it afterwards.

use std::collections::BTreeSet;

use passerelle_model::{Digest, OfficerId, PartyId, Reason, RecordId, Role, UtcTime};

use crate::access::Reader;
use crate::{Refusal, Rule, log};

/// How long broken glass stays open: one hour, in milliseconds.
pub const MAX_GLASS_MILLIS: u64 = 60 * 60 * 1000;

/// A second person's yes.
#[derive(Debug, Clone, Copy)]
pub struct Approval<'a> {
    /// Who.
    pub by: &'a OfficerId,
    /// Their roles.
    pub roles: &'a BTreeSet<Role>,
    /// SHA-256 of what they saw.
    pub covers: Digest,
}

/// Whether a second person's yes stands for what is asked: somebody else than the author, an
/// approver and no administrator, and exactly this content.
///
/// # Errors
/// `E_SECOND_PERSON` where there is none for this content, `E_SELF_APPROVAL`.
pub fn stands(
    approval: Option<&Approval<'_>>,
    author: &OfficerId,
    content: Digest,
) -> Result<(), Refusal> {
    let Some(approval) = approval else {
        return Err(Refusal::of(Rule::SecondPerson, "approval"));
    };
    if approval.by == author || !approves(approval.roles) {
        return Err(Refusal::of(Rule::SelfApproval, approval.by));
    }
    match approval.covers == content {
        true => Ok(()),
        false => Err(Refusal::of(Rule::SecondPerson, "content")),
    }
}

/// Whether this person may decide on a draft that `writers` wrote and `submitted` handed in.
///
/// # Errors
/// `E_ROLE`, `E_SELF_APPROVAL`.
pub fn may_decide(
    reader: &Reader<'_>,
    writers: &BTreeSet<OfficerId>,
    submitted: &OfficerId,
) -> Result<(), Refusal> {
    if !approves(reader.roles) {
        return Err(Refusal::of(Rule::Role, Role::Approver));
    }
    match writers.contains(reader.officer) || submitted == reader.officer {
        true => Err(Refusal::of(Rule::SelfApproval, reader.officer)),
        false => Ok(()),
    }
}

fn approves(roles: &BTreeSet<Role>) -> bool {
    roles.contains(&Role::Approver) && !roles.contains(&Role::Administrator)
}

/// Glass that somebody broke.
#[derive(Debug, Clone, Copy)]
pub struct Glass<'a> {
    /// Who broke it.
    pub by: &'a OfficerId,
    /// For which record.
    pub record: (&'a PartyId, &'a RecordId),
    /// When.
    pub broken: UtcTime,
}

/// Whether somebody may open a record beyond need-to-know in an emergency: a person who
/// opens records at all, no administrator, and with a reason.
///
/// # Errors
/// `E_ROLE`, `E_JUSTIFICATION`.
pub fn may_break(reader: &Reader<'_>, why: Option<&Reason>) -> Result<(), Refusal> {
    let opens = reader.roles.iter().any(|role| role.opens_records());
    if !opens || reader.roles.contains(&Role::Administrator) {
        return Err(Refusal::of(Rule::Role, "break-glass"));
    }
    log::justified(why).map(|_| ())
}

/// Whether broken glass opens this record for this person now: the one it was broken for, to
/// the one who broke it, for [`MAX_GLASS_MILLIS`].
///
/// # Errors
/// `E_BREAK_GLASS`.
pub fn glass_opens(
    glass: &Glass<'_>,
    officer: &OfficerId,
    record: (&PartyId, &RecordId),
    now: UtcTime,
) -> Result<(), Refusal> {
    let until = glass.broken.plus_millis(MAX_GLASS_MILLIS);
    match glass.by == officer && glass.record == record && now <= until {
        true => Ok(()),
        false => Err(Refusal::of(Rule::BreakGlass, until)),
    }
}

/// Whether this person may review that glass was broken: the data-protection officer or an
/// approver, and never the one who broke it.
///
/// # Errors
/// `E_ROLE`, `E_SELF_APPROVAL`.
pub fn may_review_glass(glass: &Glass<'_>, reader: &Reader<'_>) -> Result<(), Refusal> {
    let charged = reader.roles.contains(&Role::DataProtection) || approves(reader.roles);
    if !charged || reader.roles.contains(&Role::Administrator) {
        return Err(Refusal::of(Rule::Role, "review"));
    }
    match glass.by == reader.officer {
        true => Err(Refusal::of(Rule::SelfApproval, reader.officer)),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{CLEAN, NOW, World, agreement, facts, of, personal};
    use crate::{ReleaseFacts, release};

    #[test]
    fn four_eyes_are_two_people_who_saw_this_content() {
        let agreement = agreement();
        let content = Digest::new([3; 32]);
        let approver = BTreeSet::from([Role::Approver]);
        let try_with = |by: &str, roles: &BTreeSet<Role>, covers: Digest| {
            let by: OfficerId = by.parse().unwrap();
            let mut record = personal(&agreement);
            of(&mut record).minors = Some("son intérêt".parse().unwrap());
            let facts = ReleaseFacts {
                intake: Some(CLEAN),
                content,
                approval: Some(Approval {
                    by: &by,
                    roles,
                    covers,
                }),
                ..facts(&agreement)
            };
            let result = release(record, &facts);
            result.map_err(|refusals| refusals[0].code()).map(|_| ())
        };
        assert_eq!(try_with("o-20", &approver, content), Ok(()));
        assert_eq!(try_with("o-17", &approver, content), Err("E_SELF_APPROVAL"));
        let mixed = BTreeSet::from([Role::Approver, Role::Administrator]);
        for roles in [BTreeSet::from([Role::Officer]), mixed] {
            assert_eq!(try_with("o-20", &roles, content), Err("E_SELF_APPROVAL"));
        }
        let other = Digest::new([4; 32]);
        assert_eq!(try_with("o-20", &approver, other), Err("E_SECOND_PERSON"));
    }

    #[test]
    fn nobody_decides_on_what_they_wrote_or_handed_in() {
        let try_as = |role, writers: &[&str], submitted: &str| {
            let world = World::new(role);
            let writers = writers.iter().map(|one| one.parse().unwrap()).collect();
            let judged = may_decide(&world.reader(), &writers, &submitted.parse().unwrap());
            judged.map_err(|refusal| refusal.code())
        };
        assert_eq!(try_as(Role::Approver, &["o-20"], "o-20"), Ok(()));
        assert_eq!(try_as(Role::Officer, &["o-20"], "o-20"), Err("E_ROLE"));
        let own = Err("E_SELF_APPROVAL");
        assert_eq!(try_as(Role::Approver, &["o-17", "o-20"], "o-20"), own);
        assert_eq!(try_as(Role::Approver, &["o-20"], "o-17"), own);
    }

    #[test]
    fn glass_is_broken_for_a_reason_by_somebody_who_reads() {
        let why: Reason = "vie en danger".parse().unwrap();
        let try_as = |role, why| {
            let world = World::new(role);
            may_break(&world.reader(), why).map_err(|refusal| refusal.code())
        };
        assert_eq!(try_as(Role::Officer, Some(&why)), Ok(()));
        assert_eq!(try_as(Role::Officer, None), Err("E_JUSTIFICATION"));
        for role in [Role::Administrator, Role::Secretary] {
            assert_eq!(try_as(role, Some(&why)), Err("E_ROLE"));
        }
    }

    #[test]
    fn broken_glass_opens_one_record_to_one_person_for_an_hour() {
        let party: PartyId = "be.interior".parse().unwrap();
        let id = RecordId::from_parts(1, [1; 10]);
        let other = RecordId::from_parts(2, [1; 10]);
        let by: OfficerId = "o-17".parse().unwrap();
        let glass = Glass {
            by: &by,
            record: (&party, &id),
            broken: NOW,
        };
        let end = NOW.plus_millis(MAX_GLASS_MILLIS);
        let opens = |officer: &str, id: &RecordId, now| {
            let officer: OfficerId = officer.parse().unwrap();
            glass_opens(&glass, &officer, (&party, id), now).map_err(|refusal| refusal.code())
        };
        assert_eq!(opens("o-17", &id, end), Ok(()));
        assert_eq!(opens("o-17", &id, end.plus_millis(1)), Err("E_BREAK_GLASS"));
        assert_eq!(opens("o-20", &id, NOW), Err("E_BREAK_GLASS"));
        assert_eq!(opens("o-17", &other, NOW), Err("E_BREAK_GLASS"));

        let review = |role, officer: &str| {
            let mut world = World::new(role);
            world.officer = officer.parse().unwrap();
            may_review_glass(&glass, &world.reader()).map_err(|refusal| refusal.code())
        };
        assert_eq!(review(Role::DataProtection, "o-30"), Ok(()));
        assert_eq!(review(Role::Approver, "o-17"), Err("E_SELF_APPROVAL"));
        assert_eq!(review(Role::Officer, "o-30"), Err("E_ROLE"));
    }
}
