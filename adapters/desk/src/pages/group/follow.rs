//! Commitments as a list that one can filter and send on, and as a board.

use std::str::FromStr;

use askama::Template;
use passerelle_model::{ChannelId, Day};
use passerelle_service::joint::{Column, Filter, Flag, ObjectRef, Progress, Row, Sector, Strand};
use passerelle_service::{GroupRoom, object_ref};

use super::acts::invalid;
use super::{Tab, calendar, side, tabs, timeline, title};
use crate::answer::{Answer, Fault, page};
use crate::frame::Page;
use crate::guard::Call;
use crate::routes::{GROUP, Route, get, page as handled};

pub(crate) const ROUTES: &[Route] = &[
    get("/group/{channel}/commitments", GROUP, handled!(list)),
    get("/group/{channel}/board", GROUP, handled!(board)),
    get("/group/{channel}/calendar", GROUP, handled!(calendar::show)),
    get("/group/{channel}/timeline", GROUP, handled!(timeline::show)),
];

/// Commitments on one page of the list.
const PAGE_ROWS: usize = 50;
/// The four ways to look at commitments: address after the group's own, and key of the word.
const VIEWS: [(&str, &str); 4] = [
    ("/commitments", "group-view-list"),
    ("/board", "group-view-board"),
    ("/calendar", "group-view-calendar"),
    ("/timeline", "group-view-timeline"),
];

#[derive(Template)]
#[template(path = "group/commitments.html")]
struct List {
    p: Page,
    tabs: Vec<Tab>,
    bar: Bar,
    speaks: bool,
    new: String,
    rows: Vec<Entry>,
    next: Option<String>,
    first: Option<String>,
}

