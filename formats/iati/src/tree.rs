//! Foreign XML as a light tree, read with limits.

use quick_xml::{
    NsReader, XmlVersion,
    events::{BytesDecl, BytesRef, BytesStart, Event},
    name::ResolveResult,
};

use crate::{Error, Fault, MAX_ATTRIBUTES, MAX_BYTES, MAX_DEPTH, MAX_ELEMENTS, MAX_TEXT};

/// A file as elements, in one list. What belongs to a foreign namespace is there by name only.
#[derive(Debug, Default)]
pub struct Tree {
    elements: Vec<Element>,
    foreign_attributes: u32,
}

#[derive(Debug, Default)]
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
    children: Vec<usize>,
    parent: Option<usize>,
    line: u32,
    foreign: bool,
}

/// One element of a tree.
#[derive(Debug, Clone, Copy)]
pub struct Node<'t> {
    tree: &'t Tree,
    element: &'t Element,
}

impl Tree {
    /// Reads XML 1.0 in UTF-8, without document type declaration.
    ///
    /// # Errors
    /// The first fault, with its line: not well-formed, or a limit of this crate is passed.
    pub fn read(bytes: &[u8]) -> Result<Self, Error> {
        if bytes.len() > MAX_BYTES {
            return Err(Error::new(0, Fault::TooLarge));
        }
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
            Error::new(lines(before).saturating_add(1), Fault::NotUtf8)
        })?;
        Building::new(text).run()
    }

    /// The outermost element.
    #[must_use]
    pub fn root(&self) -> Option<Node<'_>> {
        self.node(0)
    }

    /// How many attributes of foreign namespaces were passed by.
    #[must_use]
    pub fn foreign_attributes(&self) -> u32 {
        self.foreign_attributes
    }

    /// All elements of no foreign namespace, in the order of the file.
    pub fn all(&self) -> impl Iterator<Item = Node<'_>> {
        (0..self.elements.len())
            .filter_map(|at| self.node(at))
            .filter(|node| !node.is_foreign())
    }

    fn node(&self, at: usize) -> Option<Node<'_>> {
        let element = self.elements.get(at)?;
        Some(Node {
            tree: self,
            element,
        })
    }
}

impl<'t> Node<'t> {
    /// Name, with its prefix if it is foreign.
    #[must_use]
    pub fn name(self) -> &'t str {
        &self.element.name
    }

    /// Text directly in it, in one piece.
    #[must_use]
    pub fn text(self) -> &'t str {
        &self.element.text
    }

    /// Line of its first tag, from 1.
    #[must_use]
    pub fn line(self) -> u32 {
        self.element.line
    }

    /// Whether it belongs to a foreign namespace.
    #[must_use]
    pub fn is_foreign(self) -> bool {
        self.element.foreign
    }

    /// Value of one attribute.
    #[must_use]
    pub fn attribute(self, name: &str) -> Option<&'t str> {
        self.attributes()
            .find_map(|(found, value)| (found == name).then_some(value))
    }

    /// Names and values of the attributes of no foreign namespace, and `xml:lang`.
    pub fn attributes(self) -> impl Iterator<Item = (&'t str, &'t str)> {
        let all = self.element.attributes.iter();
        all.map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Its children, foreign ones too.
    pub fn every_child(self) -> impl Iterator<Item = Node<'t>> {
        let children = self.element.children.iter();
        children.filter_map(move |at| self.tree.node(*at))
    }

    /// Its children of no foreign namespace.
    pub fn children(self) -> impl Iterator<Item = Node<'t>> {
        self.every_child().filter(|child| !child.is_foreign())
    }

    /// Its children of this name.
    pub fn named(self, name: &str) -> impl Iterator<Item = Node<'t>> {
        self.children().filter(move |child| child.name() == name)
    }

    /// The first child of this name.
    #[must_use]
    pub fn child(self, name: &str) -> Option<Node<'t>> {
        self.named(name).next()
    }

    /// What it stands in.
    #[must_use]
    pub fn parent(self) -> Option<Node<'t>> {
        self.tree.node(self.element.parent?)
    }

    /// Everything in it, at any depth, in the order of the file.
    pub fn descendants(self) -> impl Iterator<Item = Node<'t>> {
        let mut waiting: Vec<Node<'t>> = vec![self];
        std::iter::from_fn(move || {
            let next = waiting.pop()?;
            let from = waiting.len();
            waiting.extend(next.children());
            waiting.get_mut(from..).map(<[_]>::reverse);
            Some(next)
        })
        .skip(1)
    }
}

