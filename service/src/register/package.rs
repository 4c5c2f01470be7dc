//! The audit package: acts with what proves them, checked offline by anybody who has the cards.

use minicbor::{Decode, Encode};
use passerelle_envelope::VerifiedCard;
use passerelle_exchange::{journal_key, witness_key};
use passerelle_journal::{
    Commitment, EnvelopeHash, Frontier, Hash, Salt, SignedCheckpoint, merkle,
};
use passerelle_model::{Act, Deed, Digest, PartyId, Reason, UtcTime, codec};

use super::register_channel;
use crate::{Actor, Error, Node};

/// Largest audit package, in bytes (512 MiB).
pub const MAX_PACKAGE_BYTES: usize = 512 * 1024 * 1024;
/// First line of the file.
const MAGIC: &[u8] = b"passerelle audit package 1\n";

/// Head of the package; the acts follow it, one CBOR item each.
#[derive(Debug, Encode, Decode)]
#[cbor(map)]
struct Heading {
    #[n(0)]
    party: PartyId,
    #[n(1)]
    size: u64,
    #[n(2)]
    checkpoint: String,
    /// Checkpoints with the partners' co-signatures, of this size or less.
    #[n(3)]
    cosigned: Vec<(PartyId, String)>,
}

/// One act: what opens its leaf, or the bare leaf where the content was erased.
#[derive(Debug, Encode, Decode)]
enum Packed {
    #[n(0)]
    Act {
        #[n(0)]
        salt: Digest,
        #[cbor(n(1), with = "minicbor::bytes")]
        act: Vec<u8>,
    },
    #[n(1)]
    Erased {
        #[n(0)]
        commitment: Digest,
    },
}

/// What an audit package proves.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct RegisterProven {
    /// Whose register.
    pub party: PartyId,
    /// How many acts it holds.
    pub size: u64,
    /// How many of them were erased at the end of their retention.
    pub erased: u64,
    /// Partners that co-signed, with the size they saw and when by their clocks.
    pub witnesses: Vec<(PartyId, u64, UtcTime)>,
    /// The acts, by position.
    pub acts: Vec<(u64, Act)>,
}

impl Node {
    /// The whole register as an audit package, for a data-protection officer.
    pub async fn export_register(&self, actor: &Actor, why: Reason) -> Result<Vec<u8>, Error> {
        self.may_read_register(actor, Deed::ExportRegister, why)
            .await?;
        self.register_package().await
    }

    pub(crate) async fn register_package(&self) -> Result<Vec<u8>, Error> {
        let journal = self.register_journal();
        let size = self.register_size().await?;
        let root = self.frontier_at(&journal, size).await?.root();
        let heading = Heading {
            party: self.party.clone(),
            size,
            checkpoint: self.checkpoint(&journal.channel, size, root)?.to_string(),
            cosigned: self.register_cosignatures(size).await?,
        };
        let mut out = MAGIC.to_vec();
        append(&mut out, &heading)?;
        let mut start = 0;
        while start < size {
            let entries = self.store.entries(&journal, start..size, 4 << 20).await?;
            let Some(last) = entries.last() else { break };
            start = last.index + 1;
            for entry in &entries {
                append(&mut out, &self.packed(entry)?)?;
            }
            if out.len() > MAX_PACKAGE_BYTES {
                let why = "the register is too large for one package".to_owned();
                return Err(passerelle_store::Error::TooLarge(why).into());
            }
        }
        Ok(out)
    }

    fn packed(&self, entry: &passerelle_store::Entry) -> Result<Packed, Error> {
        Ok(match self.opened_act(entry)? {
            Some((salt, act)) => Packed::Act {
                salt: Digest::new(*salt.as_bytes()),
                act: act.to_bytes(),
            },
            None => Packed::Erased {
                commitment: entry.commitment,
            },
        })
    }

    async fn register_cosignatures(&self, size: u64) -> Result<Vec<(PartyId, String)>, Error> {
        let (journal, directory) = (self.register_journal(), self.directory());
        let mut found = Vec::new();
        for (party, _) in directory.partners() {
            if let Some(seen) = self.store.last_cosigned(&journal, party).await?
                && seen.size <= size
            {
                let note = String::from_utf8_lossy(&seen.note).into_owned();
                found.push((party.clone(), note));
            }
        }
        Ok(found)
    }

    /// Verifies an audit package against cards: the first one of the register's party, the
    /// others of partners. Needs no node. Any altered byte is refused.
    pub fn verify_register(package: &[u8], cards: &[Vec<u8>]) -> Result<RegisterProven, Error> {
        let cards = cards
            .iter()
            .map(|card| VerifiedCard::parse(card))
            .collect::<Result<Vec<_>, _>>()?;
        Reader::new(package)?.proven(&cards)
    }
}

