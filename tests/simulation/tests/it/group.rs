//! The joint group between two nodes, and the wall between it and the cases.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests: what cannot be is a failed test"
)]

use passerelle_model::{
    Author, By, ChannelId, GROUP_SCHEMA, Kind, Lang, RecordId, Role, Side, StructuredData,
};
use passerelle_service::view::{Line, Scope};
use passerelle_service::{
    Actor, CaseId, CasePlace, NewDraft, Node, Person, Query, Saying, Settings, SignIn,
};
use passerelle_simulation::{Faults, GROUP_CHANNEL, GROUP_UNIT, World, draft};

use crate::settle;

const PARTIES: [&str; 2] = ["ma.interior", "be.interior"];
const DAY: u64 = 86_400_000;

/// A world with a group, and people of both sides in both nodes.
struct Group {
    world: World,
    channel: ChannelId,
}

impl Group {
    async fn new(seed: u64) -> Self {
        let world = World::with_group(PARTIES, seed, Faults::default());
        let world = world.await.unwrap();
        for number in 0..2 {
            let node = world.node(number).unwrap();
            node.begin_demo(Settings::default()).await.unwrap();
            let people = PEOPLE
                .iter()
                .map(|(name, unit, role)| person(name, &[*unit], *role));
            node.demo_people(people.collect()).await.unwrap();
        }
        Self {
            world,
            channel: GROUP_CHANNEL.parse().unwrap(),
        }
    }

    fn node(&self, number: usize) -> &Node {
        self.world.node(number).unwrap()
    }

    async fn actor(&self, number: usize, name: &str) -> Actor {
        let node = self.node(number);
        let accounts = node.demo_accounts().await.unwrap().into_iter();
        let mut found = accounts.filter(|account| account.person.officer.as_str() == name);
        let account = found.next().unwrap();
        let given = SignIn {
            name: name.to_owned(),
            password: account.password,
            code: account.code,
            device: "test".to_owned(),
        };
        node.sign_in(given).await.unwrap().actor
    }

    /// Rabat's secretary says this.
    async fn said(&self, json: &str, files: Vec<String>) -> Line {
        let secretary = self.actor(0, "secretary").await;
        let said = self.node(0);
        let said = said.release_group(&secretary, &self.channel, event(json), files, Lang::Fr);
        said.await.unwrap()
    }
}

const PEOPLE: [(&str, &str, Role); 6] = [
    ("secretary", GROUP_UNIT, Role::Secretary),
    ("lead", GROUP_UNIT, Role::Officer),
    ("minister", GROUP_UNIT, Role::Supervisor),
    ("liaison", "liaison", Role::Officer),
    ("approver", "liaison", Role::Approver),
    ("chair", GROUP_UNIT, Role::Approver),
];

fn person(name: &str, units: &[&str], role: Role) -> Person {
    Person {
        officer: name.parse().unwrap(),
        name: name.parse().unwrap(),
        function: "fonction".parse().unwrap(),
        units: units.iter().map(|unit| unit.parse().unwrap()).collect(),
        roles: [role].into(),
        lang: Lang::Fr,
        suspended: false,
    }
}

fn event(json: &str) -> StructuredData {
    StructuredData {
        schema: GROUP_SCHEMA.parse().unwrap(),
        json: json.to_owned(),
    }
}

