//! Papers of others.

use passerelle_papers::{
    Hint, Paper,
    odt::{Item, Minutes, Moment, Version, minutes},
};

use crate::{chosen, taken};

/// Blocks that are written again, so that a long paper does not slow the search down.
const MAX_AGAIN: usize = 50;

/// `read`; the first byte says whether the rest is a file, a page, or the text of an office
/// document, which gets its archive here: a changed byte would else only break a checksum.
pub(crate) fn read(bytes: &[u8]) -> bool {
    let Some((choice, rest)) = chosen(bytes) else {
        return false;
    };
    let packed = match choice % 4 {
        2 => stored(&[
            ("[Content_Types].xml", b"<a/>"),
            ("word/document.xml", rest),
        ]),
        3 => stored(&[("META-INF/manifest.xml", b"<a/>"), ("content.xml", rest)]),
        _ => rest.to_vec(),
    };
    let media_type = if choice % 4 == 1 { "text/html" } else { "" };
    let hint = Hint {
        media_type,
        name: "",
    };
    let Some(paper) = taken(passerelle_papers::read(&packed, hint)) else {
        return false;
    };
    check(&paper);
    write_again(&paper);
    true
}

fn check(paper: &Paper) {
    assert!(!paper.blocks.is_empty());
    for block in &paper.blocks {
        assert!(!block.text.trim().is_empty(), "a block of nothing");
        let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        let unclean = |c: char| (c.is_control() && c != '\t') || turns(c);
        assert!(!block.text.contains(unclean), "unclean: {:?}", block.text);
    }
}

/// What was read is written as minutes, and read from them as the same.
fn write_again(paper: &Paper) {
    let blocks = paper.blocks.iter().take(MAX_AGAIN);
    let texts: Vec<String> = blocks.map(|block| block.text.replace('\t', " ")).collect();
    let said = |text: &String| vec![Version::new(paper.lang_guess, text.as_str())];
    let bytes = minutes(&Minutes {
        title: Vec::new(),
        facts: Vec::new(),
        items: texts
            .iter()
            .map(|text| Item::Paragraph(said(text)))
            .collect(),
        parties: Vec::new(),
        written: Moment {
            year: 2026,
            month: 1,
            day: 1,
            hour: 0,
            minute: 0,
            second: 0,
        },
    });
    // Text of thousands of equal letters packs better than anything honest.
    let again = match passerelle_papers::read(&bytes, Hint::default()) {
        Ok(again) => again,
        Err(error) => {
            assert_eq!(error.code(), "E_PAPER_RATIO");
            return;
        }
    };
    let trimmed = texts
        .iter()
        .map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
    assert!(
        again
            .blocks
            .iter()
            .map(|block| block.text.clone())
            .eq(trimmed)
    );
}

/// A ZIP of parts as they are.
pub(crate) fn stored(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for (name, data) in parts {
        let at = long(bytes.len());
        let mut shared = vec![20, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        shared.extend(crc32fast::hash(data).to_le_bytes());
        for len in [data.len(), data.len(), name.len()] {
            shared.extend(long(len));
        }
        bytes.extend([b"PK\x03\x04", shared.as_slice(), name.as_bytes(), data].concat());
        directory.extend([b"PK\x01\x02\x14\0", shared.as_slice(), &[0; 10], &at].concat());
        directory.extend(name.as_bytes());
    }
    let (at, size, count) = (long(bytes.len()), long(directory.len()), short(parts.len()));
    bytes.extend(directory);
    bytes.extend(
        [
            b"PK\x05\x06\0\0\0\0".as_slice(),
            &count,
            &count,
            &size,
            &at,
            &[0; 2],
        ]
        .concat(),
    );
    bytes
}

fn short(value: usize) -> [u8; 2] {
    u16::try_from(value).unwrap_or(u16::MAX).to_le_bytes()
}

fn long(value: usize) -> [u8; 4] {
    u32::try_from(value).unwrap_or(u32::MAX).to_le_bytes()
}
