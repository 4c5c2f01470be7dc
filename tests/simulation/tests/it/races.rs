//! Two people, or a person and the house, at the same moment; and what stops between two steps.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "helpers of tests: what cannot be is a failed test"
)]

use std::time::Duration;

use passerelle_model::{Deed, Kind, Outcome, RecordId, RegisterPurpose};
use passerelle_service::{
    ActFilter, ActHeld, DraftView, Field, NewDraft, Node, Ready, Saved, SignIn, Verdict,
};
use passerelle_store::{Blobs as _, Put, Store as _};

use crate::keeping::{APPROVER, OFFICER, Stage, WATCH, next_day, why};
use crate::settle;

/// Puts a document where the node keeps its own.
async fn put(stage: &Stage, kind: &'static str, key: String, bytes: &[u8]) {
    let put = Put {
        kind,
        key,
        bytes: Some(bytes.to_vec()),
        expected: None,
    };
    let store = &stage.world.members[0].store;
    store.put(vec![put]).await.unwrap();
}

async fn is_held(stage: &Stage, record: RecordId) -> bool {
    let node = stage.node(0);
    let name = (node.party(), &record);
    let keeping = node.record_keeping(stage.actor(0, WATCH), name).await;
    let keeping = keeping.unwrap();
    keeping.hold.is_some() && !keeping.erased
}

/// A hold that is decided while the day's erasure is under way keeps the record.
#[tokio::test(start_paused = true)]
async fn a_hold_meets_an_erasure_under_way() {
    let stage = Stage::new().await;
    let record = stage.told(stage.brief("pièce à conviction")).await;
    let other = stage.told(stage.brief("sans objet")).await;
    next_day().await;
    let (node, watch) = (stage.node(0).clone(), stage.actor(0, WATCH).clone());
    let holds = async move {
        let (party, until) = (node.party().clone(), node.time().day().plus_days(9));
        let name = (&party, &record);
        node.hold(&watch, name, until, why()).await.unwrap();
    };
    stage.world.members[0].store.meanwhile("draft", holds);
    let node = stage.node(0);
    let done = node.keep_house(node.time()).await.unwrap();
    assert!(is_held(&stage, record).await);
    assert_eq!(
        (done.erased, done.failed),
        (1, vec!["E_KEEPING_CHANGED".to_owned()])
    );
    let shown = node.show(None, &other).await.unwrap();
    assert!(shown.line.erased, "what is not held goes all the same");
    let again = node.keep_house(node.time()).await.unwrap();
    assert_eq!((again.refused, again.failed), (1, vec![]));
    assert!(is_held(&stage, record).await);
}

/// The same with a person who erases.
#[tokio::test(start_paused = true)]
async fn a_hold_meets_a_person_who_erases() {
    let stage = Stage::new().await;
    let record = stage.told(stage.notice("pièce à conviction")).await;
    let (node, watch) = (stage.node(0).clone(), stage.actor(0, WATCH).clone());
    let holds = async move {
        let (party, until) = (node.party().clone(), node.time().day().plus_days(9));
        let name = (&party, &record);
        node.hold(&watch, name, until, why()).await.unwrap();
    };
    stage.world.members[0].store.meanwhile("draft", holds);
    let (node, approver) = (stage.node(0), stage.actor(0, APPROVER));
    let name = (node.party(), &record);
    let erased = node.review(approver, name, Verdict::Erase, why()).await;
    assert_eq!(erased.unwrap_err().code(), "E_KEEPING_CHANGED");
    assert!(is_held(&stage, record).await);
}

/// A list that was read before a hold was made longer ends nothing.
#[tokio::test(start_paused = true)]
async fn a_hold_that_was_made_longer_lasts() {
    let stage = Stage::new().await;
    let record = stage.told(stage.notice("pièce à conviction")).await;
    let node = stage.node(0);
    let (today, party) = (node.time().day(), node.party().clone());
    let name = (&party, &record);
    let until = today.plus_days(30);
    let watch = stage.actor(0, WATCH);
    node.hold(watch, name, until, why()).await.unwrap();
    put(
        &stage,
        "keep-list",
        format!("hold/{today}/{party}/{record}"),
        b"",
    )
    .await;
    let done = node.keep_house(node.time()).await.unwrap();
    assert_eq!((done.holds_ended, done.failed), (0, vec![]));
    assert!(is_held(&stage, record).await);
    assert_eq!(
        node.holds(10).await.unwrap().len(),
        1,
        "the stale row is gone"
    );
}