fn program() -> By {
    By::Program {
        name: "test".parse().unwrap(),
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_said_in_the_group_is_read_on_both_sides_in_order() {
    let group = Group::new(1).await;
    let (rabat, brussels) = (group.node(0), group.node(1));
    assert_eq!(rabat.group_channels(), std::slice::from_ref(&group.channel));
    let staged = rabat.stage("ordre.pdf", "application/pdf", &b"%PDF-1.7"[..]);
    let staged = staged.await.unwrap();
    group.said("{\"n\":1}", vec![staged.token]).await;
    settle().await;
    group.said("{\"n\":2}", Vec::new()).await;
    settle().await;
    for node in [rabat, brussels] {
        let read = node.group_entries(&group.channel, rabat.party(), 0, 10);
        let (entries, next) = read.await.unwrap();
        let said: Vec<&str> = entries
            .iter()
            .map(|entry| entry.event.as_ref().unwrap().json.as_str())
            .collect();
        assert_eq!(said, ["{\"n\":1}", "{\"n\":2}"]);
        assert_eq!(entries[0].attachments.len(), 1);
        let author = entries[0].author.as_ref().unwrap();
        assert_eq!(
            (author.officer.as_str(), author.unit.as_str()),
            ("secretary", GROUP_UNIT)
        );
        assert!(entries.iter().all(|entry| !entry.refused));
        let one = node.group_entries(&group.channel, rabat.party(), 0, 1);
        let (one, middle) = one.await.unwrap();
        assert_eq!((one.len(), middle), (1, entries[0].index + 1));
        let rest = node.group_entries(&group.channel, rabat.party(), middle, 10);
        let (rest, end) = rest.await.unwrap();
        assert_eq!((&rest[..], end), (&entries[1..], next));
    }
    // Brussels said nothing: its statements about what it took are passed over.
    let theirs = rabat.group_entries(&group.channel, brussels.party(), 0, 10);
    let (theirs, next) = theirs.await.unwrap();
    assert!(theirs.is_empty() && next > 0);
    let cases = "security".parse().unwrap();
    let none = rabat.group_entries(&cases, rabat.party(), 0, 10);
    assert_eq!(none.await.unwrap_err().code(), "E_NOT_FOUND");
}

#[tokio::test(start_paused = true)]
async fn only_the_group_sees_and_only_some_speak() {
    let group = Group::new(2).await;
    let rabat = group.node(0);
    for (name, sees, says) in [
        ("secretary", true, Ok(())),
        ("lead", true, Ok(())),
        ("minister", true, Err("E_ROLE")),
        ("liaison", false, Err("E_NOT_FOUND")),
    ] {
        let actor = group.actor(0, name).await;
        assert_eq!(rabat.may_see_group(&actor, &group.channel), sees, "{name}");
        let cases = "security".parse().unwrap();
        assert!(!rabat.may_see_group(&actor, &cases), "{name}");
        let said = rabat.release_group(&actor, &group.channel, event("{}"), vec![], Lang::Nl);
        let said = said.await.map(drop);
        assert_eq!(said.map_err(|error| error.code()), says, "{name}");
    }
    let lead = group.actor(0, "lead").await;
    let saying = |purpose: &str| Saying {
        event: event("{}"),
        attachments: vec![],
        lang: Lang::Ar,
        purpose: Some(purpose.parse().unwrap()),
        markings: None,
    };
    let line = rabat.say_in_group(&lead, &group.channel, saying("prevention"));
    assert_eq!(
        line.await.unwrap().subject.as_deref(),
        Some("المجموعة المختلطة")
    );
    let other = rabat.say_in_group(&lead, &group.channel, saying("terrorism"));
    assert_eq!(other.await.unwrap_err().code(), "E_PURPOSE");
}

#[tokio::test(start_paused = true)]
async fn nothing_of_the_group_shows_among_cases() {
    let group = Group::new(3).await;
    let staged = group.node(0);
    let staged = staged.stage("ordre.pdf", "application/pdf", &b"%PDF-1.7"[..]);
    let line = group
        .said("{\"n\":\"mot\"}", vec![staged.await.unwrap().token])
        .await;
    settle().await;
    let rabat = group.node(0).party().clone();
    let case = CaseId {
        party: rabat.clone(),
        record: line.record,
    };
    for number in 0..2 {
        let node = group.node(number);
        let month = node.this_month();
        let statistics = node.statistics(month, month).await.unwrap();
        assert!(statistics.rows.is_empty());
        assert!(node.inbox(None, 10).await.unwrap().is_empty());
        assert!(node.outbox(None, 10).await.unwrap().is_empty());
        for (name, ..) in PEOPLE {
            let actor = group.actor(number, name).await;
            let (cases, _) = node.cases(&actor, None, 10).await.unwrap();
            assert!(cases.is_empty(), "{name}");
            let today = node.today(&actor).await.unwrap();
            assert!(today.iter().all(|group| group.items.is_empty()), "{name}");
            let opened = node.case(&actor, &case, CasePlace::Newest).await;
            assert_eq!(opened.unwrap_err().code(), "E_NOT_FOUND", "{name}");
            let query = Query {
                text: "mot groupe mixte ordre.pdf".to_owned(),
                kind: None,
                purpose: None,
                tlp: None,
                party: None,
                from: None,
                until: None,
                after: None,
            };
            let why = "contrôle".parse().unwrap();
            let found = node.search(&actor, &query, why).await;
            assert!(found.is_ok_and(|found| found.hits.is_empty()) || name == "secretary");
        }
        liaison_finds_nothing(&group, number, &line.record).await;
        let why = || "urgence".parse().unwrap();
        let approver = group.actor(number, "approver").await;
        let broken = node.break_glass(&approver, (&rabat, &line.record), why());
        assert_eq!(broken.await.unwrap_err().code(), "E_NOT_FOUND");
        let chair = group.actor(number, "chair").await;
        let broken = node.break_glass(&chair, (&rabat, &line.record), why());
        assert!(broken.await.is_ok());
        let lead = group.actor(number, "lead").await;
        assert!(
            node.consult(&lead, &rabat, &line.record, None)
                .await
                .is_ok()
        );
        assert!(node.export_for(&lead, &rabat, &line.record).await.is_ok());
        let secretary = group.actor(number, "secretary").await;
        assert!(
            node.consult(&secretary, &rabat, &line.record, None)
                .await
                .is_ok()
        );
        assert!(node.doctor().await.iter().all(|finding| finding.good));
    }
}

/// Every way to a record, for an officer whose units are on the side of the cases.
async fn liaison_finds_nothing(group: &Group, number: usize, record: &RecordId) {
    let (node, party) = (group.node(number), group.node(0).party());
    let liaison = group.actor(number, "liaison").await;
    let absent = |error: passerelle_service::Error| assert_eq!(error.code(), "E_NOT_FOUND");
    absent(
        node.consult(&liaison, party, record, None)
            .await
            .unwrap_err(),
    );
    absent(node.export_for(&liaison, party, record).await.unwrap_err());
    absent(
        node.accept_conditions(&liaison, party, record)
            .await
            .unwrap_err(),
    );
    let by = group.node(1 - number).party();
    absent(node.prove(&liaison, record, by).await.unwrap_err());
    let kept = node.record_keeping(&liaison, (party, record)).await;
    absent(kept.unwrap_err());
    let (until, why) = (node.time().day(), "contrôle".parse().unwrap());
    let held = node.hold(&liaison, (party, record), until, why).await;
    absent(held.unwrap_err());
    let about = NewDraft {
        kind: Kind::Notice,
        about: Some((party.clone(), *record)),
        unit: None,
    };
    absent(node.new_draft(&liaison, about).await.unwrap_err());
}

#[tokio::test(start_paused = true)]
async fn no_record_crosses_the_wall() {
    let group = Group::new(4).await;
    let (rabat, brussels) = (group.node(0), group.node(1).party());
    let liaison = || draft("un", &[brussels]).unwrap();
    let code = |drafted| async {
        let released = rabat.release_by(drafted, None, program()).await;
        released.err().map(|error| error.code())
    };
    // A draft that names no channel is about a case.
    assert_eq!(code(liaison()).await, None);
    let mut from_group = liaison();
    from_group.author.unit = GROUP_UNIT.parse().unwrap();
    assert_eq!(code(from_group).await, Some("E_FIREWALL"));
    let mut event_among_cases = liaison();
    event_among_cases.kind = Kind::Group;
    event_among_cases.data = Some(event("{}"));
    assert_eq!(code(event_among_cases).await, Some("E_FIREWALL"));
    let mut notice_in_group = liaison();
    notice_in_group.channel = Some(group.channel.clone());
    notice_in_group.author = Author {
        unit: GROUP_UNIT.parse().unwrap(),
        ..notice_in_group.author
    };
    assert_eq!(code(notice_in_group).await, Some("E_FIREWALL"));
    let lead = group.actor(0, "lead").await;
    let new = |kind| NewDraft {
        kind,
        about: None,
        unit: None,
    };
    let begun = rabat.new_draft(&lead, new(Kind::Notice)).await;
    assert_eq!(begun.unwrap_err().code(), "E_FIREWALL");
    let liaison = group.actor(0, "liaison").await;
    assert!(rabat.new_draft(&liaison, new(Kind::Group)).await.is_err());
    let begun = rabat.new_draft(&liaison, new(Kind::Notice)).await.unwrap();
    assert_eq!(
        begun.form.text(passerelle_service::Field::Channel),
        "security"
    );
}

#[tokio::test(start_paused = true)]
async fn agreements_units_and_people_stay_on_their_side() {
    let group = Group::new(5).await;
    let rabat = group.node(0);
    let both = group
        .world
        .text_on(Side::Group, "other", "liaison")
        .unwrap();
    let refused = rabat.import_agreement(&both).await.unwrap_err();
    assert_eq!(refused.code(), "E_FIREWALL");
    let agreements = rabat.agreements().await.unwrap();
    let held = agreements
        .iter()
        .find(|view| view.terms.id == group.channel);
    let held = held.unwrap();
    let changed = held
        .text
        .replacen(
            "revision = 1",
            &format!("revision = 2\nreplaces = \"{}\"", held.hash),
            1,
        )
        .replacen("side = \"group\"\n", "", 1);
    let refused = rabat.import_agreement(&changed).await.unwrap_err();
    assert_eq!(refused.code(), "E_FIREWALL");
    let mixed = person("mixed", &["liaison", GROUP_UNIT], Role::Officer);
    let refused = rabat.add_person_by(mixed, program()).await.unwrap_err();
    assert_eq!(refused.code(), "E_FIREWALL");
    // The node's own policy pairs no unit with a class of the other side.
    let policy = rabat.own_policy().await.unwrap().unwrap();
    let pairs: Vec<(&str, &str)> = policy
        .lines
        .iter()
        .map(|line| (line.unit.as_str(), line.class.as_str()))
        .collect();
    assert_eq!(
        pairs,
        [(GROUP_UNIT, "group-papers"), ("liaison", "case-data")]
    );
    assert!(policy.lines[0].roles.contains(&Role::Secretary));
    assert!(!policy.lines[1].roles.contains(&Role::Secretary));
}

/// A signature carries nobody over: whoever belongs to a unit of cases and to one that has no
/// side yet stops an agreement that would give it the other one.
#[tokio::test(start_paused = true)]
async fn nobody_is_carried_over_by_a_signature() {
    let world = World::with_unit(PARTIES, 6, Faults::default())
        .await
        .unwrap();
    let rabat = world.node(0).unwrap();
    rabat.begin_demo(Settings::default()).await.unwrap();
    let both = person("both", &["liaison", GROUP_UNIT], Role::Officer);
    rabat.demo_people(vec![both]).await.unwrap();
    let text = world
        .text_on(Side::Group, GROUP_CHANNEL, GROUP_UNIT)
        .unwrap();
    let view = rabat.import_agreement(&text).await.unwrap();
    let refused = rabat.sign_agreement(&view.hash).await.unwrap_err();
    assert_eq!(refused.code(), "E_FIREWALL");
    assert!(rabat.group_channels().is_empty());
}

#[tokio::test(start_paused = true)]
async fn what_was_said_is_erased_on_its_day_and_its_place_stays() {
    let group = Group::new(7).await;
    let line = group.said("{}", Vec::new()).await;
    settle().await;
    let late = group.node(0).time().plus_millis(10_951 * DAY);
    for number in 0..2 {
        let node = group.node(number);
        node.keep_house(late).await.unwrap();
        let read = node.group_entries(&group.channel, group.node(0).party(), 0, 10);
        let (entries, _) = read.await.unwrap();
        assert_eq!(entries.len(), 1);
        assert_eq!((entries[0].record, &entries[0].event), (line.record, &None));
        assert!(entries[0].author.is_none());
    }
}

#[tokio::test(start_paused = true)]
async fn lists_of_programs_show_one_side() {
    let group = Group::new(8).await;
    let rabat = group.node(0);
    let said = group.said("{}", Vec::new()).await;
    let case = draft("un", &[group.node(1).party()]).unwrap();
    let case = rabat.release(case, None).await.unwrap();
    let lines = |side| async move {
        let lines = rabat.outbox_on(side, None, 10).await.unwrap();
        lines
            .into_iter()
            .map(|line| line.record)
            .collect::<Vec<_>>()
    };
    assert_eq!(lines(Side::Cases).await, [case.record]);
    assert_eq!(lines(Side::Group).await, [said.record]);
    let side = |record: RecordId| async move { rabat.side_of(None, &record).await.unwrap() };
    assert_eq!(side(case.record).await, Side::Cases);
    assert_eq!(side(said.record).await, Side::Group);
    let (view, secret) = rabat.create_token("groupe", &[Scope::Group]).await.unwrap();
    assert_eq!(view.scopes, [Scope::Group]);
    assert_eq!(
        rabat.check_token(&secret).await.unwrap().scopes,
        [Scope::Group]
    );
}
