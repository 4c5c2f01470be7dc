//! The desk at size: lists, searches and cases page by page, complete and without doubles, and
//! never with more than one may open.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests: what cannot be is a failed test"
)]

use std::collections::BTreeSet;

use passerelle_model::{
    Act, By, Deed, Handling, Kind, Lang, Object, PartyId, Reason, RecordId, Reference,
    RegisterPurpose, Relation, Role, UtcTime,
};
use passerelle_names::{fold_query, fold_words};
use passerelle_service::{
    ActFilter, ActHeld, Actor, CASE_PAGE, CaseId, CasePlace, Field, Form, Hit, NewDraft, Node,
    Person, Query, Saved, Settings, SignIn, TodayKind,
};
use passerelle_simulation::{Faults, World, draft};

use crate::settle;

const PARTIES: [&str; 2] = ["ma.interior", "be.interior"];

async fn world(seed: u64) -> World {
    World::new(&PARTIES, seed, Faults::default()).await.unwrap()
}

/// Signs in people of the liaison unit.
async fn people(node: &Node, people: &[(&str, Role)]) -> Vec<Actor> {
    node.begin_demo(Settings::default()).await.unwrap();
    let person = |(officer, role): &(&str, Role)| Person {
        officer: officer.parse().unwrap(),
        name: officer.parse().unwrap(),
        function: "agent de liaison".parse().unwrap(),
        units: ["liaison".parse().unwrap()].into(),
        roles: [*role].into(),
        lang: Lang::Fr,
        suspended: false,
    };
    let all: Vec<Person> = people.iter().map(person).collect();
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
    let at = |name: &str| actors.iter().find(|actor| actor.officer().as_str() == name);
    people
        .iter()
        .map(|(name, _)| at(name).unwrap().clone())
        .collect()
}

fn why() -> Reason {
    "essai".parse().unwrap()
}

/// A generator that repeats itself.
struct Draw(u64);

impl Draw {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 33) % most
    }
}

/// A record of a small world as the test knows it.
struct Known {
    party: PartyId,
    record: RecordId,
    text: String,
    ours_to_see: bool,
    named: Option<BTreeSet<String>>,
}

const WORDS: [&str; 8] = [
    "Réunion",
    "dossier",
    "cœur",
    "Abd-el-Ouafi",
    "أحمد",
    "الحدود",
    "ijzer",
    "٤٢",
];
const ASKED: [&str; 10] = [
    "reunion",
    "DOSSIER",
    "coeur",
    "abdelouafi",
    "احمد",
    "حدود",
    "IJZER",
    "42",
    "dossier reunion",
    "absent",
];

/// Some records of ours, some of another unit of ours, some of the partner, and some cases kept
/// to one person.
async fn populate(world: &World, readers: &[Actor], draw: &mut Draw) -> Vec<Known> {
    let (rabat, brussels) = (world.node(0).unwrap(), world.node(1).unwrap());
    let mut known = Vec::new();
    for _ in 0..70 {
        let ours = draw.below(3) > 0;
        let (from, to) = if ours {
            (rabat, brussels)
        } else {
            (brussels, rabat)
        };
        let count = 1 + draw.below(4);
        let words: Vec<&str> = (0..count).map(|_| WORDS[draw.below(8) as usize]).collect();
        let mut one = draft("objet", &[to.party()]).unwrap();
        one.text = Some(words.join(" "));
        let other_unit = ours && draw.below(4) == 0;
        if other_unit {
            one.author.unit = "police".parse().unwrap();
        }
        let line = from.release(one, None).await.unwrap();
        tokio::time::sleep(std::time::Duration::from_millis(draw.below(3))).await;
        known.push(Known {
            party: from.party().clone(),
            record: line.record,
            text: words.join(" "),
            ours_to_see: !other_unit,
            named: None,
        });
    }
    settle().await;
    for one in &mut known {
        if one.ours_to_see && draw.below(3) == 0 {
            let id = rabat.case_named(&one.party, &one.record).await.unwrap();
            let also = draw.below(2) == 0;
            let also: Vec<_> = also
                .then(|| readers[1].officer().clone())
                .into_iter()
                .collect();
            let named = also.iter().chain([readers[0].officer()]);
            one.named = Some(named.map(ToString::to_string).collect());
            rabat
                .name_readers(&readers[0], &id, Some(also), why())
                .await
                .unwrap();
        }
    }
    known
}

