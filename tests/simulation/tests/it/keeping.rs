//! How long things are kept, on two nodes: recall, hold, review, erasure by date, and what is
//! left of it all.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests: what cannot be is a failed test"
)]

use std::collections::BTreeSet;
use std::time::Duration;

use passerelle_model::{
    Act, Deed, Kind, Lang, Object, Outcome, PartyId, Reason, RecordId, Reference, RegisterPurpose,
    Relation, Role,
};
use passerelle_service::view::{Draft, Standing};
use passerelle_service::{
    ActFilter, ActHeld, Actor, BreachStep, GlassOutcome, NewBreach, NewDraft, NewRights, Node,
    OwnCopy, Person, Query, Restricting, Right, RightsAnswer, RightsStep, Settings, SignIn,
    TodayDuty, TodayKind, Verdict,
};
use passerelle_simulation::{Faults, World, draft};
use passerelle_store::{Document, Error as StoreError, IdempotencyKey, Put, Store as _};

use crate::settle;

pub(crate) const PARTIES: [&str; 2] = ["ma.interior", "be.interior"];

/// Two nodes with an officer, an approver and a data-protection officer each.
pub(crate) struct Stage {
    pub(crate) world: World,
    people: Vec<[Actor; 4]>,
}

pub(crate) const OFFICER: usize = 0;
pub(crate) const APPROVER: usize = 1;
pub(crate) const WATCH: usize = 2;
pub(crate) const ANALYST: usize = 3;

impl Stage {
    pub(crate) async fn new() -> Self {
        Self::of(World::new(&PARTIES, 1, Faults::default()).await.unwrap()).await
    }

    pub(crate) async fn of(world: World) -> Self {
        let mut people = Vec::new();
        for number in 0..2 {
            people.push(people_of(world.node(number).unwrap()).await);
        }
        Self { world, people }
    }

    pub(crate) fn node(&self, number: usize) -> &Node {
        self.world.node(number).unwrap()
    }

    pub(crate) fn actor(&self, number: usize, role: usize) -> &Actor {
        &self.people[number][role]
    }

    /// Rabat tells Brussels something, and it arrived.
    pub(crate) async fn told(&self, draft: Draft) -> RecordId {
        let line = self.node(0).release(draft, None).await.unwrap();
        settle().await;
        line.record
    }

    pub(crate) fn notice(&self, subject: &str) -> Draft {
        draft(subject, &[self.node(1).party()]).unwrap()
    }

    /// To be looked at by tomorrow, and gone then.
    pub(crate) fn brief(&self, subject: &str) -> Draft {
        let today = self.node(0).time().day();
        Draft {
            review: Some(today.plus_days(1)),
            erasure: Some(today.plus_days(1)),
            ..self.notice(subject)
        }
    }

    pub(crate) async fn recall(&self, record: RecordId) -> RecordId {
        self.told(self.recalling(record)).await
    }

    pub(crate) fn recalling(&self, record: RecordId) -> Draft {
        let reference = Reference {
            relation: Relation::Recalls,
            party: self.node(0).party().clone(),
            record,
        };
        Draft {
            kind: Kind::Recall,
            references: vec![reference],
            ..self.notice("Retrait")
        }
    }

    pub(crate) async fn standing(&self, record: RecordId) -> (Standing, Option<String>) {
        let own = self.node(0).party();
        let shown = self.node(0).show(Some(own), &record).await.unwrap();
        let delivery = shown.line.deliveries[0].clone();
        (delivery.standing, delivery.code)
    }

    pub(crate) async fn keep_house(&self) {
        for number in 0..2 {
            let node = self.node(number);
            let done = node.keep_house(node.time()).await.unwrap();
            assert_eq!(done.failed, Vec::<String>::new());
        }
        settle().await;
    }

    /// Both nodes find nothing wrong.
    pub(crate) async fn is_clean(&self) {
        for number in 0..2 {
            for finding in self.node(number).doctor().await {
                assert!(finding.good, "{number}: {finding:?}");
            }
        }
    }

    /// What the officer finds by a word.
    pub(crate) async fn found(&self, number: usize, word: &str) -> usize {
        let query = Query {
            text: word.to_owned(),
            ..Query::default()
        };
        let actor = self.actor(number, OFFICER);
        let hits = self.node(number).search(actor, &query, why()).await;
        hits.unwrap().hits.len()
    }

