//! Papers as offices and hostile senders make them.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod hostile;
mod minutes;
mod office;
mod pages;
mod reference;

use passerelle_papers::{BlockKind, Error, Hint, Paper, read};

/// Reads without a hint.
fn paper(bytes: &[u8]) -> Result<Paper, Error> {
    read(bytes, Hint::default())
}

/// Kinds and texts of the blocks.
fn blocks(paper: &Paper) -> Vec<(BlockKind, &str)> {
    paper
        .blocks
        .iter()
        .map(|block| (block.kind.clone(), block.text.as_str()))
        .collect()
}

fn heading(level: u8, text: &str) -> (BlockKind, &str) {
    (BlockKind::Heading(level), text)
}

fn text(text: &str) -> (BlockKind, &str) {
    (BlockKind::Paragraph, text)
}

fn item(level: u8, text: &str) -> (BlockKind, &str) {
    (BlockKind::ListItem(level), text)
}

/// A row, and its text with a tabulator between the cells.
fn row<'a>(cells: &[&str], text: &'a str) -> (BlockKind, &'a str) {
    let cells = cells.iter().map(|cell| (*cell).to_owned()).collect();
    (BlockKind::TableRow(cells), text)
}

/// A ZIP of deflated parts.
fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut directory = Vec::new();
    for (name, data) in parts {
        let packed = miniz_oxide::deflate::compress_to_vec(data, 6);
        let at = u32::try_from(bytes.len()).unwrap();
        let mut shared = vec![20, 0, 0, 0, 8, 0, 0, 0, 0, 0];
        for field in [
            crc32fast::hash(data),
            u32::try_from(packed.len()).unwrap(),
            u32::try_from(data.len()).unwrap(),
            u32::try_from(name.len()).unwrap(),
        ] {
            shared.extend(field.to_le_bytes());
        }
        bytes.extend([b"PK\x03\x04", &shared[..], name.as_bytes(), &packed].concat());
        directory.extend(
            [
                b"PK\x01\x02\x14\0",
                &shared[..],
                &[0; 10],
                &at.to_le_bytes(),
            ]
            .concat(),
        );
        directory.extend(name.as_bytes());
    }
    end(bytes, &directory, parts.len())
}

/// The directory and the record after it; of the count, its last two bytes.
fn end(mut bytes: Vec<u8>, directory: &[u8], count: usize) -> Vec<u8> {
    let at = u32::try_from(bytes.len()).unwrap();
    let size = u32::try_from(directory.len()).unwrap();
    let count = (count as u16).to_le_bytes();
    bytes.extend(directory);
    bytes.extend([b"PK\x05\x06\0\0\0\0".as_slice(), &count, &count].concat());
    bytes.extend([size.to_le_bytes(), at.to_le_bytes()].concat());
    bytes.extend([0, 0]);
    bytes
}

/// A DOCX with this body and these further parts.
fn docx(body: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let main = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"w\" xmlns:mc=\"mc\">\
         <w:body>{body}</w:body></w:document>"
    );
    let mut parts = vec![
        ("[Content_Types].xml", "<Types/>".as_bytes()),
        ("word/document.xml", main.as_bytes()),
    ];
    parts.extend(more.iter().map(|(name, xml)| (*name, xml.as_bytes())));
    archive(&parts)
}

/// An ODT with these automatic styles and this text.
fn odt(styles: &str, text: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content xmlns:office=\"o\" xmlns:text=\"t\" xmlns:style=\"s\" \
         xmlns:table=\"b\" xmlns:svg=\"v\" xmlns:draw=\"d\"><office:automatic-styles>{styles}\
         </office:automatic-styles><office:body><office:text>{text}</office:text></office:body>\
         </office:document-content>"
    );
    archive(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("META-INF/manifest.xml", b"<m/>"),
        ("content.xml", content.as_bytes()),
    ])
}
