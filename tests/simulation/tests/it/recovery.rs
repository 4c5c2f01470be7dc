#![cfg(test)]
//! Nodes that go on from an older copy: they get back from their partners what they had signed,
//! append nothing before, and never sign a second history.

use std::collections::{BTreeMap, BTreeSet};

use passerelle_envelope::testing::SeededRng;
use passerelle_model::{Deed, PartyId, RecordId};
use passerelle_service::view::Standing;
use passerelle_service::{Error, Node, RecoveryState, mark_restored};
use passerelle_simulation::{Faults, World, draft};
use passerelle_store::Store as _;
use rand_core::Rng as _;

use crate::settle;

const TWO: [&str; 2] = ["ma.interior", "be.interior"];
const THREE: [&str; 3] = ["ma.interior", "be.interior", "nl.politie"];

async fn world(parties: &[&str], seed: u64) -> World {
    World::new(parties, seed, Faults::default()).await.unwrap()
}

fn others(world: &World, number: usize) -> Vec<PartyId> {
    let own = &world.members[number].party;
    let all = world.members.iter().map(|member| member.party.clone());
    all.filter(|party| party != own).collect()
}

async fn release(world: &World, number: usize, subject: &str) -> Result<RecordId, Error> {
    let to = others(world, number);
    let to: Vec<&PartyId> = to.iter().collect();
    let draft = draft(subject, &to)?;
    Ok(world.node(number)?.release(draft, None).await?.record)
}

/// Releases `count` records at each node that is up.
async fn exchange(world: &World, label: &str, count: u64) -> BTreeSet<RecordId> {
    let mut released = BTreeSet::new();
    for number in 0..world.members.len() {
        for turn in 0..count {
            if world.node(number).is_ok() {
                let subject = format!("{label} {number} {turn}");
                released.insert(release(world, number, &subject).await.unwrap());
            }
        }
    }
    released
}

/// People look at what the registers say and go on; nothing else may be an alarm.
async fn resume_registers(world: &World) {
    for member in &world.members {
        let Some(node) = &member.node else { continue };
        for alarm in node.alarms().await.unwrap() {
            assert_eq!(alarm.code, "E_REGISTER_BEHIND", "{}", alarm.evidence);
            node.resume(&alarm.party, &alarm.id).await.unwrap();
        }
    }
}

async fn settled(world: &World) {
    for _ in 0..3 {
        settle().await;
        resume_registers(world).await;
    }
    settle().await;
}

async fn all_of(node: &Node) -> BTreeSet<RecordId> {
    let mut found = BTreeSet::new();
    for line in node.inbox(None, 500).await.unwrap() {
        assert!(found.insert(line.record), "doubled");
    }
    for line in node.outbox(None, 500).await.unwrap() {
        assert!(found.insert(line.record), "doubled");
        for delivery in &line.deliveries {
            assert_eq!(delivery.standing, Standing::Complete, "{}", line.record);
        }
    }
    found
}

/// Every node holds exactly these records, each receipted, and the doctor finds nothing but the
/// register that was set back.
async fn whole(world: &World, released: &BTreeSet<RecordId>) {
    for number in 0..world.members.len() {
        let node = world.node(number).unwrap();
        assert_eq!(all_of(node).await, *released, "node {number}");
        for finding in node.doctor().await {
            assert!(
                finding.good || ["register", "partner"].contains(&finding.area.as_str()),
                "{finding:?}"
            );
        }
        for line in node.outbox(None, 500).await.unwrap() {
            for partner in others(world, number) {
                let receipt = node.receipt(&line.record, Some(&partner)).await.unwrap();
                let holder = world
                    .members
                    .iter()
                    .position(|member| member.party == partner)
                    .unwrap();
                let cards = [node.card(), world.node(holder).unwrap().card()];
                let [one, two] = cards.each_ref().map(|card| card.armoured.as_bytes());
                Node::verify_receipt(&receipt, one, two).unwrap();
            }
        }
    }
}

/// What partners state about a record they hold is never contradicted.
async fn never_contradicted(world: &World) {
    for member in &world.members {
        for journal in member.store.journals().await.unwrap() {
            let rows = member.store.statements(&journal, 0..10_000).await.unwrap();
            let mut said = BTreeMap::new();
            for row in rows {
                if row.said == "accepted" || row.said == "refused" {
                    let place = (row.index, row.by.clone());
                    let first = said.entry(place).or_insert_with(|| row.said.clone());
                    assert_eq!(*first, row.said, "{journal:?} at {}", row.index);
                }
            }
        }
    }
}

