//! Every rule is tripped: one case for each of [`Rule::ALL`], and a test that fails where one
//! is missing or does not trip its rule.

mod trying;

use std::collections::BTreeSet;

use trying::*;

use passerelle_model::{
    Agreement, AgreementHash, Answer, Attachment, AttachmentKey, Code, Country, Digest, Ground,
    Handling, Intake, Nature, Origin, Outlet, PartyId, PermittedUse, Reason, Record, RecordId,
    Role, SpecialCategory, Tlp, UtcTime,
};

use crate::access::Asked;
use crate::judgement::Effect;
use crate::samples::{
    CLEAN, NOW, World, agreement, facts, group_agreement, of, permission, personal, provided, reply,
};
use crate::second_person::{Glass, glass_opens, may_decide};
use crate::{MAX_CLOCK_SKEW_MILLIS, Provided, ReceiveFacts, Refusal, ReleaseFacts, Rule};
use crate::{
    breach, firewall, governance, handling, judge, log, notice, question, receive, release,
};
use crate::{request, retention, rights};

/// Rules that a case breaks.
type Broken = Vec<Rule>;
/// A case with the rule that it trips.
type Case = (Rule, fn() -> Broken);

#[test]
fn every_rule_has_a_case_that_trips_it() {
    for rule in Rule::ALL {
        let case = all().find(|(named, _)| named == rule);
        let Some((_, case)) = case else {
            panic!("{rule:?} has no case that trips it");
        };
        assert!(
            case().contains(rule),
            "the case of {rule:?} does not trip it"
        );
    }
}

#[test]
fn no_case_stands_for_two_rules() {
    let named: BTreeSet<&Rule> = all().map(|(rule, _)| rule).collect();
    assert_eq!(named.len(), all().count());
}

fn all() -> impl Iterator<Item = &'static Case> {
    [
        AGREEMENT, ARRIVAL, PERSONS, TRANSFER, DERIVED, DOOR, KEEPING, PEOPLE,
    ]
    .into_iter()
    .flatten()
}

const AGREEMENT: &[Case] = &[
    (Rule::Firewall, || crossing(|_| ())),
    (Rule::MigrationPerson, || {
        crossing(|r| r.purpose = "migration".parse().unwrap())
    }),
    (Rule::PreventionPerson, || {
        crossing(|r| r.purpose = "prevention".parse().unwrap())
    }),
    (Rule::SmallCell, || {
        refused(firewall::small_cells([9], firewall::SMALLEST_CELL))
    }),
    (Rule::AgreementUnsigned, || {
        leaving(|_| (), |facts| facts.signed_by_all = false)
    }),
    (Rule::AgreementOther, || {
        changed(|r| r.agreement = AgreementHash::new([9; 32]))
    }),
    (Rule::AgreementNotInForce, || {
        leaving(|_| (), |facts| facts.now = UtcTime::from_millis(0))
    }),
    (Rule::NotMember, || {
        changed(|r| r.from = "nl.politie".parse().unwrap())
    }),
    (Rule::Purpose, || {
        changed(|r| r.purpose = "curiosity".parse().unwrap())
    }),
    (Rule::Basis, || {
        changed(|r| r.basis = "expired".parse().unwrap())
    }),
    (Rule::Scope, || {
        changed(|r| r.offences = vec!["parking".parse().unwrap()])
    }),
    (Rule::RecipientEmpty, || changed(|r| r.to.clear())),
    (Rule::Recipient, || {
        changed(|r| r.to = vec!["be.interior/navy".parse().unwrap()])
    }),
    (Rule::DataClass, || {
        changed(|r| r.class = "gossip".parse().unwrap())
    }),
    (Rule::Retention, || changed(|r| r.review = r.time.day())),
    (Rule::Caveat, || {
        changed(|r| r.markings.handling = Handling::H3)
    }),
    (Rule::Language, foreign_language),
    (Rule::RequestIncomplete, || changed(|r| r.asking = None)),
    (Rule::Quota, || {
        leaving(|_| (), |facts| facts.released_today = u64::MAX)
    }),
    (Rule::AttachmentSize, || {
        changed(|r| r.attachments = vec![large()])
    }),
    (Rule::RedSecond, || changed(|r| r.markings.tlp = Tlp::Red)),
];

/// An agreement that knows one language less.
fn foreign_language() -> Broken {
    let all = "[\"fr\", \"nl\", \"ar\", \"en\"]";
    let text = crate::samples::TEXT.replace(all, "[\"nl\"]");
    let agreement = Agreement::parse(&text).unwrap();
    let judged = judge(&personal(&agreement), &facts(&agreement));
    let refusals = judged.refusals().into_iter();
    refusals.map(|refusal| refusal.rule).collect()
}

