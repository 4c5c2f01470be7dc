//! What every test ends with: both nodes up, everything drained, and then: what one holds is
//! what the other released minus what it took back, each once and in order; every receipt
//! verifies offline; the doctor finds nothing.

use std::collections::BTreeSet;

use passerelle_service::Node as Service;
use serde_json::Value;

use crate::process::Node;
use crate::wait::{until, until_nothing};
use crate::world::{Side, World};

/// Everything a node shows, for comparing it with another time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copy(pub Vec<(String, String)>);

/// Looks between two nudges of a link that backs off.
const NUDGE: u32 = 40;

impl World {
    /// Starts whoever does not run, waits until all has arrived, and checks everything.
    #[track_caller]
    pub fn check(&mut self) {
        self.start();
        self.drain();
        for side in Side::BOTH {
            self.check_way(side);
            self.check_doctor(side);
        }
    }

    /// Waits until both sides hold everything and each has the other's co-signature on it.
    #[track_caller]
    pub fn drain(&self) {
        let mut looks = 0;
        until_nothing("everything arrives", || {
            if looks % NUDGE == 0 {
                Side::BOTH
                    .iter()
                    .for_each(|side| self.node(*side).nudge(side.other()));
            }
            looks += 1;
            let (a, b) = (self.node(Side::A).channels(), self.node(Side::B).channels());
            if !agree(&a, &b) {
                return Some(format!("A: {a}\nB: {b}"));
            }
            Side::BOTH.iter().find_map(|side| self.file_missing(*side))
        });
    }

    /// Waits until every node that can reach the other does, unless `mortal` has died.
    pub fn await_links(&mut self, mortal: Side) {
        until("the links work", || {
            self.node_mut(mortal).has_died()
                || Side::BOTH.iter().all(|side| {
                    self.node(*side).nudge(side.other());
                    self.is_lost(side.other()) || self.node(*side).is_linked()
                })
        });
    }

    /// Waits until a node was killed at the step it was told to die at; both links look for
    /// work meanwhile.
    #[track_caller]
    pub fn await_death(&mut self, side: Side, what: &str) {
        until(what, || {
            Side::BOTH
                .iter()
                .for_each(|side| self.node(*side).nudge(side.other()));
            self.node_mut(side).has_died()
        });
        self.node_mut(side).await_death(what);
    }

    fn file_missing(&self, side: Side) -> Option<String> {
        let mut lines = self.node(side).lines("inbox").into_iter();
        let missing = lines.find(|line| {
            let attached = line["attachments"].as_u64() != Some(0) && line["erased"] == false;
            attached && line["deliveries"][0]["standing"] == "accepted"
        });
        missing.map(|line| line.to_string())
    }

    /// Everything `side` released is at the other side, once and in order, and every receipt
    /// verifies.
    #[track_caller]
    pub fn check_way(&self, side: Side) {
        let sent = self.node(side).lines("outbox");
        let held = self.node(side.other()).lines("inbox");
        let ids = |lines: &[Value]| lines.iter().map(place).collect::<Vec<_>>();
        assert_eq!(ids(&sent), ids(&held), "from {side:?}");
        let records: BTreeSet<&str> = sent.iter().filter_map(|l| l["record"].as_str()).collect();
        assert_eq!(records.len(), sent.len(), "a record twice, from {side:?}");
        let owed = self.released.iter().filter(|((by, _), _)| *by == side);
        let owed: BTreeSet<&str> = owed.map(|(_, record)| record.as_str()).collect();
        assert_eq!(records, owed, "released and acknowledged, from {side:?}");
        for (sent, held) in sent.iter().zip(&held) {
            let recalled = self.recalled.contains(sent["record"].as_str().unwrap());
            assert_eq!(held["erased"], recalled, "{held}");
            assert_ne!(held["deliveries"][0]["standing"], "refused", "{held}");
            if recalled {
                assert_eq!(sent["deliveries"][0]["standing"], "erased", "{sent}");
            } else {
                self.check_receipt(side, sent["record"].as_str().unwrap());
            }
        }
    }

    #[track_caller]
    fn check_receipt(&self, side: Side, record: &str) {
        let path = format!("/v1/records/{record}/receipt");
        let receipt = self.node(side).api().get(&path).unwrap().text();
        let cards = Side::BOTH.map(|side| {
            let card = self.node(side).api().get("/v1/card").unwrap().json();
            card["armoured"].as_str().unwrap().to_owned()
        });
        let [a, b] = cards.each_ref().map(|card| card.as_bytes());
        Service::verify_receipt(&receipt, a, b).expect("the receipt verifies");
    }