    /// Acts on a record with this deed: who cannot be told apart here, and the codes.
    pub(crate) async fn acts(
        &self,
        number: usize,
        record: RecordId,
        deed: Deed,
    ) -> Vec<(Outcome, Vec<String>)> {
        let object = Object::Record {
            party: self.node(0).party().clone(),
            record,
        };
        let filter = ActFilter {
            deed: Some(deed),
            object: Some(object),
            ..ActFilter::default()
        };
        let acts = self.acts_found(number, &filter).await.into_iter();
        acts.map(|act| {
            let codes = act.codes.iter().map(ToString::to_string).collect();
            (act.outcome, codes)
        })
        .collect()
    }

    /// Acts of a register, the newest first, as its data-protection officer finds them.
    pub(crate) async fn acts_found(&self, number: usize, filter: &ActFilter) -> Vec<Act> {
        let purpose = (RegisterPurpose::Lawfulness, why());
        let watch = self.actor(number, WATCH);
        let found = self
            .node(number)
            .acts_for(watch, purpose, filter, None, 100);
        let lines = found.await.unwrap().acts.into_iter();
        let held = lines.filter_map(|line| match line.held {
            ActHeld::Held { act } => Some(*act),
            _ => None,
        });
        held.collect()
    }
}

pub(crate) fn why() -> Reason {
    "contrôle".parse().unwrap()
}

fn held() -> Vec<(Outcome, Vec<String>)> {
    vec![(Outcome::Refused, vec!["E_LEGAL_HOLD".to_owned()])]
}

fn done() -> Vec<(Outcome, Vec<String>)> {
    vec![(Outcome::Done, vec![])]
}

pub(crate) async fn people_of(node: &Node) -> [Actor; 4] {
    let settings = Settings {
        file_reference: Some("CNDP A-2024-17".parse().unwrap()),
        ..Settings::default()
    };
    node.begin_demo(settings).await.unwrap();
    let roles = [
        ("o-1", Role::Officer),
        ("a-1", Role::Approver),
        ("dpo-1", Role::DataProtection),
        ("n-1", Role::Analyst),
    ];
    let person = |(officer, role): (&str, Role)| Person {
        officer: officer.parse().unwrap(),
        name: officer.parse().unwrap(),
        function: "fonction".parse().unwrap(),
        units: match role {
            Role::DataProtection => BTreeSet::new(),
            _ => BTreeSet::from(["liaison".parse().unwrap()]),
        },
        roles: BTreeSet::from([role]),
        lang: Lang::Fr,
        suspended: false,
    };
    let people = roles.into_iter().map(person).collect();
    node.demo_people(people).await.unwrap();
    let mut actors = Vec::new();
    for (officer, _) in roles {
        actors.push(signed_in(node, officer).await);
    }
    actors.try_into().unwrap()
}

/// Somebody of a demonstration, at the desk.
pub(crate) async fn signed_in(node: &Node, officer: &str) -> Actor {
    let accounts = node.demo_accounts().await.unwrap();
    let account = accounts
        .into_iter()
        .find(|account| account.person.officer.as_str() == officer)
        .unwrap();
    let given = SignIn {
        name: officer.to_owned(),
        password: account.password,
        code: account.code,
        device: String::new(),
    };
    node.sign_in(given).await.unwrap().actor
}

pub(crate) async fn next_day() {
    tokio::time::sleep(Duration::from_secs(5 * 3600)).await;
}

/// The day of erasure comes: content is gone on both sides, the originator has a signed
/// statement, and nothing finds anything.
#[tokio::test(start_paused = true)]
async fn erased_on_its_day_on_both_sides() {
    let stage = Stage::new().await;
    let record = stage.told(stage.brief("cargaison suspecte")).await;
    let stays = stage.told(stage.notice("cargaison ordinaire")).await;
    assert_eq!(
        (
            stage.found(0, "suspecte").await,
            stage.found(1, "suspecte").await
        ),
        (1, 1)
    );
    stage.keep_house().await;
    assert_eq!(
        stage.standing(record).await.0,
        Standing::Complete,
        "its day has not come"
    );
    next_day().await;
    stage.keep_house().await;
    let party = stage.node(0).party().clone();
    for number in 0..2 {
        let shown = stage
            .node(number)
            .show(Some(&party), &record)
            .await
            .unwrap();
        assert!(shown.line.erased && shown.content.is_none());
        assert_eq!(stage.found(number, "suspecte").await, 0);
        assert_eq!(stage.found(number, "ordinaire").await, 1);
        assert_eq!(stage.acts(number, record, Deed::Erase).await, done());
        assert_eq!(stage.acts(number, stays, Deed::Erase).await, vec![]);
    }
    let node = stage.node(0);
    let rows = node.outbox(None, 10).await.unwrap();
    assert!(rows.iter().any(|row| row.record == record && row.erased));
    stage.is_clean().await;
    let again = stage
        .node(1)
        .keep_house(stage.node(1).time())
        .await
        .unwrap();
    assert_eq!(again, passerelle_service::Housekeeping::default());
}

