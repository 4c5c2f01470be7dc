//! A joint group at size: what people look at again and again, with few and with many
//! commitments and observations. Ledgers are made in memory, from events as journals bring them.

use std::hint::black_box;
use std::time::Duration;

use anyhow::Context as _;
use passerelle_model::{ChannelId, Day, Lang, PartyId, RecordId, UtcTime};
use passerelle_service::GroupRoom;
use passerelle_service::joint::{
    Action, Aggregation, CommitmentTerms, Decimal, Deed, Event, Facts, Filter, IndicatorTerms,
    Kind, Ledger, Measure, ObjectRef, Period, Report, Reported, Revision, Sector, Seen, Strand,
    Terms, Texts, Told,
};

use crate::clock::Stopwatch;
use crate::report::{self, Goal};

const PARTIES: [&str; 2] = ["ma.interior", "be.interior"];
/// Commitments and observations of the small and of the large ledger.
const SIZES: [(u64, u64); 2] = [(1_000, 10_000), (10_000, 100_000)];
/// Observations of one indicator.
const EACH: u64 = 100;
/// Events read of one journal before the other's turn.
const PART: usize = 50_000;
/// Looks that are timed.
const TIMES: usize = 200;
/// The same after a change, when everything is computed anew.
const FRESH: usize = 5;

