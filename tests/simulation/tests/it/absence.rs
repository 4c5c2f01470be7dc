//! What somebody may not know of does not exist for them: in lists, numbers, pages, decisions.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests: what cannot be is a failed test"
)]

use std::time::Duration;

use passerelle_model::{
    By, Kind, Lang, PartyId, Recipient, RecordId, Reference, Relation, Role, Urgency,
};
use passerelle_service::view::Draft;
use passerelle_service::{
    Actor, CaseId, CasePlace, ClassDecision, Need, Person, Query, TodayKind, UseReport, Verdict,
};
use passerelle_simulation::{Faults, World, draft};

use crate::keeping::{ANALYST, APPROVER, OFFICER, PARTIES, Stage, WATCH, next_day, signed_in, why};
use crate::settle;

/// Brussels asks Rabat.
fn asked(stage: &Stage, subject: &str) -> Draft {
    Draft {
        kind: Kind::Request,
        urgency: Some(Urgency::Normal),
        asking: Some(passerelle_model::Asking {
            held_because: "immatriculé chez vous".parse().unwrap(),
            link: None,
            urgency_reason: None,
            limits: None,
            file: None,
        }),
        ..draft(subject, &[stage.node(0).party()]).unwrap()
    }
}

async fn arrive(stage: &Stage, one: Draft) -> RecordId {
    tokio::time::sleep(Duration::from_millis(5)).await;
    stage.node(1).release(one, None).await.unwrap().record
}

fn about(party: &PartyId, record: RecordId) -> Vec<Reference> {
    vec![Reference {
        relation: Relation::Relates,
        party: party.clone(),
        record,
    }]
}

/// Keeps the case of a record of Brussels to Rabat's officer.
async fn keep_to_officer(stage: &Stage, record: RecordId) -> CaseId {
    let (node, party) = (stage.node(0), stage.node(1).party());
    let id = node.case_named(party, &record).await.unwrap();
    let officer = stage.actor(0, OFFICER);
    let named = Some(vec![officer.officer().clone()]);
    node.name_readers(officer, &id, named, why()).await.unwrap();
    id
}

/// Nobody decides about what is kept to others, nor learns what was decided.
#[tokio::test(start_paused = true)]
async fn nobody_decides_about_what_is_kept_to_others() {
    let stage = Stage::new().await;
    let record = arrive(&stage, asked(&stage, "réservé")).await;
    settle().await;
    keep_to_officer(&stage, record).await;
    let (node, party) = (stage.node(0), stage.node(1).party());
    let (name, approver) = ((party, &record), stage.actor(0, APPROVER));
    let until = node.time().day().plus_days(9);
    let seen = node.record_keeping(approver, name).await.unwrap_err();
    let held = node.hold(approver, name, until, why()).await.unwrap_err();
    let erased = node.review(approver, name, Verdict::Erase, why()).await;
    for error in [seen, held, erased.unwrap_err()] {
        assert_eq!(error.code(), "E_NOT_FOUND");
    }
    let watch = stage.actor(0, WATCH);
    assert!(node.record_keeping(watch, name).await.is_ok());
    let officer = stage.actor(0, OFFICER);
    assert!(node.record_keeping(officer, name).await.is_ok());
}

/// A program is none of the persons to whom a case is kept.
#[tokio::test(start_paused = true)]
async fn a_program_reads_nothing_that_is_kept_to_persons() {
    let stage = Stage::new().await;
    let record = arrive(&stage, asked(&stage, "réservé")).await;
    settle().await;
    let (node, party) = (stage.node(0), stage.node(1).party());
    let program = || By::Program {
        name: "hub".parse().unwrap(),
    };
    let subject = || async { node.inbox(None, 1).await.unwrap().remove(0).subject };
    assert!(node.show_by(Some(party), &record, program()).await.is_ok());
    assert_eq!(subject().await.as_deref(), Some("réservé"));
    keep_to_officer(&stage, record).await;
    let refused = node.show_by(Some(party), &record, program()).await;
    assert_eq!(refused.unwrap_err().code(), "E_NOT_FOUND");
    assert_eq!(subject().await, None);
    let uses = node.uses_by(Some(party), &record, program()).await;
    assert_eq!(uses.unwrap_err().code(), "E_NOT_FOUND");
    let said = (
        "kb-01".parse().unwrap(),
        "Telle que convenue".parse().unwrap(),
    );
    let name = (party, &record);
    let reported = node.report_use_by(name, UseReport::AsAgreed, said, program());
    assert_eq!(reported.await.unwrap_err().code(), "E_NOT_FOUND");
}

