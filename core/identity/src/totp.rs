//! Time-based one-time codes (RFC 6238: HMAC-SHA-1, six digits, thirty seconds): what every
//! authenticator program speaks.

use hmac::{Hmac, KeyInit as _, Mac as _};
use passerelle_model::UtcTime;
use sha1::Sha1;
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

use crate::Error;

/// Digits of a code.
pub const CODE_DIGITS: usize = 6;
/// Seconds for which a code is shown.
pub const STEP_SECONDS: u64 = 30;
/// Steps before and after now that are taken: clocks differ.
const WINDOW: u64 = 1;
/// Alphabet of RFC 4648, section 6.
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The shared secret of 160 bits.
#[derive(Clone, PartialEq, Eq)]
pub struct TotpSecret(Zeroizing<[u8; 20]>);

/// A time step whose code was used; the same and older ones are refused from then on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Step(pub u64);

impl TotpSecret {
    /// Wraps random bytes.
    pub fn new(bytes: [u8; 20]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The bytes, to be kept sealed.
    pub fn expose(&self) -> &[u8; 20] {
        &self.0
    }

    /// The code at a time.
    pub fn code_at(&self, now: UtcTime) -> String {
        self.code(step_of(now))
    }

    /// The first code that is taken now and was not used yet; for demonstrations, where many
    /// people sign in with one account.
    pub fn fresh_code(&self, now: UtcTime, last: Option<Step>) -> String {
        let now = step_of(now);
        let unused = last.map_or(now, |Step(last)| last.saturating_add(1));
        self.code(unused.clamp(now.saturating_sub(WINDOW), now.saturating_add(WINDOW)))
    }

    /// Checks a code: within a step of now, and newer than the last one used.
    pub fn check(&self, code: &str, now: UtcTime, last: Option<Step>) -> Result<Step, Error> {
        let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
        let now = step_of(now);
        let steps = now.saturating_sub(WINDOW)..=now.saturating_add(WINDOW);
        // Every step is compared, so that time tells nothing about which one it was.
        let mut found = None;
        for step in steps {
            if bool::from(self.code(step).as_bytes().ct_eq(code.as_bytes())) {
                found = Some(Step(step));
            }
        }
        match found {
            Some(step) if last.is_none_or(|last| step > last) => Ok(step),
            _ => Err(Error::Code),
        }
    }

    /// The secret as people type it into an authenticator, in groups of four.
    pub fn base32(&self) -> String {
        let mut out = String::new();
        for chunk in self.0.chunks(5) {
            let bits = chunk
                .iter()
                .fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
            for group in (0..8).rev() {
                let letter = BASE32.get((bits >> (group * 5) & 31) as usize);
                out.extend(letter.map(|letter| char::from(*letter)));
            }
        }
        out
    }

    /// Reads what [`TotpSecret::base32`] gave; spaces between groups do not count.
    pub fn from_base32(text: &str) -> Result<Self, Error> {
        let (mut bits, mut held, mut bytes) = (0_u64, 0, Zeroizing::new(Vec::with_capacity(20)));
        for letter in text.bytes().filter(|letter| *letter != b' ').take(33) {
            let value = BASE32.iter().position(|one| *one == letter);
            bits = bits << 5 | value.ok_or(Error::Secret)? as u64;
            held += 5;
            if held >= 8 {
                held -= 8;
                bytes.push((bits >> held & 255) as u8);
            }
        }
        match (bytes.as_slice().try_into(), held) {
            (Ok(whole), 0) => Ok(Self::new(whole)),
            _ => Err(Error::Secret),
        }
    }

    /// The address that authenticators read from a picture.
    pub fn uri(&self, issuer: &str, account: &str) -> String {
        let (issuer, account) = (percent(issuer), percent(account));
        format!(
            "otpauth://totp/{issuer}:{account}?secret={}&issuer={issuer}",
            self.base32()
        )
    }

    /// RFC 4226, section 5.3.
    fn code(&self, step: u64) -> String {
        let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(self.0.as_slice()) else {
            // HMAC takes keys of any length (RFC 2104), so this is never reached.
            return String::new();
        };
        mac.update(&step.to_be_bytes());
        let hash = mac.finalize().into_bytes();
        let offset = usize::from(hash.last().copied().unwrap_or(0) & 15);
        let word = hash
            .get(offset..)
            .and_then(|tail| tail.first_chunk::<4>())
            .map_or(0, |four| u32::from_be_bytes(*four) & 0x7fff_ffff);
        format!("{:0width$}", word % 1_000_000, width = CODE_DIGITS)
    }
}

impl std::fmt::Debug for TotpSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TotpSecret(…)")
    }
}

fn step_of(now: UtcTime) -> u64 {
    now.seconds() / STEP_SECONDS
}

fn percent(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rfc() -> TotpSecret {
        TotpSecret::new(*b"12345678901234567890")
    }

    /// RFC 6238, appendix B, the last six of its eight digits.
    #[test]
    fn vectors_of_the_rfc() {
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(rfc().code_at(UtcTime::from_millis(seconds * 1000)), code);
        }
    }

    #[test]
    fn a_code_works_once_and_not_for_long() {
        let now = UtcTime::from_millis(1_111_111_109_000);
        let step = rfc().check("081 804", now, None).unwrap();
        assert_eq!(rfc().check("081804", now, Some(step)), Err(Error::Code));
        let late = now.plus_millis(90_000);
        assert_eq!(rfc().check("081804", late, None), Err(Error::Code));
        assert_eq!(rfc().check("", now, None), Err(Error::Code));
    }

    #[test]
    fn base32_and_address() {
        assert_eq!(rfc().base32(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        let read = TotpSecret::from_base32("GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        assert!(read == Ok(rfc()));
        for wrong in ["", "GEZDGNBVGY3TQOJQ", "gezd", &"A".repeat(40)] {
            assert!(
                TotpSecret::from_base32(wrong) == Err(Error::Secret),
                "{wrong}"
            );
        }
        let uri = rfc().uri("Rabat é", "o-17");
        assert!(uri.starts_with("otpauth://totp/Rabat%20%C3%A9:o-17?secret=GEZD"));
    }
}
