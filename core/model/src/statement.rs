//! What a node says, in its own journal, about the records it received: accepted, refused,
//! files complete, read, erased, how it was used. Receipts can carry one such statement with a proof.

use minicbor::{Decode, Encode};

use crate::codec;
use crate::{ChannelId, Digest, Error, PartyId, RecordId, UtcTime};

/// Most statements in one batch.
pub const MAX_STATEMENTS: usize = 4096;
/// Largest encoded batch of statements, in bytes.
pub const MAX_STATEMENTS_BYTES: usize = 1024 * 1024;

crate::macros::checked_text! {
    /// A stable code such as `E_PURPOSE`: `E_`, then capitals, digits and underscores, at most
    /// 64 bytes. A partner's code is shown to people, so it can hold nothing else.
    StableCode, |text| {
        let rest = text.strip_prefix("E_").unwrap_or_default();
        let letter = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_';
        if text.len() <= 64 && !rest.is_empty() && rest.bytes().all(letter) {
            Ok(())
        } else {
            Err(Error::identifier("code", text, "write E_ and capital letters"))
        }
    }
}

impl StableCode {
    /// One of this program's own codes; `E_UNKNOWN` for anything that is none.
    pub fn of(code: &str) -> Self {
        code.parse()
            .unwrap_or_else(|_| Self("E_UNKNOWN".to_owned()))
    }
}

/// What is said about one record.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, serde::Serialize)]
#[serde(tag = "said", rename_all = "kebab-case")]
pub enum Said {
    /// Durable, opened, and every rule lets us hold and use it.
    #[n(0)]
    Accepted,
    /// Durable, but not taken: `code` is the rule's stable code. Its content is not kept.
    #[n(1)]
    Refused {
        /// Such as `E_PURPOSE`.
        #[n(0)]
        code: StableCode,
    },
    /// Every attachment is durable and its hash was checked.
    #[n(2)]
    FilesComplete,
    /// An officer of a recipient unit opened it for the first time.
    #[n(3)]
    Read,
    /// Content, index entries and key are destroyed, as the recall asked.
    #[n(4)]
    Erased,
    /// The recall is not followed; `code` says why (such as a legal hold).
    #[n(5)]
    ErasureRefused {
        /// Such as `E_LEGAL_HOLD`.
        #[n(0)]
        code: StableCode,
    },
    /// An officer of the recipient reports how it was used: `code` says in which way, such as
    /// `E_USE_CAPITAL_CHARGE`. Any code but `E_USE_AS_AGREED` freezes the record on both sides.
    #[n(6)]
    UseReported {
        /// How it was used.
        #[n(0)]
        code: StableCode,
    },
}

/// One statement. The salt keeps a receipt, which shows the Merkle path of one statement,
/// from telling what its neighbours say.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, serde::Serialize)]
#[cbor(map)]
pub struct Statement {
    /// Index of the record's leaf in the sender's journal.
    #[n(0)]
    pub index: u64,
    /// The record's leaf: its salted commitment.
    #[n(1)]
    pub commitment: Digest,
    /// The record, where the envelope could be opened.
    #[n(2)]
    pub record: Option<RecordId>,
    /// What is said.
    #[n(3)]
    pub said: Said,
    /// When, by the stating node's clock.
    #[n(4)]
    pub time: UtcTime,
    /// Random.
    #[n(5)]
    pub salt: Digest,
}

impl Statement {
    /// The bytes that are a leaf of the batch's Merkle tree.
    pub fn to_bytes(&self) -> Vec<u8> {
        codec::to_canonical(self)
    }

    /// Reads one statement back.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        Ok(codec::from_canonical(bytes, MAX_STATEMENTS_BYTES)?)
    }
}

/// What is signed: the root over a batch of statements of `by` about records of `about`.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct StatementsHead {
    /// The channel.
    #[n(0)]
    pub channel: ChannelId,
    /// Who states.
    #[n(1)]
    pub by: PartyId,
    /// Whose records.
    #[n(2)]
    pub about: PartyId,
    /// Number of statements.
    #[n(3)]
    pub size: u64,
    /// RFC 6962 root over the statements' encodings.
    #[n(4)]
    pub root: Digest,
}

impl StatementsHead {
    /// The one encoding that is signed.
    pub fn to_bytes(&self) -> Vec<u8> {
        codec::to_canonical(self)
    }

    /// Reads a signed payload.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        Ok(codec::from_canonical(bytes, 1024)?)
    }
}

/// The content of a statements envelope: the signed head and every statement.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct StatementBatch {
    /// COSE_Sign1 over the [`StatementsHead`].
    #[cbor(n(0), with = "minicbor::bytes")]
    pub signed_head: Vec<u8>,
    /// The statements, in the order of the tree.
    #[n(1)]
    pub statements: Vec<Statement>,
}

impl StatementBatch {
    /// The one encoding.
    pub fn to_bytes(&self) -> Vec<u8> {
        codec::to_canonical(self)
    }

    /// Reads a batch of at most [`MAX_STATEMENTS`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let batch: Self = codec::from_canonical(bytes, MAX_STATEMENTS_BYTES)?;
        if batch.statements.is_empty() || batch.statements.len() > MAX_STATEMENTS {
            return Err(Error::Document(format!(
                "{} statements",
                batch.statements.len()
            )));
        }
        Ok(batch)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_hold_nothing_that_a_terminal_obeys() {
        assert!("E_PURPOSE".parse::<StableCode>().is_ok());
        for bad in ["E_", "e_x", "E_A B", "E_A\u{1b}[2J", "E_A\nE_B", "PURPOSE"] {
            assert!(bad.parse::<StableCode>().is_err(), "{bad:?}");
        }
    }

    /// The example of docs/protocol.md.
    #[test]
    fn a_report_of_use_is_encoded_as_documented() {
        let said = Said::UseReported {
            code: StableCode::of("E_USE_CAPITAL_CHARGE"),
        };
        let hex = crate::hex::encode(&codec::to_canonical(&said));
        assert_eq!(hex, "82068174455f5553455f4341504954414c5f434841524745");
    }

    #[test]
    fn a_batch_reads_back() {
        let statement = Statement {
            index: 4,
            commitment: Digest::new([3; 32]),
            record: Some(RecordId::from_parts(9, [1; 10])),
            said: Said::Refused {
                code: "E_PURPOSE".parse().unwrap(),
            },
            time: UtcTime::from_millis(5),
            salt: Digest::new([9; 32]),
        };
        assert_eq!(
            Statement::from_bytes(&statement.to_bytes()).unwrap(),
            statement
        );
        let batch = StatementBatch {
            signed_head: vec![1, 2],
            statements: vec![statement],
        };
        assert_eq!(
            StatementBatch::from_bytes(&batch.to_bytes()).unwrap(),
            batch
        );
        let empty = StatementBatch {
            statements: vec![],
            ..batch
        };
        assert!(StatementBatch::from_bytes(&empty.to_bytes()).is_err());
    }
}
