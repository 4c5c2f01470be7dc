//! The doctor: looks at everything that is kept, compares every leaf with its content and
//! every head with its leaves, and says what to do.

mod backups;
mod erased;
mod rows;
mod shelves;

use passerelle_envelope::{Envelope, open_with};
use passerelle_exchange::journal_key;
use passerelle_journal::{
    Commitment, EnvelopeHash, Frontier, Hash, Salt, SignedCheckpoint, merkle,
};
use passerelle_model::Digest;
use passerelle_store::{Entry, Head, Held, Journal, Tile};
use sha2::{Digest as _, Sha256};

use self::rows::Kept;
use crate::files::blocking;
use crate::journal::tiles;
use crate::register::REGISTER;
use crate::view::Finding;
use crate::{Error, Node};

/// Entries read at a time.
const BATCH: u64 = 512;
/// A partner's clock that differs by more is reported, in milliseconds (two minutes).
const CLOCK_TOLERANCE_MILLIS: i64 = 120_000;
/// A card that ends within this many days is reported.
const CARD_WARNING_DAYS: u32 = 30;

impl Node {
    /// Checks everything this node keeps. Reads all of it: takes a while on a large store.
    pub async fn doctor(&self) -> Vec<Finding> {
        let mut findings = vec![self.check_store().await];
        findings.push(self.check_keys());
        findings.extend(self.check_journals().await);
        findings.extend(self.check_files().await);
        findings.extend(self.check_documents().await);
        findings.push(self.check_erased().await);
        findings.extend(self.check_agreements());
        findings.extend(self.check_alarms().await);
        findings.extend(self.check_set_back().await);
        findings.push(self.check_backup().await);
        findings.extend(self.check_recoveries());
        findings.extend(self.check_partners());
        findings.extend(self.check_overdue().await);
        findings.push(self.check_frozen().await);
        findings.push(self.check_processing().await);
        findings
    }

    async fn check_store(&self) -> Finding {
        match self.store.check().await {
            Ok(report) if report.findings.is_empty() => good("store", "the engine finds no damage"),
            Ok(report) => bad(
                "store",
                "E_STORE_CORRUPT",
                report.findings.join("; "),
                "stop the node, keep a copy of the data folder, restore from a backup",
            ),
            Err(error) => failed("store", &error.into()),
        }
    }

    fn check_keys(&self) -> Finding {
        let (directory, keys) = (self.directory(), self.keys());
        let card = directory.own().content();
        let same = card.root == keys.root().verifying()
            && card.record_key == keys.record().verifying()
            && card.journal_key == keys.journal().verifying()
            && card.witness_key == keys.witness().verifying()
            && card.tls_keys.contains(&keys.tls().verifying());
        if !same {
            let advice = "put back the keyring that belongs to this data folder";
            return bad(
                "keys",
                "E_KEYRING_OTHER",
                "keyring and card differ".into(),
                advice,
            );
        }
        if card.expires <= self.now().day().plus_days(CARD_WARNING_DAYS).start() {
            let found = format!("our card ends on {}", card.expires);
            return bad(
                "keys",
                "E_CARD_EXPIRES",
                found,
                "make a new card: card rotate",
            );
        }
        good("keys", "keyring and card belong together")
    }

    async fn check_journals(&self) -> Vec<Finding> {
        let journals = match self.store.journals().await {
            Ok(journals) => journals,
            Err(error) => return vec![failed("journal", &error.into())],
        };
        let mut findings = Vec::new();
        for journal in journals {
            match self.check_journal(&journal).await {
                Ok(found) => findings.extend(found),
                Err(error) => findings.push(failed("journal", &error)),
            }
        }
        if findings.is_empty() {
            findings.push(good("journal", "no journals yet"));
        }
        findings
    }

