//! DOCX and ODT as office programs write them.

use passerelle_papers::{Kind, Language, Warning};

use super::{blocks, docx, heading, item, odt, paper, row, text};

fn run(words: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r>")
}

fn styled(properties: &str, words: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr>{}</w:p>", run(words))
}

const STYLES: &str = "<w:styles xmlns:w=\"w\">\
    <w:style w:type=\"paragraph\" w:styleId=\"Titre\"><w:name w:val=\"Title\"/></w:style>\
    <w:style w:type=\"paragraph\" w:styleId=\"Titre1\"><w:name w:val=\"heading 1\"/></w:style>\
    <w:style w:type=\"paragraph\" w:styleId=\"Perso\"><w:name w:val=\"Perso\"/>\
    <w:basedOn w:val=\"Titre1\"/><w:pPr><w:outlineLvl w:val=\"1\"/></w:pPr></w:style>\
    <w:style w:type=\"paragraph\" w:styleId=\"Puce\"><w:name w:val=\"List Bullet\"/>\
    <w:pPr><w:numPr><w:numId w:val=\"3\"/></w:numPr></w:pPr></w:style>\
    <w:style w:type=\"paragraph\" w:styleId=\"TM1\"><w:name w:val=\"toc 1\"/></w:style>\
    <w:style w:type=\"paragraph\" w:styleId=\"Boucle\"><w:name w:val=\"x\"/>\
    <w:basedOn w:val=\"Boucle\"/></w:style></w:styles>";

#[test]
fn docx_headings_and_lists_follow_their_styles() {
    let body = [
        styled("<w:pStyle w:val=\"Titre\"/>", "Procès-verbal"),
        styled("<w:pStyle w:val=\"TM1\"/>", "Ordre du jour 2"),
        styled("<w:pStyle w:val=\"Titre1\"/>", "Ordre du jour"),
        styled("<w:pStyle w:val=\"Perso\"/>", "Points"),
        styled("<w:outlineLvl w:val=\"2\"/>", "Détails"),
        styled("<w:pStyle w:val=\"Puce\"/>", "premier"),
        styled(
            "<w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"3\"/></w:numPr>",
            "dedans",
        ),
        styled(
            "<w:pStyle w:val=\"Puce\"/><w:numPr><w:numId w:val=\"0\"/></w:numPr>",
            "sorti",
        ),
        styled("<w:pStyle w:val=\"Boucle\"/>", "texte"),
    ]
    .concat();
    let paper = paper(&docx(&body, &[("word/styles.xml", STYLES)])).unwrap();
    assert_eq!(paper.kind, Kind::Docx);
    assert_eq!(paper.title.as_deref(), Some("Procès-verbal"));
    assert_eq!(paper.warnings, [Warning::AsidesLeftOut(1)]);
    assert_eq!(
        blocks(&paper),
        [
            heading(1, "Procès-verbal"),
            heading(1, "Ordre du jour"),
            heading(2, "Points"),
            heading(3, "Détails"),
            item(1, "premier"),
            item(2, "dedans"),
            text("sorti"),
            text("texte"),
        ]
    );
}

#[test]
fn docx_tracked_changes_are_read_as_accepted_and_told() {
    let body = format!(
        "<w:p>{}<w:del w:id=\"1\"><w:r><w:delText>trois</w:delText></w:r></w:del>\
         <w:ins w:id=\"2\">{}</w:ins>{}</w:p>\
         <w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p>{}</w:p></w:tc></w:tr></w:tbl>\
         <w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>caché</w:t></w:r><w:r><w:rPr>\
         <w:vanish w:val=\"0\"/></w:rPr><w:t>visible</w:t></w:r></w:p>",
        run("Les "),
        run("deux"),
        run(" parties"),
        run("ligne")
    );
    let paper = paper(&docx(&body, &[])).unwrap();
    assert_eq!(blocks(&paper), [text("Les deux parties"), text("visible")]);
    assert_eq!(
        paper.warnings,
        [
            Warning::InsertionsKept(1),
            Warning::DeletionsLeftOut(2),
            Warning::HiddenLeftOut(1)
        ]
    );
}

