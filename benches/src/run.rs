//! Which parts run, in which order, and the ratios made of what they find.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context as _;

use crate::append::Journals;
use crate::exchange::Exchange;
use crate::machine::{self, Machine};
use crate::peers::{Peers, Rates};
use crate::report::{Goal, Report};
use crate::stats::Sample;
use crate::world::Pair;
use crate::{Options, Part, append, attachments, desk, exchange, node, program, raw};

/// How long the disk is probed before and after each group of measurements.
const PROBE: Duration = Duration::from_millis(500);

/// Runs what was asked for and writes the results.
pub(crate) fn run(options: &Options) -> anyhow::Result<()> {
    let bench = Bench::new(options)?;
    if !machine::is_scheduled() {
        bench.build()?;
        if !options.no_chrt {
            machine::schedule();
        }
    }
    let (mut report, mut machine) = (Report::default(), Machine::look());
    for (name, value) in machine.facts() {
        eprintln!("{name}: {value}");
    }
    let peers = bench.peers(&mut report);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(bench.rounds(peers.as_ref(), &mut report))?;
    drop(peers);
    machine.finished();
    report.write(&bench.dir, &machine)?;
    fs::remove_dir_all(&bench.data)?;
    println!("{}", fs::read_to_string(bench.dir.join("results.md"))?);
    Ok(())
}

struct Bench<'a> {
    options: &'a Options,
    /// The build folder.
    target: PathBuf,
    /// Where results go.
    dir: PathBuf,
    /// Where nodes live while they are measured.
    data: PathBuf,
}

impl<'a> Bench<'a> {
    /// Beside the program, so that everything is on one disk.
    fn new(options: &'a Options) -> anyhow::Result<Self> {
        let this = std::env::current_exe()?;
        let target = this
            .ancestors()
            .nth(2)
            .context("the program lies in target/release")?;
        let dir = target.join("bench");
        let data = dir.join("data");
        fs::create_dir_all(&data)?;
        Ok(Self {
            options,
            target: target.to_owned(),
            dir,
            data,
        })
    }

    /// The real program, where a part runs it.
    fn build(&self) -> anyhow::Result<()> {
        match self.wants(Part::Attachments) || self.wants(Part::Node) {
            true => program::build(&self.target),
            false => Ok(()),
        }
    }

    /// Beside the exchange they run in the same round, so that both meet the same machine.
    fn peers(&self, report: &mut Report) -> Option<Peers> {
        let wanted = self.wants(Part::Peers) || self.wants(Part::Exchange);
        let wanted = wanted && self.options.in_flight.is_none();
        wanted.then(|| Peers::start(&self.data, &self.target.join("bench-tools"), report))
    }

    async fn rounds(&self, peers: Option<&Peers>, report: &mut Report) -> anyhow::Result<()> {
        for round in 1..=self.options.rounds {
            eprintln!("round {round}, load {}", machine::load());
            self.round(peers, report).await?;
        }
        if self.wants(Part::Node) {
            let dir = self.fresh("node")?;
            node::fill(&self.target, &dir, self.options.records, report).await?;
            for round in 1..=self.options.rounds {
                eprintln!("node, round {round}, load {}", machine::load());
                node::round(&self.target, &dir, report)?;
            }
            self.fresh("node")?;
        }
        if self.wants(Part::Desk) {
            self.desk(report).await?;
        }
        Ok(())
    }

    /// Its worlds are kept for the next run: making a large one takes minutes.
    async fn desk(&self, report: &mut Report) -> anyhow::Result<()> {
        let mut bench = desk::open(&self.dir.join("desk"), self.options.records).await?;
        for round in 1..=self.options.rounds {
            eprintln!("desk, round {round}, load {}", machine::load());
            bench.round(report).await?;
        }
        Ok(())
    }

    fn wants(&self, part: Part) -> bool {
        [Part::All, part].contains(&self.options.part)
    }

    fn time(&self) -> Duration {
        Duration::from_millis(self.options.millis)
    }

    async fn round(&self, peers: Option<&Peers>, report: &mut Report) -> anyhow::Result<()> {
        if self.wants(Part::Raw) {
            report.sample(
                "raw pwrite + fdatasync, 2560 bytes",
                raw::probe(&self.data, self.time())?,
            );
        }
        if self.wants(Part::Append) {
            self.append(report).await?;
        }
        let rates = match peers {
            Some(peers) => peers.round(self.time(), report)?,
            None => Rates::default(),
        };
        if self.wants(Part::Exchange) {
            self.exchange(rates, report).await?;
        }
        if self.wants(Part::Names) {
            let (tools, dir) = (self.target.join("bench-tools"), self.fresh("names")?);
            crate::names::round(&tools, &dir, report)?;
        }
        if self.wants(Part::Matching) {
            let (tools, dir) = (self.target.join("bench-tools"), self.fresh("matching")?);
            crate::matching::round(&tools, &dir, report)?;
        }
        if self.wants(Part::Group) {
            crate::group::round(report)?;
        }
        if self.wants(Part::Attachments) {
            let dir = self.fresh("attachments")?;
            attachments::round(&self.target, &dir, self.options.mib, report)?;
            self.fresh("attachments")?;
        }
        Ok(())
    }