/// A record that belongs to a case kept to named persons is so before anybody read the journals.
#[tokio::test(start_paused = true)]
async fn what_arrives_in_a_kept_case_is_kept_at_once() {
    let stage = Stage::new().await;
    let record = arrive(&stage, asked(&stage, "réservé")).await;
    settle().await;
    keep_to_officer(&stage, record).await;
    let (node, party) = (stage.node(0), stage.node(1).party());
    let more = Draft {
        references: about(party, record),
        ..draft("suite", &[node.party()]).unwrap()
    };
    let more = arrive(&stage, more).await;
    settle().await;
    let approver = stage.actor(0, APPROVER);
    let refused = node.consult(approver, party, &more, None).await;
    assert_eq!(refused.unwrap_err().code(), "E_NOT_FOUND");
    let officer = stage.actor(0, OFFICER);
    assert!(node.consult(officer, party, &more, None).await.is_ok());
}

/// What waits for somebody is not hidden behind what is kept to others, and no number tells that
/// there is any.
#[tokio::test(start_paused = true)]
async fn what_is_owed_does_not_hide_behind_what_is_kept_to_others() {
    let stage = Stage::new().await;
    let mut kept = Vec::new();
    for number in 0..30 {
        kept.push(arrive(&stage, asked(&stage, &format!("réservé {number}"))).await);
    }
    let open = arrive(&stage, asked(&stage, "ouvert")).await;
    settle().await;
    for record in kept {
        keep_to_officer(&stage, record).await;
    }
    let (node, analyst) = (stage.node(0), stage.actor(0, ANALYST));
    let today = node.today(analyst).await.unwrap();
    let group = today.iter().find(|group| group.kind == TodayKind::Answer);
    let group = group.unwrap();
    let subjects: Vec<_> = group
        .items
        .iter()
        .map(|item| item.subject.as_deref())
        .collect();
    assert_eq!((subjects, group.more), (vec![Some("ouvert")], false));
    let (lines, next) = node.cases(analyst, None, 5).await.unwrap();
    assert_eq!((lines.len(), lines[0].id.record, next), (1, open, None));
    let (lines, next) = node.cases(stage.actor(0, OFFICER), None, 5).await.unwrap();
    assert_eq!((lines.len(), next.is_some()), (5, true));
}

/// A search that finds what a class hides says neither how much nor that there is any.
#[tokio::test(start_paused = true)]
async fn a_page_of_hits_tells_nothing_of_what_is_hidden() {
    let stage = Stage::new().await;
    for number in 0..60 {
        arrive(
            &stage,
            draft(&format!("cargaison {number}"), &[stage.node(0).party()]).unwrap(),
        )
        .await;
    }
    settle().await;
    let node = stage.node(0);
    let query = Query {
        text: "cargaison".to_owned(),
        ..Query::default()
    };
    let (analyst, officer) = (stage.actor(0, ANALYST), stage.actor(0, OFFICER));
    let hits = node.search(analyst, &query, why()).await.unwrap();
    assert_eq!((hits.hits.len(), hits.next.is_some()), (25, true));
    let only = ClassDecision {
        unit: "liaison".parse().unwrap(),
        class: "case-data".parse().unwrap(),
        roles: [Role::Officer].into(),
    };
    let by = officer.by();
    node.decide_access_by(vec![only], 0, by).await.unwrap();
    let hits = node.search(analyst, &query, why()).await.unwrap();
    assert_eq!((hits.hits.len(), hits.next), (0, None));
    let (mut all, mut query) = (0, query);
    loop {
        let page = node.search(officer, &query, why()).await.unwrap();
        all += page.hits.len();
        query.after = page.next;
        if query.after.is_none() {
            break;
        }
    }
    assert_eq!(all, 60, "each once");
    let (lines, next) = node.cases(analyst, None, 10).await.unwrap();
    assert_eq!((lines.len(), next), (0, None));
}

