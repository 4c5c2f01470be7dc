//! Duties that somebody has to see: what is overdue, how records were used, what the authority
//! asks for, what is reported in confidence.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests: what cannot be is a failed test"
)]

use std::time::Duration;

use passerelle_model::{
    Answer, Asking, Completeness, Deed, Ground, Intake, Kind, Nature, Outcome, Particulars,
    PersonCategory, RecordId, Reference, RegisterPurpose, Relation, Transfer, Urgency,
};
use passerelle_service::view::{Draft, Standing};
use passerelle_service::{
    ActFilter, NewRights, Node, Notice, OwnKind, Restricting, Restriction, Right, RightsAnswer,
    RightsStep, SignIn, TodayKind, UseReport,
};
use passerelle_store::Store as _;

use crate::authority::authority;
use crate::keeping::{ANALYST, APPROVER, OFFICER, Stage, WATCH, next_day, why};
use crate::settle;

pub(crate) async fn days(number: u64) {
    for _ in 0..number {
        tokio::time::sleep(Duration::from_secs(24 * 3600)).await;
    }
}

fn about(stage: &Stage, relation: Relation, record: RecordId) -> Reference {
    Reference {
        relation,
        party: stage.node(0).party().clone(),
        record,
    }
}

/// What the doctor of a node finds that people owe: no fault of the node.
async fn wrong(node: &Node) -> Vec<String> {
    let findings = node.doctor().await.into_iter();
    let owed = findings.filter(|finding| finding.owed);
    owed.map(|finding| {
        assert!(!finding.good && finding.area == "duties", "{finding:?}");
        finding.code.unwrap_or_default()
    })
    .collect()
}

async fn late(node: &Node) -> Vec<(String, Notice, String)> {
    let found = node.overdue().await.unwrap().into_iter();
    found
        .map(|one| (one.code, one.notice, one.by.to_string()))
        .collect()
}

/// A recall that the partner does not act upon is an alarm of its own after three days, for the
/// officer who sent it and the data-protection officer, until the partner has acted.
#[tokio::test(start_paused = true)]
async fn a_recall_that_nobody_follows_is_an_alarm() {
    let stage = Stage::new().await;
    let record = stage.told(stage.notice("erreur")).await;
    let (rabat, brussels) = (stage.node(0).party().clone(), stage.node(1).party().clone());
    stage.world.network.cut(&rabat, &brussels);
    stage.world.network.cut(&brussels, &rabat);
    let recall = stage.recall(record).await;
    let node = stage.node(0);
    days(2).await;
    assert_eq!(late(node).await, [], "there is time");
    days(2).await;
    let found = node.overdue().await.unwrap();
    assert_eq!((found[0].record, &found[0].by), (recall, &brussels));
    assert_eq!(found[0].code, "E_NOTICE_OVERDUE");
    for role in [OFFICER, WATCH] {
        let groups = node.today(stage.actor(0, role)).await.unwrap();
        let mut items = groups.iter().flat_map(|group| &group.items);
        let alarm = items.any(|item| item.alarm.as_deref() == Some("E_NOTICE_OVERDUE"));
        assert!(alarm, "{role}: {groups:?}");
    }
    let approver = node.today(stage.actor(0, APPROVER)).await.unwrap();
    assert!(
        approver
            .iter()
            .all(|group| group.kind != TodayKind::Overdue)
    );
    assert!(wrong(node).await.contains(&"E_NOTICE_OVERDUE".to_owned()));
    stage.world.network.mend();
    days(1).await;
    assert_eq!(stage.standing(record).await.0, Standing::Erased);
    assert_eq!(late(node).await, []);
    assert!(!wrong(node).await.contains(&"E_NOTICE_OVERDUE".to_owned()));
}