/// The last day of a whole case: nothing of it is listed any more.
#[tokio::test(start_paused = true)]
async fn a_case_of_which_nothing_is_left_goes_too() {
    let stage = Stage::new().await;
    let record = stage.told(stage.brief("éphémère")).await;
    let cases = |number| {
        stage
            .node(number)
            .cases(stage.actor(number, OFFICER), None, 10)
    };
    assert_eq!(cases(1).await.unwrap().0.len(), 1);
    next_day().await;
    stage.keep_house().await;
    // Ours is there until the partner has said that it erased, which it has by now.
    let room = stage
        .node(0)
        .keeping_room(stage.actor(0, WATCH))
        .await
        .unwrap();
    assert_eq!(room.pending[0].row.record, record);
    assert_eq!(
        (room.pending[0].own_gone, room.pending[0].partners[0].state),
        (true, "done")
    );
    stage.keep_house().await;
    let room = stage
        .node(0)
        .keeping_room(stage.actor(0, WATCH))
        .await
        .unwrap();
    assert_eq!(room.pending, vec![]);
    assert_eq!(cases(0).await.unwrap().0, vec![]);
    assert_eq!(cases(1).await.unwrap().0, vec![]);
    stage.is_clean().await;
}

/// A recall meets a hold: the originator is told, nothing opens meanwhile, and when the hold is
/// lifted the record goes at once, here and, as decided, there.
#[tokio::test(start_paused = true)]
async fn a_recall_waits_for_a_hold_and_then_goes_everywhere() {
    let stage = Stage::new().await;
    let record = stage.told(stage.notice("pièce à conviction")).await;
    let party = stage.node(0).party().clone();
    let name = (&party, &record);
    let (brussels, watch) = (stage.node(1), stage.actor(1, WATCH));
    let until = brussels.time().day().plus_days(30);
    assert_eq!(stage.found(1, "conviction").await, 1);
    brussels.hold(watch, name, until, why()).await.unwrap();
    assert_eq!(stage.found(1, "conviction").await, 0);
    stage.recall(record).await;
    let refused = Some("E_LEGAL_HOLD".to_owned());
    assert_eq!(
        stage.standing(record).await,
        (Standing::ErasureRefused, refused)
    );
    assert_eq!(stage.acts(1, record, Deed::Erase).await, held());
    let officer = stage.actor(1, OFFICER);
    let closed = brussels.consult(officer, &party, &record, None).await;
    assert_eq!(closed.unwrap_err().code(), "E_RESTRICTED");
    // Our own copy: once Brussels says that it is gone, not before.
    let rabat = stage.node(0);
    let room = rabat.keeping_room(stage.actor(0, WATCH)).await.unwrap();
    assert_eq!(room.pending[0].partners[0].state, "refused");
    let verdict = brussels.review(watch, name, Verdict::Erase, why()).await;
    assert_eq!(verdict.unwrap_err().code(), "E_LEGAL_HOLD");
    brussels.lift_hold(watch, name, why()).await.unwrap();
    settle().await;
    assert_eq!(stage.standing(record).await.0, Standing::Erased);
    assert!(
        brussels
            .show(Some(&party), &record)
            .await
            .unwrap()
            .content
            .is_none()
    );
    let own = stage.actor(0, OFFICER);
    rabat
        .erase_own_copy(own, &record, OwnCopy::WhenStated, why())
        .await
        .unwrap();
    assert!(
        rabat
            .show(Some(&party), &record)
            .await
            .unwrap()
            .content
            .is_none()
    );
    // Who was asked and what they did is still known.
    assert_eq!(stage.standing(record).await.0, Standing::Erased);
    stage.keep_house().await;
    let room = rabat.keeping_room(stage.actor(0, WATCH)).await.unwrap();
    assert_eq!(room.pending, vec![]);
    stage.is_clean().await;
}

