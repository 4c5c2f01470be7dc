//! Counting when a case changes: what it counted for before is taken away, what it counts
//! for now is added, in the step that writes the case.

use std::collections::BTreeMap;

use minicbor::{Decode, Encode};
use passerelle_cases::{Ask, CaseId, Outcome, asks};
use passerelle_model::{Kind, PartyId, RefusalReason, Urgency, UtcTime};
use passerelle_store::Put;

use super::{Direction, Month};
use crate::cases::CaseDocument;
use crate::directory::Shelf;
use crate::{Error, Node};

/// What one request of a case counts for: a number of a month, or a key of what is open.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub(crate) struct Counted {
    /// Document of the month, `<month>/<partner>/<direction>`; the key of what is open.
    #[n(0)]
    key: String,
    /// Urgency and outcome, such as `urgent/on-time`; none where it is open.
    #[n(1)]
    word: Option<String>,
}

/// What is open: `<due>/<partner>/<direction>/<urgency>/<month>/<case>/<record>`.
pub(super) struct Open {
    pub(super) due: UtcTime,
    pub(super) partner: PartyId,
    pub(super) direction: Direction,
    pub(super) urgency: Urgency,
    pub(super) month: Month,
}

impl Node {
    /// Counts the cases of one step anew, and gives what is to be written with them.
    pub(crate) async fn count_asks(
        &self,
        cases: impl Iterator<Item = (&CaseId, &mut CaseDocument)>,
    ) -> Result<Vec<Put>, Error> {
        let mut changes: BTreeMap<(String, String), i64> = BTreeMap::new();
        let mut open: BTreeMap<String, bool> = BTreeMap::new();
        for (id, document) in cases {
            let now = self.counted(id, document).await?;
            let before = document.counted.replace(now.clone()).unwrap_or_default();
            let marked = before.into_iter().map(|one| (one, -1));
            for (one, sign) in marked.chain(now.into_iter().map(|one| (one, 1))) {
                match one.word {
                    Some(word) => *changes.entry((one.key, word)).or_default() += sign,
                    None => {
                        open.insert(one.key, sign > 0);
                    }
                }
            }
        }
        let mut puts = self.changed_months(changes).await?;
        puts.extend(open.into_iter().map(|(key, stays)| Put {
            kind: Shelf::OPEN_ASKS,
            key,
            bytes: stays.then(Vec::new),
            expected: None,
        }));
        Ok(puts)
    }

    async fn counted(&self, id: &CaseId, document: &CaseDocument) -> Result<Vec<Counted>, Error> {
        let case = &document.case;
        let requests = case
            .lines()
            .iter()
            .filter(|line| line.kind == Kind::Request);
        let (mut names, mut asked) = (Vec::new(), Vec::<PartyId>::new());
        for line in requests {
            names.push((line.party.clone(), line.record));
            asked.extend(line.to.iter().cloned());
        }
        // While it is open and not taken in yet, the sender's time stands in.
        let taken_in = self.taken_in(names).await?;
        asked.sort_unstable();
        asked.dedup();
        let deadlines = self.deadlines(&document.channel);
        let since = |line: &passerelle_cases::Line| {
            taken_in.get(&(line.party.clone(), line.record)).copied()
        };
        let mut counted = Vec::new();
        for party in asked {
            let found = asks(case, &party, &deadlines, since, self.now());
            counted.extend(found.iter().filter_map(|ask| self.entry(id, &party, ask)));
        }
        Ok(counted)
    }

    /// Requests between others, which stand in a case by reference only, are not ours to
    /// count.
    fn entry(&self, id: &CaseId, asked: &PartyId, ask: &Ask) -> Option<Counted> {
        let (partner, direction) = match (ask.by == self.party, *asked == self.party) {
            (true, false) => (asked, Direction::Sent),
            (false, true) => (&ask.by, Direction::Received),
            _ => return None,
        };
        let (month, direction) = (Month::of(ask.time), direction.word());
        let Ask {
            urgency, record, ..
        } = ask;
        Some(match word(ask.outcome) {
            Some(outcome) => Counted {
                key: format!("{month}/{partner}/{direction}"),
                word: Some(format!("{urgency}/{outcome}")),
            },
            None => Counted {
                key: format!(
                    "{:013}/{partner}/{direction}/{urgency}/{month}/{id}/{record}",
                    ask.due.millis()
                ),
                word: None,
            },
        })
    }