/// A correction is acted upon when an officer of the partner reads it.
#[tokio::test(start_paused = true)]
async fn a_correction_waits_until_it_is_read() {
    let stage = Stage::new().await;
    let record = stage.told(stage.notice("faute de frappe")).await;
    let correction = Draft {
        kind: Kind::Correction,
        references: vec![about(&stage, Relation::Corrects, record)],
        ..stage.notice("rectifié")
    };
    let correction = stage.told(correction).await;
    days(4).await;
    let found = late(stage.node(0)).await;
    let overdue = "E_NOTICE_OVERDUE".to_owned();
    let by = stage.node(1).party().to_string();
    assert_eq!(found, [(overdue, Notice::Correction, by)]);
    let party = stage.node(0).party().clone();
    let reader = stage.actor(1, OFFICER);
    let read = stage.node(1).consult(reader, &party, &correction, None);
    read.await.unwrap();
    settle().await;
    assert_eq!(late(stage.node(0)).await, []);
    stage.keep_house().await;
    stage.is_clean().await;
}

fn request(stage: &Stage) -> Draft {
    Draft {
        kind: Kind::Request,
        urgency: Some(Urgency::Urgent),
        asking: Some(Asking {
            held_because: "le navire a fait escale chez vous".parse().unwrap(),
            file: None,
            limits: None,
            link: None,
            urgency_reason: Some("départ demain".parse().unwrap()),
        }),
        ..stage.notice("escale")
    }
}

/// Eight hours after the request was taken in, both sides see that an answer is owed.
#[tokio::test(start_paused = true)]
async fn an_answer_that_is_owed_is_an_alarm_on_both_sides() {
    let stage = Stage::new().await;
    let asked = stage.told(request(&stage)).await;
    assert_eq!(late(stage.node(0)).await, []);
    next_day().await;
    next_day().await;
    let by = stage.node(1).party().to_string();
    for number in 0..2 {
        let found = late(stage.node(number)).await;
        let owed = ("E_ANSWER_OVERDUE".to_owned(), Notice::Request, by.clone());
        assert_eq!(found, [owed], "{number}");
        let groups = stage.node(number).today(stage.actor(number, OFFICER)).await;
        let groups = groups.unwrap();
        let mut items = groups.iter().flat_map(|group| &group.items);
        let alarm = items.any(|item| item.alarm.as_deref() == Some("E_ANSWER_OVERDUE"));
        assert!(alarm, "{number}: {groups:?}");
    }
    let answer = Draft {
        kind: Kind::Answer,
        references: vec![about(&stage, Relation::Answers, asked)],
        ..passerelle_simulation::draft("rien", &[stage.node(0).party()]).unwrap()
    };
    stage.node(1).release(answer, None).await.unwrap();
    settle().await;
    for number in 0..2 {
        assert_eq!(late(stage.node(number)).await, [], "{number}");
    }
}

