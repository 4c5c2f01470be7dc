//! Co-signatures of a witness (C2SP `tlog-cosignature`, `cosignature/v1`).
//!
//! In Passerelle the partner is the witness: its co-signature on a checkpoint says that everything
//! up to that size is durable on its side, opened and judged. The rules that lead to one stand in
//! [`witness`](crate::witness).

use std::fmt;

use ed25519_dalek::{Signer, SigningKey};
use rand_core::CryptoRng;

use crate::checkpoint::{Checkpoint, VerifiedCheckpoint};
use crate::error::Error;
use crate::note::{Algorithm, KeyName, NoteKey, SignatureLine};
use crate::witness::Persisted;

/// Latest time a co-signature may carry: 2^63 - 1 seconds.
pub const MAX_TIME_S: u64 = i64::MAX as u64;

/// Secret key of a witness. Erased from memory when dropped.
///
/// One witness has one key: the signed message does not name the witness, so two witnesses must
/// not share a key.
pub struct WitnessSigner {
    secret: SigningKey,
    key: WitnessKey,
}

impl WitnessSigner {
    /// A new key.
    pub fn generate(name: KeyName, rng: &mut impl CryptoRng) -> Self {
        Self::new(name, SigningKey::generate(rng))
    }

    /// The key of a 32-byte Ed25519 seed (the private key of RFC 8032).
    pub fn from_seed(name: KeyName, seed: &[u8; 32]) -> Self {
        Self::new(name, SigningKey::from_bytes(seed))
    }

    /// The public key.
    pub fn key(&self) -> &WitnessKey {
        &self.key
    }

    /// Co-signs a head that the witness has accepted and made durable, at `time_s` (seconds since
    /// 1970-01-01 UTC, by the witness's clock).
    ///
    /// # Errors
    /// [`Error::Range`] above [`MAX_TIME_S`].
    pub fn cosign(&self, head: Persisted, time_s: u64) -> Result<SignatureLine, Error> {
        if time_s > MAX_TIME_S {
            return Err(Error::Range {
                what: "time of the co-signature",
            });
        }
        let signature = self
            .secret
            .sign(&message(head.checkpoint(), time_s))
            .to_bytes();
        let payload = [time_s.to_be_bytes().as_slice(), &signature].concat();
        Ok(SignatureLine::new(&self.key.0, payload))
    }

    fn new(name: KeyName, secret: SigningKey) -> Self {
        let public = secret.verifying_key();
        let key = WitnessKey(NoteKey::from_verifying_key(
            name,
            Algorithm::Cosignature,
            public,
        ));
        Self { secret, key }
    }
}

impl fmt::Debug for WitnessSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "WitnessSigner({})", self.key)
    }
}

/// Public key of a witness.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WitnessKey(NoteKey);

impl WitnessKey {
    /// Takes a public key (32 bytes, RFC 8032).
    ///
    /// # Errors
    /// As [`NoteKey::new`].
    pub fn new(name: KeyName, key: &[u8; 32]) -> Result<Self, Error> {
        NoteKey::new(name, Algorithm::Cosignature, key).map(Self)
    }

    /// Reads the written form `name+hex8+base64`.
    ///
    /// # Errors
    /// As [`NoteKey::parse`], and [`Error::Key`] for a key of another algorithm.
    pub fn parse(vkey: &str) -> Result<Self, Error> {
        let key = NoteKey::parse(vkey)?;
        match key.algorithm() {
            Algorithm::Cosignature => Ok(Self(key)),
            _ => Err(Error::Key {
                why: "not the key of a witness",
            }),
        }
    }

    /// Name of the witness.
    pub fn name(&self) -> &KeyName {
        self.0.name()
    }

    /// The key as a key for notes.
    pub fn as_note_key(&self) -> &NoteKey {
        &self.0
    }

