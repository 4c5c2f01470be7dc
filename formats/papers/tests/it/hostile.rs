//! What is sent to harm: each limit has a paper that trips it.

use passerelle_papers::{
    BlockKind, Error, FREE_UNPACKED, Hint, Kind, MAX_BLOCKS, MAX_BYTES, MAX_DEPTH, MAX_ENTRIES,
    Warning, read,
};
use proptest::prelude::*;

use super::{archive, blocks, docx, end, odt, paper, text};

#[test]
fn nothing_at_all_is_no_paper() {
    for bytes in [
        b"".as_slice(),
        b" \r\n\t ",
        b"\xef\xbb\xbf",
        b"<html><script>a</script>",
    ] {
        assert_eq!(paper(bytes), Err(Error::Empty), "{bytes:?}");
    }
    assert_eq!(paper(&docx("<w:p/>", &[])), Err(Error::Empty));
}

#[test]
fn a_paper_beyond_the_limit_is_not_looked_at() {
    assert_eq!(paper(&vec![b'a'; MAX_BYTES + 1]), Err(Error::Size));
}

#[test]
fn a_bomb_is_refused_by_its_ratio_while_it_unpacks() {
    let bomb = docx(&" ".repeat(32 * FREE_UNPACKED), &[]);
    assert!(bomb.len() < 64 * 1024);
    assert_eq!(paper(&bomb), Err(Error::Ratio));
    // What it declares does not matter: it lies.
    let mut liar = bomb.clone();
    let directory = liar
        .windows(4)
        .rposition(|four| four == b"PK\x01\x02")
        .unwrap();
    liar[directory + 24..directory + 28].copy_from_slice(&10_u32.to_le_bytes());
    assert_eq!(paper(&liar), Err(Error::Ratio));
    let allowed = docx(
        &format!(
            "<w:p><w:r><w:t>a</w:t></w:r></w:p>{}",
            " ".repeat(FREE_UNPACKED / 2)
        ),
        &[],
    );
    assert!(paper(&allowed).is_ok());
}

#[test]
fn a_bomb_in_a_bomb_stays_packed() {
    let inner = docx(&" ".repeat(32 * FREE_UNPACKED), &[]);
    let main = b"<w:document xmlns:w=\"w\"><w:p><w:r><w:t>a</w:t></w:r></w:p></w:document>";
    let outer = archive(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", main),
        ("word/embeddings/inner.docx", &inner),
    ]);
    assert_eq!(blocks(&paper(&outer).unwrap()), [text("a")]);
}

#[test]
fn parts_together_have_a_limit() {
    // Each within its ratio; incompressible enough, and more than is allowed in sum.
    let noise = |seed: u32| {
        let mut state = seed;
        let mut xml = String::from("<d>");
        for _ in 0..600_000 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            xml.push_str(if state >> 31 == 0 {
                "<a></a>            "
            } else {
                "<b></b>            "
            });
        }
        xml + "</d>"
    };
    let parts: Vec<String> = (1..=3).map(noise).collect();
    let body = "<w:p><w:r><w:t>a</w:t></w:r></w:p>";
    let beside = [
        ("word/styles.xml", parts[0].as_str()),
        ("word/footnotes.xml", parts[1].as_str()),
        ("word/endnotes.xml", parts[2].as_str()),
    ];
    let bytes = docx(body, &beside);
    assert!(bytes.len() < MAX_BYTES);
    assert_eq!(paper(&bytes), Err(Error::Size));
    assert!(paper(&docx(body, &beside[..2])).is_ok());
}

#[test]
fn too_many_entries_are_refused() {
    for count in [MAX_ENTRIES + 1, 66_000, 70_000] {
        let mut directory = Vec::new();
        for at in 0..count {
            directory.extend(b"PK\x01\x02");
            directory.extend([0; 24]);
            directory.extend([5, 0]);
            directory.extend([0; 16]);
            directory.extend(format!("{at:05}").bytes());
        }
        let bytes = end(b"PK\x03\x04".to_vec(), &directory, count);
        assert_eq!(paper(&bytes), Err(Error::Entries), "{count}");
    }
}