/// The hold ends by its day; an erasure by date that met it was answered, once.
#[tokio::test(start_paused = true)]
async fn a_hold_ends_by_itself_and_what_waited_goes() {
    let stage = Stage::new().await;
    let record = stage.told(stage.brief("pièce")).await;
    let party = stage.node(0).party().clone();
    let (brussels, approver) = (stage.node(1), stage.actor(1, APPROVER));
    let until = brussels.time().day().plus_days(2);
    brussels
        .hold(approver, (&party, &record), until, why())
        .await
        .unwrap();
    next_day().await;
    stage.keep_house().await;
    stage.keep_house().await;
    assert_eq!(stage.acts(1, record, Deed::Erase).await, held());
    assert_eq!(stage.standing(record).await.0, Standing::ErasureRefused);
    tokio::time::sleep(Duration::from_secs(86_400)).await;
    stage.keep_house().await;
    assert_eq!(stage.standing(record).await.0, Standing::Erased);
    stage.is_clean().await;
}

/// Our copy goes once every partner has said what it did; at once only where it arrived.
#[tokio::test(start_paused = true)]
async fn our_own_copy_waits_for_the_partner() {
    let stage = Stage::new().await;
    let (rabat, officer) = (stage.node(0), stage.actor(0, OFFICER));
    let record = stage.told(stage.notice("à reprendre")).await;
    let early = rabat
        .erase_own_copy(officer, &record, OwnCopy::Now, why())
        .await;
    assert_eq!(early.unwrap_err().code(), "E_NOT_RECALLED");
    stage
        .world
        .network
        .cut(rabat.party(), stage.node(1).party());
    stage
        .world
        .network
        .cut(stage.node(1).party(), rabat.party());
    stage.recall(record).await;
    rabat
        .erase_own_copy(officer, &record, OwnCopy::WhenStated, why())
        .await
        .unwrap();
    stage.keep_house().await;
    let party = rabat.party().clone();
    assert!(!rabat.show(Some(&party), &record).await.unwrap().line.erased);
    let view = rabat
        .record_keeping(officer, (&party, &record))
        .await
        .unwrap();
    assert_eq!(
        (view.partners[0].state, view.own_copy.is_some()),
        ("unreachable", true)
    );
    let unsent = rabat
        .release(stage.notice("jamais parti"), None)
        .await
        .unwrap();
    stage.recall(unsent.record).await;
    let early = rabat
        .erase_own_copy(officer, &unsent.record, OwnCopy::Now, why())
        .await;
    assert_eq!(early.unwrap_err().code(), "E_NOT_DELIVERED");
    stage.world.network.heal();
    tokio::time::sleep(Duration::from_secs(3600)).await;
    stage.keep_house().await;
    assert!(rabat.show(Some(&party), &record).await.unwrap().line.erased);
    assert_eq!(stage.standing(record).await.0, Standing::Erased);
    stage.is_clean().await;
}

