//! ODT (OpenDocument 1.3, part 3) to blocks.

use std::collections::BTreeMap;

use crate::{
    Error, Hint, Kind, Paper,
    draft::Draft,
    paper::BlockKind,
    xml::{self, Element, Node},
    zip::Archive,
};

/// Longest chain of styles that are based on one another.
const MAX_CHAIN: usize = 16;

/// Reads the styles that the document names, then its text, footnotes last.
pub(crate) fn read(archive: Archive<'_>, hint: Hint<'_>) -> Result<Paper, Error> {
    let mut styles = Styles::default();
    if let Some(bytes) = archive.part("styles.xml")? {
        let mut current = None;
        xml::walk(&bytes, |node| {
            styles.node(&node, &mut current);
            Ok(())
        })?;
    }
    let mut reader = Reader::new(styles);
    let content = archive.part("content.xml")?.ok_or(Error::Archive)?;
    xml::walk(&content, |node| reader.node(node))?;
    for (at, note) in reader.notes.iter().enumerate() {
        let text = format!("[{}] {note}", at + 1);
        reader.draft.push(BlockKind::Paragraph, &text)?;
    }
    let named = match archive.part("meta.xml")? {
        Some(bytes) => xml::text_of(&bytes, "title")?,
        None => None,
    };
    reader
        .draft
        .finish(Kind::Odt, hint, named.as_deref(), Vec::new())
}

/// What is looked for in styles: the chain up to the one named Title, and hidden text.
#[derive(Default)]
struct Styles(BTreeMap<String, Style>);

#[derive(Default)]
struct Style {
    parent: Option<String>,
    hidden: bool,
}

impl Styles {
    fn node(&mut self, node: &Node<'_>, current: &mut Option<String>) {
        match node {
            Node::Open(element) if element.name() == "style" => {
                *current = element.attribute("name");
                if let Some(name) = current {
                    let style = self.0.entry(name.clone()).or_default();
                    style.parent = element.attribute("parent-style-name");
                }
            }
            Node::Open(element) if element.name() == "text-properties" => {
                let hidden = element.attribute("display").as_deref() == Some("none");
                let style = current.as_ref().and_then(|name| self.0.get_mut(name));
                if let Some(style) = style {
                    style.hidden |= hidden;
                }
            }
            Node::Close("style") => *current = None,
            _ => {}
        }
    }

    fn chain(&self, name: &str) -> impl Iterator<Item = (&str, &Style)> {
        let first = self.0.get_key_value(name);
        std::iter::successors(first, |(_, style)| {
            self.0.get_key_value(style.parent.as_ref()?)
        })
        .take(MAX_CHAIN)
        .map(|(name, style)| (name.as_str(), style))
    }

    fn is_title(&self, name: &str) -> bool {
        name == "Title"
            || self
                .chain(name)
                .any(|(_, style)| style.parent.as_deref() == Some("Title"))
    }

    fn is_hidden(&self, name: &str) -> bool {
        self.chain(name).any(|(_, style)| style.hidden)
    }
}

struct Reader {
    styles: Styles,
    draft: Draft,
    /// The style that is being read.
    style: Option<String>,
    in_body: bool,
    /// Elements within one that is left out, itself included.
    skipped: usize,
    /// A paragraph may hold a box with paragraphs.
    paragraphs: Vec<Paragraph>,
    list: u8,
    /// Cells of the row that is read, and how many rows it is within.
    cells: Vec<String>,
    rows: usize,
    notes: Vec<String>,
    in_note_body: bool,
}

struct Paragraph {
    kind: BlockKind,
    title: bool,
    text: String,
}

impl Reader {
    fn new(styles: Styles) -> Self {
        Self {
            styles,
            draft: Draft::default(),
            style: None,
            in_body: false,
            skipped: 0,
            paragraphs: Vec::new(),
            list: 0,
            cells: Vec::new(),
            rows: 0,
            notes: Vec::new(),
            in_note_body: false,
        }
    }