/// A tree while it is read.
struct Building<'i> {
    text: &'i str,
    reader: NsReader<&'i [u8]>,
    tree: Tree,
    open: Vec<usize>,
    /// Elements open within a foreign one, it included.
    skipping: usize,
    line: u32,
    counted: usize,
}

impl<'i> Building<'i> {
    fn new(text: &'i str) -> Self {
        let mut reader = NsReader::from_str(text);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_comments = true;
        Self {
            text,
            reader,
            tree: Tree::default(),
            open: Vec::new(),
            skipping: 0,
            line: 1,
            counted: 0,
        }
    }

    fn run(mut self) -> Result<Tree, Error> {
        if let Some(at) = self.text.find(|c| !is_allowed(c)) {
            self.count_lines(at);
            return Err(self.error(Fault::Character));
        }
        loop {
            self.count_lines(usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX));
            let (foreign, event) = match self.reader.read_resolved_event() {
                Ok((ResolveResult::Unbound, event)) => (false, event),
                Ok((ResolveResult::Bound(_), event)) => (true, event),
                Ok((ResolveResult::Unknown(_), _)) => return Err(self.error(Fault::Namespace)),
                Err(_) => return Err(self.error(Fault::Xml)),
            };
            if matches!(event, Event::Eof) {
                break;
            }
            self.event(foreign, &event)
                .map_err(|fault| self.error(fault))?;
        }
        if !self.open.is_empty() || self.skipping > 0 || self.tree.elements.is_empty() {
            return Err(self.error(Fault::Xml));
        }
        Ok(self.tree)
    }

    fn event(&mut self, foreign: bool, event: &Event<'i>) -> Result<(), Fault> {
        match event {
            Event::Start(start) if foreign || self.skipping > 0 => self.skip(start),
            Event::Start(start) => self.start(start),
            Event::End(_) => {
                self.end();
                Ok(())
            }
            Event::Text(text) => self.add_text(&text.xml10_content()),
            Event::CData(text) => self.add_text(&text.xml10_content()),
            Event::GeneralRef(name) => self.add_text(resolved(name)?.encode_utf8(&mut [0; 4])),
            Event::DocType(_) => Err(Fault::Doctype),
            Event::Decl(decl) => declared(decl),
            _ => Ok(()),
        }
    }

    fn start(&mut self, start: &BytesStart<'_>) -> Result<(), Fault> {
        let (attributes, foreign) = attributes(start)?;
        self.tree.foreign_attributes = self.tree.foreign_attributes.saturating_add(foreign);
        self.push(Element {
            name: start.name().as_ref().to_owned(),
            attributes,
            line: self.line,
            ..Element::default()
        })?;
        self.open.push(self.tree.elements.len() - 1);
        Ok(())
    }

    /// The outermost foreign element is noted; what is in it is not.
    fn skip(&mut self, start: &BytesStart<'_>) -> Result<(), Fault> {
        if self.open.is_empty() {
            return Err(Fault::NotActivities);
        }
        attributes(start)?;
        if self.skipping == 0 {
            self.push(Element {
                name: start.name().as_ref().to_owned(),
                line: self.line,
                foreign: true,
                ..Element::default()
            })?;
        }
        self.skipping += 1;
        self.check_depth()
    }

    fn push(&mut self, mut element: Element) -> Result<(), Fault> {
        self.check_depth()?;
        let at = self.tree.elements.len();
        if at >= MAX_ELEMENTS {
            return Err(Fault::TooMany);
        }
        element.parent = self.open.last().copied();
        match element
            .parent
            .and_then(|parent| self.tree.elements.get_mut(parent))
        {
            Some(parent) => {
                parent.children.push(at);
                if is_blank(&parent.text) {
                    parent.text.clear();
                }
            }
            // A second outermost element.
            None if at > 0 => return Err(Fault::Xml),
            None => {}
        }
        self.tree.elements.push(element);
        Ok(())
    }

    fn check_depth(&self) -> Result<(), Fault> {
        if self.open.len() + self.skipping > MAX_DEPTH {
            return Err(Fault::TooDeep);
        }
        Ok(())
    }

    fn end(&mut self) {
        match self.skipping.checked_sub(1) {
            Some(less) => self.skipping = less,
            None => drop(self.open.pop()),
        }
    }

    fn add_text(&mut self, text: &str) -> Result<(), Fault> {
        if self.skipping > 0 {
            return Ok(());
        }
        let open = self.open.last().copied();
        let Some(element) = open.and_then(|at| self.tree.elements.get_mut(at)) else {
            return if is_blank(text) {
                Ok(())
            } else {
                Err(Fault::Xml)
            };
        };
        // Indentation between elements is no text.
        if !element.children.is_empty() && is_blank(text) {
            return Ok(());
        }
        if element.text.len() + text.len() > MAX_TEXT {
            return Err(Fault::TooLong);
        }
        element.text.push_str(text);
        Ok(())
    }

    fn count_lines(&mut self, to: usize) {
        let passed = self
            .text
            .as_bytes()
            .get(self.counted..to)
            .unwrap_or_default();
        self.line = self.line.saturating_add(lines(passed));
        self.counted = to;
    }

    fn error(&self, fault: Fault) -> Error {
        Error::new(self.line, fault)
    }
}

