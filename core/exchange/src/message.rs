//! What nodes say to each other: deterministic CBOR, strict, limited.

use minicbor::{Decode, Encode};
use passerelle_model::codec::{from_canonical, to_canonical};
use passerelle_model::{AgreementHash, ChannelId, Digest, PartyId, StableCode, UtcTime};

use crate::Error;

/// Version of the peer protocol.
pub const PROTOCOL: u32 = 1;
/// Largest message, in bytes (8 MiB).
pub const MAX_MESSAGE_BYTES: usize = 8 * 1024 * 1024;
/// Most entries of one batch.
pub const MAX_BATCH_ENTRIES: usize = 1024;
/// Bytes of envelopes after which a batch is closed (4 MiB). One envelope may be larger.
pub const MAX_BATCH_BYTES: usize = 4 * 1024 * 1024;
/// Most channels between two parties.
pub const MAX_CHANNELS: usize = 64;
/// Most blobs named in one message.
pub const MAX_BLOBS: usize = 256;
/// Most agreement bundles in one message.
pub const MAX_BUNDLES: usize = 16;
/// Most hashes of a consistency proof: twice the height of the tallest tree.
pub const MAX_PROOF_HASHES: usize = 128;
/// Longest signed access policy, in bytes.
pub const MAX_SIGNED_POLICY_BYTES: usize = passerelle_model::MAX_POLICY_BYTES + 256;
/// Longest checkpoint with its signatures, in bytes.
pub const MAX_NOTE_BYTES: usize = 16 * 1024;

/// A message of the protocol.
pub trait Message: Encode<()> + for<'b> Decode<'b, ()> + Sized {
    /// Counts that the encoding alone does not bound.
    fn check(&self) -> Result<(), Error> {
        Ok(())
    }

    /// The one encoding.
    fn to_bytes(&self) -> Vec<u8> {
        to_canonical(self)
    }

    /// Reads a message, strictly.
    fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let message: Self = from_canonical(bytes, MAX_MESSAGE_BYTES)?;
        message.check()?;
        Ok(message)
    }
}

/// First word of a session, and its answer: who, how far.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Hello {
    /// [`PROTOCOL`].
    #[n(0)]
    pub protocol: u32,
    /// Who speaks.
    #[n(1)]
    pub party: PartyId,
    /// Number of the speaker's card.
    #[n(2)]
    pub card: u64,
    /// The speaker's clock.
    #[n(3)]
    pub time: UtcTime,
    /// One state for each channel that both are members of.
    #[n(4)]
    pub channels: Vec<ChannelState>,
}

/// How far one node is in one channel.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct ChannelState {
    /// The channel.
    #[n(0)]
    pub channel: ChannelId,
    /// Hash of the revision in force at the speaker; none while it has none in force.
    #[n(1)]
    pub agreement: Option<AgreementHash>,
    /// The speaker's own journal.
    #[n(2)]
    pub mine: JournalState,
    /// What the speaker holds of the listener's journal.
    #[n(3)]
    pub yours: JournalState,
    /// Blobs the speaker still misses of the listener's.
    #[n(4)]
    pub missing_blobs: u64,
    /// The listener's own signed checkpoint for `yours`, so that a claim to hold more than
    /// the listener has is proof that the listener was set back, and never just a claim.
    #[n(5)]
    pub proof: Option<String>,
}

/// Size and root.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct JournalState {
    /// Number of leaves.
    #[n(0)]
    pub size: u64,
    /// RFC 6962 root.
    #[n(1)]
    pub root: Digest,
}

/// Consecutive entries of the speaker's journal, with the checkpoint of exactly their end.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Entries {
    /// The channel.
    #[n(0)]
    pub channel: ChannelId,
    /// Index of the first entry.
    #[n(1)]
    pub start: u64,
    /// The entries; may be empty to pass on a checkpoint again.
    #[n(2)]
    pub entries: Vec<WireEntry>,
    /// Signed checkpoint of size `start + entries.len()`.
    #[n(3)]
    pub checkpoint: String,
    /// The speaker's co-signature on the listener's journal, where one is due.
    #[n(4)]
    pub cosignature: Option<Cosignature>,
}

/// A co-signature line on the checkpoint of the listener's journal of `size`.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Cosignature {
    /// Size of the head.
    #[n(0)]
    pub size: u64,
    /// The line.
    #[n(1)]
    pub line: String,
}

