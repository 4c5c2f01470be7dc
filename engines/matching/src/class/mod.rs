//! Classes of identifiers, each with its one canonical form.
//!
//! Matching is exact: both sides must write the same thing in the same way, byte for byte. Each
//! class has a scheme number that changes whenever its canonical form does, and probes from
//! which both sides compute a hash to see that they canonicalise alike.

mod account;
mod document;
mod network;
mod phone;
mod states;
mod text;
mod vehicle;

use std::fmt;
use std::str::FromStr;

use sha2::{Digest as _, Sha256};

use crate::Error;

/// Longest identifier that is read, in characters: a person's keys are the longest of them.
pub const MAX_IDENTIFIER_CHARS: usize = 512;

/// What kind of thing is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// A key of a person's name, with or without a birth date, as the engine of names makes it.
    Person,
    /// A passport, identity card or other document: `STATE/number`.
    Document,
    /// A telephone number (ITU-T E.164).
    Phone,
    /// A licence plate: `STATE/plate`.
    Plate,
    /// A bank account (ISO 13616).
    Iban,
    /// An e-mail address (RFC 5321).
    Email,
    /// An account on a platform: `platform/handle`.
    Handle,
    /// A vehicle identification number (ISO 3779).
    Vehicle,
    /// A file, by its SHA-256.
    File,
}

/// An identifier in the canonical form of its class. Only [`Class::canonical`] makes one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Canonical {
    class: Class,
    value: String,
}

impl Class {
    /// Every class.
    pub const ALL: [Self; 9] = [
        Self::Person,
        Self::Document,
        Self::Phone,
        Self::Plate,
        Self::Iban,
        Self::Email,
        Self::Handle,
        Self::Vehicle,
        Self::File,
    ];

    /// Its name in files and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Document => "document",
            Self::Phone => "phone",
            Self::Plate => "plate",
            Self::Iban => "iban",
            Self::Email => "email",
            Self::Handle => "handle",
            Self::Vehicle => "vehicle",
            Self::File => "file",
        }
    }

    /// Version of its canonical form.
    pub fn scheme(self) -> u32 {
        1
    }

    /// The canonical form of what somebody wrote.
    ///
    /// # Errors
    /// `E_MATCH_IDENTIFIER`, with what is wrong.
    pub fn canonical(self, text: &str) -> Result<Canonical, Error> {
        let read = match self {
            Self::Person => text::key,
            Self::Document => document::number,
            Self::Phone => phone::number,
            Self::Plate => vehicle::plate,
            Self::Iban => account::iban,
            Self::Email => network::email,
            Self::Handle => network::handle,
            Self::Vehicle => vehicle::vin,
            Self::File => network::file,
        };
        let value = text::tidied(text)
            .and_then(|tidy| read(&tidy))
            .map_err(|why| Error::Identifier {
                class: self.as_str(),
                why,
            })?;
        Ok(Canonical { class: self, value })
    }

    /// Synthetic identifiers, which no person and no thing has: what is written, and the
    /// canonical form of it.
    pub fn probes(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Person => text::PROBES,
            Self::Document => document::PROBES,
            Self::Phone => phone::PROBES,
            Self::Plate => vehicle::PLATE_PROBES,
            Self::Iban => account::PROBES,
            Self::Email => network::EMAIL_PROBES,
            Self::Handle => network::HANDLE_PROBES,
            Self::Vehicle => vehicle::VIN_PROBES,
            Self::File => network::FILE_PROBES,
        }
    }

    /// What this program makes of something written: the canonical form, or the error code.
    pub fn made_of(self, written: &str) -> String {
        match self.canonical(written) {
            Ok(canonical) => canonical.value,
            Err(error) => error.code().to_owned(),
        }
    }

    /// SHA-256 over the class, its scheme, its source, and what this program makes of each
    /// probe: two sides with the same hash write alike. The source names whatever makes the
    /// identifiers before they come here, such as the tables behind the keys of names; empty
    /// where nothing does.
    pub fn profile(self, source: &str) -> [u8; 32] {
        let mut hash = Sha256::new()
            .chain_update(b"passerelle/pmp1/profile\n")
            .chain_update(self.as_str())
            .chain_update(self.scheme().to_be_bytes());
        let mut part = |part: &str| {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        };
        part(source);
        for (written, _) in self.probes() {
            part(written);
            part(&self.made_of(written));
        }
        hash.finalize().into()
    }
}

impl Canonical {
    /// The class.
    pub fn class(&self) -> Class {
        self.class
    }

    /// The value.
    pub fn as_str(&self) -> &str {
        &self.value
    }

