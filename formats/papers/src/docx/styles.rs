//! What the styles of a DOCX make of a paragraph (17.7): a title, a heading, an item of a list.

use std::collections::BTreeMap;

use crate::{
    Error,
    xml::{self, Element, Node},
};

/// Longest chain of styles that are based on one another.
const MAX_CHAIN: usize = 16;

/// Styles of paragraphs, by identifier.
#[derive(Debug, Default)]
pub(crate) struct Styles(BTreeMap<String, Style>);

#[derive(Debug, Default)]
struct Style {
    based_on: Option<String>,
    look: Look,
}

/// What a style or a paragraph says; `None` leaves it to the style below.
#[derive(Debug, Clone, Default)]
pub(crate) struct Look {
    pub(crate) title: bool,
    /// A line of the table of contents, which says the headings once more.
    pub(crate) contents: bool,
    /// Outline level from 0; 9 is running text.
    pub(crate) heading: Option<u8>,
    /// Level of the list from 0.
    pub(crate) list: Option<u8>,
    /// Whether it is in a list at all: number 0 takes it out.
    pub(crate) numbered: Option<bool>,
}

impl Look {
    /// Takes in one of the properties `outlineLvl`, `ilvl`, `numId`.
    pub(crate) fn property(&mut self, element: &Element<'_>) {
        match element.name() {
            "outlineLvl" => self.heading = element.number("val").filter(|level| *level < 9),
            "ilvl" => self.list = element.number("val"),
            "numId" => {
                self.numbered = Some(element.attribute("val").is_some_and(|id| id != "0"));
                self.list = self.list.or(Some(0));
            }
            _ => {}
        }
    }

    /// This one, with what another one says over it.
    pub(crate) fn with(&self, over: &Self) -> Self {
        Self {
            title: self.title || over.title,
            contents: self.contents || over.contents,
            heading: over.heading.or(self.heading),
            list: over.list.or(self.list),
            numbered: over.numbered.or(self.numbered),
        }
    }

    /// Names of built-in styles are the same in every language of the program (17.7.4.9).
    fn named(&mut self, name: &str) {
        let name = name.to_ascii_lowercase();
        self.title |= name == "title";
        self.contents |= name.starts_with("toc ");
        if let Some(level) = name
            .strip_prefix("heading ")
            .and_then(|level| level.parse().ok())
        {
            let level: u8 = level;
            self.heading = Some(level.saturating_sub(1)).filter(|level| *level < 9);
        }
    }
}

impl Styles {
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, Error> {
        let mut styles = Self::default();
        let mut id = None;
        xml::walk(bytes, |node| {
            match node {
                Node::Open(element) if element.name() == "style" => {
                    id = element.attribute("styleId");
                }
                Node::Open(element) => {
                    if let Some(id) = &id {
                        styles.0.entry(id.clone()).or_default().property(&element);
                    }
                }
                Node::Close("style") => id = None,
                _ => {}
            }
            Ok(())
        })?;
        Ok(styles)
    }

    /// What a style says, with all that it is based on.
    pub(crate) fn look(&self, id: &str) -> Look {
        let mut look = Look::default();
        let mut next = self.0.get(id);
        for _ in 0..MAX_CHAIN {
            let Some(style) = next else { break };
            look = style.look.with(&look);
            next = style.based_on.as_ref().and_then(|id| self.0.get(id));
        }
        look
    }
}

impl Style {
    fn property(&mut self, element: &Element<'_>) {
        match element.name() {
            "name" => self
                .look
                .named(&element.attribute("val").unwrap_or_default()),
            "basedOn" => self.based_on = element.attribute("val"),
            _ => self.look.property(element),
        }
    }
}
