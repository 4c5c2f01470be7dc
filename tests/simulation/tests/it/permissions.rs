//! What a partner provided keeps its conditions until the partner's signed answer permits
//! more, and again when that answer is taken back.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests: what cannot be is a failed test"
)]

use passerelle_model::{
    Handling, Kind, Lang, Outlet, PartyId, Permission, PermittedUse, RecordId, Reference, Relation,
    Role, Tlp,
};
use passerelle_service::view::Draft;
use passerelle_service::{Actor, Node, Person, Settings, SignIn};
use passerelle_simulation::{Faults, World, draft};

use crate::settle;

const PARTIES: [&str; 3] = ["ma.interior", "be.interior", "nl.politie"];

/// People of the liaison unit, one for each role, signed in.
async fn people(node: &Node, roles: &[Role]) -> Vec<Actor> {
    let person = |role: &Role| Person {
        officer: format!("o-{role}").parse().unwrap(),
        name: "Nadia".parse().unwrap(),
        function: "officier".parse().unwrap(),
        units: ["liaison".parse().unwrap()].into(),
        roles: [*role].into(),
        lang: Lang::Fr,
        suspended: false,
    };
    node.begin_demo(Settings::default()).await.unwrap();
    let all = roles.iter().map(person).collect();
    node.demo_people(all).await.unwrap();
    let mut actors = Vec::new();
    for account in node.demo_accounts().await.unwrap() {
        let given = SignIn {
            name: account.person.officer.to_string(),
            password: account.password,
            code: account.code,
            device: "test".to_owned(),
        };
        actors.push(node.sign_in(given).await.unwrap().actor);
    }
    let place = |actor: &Actor| roles.iter().position(|role| actor.is(*role));
    actors.sort_by_key(place);
    actors
}

/// A draft that answers or refers to a record.
fn about(relation: Relation, (party, record): (&PartyId, RecordId), to: &[&PartyId]) -> Draft {
    let mut draft = draft("suite", to).unwrap();
    draft.references = vec![Reference {
        relation,
        party: party.clone(),
        record,
    }];
    draft.markings.handling = Handling::H1;
    draft
}

async fn released(node: &Node, draft: Draft) -> Result<RecordId, &'static str> {
    let line = node.release(draft, None).await;
    settle().await;
    line.map(|line| line.record).map_err(|error| error.code())
}

/// Brussels sends something to Rabat under H1.
async fn sent(rabat: &Node, brussels: &Node) -> RecordId {
    let mut first = draft("véhicule", &[rabat.party()]).unwrap();
    first.markings.handling = Handling::H1;
    released(brussels, first).await.unwrap()
}

/// Rabat asks what it may do with it, and Brussels answers with a permission.
async fn permitted(rabat: &Node, brussels: &Node, id: RecordId, what: PermittedUse) -> RecordId {
    let question = about(
        Relation::Relates,
        (brussels.party(), id),
        &[brussels.party()],
    );
    let question = released(rabat, question).await.unwrap();
    let mut answer = about(
        Relation::Answers,
        (rabat.party(), question),
        &[rabat.party()],
    );
    answer.kind = Kind::Answer;
    answer.permission = Some(Permission {
        record: id,
        uses: vec![what],
        purpose: None,
        parties: vec![],
    });
    released(brussels, answer).await.unwrap()
}