/// Overdue is restricted the moment the day is over, without any job; a review opens it again.
#[tokio::test(start_paused = true)]
async fn an_overdue_review_restricts() {
    let stage = Stage::new().await;
    let party = stage.node(0).party().clone();
    let today = stage.node(0).time().day();
    let draft = Draft {
        review: Some(today.plus_days(1)),
        ..stage.notice("à revoir")
    };
    let record = stage.told(draft).await;
    let name = (&party, &record);
    let (brussels, officer) = (stage.node(1), stage.actor(1, OFFICER));
    brussels
        .consult(officer, &party, &record, None)
        .await
        .unwrap();
    tokio::time::sleep(Duration::from_secs(30 * 3600)).await;
    let closed = brussels.consult(officer, &party, &record, None).await;
    assert_eq!(closed.unwrap_err().code(), "E_RESTRICTED");
    let by = passerelle_model::By::Node;
    let program = brussels.show_by(Some(&party), &record, by).await;
    assert_eq!(program.unwrap_err().code(), "E_RESTRICTED");
    assert_eq!(stage.found(1, "revoir").await, 0);
    let row = brussels.inbox(None, 1).await.unwrap().remove(0);
    assert_eq!(row.subject, None);
    let late = Verdict::Keep(today.plus_days(100));
    let refused = brussels.review(officer, name, late, why()).await;
    assert_eq!(refused.unwrap_err().code(), "E_REVIEW_OVERDUE");
    let watch = stage.actor(1, WATCH);
    brussels
        .consult(watch, &party, &record, Some(&why()))
        .await
        .unwrap();
    let due = brussels
        .reviews(today.plus_days(1), None, 10)
        .await
        .unwrap();
    assert_eq!(due[0].record, record);
    let today_list = brussels.today(watch).await.unwrap();
    let group = &today_list[0];
    assert_eq!(group.kind, TodayKind::Keeping);
    assert!(matches!(
        group.items[0].duty,
        Some(TodayDuty::Review { .. })
    ));
    // The words go with the next round, and come back with the review.
    let house = brussels.keep_house(brussels.time()).await.unwrap();
    assert_eq!(house.withdrawn, 1);
    let beyond = Verdict::Keep(today.plus_days(36_000));
    let refused = brussels.review(watch, name, beyond, why()).await;
    assert_eq!(refused.unwrap_err().code(), "E_RETENTION");
    brussels.review(watch, name, late, why()).await.unwrap();
    assert_eq!(stage.found(1, "revoir").await, 1);
    brussels
        .consult(officer, &party, &record, None)
        .await
        .unwrap();
    assert!(
        brussels
            .reviews(today.plus_days(2), None, 10)
            .await
            .unwrap()
            .is_empty()
    );
    brussels
        .review(officer, name, Verdict::Erase, why())
        .await
        .unwrap();
    settle().await;
    assert_eq!(stage.standing(record).await.0, Standing::Erased);
    stage.is_clean().await;
}

/// Restricted: not found by any word, opened with a reason by those who decide; lifted, all is
/// as before.
#[tokio::test(start_paused = true)]
async fn restricted_and_lifted() {
    let stage = Stage::new().await;
    let party = stage.node(0).party().clone();
    let record = stage.told(stage.notice("contesté")).await;
    let name = (&party, &record);
    let (brussels, watch) = (stage.node(1), stage.actor(1, WATCH));
    let begin = Restricting::Begin { contested: true };
    let analyst = brussels
        .restrict(stage.actor(1, ANALYST), name, begin, why())
        .await;
    assert_eq!(analyst.unwrap_err().code(), "E_NOT_FOUND");
    assert_eq!(stage.found(1, "contesté").await, 1);
    brussels.restrict(watch, name, begin, why()).await.unwrap();
    assert_eq!(stage.found(1, "contesté").await, 0);
    // A change of readers does not bring the words back.
    let (cases, _) = brussels
        .cases(stage.actor(1, OFFICER), None, 1)
        .await
        .unwrap();
    brussels
        .name_readers(stage.actor(1, OFFICER), &cases[0].id, None, why())
        .await
        .unwrap();
    assert_eq!(stage.found(1, "contesté").await, 0);
    let room = brussels.keeping_room(watch).await.unwrap();
    assert_eq!(room.restricted[0].row.record, record);
    // Who contests it is told first.
    let untold = Restricting::Lift { told: false };
    let refused = brussels.restrict(watch, name, untold, why()).await;
    assert_eq!(refused.unwrap_err().code(), "E_LIFT_UNTOLD");
    let lift = Restricting::Lift { told: true };
    brussels.restrict(watch, name, lift, why()).await.unwrap();
    assert_eq!(stage.found(1, "contesté").await, 1);
    assert_eq!(
        brussels.keeping_room(watch).await.unwrap().restricted,
        vec![]
    );
    assert_eq!(stage.acts(1, record, Deed::Restrict).await, done());
    let lifted = stage.acts(1, record, Deed::Lift).await;
    let refused = (Outcome::Refused, vec!["E_LIFT_UNTOLD".to_owned()]);
    assert!(lifted.len() == 2 && lifted.contains(&refused), "{lifted:?}");
}

