//! Archives: a small one with two names, and what is wrong with others.

use super::{Sample, World, bad, good, spoilt};

/// Bytes before the directory, which nobody reads.
const ENTRIES: &[u8] = b"PK\x03\x04 entries";

pub(crate) fn zip(_: &World) -> Vec<Sample> {
    let honest = archive(&["a.txt", "dossier/b"], 9);
    let mut samples = spoilt("two-names", honest);
    samples.extend([
        good("empty", archive(&[], 0)),
        bad("step-up", archive(&["../a"], 9)),
        bad("absolute", archive(&["/a"], 9)),
        bad("bomb", archive(&["a"], u32::MAX - 1)),
    ]);
    samples
}

/// A directory of these names; each says that it unpacks to `expanded` bytes.
fn archive(names: &[&str], expanded: u32) -> Vec<u8> {
    let mut bytes = ENTRIES.to_vec();
    for name in names {
        bytes.extend(b"PK\x01\x02\x14\x03\x14\0\0\0\0\0\0\0\0\0\0\0\0\0");
        bytes.extend(1_u32.to_le_bytes());
        bytes.extend(expanded.to_le_bytes());
        bytes.extend(short(name.len()));
        bytes.extend([0; 16]);
        bytes.extend(name.as_bytes());
    }
    let size = bytes.len() - ENTRIES.len();
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend(short(names.len()));
    bytes.extend(short(names.len()));
    bytes.extend(long(size));
    bytes.extend(long(ENTRIES.len()));
    bytes.extend([0; 2]);
    bytes
}

fn short(value: usize) -> [u8; 2] {
    u16::try_from(value).unwrap_or(u16::MAX).to_le_bytes()
}

fn long(value: usize) -> [u8; 4] {
    u32::try_from(value).unwrap_or(u32::MAX).to_le_bytes()
}