/// Attributes of no namespace and `xml:lang`; the others are looked at and counted.
fn attributes(start: &BytesStart<'_>) -> Result<(Vec<(String, String)>, u32), Fault> {
    let (mut kept, mut foreign) = (Vec::new(), 0);
    for (count, attribute) in start.attributes().enumerate() {
        let attribute = attribute.map_err(|_| Fault::Xml)?;
        if count >= MAX_ATTRIBUTES {
            return Err(Fault::TooMany);
        }
        let value = attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .map_err(|_| Fault::Entity)?;
        if value.contains(|c| !is_allowed(c)) {
            return Err(Fault::Character);
        }
        if value.len() > MAX_TEXT {
            return Err(Fault::TooLong);
        }
        let key = attribute.key;
        let name = key.as_ref();
        if key.as_namespace_binding().is_some() {
            continue;
        }
        if key.prefix().is_none() || name == "xml:lang" {
            kept.push((name.to_owned(), value.into_owned()));
        } else {
            foreign += 1;
        }
    }
    Ok((kept, foreign))
}

/// One of the five entities of XML, or a character by its number.
fn resolved(name: &BytesRef<'_>) -> Result<char, Fault> {
    if let Some(c) = name.resolve_char_ref().map_err(|_| Fault::Character)? {
        return if is_allowed(c) {
            Ok(c)
        } else {
            Err(Fault::Character)
        };
    }
    match name.as_ref() {
        "amp" => Ok('&'),
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "quot" => Ok('"'),
        "apos" => Ok('\''),
        _ => Err(Fault::Entity),
    }
}

fn declared(decl: &BytesDecl<'_>) -> Result<(), Fault> {
    if decl.version().map_err(|_| Fault::Xml)? != "1.0" {
        return Err(Fault::Xml);
    }
    let encoding = decl.encoding().transpose().map_err(|_| Fault::Xml)?;
    match encoding {
        Some(name) if !name.eq_ignore_ascii_case("utf-8") => Err(Fault::NotUtf8),
        _ => Ok(()),
    }
}

/// Characters of XML 1.0, section 2.2.
fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

pub(crate) fn is_blank(text: &str) -> bool {
    text.chars().all(|c| matches!(c, ' ' | '\t' | '\r' | '\n'))
}

fn lines(bytes: &[u8]) -> u32 {
    let count = bytes.iter().filter(|byte| **byte == b'\n').count();
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
#[path = "tree_tests.rs"]
mod tests;