#[test]
fn archives_that_two_readers_read_differently_are_refused() {
    let honest = docx("<w:p><w:r><w:t>a</w:t></w:r></w:p>", &[]);
    assert!(paper(&honest).is_ok());
    let twice = archive(&[("a", b"1"), ("a", b"2")]);
    assert_eq!(paper(&twice), Err(Error::Archive));
    let mut other_name = honest.clone();
    let local = other_name
        .windows(13)
        .position(|name| name == b"word/document")
        .unwrap();
    other_name[local] = b'W';
    assert_eq!(paper(&other_name), Err(Error::Archive));
    let mut encrypted = honest.clone();
    let directory = encrypted
        .windows(4)
        .rposition(|four| four == b"PK\x01\x02")
        .unwrap();
    encrypted[directory + 8] |= 1;
    assert_eq!(paper(&encrypted), Err(Error::Archive));
    let mut changed = honest.clone();
    changed[directory + 16] ^= 1;
    assert_eq!(paper(&changed), Err(Error::Archive));
    for len in 2..honest.len() {
        assert_eq!(paper(&honest[..len]), Err(Error::Archive), "{len}");
    }
}

#[test]
fn xml_that_nests_deep_is_refused() {
    // Numbers in it, so that it is not first refused as a bomb.
    let opened: String = (0..100_000)
        .map(|at| format!("<w:p w:id=\"{}\">", at * 7919))
        .collect();
    let deep = opened + &"</w:p>".repeat(100_000);
    assert_eq!(paper(&docx(&deep, &[])), Err(Error::Depth));
    let deep = [
        "<text:list>".repeat(MAX_DEPTH),
        "</text:list>".repeat(MAX_DEPTH),
    ]
    .concat();
    assert_eq!(paper(&odt("", &deep)), Err(Error::Depth));
}

#[test]
fn entities_are_refused() {
    let laughs = "<!DOCTYPE d [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]><d>&b;</d>";
    let file = "<!DOCTYPE d [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><d>&a;</d>";
    for xml in [laughs, file] {
        let body = "<w:p><w:r><w:t>a</w:t></w:r></w:p>";
        assert_eq!(
            paper(&docx(body, &[("word/styles.xml", xml)])),
            Err(Error::Dtd)
        );
    }
    assert_eq!(
        paper(&docx("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", &[])),
        Err(Error::Dtd)
    );
}

#[test]
fn a_cell_that_says_a_million_times_says_it_once() {
    let row = "<table:table><table:table-row table:number-rows-repeated=\"1000000\">\
               <table:table-cell table:number-columns-repeated=\"1000000\"><text:p>a\
               <text:s text:c=\"1000000000\"/>b</text:p></table:table-cell></table:table-row>\
               </table:table>";
    assert_eq!(
        blocks(&paper(&odt("", row)).unwrap()),
        [super::row(&["a b"], "a b")]
    );
}

#[test]
fn ten_million_bytes_of_divisions_are_read() {
    let open = "<div>".repeat(2_000_000);
    let page = format!("<html>{open}text{}", "</span>".repeat(400_000));
    assert_eq!(blocks(&paper(page.as_bytes()).unwrap()), [text("text")]);
    let closed = format!("<html><p>before{open}{}<p>after", "</div>".repeat(800_000));
    assert!(paper(closed.as_bytes()).is_ok());
}

#[test]
fn too_many_blocks_are_refused_in_every_kind() {
    let count = MAX_BLOCKS + 1;
    assert_eq!(paper("a\n\n".repeat(count).as_bytes()), Err(Error::Size));
    assert_eq!(
        paper("a\n\n".repeat(5 * count).as_bytes()),
        Err(Error::Size)
    );
    let page = format!("<html>{}", "<p>a</p>".repeat(count));
    assert_eq!(paper(page.as_bytes()), Err(Error::Size));
    let cells = format!("<html><table><tr><td>a{}", "<td>".repeat(count));
    assert_eq!(paper(cells.as_bytes()), Err(Error::Size));
}