#[derive(Template)]
#[template(path = "group/board.html")]
struct Shows {
    p: Page,
    tabs: Vec<Tab>,
    bar: Bar,
    flags: Vec<(String, &'static str, usize, String)>,
    columns: Vec<Shown>,
    empty: bool,
}

/// A column of the board.
struct Shown {
    key: &'static str,
    title: String,
    count: usize,
    rows: Vec<Entry>,
    /// To all of them, where not all are shown.
    more: Option<(String, String)>,
}

/// A commitment in a list.
pub(crate) struct Entry {
    pub(crate) href: String,
    pub(crate) title: String,
    pub(crate) side: &'static str,
    pub(crate) party: String,
    pub(crate) due: String,
    pub(crate) machine: String,
    pub(crate) sector: String,
    pub(crate) progress: String,
    /// What follows, where it is not over.
    pub(crate) flag: Option<(String, &'static str)>,
}

/// Ways to look, and the filter.
pub(crate) struct Bar {
    pub(crate) views: Vec<Tab>,
    pub(crate) action: String,
    pub(crate) fields: Vec<Select>,
    /// To everything, where something is chosen.
    pub(crate) all: Option<String>,
}

/// A choice of the filter.
pub(crate) struct Select {
    pub(crate) name: &'static str,
    pub(crate) label: String,
    pub(crate) options: Vec<(String, String, bool)>,
}

async fn list(call: Call) -> Answer {
    let p = call.page.clone();
    let (channel, filter) = (super::channel(&call)?, filter(&call)?);
    let after = after(call.asked("after"))?;
    let (bar, rows, next) = super::look(&call, |room| {
        let (rows, next) = page_of(room.rows(), &filter, after.as_ref());
        let rows = rows.into_iter().map(|row| entry(&p, room, row)).collect();
        Ok((bar(&p, room, &filter, "/commitments"), rows, next))
    })
    .await?;
    let here = |after: &str| address(&channel, "/commitments", &filter, after);
    page(&List {
        tabs: tabs(&p, &channel, "/commitments"),
        bar,
        speaks: call.actor()?.speaks(),
        new: format!("/group/{channel}/commitments/new"),
        rows,
        next: next.map(|after| here(&format!("after={after}"))),
        first: after.map(|_| here("")),
        p,
    })
}

async fn board(call: Call) -> Answer {
    let p = call.page.clone();
    let (channel, filter) = (super::channel(&call)?, filter(&call)?);
    let (bar, flags, columns) = super::look(&call, |room| {
        let board = room.kept_board(&filter);
        let shown = |column: &Column| shown(&p, room, &filter, column);
        let flag = |(flag, count): &(Flag, usize)| {
            let only = Filter {
                flag: Some(*flag),
                ..filter.clone()
            };
            let href = address(&channel, "/board", &only, "");
            (p.word("group-flag", flag), tone(*flag), *count, href)
        };
        Ok((
            bar(&p, room, &filter, "/board"),
            board.flags.iter().map(flag).collect::<Vec<_>>(),
            board.columns.iter().map(shown).collect::<Vec<_>>(),
        ))
    })
    .await?;
    page(&Shows {
        tabs: tabs(&p, &channel, "/commitments"),
        bar,
        flags,
        empty: columns.iter().all(|column| column.count == 0),
        columns,
        p,
    })
}

fn shown(p: &Page, room: &GroupRoom, filter: &Filter, column: &Column) -> Shown {
    let only = Filter {
        progress: Some(column.progress),
        ..filter.clone()
    };
    let more = column.count.checked_sub(column.rows.len());
    Shown {
        key: column.progress.as_str(),
        title: p.word("group-progress", column.progress),
        count: column.count,
        rows: column.rows.iter().map(|row| entry(p, room, row)).collect(),
        more: more.filter(|left| *left > 0).map(|left| {
            let href = address(room.channel(), "/commitments", &only, "");
            (href, p.tn("group-more", left))
        }),
    }
}

/// A commitment as a line.
pub(crate) fn entry(p: &Page, room: &GroupRoom, row: &Row) -> Entry {
    let object = room.ledger().object(&row.id);
    Entry {
        href: super::href(room.channel(), &row.id),
        title: object.map_or_else(String::new, |object| title(p, object)),
        side: side(p, &row.responsible),
        party: p.short_name_of(&row.responsible),
        due: p.day(row.due),
        machine: row.due.to_string(),
        sector: p.word("group-sector", row.sector),
        progress: p.word("group-progress", row.progress),
        flag: flag_of(p, row),
    }
}

/// What follows for a commitment that runs, and how bad it is.
pub(crate) fn flag_of(p: &Page, row: &Row) -> Option<(String, &'static str)> {
    let flag = row.shown_flag()?;
    Some((p.word("group-flag", flag), tone(flag)))
}

/// How bad a flag is.
pub(crate) fn tone(flag: Flag) -> &'static str {
    match flag {
        Flag::OnTrack => "good",
        Flag::AtRisk => "soon",
        Flag::Blocked | Flag::Late | Flag::Disputed => "stop",
    }
}

/// Rows after a place, and the place of the last where there are more.
fn page_of<'a>(
    rows: &'a [Row],
    filter: &Filter,
    after: Option<&(Day, ObjectRef)>,
) -> (Vec<&'a Row>, Option<String>) {
    let start = after.map_or(0, |(due, id)| {
        rows.partition_point(|row| (row.due, &row.id) <= (*due, id))
    });
    let rest = rows.get(start..).unwrap_or_default().iter();
    let wanted = rest.filter(|row| filter.takes(row));
    let mut found: Vec<&Row> = wanted.take(PAGE_ROWS + 1).collect();
    let more = found.len() > PAGE_ROWS;
    found.truncate(PAGE_ROWS);
    let last = found.last().filter(|_| more);
    let next = last.map(|row| format!("{}_{}", row.due, row.id));
    (found, next)
}

fn after(text: &str) -> Result<Option<(Day, ObjectRef)>, Fault> {
    let Some((due, id)) = text.split_once('_') else {
        return Ok(None);
    };
    let due = due.parse().map_err(|_| invalid())?;
    Ok(Some((due, object_ref(id)?)))
}

/// What the address chooses.
pub(crate) fn filter(call: &Call) -> Result<Filter, Fault> {
    Ok(Filter {
        responsible: chosen(call, "responsible")?,
        sector: chosen(call, "sector")?,
        strand: chosen(call, "strand")?,
        flag: chosen(call, "flag")?,
        objective: chosen(call, "objective")?,
        progress: chosen(call, "progress")?,
    })
}

/// A field of the address that may be left out.
pub(crate) fn chosen<T: FromStr>(call: &Call, name: &str) -> Result<Option<T>, Fault> {
    match call.asked(name).trim() {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| invalid()),
    }
}

/// The address of a way to look, with what is chosen.
pub(crate) fn address(channel: &ChannelId, view: &str, filter: &Filter, more: &str) -> String {
    let named = [
        (
            "responsible",
            filter.responsible.as_ref().map(ToString::to_string),
        ),
        ("sector", filter.sector.map(|one| one.to_string())),
        ("strand", filter.strand.map(|one| one.to_string())),
        ("flag", filter.flag.map(|one| one.to_string())),
        ("objective", filter.objective.map(|one| one.to_string())),
        ("progress", filter.progress.map(|one| one.to_string())),
    ];
    let chosen = named
        .into_iter()
        .filter_map(|(name, value)| Some(format!("{name}={}", value?)));
    let more = (!more.is_empty()).then(|| more.to_owned());
    let all: Vec<String> = chosen.chain(more).collect();
    match all.is_empty() {
        true => format!("/group/{channel}{view}"),
        false => format!("/group/{channel}{view}?{}", all.join("&")),
    }
}

