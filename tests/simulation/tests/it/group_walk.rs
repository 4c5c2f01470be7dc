#![cfg(test)]
//! Three nodes, a bad network, crashes at any moment; everybody says whatever their ledger
//! allows. When all is healed, all ledgers hold the same, and everything that was said counts.

use std::time::Duration;

use passerelle_envelope::testing::SeededRng;
use passerelle_model::{Digest, Lang};
use passerelle_service::joint::{
    Aggregation, CommitmentTerms, Deed, Facts, IndicatorTerms, Item, Kind, Measure, Object,
    ObjectRef, Period, Report, Reported, Revision, Sector, Stance, Strand, Terms, Texts,
    Verification, Verified, Version,
};
use passerelle_service::{Error, GroupRoom, Wish};
use passerelle_simulation::Faults;
use rand_core::Rng as _;

use crate::group_ledger::{Table, offer};

const PARTIES: [&str; 3] = ["ma.interior", "be.interior", "nl.politie"];
/// Turns of one run.
const TURNS: usize = 60;
/// Seeds of one ordinary run; `PASSERELLE_SEEDS` asks for more.
const SEEDS: u64 = 6;

const BAD: Faults = Faults {
    lost: 60,
    answer_lost: 60,
    doubled: 60,
    delayed: 60,
    damaged: 60,
};

#[test]
fn whatever_happens_all_ledgers_are_equal_in_the_end() {
    let more = std::env::var("PASSERELLE_SEEDS")
        .ok()
        .and_then(|text| text.parse().ok());
    let mut agreed = 0;
    for seed in 1..=more.unwrap_or(SEEDS) {
        let ended = std::panic::catch_unwind(|| run(seed));
        agreed += ended.unwrap_or_else(|_| panic!("seed {seed} failed"));
    }
    assert!(agreed > 0, "nothing was ever agreed: the walk is too tame");
}

fn run(seed: u64) -> usize {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .start_paused(true)
        .build();
    runtime.unwrap().block_on(async {
        let mut walk = Walk {
            table: Table::of(&PARTIES, seed, BAD).await,
            rng: SeededRng::new(seed + 77),
            said: 0,
        };
        for _ in 0..TURNS {
            walk.turn().await;
        }
        walk.end().await
    })
}

struct Walk {
    table: Table,
    rng: SeededRng,
    said: u64,
}

impl Walk {
    fn pick(&mut self, below: u64) -> u64 {
        self.rng.next_u64() % below
    }

    fn member(&mut self) -> usize {
        usize::try_from(self.pick(3)).unwrap()
    }

    async fn turn(&mut self) {
        let number = self.member();
        match self.pick(16) {
            0 => self.table.world.crash(number),
            1 => {
                let (a, b) = (self.member(), self.member());
                let party = |number: usize| PARTIES[number].parse().unwrap();
                self.table.world.network.cut(&party(a), &party(b));
            }
            2 => self.table.world.network.mend(),
            _ => self.act(number).await,
        }
        let pause = self.pick(4_000);
        tokio::time::sleep(Duration::from_millis(pause)).await;
    }

    async fn act(&mut self, number: usize) {
        if self.table.world.node(number).is_err() {
            self.table.world.restart(number).await.unwrap();
        }
        let wish = self.wish(number).await;
        match self.table.say(number, wish).await {
            Ok(_) => self.said += 1,
            // Not now, by the ledger; or the store was taken away in the middle.
            Err(Error::Group(_) | Error::Store(_)) => {}
            Err(other) => panic!("{other}"),
        }
    }

    async fn wish(&mut self, number: usize) -> Wish {
        let objects = self.table.look(number, ids).await;
        let dice = self.pick(100);
        if objects.is_empty() || dice < 15 {
            return self.opening();
        }
        let at = usize::try_from(self.pick(objects.len() as u64)).unwrap();
        let object = objects[at].clone();
        let (choice, word) = (self.pick(13), self.pick(1_000));
        let deed = self.table.look(number, |room| {
            let held = room.ledger().object(&object).unwrap();
            deed(room, held, choice, word)
        });
        let deeds = vec![deed.await];
        Wish::about(object, None, deeds, Lang::Fr)
    }

    fn opening(&mut self) -> Wish {
        let kinds = [
            Kind::Decision,
            Kind::Commitment,
            Kind::Indicator,
            Kind::Item,
        ];
        let kind = kinds[usize::try_from(self.pick(4)).unwrap()];
        let chair = PARTIES[self.member()].parse().unwrap();
        let open = Deed::Open {
            kind,
            parent: None,
            chair,
        };
        let word = self.pick(1_000);
        let more = match kind {
            Kind::Item => Deed::Describe {
                facts: Box::new(item(word)),
            },
            _ => revised(kind, None, word),
        };
        Wish::opening(vec![open, more], Lang::Fr)
    }

