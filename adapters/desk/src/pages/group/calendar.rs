//! Commitments by the day they are due, month by month, with the meetings.

use askama::Template;
use passerelle_model::Day;
use passerelle_service::GroupRoom;
use passerelle_service::joint::{Filter, Kind, Row, Stage};

use super::acts::invalid;
use super::follow::{self, Bar};
use super::{Tab, tabs};
use crate::answer::{Answer, Fault, page};
use crate::frame::Page;
use crate::guard::Call;

/// Things told of one day; the count says how many more there are.
const PER_DAY: usize = 4;

#[derive(Template)]
#[template(path = "group/calendar.html")]
struct Shows {
    p: Page,
    tabs: Vec<Tab>,
    bar: Bar,
    month: String,
    before: String,
    next: String,
    weekdays: Vec<String>,
    weeks: Vec<Vec<Cell>>,
    empty: bool,
}

/// A day of the month, or a blank before its first and after its last.
struct Cell {
    number: String,
    machine: String,
    full: String,
    today: bool,
    things: Vec<Thing>,
    more: Option<String>,
}

/// Something on a day.
struct Thing {
    href: String,
    title: String,
    tag: String,
    tone: &'static str,
}

pub(crate) async fn show(call: Call) -> Answer {
    let p = call.page.clone();
    let (channel, filter) = (super::channel(&call)?, follow::filter(&call)?);
    let (bar, first, weeks) = super::look(&call, |room| {
        let first = first_day(call.asked("month"), room.today())?;
        let weeks = weeks(&p, room, &filter, first);
        Ok((follow::bar(&p, room, &filter, "/calendar"), first, weeks))
    })
    .await?;
    let month = |day: Day| {
        let month = format!("month={}", month_of(day));
        follow::address(&channel, "/calendar", &filter, &month)
    };
    let named = p.day(first);
    page(&Shows {
        tabs: tabs(&p, &channel, "/commitments"),
        bar,
        month: named
            .split_once(' ')
            .map_or(named.clone(), |(_, month)| month.to_owned()),
        before: month(first.minus_days(1)),
        next: month(first.plus_months(1)),
        weekdays: (0..7).map(|day| p.word("group-weekday", day)).collect(),
        empty: weeks.iter().flatten().all(|cell| cell.things.is_empty()),
        weeks,
        p,
    })
}

/// The first day of the month that is asked for, else of the present one.
fn first_day(asked: &str, today: Day) -> Result<Day, Fault> {
    let month = match asked.trim() {
        "" => month_of(today),
        text => text.to_owned(),
    };
    format!("{month}-01").parse().map_err(|_| invalid())
}

/// `2027-03`.
fn month_of(day: Day) -> String {
    day.to_string().chars().take(7).collect()
}

/// Days from Monday to `day`.
fn since_monday(day: Day) -> u32 {
    // The first day that is counted, 1 January 1970, was a Thursday.
    (day.start().seconds() / 86_400 + 3).rem_euclid(7) as u32
}

fn weeks(p: &Page, room: &GroupRoom, filter: &Filter, first: Day) -> Vec<Vec<Cell>> {
    let length = first.plus_months(1).days_since(first);
    let blanks = since_monday(first);
    let days = (0..length).map(|n| cell(p, room, filter, first.plus_days(n)));
    let mut cells: Vec<Cell> = (0..blanks).map(|_| blank()).chain(days).collect();
    while !cells.len().is_multiple_of(7) {
        cells.push(blank());
    }
    let mut weeks = Vec::new();
    while !cells.is_empty() {
        let rest = cells.split_off(cells.len().min(7));
        weeks.push(std::mem::replace(&mut cells, rest));
    }
    weeks
}

fn blank() -> Cell {
    Cell {
        number: String::new(),
        machine: String::new(),
        full: String::new(),
        today: false,
        things: Vec::new(),
        more: None,
    }
}

fn cell(p: &Page, room: &GroupRoom, filter: &Filter, day: Day) -> Cell {
    let due = due_on(room.rows(), day).iter();
    let due = due.filter(|row| filter.takes(row));
    let due = due.map(|row| of_commitment(p, room, row));
    let mut things: Vec<Thing> = meetings(p, room, day).chain(due).collect();
    let more = things.len().saturating_sub(PER_DAY);
    things.truncate(PER_DAY);
    let number = day.to_string();
    let number = number.get(8..).unwrap_or_default().trim_start_matches('0');
    Cell {
        number: number.to_owned(),
        machine: day.to_string(),
        full: p.day(day),
        today: day == room.today(),
        things,
        more: (more > 0).then(|| p.tn("group-more", more)),
    }
}

/// Of rows sorted by due day, those of one day.
fn due_on(rows: &[Row], day: Day) -> &[Row] {
    let start = rows.partition_point(|row| row.due < day);
    let end = rows.partition_point(|row| row.due <= day);
    rows.get(start..end).unwrap_or_default()
}

fn of_commitment(p: &Page, room: &GroupRoom, row: &Row) -> Thing {
    let entry = follow::entry(p, room, row);
    let (tag, tone) = entry.flag.unwrap_or((entry.progress, "calm"));
    Thing {
        href: entry.href,
        title: entry.title,
        tag,
        tone,
    }
}

fn meetings<'a>(p: &'a Page, room: &'a GroupRoom, day: Day) -> impl Iterator<Item = Thing> + 'a {
    let all = room.ledger().of_kind(Kind::Meeting);
    let on = move |meeting: &&passerelle_service::joint::Object| {
        let schedule = meeting.schedule();
        schedule.is_some_and(|schedule| schedule.start.day() == day)
            && meeting.stage() != Stage::Cancelled
    };
    all.filter(on).map(|meeting| Thing {
        href: super::href(room.channel(), meeting.id()),
        title: super::title(p, meeting),
        tag: super::kind_word(p, Kind::Meeting),
        tone: "ours",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_begin_on_their_own_weekday() {
        for (first, blanks) in [("2024-04-01", 0), ("2027-08-01", 6), ("2026-11-01", 6)] {
            assert_eq!(since_monday(first.parse().unwrap()), blanks, "{first}");
        }
        let today = "2024-02-29".parse().unwrap();
        assert_eq!(first_day("", today).ok(), "2024-02-01".parse().ok());
        assert_eq!(first_day("2024-12", today).ok(), "2024-12-01".parse().ok());
        assert!(first_day("2024-13", today).is_err());
    }
}

#[cfg(test)]
#[path = "../samples/group/calendar.rs"]
pub(crate) mod samples;
