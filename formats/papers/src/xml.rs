//! XML as office documents use it: elements and text, no declarations, no entities of its own.

use quick_xml::{
    XmlVersion,
    escape::resolve_predefined_entity,
    events::{BytesRef, BytesStart, Event},
    reader::Reader,
};

use crate::{Error, MAX_DEPTH, decode};

/// What a walk meets. Names come without their prefix: authors choose the prefix, and no two
/// elements that are looked for differ by it alone.
pub(crate) enum Node<'a> {
    Open(Element<'a>),
    Close(&'a str),
    Text(&'a str),
}

/// An element where it begins.
pub(crate) struct Element<'a>(&'a BytesStart<'a>);

impl Element<'_> {
    /// Its name without prefix.
    pub(crate) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// Its prefix.
    pub(crate) fn prefix(&self) -> &str {
        self.0
            .name()
            .prefix()
            .map_or("", |prefix| prefix.into_inner())
    }

    /// Value of an attribute, named without prefix.
    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.attributes();
        // Checks for doubles take time by the square of their number.
        let found = attributes
            .with_checks(false)
            .flatten()
            .find(|attribute| attribute.key.local_name().into_inner() == name)?;
        let value = found.normalized_value(XmlVersion::Implicit1_0).ok()?;
        Some(value.into_owned())
    }

    /// Value of an attribute that is a small number.
    pub(crate) fn number(&self, name: &str) -> Option<u8> {
        self.attribute(name)?.trim().parse().ok()
    }
}

/// Shows a part from its beginning to its end.
///
/// # Errors
/// `E_PAPER_XML`, `E_PAPER_DTD`, `E_PAPER_DEPTH` beyond [`MAX_DEPTH`], and what `visit` returns.
pub(crate) fn walk(
    bytes: &[u8],
    mut visit: impl FnMut(Node<'_>) -> Result<(), Error>,
) -> Result<(), Error> {
    let text = decode::xml(bytes)?;
    let mut reader = Reader::from_str(&text);
    reader.config_mut().expand_empty_elements = true;
    let mut depth = 0_usize;
    loop {
        match reader.read_event().map_err(|_| Error::Xml)? {
            Event::Start(start) => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err(Error::Depth);
                }
                visit(Node::Open(Element(&start)))?;
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                visit(Node::Close(end.local_name().into_inner()))?;
            }
            Event::Text(text) => visit(Node::Text(&text.xml10_content()))?,
            Event::CData(text) => visit(Node::Text(&text.xml10_content()))?,
            Event::GeneralRef(name) => visit(Node::Text(resolve(&name)?.encode_utf8(&mut [0; 4])))?,
            Event::DocType(_) => return Err(Error::Dtd),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::Empty(_) => {}
            Event::Eof if depth == 0 => return Ok(()),
            Event::Eof => return Err(Error::Xml),
        }
    }
}

/// A character by its number, or one of the five that XML names.
fn resolve(name: &BytesRef<'_>) -> Result<char, Error> {
    if let Some(char) = name.resolve_char_ref().map_err(|_| Error::Xml)? {
        return Ok(char);
    }
    let named = resolve_predefined_entity(name).and_then(|text| text.chars().next());
    named.ok_or(Error::Dtd)
}

/// Text of the first element of this name.
pub(crate) fn text_of(bytes: &[u8], name: &str) -> Result<Option<String>, Error> {
    let mut within = false;
    let mut found = None;
    walk(bytes, |node| {
        match node {
            Node::Open(element) if element.name() == name && found.is_none() => {
                within = true;
                found = Some(String::new());
            }
            Node::Close(closed) if closed == name => within = false,
            Node::Text(text) if within => found.get_or_insert_default().push_str(text),
            _ => {}
        }
        Ok(())
    })?;
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(xml: &str) -> Result<Option<String>, Error> {
        text_of(xml.as_bytes(), "p")
    }

    #[test]
    fn text_and_named_characters_are_read() {
        let xml = "<?xml version=\"1.0\"?><w:d xmlns:w=\"u\"><w:p>a &amp; b&#x41;<![CDATA[<c>]]></w:p></w:d>";
        assert_eq!(read(xml).unwrap().as_deref(), Some("a & bA<c>"));
    }

    #[test]
    fn declarations_and_entities_are_refused() {
        let bomb = "<!DOCTYPE d [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><d><p>&b;</p></d>";
        assert_eq!(read(bomb), Err(Error::Dtd));
        assert_eq!(read("<d><p>&b;</p></d>"), Err(Error::Dtd));
        assert_eq!(
            read("<!DOCTYPE d SYSTEM \"file:///etc/passwd\"><d/>"),
            Err(Error::Dtd)
        );
    }

    #[test]
    fn what_is_not_well_formed_is_refused() {
        for xml in [
            "<d><p>",
            "<d></p></d>",
            "<d>&#0;</d>",
            "<d><p></d></p>",
            "<d a=\"",
        ] {
            assert_eq!(read(xml), Err(Error::Xml), "{xml}");
        }
        assert_eq!(text_of(b"<d>\xff</d>", "p"), Err(Error::Xml));
    }

    #[test]
    fn depth_has_a_limit() {
        let nested = |depth: usize| ["<p>".repeat(depth), "</p>".repeat(depth)].concat();
        assert!(read(&nested(MAX_DEPTH)).is_ok());
        assert_eq!(read(&nested(MAX_DEPTH + 1)), Err(Error::Depth));
        assert_eq!(read(&nested(100_000)), Err(Error::Depth));
    }
}
