//! The parts of a ZIP (PKWARE APPNOTE 6.3.10), unpacked in memory with limits.
//!
//! Stricter than most readers, so that nobody else reads another document out of the same bytes:
//! one disk, no ZIP64, nothing encrypted, no name twice, stored or deflated, and the header
//! before a part names the same part as the directory. Nested archives stay packed.

use std::{cell::Cell, collections::BTreeMap};

use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_with_limit};

use crate::{Error, FREE_UNPACKED, MAX_ENTRIES, MAX_RATIO, MAX_UNPACKED};

const END: usize = 22;
const ENTRY: usize = 46;
const LOCAL: usize = 30;
const STORED: u16 = 0;
const DEFLATED: u16 = 8;
/// Encrypted, or names what only a reader with a password sees.
const ENCRYPTED: u16 = 0x2041;

/// An archive whose directory was read.
#[derive(Debug)]
pub(crate) struct Archive<'a> {
    bytes: &'a [u8],
    parts: BTreeMap<&'a str, Part>,
    /// What may still be unpacked, over all parts.
    left: Cell<usize>,
}

#[derive(Debug)]
struct Part {
    flags: u16,
    method: u16,
    sum: u32,
    packed: usize,
    unpacked: usize,
    at: usize,
}

impl<'a> Archive<'a> {
    /// Reads the directory, and nothing else.
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, Error> {
        let end = end_record(bytes).ok_or(Error::Archive)?;
        let entries = usize::from(u16_at(bytes, end + 10).ok_or(Error::Archive)?);
        if entries > MAX_ENTRIES {
            return Err(Error::Entries);
        }
        let size = usize_at(bytes, end + 12).ok_or(Error::Archive)?;
        let start = usize_at(bytes, end + 16).ok_or(Error::Archive)?;
        if start.checked_add(size) != Some(end) {
            return Err(Error::Archive);
        }
        let mut rest = bytes.get(start..end).ok_or(Error::Archive)?;
        let mut parts = BTreeMap::new();
        for _ in 0..entries {
            let (name, part) = entry(&mut rest).ok_or(Error::Archive)?;
            if parts.insert(name, part).is_some() {
                return Err(Error::Archive);
            }
        }
        // 70,000 entries overflow the count of two bytes: then the directory is not used up.
        if !rest.is_empty() {
            return Err(Error::Entries);
        }
        let left = Cell::new(MAX_UNPACKED);
        Ok(Self { bytes, parts, left })
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.parts.contains_key(name)
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &'a str> {
        self.parts.keys().copied()
    }

    /// Unpacks a part; `None` where there is none of this name.
    pub(crate) fn part(&self, name: &str) -> Result<Option<Vec<u8>>, Error> {
        let Some(part) = self.parts.get(name) else {
            return Ok(None);
        };
        let packed = self.packed(name, part).ok_or(Error::Archive)?;
        let unpacked = self.unpack(part, packed)?;
        if unpacked.len() != part.unpacked || crc32fast::hash(&unpacked) != part.sum {
            return Err(Error::Archive);
        }
        self.left
            .set(self.left.get().saturating_sub(unpacked.len()));
        Ok(Some(unpacked))
    }

    fn packed(&self, name: &str, part: &Part) -> Option<&'a [u8]> {
        let local = self.bytes.get(part.at..)?;
        let named = usize::from(u16_at(local, 26)?);
        let extra = usize::from(u16_at(local, 28)?);
        let same = local.starts_with(b"PK\x03\x04")
            && u16_at(local, 8)? == part.method
            && local.get(LOCAL..LOCAL + named)? == name.as_bytes();
        let plain = part.flags & ENCRYPTED == 0;
        let data = local.get(LOCAL + named + extra..)?.get(..part.packed)?;
        (same && plain).then_some(data)
    }

    /// The limit is the smaller of what is left and of what the ratio allows, and holds while the
    /// bytes come out.
    fn unpack(&self, part: &Part, packed: &[u8]) -> Result<Vec<u8>, Error> {
        let left = self.left.get();
        let fair = packed.len().saturating_mul(MAX_RATIO).max(FREE_UNPACKED);
        let (limit, beyond) = if left < fair {
            (left, Error::Size)
        } else {
            (fair, Error::Ratio)
        };
        match part.method {
            STORED if packed.len() > limit => Err(beyond),
            STORED => Ok(packed.to_vec()),
            DEFLATED => decompress_to_vec_with_limit(packed, limit).map_err(|error| {
                let more = error.status == TINFLStatus::HasMoreOutput;
                if more { beyond } else { Error::Archive }
            }),
            _ => Err(Error::Archive),
        }
    }
}

/// The last record whose comment ends where the bytes end.
fn end_record(bytes: &[u8]) -> Option<usize> {
    let last = bytes.len().checked_sub(END)?;
    let at = (last.saturating_sub(0xffff)..=last).rev().find(|at| {
        let comment = u16_at(bytes, at + 20).map(usize::from);
        bytes.get(*at..at + 4) == Some(b"PK\x05\x06") && comment == Some(last - at)
    })?;
    let one_disk = u16_at(bytes, at + 8)? == u16_at(bytes, at + 10)?;
    one_disk.then_some(at)
}

/// One line of the directory.
fn entry<'a>(rest: &mut &'a [u8]) -> Option<(&'a str, Part)> {
    let bytes: &'a [u8] = rest;
    if !bytes.starts_with(b"PK\x01\x02") {
        return None;
    }
    let part = Part {
        flags: u16_at(bytes, 8)?,
        method: u16_at(bytes, 10)?,
        sum: u32_at(bytes, 16)?,
        packed: usize_at(bytes, 20)?,
        unpacked: usize_at(bytes, 24)?,
        at: usize_at(bytes, 42)?,
    };
    let name = ENTRY + usize::from(u16_at(bytes, 28)?);
    let end = name + usize::from(u16_at(bytes, 30)?) + usize::from(u16_at(bytes, 32)?);
    *rest = bytes.get(end..)?;
    Some((std::str::from_utf8(bytes.get(ENTRY..name)?).ok()?, part))
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn usize_at(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32_at(bytes, at)?).ok()
}