/// Ways to look at the same commitments, and what can be chosen.
pub(crate) fn bar(p: &Page, room: &GroupRoom, filter: &Filter, here: &str) -> Bar {
    let channel = room.channel();
    let view = |(path, key): (&str, &str)| Tab {
        href: address(channel, path, filter, ""),
        label: p.t(key),
        here: path == here,
    };
    let all = address(channel, here, &Filter::default(), "");
    Bar {
        views: VIEWS.into_iter().map(view).collect(),
        action: all.clone(),
        fields: selects(p, room, filter),
        all: (*filter != Filter::default()).then_some(all),
    }
}

fn selects(p: &Page, room: &GroupRoom, filter: &Filter) -> Vec<Select> {
    let parties = room.ledger().parties().iter();
    let responsible = parties.map(|party| {
        let here = filter.responsible.as_ref() == Some(party);
        (party.to_string(), p.name_of(party), here)
    });
    vec![
        select(p, "responsible", responsible.collect()),
        select(
            p,
            "sector",
            words(p, "group-sector", Sector::ALL, filter.sector),
        ),
        select(
            p,
            "strand",
            words(p, "group-strand", Strand::ALL, filter.strand),
        ),
        select(p, "objective", objectives(p, filter.objective)),
        select(
            p,
            "progress",
            words(p, "group-progress", Progress::ALL, filter.progress),
        ),
        select(p, "flag", words(p, "group-flag", Flag::ALL, filter.flag)),
    ]
}

fn select(p: &Page, name: &'static str, options: Vec<(String, String, bool)>) -> Select {
    Select {
        name,
        label: p.t(&format!("group-filter-{name}")),
        options,
    }
}

/// Words of a closed list as options.
pub(crate) fn words<T: Copy + PartialEq + ToString>(
    p: &Page,
    list: &str,
    all: &[T],
    chosen: Option<T>,
) -> Vec<(String, String, bool)> {
    let option = |one: &T| {
        let spelt = one.to_string();
        let said = p.word(list, &spelt);
        (spelt, said, chosen == Some(*one))
    };
    all.iter().map(option).collect()
}

/// Objectives of the Global Compact as options.
pub(crate) fn objectives(p: &Page, chosen: Option<u8>) -> Vec<(String, String, bool)> {
    let option = |number: u8| {
        let said = format!("{number}. {}", p.word("group-gcm", number));
        (number.to_string(), said, chosen == Some(number))
    };
    (1..=23).map(option).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(number: u8, due: &str) -> Row {
        Row {
            id: format!("ma.interior~{number:032x}").parse().unwrap(),
            progress: Progress::Agreed,
            flag: Flag::OnTrack,
            due: due.parse().unwrap(),
            responsible: "ma.interior".parse().unwrap(),
            sector: Sector::Health,
            strand: Strand::Migration,
            objective: Some(number % 23 + 1),
            public: false,
        }
    }

    #[test]
    fn pages_follow_each_other_without_gap_or_repetition() {
        let rows: Vec<Row> = (0..120).map(|n| row(n, "2027-01-01")).collect();
        let (mut seen, mut place) = (Vec::new(), None);
        loop {
            let (page, next) = page_of(&rows, &Filter::default(), place.as_ref());
            assert!(page.len() <= PAGE_ROWS);
            seen.extend(page.into_iter().map(|row| row.id.clone()));
            let Some(next) = next else { break };
            place = after(&next).ok().flatten();
            assert!(place.is_some());
        }
        let all: Vec<ObjectRef> = rows.iter().map(|row| row.id.clone()).collect();
        assert_eq!(seen, all);
        assert!(after("2027-13-01_x").is_err());
    }

    #[test]
    fn an_address_says_what_is_chosen() {
        let filter = Filter {
            sector: Some(Sector::Health),
            flag: Some(Flag::Late),
            ..Filter::default()
        };
        let channel = "ma-be-gmmp".parse().unwrap();
        assert_eq!(
            address(&channel, "/board", &filter, ""),
            "/group/ma-be-gmmp/board?sector=health&flag=late"
        );
        assert_eq!(
            address(&channel, "/board", &Filter::default(), "after=x"),
            "/group/ma-be-gmmp/board?after=x"
        );
    }
}

#[cfg(test)]
#[path = "../samples/group/follow.rs"]
pub(crate) mod samples;
