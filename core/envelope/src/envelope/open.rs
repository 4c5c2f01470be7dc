//! Opening, and what must hold before anything that was opened is believed.

use passerelle_model::{Digest, PartyId, Recipient, Record, Statement, StatementBatch};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::wire::Wrap;
use super::{Envelope, Header, OpenedPackets, What, padding, wrap_key};
use crate::aead::{self, ONCE};
use crate::card::VerifiedCard;
use crate::keys::{Keyring, UnitSecret};
use crate::sign::{
    VerifiedRecord, VerifiedStatements, read_record, verify_record, verify_statements,
};
use crate::{ContentKey, Error};

/// The content of an envelope; not yet verified. `Debug` shows the header only.
pub struct Opened {
    header: Header,
    content_key: ContentKey,
    content: Zeroizing<Vec<u8>>,
}

/// Opens `envelope` as any unit of `party` whose key, present or retired, is in `keyring`.
/// `E_NOT_FOR_US` where no unit of the party is a recipient, `E_UNKNOWN_KEY` where it is
/// sealed to keys that we do not hold, `E_OPEN` where it was altered, `E_MALFORMED` where it
/// is padded wrongly.
pub fn open(
    envelope: &Envelope,
    party: &PartyId,
    keyring: &Keyring,
    packets: &mut OpenedPackets,
) -> Result<Opened, Error> {
    let ours = envelope
        .header
        .to
        .iter()
        .zip(&envelope.wraps)
        .filter(|(to, _)| to.party == *party);
    let mut refusal = Error::NotForUs;
    for (to, wrap) in ours {
        let Some(secret) = keyring.unit_secret(&to.unit, wrap.key_id) else {
            refusal = Error::UnknownKey(wrap.key_id);
            continue;
        };
        match unwrap(envelope, to, wrap, secret, packets) {
            Ok(content_key) => return open_with(envelope, &content_key),
            Err(error) => refusal = error,
        }
    }
    Err(refusal)
}

/// Opens `envelope` with its content key. `E_OPEN`, `E_MALFORMED`.
pub fn open_with(envelope: &Envelope, content_key: &ContentKey) -> Result<Opened, Error> {
    let mut content = Zeroizing::new(envelope.sealed.clone());
    aead::open(
        content_key.expose(),
        &ONCE,
        &envelope.header_hash,
        &mut *content,
    )?;
    padding::unpad(&mut content)?;
    Ok(Opened {
        header: envelope.header.clone(),
        content_key: content_key.clone(),
        content,
    })
}

impl Opened {
    /// The key that opens this envelope again.
    pub fn content_key(&self) -> &ContentKey {
        &self.content_key
    }

    /// The envelope's header.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The signed bytes as they were sealed, not verified.
    pub fn content(&self) -> &[u8] {
        &self.content
    }

    /// The record, verified against the sender's `cards` ([`verify_record`]). `E_FORWARDED`
    /// where what was signed names another channel, agreement, sender or recipients than the
    /// envelope, or the envelope does not announce a record.
    pub fn verified_record(&self, cards: &[&VerifiedCard]) -> Result<VerifiedRecord, Error> {
        same("kind", &self.header.what, &What::Record)?;
        let verified = verify_record(&self.content, cards)?;
        self.announces(verified.record())?;
        Ok(verified)
    }

    /// Whether the envelope says the same as what is in it.
    fn announces(&self, record: &Record) -> Result<(), Error> {
        same("channel", &self.header.channel, &record.channel)?;
        same("agreement", &self.header.agreement, &record.agreement)?;
        same("sender", &self.header.from, &record.from)?;
        same("list of recipients", &self.header.to, &record.to)
    }

    /// The record, without verifying its signature again: only for an envelope that fits the
    /// leaf for which this very node wrapped the content key, because it does that once it has
    /// made or verified the signature, and never otherwise. `E_MALFORMED`; `E_FORWARDED` as
    /// [`Opened::verified_record`].
    pub fn record_verified_before(&self) -> Result<Record, Error> {
        same("kind", &self.header.what, &What::Record)?;
        let record = read_record(&self.content)?;
        self.announces(&record)?;
        Ok(record)
    }

