//! X-Wing keys of units (draft-connolly-cfrg-xwing-kem): ML-KEM-768 and X25519 in one.

use hpke::kem::{Kem, XWing};
use hpke::{Deserializable as _, Serializable as _};
use passerelle_model::{KeyId, SealingKey};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use super::{key_id, random};
use crate::Error;

/// X-Wing private key of the HPKE crate; wipes itself.
pub(crate) type PrivateKey = <XWing as Kem>::PrivateKey;
/// X-Wing public key of the HPKE crate.
pub(crate) type PublicKey = <XWing as Kem>::PublicKey;

/// The secret of one unit: a 32-byte X-Wing seed, with what follows from it.
#[derive(Clone)]
pub struct UnitSecret {
    seed: Zeroizing<[u8; 32]>,
    private: PrivateKey,
    public: SealingKey,
    key_id: KeyId,
}

impl UnitSecret {
    /// A new random key.
    pub fn generate(rng: &mut impl CryptoRng) -> Result<Self, Error> {
        Self::from_seed(&random(rng))
    }

    /// The key of a 32-byte seed.
    pub fn from_seed(seed: &[u8; 32]) -> Result<Self, Error> {
        let private = PrivateKey::from_bytes(seed).map_err(|_| unusable())?;
        let public = SealingKey::new(&XWing::sk_to_pk(&private).to_bytes())?;
        let key_id = key_id(public.as_bytes());
        Ok(Self {
            seed: Zeroizing::new(*seed),
            private,
            public,
            key_id,
        })
    }

    /// The public key, for the card.
    pub fn public(&self) -> &SealingKey {
        &self.public
    }

    /// How envelopes name it.
    pub fn key_id(&self) -> KeyId {
        self.key_id
    }

    pub(crate) fn private(&self) -> &PrivateKey {
        &self.private
    }

    pub(crate) fn seed(&self) -> &[u8; 32] {
        &self.seed
    }
}

impl std::fmt::Debug for UnitSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "UnitSecret({})", self.key_id)
    }
}

fn unusable() -> Error {
    Error::Keyring("a unit key is not usable".into())
}