async fn recalled(node: &Node, id: RecordId, from: &PartyId) {
    let mut recall = about(Relation::Recalls, (node.party(), id), &[from]);
    recall.kind = Kind::Recall;
    released(node, recall).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_copy_for_a_court_waits_for_the_providers_permission() {
    let world = World::new(&PARTIES[..2], 3, Faults::default())
        .await
        .unwrap();
    let (rabat, brussels) = (world.node(0).unwrap(), world.node(1).unwrap());
    let actor = people(rabat, &[Role::Officer]).await.remove(0);
    let id = sent(rabat, brussels).await;
    let export = async |outlet| {
        let taken = rabat.export_to(&actor, brussels.party(), &id, outlet).await;
        taken.map_err(|error| error.code())
    };
    assert_eq!(export(Outlet::Own).await, Err("E_CONDITIONS_UNACK"));
    rabat
        .accept_conditions(&actor, brussels.party(), &id)
        .await
        .unwrap();
    assert_eq!(export(Outlet::Own).await, Ok(()));
    assert_eq!(export(Outlet::Court).await, Err("E_HANDLING"));
    let answer = permitted(rabat, brussels, id, PermittedUse::Court).await;
    assert_eq!(export(Outlet::Court).await, Ok(()));
    assert_eq!(export(Outlet::Public).await, Err("E_MARKING_EXPORT"));
    recalled(brussels, answer, rabat.party()).await;
    assert_eq!(export(Outlet::Court).await, Err("E_HANDLING"));
}

#[tokio::test(start_paused = true)]
async fn what_builds_on_a_partners_record_is_held_to_it() {
    let world = World::new(&PARTIES, 4, Faults::default()).await.unwrap();
    let (rabat, brussels) = (world.node(0).unwrap(), world.node(1).unwrap());
    let hague = world.node(2).unwrap().party().clone();
    let id = sent(rabat, brussels).await;
    let source = (brussels.party(), id);
    let back = || about(Relation::Relates, source, &[brussels.party()]);
    assert!(released(rabat, back()).await.is_ok());

    // What goes back to its originator alone is marked as one likes.
    let mut weaker = back();
    weaker.markings.tlp = Tlp::Green;
    assert!(released(rabat, weaker).await.is_ok());
    let mut other = back();
    other.purpose = "trafficking".parse().unwrap();
    assert_eq!(released(rabat, other).await, Err("E_PURPOSE_CHANGE"));
    let onward = about(Relation::Relates, source, &[&hague]);
    assert_eq!(released(rabat, onward.clone()).await, Err("E_ONWARD"));

    permitted(rabat, brussels, id, PermittedUse::Dissemination).await;
    assert!(released(rabat, onward.clone()).await.is_ok());
    let mut weaker = onward;
    weaker.markings.tlp = Tlp::Green;
    assert_eq!(
        released(rabat, weaker.clone()).await,
        Err("E_MARKING_LOWER")
    );
    permitted(rabat, brussels, id, PermittedUse::WeakerMarkings).await;
    assert!(released(rabat, weaker).await.is_ok());

    // The permission is for one record.
    let next = sent(rabat, brussels).await;
    let onward = about(Relation::Relates, (brussels.party(), next), &[&hague]);
    assert_eq!(released(rabat, onward).await, Err("E_ONWARD"));
}

#[tokio::test(start_paused = true)]
async fn what_is_restricted_is_not_built_on_by_one_person_alone() {
    let world = World::new(&PARTIES[..2], 5, Faults::default())
        .await
        .unwrap();
    let (rabat, brussels) = (world.node(0).unwrap(), world.node(1).unwrap());
    let actors = people(rabat, &[Role::Officer, Role::DataProtection]).await;
    let (officer, watch) = (&actors[0], &actors[1]);
    let id = sent(rabat, brussels).await;
    let place = (brussels.party(), &id);
    let why = || "exactitude contestée".parse().unwrap();

    let refused = rabat.restrict(officer, place, true, why()).await;
    assert_eq!(refused.unwrap_err().code(), "E_NOT_FOUND");
    rabat.restrict(watch, place, true, why()).await.unwrap();
    let back = || {
        about(
            Relation::Relates,
            (brussels.party(), id),
            &[brussels.party()],
        )
    };
    assert_eq!(released(rabat, back()).await, Err("E_SECOND_PERSON"));
    rabat.restrict(watch, place, false, why()).await.unwrap();
    assert!(released(rabat, back()).await.is_ok());
}

/// Who may not open a record accepts nothing for it either, and learns nothing of it.
#[tokio::test(start_paused = true)]
async fn conditions_are_accepted_by_those_who_would_open() {
    let world = World::new(&PARTIES[..2], 6, Faults::default())
        .await
        .unwrap();
    let (rabat, brussels) = (world.node(0).unwrap(), world.node(1).unwrap());
    let roles = [Role::Officer, Role::Secretary, Role::Administrator];
    let actors = people(rabat, &roles).await;
    let id = sent(rabat, brussels).await;
    let accept = async |actor| {
        let accepted = rabat.accept_conditions(actor, brussels.party(), &id).await;
        accepted.map_err(|error| error.code())
    };
    assert_eq!(accept(&actors[0]).await, Ok(()));
    for actor in &actors[1..] {
        assert_eq!(accept(actor).await, Err("E_NOT_FOUND"));
    }
}