/// What was decided about one record does not read any more: every other goes on its day.
#[tokio::test(start_paused = true)]
async fn one_damaged_decision_stops_no_other_erasure() {
    let stage = Stage::new().await;
    let bad = stage.told(stage.brief("abîmé")).await;
    let good = stage.told(stage.brief("entier")).await;
    next_day().await;
    let party = stage.node(0).party().clone();
    put(&stage, "kept", format!("{party}/{bad}"), b"not sealed").await;
    let node = stage.node(0);
    let done = node.keep_house(node.time()).await.unwrap();
    assert_eq!((done.erased, done.failed.len()), (1, 1), "{done:?}");
    assert!(node.show(None, &good).await.unwrap().line.erased);
    let closed = node.show(None, &bad).await.unwrap_err();
    assert_eq!(
        closed.code(),
        "E_AT_REST",
        "nobody knows whether it is restricted"
    );
}

/// A notice without personal data, ready to leave.
async fn written(stage: &Stage, subject: &str) -> DraftView {
    let (node, officer) = (stage.node(0), stage.actor(0, OFFICER));
    let new = NewDraft {
        kind: Kind::Notice,
        about: None,
        unit: None,
    };
    let draft = node.new_draft(officer, new).await.unwrap();
    let form = [
        (Field::To, "be.interior/liaison"),
        (Field::Subject, subject),
        (Field::Text, "Texte."),
        (Field::Purpose, "terrorism"),
        (Field::Basis, "convention-2014"),
        (Field::Class, "case-data"),
        (Field::Personal, "no"),
        (Field::Handling, "h0"),
    ]
    .into_iter()
    .fold(draft.form.clone(), |form, (field, value)| {
        form.with(field, [value])
    });
    let saved = node
        .save_draft(officer, &draft.id, draft.version, form)
        .await;
    let Saved::Kept(draft) = saved.unwrap() else {
        panic!("kept")
    };
    let judged = node.judge_draft(officer, &draft.id).await.unwrap();
    assert_eq!(judged.ready, Ready::MayRelease, "{judged:?}");
    *draft
}

async fn save(node: &Node, stage_actor: &passerelle_service::Actor, draft: &DraftView, text: &str) {
    let form = draft.form.clone().with(Field::Text, [text]);
    let saved = node.save_draft(stage_actor, &draft.id, draft.version, form);
    assert!(matches!(saved.await.unwrap(), Saved::Kept(_)));
}

/// Somebody saves while somebody else releases: neither text is lost, and what leaves is what
/// was looked at.
#[tokio::test(start_paused = true)]
async fn a_draft_is_changed_while_it_is_released() {
    let stage = Stage::new().await;
    let draft = written(&stage, "avis").await;
    let (node, officer) = (stage.node(0).clone(), stage.actor(0, OFFICER).clone());
    let types = {
        let (node, officer, draft) = (node.clone(), officer.clone(), draft.clone());
        async move { save(&node, &officer, &draft, "Autre texte.").await }
    };
    stage.world.members[0].store.meanwhile("draft-look", types);
    let released = node.release_draft(&officer, &draft.id, draft.version).await;
    assert_eq!(released.unwrap_err().code(), "E_DRAFT_CHANGED");
    assert!(node.outbox(None, 10).await.unwrap().is_empty());
    let held = node.draft(&officer, &draft.id).await.unwrap();
    assert_eq!(held.form.text(Field::Text), "Autre texte.");
    let released = node.release_draft(&officer, &draft.id, held.version).await;
    assert!(released.is_ok());
    let gone = node.draft(&officer, &draft.id).await.unwrap_err();
    assert_eq!(gone.code(), "E_NOT_FOUND", "it went in the same step");
    assert!(
        node.release_draft(&officer, &draft.id, held.version)
            .await
            .is_ok()
    );
    assert_eq!(node.outbox(None, 10).await.unwrap().len(), 1);
}

/// Acts of this kind on this draft.
async fn deeds(stage: &Stage, deed: Deed) -> Vec<Outcome> {
    let filter = ActFilter {
        deed: Some(deed),
        ..ActFilter::default()
    };
    let asked = (RegisterPurpose::Lawfulness, why());
    let (node, watch) = (stage.node(0), stage.actor(0, WATCH));
    let page = node
        .acts_for(watch, asked, &filter, None, 50)
        .await
        .unwrap();
    let acts = page.acts.into_iter().filter_map(|line| match line.held {
        ActHeld::Held { act } => Some(act.outcome),
        _ => None,
    });
    acts.collect()
}

