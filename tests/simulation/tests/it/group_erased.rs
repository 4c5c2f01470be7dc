//! What is erased on one node, or refused by one, counts alike on all of them.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests: what cannot be is a failed test"
)]

use std::time::Duration;

use passerelle_model::{
    Author, By, Digest, Evaluation, Handling, InformationGrade, Kind as RecordKind, Lang, Markings,
    Pap, PartyId, Recipient, RecordId, SourceGrade, StructuredData, Tlp,
};
use passerelle_service::joint::{
    Answer, Consultation, Deed, ERASED_WORDS, Event, Facts, Kind, ObjectRef, SCHEMA, Stage,
    Standing, Strand, Texts,
};
use passerelle_service::view::Draft;
use passerelle_simulation::{Faults, GROUP_UNIT};
use passerelle_store::{Put, Store as _};

use crate::group_ledger::{Table, offer};
use crate::settle;

const THREE: [&str; 3] = ["ma.interior", "be.interior", "nl.justice"];
/// Worlds begin at 20:00: after these five hours it is the next day.
const NIGHT: Duration = Duration::from_secs(5 * 3600);

/// Says it in a record that is erased tomorrow.
async fn say_for_a_day(
    table: &Table,
    number: usize,
    object: Option<ObjectRef>,
    deeds: Vec<Deed>,
) -> RecordId {
    let node = table.node(number);
    let seen = table
        .look(number, |room| room.ledger().seen(room.me()))
        .await;
    let event = Event {
        object,
        seen,
        deeds,
    };
    let agreements = node.agreements().await.unwrap();
    let mut held = agreements
        .iter()
        .filter(|view| view.terms.id == table.channel);
    let terms = &held.next().unwrap().terms;
    let class = terms.data_class.first().unwrap();
    let others = class
        .recipients
        .iter()
        .filter(|to| to.party != *node.party());
    let to: Vec<Recipient> = others.cloned().collect();
    let purpose = terms.purpose.first().unwrap();
    let tomorrow = node.time().day().plus_days(1);
    let draft = Draft {
        channel: Some(table.channel.clone()),
        kind: RecordKind::Group,
        author: Author {
            officer: "secretary".parse().unwrap(),
            unit: GROUP_UNIT.parse().unwrap(),
            function: "Secrétariat".parse().unwrap(),
        },
        purpose: purpose.code.clone(),
        basis: purpose.bases.first().unwrap().clone(),
        class: class.code.clone(),
        markings: Markings {
            tlp: Tlp::Green,
            pap: Pap::Green,
            handling: Handling::H0,
            caveats: Vec::new(),
        },
        evaluation: Evaluation {
            source: SourceGrade::X,
            information: InformationGrade::Four,
        },
        review: Some(tomorrow),
        erasure: Some(tomorrow),
        to,
        data: Some(StructuredData {
            schema: SCHEMA.parse().unwrap(),
            json: event.to_json().unwrap(),
        }),
        text: None,
        subject: "Groupe mixte".to_owned(),
        lang: Lang::Fr,
        ..passerelle_simulation::draft("", &[]).unwrap()
    };
    let name = "test".parse().unwrap();
    let released = node.release_by(draft, None, By::Program { name }).await;
    released.unwrap().record
}

fn opening(table: &Table, title: &str) -> Vec<Deed> {
    let open = Deed::Open {
        kind: Kind::Decision,
        parent: None,
        chair: party(table, 0),
    };
    vec![open, offer(None, title)]
}

fn party(table: &Table, number: usize) -> PartyId {
    table.world.members.get(number).unwrap().party.clone()
}

async fn keep_house(table: &Table, number: usize) {
    let node = table.node(number);
    let done = node.keep_house(node.time()).await.unwrap();
    assert_eq!(done.failed, Vec::<String>::new());
    settle().await;
}

/// What is agreed, and the title of it.
async fn agreed(table: &Table, number: usize, id: &ObjectRef) -> (Option<Digest>, String) {
    let look = |room: &passerelle_service::GroupRoom| {
        let object = room.ledger().object(id).unwrap();
        let title = object.title(Lang::Fr).unwrap_or_default().to_owned();
        (object.offers().agreed_hash(), title)
    };
    table.look(number, look).await
}

async fn rebuilt(table: &mut Table, number: usize) {
    table.world.crash(number);
    table.world.restart(number).await.unwrap();
}

async fn accepted(table: &Table, number: usize, id: &ObjectRef) -> Digest {
    let open = table.look(number, |room| {
        let object = room.ledger().object(id).unwrap();
        object.offers().open().unwrap().hash()
    });
    let revision = open.await;
    let accept = Deed::Accept { revision };
    let wish = passerelle_service::Wish::about(id.clone(), None, vec![accept], Lang::Fr);
    table.say(number, wish).await.unwrap();
    settle().await;
    revision
}