    async fn check_journal(&self, journal: &Journal) -> Result<Vec<Finding>, Error> {
        let name = format!("{}/{}", journal.channel, journal.party);
        let head = self.store.head(journal).await?;
        let head = head.ok_or_else(|| Error::not_found("head of journal", &name))?;
        let mut scan = Scan {
            frontier: Frontier::new(),
            tiles: Vec::new(),
            damaged: Vec::new(),
            begun: false,
        };
        while scan.frontier.size() < head.size {
            let start = scan.frontier.size();
            let end = head.size.min(start + BATCH);
            let entries = self.store.entries(journal, start..end, 8 << 20).await?;
            if entries.is_empty() {
                break;
            }
            if journal.channel.as_str() == REGISTER {
                self.scan_acts(&mut scan, &entries).await?;
                continue;
            }
            for kept in self.scan(&mut scan, entries)? {
                if !self.rows_agree(journal, &kept).await? {
                    scan.damaged.push(kept.index);
                }
            }
        }
        let mut findings = vec![content_finding(&name, &scan)];
        findings.push(self.head_finding(journal, &name, &head, &scan).await?);
        Ok(findings)
    }

    /// The same for the register: every act opens, fits its leaf, and is found where it should
    /// be. Retention erases the oldest first: one that is gone after one that is held was
    /// taken away by hand.
    async fn scan_acts(&self, scan: &mut Scan, entries: &[Entry]) -> Result<(), Error> {
        scan.leaves(entries)?;
        for entry in entries {
            let whole = match self.opened_act(entry) {
                Ok(Some(opened)) => self.act_is_indexed(entry.index, &opened.act).await?,
                Ok(None) => matches!(entry.held, Held::Erased { .. }) && !scan.begun,
                Err(_) => false,
            };
            scan.begun |= matches!(entry.held, Held::Content { .. });
            if !whole {
                scan.damaged.push(entry.index);
            }
        }
        Ok(())
    }

    /// Takes the leaves in and opens what is held; what does not fit its leaf is damaged.
    fn scan(&self, scan: &mut Scan, entries: Vec<Entry>) -> Result<Vec<Kept>, Error> {
        scan.leaves(&entries)?;
        let keys = self.keys();
        let mut opened = Vec::with_capacity(entries.len());
        for Entry {
            index,
            commitment,
            held,
        } in entries
        {
            let Held::Content {
                salt,
                envelope,
                content_key,
                record,
                time,
            } = held
            else {
                continue;
            };
            let leaf = Commitment::from_bytes(*commitment.as_bytes());
            let salt = Salt::from_bytes(*salt.as_bytes());
            let whole = leaf.check(&salt, &EnvelopeHash::of(&envelope)).is_ok();
            let content = keys
                .store()
                .unwrap_content_key(&content_key, leaf.as_bytes())
                .and_then(|key| open_with(&Envelope::parse(&envelope)?, &key));
            match content {
                Ok(content) if whole => opened.push(Kept {
                    index,
                    record,
                    time,
                    opened: content,
                }),
                _ => scan.damaged.push(index),
            }
        }
        Ok(opened)
    }

    /// The head over all leaves, its tiles, and the checkpoints of both sides.
    async fn head_finding(
        &self,
        journal: &Journal,
        name: &str,
        head: &Head,
        scan: &Scan,
    ) -> Result<Finding, Error> {
        let advice = "stop the node and restore from a backup; the partner's copy and its \
                      co-signature tell what is missing";
        let wrong = |found: String| Ok(bad("journal", "E_JOURNAL_DAMAGED", found, advice));
        if scan.frontier.size() != head.size {
            return wrong(format!("{name}: entry {} is missing", scan.frontier.size()));
        }
        let root = *scan.frontier.root().as_bytes();
        if root != *head.root.as_bytes() || scan.frontier.to_bytes() != head.frontier {
            return wrong(format!("{name}: the leaves do not give the stored head"));
        }
        if !self.tiles_stand(journal, &scan.tiles).await? {
            return wrong(format!(
                "{name}: a stored tile is not the root of its leaves"
            ));
        }
        if let Some(found) = self.checkpoints_wrong(journal, head).await? {
            return wrong(format!("{name}: {found}"));
        }
        Ok(good(
            "journal",
            &format!("{name}: {} entries, head and proofs agree", head.size),
        ))
    }