/// One way to look.
type Look = (&'static str, fn(&GroupRoom, UtcTime));

const LOOKS: [Look; 4] = [
    ("board", |room, _| {
        drop(black_box(room.kept_board(&Filter::default())))
    }),
    ("matrix by strand", |room, _| {
        drop(black_box(room.kept_matrix(false)))
    }),
    ("matrix by objective", |room, _| {
        drop(black_box(room.kept_matrix(true)))
    }),
    ("briefing", |room, since| {
        drop(black_box(room.kept_briefing(since)))
    }),
];

/// Makes both ledgers and times each look in both.
pub(crate) fn round(report: &mut report::Report) -> anyhow::Result<()> {
    let today: Day = "2026-06-01".parse()?;
    let mut times = Vec::new();
    for (commitments, observations) in SIZES {
        let began = Stopwatch::start();
        let ledger = Writer::new()?.ledger(commitments, observations)?;
        let name = format!("reading a ledger of {commitments} commitments");
        report.figure(&name, "s", began.elapsed().as_secs_f64());
        times.push(timed(ledger, today)?);
    }
    let [few, many] = times.as_slice() else {
        anyhow::bail!("two ledgers are measured");
    };
    for (n, (name, _)) in LOOKS.iter().enumerate() {
        let (few, many) = (
            few.get(n).context("a look")?,
            many.get(n).context("a look")?,
        );
        let ratio = |few: Duration, many: Duration| many.as_secs_f64() / few.as_secs_f64();
        let goal = format!("{name}, 10⁴ commitments ÷ 10³");
        report.goal(&goal, "", Goal::AtMost(3.0), ratio(few.again, many.again));
        let first = format!("{name}, first look after a change, 10⁴ ÷ 10³");
        report.figure(&first, "", ratio(few.first, many.first));
        let first = format!("{name}, first look after a change, 10⁴ commitments");
        report.figure(&first, "ms", many.first.as_secs_f64() * 1e3);
    }
    Ok(())
}

/// The median of a look.
struct Times {
    /// After a change: rows and the look, computed anew.
    first: Duration,
    /// Any later one.
    again: Duration,
}

fn timed(ledger: Ledger, today: Day) -> anyhow::Result<Vec<Times>> {
    let (channel, me): (ChannelId, PartyId) = ("ma-be-gmmp".parse()?, "ma.interior".parse()?);
    let since = today.minus_days(180).start();
    let mut all = Vec::new();
    for (_, look) in LOOKS {
        let mut first = Vec::new();
        let mut ledger = ledger.clone();
        let mut again = Vec::new();
        for _ in 0..FRESH {
            let copy = ledger.clone();
            let began = Stopwatch::start();
            let room = GroupRoom::over(channel.clone(), me.clone(), ledger, today);
            look(&room, since);
            first.push(began.elapsed());
            again.extend((0..TIMES).map(|_| once(&room, since, look)));
            ledger = copy;
        }
        all.push(Times {
            first: median(first),
            again: median(again),
        });
    }
    Ok(all)
}

/// A hundred looks: one alone is shorter than the clock's step.
fn once(room: &GroupRoom, since: UtcTime, look: fn(&GroupRoom, UtcTime)) -> Duration {
    let began = Stopwatch::start();
    for _ in 0..100 {
        look(room, since);
    }
    began.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// Writes both journals: Rabat offers, Brussels signs, Rabat reports and observes.
struct Writer {
    parties: [PartyId; 2],
    texts: Texts,
    journals: [Vec<Told>; 2],
    began: UtcTime,
}

impl Writer {
    fn new() -> anyhow::Result<Self> {
        Ok(Self {
            parties: [PARTIES[0].parse()?, PARTIES[1].parse()?],
            texts: Texts::titled(Lang::Fr, "Ouvrir un guichet".parse()?),
            journals: [Vec::new(), Vec::new()],
            began: "2025-12-01T00:00:00Z".parse()?,
        })
    }

    fn ledger(mut self, commitments: u64, observations: u64) -> anyhow::Result<Ledger> {
        let mut offered = Vec::new();
        for n in 0..commitments {
            let terms = Terms::Commitment(self.promise(n)?);
            offered.push(self.offer(Kind::Commitment, terms)?);
        }
        for n in 0..observations / EACH {
            let terms = Terms::Indicator(indicator(n)?);
            offered.push(self.offer(Kind::Indicator, terms)?);
        }
        let known = self.size(0);
        for (id, revision) in &offered {
            let accept = Deed::Accept {
                revision: *revision,
            };
            self.say(1, Some(id.clone()), (0, known), vec![accept])?;
        }
        let signed = self.size(1);
        for (n, (id, _)) in (0..commitments).zip(&offered) {
            self.follow(n, id, signed)?;
        }
        for (id, _) in offered.iter().skip(usize::try_from(commitments)?) {
            self.observe(id, signed)?;
        }
        let mut ledger = Ledger::between(self.parties.clone());
        // In turns, as a node reads them: what one said waits for what it had seen of the other.
        let longest = self.journals.iter().map(Vec::len).max().unwrap_or(0);
        for from in (0..longest).step_by(PART) {
            for (party, journal) in self.parties.iter().zip(&self.journals) {
                let end = journal.len().min(from + PART);
                let part = journal.get(from..end).unwrap_or_default();
                ledger.take(party, part.to_vec(), end as u64)?;
            }
        }
        anyhow::ensure!(
            ledger.odd().is_empty() && ledger.waiting() == 0,
            "all is read"
        );
        Ok(ledger)
    }

    fn size(&self, by: usize) -> u64 {
        self.journals
            .get(by)
            .map_or(0, |journal| journal.len() as u64)
    }

    /// A step for each commitment, and a report for every third.
    fn follow(&mut self, n: u64, id: &ObjectRef, signed: u64) -> anyhow::Result<()> {
        let open = Deed::Open {
            kind: Kind::Action,
            parent: Some(id.clone()),
            chair: self.parties[0].clone(),
        };
        let planned: Day = "2026-05-01".parse()?;
        let action = Action {
            texts: self.texts.clone(),
            sector: Sector::Health,
            planned: planned.plus_days((n % 300) as u32),
            revised: None,
            achieved: None,
            after: Vec::new(),
        };
        let facts = Box::new(Facts::Action(action));
        self.say(0, None, (1, signed), vec![open, Deed::Describe { facts }])?;
        if n.is_multiple_of(3) {
            let report = Report {
                state: if n.is_multiple_of(2) {
                    Reported::Done
                } else {
                    Reported::UnderWay
                },
                text: self.texts.clone(),
                evidence: Vec::new(),
            };
            let report = Box::new(report);
            self.say(
                0,
                Some(id.clone()),
                (1, signed),
                vec![Deed::Report { report }],
            )?;
        }
        Ok(())
    }

    fn observe(&mut self, id: &ObjectRef, signed: u64) -> anyhow::Result<()> {
        for n in 0..EACH {
            let day = "2000-01-01".parse::<Day>()?.plus_days(n as u32 * 90);
            let period = Box::new(Period {
                from: day,
                until: day.plus_days(89),
                target: Some(Decimal::whole(100)?),
                actual: Some(Decimal::whole(n as i64)?),
                source: "Registre".parse()?,
                cells: Vec::new(),
                text: None,
            });
            self.say(
                0,
                Some(id.clone()),
                (1, signed),
                vec![Deed::Observe { period }],
            )?;
        }
        Ok(())
    }

    fn offer(
        &mut self,
        kind: Kind,
        terms: Terms,
    ) -> anyhow::Result<(ObjectRef, passerelle_model::Digest)> {
        let revision = Revision {
            base: None,
            texts: self.texts.clone(),
            terms,
        };
        let hash = revision.hash()?;
        let open = Deed::Open {
            kind,
            parent: None,
            chair: self.parties[0].clone(),
        };
        let revision = Box::new(revision);
        let record = self.say(0, None, (1, 0), vec![open, Deed::Offer { revision }])?;
        let party = self.parties[0].clone();
        Ok((ObjectRef { party, record }, hash))
    }

    fn promise(&self, n: u64) -> anyhow::Result<CommitmentTerms> {
        let due: Day = "2026-01-01".parse()?;
        let of = |n: u64, all: usize| (n as usize) % all;
        Ok(CommitmentTerms {
            decision: None,
            responsible: self.parties[0].clone(),
            function: "Direction".parse()?,
            sector: *Sector::ALL
                .get(of(n, Sector::ALL.len()))
                .context("a sector")?,
            strand: *Strand::ALL
                .get(of(n / 7, Strand::ALL.len()))
                .context("a strand")?,
            objective: Some((n % 23 + 1) as u8),
            target: None,
            due: due.plus_days((n % 700) as u32),
            indicators: Vec::new(),
            public: false,
            closure: None,
        })
    }

    fn say(
        &mut self,
        by: usize,
        object: Option<ObjectRef>,
        (other, known): (usize, u64),
        deeds: Vec<Deed>,
    ) -> anyhow::Result<RecordId> {
        let index = self.size(by);
        let mut name = [0; 16];
        name[..8].copy_from_slice(&index.to_be_bytes());
        name[15] = by as u8;
        let record = RecordId::new(name);
        let party = self.parties.get(by).context("a party")?.clone();
        let seen = Seen::default().with(self.parties.get(other).context("a party")?, known);
        self.journals.get_mut(by).context("a journal")?.push(Told {
            by: party,
            index,
            record,
            time: self.began.plus_millis(index * 1_000),
            officer: "secretary".parse()?,
            function: "Secrétariat".parse()?,
            erased: None,
            event: Event {
                object,
                seen,
                deeds,
            },
        });
        Ok(record)
    }
}

fn indicator(n: u64) -> anyhow::Result<IndicatorTerms> {
    Ok(IndicatorTerms {
        code: format!("gmmp-{n}").parse()?,
        unit: "places".parse()?,
        measure: Measure::Unit,
        ascending: true,
        aggregation: Aggregation::Sum,
        baseline: None,
        target: Some(Decimal::whole(200)?),
        parts: Vec::new(),
    })
}