    async fn changed_months(
        &self,
        changes: BTreeMap<(String, String), i64>,
    ) -> Result<Vec<Put>, Error> {
        let mut months: BTreeMap<String, BTreeMap<String, i64>> = BTreeMap::new();
        for ((key, word), change) in changes {
            if change != 0 {
                months.entry(key).or_default().insert(word, change);
            }
        }
        let mut puts = Vec::new();
        for (key, changes) in months {
            let held = self.document(Shelf::STATISTICS, key.clone()).await?;
            let counts = held.map(|document| self.unsealed_json(&document));
            // A month that does not open stays as it is: whoever asks for it learns so, and
            // nothing else waits for it.
            let Ok(mut counts) = counts.unwrap_or_else(|| Ok(BTreeMap::<String, u64>::new()))
            else {
                tracing::warn!(key, "a month of the statistics does not open");
                continue;
            };
            for (word, change) in changes {
                let count = counts.entry(word).or_default();
                *count = count.saturating_add_signed(change);
            }
            counts.retain(|_, count| *count > 0);
            puts.push(self.sealed_json_put(Shelf::STATISTICS, key, &counts, None)?);
        }
        Ok(puts)
    }
}

/// The word of what is settled; none of what is open.
fn word(outcome: Outcome) -> Option<String> {
    match outcome {
        Outcome::OnTime => Some("on-time".to_owned()),
        Outcome::Late => Some("late".to_owned()),
        Outcome::Refused(reason) => Some(format!("refused/{reason}")),
        Outcome::Open | Outcome::Overdue => None,
    }
}

/// Urgency and outcome of a word such as `urgent/refused/scope`.
pub(super) fn read(word: &str) -> Option<(Urgency, Outcome)> {
    let (urgency, outcome) = word.split_once('/')?;
    let outcome = match outcome {
        "on-time" => Outcome::OnTime,
        "late" => Outcome::Late,
        other => {
            let reason: RefusalReason = other.strip_prefix("refused/")?.parse().ok()?;
            Outcome::Refused(reason)
        }
    };
    Some((urgency.parse().ok()?, outcome))
}

/// Month, partner and direction of the key of a month.
pub(super) fn parts(key: &str) -> Option<(Month, PartyId, Direction)> {
    let mut parts = key.split('/');
    let month = parts.next()?.parse().ok()?;
    let partner = parts.next()?.parse().ok()?;
    Some((month, partner, direction(parts.next()?)?))
}

fn direction(word: &str) -> Option<Direction> {
    [Direction::Sent, Direction::Received]
        .into_iter()
        .find(|direction| direction.word() == word)
}

/// Whether a key is one of an open ask.
pub(crate) fn is_open_key(key: &str) -> bool {
    Open::read(key).is_some()
}

impl Open {
    pub(super) fn read(key: &str) -> Option<Self> {
        let mut parts = key.split('/');
        Some(Self {
            due: UtcTime::from_millis(parts.next()?.parse().ok()?),
            partner: parts.next()?.parse().ok()?,
            direction: direction(parts.next()?)?,
            urgency: parts.next()?.parse().ok()?,
            month: parts.next()?.parse().ok()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_keys_read_back() {
        let reasons = RefusalReason::ALL.iter().copied().map(Outcome::Refused);
        for outcome in [Outcome::OnTime, Outcome::Late].into_iter().chain(reasons) {
            let text = format!("priority/{}", word(outcome).unwrap());
            assert_eq!(read(&text), Some((Urgency::Priority, outcome)));
        }
        assert_eq!(word(Outcome::Open), None);
        assert_eq!(read("urgent/gone"), None);
        let (month, partner, direction) = parts("2024-04/be.interior/received").unwrap();
        assert_eq!(month.to_string(), "2024-04");
        assert_eq!(
            (partner.as_str(), direction),
            ("be.interior", Direction::Received)
        );
        let open = Open::read("0000000000005/be.interior/sent/urgent/2024-04/x~y/z").unwrap();
        assert_eq!((open.due.millis(), open.urgency), (5, Urgency::Urgent));
        assert!(Open::read("soon/be.interior").is_none());
    }
}