#[test]
fn programs_in_attributes_are_not_text() {
    let page = "<html><body onload=\"alert('x')\"><p title='<script>alert(1)</script>' \
                onclick=\"evil()\">Texte <a href=\"javascript:alert(2)\">du lien</a>.</p>\
                <script>document.write('<p>faux</p>')</script>\
                <svg><text>image</text></svg><template><p>patron</p></template></body>";
    assert_eq!(
        blocks(&paper(page.as_bytes()).unwrap()),
        [text("Texte du lien.")]
    );
}

#[test]
fn bytes_decide_over_the_extension() {
    let hint = |name| Hint {
        media_type: "",
        name,
    };
    let page = b"<!DOCTYPE html><p>Un texte.</p>";
    let read_as = |bytes: &[u8], name| {
        let paper = read(bytes, hint(name)).unwrap();
        (paper.kind, paper.warnings.contains(&Warning::Mislabelled))
    };
    assert_eq!(read_as(page, "a.txt"), (Kind::Html, true));
    assert_eq!(read_as(page, "a.html"), (Kind::Html, false));
    assert_eq!(read_as(b"1 < 2", "a.html"), (Kind::Text, true));
    let office = docx("<w:p><w:r><w:t>a</w:t></w:r></w:p>", &[]);
    assert_eq!(read_as(&office, "a.odt"), (Kind::Docx, true));
    assert_eq!(read_as(&office, "a.bin"), (Kind::Docx, false));
    let general = Hint {
        media_type: "application/octet-stream",
        name: "a",
    };
    assert_eq!(read(b"a", general).unwrap().kind, Kind::Text);
}

#[test]
fn other_kinds_are_named_as_such() {
    for bytes in [
        b"%PDF-1.7 text".as_slice(),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old office",
        b"{\\rtf1 text}",
        b"\x89PNG\r\n\x1a\n",
        b"MZ\x90\0\x03\0\0\0",
    ] {
        let hint = Hint {
            media_type: "text/plain",
            name: "a.txt",
        };
        assert_eq!(read(bytes, hint), Err(Error::Kind));
    }
    assert_eq!(paper(&archive(&[("a.txt", b"text")])), Err(Error::Kind));
}

#[test]
fn directions_are_removed_in_every_kind() {
    let turned = "ordre \u{202e}ertua\u{202c} de \u{2066}jour\u{2069}";
    let page = format!("<html><p>{turned}</p>");
    let office = docx(&format!("<w:p><w:r><w:t>{turned}</w:t></w:r></w:p>"), &[]);
    let open = odt("", &format!("<text:p>{turned}</text:p>"));
    for bytes in [turned.as_bytes(), page.as_bytes(), &office, &open] {
        let paper = paper(bytes).unwrap();
        assert_eq!(paper.blocks[0].text, "ordre ertua de jour");
        assert_eq!(paper.warnings, [Warning::DirectionsRemoved(4)]);
    }
}

#[test]
fn utf_16_without_a_mark_is_read() {
    let bytes: Vec<u8> = "Un texte sans marque."
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let paper = paper(&bytes).unwrap();
    assert_eq!(blocks(&paper), [text("Un texte sans marque.")]);
    assert_eq!(paper.warnings, [Warning::EncodingGuessed("UTF-16LE")]);
}

proptest! {
    #[test]
    fn any_change_of_an_office_document_is_answered(at in 0_usize..4096, byte: u8) {
        let mut bytes = docx("<w:p><w:r><w:t>a</w:t></w:r></w:p>", &[("word/styles.xml", "<s/>")]);
        let len = bytes.len();
        bytes[at % len] = byte;
        let _ = paper(&bytes);
    }

    #[test]
    fn any_page_is_answered_with_clean_lines(
        page in "(<(/)?(p|div|li|ul|table|tr|td|h1|a|nav|form|br|article|title|script)( class=share)?>|[a-z&;<>\n\u{202e}]{0,4}){0,40}"
    ) {
        if let Ok(paper) = paper(format!("<html>{page}").as_bytes()) {
            for block in &paper.blocks {
                let unclean = block.text.contains(['\n', '\u{202e}']);
                prop_assert!(!block.text.is_empty() && !unclean);
                let cells = matches!(block.kind, BlockKind::TableRow(_));
                prop_assert!(cells || block.text.trim() == block.text);
            }
        }
    }
}
