//! The receipt: one text file that proves, offline and to anyone with the two cards, that a
//! partner holds a record and what it said about it.
//!
//! ```text
//! passerelle receipt v1
//! channel ma-be-security
//! from ma.interior
//! by be.interior
//! record 018ee3…
//! envelope <SHA-256 of the sealed envelope, hex>
//! salt <salt of the leaf, hex>
//!
//! -----BEGIN TLOG PROOF-----
//! c2sp.org/tlog-proof@v1 …
//! -----END TLOG PROOF-----
//! -----BEGIN PASSERELLE STATEMENT-----   one or more: accepted, refused, files complete, …
//! -----END PASSERELLE STATEMENT-----
//! -----BEGIN PASSERELLE CARD-----        the cards whose keys are used
//! -----END PASSERELLE CARD-----
//! ```
//!
//! There is one way to write a receipt: what parses is written again and must be the same
//! text, so no byte of it is outside what is checked.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use minicbor::{Decode, Encode};
use passerelle_envelope::{VerifiedCard, verify_statements};
use passerelle_journal::{Commitment, EnvelopeHash, Hash, LogProof, Salt, WitnessKey, merkle};
use passerelle_model::codec::{from_canonical, to_canonical};
use passerelle_model::{
    ChannelId, Digest, PartyId, RecordId, Said, Statement, StatementsHead, UtcTime,
};

use crate::names::{journal_key, journal_origin, witness_key, witness_name};
use crate::{Error, message};

/// Largest receipt, in bytes (4 MiB).
pub const MAX_RECEIPT_BYTES: usize = 4 * 1024 * 1024;
/// Most statements of one receipt.
pub const MAX_RECEIPT_STATEMENTS: usize = 8;
/// Most cards of one receipt.
pub const MAX_RECEIPT_CARDS: usize = 8;

const TITLE: &str = "passerelle receipt v1\n";
const PROOF: &str = "TLOG PROOF";
const STATEMENT: &str = "PASSERELLE STATEMENT";
const CARD: &str = "PASSERELLE CARD";

/// A receipt as written; what it proves, [`Receipt::verify`] says.
#[derive(Debug, Clone)]
pub struct Receipt {
    /// The channel.
    pub channel: ChannelId,
    /// The party that sent the record.
    pub from: PartyId,
    /// The party that holds it.
    pub by: PartyId,
    /// The record.
    pub record: RecordId,
    /// Hash of its sealed envelope.
    pub envelope: EnvelopeHash,
    /// Salt of its leaf.
    pub salt: Salt,
    /// Inclusion of the leaf under a checkpoint that the holder co-signed.
    pub proof: LogProof,
    /// What the holder stated about the record.
    pub statements: Vec<StatementProof>,
    /// Cards whose keys are used, of both parties.
    pub cards: Vec<VerifiedCard>,
}

/// One statement with its path to a signed head.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct StatementProof {
    /// COSE_Sign1 over the [`StatementsHead`].
    #[cbor(n(0), with = "minicbor::bytes")]
    pub signed_head: Vec<u8>,
    /// The exact bytes of the [`Statement`]: what the leaf of the batch's tree hashes.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub statement: Vec<u8>,
    /// Its position in the batch.
    #[n(2)]
    pub position: u64,
    /// RFC 6962 inclusion path.
    #[n(3)]
    pub path: Vec<Digest>,
}

/// What a receipt proves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proven {
    /// The channel.
    pub channel: ChannelId,
    /// The sender.
    pub from: PartyId,
    /// The holder.
    pub by: PartyId,
    /// The record.
    pub record: RecordId,
    /// Index in the sender's journal.
    pub index: u64,
    /// Size of the co-signed journal.
    pub size: u64,
    /// When the holder co-signed, by its clock.
    pub cosigned: UtcTime,
    /// What the holder stated, and when.
    pub said: Vec<(Said, UtcTime)>,
}

impl Receipt {
    /// Reads the written form.
    pub fn parse(text: &str) -> Result<Self, Error> {
        if text.len() > MAX_RECEIPT_BYTES {
            return Err(Error::Limit {
                what: "receipt bytes",
                found: text.len() as u64,
                limit: MAX_RECEIPT_BYTES as u64,
            });
        }
        let mut rest = text
            .strip_prefix(TITLE)
            .ok_or_else(|| bad("not a receipt"))?;
        let receipt = Self {
            channel: field(&mut rest, "channel")?.parse()?,
            from: field(&mut rest, "from")?.parse()?,
            by: field(&mut rest, "by")?.parse()?,
            record: field(&mut rest, "record")?.parse()?,
            envelope: EnvelopeHash::from_bytes(bytes32(field(&mut rest, "envelope")?)?),
            salt: Salt::from_bytes(bytes32(field(&mut rest, "salt")?)?),
            proof: LogProof::parse(blocks(&mut rest, PROOF, 1)?.first().unwrap_or(&""))?,
            statements: blocks(&mut rest, STATEMENT, MAX_RECEIPT_STATEMENTS)?
                .into_iter()
                .map(parse_statement)
                .collect::<Result<_, _>>()?,
            cards: blocks(&mut rest, CARD, MAX_RECEIPT_CARDS)?
                .into_iter()
                .map(parse_card)
                .collect::<Result<_, _>>()?,
        };
        if receipt.to_string() == text {
            Ok(receipt)
        } else {
            Err(bad("not in its one written form"))
        }
    }

