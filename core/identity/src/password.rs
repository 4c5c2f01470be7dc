//! Passwords: long rather than complicated, kept as Argon2id hashes (RFC 9106).

use argon2::{Algorithm, Argon2, Params, Version};
use subtle::ConstantTimeEq as _;
use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroizing;

use crate::Error;

/// Fewest characters of a password.
pub const MIN_PASSWORD_CHARS: usize = 12;
/// Most characters of a password.
pub const MAX_PASSWORD_CHARS: usize = 128;
/// Bytes of a salt.
pub const SALT_BYTES: usize = 16;

/// 19 MiB and two passes on one lane: the least that OWASP's password storage notes ask for,
/// so that two people signing in at once stay below the memory of a small node.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
const HASH_BYTES: usize = 32;

/// A password that may be chosen.
pub struct NewPassword(Zeroizing<String>);

impl NewPassword {
    /// Checks a new password: length counts, not signs; the person's own name and plain runs
    /// do not.
    pub fn check(text: &str, name: &str) -> Result<Self, Error> {
        let text: Zeroizing<String> = Zeroizing::new(text.nfc().collect());
        let chars = text.chars().count();
        if !(MIN_PASSWORD_CHARS..=MAX_PASSWORD_CHARS).contains(&chars) {
            return Err(Error::PasswordLength);
        }
        let lower = Zeroizing::new(text.to_lowercase());
        if holds_name(&lower, name) || is_plain(&lower) {
            return Err(Error::PasswordWeak);
        }
        Ok(Self(text))
    }
}

impl std::fmt::Debug for NewPassword {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NewPassword(…)")
    }
}

/// What is kept of a password: salt and hash. `Debug` shows neither.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash {
    salt: [u8; SALT_BYTES],
    hash: [u8; HASH_BYTES],
}

impl PasswordHash {
    /// Hashes a new password. Takes about 20 ms and 19 MiB; keep it off threads that serve.
    pub fn new(password: &NewPassword, salt: [u8; SALT_BYTES]) -> Result<Self, Error> {
        let hash = derive(&password.0, &salt)?;
        Ok(Self { salt, hash })
    }

    /// A hash that no password has, so that an unknown name costs the same work as a known one.
    pub fn of_nobody() -> Self {
        Self {
            salt: [0; SALT_BYTES],
            hash: [0; HASH_BYTES],
        }
    }

    /// Whether `text` is the password, in constant time after the same work.
    pub fn matches(&self, text: &str) -> bool {
        if text.chars().count() > MAX_PASSWORD_CHARS {
            return false;
        }
        let text: Zeroizing<String> = Zeroizing::new(text.nfc().collect());
        derive(&text, &self.salt).is_ok_and(|hash| bool::from(hash.ct_eq(&self.hash)))
    }

    /// As it is stored: salt, then hash. The costs belong to the version of the store.
    pub fn to_bytes(&self) -> [u8; SALT_BYTES + HASH_BYTES] {
        let mut bytes = [0; SALT_BYTES + HASH_BYTES];
        let (salt, hash) = bytes.split_at_mut(SALT_BYTES);
        salt.copy_from_slice(&self.salt);
        hash.copy_from_slice(&self.hash);
        bytes
    }

    /// Reads what [`PasswordHash::to_bytes`] wrote.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let (salt, hash) = bytes
            .split_first_chunk::<SALT_BYTES>()
            .ok_or(Error::PasswordHash)?;
        let hash = hash.try_into().map_err(|_| Error::PasswordHash)?;
        Ok(Self { salt: *salt, hash })
    }
}

impl std::fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PasswordHash(…)")
    }
}

fn derive(text: &str, salt: &[u8; SALT_BYTES]) -> Result<[u8; HASH_BYTES], Error> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, Some(HASH_BYTES))
        .map_err(|_| Error::PasswordHash)?;
    let mut hash = [0; HASH_BYTES];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(text.as_bytes(), salt, &mut hash)
        .map_err(|_| Error::PasswordHash)?;
    Ok(hash)
}

/// Any word of the name of four letters or more counts.
fn holds_name(lower: &str, name: &str) -> bool {
    let name = name.to_lowercase();
    name.split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() >= 4)
        .any(|word| lower.contains(word))
}

/// Few different characters, or mostly neighbours on a keyboard or in the alphabet.
fn is_plain(lower: &str) -> bool {
    const ROWS: [&str; 7] = [
        "abcdefghijklmnopqrstuvwxyz",
        "01234567890",
        "azertyuiop",
        "qsdfghjklm",
        "qwertyuiop",
        "asdfghjkl",
        "zxcvbnm",
    ];
    let chars: Vec<char> = lower.chars().collect();
    let distinct: std::collections::BTreeSet<&char> = chars.iter().collect();
    let neighbours = |pair: &[char]| match pair {
        [a, b] => {
            let run: String = [*a, *b].iter().collect();
            let back: String = [*b, *a].iter().collect();
            a == b
                || ROWS
                    .iter()
                    .any(|row| row.contains(&run) || row.contains(&back))
        }
        _ => false,
    };
    let runs = chars.windows(2).filter(|pair| neighbours(pair)).count();
    distinct.len() < 5 || runs * 4 >= chars.len() * 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_and_variety_are_asked_for() {
        let refused = |text: &str| NewPassword::check(text, "Fatima Zahra El Idrissi").unwrap_err();
        assert_eq!(refused("court"), Error::PasswordLength);
        assert_eq!(refused(&"x1".repeat(65)), Error::PasswordLength);
        for weak in [
            "aaaaaaaaaaaaaa",
            "abcdefghijklmnop",
            "azertyuiop1234",
            "12345678901234",
            "ababababababab",
            "monsieur-idrissi-9",
        ] {
            assert_eq!(refused(weak), Error::PasswordWeak, "{weak}");
        }
        for good in [
            "cheval agrafe pile juste",
            "قنطرة فوق البحر 15",
            "un pont sur la mer",
        ] {
            assert!(NewPassword::check(good, "Fatima Zahra El Idrissi").is_ok());
        }
    }

    #[test]
    fn a_hash_knows_its_password_and_no_other() {
        let new = NewPassword::check("cheval agrafe pile juste", "x").unwrap();
        let hash = PasswordHash::new(&new, [7; SALT_BYTES]).unwrap();
        let stored = PasswordHash::from_bytes(&hash.to_bytes()).unwrap();
        assert!(stored.matches("cheval agrafe pile juste"));
        assert!(!stored.matches("cheval agrafe pile Juste"));
        assert!(!PasswordHash::of_nobody().matches(""));
        assert!(PasswordHash::from_bytes(&[0; 5]).is_err());
        assert_eq!(format!("{hash:?}"), "PasswordHash(…)");
    }

    #[test]
    fn composed_and_decomposed_letters_are_one() {
        let new = NewPassword::check("e\u{301}te\u{301} sur la plage", "x").unwrap();
        let hash = PasswordHash::new(&new, [1; SALT_BYTES]).unwrap();
        assert!(hash.matches("\u{e9}t\u{e9} sur la plage"));
    }
}