    /// The doctor finds nothing wrong. That a backup is due is right where weeks have passed.
    #[track_caller]
    pub fn check_doctor(&self, side: Side) {
        let mut last = Value::Null;
        // A link that failed before the other node came up has its next success noted first.
        until("the doctor is content", || {
            last = self.node(side).api().get("/v1/doctor").unwrap().json();
            let bad = |found: &&Value| found["good"] == false && found["code"] != "E_BACKUP_DUE";
            let bad: Vec<&Value> = last.as_array().unwrap().iter().filter(bad).collect();
            let link = bad
                .iter()
                .all(|found| found["code"] == "E_PARTNER_UNREACHED");
            assert!(link, "{side:?}: {bad:?}");
            if !bad.is_empty() {
                self.node(side).nudge(side.other());
            }
            bad.is_empty()
        });
    }
}

impl Node {
    /// Lets a link that backs off look for work at once.
    pub fn nudge(&self, partner: Side) {
        let path = format!("/v1/partners/{}/sync", partner.party());
        let _ = self.api().post(&path, "", &[]);
    }

    /// Whether the last attempt to reach the partner went well.
    pub fn is_linked(&self) -> bool {
        let Ok(answer) = self.api().get("/v1/partners") else {
            return false;
        };
        let link = answer.json()[0]["link"].clone();
        link["last_contact"].is_string() && link["last_error"].is_null()
    }

    /// The state of every channel with the partner.
    #[track_caller]
    pub fn channels(&self) -> Value {
        let partners = self.api().get("/v1/partners").unwrap().json();
        partners[0]["channels"].clone()
    }

    /// All lines of the inbox or outbox, oldest first.
    #[track_caller]
    pub fn lines(&self, list: &str) -> Vec<Value> {
        let mut all: Vec<Value> = Vec::new();
        let mut before = String::new();
        loop {
            let path = format!("/v1/records/{list}?limit=500{before}");
            let Value::Array(page) = self.api().get(&path).unwrap().json() else {
                return all;
            };
            let full = page.len() == 500;
            all.extend(page);
            match all.last() {
                Some(last) if full => {
                    let (time, record) = (last["time"].as_str(), last["record"].as_str());
                    before = format!("&before={}~{}", time.unwrap(), record.unwrap());
                }
                _ => break,
            }
        }
        all.sort_by_key(|line| (line["channel"].to_string(), line["index"].as_u64()));
        all
    }

    /// Everything a node shows of its records, agreements and cards.
    #[track_caller]
    pub fn copy(&self) -> Copy {
        let mut copy = Vec::new();
        let mut keep = |path: String| match self.api().get(&path) {
            Ok(answer) => {
                let body = String::from_utf8_lossy(&answer.body).into_owned();
                copy.push((path, format!("{} {body}", answer.status)));
            }
            Err(error) => copy.push((path, error.to_string())),
        };
        for list in ["inbox", "outbox"] {
            keep(format!("/v1/records/{list}?limit=500"));
            for line in self.lines(list) {
                let record = line["record"].as_str().unwrap();
                keep(format!("/v1/records/{record}"));
                if list == "outbox" {
                    keep(format!("/v1/records/{record}/receipt"));
                }
                for file in 0..line["attachments"].as_u64().unwrap() {
                    keep(format!("/v1/records/{record}/attachments/{file}"));
                }
            }
        }
        keep("/v1/card".into());
        keep("/v1/agreements".into());
        keep("/v1/alarms".into());
        Copy(copy)
    }
}

fn place(line: &Value) -> (String, Option<u64>, String) {
    let text = |field: &str| line[field].as_str().unwrap_or_default().to_owned();
    (text("channel"), line["index"].as_u64(), text("record"))
}

/// Whether two sides say the same of every channel, and neither waits.
fn agree(a: &Value, b: &Value) -> bool {
    let (Some(a), Some(b)) = (a.as_array(), b.as_array()) else {
        return false;
    };
    let pairs = || a.iter().zip(b);
    a.len() == b.len()
        && pairs().all(|(a, b)| {
            a["waiting"] == 0
                && b["waiting"] == 0
                && a["sent"] == b["received"]
                && b["sent"] == a["received"]
        })
}
