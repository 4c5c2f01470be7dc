#![cfg(test)]
//! Three nodes, a bad network, crashes at any moment, recalls in between. When all is healed,
//! what each node holds is exactly what was released to it and not taken back: each record
//! once, in order, every receipt verified, every leaf matching its content.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use passerelle_envelope::testing::SeededRng;
use passerelle_model::{Kind, PartyId, RecordId, Reference, Relation};
use passerelle_service::view::{Draft, Standing};
use passerelle_service::{Error, Node};
use passerelle_simulation::{Faults, World, draft};
use rand_core::Rng as _;

const PARTIES: [&str; 3] = ["ma.interior", "be.interior", "nl.politie"];
/// Records that each node releases in one run.
const RECORDS: u64 = 12;
/// Seeds of one ordinary run; `PASSERELLE_SEEDS` asks for more.
const SEEDS: u64 = 40;
/// Seeds that found something once are run for ever.
const PAST: &str = include_str!("../past-failures.txt");

const BAD: Faults = Faults {
    lost: 60,
    answer_lost: 60,
    doubled: 60,
    delayed: 60,
    damaged: 60,
};

#[test]
fn whatever_happens_both_ends_agree_in_the_end() {
    let past = PAST
        .lines()
        .filter_map(|line| line.trim().parse::<u64>().ok());
    let more = std::env::var("PASSERELLE_SEEDS")
        .ok()
        .and_then(|text| text.parse().ok());
    for seed in past.chain(1..=more.unwrap_or(SEEDS)) {
        let outcome = std::panic::catch_unwind(|| run(seed));
        assert!(
            outcome.is_ok(),
            "seed {seed} failed: add it to tests/simulation/tests/past-failures.txt"
        );
    }
}

/// The same seed gives the same calls and faults.
#[test]
fn a_seed_is_a_run() {
    assert_eq!(run(7), run(7));
}

/// Negative control: stores that lose what they called durable must be seen to lose records.
/// What one store forgets comes back from its partners, so all forget at once. The same story
/// in which they only crash misses nothing.
#[test]
fn stores_that_forget_are_noticed() {
    let quiet = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let missed = [1, 2, 3].map(|seed| std::panic::catch_unwind(|| crash_all(seed, true)));
    std::panic::set_hook(quiet);
    for missed in missed {
        let panic = missed.expect_err("all stores forgot and nothing was missed");
        let said = panic.downcast_ref::<String>().map_or("", String::as_str);
        let lost = ["in the inbox of", "NotFound { what: \"record\""];
        let by_loss = lost.iter().any(|words| said.contains(words));
        assert!(by_loss, "noticed by something else: {said}");
    }
    crash_all(1, false);
}

fn crash_all(seed: u64, forgetting: bool) {
    let runtime = runtime();
    runtime.block_on(async {
        let mut story = Story::begin(seed).await;
        for turn in 0..RECORDS * 3 {
            if turn == RECORDS {
                story.world.remember();
            }
            if turn == RECORDS * 2 {
                for number in 0..PARTIES.len() {
                    match forgetting {
                        true => story.world.crash_forgetting(number),
                        false => story.world.crash(number),
                    }
                }
            }
            story.turn().await;
        }
        story.end().await;
    });
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .start_paused(true)
        .build()
        .unwrap()
}

fn run(seed: u64) -> (u64, u64) {
    runtime().block_on(async {
        let mut story = Story::begin(seed).await;
        for _ in 0..RECORDS * 3 {
            story.turn().await;
        }
        story.end().await;
        story.world.network.counts()
    })
}

/// One record as its sender knows it.
struct Sent {
    record: RecordId,
    to: BTreeSet<PartyId>,
    recalled: bool,
}

struct Story {
    world: World,
    rng: SeededRng,
    sent: BTreeMap<PartyId, Vec<Sent>>,
    steps: u64,
}

impl Story {
    async fn begin(seed: u64) -> Self {
        let world = World::new(&PARTIES, seed, BAD).await.unwrap();
        Self {
            world,
            rng: SeededRng::new(!seed),
            sent: BTreeMap::new(),
            steps: 0,
        }
    }

    fn pick(&mut self, below: u64) -> u64 {
        self.rng.next_u64() % below
    }

    fn member(&mut self) -> usize {
        usize::try_from(self.pick(3)).unwrap()
    }

    async fn turn(&mut self) {
        self.steps += 1;
        match self.pick(20) {
            0..=11 => self.release().await,
            12 | 13 => self.recall().await,
            14 => {
                let number = self.member();
                self.world.crash(number);
            }
            15 | 16 => self.restart_all().await,
            17 => {
                let (a, b) = (self.member(), self.member());
                let party = |number: usize| PARTIES[number].parse().unwrap();
                self.world.network.cut(&party(a), &party(b));
            }
            _ => {}
        }
        let pause = self.pick(3_000);
        tokio::time::sleep(Duration::from_millis(pause)).await;
    }

    async fn release(&mut self) {
        let from = self.member();
        let choice = self.pick(3);
        let others: Vec<PartyId> = PARTIES
            .iter()
            .enumerate()
            .filter(|(number, _)| *number != from)
            .filter(|(number, _)| choice == 2 || (number + from) as u64 % 2 == choice)
            .map(|(_, party)| party.parse().unwrap())
            .collect();
        let to: Vec<&PartyId> = others.iter().collect();
        if to.is_empty() {
            return;
        }
        let subject = format!("numéro {}", self.steps);
        let with_file = self.pick(4) == 0;
        let record = self
            .insist(from, draft(&subject, &to).unwrap(), with_file)
            .await;
        let sent = Sent {
            record,
            to: others.into_iter().collect(),
            recalled: false,
        };
        self.sent
            .entry(PARTIES[from].parse().unwrap())
            .or_default()
            .push(sent);
    }

