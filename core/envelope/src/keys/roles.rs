//! Ed25519 signing keys (RFC 8032), one type for each role.

use ed25519_dalek::{Signer as _, SigningKey};
use passerelle_model::{KeyId, VerifyingKey};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use super::key_id;

/// `N` secret random bytes.
pub(crate) fn random<const N: usize>(rng: &mut impl CryptoRng) -> Zeroizing<[u8; N]> {
    let mut bytes = Zeroizing::new([0; N]);
    rng.fill_bytes(&mut *bytes);
    bytes
}

macro_rules! signing_role {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone)]
        pub struct $name(SigningKey);

        impl $name {
            /// A new random key.
            pub fn generate(rng: &mut impl CryptoRng) -> Self {
                Self::from_seed(&random(rng))
            }

            /// The key of a 32-byte seed (RFC 8032 §5.1.5).
            pub fn from_seed(seed: &[u8; 32]) -> Self {
                Self(SigningKey::from_bytes(seed))
            }

            /// Its public key.
            pub fn verifying(&self) -> VerifyingKey {
                VerifyingKey::new(self.0.verifying_key().to_bytes())
            }

            /// How cards and signatures name it.
            pub fn key_id(&self) -> KeyId {
                key_id(self.0.verifying_key().as_bytes())
            }
        }

        impl Secret for $name {
            fn secret(&self) -> &[u8; 32] {
                self.0.as_bytes()
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}({})", stringify!($name), self.key_id())
            }
        }
    };
}

/// The seed, for the locked file only.
pub(crate) trait Secret {
    fn secret(&self) -> &[u8; 32];
}

/// Signs COSE structures.
pub(crate) trait Sign {
    fn sign(&self, message: &[u8]) -> [u8; 64];
    fn id(&self) -> KeyId;
}

signing_role! {
    /// Signs cards and agreements; what partners confirm once, in person. Never replaced.
    RootKey
}
signing_role! {
    /// Signs records and statements.
    RecordKey
}
signing_role! {
    /// Signs the checkpoints of the party's journals; part of a log's identity.
    JournalKey
}
signing_role! {
    /// Co-signs partners' checkpoints.
    WitnessKey
}
signing_role! {
    /// Shown by the node in TLS.
    TlsKey
}

macro_rules! signs_cose {
    ($($name:ident),+) => {$(
        impl Sign for $name {
            fn sign(&self, message: &[u8]) -> [u8; 64] {
                self.0.sign(message).to_bytes()
            }

            fn id(&self) -> KeyId {
                self.key_id()
            }
        }
    )+};
}

macro_rules! shows_seed {
    ($($name:ident),+) => {$(
        impl $name {
            /// The secret seed, for the crate that signs in another format than COSE
            /// (signed notes, TLS). It must not be stored or copied into memory that is not
            /// wiped.
            pub fn seed(&self) -> &[u8; 32] {
                self.0.as_bytes()
            }
        }
    )+};
}

signs_cose!(RootKey, RecordKey);
shows_seed!(JournalKey, WitnessKey, TlsKey);