fn large() -> Attachment {
    Attachment {
        name: "a.pdf".parse().unwrap(),
        media_type: "application/pdf".parse().unwrap(),
        bytes: u64::MAX,
        sha256: Digest::new([1; 32]),
        sealed: Digest::new([2; 32]),
        key: AttachmentKey::new([0; 32]),
    }
}

const ARRIVAL: &[Case] = &[
    (Rule::Clock, || {
        arriving(
            |r| r.time = NOW.plus_millis(MAX_CLOCK_SKEW_MILLIS + 1),
            |_| (),
        )
    }),
    (Rule::Duplicate, || {
        arriving(|_| (), |facts| facts.seen_before = true)
    }),
    (Rule::Reference, || {
        arriving(|_| (), |facts| facts.targets_known = false)
    }),
];

const PERSONS: &[Case] = &[
    (Rule::PersonCategory, || {
        changed(|r| of(r).categories.clear())
    }),
    (Rule::Nature, || {
        changed(|r| of(r).nature = Nature::Assessment)
    }),
    (Rule::AsOf, || {
        changed(|r| of(r).as_of = NOW.day().plus_days(2))
    }),
    (Rule::Intake, || {
        leaving(|_| (), |facts| facts.intake = None)
    }),
    (Rule::Tainted, || {
        leaving(
            |_| (),
            |facts| {
                facts.intake = Some(Intake {
                    tainted: Answer::Unsure,
                    ..CLEAN
                });
            },
        )
    }),
    (Rule::NonRefoulement, || {
        leaving(
            |_| (),
            |facts| {
                facts.intake = Some(Intake {
                    protection: Answer::Unsure,
                    ..CLEAN
                });
            },
        )
    }),
    (Rule::SpecialNecessity, || {
        changed(|r| of(r).special = vec![SpecialCategory::Health])
    }),
    (Rule::Special, || {
        changed(|r| of(r).special = vec![SpecialCategory::Health])
    }),
    (Rule::OffenceLink, || changed(|r| r.offences.clear())),
    (Rule::MinorReason, || {
        changed(|r| of(r).minors = Some("son intérêt".parse().unwrap()))
    }),
];

const TRANSFER: &[Case] = &[
    (Rule::OriginConsent, || {
        changed(|r| {
            of(r).origin = Some(Origin {
                country: "ES".parse().unwrap(),
                consent: None,
                threat: None,
            });
        })
    }),
    (Rule::TransferGround, || {
        changed(|r| of(r).transfer.reference = None)
    }),
    (Rule::Derogation, || changed(derogation)),
    (Rule::DerogationBulk, || changed(derogation)),
    (Rule::Balance, || changed(derogation)),
    (Rule::Capital, capital),
    (Rule::FileReference, no_file),
];

fn derogation(record: &mut Record) {
    let persons = of(record);
    persons.persons = 2;
    persons.transfer.ground = Ground::Derogation;
    persons.transfer.reason = Some("menace".parse().unwrap());
}

fn capital() -> Broken {
    let states: [Country; 1] = ["MA".parse().unwrap()];
    let caveat: Code = "no-capital-charge".parse().unwrap();
    let found = crate::samples::effects(
        |_| (),
        |facts| {
            facts.own.recipients = &states;
            facts.own.capital = &states;
            facts.own.capital_caveat = Some(&caveat);
        },
    );
    found.into_iter().filter_map(named).collect()
}

fn no_file() -> Broken {
    let ma: Country = "MA".parse().unwrap();
    let found = crate::samples::effects(|_| (), |facts| facts.own.country = Some(&ma));
    found.into_iter().filter_map(named).collect()
}

