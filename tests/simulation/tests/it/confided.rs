//! Reports in confidence: who reads them, with what, and what does not open them.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests: what cannot be is a failed test"
)]

use std::collections::BTreeSet;
use std::time::Duration;

use passerelle_identity::TotpSecret;
use passerelle_model::{Deed, Lang, OfficerId, Outcome, Role};
use passerelle_service::{ActFilter, Actor, ConfidedStep, ConfidedView, Node, Person, SignIn};
use passerelle_store::Store as _;

use crate::keeping::{ANALYST, APPROVER, OFFICER, Stage, WATCH, why};

const TEXT: &str = "un collègue consulte sans motif";
const PHRASE: &str = "quatre mots que personne ne devine";
const OTHER_PHRASE: &str = "une tout autre suite de mots";

fn text() -> passerelle_model::Reason {
    TEXT.parse().unwrap()
}

/// A second data-protection officer.
async fn second(stage: &Stage) -> Actor {
    let officer: OfficerId = "second-watch".parse().unwrap();
    let roles = BTreeSet::from([Role::DataProtection]);
    let person = Person {
        officer: officer.clone(),
        name: "Deuxième déléguée".parse().unwrap(),
        function: "déléguée".parse().unwrap(),
        units: BTreeSet::new(),
        roles,
        lang: Lang::Fr,
        suspended: false,
    };
    let (node, by) = (stage.node(0), passerelle_model::By::Node);
    let link = node.add_person_by(person, by).await.unwrap().reveal();
    let password = "une phrase pour entrer";
    let enrolled = node.choose_password(&link, password).await.unwrap();
    let secret = TotpSecret::from_base32(&enrolled.secret).unwrap();
    let code = secret.code_at(node.time());
    node.confirm_authenticator(&link, &code).await.unwrap();
    let signed = node.sign_in(SignIn {
        name: officer.to_string(),
        password: password.to_owned(),
        code,
        device: String::new(),
    });
    signed.await.unwrap().actor
}

async fn code<T>(
    tried: impl Future<Output = Result<T, passerelle_service::Error>>,
) -> &'static str {
    tried.await.err().unwrap().code()
}

async fn seen(node: &Node, actor: &Actor, id: &passerelle_model::RecordId) -> ConfidedView {
    node.confided(actor, id).await.unwrap()
}

/// Whoever reports in confidence is not in the register, and only the data-protection officer
/// reads it. Without a key of theirs it lies under the keys of the node, and says so.
#[tokio::test(start_paused = true)]
async fn what_is_confided_is_seen_by_one() {
    let stage = Stage::new().await;
    let (rabat, watch) = (stage.node(0), stage.actor(0, WATCH));
    let analyst = stage.actor(0, ANALYST);
    let id = rabat.confide(analyst, text(), false).await.unwrap();
    for role in [OFFICER, APPROVER, ANALYST] {
        let other = stage.actor(0, role);
        assert_eq!(code(rabat.confided(other, &id)).await, "E_NOT_FOUND");
        assert_eq!(
            code(rabat.open_confided(other, &id, "")).await,
            "E_NOT_FOUND"
        );
        assert_eq!(
            code(rabat.make_confidant(other, PHRASE, false)).await,
            "E_NOT_FOUND"
        );
    }
    assert!(!seen(rabat, watch, &id).await.is_sealed_to_people());
    let report = rabat.open_confided(watch, &id, "").await.unwrap();
    assert_eq!((report.from, report.text.as_str()), (None, TEXT));
    let filter = ActFilter {
        deed: Some(Deed::Confide),
        ..ActFilter::default()
    };
    let act = stage.acts_found(0, &filter).await.remove(0);
    assert_eq!((&act.by, &act.why), (&passerelle_model::By::Node, &None));
    let named = rabat.confide(analyst, text(), true).await.unwrap();
    let named = rabat.open_confided(watch, &named, "").await.unwrap();
    assert_eq!(named.from.as_ref(), Some(analyst.officer()));
    let groups = rabat.today(watch).await.unwrap();
    let duties: Vec<_> = groups.iter().flat_map(|group| &group.items).collect();
    assert_eq!(duties.len(), 2);
    let closed = rabat.confided_step(watch, (&id, 1), ConfidedStep::Closed, why());
    closed.await.unwrap();
    let twice = rabat.confided_step(watch, (&id, 2), ConfidedStep::Closed, why());
    assert_eq!(code(twice).await, "E_CONFIDED_STEP");
    // Nothing of it can be read in the store.
    let store = &stage.world.members[0].store;
    for held in store.documents("confided", "").await.unwrap() {
        assert!(!String::from_utf8_lossy(&held.bytes).contains("collègue"));
    }
    // What came before there was a key still opens, as what it is.
    rabat.make_confidant(watch, PHRASE, false).await.unwrap();
    assert!(!seen(rabat, watch, &id).await.is_sealed_to_people());
    let report = rabat.open_confided(watch, &id, "").await.unwrap();
    assert_eq!((report.text.as_str(), report.steps.len()), (TEXT, 1));
    stage.is_clean().await;
}

