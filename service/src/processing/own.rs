//! What the node processes for itself: its staff, their acts, what it needs to run. Counted and
//! read from the settings when somebody asks, so that the register says what is done here.

use passerelle_envelope::MAX_RETIRED_KEYS;
use passerelle_identity::{ABSOLUTE_MILLIS, IDLE_MILLIS, SETUP_MILLIS};
use passerelle_store::{KeyPage, MAX_PAGE};
use serde::{Deserialize, Serialize};

use crate::directory::Shelf;
use crate::{Error, Node, Settings};

const MINUTE: u64 = 60_000;
const HOUR: u64 = 60 * MINUTE;

/// A kind of processing of the node's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OwnKind {
    /// Accounts of staff, and how they sign in.
    Accounts,
    /// What staff leave behind at their work: drafts, conditions accepted, notes.
    Work,
    /// The register of acts.
    Acts,
    /// Requests of data subjects, breaches, reports in confidence, accesses of the authority.
    Duties,
    /// Answers from the public.
    Answers,
    /// Programs with a token.
    Programs,
    /// Keys.
    Keys,
    /// The log on standard error.
    Log,
    /// Backups.
    Backups,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnEntry {
    /// Which.
    pub kind: OwnKind,
    /// What is held of it now, in numbers.
    pub held: Vec<OwnHeld>,
    /// What ends it.
    pub limits: Vec<OwnLimit>,
}

/// How much of something is held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnHeld {
    /// What: the name of its shelf, `acts`, `unit-keys` or `retired-keys`.
    pub what: String,
    /// How many.
    pub count: u64,
}

/// What ends a kind of processing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnLimit {
    /// Its name, which says the unit too, such as `register-days`.
    pub what: String,
    /// How many; `None` where no number ends it.
    pub amount: Option<u64>,
}

impl OwnKind {
    /// Every one, in the order in which they are shown.
    pub const ALL: [Self; 9] = [
        Self::Accounts,
        Self::Work,
        Self::Acts,
        Self::Duties,
        Self::Answers,
        Self::Programs,
        Self::Keys,
        Self::Log,
        Self::Backups,
    ];

    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Accounts => "accounts",
            Self::Work => "work",
            Self::Acts => "acts",
            Self::Duties => "duties",
            Self::Answers => "answers",
            Self::Programs => "programs",
            Self::Keys => "keys",
            Self::Log => "log",
            Self::Backups => "backups",
        }
    }
}

/// To which entry the documents of a shelf belong; `None` for what belongs to the agreements, or
/// names nobody.
fn entry_of(shelf: &str) -> Option<OwnKind> {
    Some(match shelf {
        Shelf::PERSON | Shelf::CREDENTIAL | Shelf::SESSION | Shelf::SETUP | Shelf::CONFIDANT => {
            OwnKind::Accounts
        }
        Shelf::DRAFT | Shelf::LOOK | Shelf::READERS | Shelf::GLASS | Shelf::GROUP_NOTE => {
            OwnKind::Work
        }
        Shelf::RIGHTS | Shelf::BREACH | Shelf::CONFIDED | Shelf::INSPECTION => OwnKind::Duties,
        Shelf::GROUP_ANSWER => OwnKind::Answers,
        Shelf::TOKEN => OwnKind::Programs,
        _ => return None,
    })
}

impl Node {
    /// What the node processes for itself.
    pub(super) async fn own_processing(&self, settings: &Settings) -> Result<Vec<OwnEntry>, Error> {
        let mut entries = Vec::with_capacity(OwnKind::ALL.len());
        for kind in OwnKind::ALL {
            entries.push(OwnEntry {
                kind,
                held: self.held_of(kind).await?,
                limits: limits(kind, settings),
            });
        }
        Ok(entries)
    }

    async fn held_of(&self, kind: OwnKind) -> Result<Vec<OwnHeld>, Error> {
        let keys = self.keys();
        Ok(match kind {
            OwnKind::Acts => vec![held("acts", self.register_size().await?)],
            OwnKind::Keys => vec![
                held("unit-keys", keys.units().count() as u64),
                held("retired-keys", keys.retired().count() as u64),
            ],
            OwnKind::Backups => {
                let last = self.backups().await?.last;
                vec![held("backups-made", u64::from(last.is_some()))]
            }
            kind => {
                let mut found = Vec::new();
                for shelf in Shelf::ALL {
                    if entry_of(shelf) == Some(kind) {
                        found.push(held(shelf, self.documents_of(shelf).await?));
                    }
                }
                found
            }
        })
    }