    /// What goes into the oblivious function: prefix, class, scheme, value, each behind its
    /// length in two bytes.
    pub fn input(&self) -> Vec<u8> {
        let scheme = self.class.scheme().to_be_bytes();
        let parts: [&[u8]; 4] = [
            b"passerelle:v1",
            self.class.as_str().as_bytes(),
            &scheme,
            self.value.as_bytes(),
        ];
        let mut input = Vec::new();
        for part in parts {
            let length = u16::try_from(part.len()).unwrap_or(u16::MAX);
            input.extend_from_slice(&length.to_be_bytes());
            input.extend_from_slice(part);
        }
        input
    }
}

/// What fills a batch up: no identifier of any class has this input, and an opened batch shows
/// it for what it is.
pub fn dummy_input(nonce: &[u8; 16]) -> Vec<u8> {
    let mut input = vec![0, 13];
    input.extend_from_slice(b"passerelle:v1");
    input.extend_from_slice(&[0, 5]);
    input.extend_from_slice(b"dummy");
    input.extend_from_slice(&[0, 16]);
    input.extend_from_slice(nonce);
    input
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Class {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let found = Self::ALL.into_iter().find(|class| class.as_str() == text);
        found.ok_or(Error::Identifier {
            class: "class",
            why: "is not one of the classes",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_probe_comes_out_as_it_should() {
        for class in Class::ALL {
            assert!(class.probes().len() >= 3, "{class}");
            for (written, expected) in class.probes() {
                let found = class.canonical(written);
                let found = found.as_ref().map_or_else(|e| e.code(), Canonical::as_str);
                assert_eq!(&found, expected, "{class}: {written}");
                // A canonical form is its own.
                if let Ok(once) = class.canonical(written) {
                    assert_eq!(class.canonical(once.as_str()).unwrap(), once, "{class}");
                }
            }
            assert_eq!(class.as_str().parse::<Class>().unwrap(), class);
        }
        let profiles: std::collections::BTreeSet<_> =
            Class::ALL.iter().map(|class| class.profile("")).collect();
        assert_eq!(profiles.len(), Class::ALL.len());
        assert!(!profiles.contains(&Class::Person.profile("tables 1")));
    }

    #[test]
    fn what_is_wrong_is_said() {
        let bad = [
            (Class::Phone, "", "is empty"),
            (
                Class::Phone,
                "0475 12 34 56",
                "begins with + and the country code",
            ),
            (Class::Phone, "+999 1234567", "has no known country code"),
            (Class::Phone, "+32 4", "has 7 to 15 digits"),
            (
                Class::Phone,
                "+32 47x 1234567",
                "has other characters than digits",
            ),
            (
                Class::Phone,
                "+32\u{202e}4751234",
                "holds characters that hide or reorder text",
            ),
            (Class::Document, "AB123456", "is written STATE/number"),
            (Class::Document, "XX/AB123456", "names no state of ISO 3166"),
            (Class::Document, "MA/АB123456", "mixes scripts"),
            (Class::Document, "MA/A1", "has 4 to 20 letters and digits"),
            (Class::Plate, "BE/", "has 2 to 12 letters and digits"),
            (
                Class::Plate,
                "BE/1-ABC-*",
                "has other characters than letters and digits",
            ),
            (Class::Iban, "BE71 0961 2345 6768", "fails its check digits"),
            (
                Class::Iban,
                "BE71 0961",
                "has another length than its country's",
            ),
            (
                Class::Iban,
                "XX71 0961 2345 6769",
                "names a country without IBAN",
            ),
            (Class::Email, "a@b@c.org", "has one @"),
            (Class::Email, "é@c.org", "is written in ASCII"),
            (Class::Email, "a@c", "has a domain with a dot"),
            (Class::Handle, "@someone", "is written platform/handle"),
            (Class::Vehicle, "WVWZZZ1JZ3W38675", "has 17 characters"),
            (
                Class::Vehicle,
                "WVWZZZ1JZ3W38675O",
                "has letters I, O or Q, which no VIN has",
            ),
            (
                Class::File,
                "d41d8cd98f00b204e9800998ecf8427e",
                "is a SHA-256 in hexadecimal",
            ),
            (Class::Person, "a b", "is a key of the engine of names"),
        ];
        for (class, written, expected) in bad {
            match class.canonical(written) {
                Err(Error::Identifier { why, .. }) => assert_eq!(why, expected, "{written}"),
                other => panic!("{written}: {other:?}"),
            }
        }
        let long = "1".repeat(1_000_000);
        for class in Class::ALL {
            let refused = class.canonical(&long).unwrap_err();
            assert_eq!(refused.code(), "E_MATCH_IDENTIFIER");
        }
    }

    #[test]
    fn inputs_of_classes_are_apart() {
        let a = Class::Handle.canonical("x/abcd").unwrap().input();
        let b = Class::Email.canonical("x@abcd.org").unwrap().input();
        assert_ne!(a, b);
        assert!(a.starts_with(b"\0\x0dpasserelle:v1\0\x06handle\0\x04\0\0\0\x01"));
        assert_ne!(dummy_input(&[0; 16]), dummy_input(&[1; 16]));
    }
}