    /// Checks everything, offline. `sender` and `holder` are the cards that the verifier
    /// trusts; the cards inside must be of the same parties and root keys.
    pub fn verify(&self, sender: &VerifiedCard, holder: &VerifiedCard) -> Result<Proven, Error> {
        self.check_parties(sender, holder)?;
        self.check_bare()?;
        let commitment = Commitment::new(&self.salt, &self.envelope);
        let (index, size, cosigned) = self.verify_inclusion(&commitment)?;
        let said = self
            .statements
            .iter()
            .map(|proof| self.verify_statement(proof, index, &commitment))
            .collect::<Result<Vec<_>, _>>()?;
        let judged = |said: &Said| matches!(said, Said::Accepted | Said::Refused { .. });
        if !said.iter().any(|(said, _)| judged(said)) {
            return Err(bad("does not say whether the record was accepted"));
        }
        Ok(Proven {
            channel: self.channel.clone(),
            from: self.from.clone(),
            by: self.by.clone(),
            record: self.record,
            index,
            size,
            cosigned,
            said,
        })
    }

    fn check_parties(&self, sender: &VerifiedCard, holder: &VerifiedCard) -> Result<(), Error> {
        for (card, party, role) in [(sender, &self.from, "sender"), (holder, &self.by, "holder")] {
            if card.content().party != *party {
                let given = &card.content().party;
                return Err(bad(&format!(
                    "the {role} is {party}, the card given is of {given}"
                )));
            }
        }
        for card in &self.cards {
            let trusted = [sender, holder].into_iter().any(|trusted| {
                trusted.content().party == card.content().party
                    && trusted.content().root == card.content().root
            });
            if !trusted {
                let party = &card.content().party;
                return Err(bad(&format!(
                    "holds a card of {party} under another root key"
                )));
            }
        }
        Ok(())
    }

    /// Nothing may stand in a receipt that proves nothing: no extra text, no third
    /// signature, no card or statement twice, and each in its one place.
    fn check_bare(&self) -> Result<(), Error> {
        if self.proof.unverified_extra().is_some() {
            return Err(bad("the proof carries extra data"));
        }
        let names: Vec<&str> = self
            .proof
            .checkpoint()
            .signatures()
            .iter()
            .map(|line| line.name().as_str())
            .collect();
        let (log, witness) = (
            journal_origin(&self.channel, &self.from)?,
            witness_name(&self.by)?,
        );
        if names != [log.as_str(), witness.as_str()] {
            return Err(bad(
                "the checkpoint is not signed by exactly the sender and the holder",
            ));
        }
        let place = |card: &VerifiedCard| (card.content().party == self.by, card.content().number);
        if !self.cards.is_sorted_by(|a, b| place(a) < place(b)) {
            return Err(bad("cards are not in order, or one stands twice"));
        }
        let statement = |proof: &StatementProof| (proof.signed_head.clone(), proof.position);
        let held: BTreeSet<_> = self.statements.iter().map(statement).collect();
        if held.len() != self.statements.len() {
            return Err(bad("a statement stands twice"));
        }
        Ok(())
    }

    fn cards_of<'a>(&'a self, party: &'a PartyId) -> impl Iterator<Item = &'a VerifiedCard> {
        self.cards
            .iter()
            .filter(move |card| card.content().party == *party)
    }

    fn verify_inclusion(&self, commitment: &Commitment) -> Result<(u64, u64, UtcTime), Error> {
        let mut refused = bad("holds no card of the sender or of the holder");
        for sender in self.cards_of(&self.from) {
            let log = journal_key(sender.content(), &self.channel)?;
            for holder in self.cards_of(&self.by) {
                let witness: WitnessKey = witness_key(holder.content())?;
                match self.proof.verify(commitment.as_bytes(), &log, &[witness]) {
                    Ok(proven) => {
                        let time = proven.cosignatures().first().map_or(0, |c| c.time_s());
                        let time = UtcTime::from_millis(time.saturating_mul(1000));
                        return Ok((proven.index(), proven.checkpoint().size(), time));
                    }
                    Err(error) => refused = bad(&error.to_string()),
                }
            }
        }
        Err(refused)
    }

