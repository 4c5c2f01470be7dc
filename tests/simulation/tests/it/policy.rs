//! Access policies between honest nodes: published by themselves, told to the partner, kept
//! current, and enforced at home.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests: what cannot be is a failed test"
)]

use std::collections::BTreeSet;

use passerelle_model::{By, Lang, PartyId, Recipient, Role};
use passerelle_service::{Actor, ClassDecision, Node, Openers, Person, Settings, SignIn};
use passerelle_simulation::{Faults, World, draft};
use passerelle_store::{Put, Store as _};

use crate::settle;

async fn world() -> World {
    World::new(&["ma.interior", "be.interior"], 1, Faults::default())
        .await
        .unwrap()
}

fn person(officer: &str, roles: &[Role]) -> Person {
    Person {
        officer: officer.parse().unwrap(),
        name: officer.parse().unwrap(),
        function: "liaison".parse().unwrap(),
        units: match roles.contains(&Role::Administrator) {
            true => BTreeSet::new(),
            false => BTreeSet::from(["liaison".parse().unwrap()]),
        },
        roles: roles.iter().copied().collect(),
        lang: Lang::Fr,
        suspended: false,
    }
}

async fn staffed(node: &Node) {
    node.begin_demo(Settings::default()).await.unwrap();
    let people = vec![
        person("boss", &[Role::Administrator]),
        person("amal", &[Role::Officer]),
        person("yassin", &[Role::Analyst]),
    ];
    node.demo_people(people).await.unwrap();
}

async fn signed_in(node: &Node, officer: &str) -> Actor {
    let accounts = node.demo_accounts().await.unwrap();
    let account = accounts
        .iter()
        .find(|account| account.person.officer.as_str() == officer)
        .unwrap();
    let given = SignIn {
        name: officer.to_owned(),
        password: account.password.clone(),
        code: account.code.clone(),
        device: "test".to_owned(),
    };
    node.sign_in(given).await.unwrap().actor
}

fn liaison(party: &PartyId) -> Recipient {
    Recipient {
        party: party.clone(),
        unit: "liaison".parse().unwrap(),
    }
}

/// Who would open case data in Rabat's liaison unit, as Brussels sees it.
fn seen(brussels: &Node, rabat: &PartyId) -> Openers {
    let class = "case-data".parse().unwrap();
    let found = brussels.openers(&[liaison(rabat)], &class).unwrap();
    found[0].who.clone()
}

#[tokio::test(start_paused = true)]
async fn a_policy_follows_from_people_and_reaches_the_partner() {
    let world = world().await;
    let (rabat, brussels) = (world.node(0).unwrap(), world.node(1).unwrap());
    settle().await;
    assert_eq!(rabat.own_policy().await.unwrap(), None);
    assert_eq!(seen(brussels, rabat.party()), Openers::Unpublished);
    staffed(rabat).await;
    settle().await;
    let by_default = vec![
        Role::Officer,
        Role::Approver,
        Role::Analyst,
        Role::Supervisor,
    ];
    let people = |roles, count| Openers::People { roles, count };
    assert_eq!(seen(brussels, rabat.party()), people(by_default.clone(), 2));

    let boss = signed_in(rabat, "boss").await;
    let view = rabat.people(&boss).await.unwrap();
    let analyst = view
        .iter()
        .find(|view| view.person.officer.as_str() == "yassin")
        .unwrap();
    let mut away = analyst.person.clone();
    away.suspended = true;
    rabat
        .change_person(&boss, away, analyst.version)
        .await
        .unwrap();
    settle().await;
    assert_eq!(seen(brussels, rabat.party()), people(by_default, 1));
}

