//! Papers: one of each kind, with what a reader must leave out, and what is refused.

use passerelle_papers::{
    Language,
    odt::{Fact, Item, Minutes, Moment, Party, Version, minutes},
};

use super::{Sample, World, any, bad, choosing, good, spoilt};
use crate::papers::stored;

const TEXT: &str = "X\n\nAccord entre les deux ministères\n\nMardi 3 mars 2026 - 9:30\n\n\
                    Les parties conviennent :\n- de former leurs agents ;\n- d’échanger.\n\n\
                    Lire aussi\n\nUn autre accord\n";
const ARABIC: &[u8] =
    b"\xc7\xca\xdd\xde \xc7\xe1\xd8\xd1\xdd\xc7\xe4 \xda\xe1\xec \xc7\xe1\xca\xda\xc7\xe6\xe4";
const PAGE: &str = "<!DOCTYPE html><title>Accord</title><nav><a href=/>Menu</a></nav><main>\
    <h1>Accord &amp; suite</h1><p>Les parties <b>conviennent</b> de :<ul><li>former<li>échanger\
    </ul><table><tr><th>Action<th>Délai<tr><td>former<td>un mois</table><div class=share>X</div>\
    <form><label>Nom</label></form></main><script>a()</script>";
const DOCUMENT: &str = "<w:document xmlns:w=\"w\"><w:body><w:p><w:pPr><w:outlineLvl w:val=\"0\"/>\
    </w:pPr><w:r><w:t>Accord</w:t></w:r></w:p><w:p><w:pPr><w:numPr><w:ilvl w:val=\"1\"/>\
    <w:numId w:val=\"1\"/></w:numPr></w:pPr><w:del><w:r><w:delText>a</w:delText></w:r></w:del>\
    <w:ins><w:r><w:rPr><w:rtl/></w:rPr><w:t>تعاون</w:t></w:r></w:ins></w:p><w:tbl><w:tr><w:tc><w:p>\
    <w:r><w:t>a</w:t><w:footnoteReference w:id=\"2\"/></w:r></w:p></w:tc></w:tr></w:tbl></w:body>\
    </w:document>";
const CONTENT: &str = "<office:document-content xmlns:office=\"o\" xmlns:text=\"t\" \
    xmlns:table=\"b\"><office:body><office:text><text:h text:outline-level=\"1\">Accord</text:h>\
    <text:list><text:list-item><text:p>un<text:s/>deux</text:p></text:list-item></text:list>\
    <table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>\
    </table:table-row></table:table><text:p>b<text:note><text:note-body><text:p>c</text:p>\
    </text:note-body></text:note></text:p></office:text></office:body></office:document-content>";

pub(crate) fn read(_: &World) -> Vec<Sample> {
    let wide: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let files = vec![
        good("text", TEXT),
        good("text-arabic-1256", ARABIC),
        good("text-turned", "ordre \u{202e}ertua\u{202c} de jour"),
        good("text-utf-16", wide),
        good(
            "docx",
            stored(&[
                ("[Content_Types].xml", b"<a/>"),
                ("word/document.xml", DOCUMENT.as_bytes()),
            ]),
        ),
        bad("pdf", "%PDF-1.7"),
        bad("zip-of-another-kind", stored(&[("a", b"b")])),
    ];
    let mut samples = choosing(0, files);
    samples.extend(choosing(0, written()));
    samples.extend(choosing(
        1,
        vec![
            good("page", PAGE),
            good("page-open", "<p>a<td>b<li>c</p></table>d"),
            any("page-cut", PAGE.get(..300).unwrap_or(PAGE)),
        ],
    ));
    let entity = "<!DOCTYPE a [<!ENTITY b \"c\">]><a><p><t>&b;</t></p></a>";
    let mut parts = spoilt("document", DOCUMENT);
    parts.push(bad("document-entity", entity));
    samples.extend(choosing(2, parts));
    samples.extend(choosing(3, spoilt("content", CONTENT)));
    samples
}

/// Minutes as they are written here.
fn written() -> Vec<Sample> {
    let said = |text: &str| vec![Version::new(Language::Fr, text)];
    let bytes = minutes(&Minutes {
        title: vec![
            Version::new(Language::Fr, "Procès-verbal"),
            Version::new(Language::Ar, "محضر"),
        ],
        facts: vec![Fact {
            label: said("Lieu"),
            value: said("Rabat"),
        }],
        items: vec![Item::Numbered(said("Les parties conviennent."))],
        parties: vec![Party {
            name: said("Pour le Maroc"),
            under: said("Date"),
        }],
        written: Moment {
            year: 2026,
            month: 3,
            day: 2,
            hour: 9,
            minute: 30,
            second: 0,
        },
    });
    spoilt("odt", bytes)
}
