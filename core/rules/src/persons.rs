//! Rules about records that hold personal data: quality, special categories, minors, the
//! ground of the transfer, protection (G04 to G06, G09, G10, G17 to G21, G25, G27, G28, G37,
//! G42).

use passerelle_model::{
    Answer, Code, Country, Ground, Name, Nature, Particulars, Record, Transfer,
};

use crate::judgement::Judgement;
use crate::release::ReleaseFacts;
use crate::{Refusal, Rule};

/// What the writing side knows of itself and its partners. Nothing of it is sent.
#[derive(Debug, Clone, Copy, Default)]
pub struct OwnSide<'a> {
    /// Our own state.
    pub country: Option<&'a Country>,
    /// States of the parties that would receive it.
    pub recipients: &'a [Country],
    /// States whose law keeps the death penalty.
    pub capital: &'a [Country],
    /// The caveat against it, as agreements name it.
    pub capital_caveat: Option<&'a Code>,
    /// Reference of a Moroccan file, or the article that exempts it.
    pub file_reference: Option<&'a Name>,
    /// Whether the legal review let possibly tainted information through.
    pub legal_review: bool,
}

pub(crate) fn judge(record: &Record, facts: &ReleaseFacts<'_>, out: &mut Judgement) {
    let Some(persons) = &record.particulars else {
        return;
    };
    shape(record, persons, out);
    intake(facts, out);
    special(persons, out);
    minors(persons, out);
    transfer(persons, out);
    origin(persons, out);
    capital(record, facts, out);
    morocco(facts, out);
}

/// What the receiving side can check alike.
pub(crate) fn shape(record: &Record, persons: &Particulars, out: &mut Judgement) {
    out.refuse_if(
        Rule::PersonCategory,
        persons.categories.is_empty(),
        "categories",
    );
    let unnamed = persons.nature == Nature::Assessment && persons.assessor.is_none();
    out.refuse_if(Rule::Nature, unnamed, "assessor");
    out.refuse_if(Rule::AsOf, persons.as_of > record.time.day(), persons.as_of);
    out.refuse_if(Rule::OffenceLink, record.offences.is_empty(), "offences");
    let unexplained = !persons.special.is_empty() && persons.necessity.is_none();
    if !persons.special.is_empty() {
        out.refuse_if(Rule::SpecialNecessity, unexplained, "necessity");
    }
}

fn intake(facts: &ReleaseFacts<'_>, out: &mut Judgement) {
    let Some(intake) = facts.intake else {
        out.refuse_if(Rule::Intake, true, "intake");
        return;
    };
    let tainted = intake.tainted != Answer::No && !facts.own.legal_review;
    out.refuse_if(Rule::Tainted, tainted, intake.tainted);
    // Where nobody can say which state a person fled, it may be any that would receive this.
    let seeks = intake.protection != Answer::No;
    out.refuse_if(Rule::NonRefoulement, seeks, intake.protection);
}

fn special(persons: &Particulars, out: &mut Judgement) {
    if let Some(first) = persons.special.first() {
        out.approve(Rule::Special, first);
    }
}

fn minors(persons: &Particulars, out: &mut Judgement) {
    if persons.minors.is_some() {
        out.approve(Rule::MinorReason, "minors");
    }
}

fn transfer(persons: &Particulars, out: &mut Judgement) {
    let Transfer {
        ground,
        reference,
        reason,
        balance,
    } = &persons.transfer;
    let asks_reason = matches!(ground, Ground::Assessment | Ground::Derogation);
    let asks_reference = matches!(ground, Ground::Adequacy | Ground::Instrument);
    let lacks = (asks_reason && reason.is_none()) || (asks_reference && reference.is_none());
    out.refuse_if(Rule::TransferGround, lacks, ground);
    if *ground == Ground::Derogation {
        out.refuse_if(Rule::DerogationBulk, persons.persons > 1, persons.persons);
        out.refuse_if(Rule::Balance, balance.is_none(), "balance");
        out.approve(Rule::Derogation, ground);
    }
}

fn origin(persons: &Particulars, out: &mut Judgement) {
    if let Some(origin) = &persons.origin {
        let open = origin.consent.is_none() && origin.threat.is_none();
        out.refuse_if(Rule::OriginConsent, open, &origin.country);
    }
}