/// A capital charge is reported: the record is frozen on both sides at once, both
/// data-protection officers have an alarm until each wrote what was done, and only then does an
/// erasure go on.
#[tokio::test(start_paused = true)]
async fn a_report_of_use_freezes_on_both_sides() {
    let stage = Stage::new().await;
    let record = stage.told(stage.notice("extradition demandée")).await;
    let party = stage.node(0).party().clone();
    let name = (&party, &record);
    let brussels = stage.node(1);
    let charge = UseReport::CapitalCharge;
    let analyst = brussels.report_use(stage.actor(1, ANALYST), name, charge, why());
    assert_eq!(analyst.await.unwrap_err().code(), "E_NOT_FOUND");
    let own = stage
        .node(0)
        .report_use(stage.actor(0, OFFICER), name, charge, why());
    assert_eq!(own.await.unwrap_err().code(), "E_USE_OWN");
    let officer = stage.actor(1, OFFICER);
    let ordinary = brussels.report_use(officer, name, UseReport::AsAgreed, why());
    ordinary.await.unwrap();
    settle().await;
    assert_eq!(
        stage.found(0, "extradition").await,
        1,
        "ordinary use freezes nothing"
    );
    brussels
        .report_use(officer, name, charge, why())
        .await
        .unwrap();
    settle().await;
    let codes = vec!["E_USE_CAPITAL_CHARGE".to_owned(), "E_FROZEN".to_owned()];
    let said = stage.acts(1, record, Deed::ReportUse).await;
    assert_eq!(said.first(), Some(&(Outcome::Done, codes)));
    let learnt = stage.acts(0, record, Deed::ReportUse).await;
    let codes: Vec<&str> = learnt.iter().map(|(_, codes)| codes[0].as_str()).collect();
    assert_eq!(codes, ["E_USE_CAPITAL_CHARGE", "E_USE_AS_AGREED"]);
    // The standing of the record is what it was.
    assert_eq!(stage.standing(record).await, (Standing::Complete, None));
    for number in 0..2 {
        let node = stage.node(number);
        let (officer, watch) = (stage.actor(number, OFFICER), stage.actor(number, WATCH));
        assert_eq!(stage.found(number, "extradition").await, 0);
        let closed = node.consult(officer, &party, &record, None).await;
        assert_eq!(closed.unwrap_err().code(), "E_RESTRICTED", "{number}");
        let program = node.show_by(Some(&party), &record, passerelle_model::By::Node);
        assert_eq!(
            program.await.unwrap_err().code(),
            "E_RESTRICTED",
            "{number}"
        );
        let room = node.keeping_room(watch).await.unwrap();
        assert_eq!(room.frozen[0].row.record, record);
        let view = node.record_keeping(watch, name).await.unwrap();
        assert_eq!(view.restriction, Some(Restriction::Frozen));
        assert!(view.use_waits);
        let lift = Restricting::Lift { told: true };
        let early = node.restrict(watch, name, lift, why()).await;
        assert_eq!(early.unwrap_err().code(), "E_FROZEN");
        let officer = node.settle_use(officer, name, why()).await;
        assert_eq!(officer.unwrap_err().code(), "E_NOT_FOUND");
    }
    // The recall waits for Brussels to clear up what was reported.
    stage.recall(record).await;
    let waits = (Standing::ErasureRefused, Some("E_FROZEN".to_owned()));
    assert_eq!(stage.standing(record).await, waits);
    let watch = stage.actor(1, WATCH);
    brussels.settle_use(watch, name, why()).await.unwrap();
    settle().await;
    assert_eq!(stage.standing(record).await.0, Standing::Erased);
    assert!(
        brussels
            .keeping_room(watch)
            .await
            .unwrap()
            .frozen
            .is_empty()
    );
    let again = brussels.settle_use(watch, name, why()).await;
    assert_eq!(again.unwrap_err().code(), "E_ERASED");
    // Rabat has its own duty, and thaws only as the data-protection officer.
    let (rabat, watch) = (stage.node(0), stage.actor(0, WATCH));
    assert_eq!(rabat.keeping_room(watch).await.unwrap().frozen.len(), 1);
    rabat.settle_use(watch, name, why()).await.unwrap();
    assert!(rabat.keeping_room(watch).await.unwrap().frozen.is_empty());
    let lift = Restricting::Lift { told: true };
    let approver = rabat.restrict(stage.actor(0, APPROVER), name, lift, why());
    assert_eq!(approver.await.unwrap_err().code(), "E_FROZEN");
    rabat.restrict(watch, name, lift, why()).await.unwrap();
    assert_eq!(stage.found(0, "extradition").await, 1);
    stage.keep_house().await;
    stage.is_clean().await;
}

/// Several reports that arrive in one batch leave one alarm, with all of them.
#[tokio::test(start_paused = true)]
async fn reports_that_arrive_together_are_all_kept() {
    let stage = Stage::new().await;
    let record = stage.told(stage.notice("détenu")).await;
    let (rabat, brussels) = (stage.node(0).party().clone(), stage.node(1).party().clone());
    let name = (&rabat, &record);
    stage.world.network.cut(&rabat, &brussels);
    stage.world.network.cut(&brussels, &rabat);
    let approver = stage.actor(1, APPROVER);
    for report in [UseReport::CapitalCharge, UseReport::IllTreatment] {
        let reported = stage.node(1).report_use(approver, name, report, why());
        reported.await.unwrap();
    }
    stage.world.network.mend();
    days(1).await;
    let watch = stage.actor(0, WATCH);
    let room = stage.node(0).keeping_room(watch).await.unwrap();
    assert_eq!(room.frozen.len(), 1);
    let codes: Vec<&str> = room.frozen[0]
        .reports
        .iter()
        .map(|one| one.code.as_str())
        .collect();
    assert_eq!(codes, ["E_USE_CAPITAL_CHARGE", "E_USE_ILL_TREATMENT"]);
    assert!(
        room.frozen[0]
            .reports
            .iter()
            .all(|one| one.party == brussels)
    );
}

