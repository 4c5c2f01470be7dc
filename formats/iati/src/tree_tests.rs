use super::*;

fn refused(text: &str) -> (u32, &'static str) {
    let error = Tree::read(text.as_bytes()).unwrap_err();
    (error.line, error.code())
}

#[test]
fn text_attributes_and_lines_are_as_xml_says() {
    let text = "\u{feff}<?xml version='1.0' encoding='utf-8'?>\n<a b='1 &lt;\n2'>x&amp;&#xe9;\r\n\
                <![CDATA[<&]]>\n<c xml:lang='fr'/></a>\n";
    let tree = Tree::read(text.as_bytes()).unwrap();
    let root = tree.root().unwrap();
    assert_eq!(root.attribute("b"), Some("1 < 2"));
    assert_eq!(root.text(), "x&é\n<&\n");
    assert_eq!((root.line(), root.child("c").unwrap().line()), (2, 5));
    assert_eq!(root.child("c").unwrap().attribute("xml:lang"), Some("fr"));
}

#[test]
fn foreign_elements_are_noted_and_empty() {
    let text = "<a xmlns:x='urn:x' x:y='1'><x:b><c>t</c></x:b><d xmlns='urn:d'/><e/></a>";
    let tree = Tree::read(text.as_bytes()).unwrap();
    let root = tree.root().unwrap();
    let all: Vec<_> = root.every_child().map(Node::name).collect();
    assert_eq!(all, ["x:b", "d", "e"]);
    assert_eq!(root.children().count(), 1);
    assert_eq!(root.attributes().count(), 0);
    assert_eq!(root.every_child().flat_map(Node::every_child).count(), 0);
}

#[test]
fn hostile_files_are_refused_with_their_line() {
    let entity = "<!DOCTYPE a [<!ENTITY b 'c'>]>\n<a>&b;</a>";
    assert_eq!(refused(entity), (1, "E_IATI_DOCTYPE"));
    assert_eq!(refused("<a>\n&b;</a>"), (2, "E_IATI_ENTITY"));
    assert_eq!(refused("<a b='&c;'/>"), (1, "E_IATI_ENTITY"));
    assert_eq!(refused("<a>\n&#0;</a>").1, "E_IATI_CHARACTER");
    assert_eq!(refused("<a>\n\u{1}</a>"), (2, "E_IATI_CHARACTER"));
    assert_eq!(refused("<a b='&#1;'/>"), (1, "E_IATI_CHARACTER"));
    assert_eq!(refused("<x:a/>"), (1, "E_IATI_NAMESPACE"));
    assert_eq!(
        refused("<?xml version='1.0' encoding='latin1'?><a/>").1,
        "E_NOT_UTF8"
    );
    assert_eq!(Tree::read(b"<a>\n\xff</a>").unwrap_err().line, 2);
    let deep = "<a>".repeat(MAX_DEPTH + 2);
    assert_eq!(refused(&deep), (1, "E_IATI_TOO_DEEP"));
    let foreign = format!("<a xmlns:x='u'>{}", "<x:a>".repeat(MAX_DEPTH + 2));
    assert_eq!(refused(&foreign), (1, "E_IATI_TOO_DEEP"));
    let many: String = (0..=MAX_ATTRIBUTES).map(|n| format!(" a{n}='1'")).collect();
    assert_eq!(refused(&format!("<a{many}/>")), (1, "E_IATI_TOO_MANY"));
    let long = "x".repeat(MAX_TEXT + 1);
    assert_eq!(refused(&format!("<a>{long}</a>")), (1, "E_IATI_TOO_LONG"));
    let wide = format!("<a>{}</a>", "<b/>".repeat(MAX_ELEMENTS));
    assert_eq!(refused(&wide), (1, "E_IATI_TOO_MANY"));
    assert_eq!(
        Tree::read(&vec![b' '; MAX_BYTES + 1]).unwrap_err().code(),
        "E_IATI_TOO_LARGE"
    );
}

#[test]
fn what_is_not_well_formed_is_refused() {
    for text in [
        "",
        "<a>",
        "<a></b>",
        "<a/><b/>",
        "<a/>x",
        "x<a/>",
        "<a b='1' b='2'/>",
        "<a b=1/>",
    ] {
        assert_eq!(refused(text).1, "E_IATI_XML", "{text}");
    }
}

#[test]
fn descendants_come_in_the_order_of_the_file() {
    let tree = Tree::read(b"<a><b><c/><d/></b><e/></a>").unwrap();
    let names: String = tree.root().unwrap().descendants().map(Node::name).collect();
    assert_eq!(names, "bcde");
}