    /// A caller who tries again under the same key until it is told that it worked.
    async fn insist(&mut self, from: usize, draft: Draft, with_file: bool) -> RecordId {
        let key = format!("key-{}", self.steps);
        loop {
            if self.world.members[from].node.is_none() {
                self.world.restart(from).await.unwrap();
            }
            let node = self.world.node(from).unwrap().clone();
            let result = attempt(&node, draft.clone(), with_file, key.as_bytes()).await;
            // One in eight answers never reaches the caller.
            match result {
                Ok(record) if self.pick(8) > 0 => return record,
                Ok(_) | Err(Error::Store(_)) => {}
                Err(other) => panic!("{other}"),
            }
        }
    }

    async fn recall(&mut self) {
        let from = self.member();
        let party: PartyId = PARTIES[from].parse().unwrap();
        let count = self.sent.get(&party).map_or(0, Vec::len) as u64;
        if count == 0 {
            return;
        }
        let chosen = usize::try_from(self.pick(count)).unwrap();
        let target = &mut self.sent.get_mut(&party).unwrap()[chosen];
        if target.recalled {
            return;
        }
        target.recalled = true;
        let (record, to) = (target.record, target.to.clone());
        let to: Vec<&PartyId> = to.iter().collect();
        let mut recall = draft("rappel", &to).unwrap();
        recall.kind = Kind::Recall;
        recall.references = vec![Reference {
            relation: Relation::Recalls,
            party: party.clone(),
            record,
        }];
        let id = self.insist(from, recall, false).await;
        let to = to.into_iter().cloned().collect();
        self.sent.get_mut(&party).unwrap().push(Sent {
            record: id,
            to,
            recalled: false,
        });
    }

    async fn restart_all(&mut self) {
        for number in 0..PARTIES.len() {
            if self.world.members[number].node.is_none() {
                self.world.restart(number).await.unwrap();
            }
        }
    }

    async fn end(&mut self) {
        self.world.network.heal();
        self.restart_all().await;
        tokio::time::sleep(Duration::from_secs(3600)).await;
        for number in 0..PARTIES.len() {
            self.check_inbox(number).await;
            self.check_outbox(number).await;
            let node = self.world.node(number).unwrap();
            for finding in node.doctor().await {
                assert!(finding.good, "{finding:?}");
            }
            for partner in node.partners().await.unwrap() {
                let [channel] = partner.channels.as_slice() else {
                    panic!("one channel")
                };
                assert_eq!(
                    (channel.waiting, channel.complete),
                    (0, true),
                    "{partner:?}"
                );
            }
        }
    }

    /// Exactly what was released to this node, each once, in order; recalled content is gone.
    async fn check_inbox(&self, number: usize) {
        let node = self.world.node(number).unwrap();
        let inbox = node.inbox(None, 500).await.unwrap();
        for (party, sent) in self.sent.iter().filter(|(party, _)| *party != node.party()) {
            let mut held: Vec<_> = inbox.iter().filter(|line| line.from == *party).collect();
            held.sort_by_key(|line| line.index);
            let expected: Vec<_> = sent
                .iter()
                .filter(|sent| sent.to.contains(node.party()))
                .map(|sent| (sent.record, sent.recalled))
                .collect();
            let found: Vec<_> = held.iter().map(|line| (line.record, line.erased)).collect();
            assert_eq!(found, expected, "{party} in the inbox of {}", node.party());
            for line in held.iter().filter(|line| !line.erased) {
                let shown = node.show(Some(party), &line.record).await.unwrap();
                assert!(shown.files.iter().all(|file| file.complete));
            }
        }
    }

    async fn check_outbox(&self, number: usize) {
        let node = self.world.node(number).unwrap();
        let Some(sent) = self.sent.get(node.party()) else {
            return;
        };
        for sent in sent {
            let shown = node.show(Some(node.party()), &sent.record).await.unwrap();
            for delivery in &shown.line.deliveries {
                let settled = if sent.recalled {
                    Standing::Erased
                } else {
                    Standing::Complete
                };
                assert_eq!(delivery.standing, settled, "{:?}", shown.line);
                let receipt = node
                    .receipt(&sent.record, Some(&delivery.party))
                    .await
                    .unwrap();
                let own = node.card().armoured;
                let other = PARTIES
                    .iter()
                    .position(|p| *p == delivery.party.as_str())
                    .unwrap();
                let partner = self.world.node(other).unwrap().card().armoured;
                Node::verify_receipt(&receipt, own.as_bytes(), partner.as_bytes()).unwrap();
            }
        }
    }
}

async fn attempt(
    node: &Node,
    mut draft: Draft,
    with_file: bool,
    key: &[u8],
) -> Result<RecordId, Error> {
    if with_file {
        let bytes = vec![7_u8; 1_100_000];
        let staged = node
            .stage("a.bin", "application/octet-stream", bytes.as_slice())
            .await?;
        draft.attachments.push(staged.token);
    }
    Ok(node.release(draft, Some(key)).await?.record)
}
