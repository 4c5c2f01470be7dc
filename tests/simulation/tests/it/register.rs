//! The register: what happens is in it, and what cannot be written does not happen.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests: what cannot be is a failed test"
)]

use passerelle_model::{Act, By, Deed, Object, OfficerId, Outcome, RegisterPurpose, UtcTime};
use passerelle_service::{ActFilter, ActHeld, ActPage, Error, MAX_ACT_WINDOW, Node};
use passerelle_simulation::{Faults, World, draft};
use passerelle_store::{Erasure, Error as StoreError, Journal, Put, Store as _};

use crate::settle;

const PARTIES: [&str; 2] = ["ma.interior", "be.interior"];

async fn world() -> World {
    World::new(&PARTIES, 1, Faults::default()).await.unwrap()
}

fn officer(name: &str) -> By {
    By::Person {
        officer: name.parse::<OfficerId>().unwrap(),
        unit: None,
    }
}

fn look(by: By) -> Act {
    Act::new(Deed::SignIn, UtcTime::from_millis(1), by, Object::Node)
}

async fn entered(world: &World, number: usize) -> u64 {
    let journal = Journal::new(&"register".parse().unwrap(), &world.members[number].party);
    let head = world.members[number].store.head(&journal).await.unwrap();
    head.map_or(0, |head| head.size)
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_entered_does_not_happen() {
    let world = world().await;
    let node = world.node(0).unwrap();
    for failure in [StoreError::DiskFull, StoreError::Io("pulled".to_owned())] {
        world.members[0].store.fail_next(failure);
        let refused = node.enter(look(officer("o-1"))).await.unwrap_err();
        assert_eq!(refused.code(), "E_LOG_UNAVAILABLE");
        assert_eq!(refused.http_status(), 503);
    }
    let before = entered(&world, 0).await;
    let first = node.enter(look(officer("o-1"))).await.unwrap();
    assert_eq!(
        (first.index(), entered(&world, 0).await),
        (before, before + 1)
    );
}

/// A release is in the register or nowhere; so is what the rules refuse.
#[tokio::test(start_paused = true)]
async fn a_release_and_its_act_are_one_step() {
    let world = world().await;
    let (rabat, brussels) = (world.node(0).unwrap(), world.node(1).unwrap());
    let one = || draft("un", &[brussels.party()]).unwrap();
    let before = entered(&world, 0).await;
    world.members[0].store.fail_next(StoreError::DiskFull);
    let failed = rabat.release(one(), None).await.unwrap_err();
    assert_eq!(failed.code(), "E_DISK_FULL");
    assert!(rabat.outbox(None, 10).await.unwrap().is_empty());
    assert_eq!(entered(&world, 0).await, before);

    rabat.release_by(one(), None, officer("o-7")).await.unwrap();
    assert_eq!(entered(&world, 0).await, before + 1);

    let mut forbidden = one();
    forbidden.basis = "unheard-of".parse().unwrap();
    let refused = rabat.release(forbidden.clone(), None).await.unwrap_err();
    assert!(matches!(refused, Error::Refused(_)));
    assert_eq!(entered(&world, 0).await, before + 2);
    world.members[0].store.fail_next(StoreError::DiskFull);
    let refused = rabat.release(forbidden, None).await.unwrap_err();
    assert_eq!(refused.code(), "E_LOG_UNAVAILABLE");

    settle().await;
    assert_eq!(brussels.inbox(None, 10).await.unwrap().len(), 1);
    assert!(entered(&world, 1).await > 0, "the reception is entered");
    for finding in rabat
        .doctor()
        .await
        .into_iter()
        .chain(brussels.doctor().await)
    {
        assert!(finding.good, "{finding:?}");
    }
}

/// The negative control: the same effect, done without entering it first, leaves no trace.
#[tokio::test(start_paused = true)]
async fn an_effect_that_is_not_entered_is_not_in_the_register() {
    let world = world().await;
    let (rabat, brussels) = (world.node(0).unwrap(), world.node(1).unwrap());
    let line = rabat
        .release(draft("un", &[brussels.party()]).unwrap(), None)
        .await
        .unwrap();
    let before = entered(&world, 0).await;
    rabat.show(None, &line.record).await.unwrap();
    assert_eq!(entered(&world, 0).await, before);
}

/// Many callers at once: each gets an index of its own, and none waits for its own flush.
#[tokio::test(start_paused = true)]
async fn callers_share_a_step() {
    let world = world().await;
    let node = world.node(0).unwrap();
    let before = entered(&world, 0).await;
    let callers = (0..64).map(|number| {
        let (node, by) = (node.clone(), officer(&format!("o-{number}")));
        tokio::spawn(async move { node.enter(look(by)).await.unwrap().index() })
    });
    let mut indices = Vec::new();
    for caller in callers.collect::<Vec<_>>() {
        indices.push(caller.await.unwrap());
    }
    indices.sort_unstable();
    assert_eq!(indices, (before..before + 64).collect::<Vec<_>>());
}

/// Both registers are co-signed by the other side, whoever dials, and not at every record.
#[tokio::test(start_paused = true)]
async fn registers_are_cosigned_now_and_then() {
    let world = world().await;
    let (rabat, brussels) = (world.node(0).unwrap(), world.node(1).unwrap());
    world.network.cut(brussels.party(), rabat.party());
    settle().await;
    let quiet = world.network.counts().0;
    for number in 0..40 {
        let one = draft(&format!("{number}"), &[brussels.party()]).unwrap();
        rabat.release(one, None).await.unwrap();
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    }
    let busy = world.network.counts().0 - quiet;
    settle().await;
    for (number, node, partner) in [(0, rabat, brussels), (1, brussels, rabat)] {
        let journal = Journal::new(&"register".parse().unwrap(), node.party());
        let last = world.members[number]
            .store
            .last_cosigned(&journal, partner.party())
            .await
            .unwrap();
        let size = entered(&world, number).await;
        assert!(size >= 40);
        assert_eq!(last.unwrap().size, size, "{}", node.party());
        for finding in node.doctor().await {
            assert!(finding.good || finding.area == "partner", "{finding:?}");
        }
    }
    assert!(busy < 40 * 4 + 20, "{busy} calls for 40 records");
}

fn dpo() -> By {
    officer("dpo-1")
}

async fn read(node: &Node, filter: ActFilter, before: Option<u64>, limit: usize) -> ActPage {
    let purpose = RegisterPurpose::Lawfulness;
    node.acts(dpo(), purpose, &filter, before, limit)
        .await
        .unwrap()
}

fn deeds(page: &ActPage) -> Vec<(Deed, By)> {
    let acts = page.acts.iter().filter_map(|line| match &line.held {
        ActHeld::Held { act } => Some((act.deed, act.by.clone())),
        _ => None,
    });
    acts.collect()
}

/// Newest first; the reading is entered before anything is shown, and is there the next time.
#[tokio::test(start_paused = true)]
async fn reading_is_an_act_and_fails_with_the_log() {
    let world = world().await;
    let node = world.node(0).unwrap();
    let first = node.enter(look(officer("o-1"))).await.unwrap().index();
    let page = read(node, ActFilter::default(), None, 10).await;
    assert_eq!(page.acts[0].index, first);
    assert_eq!(deeds(&page)[0], (Deed::SignIn, officer("o-1")));
    let again = read(node, ActFilter::default(), None, 1).await;
    assert_eq!(deeds(&again), [(Deed::ReadRegister, dpo())]);
    let ActHeld::Held { act } = &again.acts[0].held else {
        panic!("erased")
    };
    assert_eq!(act.purpose.as_ref().unwrap().as_str(), "lawfulness");
    world.members[0].store.fail_next(StoreError::DiskFull);
    let refused = node
        .acts(
            dpo(),
            RegisterPurpose::Integrity,
            &ActFilter::default(),
            None,
            1,
        )
        .await;
    assert_eq!(refused.unwrap_err().code(), "E_LOG_UNAVAILABLE");
}

#[tokio::test(start_paused = true)]
async fn acts_are_found_by_person_object_deed_outcome_and_time() {
    let world = world().await;
    let (rabat, brussels) = (world.node(0).unwrap(), world.node(1).unwrap());
    let one = draft("un", &[brussels.party()]).unwrap();
    let line = rabat
        .release_by(one.clone(), None, officer("o-7"))
        .await
        .unwrap();
    for number in 0..30 {
        let act = look(officer(&format!("o-{}", 100 + number)));
        rabat.enter(act).await.unwrap();
    }
    let mut forbidden = one;
    forbidden.basis = "unheard-of".parse().unwrap();
    rabat
        .release_by(forbidden, None, officer("o-8"))
        .await
        .unwrap_err();
    let only = |change: fn(&mut ActFilter)| {
        let mut filter = ActFilter::default();
        change(&mut filter);
        filter
    };
    let page = read(
        rabat,
        only(|f| f.officer = Some("o-7".parse().unwrap())),
        None,
        10,
    )
    .await;
    assert_eq!(deeds(&page), [(Deed::Transfer, officer("o-7"))]);
    let object = Object::Record {
        party: rabat.party().clone(),
        record: line.record,
    };
    let mut on_record = ActFilter {
        object: Some(object),
        ..ActFilter::default()
    };
    let page = read(rabat, on_record.clone(), None, 10).await;
    assert_eq!(deeds(&page), [(Deed::Transfer, officer("o-7"))]);
    // That reading is about the record too.
    let page = read(rabat, on_record.clone(), None, 10).await;
    assert_eq!(deeds(&page).len(), 2);
    on_record.officer = Some("dpo-1".parse().unwrap());
    let page = read(rabat, on_record, None, 1).await;
    assert_eq!(deeds(&page), [(Deed::ReadRegister, dpo())]);
    assert!(page.next.is_some());
    let page = read(
        rabat,
        only(|f| f.outcome = Some(Outcome::Refused)),
        None,
        10,
    )
    .await;
    assert_eq!(deeds(&page), [(Deed::Transfer, officer("o-8"))]);
    let page = read(rabat, only(|f| f.deed = Some(Deed::SignIn)), None, 500).await;
    assert_eq!(page.acts.len(), 30);
    assert!(page.next.is_none());
    let page = read(
        rabat,
        only(|f| f.until = Some(UtcTime::from_millis(2))),
        None,
        500,
    )
    .await;
    assert_eq!(page.acts.len(), 30, "they say they were done in 1970");
    let since = only(|f| f.from = Some(UtcTime::from_millis(3)));
    let page = read(rabat, since, None, 500).await;
    assert!(deeds(&page).iter().all(|(deed, _)| *deed != Deed::SignIn));
}

/// Pages by cursor give every act once, and a rare filter ends its page at the window.
#[tokio::test(start_paused = true)]
async fn pages_join_without_gap() {
    let world = world().await;
    let node = world.node(0).unwrap();
    for _ in 0..(MAX_ACT_WINDOW + 300) / 100 {
        let callers = (0..100).map(|_| {
            let node = node.clone();
            tokio::spawn(async move { node.enter(look(officer("o-1"))).await.unwrap() })
        });
        for caller in callers.collect::<Vec<_>>() {
            caller.await.unwrap();
        }
    }
    let end = entered(&world, 0).await;
    let (mut seen, mut before) = (Vec::new(), None);
    loop {
        let page = read(node, ActFilter::default(), before, 500).await;
        seen.extend(page.acts.iter().map(|line| line.index));
        match page.next {
            Some(next) => before = Some(next),
            None => break,
        }
    }
    assert_eq!(seen, (0..end).rev().collect::<Vec<_>>());
    let rare = ActFilter {
        outcome: Some(Outcome::Refused),
        ..ActFilter::default()
    };
    let page = read(node, rare.clone(), Some(end), 10).await;
    assert!(page.acts.is_empty());
    assert_eq!(page.next, Some(end - MAX_ACT_WINDOW));
    // By its deed it is found, or not, without a look at every act.
    let indexed = ActFilter {
        deed: Some(Deed::BreakGlass),
        ..ActFilter::default()
    };
    let page_of_none = read(node, indexed, Some(end), 10).await;
    assert_eq!((page_of_none.acts.len(), page_of_none.next), (0, None));
    let page = read(node, rare, page.next, 10).await;
    assert_eq!((page.acts.len(), page.next), (0, None));
}

/// The package verifies with the two cards alone, covers what the partner co-signed, and no
/// byte of it can be altered.
#[tokio::test(start_paused = true)]
async fn a_package_verifies_offline_and_every_altered_byte_fails() {
    let world = world().await;
    let (rabat, brussels) = (world.node(0).unwrap(), world.node(1).unwrap());
    for number in 0..5 {
        let one = draft(&format!("{number}"), &[brussels.party()]).unwrap();
        rabat.release(one, None).await.unwrap();
    }
    settle().await;
    let watched = entered(&world, 0).await;
    let own = rabat.card().armoured;
    let partner = brussels.card().armoured;
    let cards = [own.as_bytes(), partner.as_bytes()];
    for range in [0..u64::MAX, 2..4, 3..watched, watched..u64::MAX] {
        let package = export(rabat, range.clone()).await;
        let proven = Node::verify_register(&package, &cards).unwrap();
        assert_eq!(proven.acts[0].0, range.start);
        let seen = proven.cosigned.first().map(|(_, size, _)| *size);
        assert_eq!(seen, (range.start < watched).then_some(watched));
    }
    let package = export(rabat, 1..4).await;
    assert!(Node::verify_register(&package, &cards[..1]).is_err());
    let swapped = [cards[1], cards[0]];
    assert!(Node::verify_register(&package, &swapped).is_err());
    for position in 0..package.len() {
        let mut altered = package.clone().into_bytes();
        altered[position] ^= 1;
        let Ok(altered) = String::from_utf8(altered) else {
            continue;
        };
        let refused = Node::verify_register(&altered, &cards);
        assert!(refused.is_err(), "byte {position} altered unseen");
    }
    assert!(Node::verify_register(&format!("{package}x"), &cards).is_err());
}

async fn export(node: &Node, range: std::ops::Range<u64>) -> String {
    node.export_register(range, dpo(), RegisterPurpose::Proceedings)
        .await
        .unwrap()
}

/// Contents go when their time is over; chain, doctor, package and co-signatures stay good.
#[tokio::test(start_paused = true)]
async fn contents_are_erased_and_the_chain_stays() {
    let world = world().await;
    let (rabat, brussels) = (world.node(0).unwrap(), world.node(1).unwrap());
    let one = draft("un", &[brussels.party()]).unwrap();
    rabat.release_by(one, None, officer("o-7")).await.unwrap();
    settle().await;
    let today = entered(&world, 0).await;
    tokio::time::sleep(std::time::Duration::from_secs(3 * 86_400)).await;
    rabat.enter(look_now(&world).await).await.unwrap();
    let day = rabat.time().day();
    assert_eq!(rabat.erase_old_acts(1, day).await.unwrap(), today);
    assert_eq!(rabat.erase_old_acts(1, day).await.unwrap(), 0);
    let by = ActFilter {
        officer: Some("o-7".parse().unwrap()),
        ..ActFilter::default()
    };
    assert!(read(rabat, by, None, 10).await.acts.is_empty());
    let page = read(rabat, ActFilter::default(), None, 500).await;
    let erased = page.acts.iter().filter(|line| line.held == ActHeld::Erased);
    assert_eq!(erased.count() as u64, today);
    settle().await;
    let package = export(rabat, 0..u64::MAX).await;
    let (own, partner) = (rabat.card().armoured, brussels.card().armoured);
    let proven = Node::verify_register(&package, &[own.as_bytes(), partner.as_bytes()]).unwrap();
    let erased = proven.acts.iter().filter(|(_, act)| act.is_none());
    assert_eq!(erased.count() as u64, today);
    for finding in rabat.doctor().await {
        assert!(finding.good, "{finding:?}");
    }
}

async fn look_now(world: &World) -> Act {
    let mut act = look(officer("o-9"));
    let node = world.node(0).unwrap();
    let page = read(node, ActFilter::default(), None, 1).await;
    let _ = read(node, ActFilter::default(), None, 1).await;
    let newest = read(node, ActFilter::default(), None, 1).await;
    assert!(page.acts[0].index < newest.acts[0].index);
    if let ActHeld::Held { act: read } = &newest.acts[0].held {
        act.time = read.time;
    }
    act
}

/// An administrator who takes one act away, or hides it from the index, is seen by the doctor.
#[tokio::test(start_paused = true)]
async fn an_act_cannot_be_taken_away_unseen() {
    for hide in [false, true] {
        let world = world().await;
        let node = world.node(0).unwrap();
        for _ in 0..4 {
            node.enter(look(officer("o-1"))).await.unwrap();
        }
        let store = &world.members[0].store;
        if hide {
            let held = store.documents("act-index", "").await.unwrap();
            let put = Put {
                kind: "act-index",
                key: held[0].key.clone(),
                bytes: None,
                expected: None,
            };
            store.put(vec![put]).await.unwrap();
        } else {
            let journal = Journal::new(&"register".parse().unwrap(), node.party());
            let index = entered(&world, 0).await - 2;
            let at = UtcTime::from_millis(5);
            let erasure = Erasure { journal, index, at };
            store.erase(vec![erasure]).await.unwrap();
        }
        let found = node.doctor().await;
        let codes: Vec<_> = found.iter().filter_map(|one| one.code.as_deref()).collect();
        assert_eq!(codes, ["E_CONTENT_DAMAGED"]);
    }
}

/// A node that goes on from an older copy shows another register than its partner co-signed:
/// it learns so from its own signature, says so, and is not co-signed again.
#[tokio::test(start_paused = true)]
async fn a_register_set_back_is_noticed_on_both_sides() {
    let mut world = world().await;
    settle().await;
    world.remember();
    for _ in 0..5 {
        let act = look(officer("o-1"));
        world.node(0).unwrap().enter(act).await.unwrap();
    }
    settle().await;
    let cosigned = entered(&world, 0).await;
    world.crash_forgetting(0);
    world.restart(0).await.unwrap();
    let node = world.node(0).unwrap();
    for _ in 0..9 {
        node.enter(look(officer("o-2"))).await.unwrap();
    }
    settle().await;
    let alarms = node.alarms().await.unwrap();
    assert_eq!(alarms.len(), 1);
    assert_eq!(alarms[0].code, "E_REGISTER_BEHIND");
    assert!(alarms[0].evidence.contains(&format!("\n{cosigned}\n")));
    let found = node.doctor().await;
    assert!(found.iter().any(|one| one.area == "register" && !one.good));
    assert!(node.register().await.unwrap().cosigned[0].set_back);
    node.resume(&alarms[0].party, &alarms[0].id).await.unwrap();
    settle().await;
    assert!(node.alarms().await.unwrap().is_empty(), "said once");
    let state = node.register().await.unwrap();
    assert!(state.cosigned[0].size < cosigned, "not co-signed again");
}
