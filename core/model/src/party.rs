//! What a party publishes about itself: the content of its card. `passerelle-envelope` signs
//! and verifies cards.

use minicbor::{Decode, Encode};

use crate::codec;
use crate::macros::bytes_id;
use crate::{Error, Names, PartyId, UnitId, UtcTime};

/// Largest encoded card, in bytes: 64 units with an X-Wing key each leave room to spare.
pub const MAX_CARD_BYTES: usize = 128 * 1024;
/// Most units on a card.
pub const MAX_UNITS: usize = 64;
/// Longest address, in bytes.
pub const MAX_ADDRESS_BYTES: usize = 256;

/// The unit every node has for itself: statements of partners' nodes are sealed to it.
pub const NODE_UNIT: &str = "node";

bytes_id! {
    /// An Ed25519 public key (RFC 8032).
    VerifyingKey, 32
}

/// An X-Wing public key: ML-KEM-768 and X25519, 1216 bytes.
#[derive(Clone, PartialEq, Eq)]
pub struct SealingKey(Box<[u8]>);

impl SealingKey {
    /// Length of the encoding, in bytes.
    pub const BYTES: usize = 1216;

    /// Checks the length; `passerelle-envelope` checks the rest.
    pub fn new(bytes: &[u8]) -> Result<Self, Error> {
        if bytes.len() == Self::BYTES {
            Ok(Self(bytes.into()))
        } else {
            Err(Error::bad_bytes("sealing key", Self::BYTES, bytes.len()))
        }
    }

    /// The encoding.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl std::fmt::Debug for SealingKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let start = self.0.get(..8).unwrap_or_default();
        write!(f, "SealingKey({}…)", crate::hex::encode(start))
    }
}

impl<C> Encode<C> for SealingKey {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.bytes(&self.0)?.ok()
    }
}

impl<'b, C> Decode<'b, C> for SealingKey {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        Self::new(d.bytes()?).map_err(minicbor::decode::Error::message)
    }
}

/// A unit as its party publishes it.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct UnitKey {
    /// The unit.
    #[n(0)]
    pub unit: UnitId,
    /// Its names.
    #[n(1)]
    pub names: Names,
    /// Records for it are sealed to this key.
    #[n(2)]
    pub key: SealingKey,
}

/// The content of a card. A newer card has a higher number and the same root key.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct CardContent {
    /// The party.
    #[n(0)]
    pub party: PartyId,
    /// 1 for the first card, then strictly higher.
    #[n(1)]
    pub number: u64,
    /// Names of the party.
    #[n(2)]
    pub names: Names,
    /// ISO 3166-1 alpha-2 country, upper case.
    #[n(3)]
    pub country: Country,
    /// Root key: signs cards and agreements. What partners pin.
    #[n(4)]
    pub root: VerifyingKey,
    /// Signs records and statements.
    #[n(5)]
    pub record_key: VerifyingKey,
    /// Signs the checkpoints of the party's journals.
    #[n(6)]
    pub journal_key: VerifyingKey,
    /// Co-signs the partners' checkpoints.
    #[n(7)]
    pub witness_key: VerifyingKey,
    /// Keys its node may show in TLS: one, or two while one replaces the other.
    #[n(8)]
    pub tls_keys: Vec<VerifyingKey>,
    /// Units, sorted by identifier; always with [`NODE_UNIT`].
    #[n(9)]
    pub units: Vec<UnitKey>,
    /// `host:port` of its exchange listener; none where partners cannot reach it.
    #[n(10)]
    pub address: Option<Address>,
    /// From when.
    #[n(11)]
    pub issued: UtcTime,
    /// Until when.
    #[n(12)]
    pub expires: UtcTime,
}

impl CardContent {
    /// The one encoding that is signed.
    pub fn to_bytes(&self) -> Vec<u8> {
        codec::to_canonical(self)
    }

    /// Reads a signed payload and checks its shape.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let card: Self = codec::from_canonical(bytes, MAX_CARD_BYTES)?;
        card.check()?;
        Ok(card)
    }

    /// The unit's key, if the card has that unit.
    pub fn unit(&self, unit: &UnitId) -> Option<&UnitKey> {
        self.units.iter().find(|held| held.unit == *unit)
    }

    /// Counts, order and dates.
    pub fn check(&self) -> Result<(), Error> {
        let refuse = |why: &str| Err(Error::Document(format!("card: {why}")));
        if self.units.is_empty() || self.units.len() > MAX_UNITS {
            return refuse("needs between 1 and 64 units");
        }
        if !self.units.is_sorted_by(|a, b| a.unit < b.unit) {
            return refuse("units are not sorted, or one stands twice");
        }
        if !self
            .units
            .iter()
            .any(|unit| unit.unit.as_str() == NODE_UNIT)
        {
            return refuse("has no unit \"node\"");
        }
        if self.tls_keys.is_empty() || self.tls_keys.len() > 2 {
            return refuse("needs one or two TLS keys");
        }
        if self.expires <= self.issued {
            return refuse("expires before it is issued");
        }
        if self.number == 0 {
            return refuse("numbers start at 1");
        }
        Ok(())
    }
}

crate::macros::checked_text! {
    /// ISO 3166-1 alpha-2 country code, upper case.
    Country, |text| {
        let valid = text.len() == 2 && text.bytes().all(|b| b.is_ascii_uppercase());
        if valid { Ok(()) } else {
            Err(Error::identifier("country", text, "write two capital letters"))
        }
    }
}

crate::macros::checked_text! {
    /// `host:port` with a DNS name, an IPv4 address or a bracketed IPv6 address.
    Address, |text| {
        let refused = || Error::identifier("address", text, "write host:port");
        if text.len() > MAX_ADDRESS_BYTES {
            return Err(refused());
        }
        let (host, port) = text.rsplit_once(':').ok_or_else(refused)?;
        let host_byte = |b: u8| b.is_ascii_alphanumeric() || b"-.:[]".contains(&b);
        let valid = !host.is_empty()
            && host.bytes().all(host_byte)
            && port.parse::<u16>().is_ok_and(|port| port > 0);
        if valid { Ok(()) } else { Err(refused()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_countries() {
        for good in ["127.0.0.1:8601", "[::1]:8601", "node.example.ma:443"] {
            assert!(good.parse::<Address>().is_ok(), "{good}");
        }
        for bad in [
            "localhost",
            ":80",
            "a b:1",
            "host:0",
            "host:99999",
            "http://x:1",
        ] {
            assert!(bad.parse::<Address>().is_err(), "{bad}");
        }
        assert!("MA".parse::<Country>().is_ok() && "ma".parse::<Country>().is_err());
    }

    #[test]
    fn sealing_keys_have_one_length() {
        assert!(SealingKey::new(&[0; 1216]).is_ok());
        assert_eq!(
            SealingKey::new(&[0; 32]).unwrap_err().code(),
            "E_IDENTIFIER"
        );
    }
}