    async fn documents_of(&self, shelf: &'static str) -> Result<u64, Error> {
        let (mut count, mut after) = (0, None);
        loop {
            let page = KeyPage {
                after: after.take(),
                limit: MAX_PAGE,
                ..KeyPage::default()
            };
            let rows = self.store.page(shelf, page).await?;
            count += rows.len() as u64;
            match rows.last() {
                Some(last) if rows.len() >= MAX_PAGE => after = Some(last.key.clone()),
                _ => return Ok(count),
            }
        }
    }
}

fn limits(kind: OwnKind, settings: &Settings) -> Vec<OwnLimit> {
    let days = |what, days: u32| limit(what, Some(u64::from(days)));
    match kind {
        OwnKind::Accounts => vec![
            limit("session-idle-minutes", Some(IDLE_MILLIS / MINUTE)),
            limit("session-hours", Some(ABSOLUTE_MILLIS / HOUR)),
            limit("setup-link-hours", Some(SETUP_MILLIS / HOUR)),
            limit("accounts-stay", None),
        ],
        OwnKind::Work => vec![limit("with-record", None)],
        OwnKind::Acts => vec![
            days("register-days", settings.register_days),
            limit("leaves-stay", None),
        ],
        OwnKind::Duties => vec![
            days("rights-days", settings.rights_days),
            days("breach-days", settings.breach_days),
        ],
        OwnKind::Answers => vec![days("answer-days", settings.answer_days)],
        OwnKind::Programs => vec![limit("until-revoked", None)],
        OwnKind::Keys => vec![limit("retired-keys-at-most", Some(MAX_RETIRED_KEYS as u64))],
        OwnKind::Log => vec![limit("not-kept-here", None)],
        OwnKind::Backups => vec![
            days("backup-every-days", settings.backup_days),
            limit("beyond-reach", None),
        ],
    }
}

fn held(what: &str, count: u64) -> OwnHeld {
    OwnHeld {
        what: what.to_owned(),
        count,
    }
}

fn limit(what: &str, amount: Option<u64>) -> OwnLimit {
    OwnLimit {
        what: what.to_owned(),
        amount,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Shelves of what the agreements are about, and of what names nobody of the staff. A new
    /// shelf stands here or in an entry.
    const ELSEWHERE: [&str; 36] = [
        Shelf::OWN,
        Shelf::CARD,
        Shelf::PARTNER,
        Shelf::AGREEMENT,
        Shelf::SIGNATURE,
        Shelf::ALARM,
        Shelf::STAGED,
        Shelf::UPLOADS,
        Shelf::QUOTA,
        Shelf::RECALL,
        Shelf::DRAFT_LIST,
        Shelf::SETTINGS,
        Shelf::CASE,
        Shelf::CASE_OF,
        Shelf::CASE_LIST,
        Shelf::WAITS,
        Shelf::CURSOR,
        Shelf::PERMISSION,
        Shelf::KEPT,
        Shelf::KEEP_LIST,
        Shelf::ACT_INDEX,
        Shelf::REGISTER,
        Shelf::REFUSED,
        Shelf::STATISTICS,
        Shelf::OPEN_ASKS,
        Shelf::ACCESS,
        Shelf::POLICY,
        Shelf::RECOVERY,
        Shelf::SET_BACK,
        Shelf::BACKUP,
        Shelf::GROUP_READING,
        Shelf::GROUP_REPLY,
        Shelf::GROUP_SEALED,
        Shelf::GROUP_SEEN,
        Shelf::GROUP_BONES,
        Shelf::GROUP_CHANGED,
    ];

    #[test]
    fn every_shelf_is_of_an_entry_or_elsewhere() {
        let elsewhere: BTreeSet<&str> = ELSEWHERE.into();
        for shelf in Shelf::ALL {
            let own = entry_of(shelf).is_some();
            assert!(own != elsewhere.contains(shelf), "{shelf}");
        }
    }

    #[test]
    fn limits_are_those_of_the_settings() {
        let settings = Settings {
            register_days: 400,
            answer_days: 30,
            ..Settings::default()
        };
        let amount = |kind| limits(kind, &settings)[0].amount;
        assert_eq!(amount(OwnKind::Acts), Some(400));
        assert_eq!(amount(OwnKind::Answers), Some(30));
        assert_eq!(amount(OwnKind::Accounts), Some(30));
    }
}
