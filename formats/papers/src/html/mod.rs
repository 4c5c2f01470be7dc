//! HTML to the blocks of its main content.
//!
//! Tokens come from a tokenizer that follows the WHATWG standard; there is no tree. A stack says
//! where a token stands, with the few rules that matter for text: which elements end others, and
//! which are a block. Nothing is run or fetched.

mod elements;
mod grid;
mod main_content;

use std::collections::BTreeMap;

use html5gum::{DefaultEmitter, Token, Tokenizer};

use crate::{
    Error, Hint, Kind, MAX_BLOCKS, Paper, decode::Decoded, draft::Draft, paper::BlockKind,
};
use elements::{Role, Tag};
use grid::Grid;
use main_content::Piece;

/// Most elements within one another that are kept apart; deeper ones belong to the last of them.
const MAX_OPEN: usize = 256;
/// Longest name of an element that is looked at, in bytes.
const MAX_NAME: usize = 64;

/// Reads a page.
pub(crate) fn read(decoded: &Decoded, hint: Hint<'_>) -> Result<Paper, Error> {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut page = Page::default();
    for token in Tokenizer::new_with_emitter(decoded.text.as_str(), emitter).flatten() {
        match token {
            Token::StartTag(tag) => page.open(&tag)?,
            Token::EndTag(tag) => page.close(&name_of(&tag.name))?,
            Token::String(text) => page.add(&String::from_utf8_lossy(&text)),
            _ => {}
        }
    }
    page.close_to(0)?;
    let mut draft = Draft::default();
    draft.counts.hidden = page.hidden;
    draft.counts.pictures = page.pictures;
    let (chosen, left_out) = main_content::choose(std::mem::take(&mut page.pieces));
    draft.counts.asides = left_out + page.dropped;
    for piece in chosen {
        match &piece.kind {
            BlockKind::TableRow(cells) => draft.row(cells)?,
            kind => draft.push(kind.clone(), &piece.text)?,
        }
    }
    let named = Some(page.name.trim()).filter(|name| !name.is_empty());
    draft.finish(Kind::Html, hint, named, decoded.warnings.clone())
}

#[derive(Default)]
struct Page {
    stack: Vec<Open>,
    /// How many of each name are in the stack, so that a stray end costs nothing.
    counts: BTreeMap<String, usize>,
    /// Elements too deep for the stack.
    beyond: usize,
    articles: u32,
    name: String,
    text: String,
    /// Letters of the text that are in a link.
    linked: usize,
    grids: Vec<Grid>,
    pieces: Vec<Piece>,
    /// Cells and pieces so far.
    made: usize,
    pictures: usize,
    hidden: usize,
    /// Menus and the like.
    dropped: usize,
}

struct Open {
    name: String,
    place: Place,
}

/// Where text stands; each element hands its own on to what it holds.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Place {
    /// Left out whatever else is on the page.
    dropped: bool,
    /// Left out because of an element or a class that is sometimes wrong.
    doubts: u8,
    heading: Option<u8>,
    item: bool,
    lists: u8,
    link: bool,
    main: bool,
    article: Option<u32>,
    naming: bool,
}

impl Page {
    fn open(&mut self, tag: &Tag) -> Result<(), Error> {
        let name = name_of(&tag.name);
        if elements::is_picture(&name) && !self.place().dropped {
            self.pictures += 1;
        }
        if name == "br" {
            self.text.push('\n');
        }
        let full = self.stack.len() >= MAX_OPEN;
        for (ended, within) in elements::ended_by(&name) {
            if !full {
                self.end_unclosed(ended, within)?;
            }
        }
        if elements::is_block(&name) {
            self.flush()?;
        }
        if elements::is_void(&name) {
            return Ok(());
        }
        if full {
            self.beyond += 1;
            return Ok(());
        }
        match name.as_str() {
            "table" => self.grids.push(Grid::default()),
            "td" | "th" => self.begin_cell()?,
            _ => {}
        }
        let place = self.place_of(&name, tag);
        *self.counts.entry(name.clone()).or_default() += 1;
        self.stack.push(Open { name, place });
        Ok(())
    }

    fn place(&self) -> Place {
        self.stack.last().map(|open| open.place).unwrap_or_default()
    }

    fn place_of(&mut self, name: &str, tag: &Tag) -> Place {
        let mut place = self.place();
        let role = Role::of(name, tag, place.main || place.article.is_some());
        match role {
            Role::Hidden if !place.dropped => self.hidden += 1,
            Role::Around if !place.dropped => self.dropped += 1,
            _ => {}
        }
        place.dropped |= matches!(role, Role::Hidden | Role::Around | Role::Never);
        if let Role::Doubtful(doubt) = role {
            place.doubts |= doubt;
        }
        match name {
            "main" => place.main = true,
            "article" if place.article.is_none() => {
                self.articles += 1;
                place.article = Some(self.articles);
            }
            "ul" | "ol" | "menu" => place.lists = place.lists.saturating_add(1),
            "li" => place.item = true,
            "p" => place.heading = None,
            "a" => place.link = true,
            "title" => place.naming = true,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => place.heading = elements::level(name),
            _ => {}
        }
        place.main |= elements::attribute(tag, b"role").as_deref() == Some("main");
        place
    }

