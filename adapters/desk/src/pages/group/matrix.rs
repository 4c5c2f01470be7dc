//! Who does what where: sectors against strands or objectives, and what a sector lead should
//! know about.

use askama::Template;
use passerelle_service::GroupRoom;
use passerelle_service::joint::{
    Across, Filter, Gap, Matrix, MatrixEntry, ObjectRef, Sector, Strand,
};

use super::follow::address;
use super::{Tab, href, side, tabs, title};
use crate::answer::{Answer, page};
use crate::frame::Page;
use crate::guard::Call;
use crate::routes::{GROUP, Route, get, page as handled};
use crate::words;

pub(crate) const ROUTES: &[Route] = &[get("/group/{channel}/matrix", GROUP, handled!(show))];

/// Most sentences of one kind; the count says how many there are.
const MAX_SAID: usize = 40;

#[derive(Template)]
#[template(path = "group/matrix.html")]
struct Shows {
    p: Page,
    tabs: Vec<Tab>,
    views: Vec<Tab>,
    heads: Vec<String>,
    rows: Vec<(String, Vec<Field>)>,
    empty: bool,
    overlaps: Said,
    gaps: Said,
    waits: Said,
}

/// One field: who does how much there.
struct Field {
    counts: Vec<Count>,
    head: String,
}

/// What one party does in a field.
struct Count {
    side: &'static str,
    party: String,
    commitments: usize,
    programmes: usize,
    href: String,
}

/// Sentences of one kind.
#[derive(Default)]
struct Said {
    count: usize,
    lines: Vec<(String, Vec<(String, String)>)>,
}

impl Said {
    fn add(&mut self, line: impl FnOnce() -> (String, Vec<(String, String)>)) {
        self.count += 1;
        if self.lines.len() < MAX_SAID {
            self.lines.push(line());
        }
    }
}

async fn show(call: Call) -> Answer {
    let p = call.page.clone();
    let channel = super::channel(&call)?;
    let objectives = call.asked("by") == "objective";
    let shows = super::look(&call, |room| {
        let matrix = room.kept_matrix(objectives);
        let all = columns(objectives);
        let heads: Vec<String> = all.iter().map(|across| head(&p, *across)).collect();
        let mut said = [Said::default(), Said::default(), Said::default()];
        matrix
            .gaps
            .iter()
            .for_each(|gap| tell(&p, room, gap, &mut said));
        let [overlaps, gaps, waits] = said;
        Ok(Shows {
            tabs: tabs(&p, &channel, "/matrix"),
            views: views(&p, &channel, objectives),
            rows: rows(&p, room, &matrix, &all),
            heads,
            empty: matrix.fields.is_empty(),
            overlaps,
            gaps,
            waits,
            p: p.clone(),
        })
    })
    .await?;
    page(&shows)
}

fn views(p: &Page, channel: &passerelle_model::ChannelId, objectives: bool) -> Vec<Tab> {
    let view = |(query, key, here): (&str, &str, bool)| Tab {
        href: format!("/group/{channel}/matrix{query}"),
        label: p.t(key),
        here,
    };
    [
        ("", "group-by-strand", !objectives),
        ("?by=objective", "group-by-objective", objectives),
    ]
    .into_iter()
    .map(view)
    .collect()
}

fn columns(objectives: bool) -> Vec<Across> {
    match objectives {
        true => (1..=23).map(Across::Objective).collect(),
        false => Strand::ALL.iter().copied().map(Across::Strand).collect(),
    }
}

fn head(p: &Page, across: Across) -> String {
    match across {
        Across::Strand(strand) => p.word("group-strand", strand),
        Across::Objective(number) => format!("{number}. {}", p.word("group-gcm", number)),
    }
}

fn rows(p: &Page, room: &GroupRoom, matrix: &Matrix, all: &[Across]) -> Vec<(String, Vec<Field>)> {
    let row = |sector: &Sector| {
        let field = |across: &Across| Field {
            counts: matrix
                .fields
                .get(&(*sector, *across))
                .map_or_else(Vec::new, |entry| counts(p, room, entry, (*sector, *across))),
            head: head(p, *across),
        };
        let fields = all.iter().map(field).collect();
        (p.word("group-sector", sector), fields)
    };
    Sector::ALL.iter().map(row).collect()
}

fn counts(
    p: &Page,
    room: &GroupRoom,
    entry: &MatrixEntry,
    (sector, across): (Sector, Across),
) -> Vec<Count> {
    let count = |party: &passerelle_model::PartyId| {
        let (strand, objective) = match across {
            Across::Strand(strand) => (Some(strand), None),
            Across::Objective(number) => (None, Some(number)),
        };
        let filter = Filter {
            responsible: Some(party.clone()),
            sector: Some(sector),
            strand,
            objective,
            ..Filter::default()
        };
        Count {
            side: side(p, party),
            party: p.short_name_of(party),
            commitments: entry.commitments.get(party).copied().unwrap_or(0),
            programmes: entry.programmes.get(party).copied().unwrap_or(0),
            href: address(room.channel(), "/commitments", &filter, ""),
        }
    };
    entry.parties().into_iter().map(count).collect()
}

/// Puts what was found into a sentence: overlaps, then gaps, then what waits for whom.
fn tell(p: &Page, room: &GroupRoom, gap: &Gap, [overlaps, gaps, waits]: &mut [Said; 3]) {
    match gap {
        Gap::Together(sector, across) => overlaps.add(|| {
            let (sector, across) = (p.word("group-sector", sector), head(p, *across));
            let named = [("sector", sector.as_str()), ("what", across.as_str())];
            (words::say(p.lang, "group-overlap", &named), Vec::new())
        }),
        Gap::Nobody(across) => {
            gaps.add(|| (p.ta("group-nobody", &head(p, *across)), Vec::new()));
        }
        Gap::Depends { action, on } => waits.add(|| {
            let (who, whom) = (p.short_name_of(&action.party), p.short_name_of(&on.party));
            let named = [("what", who.as_str()), ("other", whom.as_str())];
            let links = [action, on].map(|id| link(p, room, id));
            (words::say(p.lang, "group-depends", &named), links.into())
        }),
    }
}

fn link(p: &Page, room: &GroupRoom, id: &ObjectRef) -> (String, String) {
    let known = room.ledger().object(id);
    let said = known.map_or_else(|| id.to_string(), |object| title(p, object));
    (href(room.channel(), id), said)
}

#[cfg(test)]
#[path = "../samples/group/matrix.rs"]
pub(crate) mod samples;