    fn node(&mut self, node: Node<'_>) -> Result<(), Error> {
        match node {
            Node::Open(_) if self.skipped > 0 => self.skipped += 1,
            Node::Close(_) if self.skipped > 0 => self.skipped -= 1,
            _ if self.skipped > 0 => {}
            Node::Open(element) if !self.in_body && element.name() == "body" => self.in_body = true,
            other if !self.in_body => self.styles.node(&other, &mut self.style),
            Node::Open(element) => self.open(&element),
            Node::Close(name) => self.close(name)?,
            Node::Text(text) => self.add(text),
        }
        Ok(())
    }

    fn open(&mut self, element: &Element<'_>) {
        if self.is_left_out(element) {
            self.skipped = 1;
            return;
        }
        match element.name() {
            "h" => {
                let level = element.number("outline-level").unwrap_or(1).clamp(1, 9);
                self.begin(element, BlockKind::Heading(level));
            }
            "p" if self.list > 0 => self.begin(element, BlockKind::ListItem(self.list.min(9))),
            "p" => self.begin(element, BlockKind::Paragraph),
            "list" => self.list = self.list.saturating_add(1),
            "table-row" => self.rows += 1,
            // A cell that says it stands for a thousand others still says one thing.
            "table-cell" if self.rows == 1 => self.cells.push(String::new()),
            "s" | "tab" | "line-break" => self.add(" "),
            "image" => self.draft.counts.pictures += 1,
            "note" => self.begin_note(),
            "note-body" => self.in_note_body = true,
            _ => {}
        }
    }

    fn is_left_out(&mut self, element: &Element<'_>) -> bool {
        let counts = &mut self.draft.counts;
        let style = || element.attribute("style-name").unwrap_or_default();
        match element.name() {
            // Holds what was deleted; what was inserted stands in the text.
            "insertion" => counts.insertions += 1,
            "deletion" => {
                counts.deletions += 1;
                return true;
            }
            "hidden-text" => {
                counts.hidden += 1;
                return true;
            }
            "section" if element.attribute("display").as_deref() == Some("none") => {
                counts.hidden += 1;
                return true;
            }
            "p" | "h" | "span" if self.styles.is_hidden(&style()) => {
                counts.hidden += 1;
                return true;
            }
            // Says the headings once more.
            "table-of-content" => {
                counts.asides += 1;
                return true;
            }
            "title" | "desc" => return element.prefix() == "svg",
            "annotation" | "binary-data" | "note-citation" | "ruby-text" | "scripts" => {
                return true;
            }
            _ => {}
        }
        false
    }

    fn begin(&mut self, element: &Element<'_>, kind: BlockKind) {
        let style = element.attribute("style-name").unwrap_or_default();
        let title = self.styles.is_title(&style);
        let kind = if title { BlockKind::Heading(1) } else { kind };
        let text = String::new();
        self.paragraphs.push(Paragraph { kind, title, text });
    }

    fn close(&mut self, name: &str) -> Result<(), Error> {
        match name {
            "p" | "h" => self.end()?,
            "list" => self.list = self.list.saturating_sub(1),
            "table-row" => {
                self.rows = self.rows.saturating_sub(1);
                if self.rows == 0 {
                    let cells = std::mem::take(&mut self.cells);
                    self.draft.row(&cells)?;
                }
            }
            "note-body" => self.in_note_body = false,
            "body" => self.in_body = false,
            _ => {}
        }
        Ok(())
    }

    /// Text outside a paragraph is the space between elements.
    fn add(&mut self, text: &str) {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.text.push_str(text);
        }
    }

    fn end(&mut self) -> Result<(), Error> {
        let Some(paragraph) = self.paragraphs.pop() else {
            return Ok(());
        };
        let within = if self.in_note_body {
            self.notes.last_mut()
        } else {
            self.cells.last_mut()
        };
        if let Some(within) = within {
            within.push(' ');
            within.push_str(&paragraph.text);
            return Ok(());
        }
        if paragraph.title {
            self.draft.entitle(&paragraph.text);
        }
        self.draft.push(paragraph.kind, &paragraph.text)
    }

    fn begin_note(&mut self) {
        self.notes.push(String::new());
        let mark = format!("[{}]", self.notes.len());
        self.add(&mark);
    }
}