    async fn tiles_stand(&self, journal: &Journal, expected: &[Tile]) -> Result<bool, Error> {
        for tile in expected {
            let range = tile.index..tile.index + 1;
            if self.store.tiles(journal, tile.level, range).await? != [tile.root] {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Of a partner's journal, the checkpoint we hold; of ours, what each partner co-signed.
    async fn checkpoints_wrong(
        &self,
        journal: &Journal,
        head: &Head,
    ) -> Result<Option<String>, Error> {
        let directory = self.directory();
        if journal.party != self.party {
            let partner = directory.partner(&journal.party)?;
            let key = journal_key(partner.pinned.card().content(), &journal.channel)?;
            let note = String::from_utf8_lossy(&head.checkpoint);
            let stands = SignedCheckpoint::open(&note, &key).is_ok_and(|seen| {
                seen.size() == head.size && seen.root().as_bytes() == head.root.as_bytes()
            });
            return Ok((!stands).then(|| "the stored checkpoint is not of this head".to_owned()));
        }
        for (party, _) in directory.partners() {
            if let Some(found) = self.cosigned_wrong(journal, head, party).await? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// Every complete blob against its name, and every blob that should be here.
    async fn check_files(&self) -> Vec<Finding> {
        match self.files_report().await {
            Ok((count, wrong)) if wrong.is_empty() => {
                vec![good("files", &format!("{count} attachments are whole"))]
            }
            Ok((_, wrong)) => wrong
                .into_iter()
                .map(|found| {
                    let advice = "restore the blob from a backup; the partner may hold it too";
                    bad("files", "E_FILE_DAMAGED", found, advice)
                })
                .collect(),
            Err(error) => vec![failed("files", &error)],
        }
    }

    async fn files_report(&self) -> Result<(usize, Vec<String>), Error> {
        let mut wrong = Vec::new();
        let held = self.blobs.list()?;
        for (blob, _) in &held {
            let (blob, reader) = (*blob, self.blobs.open(*blob)?);
            let Some(reader) = reader else { continue };
            if blocking(self.blobs.may_block(), move || hash(reader.as_ref())).await? != blob {
                wrong.push(format!("attachment {blob} is altered"));
            }
        }
        for journal in self.store.journals().await? {
            for need in self.store.blob_needs(&journal, false).await? {
                if need.complete && !held.iter().any(|(blob, _)| *blob == need.blob) {
                    wrong.push(format!("attachment {} is missing", need.blob));
                }
            }
        }
        Ok((held.len(), wrong))
    }

    fn check_agreements(&self) -> Vec<Finding> {
        let (directory, day) = (self.directory(), self.now().day());
        let in_force = directory.channels(day);
        if in_force.is_empty() {
            let found = "no agreement is signed by all and in force".to_owned();
            let advice = "write one with `agreement new`, sign it on both sides";
            return vec![bad("agreement", "E_AGREEMENT_NOT_IN_FORCE", found, advice)];
        }
        let names: Vec<String> = in_force.iter().map(ToString::to_string).collect();
        vec![good(
            "agreement",
            &format!("in force: {}", names.join(", ")),
        )]
    }

    async fn check_alarms(&self) -> Vec<Finding> {
        match self.alarms().await {
            Ok(alarms) if alarms.is_empty() => vec![good("alarms", "no alarm is open")],
            Ok(alarms) => alarms
                .into_iter()
                .map(|alarm| {
                    let found =
                        format!("{} about {} since {}", alarm.code, alarm.party, alarm.time);
                    let advice = "read the evidence, decide, then `resume`";
                    bad("alarms", "E_ALARM_OPEN", found, advice)
                })
                .collect(),
            Err(error) => vec![failed("alarms", &error)],
        }
    }

    /// Whose proof we hold that our register is not the one it co-signed.
    async fn check_set_back(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (party, _) in self.directory().partners() {
            match self.register_set_back(party).await {
                Ok(None) => {}
                Ok(Some(_)) => findings.push(bad(
                    "register",
                    crate::register::SET_BACK,
                    format!("the register does not continue what {party} co-signed"),
                    "tell the data-protection officer: acts after the restored copy are lost",
                )),
                Err(error) => findings.push(failed("register", &error)),
            }
        }
        findings
    }

    fn check_partners(&self) -> Vec<Finding> {
        let directory = self.directory();
        let mut findings = Vec::new();
        for (party, partner) in directory.partners() {
            if let Err(error) = partner.pinned.in_force(self.now()) {
                let advice = "ask the partner for its newest card and pair it";
                findings.push(bad(
                    "partner",
                    error.code(),
                    format!("{party}: {error}"),
                    advice,
                ));
            }
            let link = self.link(party).view();
            let offset = link.clock_offset_millis.unwrap_or(0);
            if offset.abs() > CLOCK_TOLERANCE_MILLIS {
                let found = format!("the clock of {party} differs by {} s", offset / 1000);
                findings.push(bad(
                    "clock",
                    "E_CLOCK",
                    found,
                    "compare both clocks with a third",
                ));
            }
            findings.push(match link.last_error {
                Some(code) => {
                    let advice = "see `why`; check the address on its card and the network";
                    bad(
                        "partner",
                        "E_PARTNER_UNREACHED",
                        format!("{party}: {code}"),
                        advice,
                    )
                }
                None => good("partner", &format!("{party} is paired")),
            });
        }
        if findings.is_empty() {
            findings.push(good("partner", "nobody is paired yet"));
        }
        findings
    }
}

/// What a walk over a journal found.
struct Scan {
    frontier: Frontier,
    tiles: Vec<Tile>,
    damaged: Vec<u64>,
    /// Whether an act was seen whose content is held.
    begun: bool,
}

impl Scan {
    fn leaves(&mut self, entries: &[Entry]) -> Result<(), Error> {
        let leaves: Vec<Hash> = entries
            .iter()
            .map(|entry| merkle::leaf_hash(entry.commitment.as_bytes()))
            .collect();
        self.tiles
            .extend(tiles(merkle::completed(&mut self.frontier, &leaves)?));
        Ok(())
    }
}

fn content_finding(name: &str, scan: &Scan) -> Finding {
    match scan.damaged.first() {
        None => good(
            "content",
            &format!("{name}: every leaf matches its content"),
        ),
        Some(first) => bad(
            "content",
            "E_CONTENT_DAMAGED",
            format!(
                "{name}: {} entries do not match their leaf, first {first}",
                scan.damaged.len()
            ),
            "restore from a backup; what was exchanged can be compared with the partner's copy",
        ),
    }
}

fn hash(reader: &dyn passerelle_store::BlobReader) -> Result<Digest, Error> {
    let (mut hasher, mut offset) = (Sha256::new(), 0);
    let mut buffer = vec![0; 1 << 20];
    loop {
        let read = reader.read_at(offset, &mut buffer)?;
        if read == 0 {
            return Ok(Digest::new(hasher.finalize().into()));
        }
        hasher.update(buffer.get(..read).unwrap_or_default());
        offset += read as u64;
    }
}

pub(crate) fn good(area: &str, found: &str) -> Finding {
    Finding {
        area: area.to_owned(),
        good: true,
        owed: false,
        code: None,
        found: found.to_owned(),
        advice: String::new(),
    }
}

pub(crate) fn bad(area: &str, code: &str, found: String, advice: &str) -> Finding {
    Finding {
        area: area.to_owned(),
        good: false,
        owed: false,
        code: Some(code.to_owned()),
        found,
        advice: advice.to_owned(),
    }
}

/// A duty that people owe.
pub(crate) fn owed(code: &str, found: String, advice: &str) -> Finding {
    Finding {
        owed: true,
        ..bad("duties", code, found, advice)
    }
}

pub(crate) fn failed(area: &str, error: &Error) -> Finding {
    bad(
        area,
        error.code(),
        error.to_string(),
        "see the message; if it stays, restore a backup",
    )
}