/// With the store and every key of the node, nobody reads a report that is sealed to a person:
/// neither its words nor what was written about it.
#[tokio::test(start_paused = true)]
async fn the_keys_of_the_node_do_not_open_it() {
    let stage = Stage::new().await;
    let (rabat, watch) = (stage.node(0), stage.actor(0, WATCH));
    rabat.make_confidant(watch, PHRASE, false).await.unwrap();
    let officer = stage.actor(0, OFFICER);
    let id = rabat.confide(officer, text(), true).await.unwrap();
    let note = "entendu la personne".parse().unwrap();
    let step = rabat.confided_step(watch, (&id, 1), ConfidedStep::Note, note);
    step.await.unwrap();
    let (member, mut opened) = (&stage.world.members[0], 0);
    for kind in ["confided", "confidant"] {
        for held in member.store.documents(kind, "").await.unwrap() {
            let context = format!("document/{kind}/{}", held.key);
            let keys = member.keyring().unwrap();
            let plain = keys
                .store()
                .open_small(&held.bytes, context.as_bytes())
                .unwrap();
            let plain = String::from_utf8(plain.to_vec()).unwrap();
            let mut secrets = ["collègue", "entendu", PHRASE].into_iter();
            assert!(!secrets.any(|secret| plain.contains(secret)), "{plain}");
            // Who reported stands in no field either.
            let reader = format!("\"{}\"", officer.officer());
            assert!(!plain.contains(&reader), "{plain}");
            opened += 1;
        }
    }
    assert_eq!(opened, 2, "the keys of the node do open what is theirs");
    let report = rabat.open_confided(watch, &id, PHRASE).await.unwrap();
    assert_eq!(report.from.as_ref(), Some(officer.officer()));
    let words = report.steps[0].words.as_ref().unwrap();
    assert_eq!(
        (report.text.as_str(), words.as_str()),
        (TEXT, "entendu la personne")
    );
    stage.is_clean().await;
}