fn personal(stage: &Stage, ground: Ground) -> Draft {
    let today = stage.node(0).time().day();
    let reason = (ground != Ground::Instrument).then(|| "garanties vérifiées".parse().unwrap());
    Draft {
        particulars: Some(Particulars {
            persons: 1,
            categories: vec![PersonCategory::Suspect],
            nature: Nature::Fact,
            assessor: None,
            as_of: today,
            completeness: Completeness::Partial,
            minors: None,
            special: vec![],
            necessity: None,
            transfer: Transfer {
                ground,
                reference: Some("Convention 2014".parse().unwrap()),
                reason,
                balance: None,
            },
            origin: None,
        }),
        intake: Some(Intake {
            tainted: Answer::No,
            protection: Answer::No,
        }),
        offences: vec!["terrorism".parse().unwrap()],
        ..stage.notice("une personne")
    }
}

/// The register of transfers under own assessment, in one step, verifies with the cards alone and
/// tells nothing of other acts.
#[tokio::test(start_paused = true)]
async fn transfers_under_assessment_are_taken_out_for_the_authority() {
    let stage = Stage::new().await;
    let (rabat, watch) = (stage.node(0), stage.actor(0, WATCH));
    let purpose = (RegisterPurpose::Lawfulness, why());
    let none = rabat.export_transfers_for(watch, purpose.clone(), (None, None));
    assert_eq!(none.await.unwrap_err().code(), "E_REGISTER_RANGE");
    let first = stage.told(personal(&stage, Ground::Assessment)).await;
    stage.told(personal(&stage, Ground::Instrument)).await;
    let second = stage.told(personal(&stage, Ground::Assessment)).await;
    let officer = stage.actor(0, OFFICER);
    let refused = rabat.export_transfers_for(officer, purpose.clone(), (None, None));
    assert_eq!(refused.await.unwrap_err().code(), "E_LOG_PURPOSE");
    let exported = rabat.export_transfers_for(watch, purpose, (None, None));
    let package = exported.await.unwrap();
    let cards = [rabat.card().armoured, stage.node(1).card().armoured];
    let cards: Vec<&[u8]> = cards.iter().map(String::as_bytes).collect();
    let proven = Node::verify_register(&package, &cards).unwrap();
    let shown: Vec<_> = proven
        .acts
        .iter()
        .filter_map(|(_, act)| act.clone())
        .collect();
    assert_eq!(shown.len(), 2);
    assert_eq!(proven.withheld, proven.acts.len() as u64 - 2);
    assert!(proven.withheld > 0, "of the others the leaves are there");
    for (act, record) in shown.iter().zip([first, second]) {
        let documented = act.transfer.as_ref().unwrap();
        assert_eq!(
            documented.reason.as_ref().unwrap().as_str(),
            "garanties vérifiées"
        );
        assert_eq!(
            (documented.persons, documented.class.as_str()),
            (1, "case-data")
        );
        assert_eq!(act.to[0].party, *stage.node(1).party());
        let object = passerelle_model::Object::Record {
            party: rabat.party().clone(),
            record,
        };
        assert_eq!(act.object, object);
    }
    let other_days = (Some(rabat.time().day().plus_days(1)), None);
    let later = rabat.export_transfers_for(watch, (RegisterPurpose::Lawfulness, why()), other_days);
    assert_eq!(later.await.unwrap_err().code(), "E_REGISTER_RANGE");
}

pub(crate) async fn asked(stage: &Stage) -> RecordId {
    let new = NewRights {
        subject: "dossier 2024/17".parse().unwrap(),
        right: Right::Access,
        received: stage.node(0).time().day(),
    };
    let watch = stage.actor(0, WATCH);
    stage.node(0).new_rights(watch, new, why()).await.unwrap()
}

