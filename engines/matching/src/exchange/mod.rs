//! What the two parties hand each other: manifest, order, answer, buckets, probes; and what each
//! keeps for itself.
//!
//! Every file is one deterministic CBOR map (RFC 8949, section 4.2) with its version first.
//! None is signed here: the node layer signs and seals them, and enters their hashes in its
//! log. An answer names the hash of its order, an order the hash of its manifest.

mod answer;
mod buckets;
mod epoch;
mod manifest;
mod order;
mod padding;
mod pending;
mod probes;

pub use answer::{AnswerFile, Found, respond};
pub use buckets::{Fetch, Fetched, Given, MAX_DECOYS, MAX_FETCH_BUCKETS, MIN_BUCKET_KEYS};
pub use epoch::Epoch;
pub use manifest::Manifest;
pub use order::{Asked, MAX_ORDER_BATCHES, Opened, Order, SIZES, ask, open};
pub use padding::Padding;
pub use pending::Pending;
pub use probes::{Difference, MAX_PROBES, Probes};

use minicbor::{Decode, Encode};
use sha2::{Digest as _, Sha256};

use crate::Error;

/// Version of the files of this module.
pub const EXCHANGE_VERSION: u32 = 1;
/// Largest file, in bytes (1 GiB): [`MAX_ORDER_BATCHES`] batches of the largest size with what
/// the asker keeps of each question.
pub const MAX_FILE_BYTES: usize = 1 << 30;
/// Longest name of a party, purpose or contact point, in bytes.
pub const MAX_NAME_BYTES: usize = 256;

/// Writes a file.
fn written<T: Encode<()>>(value: &T) -> Vec<u8> {
    let mut bytes = Vec::new();
    // Writing to memory cannot fail.
    let done = minicbor::encode(value, &mut bytes);
    debug_assert!(done.is_ok());
    bytes
}

/// Reads a file; only the one encoding that [`written`] gives is taken.
fn read<'b, T>(what: &'static str, bytes: &'b [u8]) -> Result<T, Error>
where
    T: Decode<'b, ()> + Encode<()>,
{
    let wrong = |why| Error::File { what, why };
    if bytes.len() > MAX_FILE_BYTES {
        return Err(wrong("is larger than 1 GiB"));
    }
    check_version(
        what,
        version(bytes).ok_or(wrong("is no file of this protocol"))?,
    )?;
    let value: T = minicbor::decode(bytes).map_err(|_| wrong("is cut or altered"))?;
    match written(&value) == bytes {
        true => Ok(value),
        false => Err(wrong("is not in its one encoding")),
    }
}

/// The version that every file begins with, whatever else other versions hold.
fn version(bytes: &[u8]) -> Option<u32> {
    let mut decoder = minicbor::Decoder::new(bytes);
    decoder.map().ok()??;
    match decoder.u32().ok()? {
        0 => decoder.u32().ok(),
        _ => None,
    }
}

fn check_version(what: &'static str, found: u32) -> Result<(), Error> {
    match found == EXCHANGE_VERSION {
        true => Ok(()),
        false => Err(Error::Version {
            what,
            found,
            known: EXCHANGE_VERSION,
        }),
    }
}

fn check_name(what: &'static str, name: &str) -> Result<(), Error> {
    let fits = !name.is_empty() && is_plain(name);
    match fits {
        true => Ok(()),
        false => Err(Error::File {
            what,
            why: "a name is empty, longer than 256 bytes or holds control characters",
        }),
    }
}

/// Whether a terminal can show it: no control characters, none that reorder.
fn is_plain(name: &str) -> bool {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    name.len() <= MAX_NAME_BYTES && !name.chars().any(|c| c.is_control() || turns(c))
}

fn digest(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}
