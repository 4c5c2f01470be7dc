//! The directory at the end of a ZIP, read with limits: names and declared sizes, nothing is
//! unpacked.

/// Most bytes of a central directory (1 MiB).
pub const MAX_DIRECTORY_BYTES: usize = 1024 * 1024;
/// Most entries of an archive.
pub const MAX_ENTRIES: u64 = 10_000;
/// Most bytes that an archive may declare to unpack to (16 GiB).
pub const MAX_EXPANDED_BYTES: u64 = 16 * 1024 * 1024 * 1024;
/// Most bytes that may come out for each byte of the archive. Text rarely passes 20; a bomb
/// begins at several hundred.
pub const MAX_RATIO: u64 = 100;
/// What may come out in any case, whatever the ratio (16 MiB).
pub const FREE_BYTES: u64 = 16 * 1024 * 1024;
/// Longest records after the directory: the two of ZIP64, the end record and its comment.
pub(crate) const MAX_END_BYTES: usize = END64 + LOCATOR + END + 0xffff;

const END: usize = 22;
const END64: usize = 56;
const LOCATOR: usize = 20;
const ENTRY: usize = 46;

/// What is wrong with an archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Cut, or at odds with itself.
    Malformed,
    /// Too many entries, or too long a directory.
    Entries,
    /// Would unpack to too much, or its entries overlap.
    Size,
    /// A name that leads out of the folder, or a link.
    Path,
}

impl Fault {
    /// Stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Malformed => "E_ARCHIVE_MALFORMED",
            Self::Entries => "E_ARCHIVE_ENTRIES",
            Self::Size => "E_ARCHIVE_SIZE",
            Self::Path => "E_ARCHIVE_PATH",
        }
    }
}

/// Whether bytes begin as a ZIP does: with a first entry, or with the end of an empty one.
pub fn begins(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06")
}

/// Judges an archive of `total` bytes by its last bytes.
pub fn check(tail: &[u8], total: u64) -> Result<(), Fault> {
    let end = End::find(tail)?;
    if end.entries > MAX_ENTRIES || end.size > MAX_DIRECTORY_BYTES as u64 {
        return Err(Fault::Entries);
    }
    let size = usize::try_from(end.size).map_err(|_| Fault::Entries)?;
    let start = end.at.checked_sub(size).ok_or(Fault::Malformed)?;
    // The directory stands where the archive says, so that every reader sees the same one.
    let before = total
        .checked_sub(tail.len() as u64)
        .ok_or(Fault::Malformed)?;
    if before + start as u64 != end.offset {
        return Err(Fault::Malformed);
    }
    let mut rest = tail.get(start..end.at).ok_or(Fault::Malformed)?;
    let (mut packed, mut expanded) = (0_u64, 0_u64);
    for _ in 0..end.entries {
        let entry = Entry::read(&mut rest)?;
        if entry.leads_out() {
            return Err(Fault::Path);
        }
        packed = packed.saturating_add(entry.packed);
        expanded = expanded.saturating_add(entry.expanded);
    }
    if !rest.is_empty() {
        return Err(Fault::Malformed);
    }
    let bomb = expanded > FREE_BYTES && expanded / MAX_RATIO > total;
    if packed > total || expanded > MAX_EXPANDED_BYTES || bomb {
        return Err(Fault::Size);
    }
    Ok(())
}

/// What the records after the directory say.
struct End {
    /// Where they begin, in the bytes given.
    at: usize,
    entries: u64,
    size: u64,
    offset: u64,
}

impl End {
    fn find(tail: &[u8]) -> Result<Self, Fault> {
        let last = tail.len().checked_sub(END).ok_or(Fault::Malformed)?;
        let first = last.saturating_sub(0xffff);
        let at = (first..=last)
            .rev()
            .find(|at| {
                let comment = u16_at(tail, at + 20).map(usize::from);
                signed(tail, *at, b"PK\x05\x06") && comment == Some(last - at)
            })
            .ok_or(Fault::Malformed)?;
        let field = |place: usize| u16_at(tail, at + place).ok_or(Fault::Malformed);
        let long = |place: usize| u32_at(tail, at + place).ok_or(Fault::Malformed);
        if field(4)? != field(6)? {
            return Err(Fault::Malformed);
        }
        let (entries, size, offset) = (field(10)?, long(12)?, long(16)?);
        if entries == u16::MAX || size == u32::MAX || offset == u32::MAX {
            return Self::find_long(tail, at);
        }
        Ok(Self {
            at,
            entries: entries.into(),
            size: size.into(),
            offset: offset.into(),
        })
    }