fn named((code, _): (&'static str, Effect)) -> Option<Rule> {
    Rule::ALL.iter().copied().find(|rule| rule.code() == code)
}

const DERIVED: &[Case] = &[
    (Rule::PurposeChange, || {
        answering(|r| r.purpose = "trafficking".parse().unwrap(), false)
    }),
    (Rule::Onward, || {
        answering(|r| r.to.push("nl.politie/police".parse().unwrap()), false)
    }),
    (Rule::MarkingLower, || {
        let third = |r: &mut Record| {
            r.markings.tlp = Tlp::Clear;
            r.to.push("nl.politie/police".parse().unwrap());
        };
        answering(third, false)
    }),
    (Rule::Restricted, || answering(|_| (), true)),
];

const DOOR: &[Case] = &[
    (Rule::NeedToKnow, || {
        asking(|world| world.units.clear(), Asked::Open, Outlet::Own)
    }),
    (Rule::Role, || {
        let analyst = |world: &mut World| world.roles = [Role::Analyst].into();
        asking(analyst, Asked::Write, Outlet::Own)
    }),
    (Rule::ConditionsUnread, || {
        asking(|world| world.accepted = false, Asked::Open, Outlet::Own)
    }),
    (Rule::Handling, || {
        asking(|_| (), Asked::Export, Outlet::Court)
    }),
    (Rule::ExportBlocked, || {
        asking(
            |world| world.markings.tlp = Tlp::Red,
            Asked::Export,
            Outlet::Own,
        )
    }),
    (Rule::Frozen, || {
        refused(handling::not_frozen(&[handling::UseReport::CapitalCharge]))
    }),
];

const KEEPING: &[Case] = &[
    (Rule::LogUnavailable, || {
        refused(log::may_take_effect(false))
    }),
    (Rule::LogPurpose, || {
        refused(log::may_read_register(&[Role::Officer].into()))
    }),
    (Rule::LogRetention, || {
        refused(log::may_erase(NOW.day(), 1, NOW.day()))
    }),
    (Rule::Justification, || {
        let facts = question::QuestionFacts {
            why: None,
            protection: Answer::No,
            asked_today: 0,
            quota: 1,
        };
        refused(question::may_ask(&facts))
    }),
    (Rule::NoticeOverdue, || {
        refused(notice::answered(
            NOW,
            72,
            None,
            later(notice::NOTICE_HOURS + 1),
        ))
    }),
    (Rule::AnswerOverdue, || {
        refused(request::answered(NOW, 8, None, later(9)))
    }),
    (Rule::ReviewOverdue, || {
        refused(retention::reviewed(NOW.day(), NOW.day().plus_days(1)))
    }),
    (Rule::LegalHold, || {
        let today = NOW.day();
        assert!(retention::may_erase(Some(today), today).is_ok());
        refused(retention::may_erase(Some(today.plus_days(1)), today))
    }),
    (Rule::ErasurePending, || {
        let party: PartyId = "be.interior".parse().unwrap();
        let copies = [(&party, retention::CopyState::Held)];
        refused(retention::erased_everywhere(copies))
    }),
    (Rule::LiftUntold, || {
        refused(retention::may_lift(Some(false)))
    }),
    (Rule::RightsOverdue, || {
        refused(rights::answered(NOW.day(), None, later(32 * 24)))
    }),
    (Rule::RightsIdentity, || ruling(false, None, None)),
    (Rule::RightsReason, || ruling(true, None, None)),
    (Rule::RightsOriginator, || {
        let why = "nuirait à une enquête".parse().ok();
        ruling(true, why, "be.interior".parse().ok())
    }),
    (Rule::BreachClock, || {
        refused(breach::authority_told(NOW, None, later(73)))
    }),
    (Rule::BreachPartner, || {
        let party: PartyId = "be.interior".parse().unwrap();
        refused(breach::partners_told([(&party, false)]))
    }),
    (Rule::ProcessingRegister, || {
        let nothing = governance::Processing {
            purposes: &[],
            bases: &[],
            recipients: &[],
            classes: &[],
            states: &[],
            recipient_states: &[],
            retention_days: (1, 1),
            profiling: false,
        };
        refused(governance::complete(&nothing))
    }),
];

fn ruling(identified: bool, reason: Option<Reason>, unheard: Option<PartyId>) -> Broken {
    let facts = rights::RulingFacts {
        identified,
        ruling: rights::Ruling::Partial,
        reason: reason.as_ref(),
        unheard: unheard.as_ref(),
    };
    refused(rights::may_rule(&facts))
}

const PEOPLE: &[Case] = &[
    (Rule::SecondPerson, || {
        let agreement = agreement();
        let mut record = personal(&agreement);
        record.markings.tlp = Tlp::Red;
        let facts = ReleaseFacts {
            intake: Some(CLEAN),
            ..facts(&agreement)
        };
        let refusals = release(record, &facts).unwrap_err().into_iter();
        refusals.map(|refusal| refusal.rule).collect()
    }),
    (Rule::SelfApproval, || {
        let world = World::new(Role::Approver);
        let writers = BTreeSet::from([world.officer.clone()]);
        refused(may_decide(&world.reader(), &writers, &world.officer))
    }),
    (Rule::BreakGlass, || {
        let party: PartyId = "be.interior".parse().unwrap();
        let id = RecordId::from_parts(1, [1; 10]);
        let world = World::new(Role::Approver);
        let glass = Glass {
            by: &world.officer,
            record: (&party, &id),
            broken: NOW,
        };
        refused(glass_opens(
            &glass,
            &world.reader(),
            (&party, &id),
            later(2),
        ))
    }),
];
