//! Attachments, looked at while they stream by.

use passerelle_files::{Inspection, zip};

/// `Inspection` in one piece and in small ones, and `zip::check`: all say the same.
pub(crate) fn zip(bytes: &[u8]) -> bool {
    let mut whole = Inspection::new("application/octet-stream", "a");
    whole.feed(bytes);
    let mut pieces = Inspection::new("application/octet-stream", "a");
    for piece in bytes.chunks(7) {
        pieces.feed(piece);
    }
    let said = whole.finish();
    assert_eq!(said, pieces.finish(), "pieces are judged otherwise");
    let checked = zip::check(bytes, bytes.len() as u64);
    if zip::begins(bytes) {
        assert_eq!(said.is_ok(), checked.is_ok(), "the end is judged otherwise");
    }
    zip::begins(bytes) && checked.is_ok()
}