#[test]
fn docx_tables_boxes_and_notes_are_read_once() {
    let nested = format!(
        "<w:tbl><w:tr><w:tc><w:p>{}</w:p></w:tc></w:tr></w:tbl>",
        run("dedans")
    );
    let body = format!(
        "<w:tbl><w:tr><w:tc><w:p>{}</w:p></w:tc><w:tc><w:p>{}</w:p><w:p>{}</w:p>{nested}</w:tc>\
         </w:tr></w:tbl><w:p>{}<w:r><w:footnoteReference w:id=\"7\"/></w:r></w:p>\
         <w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p>{}</w:p></w:txbxContent>\
         </mc:Choice><mc:Fallback><w:p>{}</w:p></mc:Fallback></mc:AlternateContent></w:r>{}</w:p>",
        run("Délai"),
        run("un"),
        run("mois"),
        run("Texte"),
        run("boîte"),
        run("boîte"),
        run("autour")
    );
    let notes = format!(
        "<w:footnotes xmlns:w=\"w\"><w:footnote w:id=\"-1\"><w:p>{}</w:p></w:footnote>\
         <w:footnote w:id=\"7\"><w:p>{}</w:p></w:footnote></w:footnotes>",
        run("séparateur"),
        run("La note.")
    );
    let paper = paper(&docx(&body, &[("word/footnotes.xml", &notes)])).unwrap();
    assert_eq!(
        blocks(&paper),
        [
            row(&["Délai", "un mois dedans"], "Délai\tun mois dedans"),
            text("Texte[1]"),
            text("boîte"),
            text("autour"),
            text("[1] La note."),
        ]
    );
}

#[test]
fn docx_right_to_left_runs_keep_their_order() {
    let body = "<w:p><w:pPr><w:bidi/></w:pPr><w:r><w:rPr><w:rtl/></w:rPr>\
                <w:t xml:space=\"preserve\">اتفق الطرفان على </w:t></w:r><w:r><w:t>GMMP</w:t></w:r>\
                <w:r><w:rPr><w:rtl/></w:rPr><w:t xml:space=\"preserve\"> في الرباط</w:t></w:r></w:p>";
    let paper = paper(&docx(body, &[])).unwrap();
    assert_eq!(blocks(&paper), [text("اتفق الطرفان على GMMP في الرباط")]);
    assert_eq!(paper.lang_guess, Language::Ar);
}

#[test]
fn docx_may_have_its_main_part_elsewhere_and_its_title_in_its_properties() {
    let rels = "<Relationships xmlns=\"r\"><Relationship Target=\"/word/document2.xml\" \
                Type=\"http://x/relationships/officeDocument\"/></Relationships>";
    let other = format!(
        "<w:document xmlns:w=\"w\"><w:p>{}</w:p></w:document>",
        run("Ici.")
    );
    let core = "<cp:p xmlns:cp=\"c\" xmlns:dc=\"d\"><dc:title>Note</dc:title></cp:p>";
    let parts = [
        ("_rels/.rels", rels),
        ("word/document2.xml", other.as_str()),
        ("docProps/core.xml", core),
    ];
    let paper = paper(&docx(&styled("", "ailleurs"), &parts)).unwrap();
    assert_eq!(blocks(&paper), [text("Ici.")]);
    assert_eq!(paper.title.as_deref(), Some("Note"));
}

#[test]
fn odt_is_read_as_it_is_shown() {
    let styles = "<style:style style:name=\"P1\" style:parent-style-name=\"Title\"/>\
                  <style:style style:name=\"T1\"><style:text-properties text:display=\"none\"/>\
                  </style:style>";
    let body = "<text:tracked-changes><text:changed-region><text:deletion><text:p>effacé</text:p>\
        </text:deletion></text:changed-region><text:changed-region><text:insertion/>\
        </text:changed-region></text:tracked-changes>\
        <text:p text:style-name=\"P1\">Titre</text:p>\
        <text:h text:outline-level=\"2\">Partie</text:h>\
        <text:p>Un<text:s text:c=\"3\"/>texte<text:span text:style-name=\"T1\">caché</text:span>\
        <text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Note.</text:p>\
        </text:note-body></text:note><office:annotation><text:p>avis</text:p></office:annotation></text:p>\
        <text:list><text:list-item><text:p>un</text:p><text:list><text:list-item><text:p>deux</text:p>\
        </text:list-item></text:list></text:list-item></text:list>\
        <table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>\
        <table:covered-table-cell/><table:table-cell><text:p>b</text:p></table:table-cell>\
        </table:table-row></table:table>\
        <text:p><draw:frame><draw:image/><svg:title>image</svg:title></draw:frame>fin</text:p>";
    let paper = paper(&odt(styles, body)).unwrap();
    assert_eq!(paper.kind, Kind::Odt);
    assert_eq!(paper.title.as_deref(), Some("Titre"));
    assert_eq!(
        blocks(&paper),
        [
            heading(1, "Titre"),
            heading(2, "Partie"),
            text("Un texte[1]"),
            item(1, "un"),
            item(2, "deux"),
            row(&["a", "b"], "a\tb"),
            text("fin"),
            text("[1] Note."),
        ]
    );
    assert_eq!(
        paper.warnings,
        [
            Warning::InsertionsKept(1),
            Warning::DeletionsLeftOut(1),
            Warning::HiddenLeftOut(1),
            Warning::PicturesLeftOut(1)
        ]
    );
}
