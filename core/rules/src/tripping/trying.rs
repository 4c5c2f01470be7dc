//! The ways on which a case is tried: out, in, over the firewall, to a person's page.

use super::*;

/// What a changed record about one suspect breaks on its way out.
pub(super) fn leaving(change: fn(&mut Record), adjust: fn(&mut ReleaseFacts<'_>)) -> Broken {
    let agreement = agreement();
    let mut record = personal(&agreement);
    change(&mut record);
    let mut facts = ReleaseFacts {
        intake: Some(CLEAN),
        ..facts(&agreement)
    };
    adjust(&mut facts);
    let kept = |effect| effect == Effect::Passes;
    let judged = judge(&record, &facts);
    let findings = judged.findings().iter();
    findings
        .filter(|one| !kept(one.effect))
        .map(|one| one.rule)
        .collect()
}

pub(super) fn changed(change: fn(&mut Record)) -> Broken {
    leaving(change, |_| ())
}

/// What a record about one suspect breaks under an agreement of the joint group.
pub(super) fn crossing(change: fn(&mut Record)) -> Broken {
    let group = group_agreement();
    let mut record = personal(&group);
    change(&mut record);
    let refusals = judge(&record, &facts(&group)).refusals().into_iter();
    refusals.map(|refusal| refusal.rule).collect()
}

/// What a record breaks when it arrives.
pub(super) fn arriving(change: fn(&mut Record), adjust: fn(&mut ReceiveFacts<'_>)) -> Broken {
    let agreement = agreement();
    let mut record = personal(&agreement);
    change(&mut record);
    let mut facts = ReceiveFacts {
        agreement: &agreement,
        signed_by_all: true,
        now: NOW,
        seen_before: false,
        targets_known: true,
        taken_that_day: 0,
    };
    adjust(&mut facts);
    refused(receive(record, &facts))
}

/// What an answer to a partner's record breaks.
pub(super) fn answering(change: fn(&mut Record), restricted: bool) -> Broken {
    let agreement = agreement();
    let theirs = provided(&agreement);
    let mut record = reply(&agreement, &theirs);
    change(&mut record);
    let unrelated = permission(&record, PermittedUse::Court);
    let sources = [Provided {
        record: &theirs,
        permissions: &[unrelated],
        restricted,
    }];
    let facts = ReleaseFacts {
        sources: &sources,
        ..facts(&agreement)
    };
    let judged = judge(&record, &facts);
    let broken = judged.refusals().into_iter().chain(judged.approvals());
    broken.map(|refusal| refusal.rule).collect()
}

/// What a person breaks who asks for a partner's record.
pub(super) fn asking(change: fn(&mut World), asked: Asked, outlet: Outlet) -> Broken {
    let mut world = World::new(Role::Officer);
    change(&mut world);
    let code = match asked {
        Asked::Export => world.export(outlet),
        _ => world.ask(asked),
    };
    let named = |code| Rule::ALL.iter().copied().find(|rule| rule.code() == code);
    code.err().and_then(named).into_iter().collect()
}

pub(super) fn refused<T>(judged: Result<T, Refusal>) -> Broken {
    judged
        .err()
        .map(|refusal| refusal.rule)
        .into_iter()
        .collect()
}

pub(super) fn later(hours: u64) -> UtcTime {
    NOW.plus_millis(hours * 3_600_000)
}