/// A leaf, with its content where it is addressed to the listener.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct WireEntry {
    /// The salted commitment.
    #[n(0)]
    pub commitment: Digest,
    /// Salt and envelope; none where others are addressed or the content is erased.
    #[n(1)]
    pub parcel: Option<Parcel>,
}

/// What opens a commitment.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Parcel {
    /// The salt.
    #[n(0)]
    pub salt: Digest,
    /// The sealed envelope.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub envelope: Vec<u8>,
}

/// Answer to [`Entries`]: what is held now, and the co-signature on it.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Cosigned {
    /// The channel.
    #[n(0)]
    pub channel: ChannelId,
    /// The co-signature on what the speaker holds durably, opened and judged.
    #[n(1)]
    pub given: Cosignature,
    /// The speaker's own journal from where the listener stands, so that acceptance comes
    /// back in the same breath.
    #[n(2)]
    pub back: Option<Entries>,
}

/// Asks for entries of the listener's journal.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Fetch {
    /// The channel.
    #[n(0)]
    pub channel: ChannelId,
    /// From which index.
    #[n(1)]
    pub start: u64,
}

/// Asks which blobs of the speaker's journal the listener misses.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Wanted {
    /// The channel.
    #[n(0)]
    pub channel: ChannelId,
}

/// Answer to [`Wanted`].
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Missing {
    /// The blobs, at most [`MAX_BLOBS`] at a time.
    #[n(0)]
    pub blobs: Vec<BlobOffset>,
}

/// A blob and how many of its chunks are held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct BlobOffset {
    /// The blob.
    #[n(0)]
    pub blob: Digest,
    /// The next chunk it needs.
    #[n(1)]
    pub chunk: u64,
}

/// Asks for one sealed chunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct ChunkGet {
    /// Which.
    #[n(0)]
    pub at: BlobOffset,
}

/// One sealed chunk: the answer to [`ChunkGet`], or handed over unasked.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Chunk {
    /// The channel whose record needs it.
    #[n(0)]
    pub channel: ChannelId,
    /// Which.
    #[n(1)]
    pub at: BlobOffset,
    /// Sealed bytes, at most one chunk.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub bytes: Vec<u8>,
}

/// Answer to a handed-over [`Chunk`]: the next one needed, none when complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct ChunkHeld {
    /// The next chunk.
    #[n(0)]
    pub next: Option<u64>,
}

/// The speaker's newest card.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct CardMessage {
    /// Signed card, binary.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub card: Vec<u8>,
}

/// One turn of the talk about access policies, and its answer: who opens what on either
/// side. Nodes that know of no policies answer that there is no such message.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct PolicyTurn {
    /// Number of the listener's policy that the speaker holds; 0 where it holds none.
    #[n(0)]
    pub held: u64,
    /// The speaker's signed policy, where the listener did not say that it holds it.
    #[n(1)]
    pub policy: Option<minicbor::bytes::ByteVec>,
    /// The listener's own signed policy, where the listener showed one with a lower number:
    /// it was set back, and goes on from this one.
    #[n(2)]
    pub yours: Option<minicbor::bytes::ByteVec>,
}

/// Agreement texts with the signatures the speaker holds; the answer has the same form.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Bundles {
    /// The bundles.
    #[n(0)]
    pub bundles: Vec<Bundle>,
}

/// One agreement text and signatures on it.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Bundle {
    /// Exact TOML text.
    #[n(0)]
    pub text: String,
    /// Signatures by members.
    #[n(1)]
    pub signatures: Vec<minicbor::bytes::ByteVec>,
}

/// A refusal.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Problem {
    /// Stable code.
    #[n(0)]
    pub code: StableCode,
    /// What the speaker holds of the listener's journal, where that helps to go on.
    #[n(1)]
    pub held: Option<u64>,
}

impl Message for Hello {
    fn check(&self) -> Result<(), Error> {
        let proofs = self
            .channels
            .iter()
            .filter_map(|state| state.proof.as_ref());
        limit(
            "checkpoint bytes",
            proofs.map(String::len).max().unwrap_or(0),
            MAX_NOTE_BYTES,
        )?;
        limit("channels", self.channels.len(), MAX_CHANNELS)
    }
}