/// Nor is it said twice, where all that was lost came back.
async fn said_once(world: &World) {
    for member in &world.members {
        for journal in member.store.journals().await.unwrap() {
            let rows = member.store.statements(&journal, 0..10_000).await.unwrap();
            let judged = rows
                .iter()
                .filter(|row| row.said == "accepted" || row.said == "refused");
            let mut seen = BTreeSet::new();
            for row in judged {
                assert!(
                    seen.insert((row.index, row.by.clone())),
                    "{:?} judged twice at {}",
                    journal,
                    row.index
                );
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn what_was_lost_comes_back_with_its_content() {
    let mut world = world(&TWO, 1).await;
    let mut released = exchange(&world, "before", 3).await;
    settle().await;
    world.remember();
    released.extend(exchange(&world, "lost", 4).await);
    settle().await;
    world.crash_forgetting(0);
    world.restart(0).await.unwrap();
    settled(&world).await;
    let view = world.node(0).unwrap().recoveries();
    assert_eq!(view.len(), 1);
    assert_eq!(view[0].state, RecoveryState::Settled);
    assert!(view[0].regained >= 4 && view[0].bare == 0, "{view:?}");
    released.extend(exchange(&world, "after", 2).await);
    settled(&world).await;
    whole(&world, &released).await;
    said_once(&world).await;
}

#[tokio::test(start_paused = true)]
async fn a_partner_that_cannot_be_called_hands_the_entries_back_itself() {
    let mut world = world(&TWO, 2).await;
    let mut released = exchange(&world, "before", 2).await;
    settle().await;
    world.remember();
    released.extend(exchange(&world, "lost", 2).await);
    settle().await;
    world.crash_forgetting(0);
    // Its own drivers do not run: only the partner calls.
    world.restart_listening(0).await.unwrap();
    settled(&world).await;
    let view = world.node(0).unwrap().recoveries();
    assert_eq!(view[0].state, RecoveryState::Settled);
    released.extend(exchange(&world, "after", 2).await);
    world.run(0);
    settled(&world).await;
    whole(&world, &released).await;
    said_once(&world).await;
}

/// After a restoring, a channel waits for every member's word: the larger head counts, whoever
/// holds it.
#[tokio::test(start_paused = true)]
async fn nothing_is_released_before_every_partner_has_spoken() {
    let mut world = world(&THREE, 3).await;
    let mut released = exchange(&world, "before", 2).await;
    settle().await;
    world.remember();
    // Only the third party hears of these.
    let [own, second, third] = [0, 1, 2].map(|number| world.members[number].party.clone());
    cut(&world, &own, &second);
    released.insert(release(&world, 0, "lost").await.unwrap());
    settle().await;
    world.crash_forgetting(0);
    world.network.heal();
    cut(&world, &own, &third);
    world.restore(0).await.unwrap();
    settled(&world).await;
    let node = world.node(0).unwrap();
    assert_eq!(
        release(&world, 0, "early").await.unwrap_err().code(),
        "E_RECOVERING"
    );
    let states: Vec<_> = node
        .recoveries()
        .into_iter()
        .map(|view| (view.party, view.state))
        .collect();
    assert!(
        states.contains(&(second, RecoveryState::Settled)),
        "{states:?}"
    );
    assert!(
        states.contains(&(third, RecoveryState::Awaited)),
        "{states:?}"
    );
    world.network.heal();
    node.sync_now(None);
    settled(&world).await;
    released.insert(release(&world, 0, "after").await.unwrap());
    settled(&world).await;
    whole(&world, &released).await;
    let acts = passerelle_service::ActFilter {
        deed: Some(Deed::Backup),
        ..Default::default()
    };
    let by = passerelle_model::By::Node;
    let purpose = passerelle_model::RegisterPurpose::Integrity;
    let page = world
        .node(0)
        .unwrap()
        .acts(by, purpose, &acts, None, 10)
        .await
        .unwrap();
    assert!(page.acts.len() >= 2, "restored, and what came back");
}

#[tokio::test(start_paused = true)]
async fn a_courier_brings_back_what_no_line_can() {
    let mut world = world(&TWO, 4).await;
    let mut released = exchange(&world, "before", 2).await;
    settle().await;
    world.remember();
    released.extend(exchange(&world, "lost", 3).await);
    settle().await;
    let old = export(&world, 1, 0).await;
    world.crash_forgetting(0);
    let [own, partner] = [0, 1].map(|number| world.members[number].party.clone());
    cut(&world, &own, &partner);
    world.restore(0).await.unwrap();
    // A file from before the restoring says what was true before: it settles nothing, although
    // it shows that we are behind.
    import(&world, 0, &old).await;
    let refused = release(&world, 0, "early").await.unwrap_err();
    assert_eq!(refused.code(), "E_BEHIND");
    settle().await;
    carry(&world, 0, 1).await;
    resume_registers(&world).await;
    carry(&world, 1, 0).await;
    let view = world.node(0).unwrap().recoveries();
    assert_eq!(view[0].state, RecoveryState::Settled, "{view:?}");
    released.extend(exchange(&world, "after", 2).await);
    for _ in 0..4 {
        resume_registers(&world).await;
        carry(&world, 0, 1).await;
        resume_registers(&world).await;
        carry(&world, 1, 0).await;
    }
    resume_registers(&world).await;
    whole(&world, &released).await;
    said_once(&world).await;
}

/// In both directions.
fn cut(world: &World, a: &PartyId, b: &PartyId) {
    world.network.cut(a, b);
    world.network.cut(b, a);
}

async fn export(world: &World, from: usize, to: usize) -> Vec<u8> {
    let mut file = Vec::new();
    let party = &world.members[to].party;
    let node = world.node(from).unwrap();
    node.courier_export(party, &mut file).await.unwrap();
    file
}

async fn import(world: &World, to: usize, file: &[u8]) {
    world.node(to).unwrap().courier_import(file).await.unwrap();
}

async fn carry(world: &World, from: usize, to: usize) {
    let file = export(world, from, to).await;
    import(world, to, &file).await;
}

/// Negative control: a node that goes on without asking is seen to sign two histories.
#[tokio::test(start_paused = true)]
async fn a_node_that_goes_on_without_recovery_forks_and_is_caught() {
    let mut world = world(&TWO, 5).await;
    exchange(&world, "before", 2).await;
    settle().await;
    world.remember();
    exchange(&world, "lost", 2).await;
    settle().await;
    world.crash_forgetting(0);
    let [own, partner] = [0, 1].map(|number| world.members[number].party.clone());
    cut(&world, &own, &partner);
    // No mark of a restoring, and nobody who could say so: it appends.
    world.restart(0).await.unwrap();
    exchange(&world, "fork", 9).await;
    world.network.heal();
    settle().await;
    let node = world.node(0).unwrap();
    node.sync_now(None);
    settle().await;
    let alarms = node.alarms().await.unwrap();
    assert!(
        alarms.iter().any(|alarm| alarm.code == "E_FORKED"),
        "{alarms:?}"
    );
    for alarm in alarms {
        node.resume(&alarm.party, &alarm.id).await.unwrap();
    }
    let refused = release(&world, 0, "more").await.unwrap_err();
    assert_eq!(refused.code(), "E_FORKED", "it stays halted");
    let taken = world.node(1).unwrap().inbox(None, 500).await.unwrap();
    assert_eq!(
        taken.len(),
        4,
        "the partner takes nothing of the second history"
    );
}

/// Random points of backup, more records, a crash, one partner away, faults on the way, and
/// sometimes a second setting back while the first is not healed.
async fn story(seed: u64) {
    let faults = Faults {
        lost: 40,
        answer_lost: 40,
        doubled: 40,
        ..Faults::default()
    };
    let mut rng = SeededRng::new(seed);
    let mut world = World::new(&THREE, seed, faults).await.unwrap();
    let mut released = exchange(&world, "before", 1 + rng.next_u64() % 3).await;
    settle().await;
    for round in 0..2 {
        let victim = usize::try_from(rng.next_u64() % 3).unwrap();
        world.remember();
        released.extend(exchange(&world, &format!("lost {round}"), 1 + rng.next_u64() % 4).await);
        settled(&world).await;
        world.crash_forgetting(victim);
        let away = world.members[(victim + 1) % 3].party.clone();
        let own = world.members[victim].party.clone();
        cut(&world, &own, &away);
        match rng.next_u64() % 2 {
            0 => world.restore(victim).await.unwrap(),
            _ => world.restart(victim).await.unwrap(),
        }
        settled(&world).await;
        world.network.heal();
        for member in &world.members {
            member.node.as_ref().unwrap().sync_now(None);
        }
        settled(&world).await;
        released.extend(exchange(&world, &format!("after {round}"), 1).await);
        settled(&world).await;
    }
    whole(&world, &released).await;
    never_contradicted(&world).await;
}

#[test]
fn from_any_copy_every_node_comes_back_to_one_history() {
    for seed in 1..=3 {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .start_paused(true)
            .build()
            .unwrap();
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            runtime.block_on(story(seed));
        }));
        assert!(outcome.is_ok(), "seed {seed}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_restored_store_says_so_once() {
    let mut world = world(&TWO, 6).await;
    settle().await;
    world.remember();
    world.crash_forgetting(0);
    let store = world.members[0].store.clone();
    let made = passerelle_model::UtcTime::from_millis(1_713_000_000_000);
    mark_restored(store.as_ref(), made, made).await.unwrap();
    world.restart(0).await.unwrap();
    let view = world.node(0).unwrap().restored().await.unwrap().unwrap();
    assert_eq!(view.made, made);
    settled(&world).await;
    let size = world.node(0).unwrap().register().await.unwrap().size;
    world.crash(0);
    world.restart(0).await.unwrap();
    assert_eq!(world.node(0).unwrap().register().await.unwrap().size, size);
    let views = world.node(0).unwrap().recoveries();
    assert_eq!(views[0].state, RecoveryState::Settled, "and stays settled");
}