    /// Verifies a co-signature line that came apart from its checkpoint.
    ///
    /// A time in the future is not refused here: there is no clock. Compare
    /// [`VerifiedCosignature::time_s`] where it matters.
    ///
    /// # Errors
    /// [`Error::Unsigned`] when the line is of another key, [`Error::Signature`] when it is not
    /// a valid co-signature on this checkpoint.
    pub fn verify(
        &self,
        checkpoint: &VerifiedCheckpoint,
        line: &SignatureLine,
    ) -> Result<VerifiedCosignature, Error> {
        if !line.is_of(&self.0) {
            return Err(Error::Unsigned {
                name: self.name().to_string(),
            });
        }
        let invalid = || Error::Signature {
            name: self.name().to_string(),
        };
        let (time, signature) = line.signature().split_first_chunk().ok_or_else(invalid)?;
        let signature = signature.try_into().map_err(|_| invalid())?;
        let time_s = u64::from_be_bytes(*time);
        if time_s > MAX_TIME_S {
            return Err(invalid());
        }
        let checkpoint = checkpoint.checkpoint();
        self.0.verify(&message(checkpoint, time_s), signature)?;
        let (checkpoint, line) = (checkpoint.clone(), line.clone());
        Ok(VerifiedCosignature {
            checkpoint,
            line,
            time_s,
        })
    }

    /// Finds and verifies this witness's co-signature among the lines of the checkpoint's note.
    ///
    /// # Errors
    /// [`Error::Unsigned`] without one, [`Error::Signature`] when it is wrong or doubled.
    pub fn verify_in(&self, checkpoint: &VerifiedCheckpoint) -> Result<VerifiedCosignature, Error> {
        self.verify(
            checkpoint,
            checkpoint.signed().note().signature_of(&self.0)?,
        )
    }
}

impl fmt::Display for WitnessKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A co-signature that was checked: the witness held this checkpoint to be the largest head of the
/// log at this time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifiedCosignature {
    checkpoint: Checkpoint,
    line: SignatureLine,
    time_s: u64,
}

impl VerifiedCosignature {
    /// The head that was co-signed.
    pub fn checkpoint(&self) -> &Checkpoint {
        &self.checkpoint
    }

    /// Who co-signed.
    pub fn witness(&self) -> &KeyName {
        self.line.name()
    }

    /// When, in seconds since 1970-01-01 UTC by the witness's clock.
    pub fn time_s(&self) -> u64 {
        self.time_s
    }

    /// The line, to put on the note of the checkpoint.
    pub fn line(&self) -> &SignatureLine {
        &self.line
    }
}