/// What ended is forgotten after its days, with the accesses that were opened; what is open stays.
#[tokio::test(start_paused = true)]
async fn requests_that_ended_are_forgotten() {
    let stage = Stage::new().await;
    let (rabat, watch) = (stage.node(0), stage.actor(0, WATCH));
    let (id, open) = (asked(&stage).await, asked(&stage).await);
    let opened = rabat.open_inspection(watch, &id, authority(3), why());
    opened.await.unwrap();
    let answer = RightsStep::Answered {
        answer: RightsAnswer::Granted,
    };
    for (version, step) in (1..).zip([RightsStep::Identified, answer]) {
        let taken = rabat.rights_step(watch, (&id, version), step, why());
        taken.await.unwrap();
    }
    let day = |days: u32| rabat.time().day().plus_days(days).start();
    let kept = rabat.keep_house(day(1825)).await.unwrap();
    assert_eq!(kept.procedures, 0);
    let done = rabat.keep_house(day(1827)).await.unwrap();
    assert_eq!((done.procedures, done.failed), (1, vec![]));
    assert_eq!(
        rabat.rights(watch, &id).await.unwrap_err().code(),
        "E_NOT_FOUND"
    );
    assert!(rabat.rights(watch, &open).await.is_ok());
    let store = &stage.world.members[0].store;
    assert!(store.documents("inspection", "").await.unwrap().is_empty());
    stage.is_clean().await;
}

/// Nobody outside can tell a locked account from a wrong password.
#[tokio::test(start_paused = true)]
async fn a_locked_account_answers_as_a_wrong_password() {
    let stage = Stage::new().await;
    let rabat = stage.node(0);
    let account = rabat.demo_accounts().await.unwrap().remove(0);
    let given = |password: &str| SignIn {
        name: account.person.officer.to_string(),
        password: password.to_owned(),
        code: account.code.clone(),
        device: String::new(),
    };
    let mut answers = Vec::new();
    for _ in 0..12 {
        let refused = rabat.sign_in(given("faux")).await.unwrap_err();
        answers.push((refused.code(), refused.to_string()));
    }
    let right = rabat.sign_in(given(&account.password)).await.unwrap_err();
    answers.push((right.code(), right.to_string()));
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:?}");
    let filter = ActFilter {
        code: Some("E_LOCKED".parse().unwrap()),
        ..ActFilter::default()
    };
    let purpose = (RegisterPurpose::Integrity, why());
    let watch = stage.actor(0, WATCH);
    let acts = rabat
        .acts_for(watch, purpose, &filter, None, 5)
        .await
        .unwrap();
    assert!(!acts.acts.is_empty(), "the register knows");
}

/// The register of processing is what the agreement says, and complete.
#[tokio::test(start_paused = true)]
async fn the_register_of_processing_is_generated() {
    let stage = Stage::new().await;
    let rabat = stage.node(0);
    let found = rabat
        .processing_by(passerelle_model::By::Node)
        .await
        .unwrap();
    let entry = &found.entries[0];
    assert_eq!((found.entries.len(), &entry.missing), (1, &None));
    assert!(!entry.profiling && !entry.recipients.is_empty());
    assert!(entry.recipients.iter().all(|one| one.country.is_some()));
    assert!(
        entry
            .purposes
            .iter()
            .any(|one| one.code.as_str() == "terrorism")
    );
    assert!(entry.review_days > 0 && entry.erasure_days >= entry.review_days);
    // Of the node itself: what is there now, and the days of the settings.
    let own = |kind| found.own.iter().find(|one| one.kind == kind).unwrap();
    let people = rabat.list_people().await.unwrap();
    let accounts = &own(OwnKind::Accounts).held;
    let counted = accounts.iter().find(|one| one.what == "person").unwrap();
    assert_eq!(counted.count, people.len() as u64);
    let acts = own(OwnKind::Acts);
    assert_eq!(acts.held[0].count, rabat.register_size().await.unwrap());
    let days = u64::from(rabat.settings().await.unwrap().register_days);
    assert_eq!(acts.limits[0].amount, Some(days));
    assert_eq!(found.own.len(), OwnKind::ALL.len());
}