#[tokio::test(start_paused = true)]
async fn what_is_erased_on_one_node_counts_the_same_on_both() {
    let mut table = Table::of(&["ma.interior", "be.interior"], 11, Faults::default()).await;
    let deeds = opening(&table, "Ouvrir un guichet");
    let record = say_for_a_day(&table, 0, None, deeds).await;
    settle().await;
    let id = ObjectRef {
        party: party(&table, 0),
        record,
    };
    let hash = accepted(&table, 1, &id).await;
    tokio::time::sleep(NIGHT).await;
    keep_house(&table, 0).await;
    // Without a restart its words are gone from what people see, too.
    assert_eq!(
        agreed(&table, 0, &id).await,
        (Some(hash), ERASED_WORDS.to_owned())
    );
    let whole = (Some(hash), "Ouvrir un guichet".to_owned());
    assert_eq!(agreed(&table, 1, &id).await, whole);
    rebuilt(&mut table, 0).await;
    rebuilt(&mut table, 1).await;
    assert_eq!(
        agreed(&table, 0, &id).await,
        (Some(hash), ERASED_WORDS.to_owned())
    );
    assert_eq!(agreed(&table, 1, &id).await, whole);
    // An amendment builds on the text whose words one of them has no more.
    let amend = passerelle_service::Wish::about(
        id.clone(),
        None,
        vec![offer(Some(hash), "Deux")],
        Lang::Fr,
    );
    table.say(0, amend).await.unwrap();
    settle().await;
    let second = accepted(&table, 1, &id).await;
    assert_eq!(agreed(&table, 0, &id).await.0, Some(second));
    keep_house(&table, 1).await;
    table.all_equal().await;
    for number in 0..2 {
        for finding in table.node(number).doctor().await {
            assert!(finding.good, "{number}: {finding:?}");
        }
    }
    // Had nothing stayed of it, Rabat would know no such decision.
    let key = format!(
        "{}/{}/{:020}",
        table.channel,
        id.party,
        index_of(&table, &id).await
    );
    let gone = Put {
        kind: "group-bones",
        key,
        bytes: None,
        expected: None,
    };
    let member = table.world.members.first().unwrap();
    member.store.put(vec![gone]).await.unwrap();
    rebuilt(&mut table, 0).await;
    let known = table.look(0, |room| room.ledger().object(&id).is_some());
    assert!(!known.await);
}

async fn index_of(table: &Table, id: &ObjectRef) -> u64 {
    let opened = table.look(1, |room| room.ledger().object(id).unwrap().opened().index);
    opened.await
}

/// Brussels is away for a night: what arrives then should have been erased already, and it
/// refuses it. Rabat and The Hague had counted it.
#[tokio::test(start_paused = true)]
async fn what_one_party_refuses_counts_for_none() {
    let mut table = Table::of(&THREE, 12, Faults::default()).await;
    let open = passerelle_service::Wish::opening(opening(&table, "Ouvrir un guichet"), Lang::Fr);
    let id = table.say(1, open).await.unwrap();
    settle().await;
    accepted(&table, 2, &id).await;
    let hash = table.look(0, |room| {
        let object = room.ledger().object(&id).unwrap();
        object.offers().open().unwrap().hash()
    });
    let revision = hash.await;
    for other in [0, 2] {
        table
            .world
            .network
            .cut(&party(&table, 1), &party(&table, other));
        table
            .world
            .network
            .cut(&party(&table, other), &party(&table, 1));
    }
    say_for_a_day(&table, 0, Some(id.clone()), vec![Deed::Accept { revision }]).await;
    tokio::time::sleep(NIGHT).await;
    for number in [0, 2] {
        assert_eq!(
            agreed(&table, number, &id).await.0,
            Some(revision),
            "{number}"
        );
    }
    table.world.network.heal();
    settle().await;
    settle().await;
    for number in 0..3 {
        let standing = table.look(number, |room| {
            let object = room.ledger().object(&id).unwrap();
            object.offers().offer_of(&revision).unwrap().standing()
        });
        assert_eq!(standing.await, Standing::Open, "{number}");
    }
    table.all_equal().await;
    rebuilt(&mut table, 0).await;
    rebuilt(&mut table, 2).await;
    table.all_equal().await;
    // Said again in a record that lasts, it counts for all.
    accepted(&table, 0, &id).await;
    settle().await;
    for number in 0..3 {
        assert_eq!(
            agreed(&table, number, &id).await.0,
            Some(revision),
            "{number}"
        );
    }
    table.all_equal().await;
}

/// An answer from the public waits for ninety days to be looked at.
#[tokio::test(start_paused = true)]
async fn an_answer_that_nobody_looks_at_is_destroyed() {
    let table = Table::of(&["ma.interior", "be.interior"], 13, Faults::default()).await;
    let node = table.node(0);
    let facts = Facts::Consultation(Consultation {
        texts: Texts::titled(Lang::Fr, "Que faut-il changer ?".parse().unwrap()),
        audience: "Associations".parse().unwrap(),
        strand: Strand::Diaspora,
        from: node.time().day().minus_days(1).start(),
        until: node.time().day().plus_days(30).start(),
        reply: None,
    });
    let open = Deed::Open {
        kind: Kind::Consultation,
        parent: None,
        chair: party(&table, 0),
    };
    let facts = Box::new(facts);
    let to = Stage::Open;
    let deeds = vec![open, Deed::Describe { facts }, Deed::Move { to }];
    let wish = passerelle_service::Wish::opening(deeds, Lang::Fr);
    let id = table.say(0, wish).await.unwrap();
    let answer = Answer {
        organisation: "Association Rif".parse().unwrap(),
        lang: Lang::Fr,
        text: "Les délais.".parse().unwrap(),
    };
    node.hand_in_answer(&id, answer).await.unwrap();
    let secretary = table.secretaries.first().unwrap();
    let waiting = async || {
        let waiting = node.waiting_answers(secretary, &table.channel, &id);
        waiting.await.unwrap().len()
    };
    let days = |n: u64| node.time().plus_millis(n * 86_400_000);
    assert_eq!(node.keep_house(days(89)).await.unwrap().answers, 0);
    assert_eq!(waiting().await, 1);
    assert_eq!(node.keep_house(days(91)).await.unwrap().answers, 1);
    assert_eq!(waiting().await, 0);
}
