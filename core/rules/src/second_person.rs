//! Four eyes and the emergency (G46, our own rule): the second person is never the first,
//! nor an administrator, and saw exactly this content. Breaking the glass opens one record,
//! for a while, and somebody else looks at it afterwards.

use std::collections::BTreeSet;

use passerelle_model::{Digest, OfficerId, PartyId, Reason, RecordId, Role, UtcTime};

use crate::access::Reader;
use crate::{Refusal, Rule, log, may_handle};

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

/// Whether these roles may open one record beyond need-to-know in an emergency: an approver or
/// the data-protection officer, no administrator, and with a reason.
///
/// # Errors
/// `E_ROLE`, `E_JUSTIFICATION`.
pub fn may_break(roles: &BTreeSet<Role>, why: Option<&Reason>) -> Result<(), Refusal> {
    match breaks(roles) {
        true => log::justified(why).map(drop),
        false => Err(Refusal::of(Rule::Role, "break-glass")),
    }
}

/// Whether these roles open anything in an emergency at all.
pub fn breaks(roles: &BTreeSet<Role>) -> bool {
    approves(roles)
        || (roles.contains(&Role::DataProtection) && !roles.contains(&Role::Administrator))
}

/// Whether broken glass opens this record for this person now: the one it was broken for, to
/// the one who broke it and still may, for [`MAX_GLASS_MILLIS`].
///
/// # Errors
/// `E_BREAK_GLASS`.
pub fn glass_opens(
    glass: &Glass<'_>,
    reader: &Reader<'_>,
    record: (&PartyId, &RecordId),
    now: UtcTime,
) -> Result<(), Refusal> {
    let until = glass.broken.plus_millis(MAX_GLASS_MILLIS);
    let theirs = glass.by == reader.officer && breaks(reader.roles);
    // A clock that was set back opens nothing for longer.
    let lasts = glass.broken <= now && now < until;
    match theirs && glass.record == record && lasts {
        true => Ok(()),
        false => Err(Refusal::of(Rule::BreakGlass, until)),
    }
}

/// Whether this person may review that glass was broken: the data-protection officer, and
/// never the one who broke it.
///
/// # Errors
/// `E_ROLE`, `E_SELF_APPROVAL`.
pub fn may_review_glass(glass: &Glass<'_>, reader: &Reader<'_>) -> Result<(), Refusal> {
    may_handle(reader.roles)?;
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
    fn glass_is_broken_for_a_reason_by_few() {
        let why: Reason = "vie en danger".parse().unwrap();
        let try_as = |roles: &[Role], why| {
            let roles = roles.iter().copied().collect();
            may_break(&roles, why).map_err(|refusal| refusal.code())
        };
        for role in Role::ALL {
            let may = matches!(role, Role::Approver | Role::DataProtection);
            let expected = if may { Ok(()) } else { Err("E_ROLE") };
            assert_eq!(try_as(&[*role], Some(&why)), expected, "{role}");
        }
        let both = [Role::DataProtection, Role::Administrator];
        assert_eq!(try_as(&both, Some(&why)), Err("E_ROLE"));
        assert_eq!(try_as(&[Role::Approver], None), Err("E_JUSTIFICATION"));
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
        let last = UtcTime::from_millis(end.millis() - 1);
        let opens = |role, officer: &str, id: &RecordId, now| {
            let mut world = World::new(role);
            world.officer = officer.parse().unwrap();
            let judged = glass_opens(&glass, &world.reader(), (&party, id), now);
            judged.map_err(|refusal| refusal.code())
        };
        let closed = Err("E_BREAK_GLASS");
        assert_eq!(opens(Role::Approver, "o-17", &id, last), Ok(()));
        assert_eq!(opens(Role::Approver, "o-17", &id, end), closed);
        let before = UtcTime::from_millis(NOW.millis() - 1);
        assert_eq!(opens(Role::Approver, "o-17", &id, before), closed);
        assert_eq!(opens(Role::Approver, "o-20", &id, NOW), closed);
        assert_eq!(opens(Role::Approver, "o-17", &other, NOW), closed);
        assert_eq!(opens(Role::Officer, "o-17", &id, NOW), closed);

        let review = |role, officer: &str| {
            let mut world = World::new(role);
            world.officer = officer.parse().unwrap();
            may_review_glass(&glass, &world.reader()).map_err(|refusal| refusal.code())
        };
        assert_eq!(review(Role::DataProtection, "o-30"), Ok(()));
        let own = review(Role::DataProtection, "o-17");
        assert_eq!(own, Err("E_SELF_APPROVAL"));
        assert_eq!(review(Role::Approver, "o-30"), Err("E_ROLE"));
    }
}
