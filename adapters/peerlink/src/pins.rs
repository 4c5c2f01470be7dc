//! Which keys belong to whom.

use std::fmt;

use crate::Error;
use crate::limits::MAX_PEER_NAME_BYTES;

/// The keys of those with whom this node is paired, asked at every handshake and every call:
/// a partner added or removed counts at once. Answers must be quick (a map in memory).
pub trait Pins: Send + Sync + 'static {
    /// The party whose card carries this Ed25519 public key, if it is a partner now.
    fn party_of(&self, tls_public_key: &[u8; 32]) -> Option<PeerName>;
}

/// A party's identifier such as `ma.interior`: lower-case letters, digits, hyphens and dots,
/// at most [`MAX_PEER_NAME_BYTES`] bytes.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PeerName(String);

impl PeerName {
    /// Takes a name.
    ///
    /// # Errors
    /// [`Error::Name`] when it is empty, too long or holds other characters.
    pub fn new(name: &str) -> Result<Self, Error> {
        let allowed = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.');
        let valid = (1..=MAX_PEER_NAME_BYTES).contains(&name.len()) && name.bytes().all(allowed);
        valid.then(|| Self(name.to_owned())).ok_or(Error::Name)
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PeerName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for PeerName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PeerName({})", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_short_lower_case_words() {
        assert_eq!(
            PeerName::new("ma.interior-2").unwrap().as_str(),
            "ma.interior-2"
        );
        for bad in [
            "",
            "MA.interior",
            "ma interior",
            "ma/interior",
            "é",
            &"a".repeat(65),
        ] {
            assert_eq!(PeerName::new(bad), Err(Error::Name), "{bad:?}");
        }
        assert!(PeerName::new(&"a".repeat(64)).is_ok());
    }
}