    /// ZIP64: a locator before the end record, and a longer end record before it.
    fn find_long(tail: &[u8], end: usize) -> Result<Self, Fault> {
        let locator = end.checked_sub(LOCATOR).ok_or(Fault::Malformed)?;
        let at = locator.checked_sub(END64).ok_or(Fault::Malformed)?;
        if !signed(tail, locator, b"PK\x06\x07") || !signed(tail, at, b"PK\x06\x06") {
            return Err(Fault::Malformed);
        }
        let long = |place: usize| u64_at(tail, at + place).ok_or(Fault::Malformed);
        Ok(Self {
            at,
            entries: long(32)?,
            size: long(40)?,
            offset: long(48)?,
        })
    }
}

/// One line of the directory.
struct Entry<'a> {
    name: &'a [u8],
    packed: u64,
    expanded: u64,
    /// Unix mode, where the archive was made by such a system.
    mode: u32,
}

impl<'a> Entry<'a> {
    fn read(rest: &mut &'a [u8]) -> Result<Self, Fault> {
        let bytes: &'a [u8] = rest;
        if !signed(bytes, 0, b"PK\x01\x02") {
            return Err(Fault::Malformed);
        }
        let field = |place: usize| u16_at(bytes, place).ok_or(Fault::Malformed);
        let long = |place: usize| u32_at(bytes, place).ok_or(Fault::Malformed);
        let [name, extra, comment] = [field(28)?, field(30)?, field(32)?].map(usize::from);
        let part = |from: usize, len: usize| bytes.get(from..from + len).ok_or(Fault::Malformed);
        let unix = field(4)? >> 8 == 3;
        let entry = Self {
            name: part(ENTRY, name)?,
            packed: long(20)?.into(),
            expanded: long(24)?.into(),
            mode: if unix { long(38)? >> 16 } else { 0 },
        };
        let entry = entry.lengthened(part(ENTRY + name, extra)?)?;
        let all = ENTRY + name + extra + comment;
        *rest = bytes.get(all..).ok_or(Fault::Malformed)?;
        Ok(entry)
    }

    /// Sizes of ZIP64 stand in an extra field, in this order, where the short ones are full.
    fn lengthened(mut self, mut extra: &[u8]) -> Result<Self, Fault> {
        let full = u64::from(u32::MAX);
        if self.packed != full && self.expanded != full {
            return Ok(self);
        }
        while let (Some(id), Some(len)) = (u16_at(extra, 0), u16_at(extra, 2)) {
            let data = extra.get(4..4 + usize::from(len)).ok_or(Fault::Malformed)?;
            if id == 1 {
                let mut at = 0;
                for size in [&mut self.expanded, &mut self.packed] {
                    if *size == full {
                        *size = u64_at(data, at).ok_or(Fault::Malformed)?;
                        at += 8;
                    }
                }
                return Ok(self);
            }
            extra = extra.get(4 + usize::from(len)..).unwrap_or_default();
        }
        Err(Fault::Malformed)
    }

    /// Whether unpacking could write elsewhere than into its folder: an absolute name, a step
    /// up, a drive, a control character, or a link.
    fn leads_out(&self) -> bool {
        let link = self.mode & 0o170_000 == 0o120_000;
        let name = self.name;
        let rooted = matches!(name.first(), Some(b'/' | b'\\'));
        let drive = name.get(1) == Some(&b':');
        let up = name
            .split(|byte| matches!(byte, b'/' | b'\\'))
            .any(|part| part == b"..");
        let control = name.iter().any(|byte| *byte < 0x20 || *byte == 0x7f);
        link || name.is_empty() || rooted || drive || up || control
    }
}

