//! An epoch: one key for one pair of parties, one class, one stretch of time.

use minicbor::{Decode, Encode};

use super::check_name;
use crate::oprf::{Mode, SEED_BYTES, SecretKey, Suite};
use crate::{Class, Error};

/// For whom, of what and when a key answers. Two epochs never share a key, so that partners
/// cannot put their indexes together and an erased key makes old indexes worthless.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Epoch {
    /// Who holds the index.
    #[n(0)]
    pub holder: String,
    /// Who asks.
    #[n(1)]
    pub asker: String,
    /// Name of the class.
    #[n(2)]
    class: String,
    /// 1, 2, 3 …
    #[n(3)]
    pub number: u64,
}

impl Epoch {
    /// An epoch.
    ///
    /// # Errors
    /// `E_MATCH_FILE` for a name that is empty, too long or holds control characters.
    pub fn new(holder: &str, asker: &str, class: Class, number: u64) -> Result<Self, Error> {
        let epoch = Self {
            holder: holder.to_owned(),
            asker: asker.to_owned(),
            class: class.as_str().to_owned(),
            number,
        };
        epoch.check()?;
        Ok(epoch)
    }

    pub(super) fn check(&self) -> Result<(), Error> {
        check_name("epoch", &self.holder)?;
        check_name("epoch", &self.asker)?;
        self.class().map(|_| ())
    }

    /// The class.
    ///
    /// # Errors
    /// `E_MATCH_IDENTIFIER` for one that this program does not know.
    pub fn class(&self) -> Result<Class, Error> {
        self.class.parse()
    }

    /// The key of this epoch, from a seed of its own (RFC 9497, `DeriveKeyPair`). The seed is
    /// erased together with the key.
    ///
    /// # Errors
    /// `E_MATCH_SCALAR`, which does not happen.
    pub fn key(&self, seed: &[u8; SEED_BYTES]) -> Result<SecretKey, Error> {
        SecretKey::derive(&Suite::new(Mode::Verifiable), seed, &self.info())
    }

    /// Each part behind its length.
    fn info(&self) -> Vec<u8> {
        let number = self.number.to_be_bytes();
        let parts: [&[u8]; 5] = [
            b"passerelle/pmp1",
            self.holder.as_bytes(),
            self.asker.as_bytes(),
            self.class.as_bytes(),
            &number,
        ];
        let mut info = Vec::new();
        for part in parts {
            let length = u16::try_from(part.len()).unwrap_or(u16::MAX);
            info.extend_from_slice(&length.to_be_bytes());
            info.extend_from_slice(part);
        }
        info
    }
}
