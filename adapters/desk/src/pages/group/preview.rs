//! What a file would change: rows that differ, rows that are not taken and why, what it
//! contradicts. Nothing is said before somebody chooses.

use askama::Template;
use passerelle_model::ChannelId;
use passerelle_service::{
    ActivityFinding, ProgrammesPreview, TablePreview, TableRefusal, TableRefused, TableTrace,
};

use super::{Tab, href};
use crate::answer::{Answer, page, rule_sentence};
use crate::frame::{Page, visible};
use crate::words;

/// Rows of one heading that a page shows.
const MAX_SHOWN: usize = 300;

#[derive(Template)]
#[template(path = "group/import-preview.html")]
pub(crate) struct Preview {
    pub(crate) p: Page,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) heading: String,
    /// What was said of an earlier choice.
    pub(crate) done: Vec<String>,
    /// Why the whole file is not taken.
    pub(crate) whole: Vec<String>,
    pub(crate) unchanged: Option<String>,
    pub(crate) changes: Vec<Change>,
    /// How many changes there are, where not all are shown.
    pub(crate) more: Option<String>,
    pub(crate) refused: Vec<(String, String)>,
    pub(crate) findings: Vec<String>,
    pub(crate) traces: Vec<(String, String)>,
    /// Where the choice goes, and what carries the file there.
    pub(crate) action: String,
    pub(crate) carried: Vec<(String, String)>,
    pub(crate) back: String,
    pub(crate) speaks: bool,
}

/// One row that changes something.
pub(crate) struct Change {
    /// What the choice sends.
    pub(crate) value: String,
    pub(crate) place: String,
    pub(crate) title: String,
    pub(crate) href: Option<String>,
    pub(crate) becomes: String,
    /// Column, before, after.
    pub(crate) cells: Vec<(String, String, String)>,
}

impl Preview {
    /// An empty one for this page.
    pub(crate) fn new(p: Page, tabs: Vec<Tab>, heading: String) -> Self {
        let speaks = p
            .actor
            .as_ref()
            .is_some_and(passerelle_service::Actor::speaks);
        Self {
            p,
            tabs,
            heading,
            done: Vec::new(),
            whole: Vec::new(),
            unchanged: None,
            changes: Vec::new(),
            more: None,
            refused: Vec::new(),
            findings: Vec::new(),
            traces: Vec::new(),
            action: String::new(),
            carried: Vec::new(),
            back: String::new(),
            speaks,
        }
    }

    /// A whole file that is not taken, in sentences.
    pub(crate) fn refuse(&mut self, refused: &TableRefused) {
        let p = &self.p;
        match refused {
            TableRefused::Persons { code, columns } => {
                self.whole.push(sentence(p, code));
                let column = |it: &passerelle_service::PersonColumn| {
                    let args = [
                        ("column", it.column.to_string()),
                        ("header", visible(&it.header)),
                        ("holds", p.t(&format!("learn-holds-{}", it.holds))),
                    ];
                    say(p, "learn-person-column", &args)
                };
                self.whole.extend(columns.iter().map(column));
            }
            TableRefused::Broken { code, row, column } => {
                self.whole.push(sentence(p, code));
                let place = match (row, column) {
                    (Some(row), Some(column)) => {
                        let args = [("row", row.to_string()), ("column", visible(column))];
                        Some(say(p, "learn-place", &args))
                    }
                    (Some(row), None) => Some(p.tn("learn-row", row)),
                    (None, Some(column)) => Some(p.ta("learn-column", &visible(column))),
                    (None, None) => None,
                };
                self.whole.extend(place);
            }
        }
    }

    /// What a table would change.
    pub(crate) fn of_table(&mut self, channel: &ChannelId, found: &TablePreview) {
        let p = self.p.clone();
        let change = |one: &passerelle_service::TableChange| Change {
            value: one.row.to_string(),
            place: p.tn("learn-row", one.row),
            title: visible(&one.title),
            href: one.object.as_ref().map(|id| href(channel, id)),
            becomes: p.word("learn-becomes", one.becomes.as_str()),
            cells: seen(&one.cells),
        };
        self.count(found.unchanged, found.changes.len());
        self.changes = found.changes.iter().take(MAX_SHOWN).map(change).collect();
        self.refused = found
            .refused
            .iter()
            .take(MAX_SHOWN)
            .map(|one| refusal(&p, one))
            .collect();
        self.traces = found.traces.iter().map(|one| trace(&p, one)).collect();
    }

