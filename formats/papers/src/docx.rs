//! DOCX (ECMA-376-1, 17: WordprocessingML) to blocks.

mod styles;

use std::collections::BTreeMap;

use crate::{
    Error, Hint, Kind, Paper,
    draft::Draft,
    paper::BlockKind,
    xml::{self, Element, Node},
    zip::Archive,
};
use styles::{Look, Styles};

/// Reads the main part, then its footnotes and endnotes.
pub(crate) fn read(archive: Archive<'_>, hint: Hint<'_>) -> Result<Paper, Error> {
    let main = main_part(&archive)?;
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
    let beside = |name: &str| archive.part(&format!("{folder}/{name}"));
    let styles = match beside("styles.xml")? {
        Some(bytes) => Styles::read(&bytes)?,
        None => Styles::default(),
    };
    let mut reader = Reader::new(&styles);
    let bytes = archive.part(&main)?.ok_or(Error::Archive)?;
    xml::walk(&bytes, |node| reader.node(node))?;
    for (name, note) in [("footnotes.xml", "footnote"), ("endnotes.xml", "endnote")] {
        if let Some(bytes) = beside(name)? {
            reader.notes = Some(note);
            xml::walk(&bytes, |node| reader.node(node))?;
        }
    }
    let named = match archive.part("docProps/core.xml")? {
        Some(bytes) => xml::text_of(&bytes, "title")?,
        None => None,
    };
    reader
        .draft
        .finish(Kind::Docx, hint, named.as_deref(), Vec::new())
}

/// The part that the package says is its document; some writers call it otherwise than others.
fn main_part(archive: &Archive<'_>) -> Result<String, Error> {
    let mut target = None;
    if let Some(bytes) = archive.part("_rels/.rels")? {
        xml::walk(&bytes, |node| {
            if let Node::Open(element) = node
                && element
                    .attribute("Type")
                    .is_some_and(|kind| kind.ends_with("/officeDocument"))
            {
                target = element.attribute("Target");
            }
            Ok(())
        })?;
    }
    let target = target.unwrap_or_else(|| "word/document.xml".to_owned());
    Ok(target.trim_start_matches('/').to_owned())
}

struct Reader<'a> {
    styles: &'a Styles,
    draft: Draft,
    /// Elements within one that is left out, itself included.
    skipped: usize,
    /// Elements that say how a paragraph or a run looks.
    in_properties: usize,
    in_text: bool,
    hidden: bool,
    /// A paragraph may hold a box with paragraphs.
    paragraphs: Vec<Paragraph>,
    tables: Vec<Row>,
    /// Which notes are read, if any; their number, by their kind and identifier.
    notes: Option<&'static str>,
    numbers: BTreeMap<(String, String), usize>,
    /// Put before the next paragraph.
    note: Option<usize>,
}

#[derive(Default)]
struct Paragraph {
    text: String,
    look: Look,
}

#[derive(Default)]
struct Row {
    cells: Vec<String>,
    deleted: bool,
}

impl<'a> Reader<'a> {
    fn new(styles: &'a Styles) -> Self {
        Self {
            styles,
            draft: Draft::default(),
            skipped: 0,
            in_properties: 0,
            in_text: false,
            hidden: false,
            paragraphs: Vec::new(),
            tables: Vec::new(),
            notes: None,
            numbers: BTreeMap::new(),
            note: None,
        }
    }

    fn node(&mut self, node: Node<'_>) -> Result<(), Error> {
        match node {
            Node::Open(_) if self.skipped > 0 => self.skipped += 1,
            Node::Close(_) if self.skipped > 0 => self.skipped -= 1,
            Node::Open(element) => self.open(&element),
            Node::Close(name) => self.close(name)?,
            Node::Text(text) if self.in_text && self.skipped == 0 => self.add(text),
            Node::Text(_) => {}
        }
        Ok(())
    }

    fn open(&mut self, element: &Element<'_>) {
        let name = element.name();
        if self.in_properties > 0 {
            self.in_properties += 1;
            return self.property(element);
        }
        match name {
            "pPr" | "rPr" | "trPr" => self.in_properties = 1,
            "p" => self.paragraphs.push(Paragraph::default()),
            "tr" => self.tables.push(Row::default()),
            "tc" => self.cell(),
            "r" => self.hidden = false,
            "t" => self.in_text = true,
            "tab" | "br" | "cr" => self.add(" "),
            "noBreakHyphen" => self.add("-"),
            "blip" | "imagedata" => self.draft.counts.pictures += 1,
            "ins" | "moveTo" => self.draft.counts.insertions += 1,
            "del" | "moveFrom" => {
                self.draft.counts.deletions += 1;
                self.skipped = 1;
            }
            // The same once more, for readers that know less.
            "Fallback" => self.skipped = 1,
            "footnoteReference" => self.refer(element, "footnote"),
            "endnoteReference" => self.refer(element, "endnote"),
            _ if self.notes == Some(name) => self.begin_note(element),
            _ => {}
        }
    }