struct Reader<'a> {
    heading: Heading,
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn new(package: &'a [u8]) -> Result<Self, Error> {
        if package.len() > MAX_PACKAGE_BYTES {
            return Err(bad("is too large"));
        }
        let rest = package
            .strip_prefix(MAGIC)
            .ok_or_else(|| bad("is none, or of another version"))?;
        let (heading, rest) = next(rest)?;
        Ok(Self { heading, rest })
    }

    fn proven(mut self, cards: &[VerifiedCard]) -> Result<RegisterProven, Error> {
        let (mut frontier, mut heads) = (Frontier::new(), Vec::new());
        let (mut acts, mut erased) = (Vec::new(), 0);
        let witnessed = self.witnessed(cards)?;
        for index in 0..self.heading.size {
            let (packed, rest) = next::<Packed>(self.rest)?;
            self.rest = rest;
            let commitment = match packed {
                Packed::Act { salt, act } => {
                    acts.push((index, Act::from_bytes(&act)?));
                    Commitment::new(&Salt::from_bytes(*salt.as_bytes()), &EnvelopeHash::of(&act))
                }
                Packed::Erased { commitment } => {
                    erased += 1;
                    Commitment::from_bytes(*commitment.as_bytes())
                }
            };
            frontier.append(merkle::leaf_hash(commitment.as_bytes()))?;
            if witnessed.iter().any(|seen| seen.size == frontier.size()) {
                heads.push((frontier.size(), frontier.root()));
            }
        }
        if !self.rest.is_empty() {
            return Err(bad("goes on after its last act"));
        }
        self.check_own(cards, &frontier)?;
        let fits = |seen: &Witnessed| seen.size == 0 || heads.contains(&(seen.size, seen.root));
        if !witnessed.iter().all(fits) {
            return Err(bad("holds other acts than a partner co-signed"));
        }
        Ok(RegisterProven {
            party: self.heading.party,
            size: frontier.size(),
            erased,
            witnesses: witnessed
                .into_iter()
                .map(|seen| (seen.party, seen.size, seen.time))
                .collect(),
            acts,
        })
    }

    fn check_own(&self, cards: &[VerifiedCard], frontier: &Frontier) -> Result<(), Error> {
        let key = journal_key(
            card(cards, &self.heading.party)?.content(),
            &register_channel(),
        )?;
        let head = SignedCheckpoint::open(&self.heading.checkpoint, &key)?;
        match head.size() == frontier.size() && *head.root() == frontier.root() {
            true => Ok(()),
            false => Err(bad("does not give the root that its party signed")),
        }
    }

    fn witnessed(&self, cards: &[VerifiedCard]) -> Result<Vec<Witnessed>, Error> {
        let own = card(cards, &self.heading.party)?.content();
        let key = journal_key(own, &register_channel())?;
        let mut found = Vec::new();
        for (party, note) in &self.heading.cosigned {
            let witness = witness_key(card(cards, party)?.content())?;
            let head = SignedCheckpoint::open(note, &key)?;
            let given = witness.verify_in(&head)?;
            found.push(Witnessed {
                party: party.clone(),
                size: head.size(),
                root: *head.root(),
                time: UtcTime::from_millis(given.time_s().saturating_mul(1000)),
            });
        }
        Ok(found)
    }
}

struct Witnessed {
    party: PartyId,
    size: u64,
    root: Hash,
    time: UtcTime,
}

fn card<'a>(cards: &'a [VerifiedCard], party: &PartyId) -> Result<&'a VerifiedCard, Error> {
    cards
        .iter()
        .find(|card| card.party() == party)
        .ok_or_else(|| Error::not_found("card of", party))
}

/// Length and item: every item stands in its own deterministic form.
fn append<T: Encode<()>>(out: &mut Vec<u8>, item: &T) -> Result<(), Error> {
    let bytes = codec::to_canonical(item);
    let length = u32::try_from(bytes.len()).map_err(|_| bad("holds too large an item"))?;
    out.extend_from_slice(&length.to_be_bytes());
    out.extend_from_slice(&bytes);
    Ok(())
}

fn next<T>(bytes: &[u8]) -> Result<(T, &[u8]), Error>
where
    T: Encode<()> + for<'b> Decode<'b, ()>,
{
    let cut = || bad("is cut");
    let (length, rest) = bytes.split_first_chunk::<4>().ok_or_else(cut)?;
    let length = u32::from_be_bytes(*length) as usize;
    let (item, rest) = rest.split_at_checked(length).ok_or_else(cut)?;
    let item = codec::from_canonical(item, codec::MAX_OBJECT_BYTES)
        .map_err(passerelle_model::Error::from)?;
    Ok((item, rest))
}

fn bad(what: &str) -> Error {
    Error::state("E_AUDIT_PACKAGE", format!("the audit package {what}"))
}