    /// The statements, verified against the sender's `cards` ([`verify_statements`]) and
    /// against the signed root. `E_FORWARDED` where the head names another channel or sender
    /// than the envelope, or no recipient is of the party it speaks about;
    /// `E_STATEMENTS` where the statements are not those under its root. The agreement in the
    /// header is not signed with statements.
    pub fn verified_statements(&self, cards: &[&VerifiedCard]) -> Result<OpenedStatements, Error> {
        same("kind", &self.header.what, &What::Statements)?;
        let batch = StatementBatch::from_bytes(&self.content)?;
        let verified = verify_statements(&batch.signed_head, cards)?;
        let head = verified.head();
        same("channel", &self.header.channel, &head.channel)?;
        same("sender", &self.header.from, &head.by)?;
        if self.header.to.iter().all(|to| to.party != head.about) {
            return Err(Error::Forwarded("list of recipients"));
        }
        let size = u64::try_from(batch.statements.len()).map_err(|_| Error::Statements)?;
        if head.size != size || head.root != root_of(&batch.statements) {
            return Err(Error::Statements);
        }
        Ok(OpenedStatements {
            head: verified,
            statements: batch.statements,
        })
    }
}

impl std::fmt::Debug for Opened {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Opened")
            .field("header", &self.header)
            .finish_non_exhaustive()
    }
}

/// Statements that stand under a verified head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedStatements {
    head: VerifiedStatements,
    statements: Vec<Statement>,
}

impl OpenedStatements {
    /// The head they stand under.
    pub fn head(&self) -> &VerifiedStatements {
        &self.head
    }

    /// The statements, in the order of the tree.
    pub fn statements(&self) -> &[Statement] {
        &self.statements
    }

    /// Head and statements, by value.
    pub fn into_parts(self) -> (VerifiedStatements, Vec<Statement>) {
        (self.head, self.statements)
    }
}

fn same<T: PartialEq>(what: &'static str, header: &T, signed: &T) -> Result<(), Error> {
    if header == signed {
        Ok(())
    } else {
        Err(Error::Forwarded(what))
    }
}

fn unwrap(
    envelope: &Envelope,
    to: &Recipient,
    wrap: &Wrap,
    secret: &UnitSecret,
    packets: &mut OpenedPackets,
) -> Result<ContentKey, Error> {
    let packet_key = packets.open(to, secret, &wrap.packet)?;
    let key = wrap_key(&packet_key, &envelope.header_hash, &envelope.sealed)?;
    let mut plain = Zeroizing::new(wrap.wrapped.to_vec());
    aead::open(&key, &ONCE, &envelope.header_hash, &mut *plain)?;
    ContentKey::from_slice(&plain)
}

/// RFC 6962 root over the statements' encodings.
pub(super) fn root_of(statements: &[Statement]) -> Digest {
    let leaves: Vec<_> = statements.iter().map(leaf_hash).collect();
    Digest::new(root_hash(&leaves))
}

/// RFC 6962 §2.1.
fn leaf_hash(statement: &Statement) -> [u8; 32] {
    Sha256::new()
        .chain_update([0])
        .chain_update(statement.to_bytes())
        .finalize()
        .into()
}

/// RFC 6962 §2.1. Here, and not from the journal crate, because neither of the two crates
/// needs anything else of the other.
fn root_hash(leaves: &[[u8; 32]]) -> [u8; 32] {
    match leaves {
        [] => Sha256::digest([]).into(),
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
            Sha256::new()
                .chain_update([1])
                .chain_update(root_hash(left))
                .chain_update(root_hash(right))
                .finalize()
                .into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Test vectors of the Certificate Transparency reference implementation.
    #[test]
    fn roots_are_those_of_rfc_6962() {
        let inputs: [&[u8]; 3] = [&[], &[0x00], &[0x10]];
        let leaves = inputs.map(|input| {
            let hash = Sha256::new().chain_update([0]).chain_update(input);
            <[u8; 32]>::from(hash.finalize())
        });
        let roots = [
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        ];
        for (size, root) in roots.iter().enumerate() {
            let found = root_hash(leaves.get(..size).unwrap());
            assert_eq!(passerelle_model::hex::encode(&found), *root);
        }
    }
}
