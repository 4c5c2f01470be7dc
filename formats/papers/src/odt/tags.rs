//! XML, written.

use std::fmt::Write as _;

use quick_xml::escape::escape;

use crate::clean::Cleaner;

/// XML under way. Elements are closed by the calls that opened them.
pub(super) struct Tags(String);

impl Tags {
    pub(super) fn new() -> Self {
        Self("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned())
    }

    /// An element with what `within` puts in it.
    pub(super) fn element(
        &mut self,
        name: &str,
        attributes: &[(&str, &str)],
        within: impl FnOnce(&mut Self),
    ) {
        self.begin(name, attributes);
        self.0.push('>');
        within(self);
        // Writing to a string does not fail.
        let _ = write!(self.0, "</{name}>");
    }

    /// An element with nothing in it.
    pub(super) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.begin(name, attributes);
        self.0.push_str("/>");
    }

    /// Text, clean and escaped; line breaks stay.
    pub(super) fn text(&mut self, raw: &str) {
        let mut cleaner = Cleaner::default();
        for (at, line) in raw.trim().lines().enumerate() {
            if at > 0 {
                self.empty("text:line-break", &[]);
            }
            self.0.push_str(&escape(cleaner.line(line)));
        }
    }

    /// Text that we wrote ourselves, spaces at its ends included.
    pub(super) fn raw(&mut self, text: &'static str) {
        self.0.push_str(&escape(text));
    }

    pub(super) fn finish(self) -> String {
        self.0
    }

    fn begin(&mut self, name: &str, attributes: &[(&str, &str)]) {
        let _ = write!(self.0, "<{name}");
        for (key, value) in attributes {
            let _ = write!(self.0, " {key}=\"{}\"", escape(*value));
        }
    }
}