    async fn append(&self, report: &mut Report) -> anyhow::Result<()> {
        let before = raw::probe(&self.data, PROBE)?;
        let (one, time) = (Journals::One, self.time());
        let single = append::appended(&self.fresh("append-1")?, 1, one, time).await?;
        let many = append::appended(&self.fresh("append-64")?, 64, one, time).await?;
        let each = Journals::Each;
        let spread = append::appended(&self.fresh("append-each")?, 64, each, time).await?;
        let pair = Pair::new(&self.fresh("release")?).await?;
        let released = exchange::released(&pair, 64, time).await?;
        pair.stop().await;
        let raw = before.between(raw::probe(&self.data, PROBE)?);
        report.sample("raw fdatasync beside the appends", raw);
        report.sample("single appends through the store", single);
        report.sample("64 appends in flight, one journal, store", many);
        report.sample("64 appends in flight, 64 journals, store", spread);
        let name = "64 releases in flight, one journal, signed and sealed";
        report.sample(name, released);
        let goal = |at_least| Goal::AtLeast(at_least);
        report.goal(
            "single durable append ÷ raw fdatasync",
            "",
            goal(0.6),
            single.rate / raw.rate,
        );
        let name = "64-way coalesced appends, store ÷ raw single rate";
        report.goal(name, "", goal(4.0), many.rate / raw.rate);
        let name = "64-way appends on 64 journals, store ÷ raw single rate";
        report.goal(name, "", Goal::None, spread.rate / raw.rate);
        let name = "64-way releases on one journal, signed and sealed ÷ raw single rate";
        report.goal(name, "", Goal::None, released.rate / raw.rate);
        Ok(())
    }

    async fn exchange(&self, peers: Rates, report: &mut Report) -> anyhow::Result<()> {
        let nodes = Exchange::start(&self.fresh("exchange")?).await?;
        let before = raw::probe(&self.data, PROBE)?;
        if let Some(in_flight) = self.options.in_flight {
            let sample = nodes.run(in_flight, self.time()).await?;
            report.sample(&format!("exchanges, {in_flight} in flight"), sample);
            nodes.stop().await;
            return Ok(());
        }
        let many = nodes.run(64, self.time()).await?;
        let one = nodes.run(1, self.time()).await?;
        let raw = before.between(raw::probe(&self.data, PROBE)?);
        nodes.stop().await;
        exchange_ratios(report, raw, many, one);
        if let Some(nats) = peers.nats {
            let name = "exchanges/s ÷ NATS publishes/s, 64 in flight";
            report.goal(name, "", Goal::AtLeast(1.0), many.rate / nats);
        }
        if let Some(rabbit) = peers.rabbit {
            let name = "exchanges/s ÷ RabbitMQ quorum publishes/s, 64 in flight (reported)";
            report.goal(name, "", Goal::None, many.rate / rabbit);
        }
        Ok(())
    }

    /// An empty folder; what others wrote before is on disk, so that nobody waits for it.
    fn fresh(&self, name: &str) -> anyhow::Result<PathBuf> {
        rustix::fs::sync();
        empty(&self.data.join(name))
    }
}

fn exchange_ratios(report: &mut Report, raw: Sample, many: Sample, one: Sample) {
    report.sample("raw fdatasync beside the exchange", raw);
    report.sample("exchanges to receipt, 64 in flight", many);
    report.sample("exchanges to receipt, 1 in flight", one);
    let name = "exchanges/s, 64 in flight ÷ raw fdatasync/s";
    report.goal(name, "", Goal::AtLeast(0.5), many.rate / raw.rate);
    let name = "exchange p50, 1 in flight ÷ fdatasync p50";
    report.goal(name, "", Goal::AtMost(8.0), one.p50 / raw.p50);
    let name = "exchange p99 ÷ p50, 64 in flight";
    report.goal(name, "", Goal::AtMost(3.0), many.p99 / many.p50);
}

fn empty(dir: &Path) -> anyhow::Result<PathBuf> {
    if dir.exists() {
        fs::remove_dir_all(dir)?;
    }
    fs::create_dir_all(dir)?;
    Ok(dir.to_owned())
}