/// Whoever could not open a record does not learn that it was erased.
#[tokio::test(start_paused = true)]
async fn an_erased_record_is_none_for_others() {
    let stage = Stage::new().await;
    let record = stage.told(stage.brief("éphémère")).await;
    stage
        .told(Draft {
            references: about(stage.node(0).party(), record),
            ..stage.notice("suite")
        })
        .await;
    next_day().await;
    stage.keep_house().await;
    let (node, party) = (stage.node(1), stage.node(0).party());
    let accepts = |actor| node.accept_conditions(stage.actor(1, actor), party, &record);
    assert_eq!(accepts(OFFICER).await.unwrap_err().code(), "E_ERASED");
    assert_eq!(accepts(WATCH).await.unwrap_err().code(), "E_NOT_FOUND");
}

/// Many notices in one case do not push out the request that is owed an answer.
#[tokio::test(start_paused = true)]
async fn an_answer_is_owed_whatever_else_is_said() {
    let stage = Stage::new().await;
    let record = arrive(&stage, asked(&stage, "question")).await;
    let party = stage.node(1).party().clone();
    for number in 0..80 {
        let notice = Draft {
            references: about(&party, record),
            ..draft(&format!("avis {number}"), &[stage.node(0).party()]).unwrap()
        };
        arrive(&stage, notice).await;
    }
    settle().await;
    let today = stage.node(0).today(stage.actor(0, OFFICER)).await.unwrap();
    let owed = today.iter().find(|group| group.kind == TodayKind::Answer);
    assert_eq!(owed.unwrap().items.len(), 1);
}

/// In a case that concerns two units each knows of its own records: how many there are, what is
/// owed for them, and that one of them was there.
#[tokio::test(start_paused = true)]
async fn a_case_of_two_units_tells_each_of_its_own() {
    let units = ["liaison", "traffic"];
    let world = World::of_case_units(PARTIES, &units, 1, Faults::default());
    let stage = Stage::of(world.await.unwrap()).await;
    let (rabat, brussels) = (stage.node(0), stage.node(1));
    let person = Person {
        officer: "o-9".parse().unwrap(),
        name: "o-9".parse().unwrap(),
        function: "fonction".parse().unwrap(),
        units: [units[1].parse().unwrap()].into(),
        roles: [Role::Officer].into(),
        lang: Lang::Fr,
        suspended: false,
    };
    rabat.demo_people(vec![person]).await.unwrap();
    let other = signed_in(rabat, "o-9").await;
    let own = stage.actor(0, OFFICER);

    let to = |names: &[&str]| -> Vec<Recipient> {
        let to = names.iter().map(|unit| Recipient {
            party: rabat.party().clone(),
            unit: unit.parse().unwrap(),
        });
        to.collect()
    };
    let mut both = draft("aux deux", &[rabat.party()]).unwrap();
    both.to = to(&units);
    let root = arrive(&stage, both).await;
    let ask = Draft {
        references: about(brussels.party(), root),
        to: to(&units[..1]),
        ..asked(&stage, "à la liaison")
    };
    let ask = arrive(&stage, ask).await;
    settle().await;

    let id = rabat.case_named(brussels.party(), &root).await.unwrap();
    let seen = |actor: Actor| {
        let id = id.clone();
        async move {
            let (lines, _) = rabat.cases(&actor, None, 5).await.unwrap();
            let page = rabat.case(&actor, &id, CasePlace::Newest).await.unwrap();
            let today = rabat.today(&actor).await.unwrap();
            let owed = today.iter().any(|group| group.kind == TodayKind::Answer);
            let due = page.due.iter().filter(|due| due.need == Need::Answer);
            let counts = (lines[0].records, page.line.records, page.records.len());
            (counts, due.count(), owed)
        }
    };
    assert_eq!(seen(own.clone()).await, ((2, 2, 2), 1, true));
    assert_eq!(seen(other.clone()).await, ((1, 1, 1), 0, false));

    let recall = Draft {
        kind: Kind::Recall,
        references: vec![Reference {
            relation: Relation::Recalls,
            party: brussels.party().clone(),
            record: ask,
        }],
        to: to(&units[..1]),
        ..draft("retrait", &[rabat.party()]).unwrap()
    };
    arrive(&stage, recall).await;
    settle().await;
    let (counts, _, _) = seen(own.clone()).await;
    assert_eq!(counts, (3, 3, 3), "what is gone left its place");
    assert_eq!(seen(other.clone()).await.0, (1, 1, 1));
}