/// An emergency opening lasts an hour, is entered first, and somebody else judges it.
#[tokio::test(start_paused = true)]
async fn broken_glass_opens_for_an_hour() {
    let stage = Stage::new().await;
    let party = stage.node(0).party().clone();
    let record = stage.told(stage.notice("urgence")).await;
    let name = (&party, &record);
    let (brussels, watch) = (stage.node(1), stage.actor(1, WATCH));
    let closed = brussels.consult(watch, &party, &record, None).await;
    assert_eq!(closed.unwrap_err().code(), "E_NOT_FOUND");
    let refused = brussels
        .break_glass(stage.actor(1, OFFICER), name, why())
        .await;
    assert_eq!(refused.unwrap_err().code(), "E_ROLE");
    stage.world.members[1].store.fail_next(StoreError::DiskFull);
    brussels.break_glass(watch, name, why()).await.unwrap_err();
    let closed = brussels.consult(watch, &party, &record, None).await;
    assert_eq!(
        closed.unwrap_err().code(),
        "E_NOT_FOUND",
        "not entered, not opened"
    );
    let glass = brussels.break_glass(watch, name, why()).await.unwrap();
    brussels
        .consult(watch, &party, &record, None)
        .await
        .unwrap();
    tokio::time::sleep(Duration::from_secs(3601)).await;
    let closed = brussels.consult(watch, &party, &record, None).await;
    assert_eq!(closed.unwrap_err().code(), "E_NOT_FOUND");
    let glass_name = glass.name();
    let judged = |actor| brussels.judge_glass(actor, &glass_name, GlassOutcome::Justified, why());
    assert_eq!(judged(watch).await.unwrap_err().code(), "E_SELF_APPROVAL");
    assert_eq!(
        judged(stage.actor(1, APPROVER)).await.unwrap_err().code(),
        "E_NOT_FOUND"
    );
    let room = brussels.keeping_room(watch).await.unwrap();
    assert_eq!(room.glass[0].opened.by.as_str(), "dpo-1");
    // An approver's is judged by the data-protection officer, once.
    let other = brussels
        .break_glass(stage.actor(1, APPROVER), name, why())
        .await
        .unwrap();
    let outcome = GlassOutcome::NotJustified;
    brussels
        .judge_glass(watch, &other.name(), outcome, why())
        .await
        .unwrap();
    let again = brussels
        .judge_glass(watch, &other.name(), outcome, why())
        .await;
    assert_eq!(again.unwrap_err().code(), "E_KEEPING_CHANGED");
    assert_eq!(brussels.keeping_room(watch).await.unwrap().glass.len(), 1);
}

/// A request of a data subject, from its receipt to its answer; a breach, until it is closed.
#[tokio::test(start_paused = true)]
async fn requests_and_breaches_are_followed() {
    let stage = Stage::new().await;
    let (rabat, watch) = (stage.node(0), stage.actor(0, WATCH));
    let new = NewRights {
        subject: "dossier 2024/17".parse().unwrap(),
        right: Right::Erasure,
        received: rabat.time().day(),
    };
    let refused = rabat
        .new_rights(stage.actor(0, OFFICER), new.clone(), why())
        .await;
    assert_eq!(refused.unwrap_err().code(), "E_ROLE");
    let id = rabat.new_rights(watch, new, why()).await.unwrap();
    let hidden = rabat.rights(stage.actor(0, APPROVER), &id).await;
    assert_eq!(hidden.unwrap_err().code(), "E_NOT_FOUND");
    let party = stage.node(1).party().clone();
    let steps = [
        RightsStep::Identified,
        RightsStep::Consulted {
            party: party.clone(),
        },
        RightsStep::Heard {
            party: party.clone(),
        },
    ];
    for (version, step) in (1..).zip(steps) {
        rabat
            .rights_step(watch, (&id, version), step, why())
            .await
            .unwrap();
    }
    let stale = rabat
        .rights_step(watch, (&id, 1), RightsStep::Note, why())
        .await;
    assert_eq!(stale.unwrap_err().code(), "E_KEEPING_CHANGED");
    let answer = RightsAnswer::NeitherNor;
    rabat
        .rights_step(watch, (&id, 4), RightsStep::Answered { answer }, why())
        .await
        .unwrap();
    assert!(rabat.keeping_room(watch).await.unwrap().rights.is_empty());
    let answered = rabat.answered_rights(watch, 10).await.unwrap();
    assert_eq!(answered[0].answer(), Some(answer));

    let new = NewBreach {
        title: "clé USB perdue".parse().unwrap(),
        known: rabat.time(),
        partners: vec![party.clone()],
    };
    let id = rabat.new_breach(watch, new, why()).await.unwrap();
    let groups = rabat.today(watch).await.unwrap();
    assert!(matches!(
        groups[0].items[0].duty,
        Some(TodayDuty::Breach { .. })
    ));
    let steps = [
        BreachStep::Told { party },
        BreachStep::Notified,
        BreachStep::Closed,
    ];
    for (version, step) in (1..).zip(steps) {
        rabat
            .breach_step(watch, (&id, version), step, why())
            .await
            .unwrap();
    }
    assert!(rabat.keeping_room(watch).await.unwrap().breaches.is_empty());
    assert!(rabat.breach(watch, &id).await.unwrap().is_closed());
    // Nothing of either can be read in the store.
    for kind in ["rights", "breach"] {
        let held = stage.world.members[0]
            .store
            .documents(kind, "")
            .await
            .unwrap();
        assert_eq!(held.len(), 1);
        let text = String::from_utf8_lossy(&held[0].bytes).into_owned();
        assert!(!text.contains("dossier") && !text.contains("USB"));
    }
}

