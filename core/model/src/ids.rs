//! Identifiers: each kind its own type, so that a unit is never taken for a party.

use crate::Error;
use crate::macros::{bytes_id, checked_text};

checked_text! {
    /// A party: reverse-domain words such as `ma.interior`; lower-case letters, digits and
    /// hyphens in 2 to 6 dot-separated words, at most 64 bytes.
    PartyId, |text| {
        let words = text.split('.').count();
        let valid = text.len() <= 64 && (2..=6).contains(&words) && text.split('.').all(is_slug);
        if valid { Ok(()) } else {
            Err(Error::identifier("party", text, "write words like ma.interior"))
        }
    }
}

checked_text! {
    /// A unit inside a party, such as `counter-terrorism`: a slug of at most 32 bytes.
    UnitId, |text| slug("unit", text)
}

checked_text! {
    /// A channel: the stable identifier of an agreement through all its revisions, such as
    /// `ma-be-security`. Each party keeps one journal per channel.
    ChannelId, |text| slug("agreement", text)
}

checked_text! {
    /// A purpose, legal basis, data class, offence or caveat of an agreement: a slug of at
    /// most 32 bytes.
    Code, |text| slug("code", text)
}

checked_text! {
    /// An officer of one's own party, as the party names its people: a slug of at most 32
    /// bytes. Meaningful only together with the party.
    OfficerId, |text| slug("officer", text)
}

bytes_id! {
    /// SHA-256 of something; which thing is said by the field that holds it.
    Digest, 32
}

bytes_id! {
    /// The first eight bytes of the SHA-256 of a public key: enough to pick the key, never
    /// to trust it.
    KeyId, 8
}

bytes_id! {
    /// SHA-256 of the exact bytes of an agreement's TOML document: `sha256sum` gives it too.
    AgreementHash, 32
}

bytes_id! {
    /// A record: 48 bits of milliseconds, then 80 random bits; sorts by time. Thirty-two hex
    /// digits in text.
    RecordId, 16
}

impl RecordId {
    /// An identifier for a record written at `millis`, with ten random bytes.
    pub fn from_parts(millis: u64, random: [u8; 10]) -> Self {
        let mut bytes = [0; 16];
        let (time, rest) = bytes.split_at_mut(6);
        time.copy_from_slice(millis.to_be_bytes().last_chunk::<6>().unwrap_or(&[0; 6]));
        rest.copy_from_slice(&random);
        Self::new(bytes)
    }
}

fn slug(what: &'static str, text: &str) -> Result<(), Error> {
    if text.len() <= 32 && is_slug(text) {
        Ok(())
    } else {
        Err(Error::identifier(
            what,
            text,
            "use lower-case letters, digits and inner hyphens",
        ))
    }
}

fn is_slug(text: &str) -> bool {
    let inner = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    !text.is_empty() && text.bytes().all(inner) && !text.starts_with('-') && !text.ends_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parties_and_slugs() {
        assert!("ma.interior".parse::<PartyId>().is_ok());
        assert!("be.federal-police.dgj".parse::<PartyId>().is_ok());
        for bad in [
            "ma",
            "MA.interior",
            "ma..x",
            "ma.-x",
            "ma.intérieur",
            ".",
            "a.b.c.d.e.f.g",
        ] {
            assert_eq!(
                bad.parse::<PartyId>().unwrap_err().code(),
                "E_IDENTIFIER",
                "{bad}"
            );
        }
        assert!("x".repeat(33).parse::<UnitId>().is_err());
    }

    #[test]
    fn record_ids_sort_by_time_and_read_back() {
        let early = RecordId::from_parts(1_000, [255; 10]);
        let late = RecordId::from_parts(1_001, [0; 10]);
        assert!(early < late);
        assert_eq!(early.to_string().parse::<RecordId>().unwrap(), early);
        assert!("12".parse::<RecordId>().is_err());
    }
}
