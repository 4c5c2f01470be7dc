//! What the demonstration shows: steps with their time, and one bead line for each record.

use std::io::{IsTerminal as _, Write as _};

use passerelle_model::Lang;
use passerelle_service::view::Standing;

use super::words::Say;
use crate::beads::{beads, word};
use crate::clock::Stopwatch;
use crate::table::{clipped, safe, width};

/// More lines than this are not redrawn in place.
const MAX_LIVE_ROWS: usize = 20;
/// Columns where the terminal does not say.
const COLUMNS: usize = 100;
/// Columns of a subject.
const SUBJECT: usize = 40;

/// Where and in which language things are said.
pub(super) struct Screen {
    lang: Lang,
    live: bool,
}

impl Screen {
    /// Control codes only go to a terminal, and not when `headless`.
    pub(super) fn new(lang: Lang, headless: bool) -> Self {
        Self {
            lang,
            live: !headless && std::io::stdout().is_terminal(),
        }
    }

    /// The language.
    pub(super) fn lang(&self) -> Lang {
        self.lang
    }

    /// A phrase in the language.
    pub(super) fn text(&self, say: Say) -> String {
        safe(say.in_lang(self.lang))
    }

    /// Says a phrase.
    pub(super) fn say(&self, say: Say) {
        println!("{}", self.text(say));
    }

    /// Announces a step.
    pub(super) fn step(&self, number: u8, say: Say) {
        let text = format!("{number}. {}", self.text(say));
        if self.live {
            println!("\n\u{1b}[1m{text}\u{1b}[0m")
        } else {
            println!("\n{text}")
        }
    }

    /// How long a step took.
    pub(super) fn took(&self, watch: Stopwatch) {
        println!("   {:.2} s", watch.elapsed().as_secs_f64());
    }
}

/// The bead lines of the records on their way.
pub(super) struct Board<'a> {
    screen: &'a Screen,
    watch: Stopwatch,
    rows: Vec<Row>,
    drawn: usize,
}

struct Row {
    label: String,
    standing: Option<Standing>,
    percent: Option<u64>,
    seconds: f64,
}

impl<'a> Board<'a> {
    /// Without records.
    pub(super) fn new(screen: &'a Screen) -> Self {
        Self {
            screen,
            watch: Stopwatch::start(),
            rows: Vec::new(),
            drawn: 0,
        }
    }

    /// One more record, a draft so far; gives its line.
    pub(super) fn add(&mut self, way: &str, subject: &str) -> usize {
        let label = format!("{way}  {}", safe(&clipped(subject, SUBJECT)));
        let seconds = self.watch.elapsed().as_secs_f64();
        self.rows.push(Row {
            label,
            standing: None,
            percent: None,
            seconds,
        });
        let at = self.rows.len() - 1;
        self.show(at);
        at
    }

    /// The record is at `standing` now.
    pub(super) fn set(&mut self, at: usize, standing: Standing) {
        let seconds = self.watch.elapsed().as_secs_f64();
        let Some(row) = self
            .rows
            .get_mut(at)
            .filter(|row| row.standing != Some(standing))
        else {
            return;
        };
        (row.standing, row.seconds) = (Some(standing), seconds);
        self.show(at);
    }

    /// So much of its attachments arrived. Only shown where lines are redrawn.
    pub(super) fn progress(&mut self, at: usize, percent: Option<u64>) {
        let Some(row) = self.rows.get_mut(at).filter(|row| row.percent != percent) else {
            return;
        };
        row.percent = percent;
        if self.is_live() {
            self.show(at);
        }
    }

    fn is_live(&self) -> bool {
        self.screen.live && self.rows.len() <= MAX_LIVE_ROWS
    }

    fn show(&mut self, at: usize) {
        let mut out = std::io::stdout().lock();
        if !self.is_live() {
            if let Some(row) = self.rows.get(at) {
                let _ = writeln!(out, "{}", row.line());
            }
            return;
        }
        if self.drawn > 0 {
            let _ = write!(out, "\u{1b}[{}A", self.drawn);
        }
        for row in &self.rows {
            let _ = writeln!(out, "\u{1b}[2K{}", fitted(&row.line(), columns()));
        }
        let _ = out.flush();
        self.drawn = self.rows.len();
    }
}

impl Row {
    fn line(&self) -> String {
        let state = self.standing.map_or("draft", word);
        let percent = self
            .percent
            .map_or(String::new(), |percent| format!(" {percent} %"));
        let (beads, label) = (beads(self.standing), &self.label);
        format!(
            "   {beads} {state:<9} {:>6.2} s  {label}{percent}",
            self.seconds
        )
    }
}

/// Longer lines would wrap, and the next redraw would start too low.
fn fitted(line: &str, columns: usize) -> String {
    if width(line) < columns {
        line.to_owned()
    } else {
        clipped(line, columns.saturating_sub(1))
    }
}

fn columns() -> usize {
    rustix::termios::tcgetwinsize(std::io::stdout())
        .ok()
        .map(|size| usize::from(size.ws_col))
        .filter(|columns| *columns > 0)
        .unwrap_or(COLUMNS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_shows_beads_state_and_label() {
        let mut row = Row {
            label: "Rabat → Brussels".into(),
            standing: None,
            percent: None,
            seconds: 0.0,
        };
        assert!(row.line().starts_with("   ●○○○○○ draft"));
        (row.standing, row.percent) = (Some(Standing::Accepted), Some(40));
        assert!(row.line().contains("●●●●●○ accepted") && row.line().ends_with("40 %"));
    }

    #[test]
    fn lines_never_wrap() {
        assert_eq!(width(&fitted(&"x".repeat(200), 80)), 79);
        assert_eq!(fitted("short", 80), "short");
    }
}