/// All pages of a search for words, in the order in which they come.
async fn found(node: &Node, actor: &Actor, text: &str) -> Vec<(PartyId, RecordId)> {
    let query = Query {
        text: text.to_owned(),
        ..Query::default()
    };
    let hits = all_hits(node, actor, query).await;
    hits.into_iter()
        .map(|hit| (hit.party, hit.record))
        .collect()
}

async fn all_hits(node: &Node, actor: &Actor, mut query: Query) -> Vec<Hit> {
    let mut all = Vec::new();
    loop {
        let page = node.search(actor, &query, why()).await.unwrap();
        all.extend(page.hits);
        query.after = page.next;
        if query.after.is_none() {
            return all;
        }
    }
}

/// Two halves of time hold what the whole holds, each record once; dates alone are a question.
async fn dates_part_what_is_found(node: &Node, actor: &Actor) {
    for text in ["dossier", ""] {
        let asked = |from, until| Query {
            text: text.to_owned(),
            from,
            until,
            ..Query::default()
        };
        let start = Some(UtcTime::from_millis(0));
        let whole = all_hits(node, actor, asked(start, None)).await;
        assert!(whole.len() > 3, "{} hits", whole.len());
        let middle = Some(whole[whole.len() / 2].time);
        let late = all_hits(node, actor, asked(middle, None)).await;
        let early = all_hits(node, actor, asked(start, middle)).await;
        assert!(late.iter().all(|hit| Some(hit.time) >= middle));
        assert!(early.iter().all(|hit| Some(hit.time) < middle));
        assert!(!late.is_empty() && !early.is_empty());
        assert_eq!([late, early].concat(), whole);
        assert!(all_hits(node, actor, asked(middle, start)).await.is_empty());
    }
}

/// Search against a plain scan, in random small worlds: everything one may open that holds the
/// words, each once, and nothing else.
#[tokio::test(start_paused = true)]
async fn a_search_finds_exactly_what_a_scan_would() {
    for seed in [1, 2] {
        let world = world(seed).await;
        let node = world.node(0).unwrap();
        let who = [
            ("o-1", Role::Officer),
            ("o-2", Role::Analyst),
            ("o-9", Role::Administrator),
        ];
        let actors = people(node, &who).await;
        let known = populate(&world, &actors, &mut Draw(seed)).await;
        for actor in &actors[..2] {
            for asked in ASKED {
                let groups = fold_query(asked);
                let fits = |one: &&Known| {
                    let words = fold_words(&one.text);
                    let named = one.named.as_ref();
                    one.ours_to_see
                        && named.is_none_or(|named| named.contains(actor.officer().as_str()))
                        && groups
                            .iter()
                            .all(|group| group.iter().any(|w| words.contains(w)))
                };
                let wanted: BTreeSet<_> = known
                    .iter()
                    .filter(fits)
                    .map(|one| (one.party.clone(), one.record))
                    .collect();
                let found = found(node, actor, asked).await;
                assert_eq!(found.len(), wanted.len(), "{asked}: each once");
                assert_eq!(
                    found.into_iter().collect::<BTreeSet<_>>(),
                    wanted,
                    "{asked}"
                );
            }
        }
        dates_part_what_is_found(node, &actors[0]).await;
        let query = Query {
            text: "dossier".to_owned(),
            ..Query::default()
        };
        let refused = node.search(&actors[2], &query, why()).await.unwrap_err();
        assert_eq!(
            refused.code(),
            "E_ROLE",
            "an administrator searches no records"
        );
    }
}