    /// What a paragraph, a run or a row says of itself, within its properties.
    fn property(&mut self, element: &Element<'_>) {
        if element.name() == "vanish" && on(element) {
            self.hidden = true;
        }
        // Within the properties of a row: the row was deleted. Within those of a paragraph: its
        // end was, and its text says so by itself.
        if element.name() == "del"
            && self.paragraphs.is_empty()
            && let Some(row) = self.tables.last_mut()
        {
            row.deleted = true;
        }
        let (Some(paragraph), 2 | 3) = (self.paragraphs.last_mut(), self.in_properties) else {
            return;
        };
        match element.name() {
            "pStyle" => {
                let name = element.attribute("val").unwrap_or_default();
                let own = std::mem::take(&mut paragraph.look);
                paragraph.look = self.styles.look(&name).with(&own);
            }
            _ => paragraph.look.property(element),
        }
    }

    fn close(&mut self, name: &str) -> Result<(), Error> {
        if self.in_properties > 0 {
            self.in_properties -= 1;
            return Ok(());
        }
        match name {
            "p" => self.end_paragraph()?,
            "tr" => self.end_row()?,
            "t" => self.in_text = false,
            "r" => self.hidden = false,
            _ => {}
        }
        Ok(())
    }

    fn add(&mut self, text: &str) {
        if self.hidden {
            self.draft.counts.hidden += usize::from(!text.trim().is_empty());
            return;
        }
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.text.push_str(text);
        }
    }

    /// Begins a cell; a cell of a table within a cell goes on with the outer one.
    fn cell(&mut self) {
        if let [row] = self.tables.as_mut_slice() {
            row.cells.push(String::new());
        }
    }

    fn end_paragraph(&mut self) -> Result<(), Error> {
        let Some(Paragraph { mut text, look }) = self.paragraphs.pop() else {
            return Ok(());
        };
        if let Some(number) = self.note.take() {
            text.insert_str(0, &format!("[{number}] "));
        }
        if let Some(cell) = self.tables.first_mut().and_then(|row| row.cells.last_mut()) {
            cell.push(' ');
            cell.push_str(&text);
            return Ok(());
        }
        if look.contents {
            self.draft.counts.asides += 1;
            return Ok(());
        }
        if look.title {
            self.draft.entitle(&text);
        }
        self.draft.push(look.kind(), &text)
    }

    fn end_row(&mut self) -> Result<(), Error> {
        match self.tables.pop() {
            Some(row) if row.deleted => self.draft.counts.deletions += 1,
            Some(row) if self.tables.is_empty() => self.draft.row(&row.cells)?,
            _ => {}
        }
        Ok(())
    }

    /// Notes are numbered as they are referred to, both kinds together.
    fn refer(&mut self, element: &Element<'_>, kind: &str) {
        let id = element.attribute("id").unwrap_or_default();
        let next = self.numbers.len() + 1;
        let number = *self.numbers.entry((kind.to_owned(), id)).or_insert(next);
        self.add(&format!("[{number}]"));
    }

    /// Notes that nothing refers to are the lines that separate them from the text.
    fn begin_note(&mut self, element: &Element<'_>) {
        let kind = self.notes.unwrap_or_default().to_owned();
        let id = element.attribute("id").unwrap_or_default();
        self.note = self.numbers.get(&(kind, id)).copied();
        if self.note.is_none() {
            self.skipped = 1;
        }
    }
}

impl Look {
    fn kind(&self) -> BlockKind {
        match (self.title, self.heading, self.list) {
            (true, _, _) => BlockKind::Heading(1),
            (_, Some(level), _) => BlockKind::Heading(level.min(8) + 1),
            (_, _, Some(level)) if self.numbered == Some(true) => {
                BlockKind::ListItem(level.min(8) + 1)
            }
            _ => BlockKind::Paragraph,
        }
    }
}

/// A property without a value is on (17.17.4).
fn on(element: &Element<'_>) -> bool {
    !matches!(
        element.attribute("val").as_deref(),
        Some("0" | "false" | "off")
    )
}