fn message(checkpoint: &Checkpoint, time_s: u64) -> Vec<u8> {
    format!("cosignature/v1\ntime {time_s}\n{checkpoint}").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checkpoint::LogSigner;
    use crate::merkle::Hash;
    use crate::witness::{Evidence, WitnessState};

    const TIME_S: u64 = 1_780_000_000;

    fn name(name: &str) -> KeyName {
        KeyName::parse(name).unwrap()
    }

    fn head() -> VerifiedCheckpoint {
        head_of(3)
    }

    fn head_of(size: u64) -> VerifiedCheckpoint {
        let log = LogSigner::from_seed(name("log"), &[1; 32]);
        let root = Hash::from_bytes([9; 32]);
        let signed = Checkpoint::new(name("log"), size, root).unwrap().sign(&log);
        signed.unwrap().verify(log.key()).unwrap()
    }

    fn witness() -> WitnessSigner {
        WitnessSigner::from_seed(name("witness"), &[2; 32])
    }

    fn permit() -> Persisted {
        let fresh = WitnessState::fresh(name("log"));
        let evidence = Evidence::Proof {
            old: 0,
            hashes: &[],
        };
        fresh.advance(&head(), evidence).unwrap().persisted()
    }

    #[test]
    fn cosignature_verifies_alone_and_on_the_note() {
        let line = witness().cosign(permit(), TIME_S).unwrap();
        let line = SignatureLine::parse(&line.to_string()).unwrap();
        let seen = witness().key().verify(&head(), &line).unwrap();
        assert_eq!(
            (seen.time_s(), seen.witness().as_str()),
            (TIME_S, "witness")
        );
        assert_eq!(seen.checkpoint(), head().checkpoint());

        let note = head().signed().with_signature(line).unwrap();
        let log = LogSigner::from_seed(name("log"), &[1; 32]);
        let on_note = note.verify(log.key()).unwrap();
        assert_eq!(witness().key().verify_in(&on_note), Ok(seen));
    }

    #[test]
    fn the_signed_bytes_are_those_of_the_specification() {
        let line = witness().cosign(permit(), TIME_S).unwrap();
        let root = Hash::from_bytes([9; 32]).to_base64();
        let text = format!("cosignature/v1\ntime 1780000000\nlog\n3\n{root}\n");
        let public = SigningKey::from_bytes(&[2; 32]).verifying_key();
        let (time, signature) = line.signature().split_first_chunk().unwrap();
        assert_eq!(u64::from_be_bytes(*time), TIME_S);
        let signature = ed25519_dalek::Signature::from_slice(signature).unwrap();
        assert!(public.verify_strict(text.as_bytes(), &signature).is_ok());

        let named = [b"witness\n\x04".as_slice(), public.as_bytes()].concat();
        let digest = <sha2::Sha256 as sha2::Digest>::digest(&named);
        assert_eq!(line.id().as_bytes(), &digest[..4]);
    }

    #[test]
    fn no_byte_of_the_payload_can_be_altered() {
        let line = witness().cosign(permit(), TIME_S).unwrap();
        for at in 0..line.signature().len() {
            let mut payload = line.signature().to_vec();
            payload[at] ^= 1;
            let altered = SignatureLine::new(&witness().key().0, payload);
            let error = witness().key().verify(&head(), &altered).unwrap_err();
            assert_eq!(error.code(), "E_JOURNAL_SIGNATURE", "byte {at}");
        }
        for length in [1, 8, 71] {
            let cut = line.signature()[..length].to_vec();
            let altered = SignatureLine::new(&witness().key().0, cut);
            assert!(witness().key().verify(&head(), &altered).is_err());
        }
    }

    #[test]
    fn a_cosignature_holds_for_one_checkpoint_and_one_witness() {
        let line = witness().cosign(permit(), TIME_S).unwrap();
        let error = witness().key().verify(&head_of(4), &line).unwrap_err();
        assert_eq!(error.code(), "E_JOURNAL_SIGNATURE");
        let other = WitnessSigner::from_seed(name("witness"), &[3; 32]);
        let error = other.key().verify(&head(), &line).unwrap_err();
        assert_eq!(error.code(), "E_JOURNAL_UNSIGNED");
        assert_eq!(
            other.key().verify_in(&head()).unwrap_err().code(),
            "E_JOURNAL_UNSIGNED"
        );
    }

    #[test]
    fn times_beyond_the_format_are_refused() {
        let error = witness().cosign(permit(), MAX_TIME_S + 1).unwrap_err();
        assert_eq!(error.code(), "E_JOURNAL_RANGE");
        let payload = [[0xff; 8].as_slice(), &[0; 64]].concat();
        let line = SignatureLine::new(&witness().key().0, payload);
        assert!(witness().key().verify(&head(), &line).is_err());
    }

    #[test]
    fn keys_of_logs_and_witnesses_are_not_mixed_up() {
        let log = LogSigner::from_seed(name("log"), &[1; 32]);
        assert!(WitnessKey::parse(&log.key().to_string()).is_err());
        assert!(crate::checkpoint::LogKey::parse(&witness().key().to_string()).is_err());
        let again = WitnessKey::parse(&witness().key().to_string());
        assert_eq!(again.as_ref(), Ok(witness().key()));
    }
}
