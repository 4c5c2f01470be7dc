//! Commitments along time: when each is due, when it was due before, and today.

use askama::Template;
use passerelle_model::Day;
use passerelle_service::GroupRoom;
use passerelle_service::joint::{Filter, Row};

use super::follow::{self, Bar, Entry};
use super::{Tab, tabs};
use crate::answer::{Answer, page};
use crate::frame::Page;
use crate::guard::Call;

/// Commitments drawn at once: those that are not over, the first due first.
const MAX_DRAWN: usize = 40;
/// Width of the drawing, in units of its view box.
const WIDTH: u32 = 640;
/// Blank at each end, so that marks are whole.
const EDGE: u32 = 10;
/// From one line to the next.
const STEP: u32 = 44;

#[derive(Template)]
#[template(path = "group/timeline.html")]
struct Shows {
    p: Page,
    tabs: Vec<Tab>,
    bar: Bar,
    figure: Figure,
    rows: Vec<Line>,
}

/// The drawing.
struct Figure {
    width: u32,
    height: u32,
    start: u32,
    today: u32,
    today_word: String,
    ends: (String, String),
}

/// One commitment, drawn and told.
struct Line {
    entry: Entry,
    text_at: u32,
    at: u32,
    from: u32,
    length: u32,
    class: &'static str,
    due_x: u32,
    /// Days that it was due before, with their places.
    old: Vec<(u32, String)>,
}

pub(crate) async fn show(call: Call) -> Answer {
    let p = call.page.clone();
    let (channel, filter) = (super::channel(&call)?, follow::filter(&call)?);
    let (bar, figure, rows) = super::look(&call, |room| {
        let (figure, rows) = drawn(&p, room, &filter);
        Ok((follow::bar(&p, room, &filter, "/timeline"), figure, rows))
    })
    .await?;
    page(&Shows {
        tabs: tabs(&p, &channel, "/commitments"),
        bar,
        figure,
        rows,
        p,
    })
}

fn drawn(p: &Page, room: &GroupRoom, filter: &Filter) -> (Figure, Vec<Line>) {
    let going = room.rows().iter();
    let going = going.filter(|row| !row.progress.is_over() && filter.takes(row));
    let dated: Vec<(&Row, Vec<Day>)> = going
        .take(MAX_DRAWN)
        .map(|row| (row, earlier(room, row)))
        .collect();
    let all = dated
        .iter()
        .flat_map(|(row, old)| old.iter().copied().chain([row.due]));
    let scale = Scale::new(all.chain([room.today()]), p.dir() == "rtl");
    let lines = (0..).zip(&dated);
    let lines = lines.map(|(n, (row, old))| line(p, room, &scale, n, (row, old)));
    let figure = Figure {
        width: WIDTH,
        height: dated.len() as u32 * STEP + 16,
        start: if scale.mirrored { WIDTH } else { 0 },
        today: scale.x(room.today()),
        today_word: p.ta("group-today", &p.day(room.today())),
        ends: (p.day(scale.first), p.day(scale.last)),
    };
    (figure, lines.collect())
}

fn line(p: &Page, room: &GroupRoom, scale: &Scale, n: u32, (row, old): (&Row, &[Day])) -> Line {
    let (today, due) = (scale.x(room.today()), scale.x(row.due));
    Line {
        entry: follow::entry(p, room, row),
        text_at: n * STEP + 14,
        at: n * STEP + 28,
        from: today.min(due),
        length: today.abs_diff(due),
        class: row.shown_flag().map_or("open", |flag| flag.as_str()),
        due_x: due,
        old: old.iter().map(|day| (scale.x(*day), p.day(*day))).collect(),
    }
}

/// Days on which it was due before, oldest first.
fn earlier(room: &GroupRoom, row: &Row) -> Vec<Day> {
    let object = room.ledger().object(&row.id);
    let history = object.map_or_else(Vec::new, |object| object.due_history());
    let days = history.into_iter().map(|(day, _)| day);
    days.filter(|day| *day != row.due).collect()
}

/// From days to places. Where writing runs from the right, so does time.
struct Scale {
    first: Day,
    last: Day,
    mirrored: bool,
}

impl Scale {
    fn new(days: impl Iterator<Item = Day> + Clone, mirrored: bool) -> Self {
        let zero = || passerelle_model::UtcTime::from_millis(0).day();
        Self {
            first: days.clone().min().unwrap_or_else(zero),
            last: days.max().unwrap_or_else(zero),
            mirrored,
        }
    }

    fn x(&self, day: Day) -> u32 {
        let span = u64::from(self.last.days_since(self.first).max(1));
        let gone = u64::from(day.days_since(self.first)).min(span);
        let inner = u64::from(WIDTH - 2 * EDGE);
        let x = EDGE + (gone * inner / span) as u32;
        if self.mirrored { WIDTH - x } else { x }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_runs_as_writing_does() {
        let days = ["2024-01-01", "2024-12-31", "2024-07-01"].map(|day| day.parse().unwrap());
        let scale = Scale::new(days.into_iter(), false);
        assert_eq!((scale.x(days[0]), scale.x(days[1])), (EDGE, WIDTH - EDGE));
        assert!((300..330).contains(&scale.x(days[2])));
        let mirrored = Scale::new(days.into_iter(), true);
        assert_eq!(mirrored.x(days[0]), WIDTH - EDGE);
        let one = Scale::new([days[0]].into_iter(), false);
        assert_eq!(one.x(days[0]), EDGE);
    }
}

#[cfg(test)]
#[path = "../samples/group/timeline.rs"]
pub(crate) mod samples;