fn capital(record: &Record, facts: &ReleaseFacts<'_>, out: &mut Judgement) {
    let Some(caveat) = facts.own.capital_caveat else {
        return;
    };
    let keeps = |country: &&Country| facts.own.capital.contains(country);
    if let Some(country) = facts.own.recipients.iter().find(keeps) {
        let carried = record.markings.caveats.contains(caveat);
        let broken = (!carried).then(|| Refusal::of(Rule::Capital, country));
        out.check(Rule::Capital, broken);
    }
}

fn morocco(facts: &ReleaseFacts<'_>, out: &mut Judgement) {
    if facts
        .own
        .country
        .is_some_and(|country| country.as_str() == "MA")
    {
        let lacks = facts.own.file_reference.is_none();
        out.refuse_if(Rule::FileReference, lacks, "MA");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judgement::{Approval, Effect};
    use crate::samples::{NOW, agreement, facts, personal};
    use crate::{judge as judged, release};
    use passerelle_model::{
        Digest, Intake, OfficerId, Origin, PersonCategory, Role, SpecialCategory,
    };
    use std::collections::BTreeSet;

    const CLEAN: Intake = Intake {
        tainted: Answer::No,
        protection: Answer::No,
    };

    fn effects(
        change: impl FnOnce(&mut Record),
        adjust: impl FnOnce(&mut ReleaseFacts<'_>),
    ) -> Vec<(&'static str, Effect)> {
        let agreement = agreement();
        let mut record = personal(&agreement);
        change(&mut record);
        let mut facts = ReleaseFacts {
            intake: Some(CLEAN),
            ..facts(&agreement)
        };
        adjust(&mut facts);
        judged(&record, &facts)
            .findings()
            .iter()
            .filter(|finding| finding.effect != Effect::Passes)
            .map(|finding| (finding.rule.code(), finding.effect))
            .collect()
    }

    fn of(record: &mut Record) -> &mut Particulars {
        record.particulars.as_mut().unwrap()
    }

    #[test]
    fn the_sample_passes_and_shows_what_it_keeps() {
        assert_eq!(effects(|_| (), |_| ()), []);
        let agreement = agreement();
        let facts = ReleaseFacts {
            intake: Some(CLEAN),
            ..facts(&agreement)
        };
        let judged = judged(&personal(&agreement), &facts);
        let kept: Vec<_> = judged.findings().iter().map(|f| f.rule).collect();
        assert!(kept.contains(&Rule::PersonCategory) && kept.contains(&Rule::NonRefoulement));
    }

    #[test]
    fn each_rule_refuses() {
        use Effect::Refuses;
        type Change = fn(&mut Record);
        let cases: [(&str, Change); 8] = [
            ("E_PERSON_CATEGORY", |r| of(r).categories.clear()),
            ("E_NATURE", |r| of(r).nature = Nature::Assessment),
            ("E_EVALUATION", |r| of(r).as_of = NOW.day().plus_days(2)),
            ("E_NO_OFFENCE_LINK", |r| r.offences.clear()),
            ("E_TRANSFER_GROUND", |r| of(r).transfer.reference = None),
            ("E_TRANSFER_GROUND", |r| {
                of(r).transfer.ground = Ground::Assessment
            }),
            ("E_ORIGIN_CONSENT", |r| {
                of(r).origin = Some(Origin {
                    country: "ES".parse().unwrap(),
                    consent: None,
                    threat: None,
                })
            }),
            ("E_ORIGIN_CONSENT", |r| {
                of(r).origin = Some(Origin {
                    country: "FR".parse().unwrap(),
                    consent: None,
                    threat: None,
                })
            }),
        ];
        for (code, change) in cases {
            assert_eq!(effects(change, |_| ()), [(code, Refuses)]);
        }
    }

    #[test]
    fn an_authorisation_or_an_immediate_threat_opens_what_came_from_elsewhere() {
        let with = |consent: Option<&str>, threat: Option<&str>| {
            let (consent, threat) = (
                consent.map(|text| text.parse().unwrap()),
                threat.map(|text| text.parse().unwrap()),
            );
            effects(
                |r| {
                    of(r).origin = Some(Origin {
                        country: "ES".parse().unwrap(),
                        consent,
                        threat,
                    })
                },
                |_| (),
            )
        };
        assert_eq!(with(Some("ES-2024-17"), None), []);
        assert_eq!(with(None, Some("attentat imminent")), []);
    }

    #[test]
    fn intake_is_answered_and_doubt_counts_as_yes() {
        use Effect::Refuses;
        assert_eq!(
            effects(|_| (), |f| f.intake = None),
            [("E_INTAKE", Refuses)]
        );
        for answer in [Answer::Yes, Answer::Unsure] {
            let tainted = Intake {
                tainted: answer,
                ..CLEAN
            };
            let found = effects(|_| (), |f| f.intake = Some(tainted));
            assert_eq!(found, [("E_TAINTED", Refuses)]);
            let reviewed = effects(
                |_| (),
                |f| {
                    f.intake = Some(tainted);
                    f.own.legal_review = true;
                },
            );
            assert_eq!(reviewed, []);
            let seeks = Intake {
                protection: answer,
                ..CLEAN
            };
            let found = effects(|_| (), |f| f.intake = Some(seeks));
            assert_eq!(found, [("E_NON_REFOULEMENT", Refuses)]);
        }
    }

    #[test]
    fn special_categories_minors_and_derogations_need_a_second_person() {
        use Effect::{NeedsApproval, Refuses};
        let unexplained = effects(|r| of(r).special = vec![SpecialCategory::Health], |_| ());
        assert_eq!(
            unexplained,
            [
                ("E_SPECIAL_NECESSITY", Refuses),
                ("E_SPECIAL_SECOND_PERSON", NeedsApproval)
            ]
        );
        let minor = effects(
            |r| of(r).minors = Some("retrouver sa famille".parse().unwrap()),
            |_| (),
        );
        assert_eq!(minor, [("E_MINOR", NeedsApproval)]);
        let derogation = effects(
            |r| {
                let persons = of(r);
                persons.persons = 2;
                persons.transfer.ground = Ground::Derogation;
                persons.transfer.reason = Some("menace".parse().unwrap());
            },
            |_| (),
        );
        assert_eq!(
            derogation,
            [
                ("E_DEROGATION_BULK", Refuses),
                ("E_BALANCE", Refuses),
                ("E_REGISTER", NeedsApproval)
            ]
        );
    }

    #[test]
    fn the_caveat_against_a_death_penalty_is_asked_for() {
        let ma: Country = "MA".parse().unwrap();
        let states = [ma];
        let caveat: Code = "no-capital-charge".parse().unwrap();
        let agreement = agreement();
        let mut record = personal(&agreement);
        let facts = ReleaseFacts {
            intake: Some(CLEAN),
            own: OwnSide {
                recipients: &states,
                capital: &states,
                capital_caveat: Some(&caveat),
                ..OwnSide::default()
            },
            ..facts(&agreement)
        };
        let codes = |record: &Record| {
            let refusals = judged(record, &facts).refusals();
            refusals.iter().map(|r| r.code()).collect::<Vec<_>>()
        };
        assert_eq!(codes(&record), ["E_CAVEAT_CAPITAL"]);
        record.markings.caveats = vec![caveat.clone()];
        assert!(codes(&record).is_empty());
    }

    #[test]
    fn a_moroccan_file_names_its_declaration() {
        let ma: Country = "MA".parse().unwrap();
        let reference: Name = "CNDP D-123/2024".parse().unwrap();
        let agreement = agreement();
        let with = |reference| {
            let facts = ReleaseFacts {
                intake: Some(CLEAN),
                own: OwnSide {
                    country: Some(&ma),
                    file_reference: reference,
                    ..OwnSide::default()
                },
                ..facts(&agreement)
            };
            judged(&personal(&agreement), &facts).refusals().len()
        };
        assert_eq!((with(None), with(Some(&reference))), (1, 0));
    }

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
        let officer = BTreeSet::from([Role::Officer]);
        assert_eq!(try_with("o-20", &officer, content), Err("E_SELF_APPROVAL"));
        let other = Digest::new([4; 32]);
        assert_eq!(try_with("o-20", &approver, other), Err("E_SECOND_PERSON"));
    }

    #[test]
    fn categories_are_those_of_the_law() {
        assert_eq!(PersonCategory::ALL.len(), 5);
        assert_eq!(SpecialCategory::ALL.len(), 8);
    }
}