/// Either all of an erasure is durable or nothing, wherever it stops.
#[tokio::test(start_paused = true)]
async fn an_erasure_is_whole_or_did_not_happen() {
    let mut stage = Stage::new().await;
    let record = stage.told(stage.brief("entier")).await;
    let party = stage.node(0).party().clone();
    next_day().await;
    for number in 0..2 {
        let node = stage.node(number);
        node.keep_house(node.time()).await.unwrap();
    }
    let gone = |stage: &Stage, number: usize| {
        let node = stage.node(number).clone();
        let party = party.clone();
        async move { node.show(Some(&party), &record).await.unwrap().line.erased }
    };
    assert!(gone(&stage, 1).await);
    let second = stage.told(stage.brief("une autre fois")).await;
    next_day().await;
    tokio::time::sleep(Duration::from_secs(86_400)).await;
    stage.node(1).project().await.unwrap();
    let store = stage.world.members[1].store.clone();
    store.fail_next(StoreError::DiskFull);
    let node = stage.node(1);
    let failed = node.keep_house(node.time()).await.unwrap();
    assert_eq!((failed.erased, failed.failed.len()), (0, 1), "{failed:?}");
    let shown = node.show(Some(&party), &second).await.unwrap();
    assert!(!shown.line.erased);
    assert_eq!(stage.acts(1, second, Deed::Erase).await, vec![]);
    stage.world.crash(1);
    stage.world.restart(1).await.unwrap();
    stage.keep_house().await;
    let shown = stage.node(1).show(Some(&party), &second).await.unwrap();
    assert!(shown.line.erased);
    assert_eq!(stage.acts(1, second, Deed::Erase).await, done());
    assert_eq!(stage.standing(second).await.0, Standing::Erased);
    stage.is_clean().await;
}

/// A draft that quotes a record goes with it.
#[tokio::test(start_paused = true)]
async fn a_draft_that_quotes_goes_too() {
    let stage = Stage::new().await;
    let party = stage.node(0).party().clone();
    let record = stage.told(stage.notice("cité")).await;
    let (brussels, officer) = (stage.node(1), stage.actor(1, OFFICER));
    let about = |record| NewDraft {
        kind: Kind::Acknowledgement,
        about: Some((party.clone(), record)),
        unit: None,
    };
    brussels.new_draft(officer, about(record)).await.unwrap();
    let other = stage.told(stage.notice("autre")).await;
    brussels.new_draft(officer, about(other)).await.unwrap();
    stage.recall(record).await;
    let drafts = brussels.drafts(officer, 100).await.unwrap();
    assert_eq!(drafts.len(), 1);
    let left = brussels.draft(officer, &drafts[0].id).await.unwrap();
    assert_eq!(left.references[0].record, other);
    stage.is_clean().await;
}

/// A caller's key outlives the record: it stands nowhere as it was written.
#[tokio::test(start_paused = true)]
async fn a_caller_s_key_is_kept_as_a_hash() {
    let stage = Stage::new().await;
    let (node, key) = (stage.node(0), b"dossier-dupont");
    let first = node.release(stage.notice("un"), Some(key)).await.unwrap();
    let again = node.release(stage.notice("un"), Some(key)).await.unwrap();
    assert_eq!(first.record, again.record);
    let plain = IdempotencyKey::new(key).unwrap();
    let found = stage.world.members[0].store.idempotent(vec![plain]).await;
    assert_eq!(found.unwrap(), vec![None]);
}