/// An approval of what was changed meanwhile stands neither in the draft nor in the register.
#[tokio::test(start_paused = true)]
async fn an_approval_that_came_too_late_did_not_happen() {
    let stage = Stage::new().await;
    let draft = written(&stage, "avis").await;
    let (node, officer) = (stage.node(0).clone(), stage.actor(0, OFFICER).clone());
    let submitted = node.submit_draft(&officer, &draft.id, draft.version).await;
    let submitted = submitted.unwrap();
    let types = {
        let (node, officer, draft) = (node.clone(), officer.clone(), submitted.clone());
        async move { save(&node, &officer, &draft, "Autre texte.").await }
    };
    stage.world.members[0].store.meanwhile("commit", types);
    let approver = stage.actor(0, APPROVER);
    let approved = node.approve_draft(approver, &draft.id, submitted.version, None);
    assert_eq!(approved.await.unwrap_err().code(), "E_DRAFT_CHANGED");
    assert_eq!(deeds(&stage, Deed::Approve).await, []);
    assert_eq!(deeds(&stage, Deed::Submit).await, [Outcome::Done]);
}

/// Of several that are written in one step one comes second: the others go all the same.
#[tokio::test(start_paused = true)]
async fn one_that_comes_second_stops_nobody_else() {
    let stage = Stage::new().await;
    let node = stage.node(0).clone();
    let (sent, mut done) = tokio::sync::mpsc::unbounded_channel();
    let others = {
        let (node, drafts) = (node.clone(), ["a", "b", "c"].map(|name| stage.notice(name)));
        async move {
            for (draft, key) in drafts.into_iter().zip([Some("k"), Some("k"), None]) {
                let (node, sent) = (node.clone(), sent.clone());
                tokio::spawn(async move {
                    let key = key.map(str::as_bytes);
                    let line = node.release(draft, key).await;
                    sent.send(line.map(|line| line.record)).unwrap();
                });
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    stage.world.members[0].store.meanwhile("commit", others);
    node.release(stage.notice("d"), None).await.unwrap();
    let mut records = Vec::new();
    for _ in 0..3 {
        records.push(done.recv().await.unwrap().unwrap());
    }
    records.sort_unstable();
    records.dedup();
    assert_eq!(records.len(), 2, "one key, one record");
    assert_eq!(node.outbox(None, 10).await.unwrap().len(), 3);
}

/// Wrong passwords at the same moment are each counted, and look alike.
#[tokio::test(start_paused = true)]
async fn guesses_at_the_same_moment_look_alike() {
    let stage = Stage::new().await;
    let node = stage.node(0);
    let guess = || {
        node.sign_in(SignIn {
            name: "o-1".to_owned(),
            password: "mot de passe deviné".to_owned(),
            code: "000000".to_owned(),
            device: String::new(),
        })
    };
    let (a, b, c) = tokio::join!(guess(), guess(), guess());
    for refused in [a, b, c] {
        assert_eq!(refused.unwrap_err().code(), "E_SIGN_IN");
    }
}

/// A file that is taken out of a draft, and one whose draft is thrown away, are destroyed.
#[tokio::test(start_paused = true)]
async fn files_of_no_draft_are_destroyed() {
    let stage = Stage::new().await;
    let draft = written(&stage, "avis").await;
    let (node, officer) = (stage.node(0), stage.actor(0, OFFICER));
    let blobs = &stage.world.members[0].blobs;
    let mut held = Vec::new();
    for name in ["a.txt", "b.txt"] {
        let file = node
            .stage(name, "text/plain", &b"Texte."[..])
            .await
            .unwrap();
        held.push(file.token.clone());
        node.attach(officer, &draft.id, file).await.unwrap();
    }
    assert_eq!(blobs.list().unwrap().len(), 2);
    node.detach(officer, &draft.id, &held[0]).await.unwrap();
    assert_eq!(blobs.list().unwrap().len(), 1);
    node.discard_draft(officer, &draft.id).await.unwrap();
    assert!(blobs.list().unwrap().is_empty());
    let store = &stage.world.members[0].store;
    assert!(store.documents("staged", "").await.unwrap().is_empty());
}

/// A file that nothing takes up goes after a week; one that a draft has stays.
#[tokio::test(start_paused = true)]
async fn a_file_that_nothing_takes_up_goes() {
    let stage = Stage::new().await;
    let draft = written(&stage, "avis").await;
    let (node, officer) = (stage.node(0), stage.actor(0, OFFICER));
    let blobs = &stage.world.members[0].blobs;
    let of_draft = node.stage("a.txt", "text/plain", &b"Texte."[..]).await;
    let of_draft = of_draft.unwrap();
    node.attach(officer, &draft.id, of_draft).await.unwrap();
    let left = node.stage("b.txt", "text/plain", &b"Texte."[..]).await;
    left.unwrap();
    for (days, gone) in [(0, 0), (7, 0), (1, 1), (1, 0)] {
        tokio::time::sleep(Duration::from_secs(days * 86_400)).await;
        let done = node.keep_house(node.time()).await.unwrap();
        assert_eq!((done.uploads, done.failed), (gone, vec![]));
    }
    assert_eq!(blobs.list().unwrap().len(), 1);
}

/// Nobody writes in the name of a unit that is not theirs.
#[tokio::test(start_paused = true)]
async fn nobody_writes_for_another_unit() {
    let stage = Stage::new().await;
    let draft = written(&stage, "avis").await;
    let (node, officer) = (stage.node(0), stage.actor(0, OFFICER));
    let form = draft.form.clone().with(Field::Unit, ["police"]);
    let saved = node
        .save_draft(officer, &draft.id, draft.version, form)
        .await;
    let Saved::Kept(draft) = saved.unwrap() else {
        panic!("kept")
    };
    let released = node.release_draft(officer, &draft.id, draft.version).await;
    assert_eq!(released.unwrap_err().code(), "E_NOT_FOUND");
    let submitted = node.submit_draft(officer, &draft.id, draft.version).await;
    assert_eq!(submitted.unwrap_err().code(), "E_NOT_FOUND");
    assert!(node.outbox(None, 10).await.unwrap().is_empty());
}

/// What was sent is taken back after the agreement has ended, and nothing else leaves then.
#[tokio::test(start_paused = true)]
async fn a_recall_outlives_the_agreement() {
    let stage = Stage::new().await;
    let record = stage.told(stage.notice("erreur")).await;
    let node = stage.node(0);
    let day = node.time().day();
    let held = node.agreements().await.unwrap().remove(0);
    let until = held.terms.in_force_until.unwrap();
    let text = held.text.replace(
        "revision = 1",
        &format!("revision = 2\nreplaces = \"{}\"", held.hash),
    );
    let text = text.replace(
        &format!("in_force_until = \"{until}\""),
        &format!("in_force_until = \"{day}\""),
    );
    stage.world.agree(text).await.unwrap();
    next_day().await;
    let late = node.release(stage.notice("tard"), None).await.unwrap_err();
    assert_eq!(late.code(), "E_AGREEMENT_NOT_IN_FORCE");
    let recall = passerelle_service::view::Draft {
        channel: Some(held.terms.id.clone()),
        ..stage.recalling(record)
    };
    stage.told(recall).await;
    settle().await;
    let standing = stage.standing(record).await.0;
    assert_eq!(standing, passerelle_service::view::Standing::Erased);
}

/// A partner's record that was destroyed, and said to be, comes back neither from the copy that a
/// node was restored from nor from the partner that sends it again.
#[tokio::test(start_paused = true)]
async fn what_was_said_to_be_destroyed_does_not_come_back() {
    for arrived in [true, false] {
        let mut stage = Stage::new().await;
        if !arrived {
            stage.world.remember();
        }
        let record = stage.told(stage.notice("éphémère")).await;
        if arrived {
            assert_eq!(stage.found(1, "éphémère").await, 1);
            stage.world.remember();
        }
        let party = stage.node(0).party().clone();
        let (node, approver) = (stage.node(1), stage.actor(1, APPROVER));
        let erased = node.review(approver, (&party, &record), Verdict::Erase, why());
        erased.await.unwrap();
        settle().await;
        let standing = passerelle_service::view::Standing::Erased;
        assert_eq!(stage.standing(record).await.0, standing);
        stage.world.crash_forgetting(1);
        stage.world.restore(1).await.unwrap();
        for _ in 0..3 {
            settle().await;
            for number in 0..2 {
                let node = stage.node(number);
                for alarm in node.alarms().await.unwrap() {
                    node.resume(&alarm.party, &alarm.id).await.unwrap();
                }
            }
        }
        settle().await;
        let shown = stage.node(1).show(Some(&party), &record).await.unwrap();
        assert!(shown.line.erased, "arrived before the copy: {arrived}");
        assert_eq!(stage.found(1, "éphémère").await, 0);
        assert_eq!(stage.standing(record).await.0, standing);
    }
}
