//! XML as text: indented, escaped, always the same for the same value.

use std::fmt::Display;

use crate::Text;

/// Name and value of an attribute; without value it is not written.
pub(super) type Attribute = (&'static str, Option<String>);

/// An attribute that is always written.
pub(super) fn set(name: &'static str, value: impl Display) -> Attribute {
    (name, Some(value.to_string()))
}

/// An attribute that is written if there is a value.
pub(super) fn opt(name: &'static str, value: Option<impl Display>) -> Attribute {
    (name, value.map(|value| value.to_string()))
}

/// A file that grows.
#[derive(Debug)]
pub(super) struct Xml {
    out: String,
    depth: usize,
}

impl Xml {
    pub(super) fn new() -> Self {
        let out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
        Self { out, depth: 0 }
    }

    pub(super) fn finish(self) -> String {
        self.out
    }

    /// An element with what `inner` writes in it.
    pub(super) fn element(
        &mut self,
        name: &str,
        attributes: &[Attribute],
        inner: impl FnOnce(&mut Self),
    ) {
        self.open(name, attributes);
        let empty = self.out.len();
        self.out.push_str(">\n");
        let begun = self.out.len();
        self.depth += 1;
        inner(self);
        self.depth -= 1;
        if self.out.len() == begun {
            self.out.truncate(empty);
            self.out.push_str("/>\n");
        } else {
            self.indent();
            self.close(name);
        }
    }

    /// An element without content.
    pub(super) fn empty(&mut self, name: &str, attributes: &[Attribute]) {
        self.element(name, attributes, |_| {});
    }

    /// An element with only a code, if there is one.
    pub(super) fn coded(&mut self, name: &str, code: Option<&str>) {
        if let Some(code) = code {
            self.empty(name, &[set("code", code)]);
        }
    }

    /// An element with only a day.
    pub(super) fn dated(&mut self, name: &str, day: impl Display) {
        self.empty(name, &[set("iso-date", day)]);
    }

    /// An element with text.
    pub(super) fn text(&mut self, name: &str, attributes: &[Attribute], text: &str) {
        self.open(name, attributes);
        self.out.push('>');
        self.escape(text, false);
        self.close(name);
    }

    /// One narrative for each language.
    pub(super) fn narratives(&mut self, text: &Text) {
        for narrative in text {
            let lang = opt("xml:lang", narrative.lang.as_ref());
            self.text("narrative", &[lang], &narrative.text);
        }
    }

    /// An element of narratives, if there are any.
    pub(super) fn worded(&mut self, name: &str, text: &Text) {
        if !text.is_empty() {
            self.element(name, &[], |xml| xml.narratives(text));
        }
    }

    fn open(&mut self, name: &str, attributes: &[Attribute]) {
        self.indent();
        self.out.push('<');
        self.out.push_str(name);
        for (name, value) in attributes {
            let Some(value) = value else { continue };
            self.out.push(' ');
            self.out.push_str(name);
            self.out.push_str("=\"");
            self.escape(value, true);
            self.out.push('"');
        }
    }

    fn close(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push_str(">\n");
    }

    fn indent(&mut self) {
        for _ in 0..self.depth {
            self.out.push_str("  ");
        }
    }

    /// Line ends and tabulators would be read as spaces in an attribute, and a carriage return as
    /// a line feed anywhere, if they were not numbers.
    fn escape(&mut self, text: &str, attribute: bool) {
        for c in text.chars() {
            match c {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '\r' => self.out.push_str("&#13;"),
                '"' if attribute => self.out.push_str("&quot;"),
                '\n' if attribute => self.out.push_str("&#10;"),
                '\t' if attribute => self.out.push_str("&#9;"),
                c => self.out.push(c),
            }
        }
    }
}