#[tokio::test(start_paused = true)]
async fn what_an_administrator_decides_is_published_and_holds_at_home() {
    let world = world().await;
    let (rabat, brussels) = (world.node(0).unwrap(), world.node(1).unwrap());
    staffed(rabat).await;
    let (boss, analyst) = (
        signed_in(rabat, "boss").await,
        signed_in(rabat, "yassin").await,
    );
    let line = brussels
        .release(draft("un", &[rabat.party()]).unwrap(), None)
        .await
        .unwrap();
    settle().await;
    let of = brussels.party();
    assert!(
        rabat
            .consult(&analyst, of, &line.record, None)
            .await
            .is_ok()
    );
    assert_eq!(rabat.cases(&analyst, None, 10).await.unwrap().0.len(), 1);

    let access = rabat.access(&boss).await.unwrap();
    let only_officers = |line: &passerelle_service::AccessLine| ClassDecision {
        unit: line.unit.clone(),
        class: line.class.clone(),
        roles: BTreeSet::from([Role::Officer]),
    };
    let decided: Vec<_> = access.lines.iter().map(only_officers).collect();
    rabat
        .decide_access(&boss, decided.clone(), access.version)
        .await
        .unwrap();
    let late = rabat.decide_access(&boss, decided, access.version).await;
    assert_eq!(late.unwrap_err().code(), "E_ACCESS_CHANGED");
    let beyond = rabat.consult(&analyst, of, &line.record, None).await;
    assert_eq!(beyond.unwrap_err().code(), "E_NOT_FOUND");
    assert!(rabat.cases(&analyst, None, 10).await.unwrap().0.is_empty());
    let amal = signed_in(rabat, "amal").await;
    assert!(rabat.consult(&amal, of, &line.record, None).await.is_ok());
    settle().await;
    let roles = vec![Role::Officer];
    let expected = Openers::People { roles, count: 1 };
    assert_eq!(seen(brussels, rabat.party()), expected);
}

#[tokio::test(start_paused = true)]
async fn only_an_administrator_decides_and_only_on_what_there_is() {
    let world = world().await;
    let rabat = world.node(0).unwrap();
    staffed(rabat).await;
    let boss = signed_in(rabat, "boss").await;
    let amal = signed_in(rabat, "amal").await;
    let decided = |unit: &str, class: &str, role| {
        vec![ClassDecision {
            unit: unit.parse().unwrap(),
            class: class.parse().unwrap(),
            roles: BTreeSet::from([role]),
        }]
    };
    let fine = || decided("liaison", "case-data", Role::Officer);
    let refused = rabat.decide_access(&amal, fine(), 0).await.unwrap_err();
    assert_eq!(refused.code(), "E_ROLE");
    assert!(rabat.access(&amal).await.is_err());
    let wrong = [
        (decided("palace", "case-data", Role::Officer), "E_NOT_FOUND"),
        (decided("liaison", "gossip", Role::Officer), "E_NOT_FOUND"),
        (
            decided("liaison", "case-data", Role::Administrator),
            "E_ACCESS_ROLE",
        ),
    ];
    for (lines, code) in wrong {
        let refused = rabat.decide_access(&boss, lines, 0).await.unwrap_err();
        assert_eq!(refused.code(), code);
    }
}

/// A node that lost its newest policy learns from its partner that it published a later one.
#[tokio::test(start_paused = true)]
async fn a_node_that_was_set_back_numbers_its_next_policy_after_the_last() {
    let mut world = world().await;
    let rabat = world.node(0).unwrap().clone();
    staffed(&rabat).await;
    settle().await;
    let kept = |world: &World| world.members[0].store.clone();
    let documents = kept(&world).documents("access-policy", "ma.interior").await;
    let old = documents.unwrap().remove(0);
    for _ in 0..3 {
        rabat.publish_policy_by(By::Node).await.unwrap();
        settle().await;
    }
    let number = |world: &World| {
        let held = world.node(1).unwrap().partner_policy(rabat.party());
        held.unwrap().unwrap().number
    };
    let last = number(&world);
    let back = Put {
        kind: "access-policy",
        key: old.key,
        bytes: Some(old.bytes),
        expected: None,
    };
    kept(&world).put(vec![back]).await.unwrap();
    world.crash(0);
    world.restart(0).await.unwrap();
    settle().await;
    assert_eq!(number(&world), last + 1);
}

/// The courier carries it; an older file changes nothing.
#[tokio::test(start_paused = true)]
async fn a_courier_file_brings_the_policy() {
    let mut world = world().await;
    world.network.unplug(&"be.interior".parse().unwrap());
    let rabat = world.node(0).unwrap().clone();
    staffed(&rabat).await;
    let brussels = world.node(1).unwrap().clone();
    let mut first = Vec::new();
    rabat
        .courier_export(brussels.party(), &mut first)
        .await
        .unwrap();
    rabat.publish_policy_by(By::Node).await.unwrap();
    let mut second = Vec::new();
    rabat
        .courier_export(brussels.party(), &mut second)
        .await
        .unwrap();
    for (file, number) in [(&first, 1), (&second, 2), (&first, 2)] {
        brussels.courier_import(&file[..]).await.unwrap();
        let held = brussels.partner_policy(rabat.party()).unwrap().unwrap();
        assert_eq!(held.number, number);
    }
    world.crash(0);
}