    /// Ends an element that its author did not, unless it is beyond the nearest of `within`.
    fn end_unclosed(&mut self, name: &str, within: &[&str]) -> Result<(), Error> {
        if !self.is_open(name) {
            return Ok(());
        }
        let last = |open: &Open| open.name == name || within.contains(&open.name.as_str());
        match self.stack.iter().rposition(last) {
            Some(at) if self.stack.get(at).is_some_and(|open| open.name == name) => {
                self.close_to(at)
            }
            _ => Ok(()),
        }
    }

    fn close(&mut self, name: &str) -> Result<(), Error> {
        if name == "p" && !self.is_open(name) {
            return self.flush();
        }
        if self.beyond > 0 {
            self.beyond -= 1;
            return Ok(());
        }
        if !self.is_open(name) {
            return Ok(());
        }
        match self.stack.iter().rposition(|open| open.name == name) {
            Some(at) => self.close_to(at),
            None => Ok(()),
        }
    }

    fn is_open(&self, name: &str) -> bool {
        self.counts.get(name).is_some_and(|count| *count > 0)
    }

    /// Ends all elements from this place in the stack.
    fn close_to(&mut self, at: usize) -> Result<(), Error> {
        while self.stack.len() > at {
            let block = self
                .stack
                .last()
                .is_some_and(|open| elements::is_block(&open.name));
            if block {
                self.flush()?;
            }
            let Some(open) = self.stack.pop() else { break };
            if let Some(count) = self.counts.get_mut(&open.name) {
                *count -= 1;
            }
            match open.name.as_str() {
                "tr" => self.end_row()?,
                "table" => {
                    self.end_row()?;
                    self.grids.pop();
                }
                _ => {}
            }
        }
        if self.stack.is_empty() {
            self.flush()?;
        }
        Ok(())
    }

    fn add(&mut self, text: &str) {
        let place = self.place();
        if place.naming {
            self.name.push_str(text);
        }
        if place.dropped || place.naming {
            return;
        }
        if place.link {
            self.linked += letters(text);
        }
        // Only `<br>` breaks a line; the source's own lines are of no meaning.
        let lines = text.chars().map(|char| {
            if char == '\n' || char == '\r' {
                ' '
            } else {
                char
            }
        });
        self.text.extend(lines);
    }

    /// Makes the text so far a piece; where its author left a line blank by `<br>`, several.
    fn flush(&mut self) -> Result<(), Error> {
        let text = std::mem::take(&mut self.text);
        let linked = std::mem::take(&mut self.linked);
        let place = self.place();
        let mut lines: Vec<&str> = text.split('\n').map(str::trim).collect();
        lines.push("");
        let all = letters(&text);
        for part in lines
            .split(|line| line.is_empty())
            .filter(|part| !part.is_empty())
        {
            let text = part.join(" ");
            // A row of links is spread evenly.
            let linked = linked * letters(&text) / all.max(1);
            self.made(1)?;
            self.put(Piece::new(place, kind_of(place), text, linked));
        }
        Ok(())
    }

    fn put(&mut self, piece: Piece) {
        match self.grids.last_mut() {
            Some(grid) => grid.put(piece),
            None => self.pieces.push(piece),
        }
    }

    fn begin_cell(&mut self) -> Result<(), Error> {
        if let Some(grid) = self.grids.last_mut() {
            grid.begin_cell();
        }
        self.made(1)
    }

    /// A row of data is one piece; one that only lays out the page is what stands in its cells.
    fn end_row(&mut self) -> Result<(), Error> {
        let place = self.place();
        let Some(grid) = self.grids.last_mut() else {
            return Ok(());
        };
        let pieces = grid.end_row(place);
        let outer = self.grids.len().checked_sub(2);
        for piece in pieces {
            match outer.and_then(|at| self.grids.get_mut(at)) {
                Some(grid) => grid.put(piece),
                None => self.pieces.push(piece),
            }
        }
        Ok(())
    }

    fn made(&mut self, count: usize) -> Result<(), Error> {
        self.made += count;
        if self.made > MAX_BLOCKS {
            return Err(Error::Size);
        }
        Ok(())
    }
}

fn kind_of(place: Place) -> BlockKind {
    match (place.heading, place.item) {
        (Some(level), _) => BlockKind::Heading(level),
        (None, true) => BlockKind::ListItem(place.lists.clamp(1, 9)),
        (None, false) => BlockKind::Paragraph,
    }
}

fn letters(text: &str) -> usize {
    text.chars().filter(|char| char.is_alphanumeric()).count()
}

/// The tokenizer made it lower case.
fn name_of(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes.get(..MAX_NAME).unwrap_or(bytes)).into_owned()
}