/// Rows of lists change their form from one version to the next. A case of which every record
/// is gone here, but not with the partner, has no record left that would take it along.
#[tokio::test(start_paused = true)]
async fn rows_of_an_earlier_form_are_written_again() {
    let mut stage = Stage::new().await;
    let record = stage.told(stage.brief("parti")).await;
    stage.world.crash(1);
    next_day().await;
    let node = stage.node(0);
    node.keep_house(node.time()).await.unwrap();
    let listed = async |stage: &Stage| {
        let (lines, _) = stage
            .node(0)
            .cases(stage.actor(0, OFFICER), None, 10)
            .await
            .unwrap();
        lines
    };
    let lines = listed(&stage).await;
    assert_eq!((lines.len(), lines[0].id.record), (1, record));
    assert_eq!(lines[0].subject, None);
    assert!(lines[0].standing.is_some());
    let store = stage.world.members[0].store.clone();
    let mut earlier = Vec::new();
    for held in store.documents("case-list", "").await.unwrap() {
        let name = lines[0].id.to_string().into_bytes();
        earlier.push(("case-list", held.key, Some(name)));
    }
    for held in store.documents("cursor", "").await.unwrap() {
        earlier.push(("cursor", held.key, None));
    }
    let puts = earlier.into_iter().map(|(kind, key, bytes)| Put {
        kind,
        key,
        bytes,
        expected: None,
    });
    store.put(puts.collect()).await.unwrap();
    stage.world.crash(0);
    stage.world.restart(0).await.unwrap();
    assert_eq!(listed(&stage).await, lines);
}

/// The negative control of the doctor: whatever is put back, it sees.
#[tokio::test(start_paused = true)]
async fn the_doctor_sees_what_is_left() {
    let stage = Stage::new().await;
    let record = stage.told(stage.brief("trace")).await;
    let party: PartyId = stage.node(0).party().clone();
    let store = &stage.world.members[1].store;
    let kinds = ["case", "case-of", "case-list", "waits", "keep-list"];
    let mut before: Vec<Document> = Vec::new();
    stage.found(1, "trace").await;
    for kind in kinds {
        before.extend(store.documents(kind, "").await.unwrap());
    }
    next_day().await;
    stage.keep_house().await;
    stage.is_clean().await;
    let put = |kind: &'static str, key: String, bytes: Option<Vec<u8>>| Put {
        kind,
        key,
        bytes,
        expected: None,
    };
    let seen = async || {
        let findings = stage.node(1).doctor().await;
        findings
            .into_iter()
            .find(|finding| finding.code.as_deref() == Some("E_ERASURE_LEFTOVER"))
    };
    let kept = put("kept", format!("{party}/{record}"), Some(vec![1]));
    let accepted = format!("accepted/{party}/{record}/o-1");
    let mut plants = vec![vec![kept], vec![put("readers", accepted, Some(vec![1]))]];
    let row = "liaison/o/0000000000000/01a20e9d74a4e4de3b9982d866381d22".to_owned();
    plants.push(vec![put("draft-list", row, Some(vec![1]))]);
    let parts = [
        &["case", "case-of"][..],
        &["case-list"],
        &["waits"],
        &["keep-list"],
    ];
    for kind in parts {
        let back = before.iter().filter_map(|held| {
            let kind = kind.iter().find(|kind| **kind == held.kind)?;
            Some(put(kind, held.key.clone(), Some(held.bytes.clone())))
        });
        plants.push(back.collect());
    }
    for plant in plants {
        assert!(!plant.is_empty());
        store.put(plant.clone()).await.unwrap();
        assert!(seen().await.is_some(), "{plant:?}");
        let away = plant.into_iter().map(|held| Put {
            bytes: None,
            ..held
        });
        store.put(away.collect()).await.unwrap();
        assert_eq!(seen().await, None);
    }
    // A sealed file that no note speaks of any more.
    let staged = stage
        .node(1)
        .stage("a.bin", "application/octet-stream", &b"left"[..])
        .await
        .unwrap();
    assert_eq!(seen().await, None, "it waits for a record");
    let note = vec![put("staged", staged.token, None)];
    store.put(note).await.unwrap();
    assert!(seen().await.is_some());
}