fn signed(bytes: &[u8], at: usize, magic: &[u8; 4]) -> bool {
    bytes.get(at..at + 4) == Some(magic)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Name, packed size, size when unpacked.
    type Line<'a> = (&'a str, u32, u32);

    /// A directory with these lines, after one local header that nobody reads.
    pub(crate) fn archive(lines: &[Line<'_>]) -> Vec<u8> {
        archive_after(0, lines)
    }

    pub(crate) fn archive_after(before: u64, lines: &[Line<'_>]) -> Vec<u8> {
        let mut bytes = b"PK\x03\x04 filler that stands for the entries".to_vec();
        let offset = u32::try_from(before).unwrap() + u32::try_from(bytes.len()).unwrap();
        let start = bytes.len();
        for line in lines {
            entry(&mut bytes, *line, 0);
        }
        let size = u32::try_from(bytes.len() - start).unwrap();
        end(
            &mut bytes,
            u16::try_from(lines.len()).unwrap(),
            size,
            offset,
        );
        bytes
    }

    pub(crate) fn end_len(names: &[&str]) -> usize {
        names.iter().map(|name| ENTRY + name.len()).sum::<usize>() + END
    }

    fn entry(bytes: &mut Vec<u8>, (name, packed, expanded): Line<'_>, mode: u32) {
        let mut line = vec![0; ENTRY];
        line[..4].copy_from_slice(b"PK\x01\x02");
        line[5] = 3;
        line[20..24].copy_from_slice(&packed.to_le_bytes());
        line[24..28].copy_from_slice(&expanded.to_le_bytes());
        line[28..30].copy_from_slice(&u16::try_from(name.len()).unwrap().to_le_bytes());
        line[38..42].copy_from_slice(&(mode << 16).to_le_bytes());
        bytes.extend(line);
        bytes.extend(name.as_bytes());
    }

    fn end(bytes: &mut Vec<u8>, entries: u16, size: u32, offset: u32) {
        let mut last = vec![0; END];
        last[..4].copy_from_slice(b"PK\x05\x06");
        last[8..10].copy_from_slice(&entries.to_le_bytes());
        last[10..12].copy_from_slice(&entries.to_le_bytes());
        last[12..16].copy_from_slice(&size.to_le_bytes());
        last[16..20].copy_from_slice(&offset.to_le_bytes());
        bytes.extend(last);
    }

    fn judged(bytes: &[u8]) -> Result<(), Fault> {
        check(bytes, bytes.len() as u64)
    }

    #[test]
    fn honest_archives_pass() {
        assert_eq!(
            judged(&archive(&[("a.txt", 5, 9), ("dossier/b..txt", 5, 9)])),
            Ok(())
        );
        assert_eq!(
            judged(b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"),
            Ok(())
        );
    }

    #[test]
    fn bombs_are_refused_by_ratio_by_sum_and_by_overlap() {
        let swollen = archive(&[("a", 10, u32::try_from(FREE_BYTES).unwrap() + 1)]);
        assert_eq!(judged(&swollen), Err(Fault::Size));
        let allowed = archive(&[("a", 10, u32::try_from(FREE_BYTES).unwrap())]);
        assert_eq!(judged(&allowed), Ok(()));
        let overlapping = archive(&[("a", 100, 100), ("b", 100, 100)]);
        assert_eq!(judged(&overlapping), Err(Fault::Size));
    }

    #[test]
    fn too_many_entries_are_refused_before_they_are_read() {
        let mut bytes = archive(&[]);
        let at = bytes.len() - END;
        bytes[at + 10..at + 12].copy_from_slice(&10_001_u16.to_le_bytes());
        assert_eq!(judged(&bytes), Err(Fault::Entries));
    }

    #[test]
    fn names_that_lead_out_and_links_are_refused() {
        for name in [
            "../a",
            "a/../../b",
            "/etc/passwd",
            "\\\\host\\a",
            "C:\\a",
            "a\\..\\b",
            "a\nb",
            "",
        ] {
            assert_eq!(
                judged(&archive(&[(name, 1, 1)])),
                Err(Fault::Path),
                "{name:?}"
            );
        }
        let mut bytes = b"PK\x03\x04".to_vec();
        entry(&mut bytes, ("link", 1, 1), 0o120_777);
        let size = u32::try_from(bytes.len() - 4).unwrap();
        end(&mut bytes, 1, size, 4);
        assert_eq!(judged(&bytes), Err(Fault::Path));
    }

    #[test]
    fn a_directory_elsewhere_than_said_or_cut_is_malformed() {
        let honest = archive(&[("a", 1, 1)]);
        let mut shifted = honest.clone();
        shifted.splice(4..4, *b"more");
        assert_eq!(judged(&shifted), Err(Fault::Malformed));
        for len in 0..honest.len() {
            assert_eq!(judged(&honest[..len]), Err(Fault::Malformed), "{len}");
        }
    }

    #[test]
    fn long_sizes_count() {
        let mut bytes = b"PK\x03\x04".to_vec();
        entry(&mut bytes, ("a", 1, u32::MAX), 0);
        let at = 4;
        let mut extra = vec![1, 0, 8, 0];
        extra.extend((MAX_EXPANDED_BYTES + 1).to_le_bytes());
        bytes[at + 30..at + 32].copy_from_slice(&12_u16.to_le_bytes());
        bytes.extend(extra);
        let size = u32::try_from(bytes.len() - 4).unwrap();
        end(&mut bytes, 1, size, 4);
        assert_eq!(judged(&bytes), Err(Fault::Size));
    }

    #[test]
    fn any_end_is_answered() {
        // A walk over flipped bytes: every answer is fine, none may panic.
        let honest = archive(&[("a.txt", 5, 9), ("b", 1, 1)]);
        for at in 0..honest.len() {
            for flip in [1, 0x80, 0xff] {
                let mut bytes = honest.clone();
                bytes[at] ^= flip;
                let _ = judged(&bytes);
            }
        }
    }
}