    /// What a file of programmes would change.
    pub(crate) fn of_programmes(&mut self, channel: &ChannelId, found: &ProgrammesPreview) {
        let p = self.p.clone();
        let change = |one: &passerelle_service::ProgrammeChange| Change {
            value: one.identifier.clone(),
            place: visible(&one.identifier),
            title: visible(&one.title),
            href: one.object.as_ref().map(|id| href(channel, id)),
            becomes: match one.object {
                Some(_) => p.t("learn-becomes-description"),
                None => p.t("learn-becomes-new"),
            },
            cells: seen(&one.cells),
        };
        self.count(found.unchanged, found.changes.len());
        self.changes = found.changes.iter().take(MAX_SHOWN).map(change).collect();
        let refused = found.refused.iter().take(MAX_SHOWN);
        self.refused = refused
            .map(|one| (visible(&one.identifier), sentence(&p, &one.code)))
            .collect();
        self.findings = found.findings.iter().map(|one| question(&p, one)).collect();
        if found.indicators > 0 {
            self.findings
                .push(p.tn("learn-indicators-stay", found.indicators));
        }
        self.traces = found.traces.iter().map(|one| trace(&p, one)).collect();
    }

    /// What was said, what is left, what could not be said any more.
    pub(crate) fn took(&mut self, said: usize, left: usize, refused: Vec<(String, String)>) {
        self.done.push(self.p.tn("learn-said", said));
        if left > 0 {
            self.done.push(self.p.tn("learn-left", left));
        }
        let told = refused
            .into_iter()
            .map(|(place, code)| format!("{}: {}", visible(&place), sentence(&self.p, &code)));
        self.done.extend(told);
    }

    fn count(&mut self, unchanged: usize, changes: usize) {
        self.unchanged = Some(self.p.tn("learn-unchanged", unchanged));
        self.more = (changes > MAX_SHOWN).then(|| self.p.tn("learn-more-changes", changes));
    }

    pub(crate) fn shown(&self) -> Answer {
        page(self)
    }
}

fn seen(cells: &[(String, String, String)]) -> Vec<(String, String, String)> {
    let cells = cells.iter();
    cells
        .map(|(column, before, after)| (column.clone(), visible(before), visible(after)))
        .collect()
}

/// What a code means; the code itself where nobody wrote a sentence.
pub(crate) fn sentence(p: &Page, code: &str) -> String {
    let known = rule_sentence(p, code);
    known.unwrap_or_else(|| match code.starts_with("E_IATI_") {
        true => format!("{} ({code})", p.t("learn-iati-broken")),
        false => code.to_owned(),
    })
}

pub(crate) fn refusal(p: &Page, one: &TableRefusal) -> (String, String) {
    let args = [("row", one.row.to_string()), ("column", one.column.clone())];
    (say(p, "learn-place", &args), sentence(p, &one.code))
}

fn trace(p: &Page, one: &TableTrace) -> (String, String) {
    let args = [("row", one.row.to_string()), ("column", one.column.clone())];
    (say(p, "learn-place", &args), visible(&one.found))
}

/// A question about a programme, as a sentence.
fn question(p: &Page, one: &ActivityFinding) -> String {
    let key = format!("learn-{}", one.code.to_lowercase().replace('_', "-"));
    let args = one.words.iter().map(|(name, text)| (*name, visible(text)));
    say(p, &key, &args.collect::<Vec<_>>())
}

fn say(p: &Page, key: &str, args: &[(&str, String)]) -> String {
    let args: Vec<(&str, &str)> = args
        .iter()
        .map(|(name, text)| (*name, text.as_str()))
        .collect();
    words::say(p.lang, key, &args)
}

#[cfg(test)]
#[path = "../samples/group/preview.rs"]
pub(crate) mod samples;