    /// Heals everything, compares all, and gives how many texts were agreed.
    async fn end(&mut self) -> usize {
        self.table.world.network.heal();
        for number in 0..PARTIES.len() {
            if self.table.world.node(number).is_err() {
                self.table.world.restart(number).await.unwrap();
            }
        }
        tokio::time::sleep(Duration::from_secs(3_600)).await;
        self.table.all_equal().await;
        let said = self.said;
        self.table.look(0, |room| counted(room, said)).await
    }
}

/// Of honest parties everything counts and nothing is a breach.
fn counted(room: &GroupRoom, said: u64) -> usize {
    let mut agreed = 0;
    let mut heard = 0;
    for object in room.ledger().objects() {
        assert!(object.ignored().is_empty(), "{:?}", object.ignored());
        assert!(object.offers().breaches().is_empty());
        agreed += object.offers().history().len();
        heard += object.version();
    }
    assert!(heard >= said, "{heard} deeds of {said} events");
    agreed
}

fn ids(room: &GroupRoom) -> Vec<ObjectRef> {
    let all = room.ledger().objects();
    all.map(|object| object.id().clone()).collect()
}

/// One thing that can be said of an object; the ledger may still refuse it.
fn deed(room: &GroupRoom, object: &Object, choice: u64, word: u64) -> Deed {
    let offers = object.offers();
    let revision = offers.latest().map_or(Digest::new([0; 32]), |o| o.hash());
    let told = || Texts::titled(Lang::Fr, format!("mot {word}").parse().unwrap());
    match choice {
        0 | 1 => revised(object.kind(), offers.agreed_hash(), word),
        2..=4 => Deed::Accept { revision },
        5 => Deed::Reject {
            revision,
            reason: Some(told()),
        },
        6 => Deed::Withdraw { revision },
        7 => Deed::Release { revision },
        8 => Deed::Position {
            revision,
            stance: Stance::ALL[usize::try_from(word).unwrap() % Stance::ALL.len()],
            statement: Some(told()),
        },
        9 => Deed::Comment {
            version: Version {
                lang: Lang::Nl,
                title: format!("woord {word}").parse().unwrap(),
                body: None,
            },
        },
        10 => follow_up(room, object, word),
        11 => Deed::Observe {
            period: Box::new(period(word)),
        },
        _ => match object.steps(room.me()).first() {
            Some(to) => Deed::Move { to: *to },
            None => revised(object.kind(), offers.agreed_hash(), word),
        },
    }
}

/// The responsible party reports, the others verify or judge.
fn follow_up(room: &GroupRoom, object: &Object, word: u64) -> Deed {
    let text = Texts::titled(Lang::Fr, format!("suivi {word}").parse().unwrap());
    let mut others = object.observations().iter();
    let other = others.rfind(|one| one.stamp().by != *room.me());
    if let Some(observation) = other {
        return Deed::Judge {
            party: observation.stamp().by.clone(),
            record: observation.stamp().record,
            contested: word.is_multiple_of(2),
            text: None,
        };
    }
    match object.commitment() {
        Some(terms) if terms.responsible != *room.me() => Deed::Verify {
            verified: Box::new(Verified {
                found: Verification::ALL[usize::try_from(word).unwrap() % 3],
                text: None,
            }),
        },
        _ => Deed::Report {
            report: Box::new(Report {
                state: Reported::ALL[usize::try_from(word).unwrap() % 3],
                text,
                evidence: Vec::new(),
            }),
        },
    }
}

fn revised(kind: Kind, base: Option<Digest>, word: u64) -> Deed {
    let title = format!("texte {word}");
    let terms = match kind {
        Kind::Commitment => Terms::Commitment(CommitmentTerms {
            decision: None,
            responsible: PARTIES[usize::try_from(word).unwrap() % 3].parse().unwrap(),
            function: "Service".parse().unwrap(),
            sector: Sector::Health,
            strand: Strand::Migration,
            objective: Some(15),
            target: None,
            due: "2024-09-01".parse().unwrap(),
            indicators: Vec::new(),
            public: false,
            closure: None,
        }),
        Kind::Indicator => Terms::Indicator(IndicatorTerms {
            code: "walk".parse().unwrap(),
            unit: "pas".parse().unwrap(),
            measure: Measure::Unit,
            ascending: true,
            aggregation: Aggregation::Sum,
            baseline: None,
            target: None,
            parts: Vec::new(),
        }),
        _ => return offer(base, &title),
    };
    let texts = Texts::titled(Lang::Fr, title.parse().unwrap());
    let revision = Revision { base, texts, terms };
    Deed::Offer {
        revision: Box::new(revision),
    }
}

fn item(word: u64) -> Facts {
    Facts::Item(Item {
        texts: Texts::titled(Lang::Fr, format!("point {word}").parse().unwrap()),
        sector: None,
        strand: Strand::Borders,
        minutes: 10,
    })
}

fn period(word: u64) -> Period {
    let from = "2024-01-01".parse::<passerelle_model::Day>().unwrap();
    let from = from.plus_days(u32::try_from(word).unwrap());
    Period {
        from,
        until: from.plus_days(30),
        target: None,
        actual: Some(word.to_string().parse().unwrap()),
        source: "comptage".parse().unwrap(),
        cells: Vec::new(),
        text: None,
    }
}