    fn verify_statement(
        &self,
        proof: &StatementProof,
        index: u64,
        commitment: &Commitment,
    ) -> Result<(Said, UtcTime), Error> {
        let head = self.verify_head(&proof.signed_head)?;
        let statement = Statement::from_bytes(&proof.statement)?;
        let about_this = head.channel == self.channel
            && head.by == self.by
            && head.about == self.from
            && statement.index == index
            && statement.commitment.as_bytes() == commitment.as_bytes()
            && statement.record == Some(self.record);
        if !about_this {
            return Err(bad("a statement is about something else"));
        }
        let leaf = merkle::leaf_hash(&proof.statement);
        let path: Vec<Hash> = proof
            .path
            .iter()
            .map(|hash| Hash::from_bytes(*hash.as_bytes()))
            .collect();
        let root = Hash::from_bytes(*head.root.as_bytes());
        merkle::verify_inclusion(&leaf, proof.position, head.size, &root, &path)
            .map_err(|_| bad("a statement is not under its signed head"))?;
        Ok((statement.said, statement.time))
    }

    fn verify_head(&self, signed: &[u8]) -> Result<StatementsHead, Error> {
        let mut refused = bad("holds no card of the holder");
        for card in self.cards_of(&self.by) {
            match verify_statements(signed, &[card]) {
                Ok(verified) => return Ok(verified.head().clone()),
                Err(error) => refused = bad(&error.to_string()),
            }
        }
        Err(refused)
    }
}

impl std::fmt::Display for Receipt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(TITLE)?;
        writeln!(
            f,
            "channel {}\nfrom {}\nby {}",
            self.channel, self.from, self.by
        )?;
        writeln!(f, "record {}", self.record)?;
        writeln!(
            f,
            "envelope {}",
            passerelle_model::hex::encode(self.envelope.as_bytes())
        )?;
        writeln!(
            f,
            "salt {}\n",
            passerelle_model::hex::encode(self.salt.as_bytes())
        )?;
        block(f, PROOF, &self.proof.to_string())?;
        for statement in &self.statements {
            block(f, STATEMENT, &wrapped(&to_canonical(statement)))?;
        }
        for card in &self.cards {
            block(f, CARD, &wrapped(card.bytes()))?;
        }
        Ok(())
    }
}

pub(crate) fn block(f: &mut std::fmt::Formatter<'_>, name: &str, body: &str) -> std::fmt::Result {
    writeln!(f, "-----BEGIN {name}-----\n{body}-----END {name}-----")
}

/// Base64 in lines of 64 characters.
pub(crate) fn wrapped(bytes: &[u8]) -> String {
    let text = STANDARD.encode(bytes);
    let mut out = String::with_capacity(text.len() + text.len() / 64 + 1);
    for line in text.as_bytes().chunks(64) {
        let _ = writeln!(out, "{}", String::from_utf8_lossy(line));
    }
    out
}

fn unwrapped(body: &str) -> Result<Vec<u8>, Error> {
    let joined: String = body.split('\n').collect();
    STANDARD
        .decode(joined)
        .map_err(|_| bad("a block is not base64"))
}

fn parse_statement(body: &str) -> Result<StatementProof, Error> {
    Ok(from_canonical(
        &unwrapped(body)?,
        message::MAX_MESSAGE_BYTES,
    )?)
}

pub(crate) fn parse_card(body: &str) -> Result<VerifiedCard, Error> {
    Ok(VerifiedCard::parse(&unwrapped(body)?)?)
}

/// Takes one `name value` line; the blank line after the last is taken with it.
pub(crate) fn field<'a>(rest: &mut &'a str, name: &str) -> Result<&'a str, Error> {
    let (line, after) = rest.split_once('\n').ok_or_else(|| bad("is cut"))?;
    let value = line
        .strip_prefix(name)
        .and_then(|value| value.strip_prefix(' '));
    *rest = after.strip_prefix('\n').unwrap_or(after);
    value.ok_or_else(|| bad(&format!("the line \"{name}\" is missing")))
}

/// Takes consecutive blocks of one name.
pub(crate) fn blocks<'a>(
    rest: &mut &'a str,
    name: &str,
    limit: usize,
) -> Result<Vec<&'a str>, Error> {
    let (begin, end) = (
        format!("-----BEGIN {name}-----\n"),
        format!("-----END {name}-----\n"),
    );
    let mut found = Vec::new();
    while let Some(after) = rest.strip_prefix(begin.as_str()) {
        let (body, after) = after
            .split_once(end.as_str())
            .ok_or_else(|| bad("is cut"))?;
        if found.len() == limit {
            return Err(bad(&format!("more than {limit} blocks of {name}")));
        }
        found.push(body);
        *rest = after;
    }
    if found.is_empty() {
        Err(bad(&format!("has no {name}")))
    } else {
        Ok(found)
    }
}

fn bytes32(text: &str) -> Result<[u8; 32], Error> {
    Ok(*text.parse::<Digest>()?.as_bytes())
}

fn bad(why: &str) -> Error {
    Error::Receipt(why.to_owned())
}
