//! Receipts, fetched, written to files, and verified from those files and the two cards.

use std::path::{Path, PathBuf};

use passerelle_exchange::receipt::Proven;
use passerelle_service::Node;

use super::nodes::Pair;
use super::story::Sent;
use crate::failure::Failure;
use crate::files;
use crate::table::{Table, clipped};

/// Largest file read back, in bytes.
const MAX_BYTES: u64 = 8 << 20;
/// Columns of a label in the table.
const LABEL: usize = 56;

/// Where cards and receipts of the demonstration lie.
pub(super) struct Proofs {
    dir: PathBuf,
}

impl Proofs {
    /// Writes both cards.
    pub(super) fn new(dir: &Path, pair: &Pair) -> Result<Self, Failure> {
        let proofs = Self { dir: folder(dir) };
        files::make_dir(&proofs.dir)?;
        for side in pair.sides() {
            let card = side.node().card().armoured;
            files::create(&proofs.card(side.name), card.as_bytes())?;
        }
        Ok(proofs)
    }

    /// Fetches the receipt of each record, writes it, verifies the file offline, and lists
    /// what is proved.
    pub(super) async fn verify(&self, pair: &Pair, sent: &[Sent]) -> anyhow::Result<()> {
        let mut table = Table::new(&["RECORD", "ENTRY", "CO-SIGNED", "STATED", "RECEIPT"]);
        for sent in sent {
            let receipt = sent.side(pair).node().receipt(&sent.id, None).await?;
            let path = self.dir.join(format!("{}.receipt", sent.id));
            files::create(&path, receipt.as_bytes())?;
            let proven = self.verified(&path)?;
            check(&proven, sent, pair)?;
            let entry = format!("{} of {}", proven.index + 1, proven.size);
            let label = clipped(&sent.label, LABEL);
            let stated = proven.said.len().to_string();
            table.row([
                &label,
                &entry,
                &proven.cosigned.to_string(),
                &stated,
                "verified",
            ]);
        }
        print!("{table}");
        Ok(())
    }

    fn verified(&self, receipt: &Path) -> anyhow::Result<Proven> {
        let text = files::read_text(receipt, MAX_BYTES)?;
        let rabat = files::read(&self.card("Rabat"), MAX_BYTES)?;
        let brussels = files::read(&self.card("Brussels"), MAX_BYTES)?;
        Ok(Node::verify_receipt(&text, &rabat, &brussels)?)
    }

    fn card(&self, name: &str) -> PathBuf {
        self.dir.join(format!("{}.card", name.to_lowercase()))
    }
}

/// Where they lie below the demonstration's folder.
pub(super) fn folder(dir: &Path) -> PathBuf {
    dir.join("receipts")
}

/// A genuine receipt of another record proves nothing about this one.
fn check(proven: &Proven, sent: &Sent, pair: &Pair) -> Result<(), Failure> {
    if proven.record == sent.id && proven.from == *sent.side(pair).party() {
        return Ok(());
    }
    Err(Failure::new(
        "E_RECEIPT",
        format!("the receipt of {} is another record's", sent.id),
    ))
}