/// The list of cases goes on at its key until every case was there once.
#[tokio::test(start_paused = true)]
async fn cases_are_listed_once_each() {
    let world = world(3).await;
    let (rabat, brussels) = (world.node(0).unwrap(), world.node(1).unwrap());
    let actors = people(rabat, &[("o-1", Role::Officer)]).await;
    let mut released = BTreeSet::new();
    for number in 0..64 {
        let one = draft(&format!("n {number}"), &[brussels.party()]).unwrap();
        released.insert(rabat.release(one, None).await.unwrap().record);
    }
    let (mut seen, mut after) = (Vec::new(), None::<String>);
    loop {
        let (lines, next) = rabat.cases(&actors[0], after.as_deref(), 30).await.unwrap();
        assert!(
            lines
                .iter()
                .all(|line| line.subject.is_some() && line.records == 1)
        );
        seen.extend(lines.into_iter().map(|line| line.id.record));
        after = next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(seen.len(), released.len());
    assert_eq!(seen.into_iter().collect::<BTreeSet<_>>(), released);
}

/// A long case opens page by page; each page is one act with its count, and the sender learns
/// once that its records were read.
#[tokio::test(start_paused = true)]
async fn a_long_case_opens_page_by_page() {
    let world = world(4).await;
    let (rabat, brussels) = (world.node(0).unwrap(), world.node(1).unwrap());
    let actor = &people(rabat, &[("o-1", Role::Officer)]).await[0];
    let root = brussels
        .release(draft("début", &[rabat.party()]).unwrap(), None)
        .await
        .unwrap();
    let mut ids = vec![root.record];
    for number in 1..(CASE_PAGE + 20) {
        let mut one = draft(&format!("suite {number}"), &[rabat.party()]).unwrap();
        one.references = vec![Reference {
            relation: Relation::Relates,
            party: brussels.party().clone(),
            record: root.record,
        }];
        tokio::time::sleep(std::time::Duration::from_millis(1)).await;
        ids.push(brussels.release(one, None).await.unwrap().record);
    }
    settle().await;
    let id = CaseId {
        party: brussels.party().clone(),
        record: root.record,
    };
    let newest = rabat.case(actor, &id, CasePlace::Newest).await.unwrap();
    assert_eq!((newest.earlier, newest.later), (Some(20), None));
    let first = rabat
        .case(actor, &id, CasePlace::At(root.record))
        .await
        .unwrap();
    assert_eq!((first.records.len(), first.earlier), (20, None));
    assert_eq!(first.later, Some(CASE_PAGE + 20));
    let shown = first.records.iter().chain(&newest.records);
    let shown: Vec<RecordId> = shown.map(|record| record.record).collect();
    assert_eq!(shown, ids);
    settle().await;
    let lines = brussels.outbox(None, 100).await.unwrap();
    let read = |line: &passerelle_service::view::Line| {
        line.deliveries[0].standing == passerelle_service::view::Standing::Read
    };
    assert!(lines.iter().all(read));
    let before = rabat.partners().await.unwrap()[0].channels[0].sent;
    rabat.case(actor, &id, CasePlace::Newest).await.unwrap();
    assert_eq!(rabat.partners().await.unwrap()[0].channels[0].sent, before);
    let filter = ActFilter {
        deed: Some(Deed::Consult),
        ..ActFilter::default()
    };
    let purpose = RegisterPurpose::Lawfulness;
    let by = actor.by();
    let page = rabat.acts(by, purpose, &filter, None, 10).await.unwrap();
    let counts: Vec<Option<u64>> = page
        .acts
        .iter()
        .filter_map(|line| match &line.held {
            ActHeld::Held { act } => Some(act.count),
            _ => None,
        })
        .collect();
    let page = u64::try_from(CASE_PAGE).unwrap();
    assert_eq!(counts, [Some(page), Some(20), Some(page)]);
}

/// Acts of one person among those of many are read page by page, each once.
#[tokio::test(start_paused = true)]
async fn acts_of_a_person_are_read_page_by_page() {
    let world = world(5).await;
    let node = world.node(0).unwrap();
    let by = |name: String| By::Person {
        officer: name.parse().unwrap(),
        unit: None,
    };
    let mut wanted = Vec::new();
    for number in 0..300_u64 {
        let name = if number % 3 == 0 {
            "o-1".to_owned()
        } else {
            format!("o-1{number}")
        };
        let act = Act::new(
            Deed::SignIn,
            UtcTime::from_millis(1),
            by(name),
            Object::Node,
        );
        let index = node.enter(act).await.unwrap().index();
        wanted.extend((number % 3 == 0).then_some(index));
    }
    wanted.reverse();
    let filter = ActFilter {
        officer: Some("o-1".parse().unwrap()),
        ..ActFilter::default()
    };
    for limit in [7, 25, 100, 500] {
        let (mut found, mut before) = (Vec::new(), None);
        loop {
            let purpose = RegisterPurpose::Lawfulness;
            let reader = by("dpo-1".to_owned());
            let page = node
                .acts(reader, purpose, &filter, before, limit)
                .await
                .unwrap();
            found.extend(page.acts.iter().map(|line| line.index));
            before = page.next;
            if before.is_none() {
                break;
            }
        }
        assert_eq!(found, wanted, "{limit}");
    }
}

/// More drafts than a page holds: none is lost from the lists, and each stands in one.
#[tokio::test(start_paused = true)]
async fn drafts_stand_in_one_list_each() {
    let world = world(6).await;
    let node = world.node(0).unwrap();
    let who = [
        ("o-1", Role::Officer),
        ("o-2", Role::Approver),
        ("o-3", Role::Analyst),
    ];
    let actors = people(node, &who).await;
    let new = || NewDraft {
        kind: Kind::Notice,
        about: None,
        unit: None,
    };
    let mut views = Vec::new();
    for number in 0..24 {
        let view = node.new_draft(&actors[0], new()).await.unwrap();
        tokio::time::sleep(std::time::Duration::from_millis(1)).await;
        let form = view
            .form
            .clone()
            .with(Field::Subject, [format!("projet {number}")]);
        let saved = node
            .save_draft(&actors[0], &view.id, view.version, form)
            .await
            .unwrap();
        let Saved::Kept(view) = saved else {
            panic!("kept")
        };
        views.push(view);
    }
    let all = node.drafts(&actors[0], 100).await.unwrap();
    let listed: Vec<RecordId> = all.iter().map(|line| line.id).collect();
    let newest: Vec<RecordId> = views.iter().rev().map(|view| view.id).collect();
    assert_eq!(listed, newest, "each once, changed last first");
    let today = node.today(&actors[0]).await.unwrap();
    let group = today
        .iter()
        .find(|group| group.kind == TodayKind::Drafts)
        .unwrap();
    assert_eq!((group.items.len(), group.more), (20, true));
    assert_eq!(group.items[0].subject.as_deref(), Some("projet 23"));
    node.discard_draft(&actors[0], &views[23].id).await.unwrap();
    assert_eq!(node.drafts(&actors[0], 100).await.unwrap().len(), 23);
    assert!(node.drafts(&actors[2], 100).await.unwrap().is_empty());
    assert!(node.today(&actors[1]).await.unwrap().is_empty());
}

/// What one officer accepted stands for no other whose name only begins alike.
#[tokio::test(start_paused = true)]
async fn conditions_are_accepted_by_each_person_alone() {
    let world = world(7).await;
    let (rabat, brussels) = (world.node(0).unwrap(), world.node(1).unwrap());
    let actors = people(rabat, &[("o-1", Role::Officer), ("o-17", Role::Officer)]).await;
    let mut one = draft("sous conditions", &[rabat.party()]).unwrap();
    one.markings.handling = Handling::H1;
    let record = brussels.release(one, None).await.unwrap().record;
    settle().await;
    let party = brussels.party();
    rabat
        .accept_conditions(&actors[1], party, &record)
        .await
        .unwrap();
    assert!(
        rabat
            .consult(&actors[1], party, &record, None)
            .await
            .is_ok()
    );
    let refused = rabat
        .consult(&actors[0], party, &record, None)
        .await
        .unwrap_err();
    assert_eq!(refused.code(), "E_CONDITIONS_UNACK");
}

/// While a form is empty nothing in it is refused; what is written is judged at once.
#[tokio::test(start_paused = true)]
async fn nothing_is_refused_before_it_is_written() {
    let world = world(11).await;
    let node = world.node(0).unwrap();
    let officer = people(node, &[("o-1", Role::Officer)]).await.remove(0);
    let new = NewDraft {
        kind: Kind::Request,
        about: None,
        unit: None,
    };
    let draft = node.new_draft(&officer, new).await.unwrap();
    let refused = |form: Form| {
        let judged = node.judge_form(&officer, &draft.id, form);
        async move {
            let rules = judged.await.unwrap().rules.into_iter();
            let refuses = rules.filter(|rule| rule.effect == "refuses");
            refuses.map(|rule| rule.code).collect::<Vec<_>>()
        }
    };
    let form = draft.form.clone();
    assert_eq!(refused(form.clone()).await, [""; 0]);
    let form = form.with(Field::Purpose, ["gardening"]);
    assert_eq!(refused(form.clone()).await, ["E_PURPOSE"]);
    let form = form
        .with(Field::Purpose, ["terrorism"])
        .with(Field::Basis, ["none-such"])
        .with(Field::Class, ["none-such"]);
    assert_eq!(refused(form).await, ["E_BASIS", "E_DATA_CLASS"]);
}