impl Message for Entries {
    fn check(&self) -> Result<(), Error> {
        limit("entries", self.entries.len(), MAX_BATCH_ENTRIES)?;
        let line = self
            .cosignature
            .as_ref()
            .map_or(0, |given| given.line.len());
        limit(
            "checkpoint bytes",
            self.checkpoint.len().max(line),
            MAX_NOTE_BYTES,
        )
    }
}

impl Message for Cosigned {
    fn check(&self) -> Result<(), Error> {
        limit("co-signature bytes", self.given.line.len(), MAX_NOTE_BYTES)?;
        self.back.as_ref().map_or(Ok(()), Entries::check)
    }
}

impl Message for Missing {
    fn check(&self) -> Result<(), Error> {
        limit("blobs", self.blobs.len(), MAX_BLOBS)
    }
}

impl Message for Chunk {
    fn check(&self) -> Result<(), Error> {
        limit(
            "chunk bytes",
            self.bytes.len(),
            passerelle_envelope::chunks::MAX_SEALED_CHUNK_BYTES,
        )
    }
}

impl Message for Bundles {
    fn check(&self) -> Result<(), Error> {
        limit("agreements", self.bundles.len(), MAX_BUNDLES)?;
        let most = self
            .bundles
            .iter()
            .map(|bundle| bundle.signatures.len())
            .max();
        limit(
            "signatures",
            most.unwrap_or(0),
            passerelle_model::MAX_MEMBERS,
        )
    }
}

impl Message for PolicyTurn {
    fn check(&self) -> Result<(), Error> {
        let policies = self.policy.iter().chain(&self.yours);
        limit(
            "access policy bytes",
            policies.map(|bytes| bytes.len()).max().unwrap_or(0),
            MAX_SIGNED_POLICY_BYTES,
        )
    }
}

impl Message for Fetch {}
impl Message for Wanted {}
impl Message for ChunkGet {}
impl Message for ChunkHeld {}
impl Message for CardMessage {}
impl Message for Problem {}

pub(crate) fn limit(what: &'static str, found: usize, limit: usize) -> Result<(), Error> {
    if found <= limit {
        Ok(())
    } else {
        Err(Error::Limit {
            what,
            found: found as u64,
            limit: limit as u64,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(count: usize) -> Entries {
        let parcel = Parcel {
            salt: Digest::new([2; 32]),
            envelope: vec![1, 2, 3],
        };
        let entry = WireEntry {
            commitment: Digest::new([1; 32]),
            parcel: Some(parcel),
        };
        Entries {
            channel: "ma-be".parse().unwrap(),
            start: 3,
            entries: vec![entry; count],
            checkpoint: "x".into(),
            cosignature: None,
        }
    }

    #[test]
    fn messages_read_back() {
        let batch = entries(2);
        assert_eq!(Entries::from_bytes(&batch.to_bytes()).unwrap(), batch);
        let answer = Cosigned {
            channel: "ma-be".parse().unwrap(),
            given: Cosignature {
                size: 5,
                line: "— x y\n".into(),
            },
            back: Some(batch),
        };
        assert_eq!(Cosigned::from_bytes(&answer.to_bytes()).unwrap(), answer);
    }

    #[test]
    fn counts_are_limited() {
        let error = Entries::from_bytes(&entries(MAX_BATCH_ENTRIES + 1).to_bytes()).unwrap_err();
        assert_eq!(error.code(), "E_TOO_LARGE");
        let blob = BlobOffset {
            blob: Digest::new([0; 32]),
            chunk: 0,
        };
        let many = Missing {
            blobs: vec![blob; MAX_BLOBS + 1],
        };
        assert_eq!(
            Missing::from_bytes(&many.to_bytes()).unwrap_err().code(),
            "E_TOO_LARGE"
        );
        let long = PolicyTurn {
            policy: Some(vec![0; MAX_SIGNED_POLICY_BYTES + 1].into()),
            ..PolicyTurn::default()
        };
        assert_eq!(
            PolicyTurn::from_bytes(&long.to_bytes()).unwrap_err().code(),
            "E_TOO_LARGE"
        );
    }

    proptest::proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..300)) {
            let _ = Hello::from_bytes(&bytes);
            let _ = Entries::from_bytes(&bytes);
            let _ = Cosigned::from_bytes(&bytes);
            let _ = Bundles::from_bytes(&bytes);
            let _ = PolicyTurn::from_bytes(&bytes);
            let _ = Chunk::from_bytes(&bytes);
        }
    }
}