/// Nobody's passphrase opens it but a reader's; wrong ones wait and are entered; whoever reads it
/// can let another read it.
#[tokio::test(start_paused = true)]
async fn it_opens_to_a_reader_s_passphrase_only() {
    let stage = Stage::new().await;
    let (rabat, watch) = (stage.node(0), stage.actor(0, WATCH));
    rabat.make_confidant(watch, PHRASE, false).await.unwrap();
    let id = rabat
        .confide(stage.actor(0, OFFICER), text(), false)
        .await
        .unwrap();
    let second = second(&stage).await;
    rabat
        .make_confidant(&second, OTHER_PHRASE, false)
        .await
        .unwrap();
    for phrase in [OTHER_PHRASE, PHRASE] {
        let closed = rabat.open_confided(&second, &id, phrase);
        assert_eq!(code(closed).await, "E_CONFIDED_OTHERS");
    }
    for _ in 0..5 {
        let wrong = rabat.open_confided(watch, &id, OTHER_PHRASE);
        assert_eq!(code(wrong).await, "E_CONFIDED_PASSPHRASE");
    }
    let waits = rabat.open_confided(watch, &id, PHRASE);
    assert_eq!(code(waits).await, "E_CONFIDED_PASSPHRASE");
    tokio::time::sleep(Duration::from_secs(6)).await;
    assert!(rabat.open_confided(watch, &id, PHRASE).await.is_ok());
    let looked = ActFilter {
        deed: Some(Deed::Consult),
        officer: Some(watch.officer().clone()),
        ..ActFilter::default()
    };
    let looks = stage.acts_found(0, &looked).await;
    let refused = looks.iter().filter(|act| act.outcome == Outcome::Refused);
    assert_eq!((looks.len(), refused.count()), (7, 6));

    let note = rabat.confided_step(watch, (&id, 1), ConfidedStep::Note, why());
    note.await.unwrap();
    let wrong = rabat.share_confided(watch, (&id, 2), OTHER_PHRASE, second.officer());
    assert_eq!(code(wrong).await, "E_CONFIDED_PASSPHRASE");
    let stale = rabat.share_confided(watch, (&id, 1), PHRASE, second.officer());
    assert_eq!(code(stale).await, "E_KEEPING_CHANGED");
    let to_nobody =
        rabat.share_confided(watch, (&id, 2), PHRASE, stage.actor(0, OFFICER).officer());
    assert_eq!(code(to_nobody).await, "E_CONFIDANT_NONE");
    let shared = rabat.share_confided(watch, (&id, 2), PHRASE, second.officer());
    shared.await.unwrap();
    let report = rabat
        .open_confided(&second, &id, OTHER_PHRASE)
        .await
        .unwrap();
    assert_eq!(report.text.as_str(), TEXT);
    assert_eq!(report.steps[0].words, Some(why()));
    let both = rabat
        .confide(stage.actor(0, OFFICER), text(), false)
        .await
        .unwrap();
    for (actor, phrase) in [(watch, PHRASE), (&second, OTHER_PHRASE)] {
        assert!(rabat.open_confided(actor, &both, phrase).await.is_ok());
    }
    stage.is_clean().await;
}

/// A changed passphrase opens what was sealed before; a new key does not.
#[tokio::test(start_paused = true)]
async fn a_passphrase_changes_and_a_lost_one_loses_the_reports() {
    let stage = Stage::new().await;
    let (rabat, watch) = (stage.node(0), stage.actor(0, WATCH));
    assert_eq!(
        code(rabat.change_confidant(watch, PHRASE, PHRASE)).await,
        "E_CONFIDANT_NONE"
    );
    let short = rabat.make_confidant(watch, "onze signes", false);
    assert_eq!(code(short).await, "E_PASSWORD_LENGTH");
    rabat.make_confidant(watch, PHRASE, false).await.unwrap();
    let again = rabat.make_confidant(watch, OTHER_PHRASE, false);
    assert_eq!(code(again).await, "E_CONFIDANT_EXISTS");
    let id = rabat
        .confide(stage.actor(0, OFFICER), text(), false)
        .await
        .unwrap();
    let wrong = rabat.change_confidant(watch, OTHER_PHRASE, OTHER_PHRASE);
    assert_eq!(code(wrong).await, "E_CONFIDED_PASSPHRASE");
    rabat
        .change_confidant(watch, PHRASE, OTHER_PHRASE)
        .await
        .unwrap();
    let old = rabat.open_confided(watch, &id, PHRASE);
    assert_eq!(code(old).await, "E_CONFIDED_PASSPHRASE");
    assert!(rabat.open_confided(watch, &id, OTHER_PHRASE).await.is_ok());

    rabat.make_confidant(watch, PHRASE, true).await.unwrap();
    for phrase in [PHRASE, OTHER_PHRASE] {
        let lost = rabat.open_confided(watch, &id, phrase);
        assert_eq!(code(lost).await, "E_CONFIDED_OTHERS");
    }
    // It can still be closed, in words for the new key.
    let closed = rabat.confided_step(watch, (&id, 1), ConfidedStep::Closed, why());
    closed.await.unwrap();
    assert!(seen(rabat, watch, &id).await.is_closed());
    stage.is_clean().await;
}
