//! What an attachment really is, looked at while it streams by: whether its first bytes fit
//! the type it was given, and whether an archive is a trap for whoever opens it.
//!
//! **In scope**: magic bytes of the kinds of files that administrations send; the central
//! directory of a ZIP (PKWARE APPNOTE 6.3.10, sections 4.3.12 to 4.3.16), which office
//! documents are too. **Out of scope**: unpacking anything, archives within archives, viruses.
//! An archive is judged by the sizes that its own directory declares; nothing here inflates.
//!
//! ```
//! use passerelle_files::Inspection;
//!
//! let mut seen = Inspection::new("image/png", "photo.png");
//! seen.feed(b"MZ\x90\x00 a program");
//! assert_eq!(seen.finish().unwrap_err().code(), "E_FILE_TYPE");
//! ```

mod magic;
pub mod zip;

use magic::Family;

/// Bytes from the start of a file that are looked at for its kind (8 KiB).
pub const MAX_HEAD_BYTES: usize = 8 * 1024;
/// Bytes from the end of an archive that are kept for its directory: the directory itself and
/// the longest records after it.
const TAIL_BYTES: usize = zip::MAX_DIRECTORY_BYTES + zip::MAX_END_BYTES;

/// Why a file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Its bytes are of another kind than its type or its name says.
    Mislabelled,
    /// It is an archive with something wrong.
    Archive(zip::Fault),
}

impl Refusal {
    /// Stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Mislabelled => "E_FILE_TYPE",
            Self::Archive(fault) => fault.code(),
        }
    }
}

/// A file that streams by. Memory stays below 3 MiB, whatever its size.
#[derive(Debug)]
pub struct Inspection {
    expected: Option<Family>,
    head: Vec<u8>,
    tail: Vec<u8>,
    bytes: u64,
}

impl Inspection {
    /// Looks at a file that was given this media type and this name.
    pub fn new(media_type: &str, name: &str) -> Self {
        Self {
            expected: Family::of_type(media_type).or_else(|| Family::of_name(name)),
            head: Vec::new(),
            tail: Vec::new(),
            bytes: 0,
        }
    }

    /// The next bytes.
    pub fn feed(&mut self, bytes: &[u8]) {
        let room = MAX_HEAD_BYTES.saturating_sub(self.head.len());
        self.head.extend(bytes.iter().take(room));
        self.bytes = self.bytes.saturating_add(bytes.len() as u64);
        if !self.is_archive() {
            self.tail.clear();
            return;
        }
        // Only what can still be among the last bytes is copied.
        let from = bytes.len().saturating_sub(TAIL_BYTES);
        self.tail.extend(bytes.iter().skip(from));
        if self.tail.len() > 2 * TAIL_BYTES {
            let over = self.tail.len() - TAIL_BYTES;
            self.tail.drain(..over);
        }
    }

    /// Judges the whole. `E_FILE_TYPE`, or a code of [`zip::Fault`].
    pub fn finish(self) -> Result<(), Refusal> {
        if self.expected.is_some_and(|family| !family.fits(&self.head)) {
            return Err(Refusal::Mislabelled);
        }
        if self.is_archive() {
            zip::check(&self.tail, self.bytes).map_err(Refusal::Archive)?;
        }
        Ok(())
    }

    /// Files shorter than a signature are none; the first bytes are kept until that is known.
    fn is_archive(&self) -> bool {
        zip::begins(&self.head)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(media_type: &str, name: &str, bytes: &[u8]) -> Result<(), &'static str> {
        let mut seen = Inspection::new(media_type, name);
        for part in bytes.chunks(3) {
            seen.feed(part);
        }
        seen.finish().map_err(Refusal::code)
    }

    #[test]
    fn mislabelled_files_are_refused_by_type_and_by_name() {
        let program = b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0";
        for (kind, name) in [
            ("image/png", "photo.png"),
            ("application/pdf", "plan.pdf"),
            ("text/plain; charset=utf-8", "note.txt"),
            ("application/octet-stream", "plan.pdf"),
            ("application/octet-stream", "PLAN.DOCX"),
        ] {
            assert_eq!(
                judged(kind, name, program),
                Err("E_FILE_TYPE"),
                "{kind} {name}"
            );
        }
        assert_eq!(judged("application/octet-stream", "a.bin", program), Ok(()));
    }

    #[test]
    fn honest_files_pass() {
        for (kind, name, bytes) in [
            ("application/pdf", "a.pdf", b"%PDF-1.7\n".as_slice()),
            ("image/png", "a.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
            ("image/jpeg", "a.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF"),
            ("image/webp", "a.webp", b"RIFF\x10\0\0\0WEBPVP8 "),
            ("text/csv", "a.csv", "nom;prénom\nالاسم;علي\n".as_bytes()),
            ("text/plain", "utf16.txt", b"\xff\xfea\0b\0"),
            (
                "application/msword",
                "a.doc",
                b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            ),
            ("video/mp4", "a.mp4", b"\0\0\0\x18ftypmp42"),
        ] {
            assert_eq!(judged(kind, name, bytes), Ok(()), "{kind}");
        }
    }

    #[test]
    fn archives_are_looked_at_whatever_they_are_called() {
        let trap = zip::tests::archive(&[("../../etc/cron.d/x", 3, 3)]);
        assert_eq!(
            judged("application/octet-stream", "a.bin", &trap),
            Err("E_ARCHIVE_PATH")
        );
        let honest = zip::tests::archive(&[("word/document.xml", 3, 3)]);
        assert_eq!(judged("application/zip", "a.docx", &honest), Ok(()));
    }

    #[test]
    fn a_long_archive_is_judged_by_its_end() {
        let mut seen = Inspection::new("application/zip", "a.zip");
        let filler = vec![7_u8; 5 * TAIL_BYTES];
        let archive = zip::tests::archive_after(filler.len() as u64, &[("a", 1, 1)]);
        let (local, end) = archive.split_at(archive.len() - zip::tests::end_len(&["a"]));
        seen.feed(b"PK\x03\x04");
        for part in filler[4..].chunks(100_000) {
            seen.feed(part);
        }
        seen.feed(local);
        seen.feed(end);
        assert!(seen.tail.len() <= 3 * TAIL_BYTES);
        assert_eq!(seen.finish(), Ok(()));
    }
}
