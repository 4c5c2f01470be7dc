//! Rooms of lists: expertise, prevention and reintegration, programmes.

use askama::Template;
use passerelle_model::ChannelId;
use passerelle_service::GroupRoom;
use passerelle_service::joint::{Evidence, Facts, Kind, Object, Sector, Stage, Strand};

use super::super::keeping::Row;
use super::home::Section;
use super::{Tab, channel, href, tabs, title};
use crate::answer::{Answer, page};
use crate::frame::Page;
use crate::guard::Call;
use crate::routes::{GROUP, Route, get, page as handled};

pub(crate) const ROUTES: &[Route] = &[
    get("/group/{channel}/expertise", GROUP, handled!(expertise)),
    get("/group/{channel}/prevention", GROUP, handled!(prevention)),
];

/// Rows of one heading; the file of the list has them all.
const MAX_ROWS: usize = 200;
/// Months after which a delivered request is evaluated.
pub(crate) const EVALUATED_AFTER_MONTHS: u32 = 6;

#[derive(Template)]
#[template(path = "group/learn.html")]
pub(crate) struct Room {
    p: Page,
    tabs: Vec<Tab>,
    heading: String,
    lead: String,
    here: String,
    actions: Vec<(String, String)>,
    sections: Vec<Section>,
    empty: bool,
    filters: Vec<Filtered>,
}

/// One choice of the filter.
pub(crate) struct Filtered {
    name: &'static str,
    label: String,
    options: Vec<(&'static str, String, bool)>,
}

/// What one wants to see. Nothing chosen is everything.
#[derive(Default)]
pub(crate) struct Filter {
    sector: Option<Sector>,
    strand: Option<Strand>,
    evidence: Option<Evidence>,
    /// Only these, where the room is about some.
    strands: &'static [Strand],
}

pub(crate) fn filter(call: &Call) -> Filter {
    Filter {
        sector: call.asked("sector").parse().ok(),
        strand: call.asked("strand").parse().ok(),
        evidence: call.asked("evidence").parse().ok(),
        strands: &[],
    }
}

impl Filter {
    fn takes(&self, object: &Object) -> bool {
        let Some(facts) = object.facts() else {
            return false;
        };
        let (sectors, strands) = about(facts.value());
        let of = |sector| sectors.is_empty() || sectors.contains(&sector);
        let on = |strand| strands.contains(&strand);
        let evidence = match facts.value() {
            Facts::Practice(it) => Some(it.evidence),
            _ => None,
        };
        self.sector.is_none_or(of)
            && self.strand.is_none_or(on)
            && (self.strands.is_empty() || self.strands.iter().copied().any(on))
            && self
                .evidence
                .is_none_or(|least| evidence.is_none_or(|it| it >= least))
    }

    fn fields(&self, p: &Page) -> Vec<Filtered> {
        let sectors = Sector::ALL.iter().map(|one| {
            (
                one.as_str(),
                p.word("group-sector", one),
                Some(*one) == self.sector,
            )
        });
        let evidence = Evidence::ALL.iter().map(|one| {
            (
                one.as_str(),
                p.word("learn-evidence", one),
                Some(*one) == self.evidence,
            )
        });
        let strands = Strand::ALL.iter();
        let strands = strands.filter(|one| self.strands.is_empty() || self.strands.contains(one));
        let strands = strands.map(|one| {
            (
                one.as_str(),
                p.word("group-strand", one),
                Some(*one) == self.strand,
            )
        });
        let field = |name, key: &str, options| Filtered {
            name,
            label: p.t(key),
            options,
        };
        vec![
            field("sector", "group-term-sector", sectors.collect()),
            field("strand", "group-term-strand", strands.collect()),
            field("evidence", "learn-evidence-least", evidence.collect()),
        ]
    }
}

/// Sectors and strands that something is about.
fn about(facts: &Facts) -> (Vec<Sector>, Vec<Strand>) {
    match facts {
        Facts::Programme(it) => (vec![it.sector], vec![it.strand]),
        Facts::Practice(it) => (vec![it.sector], vec![it.strand]),
        Facts::Expert(it) => (it.sectors.clone(), it.strands.clone()),
        Facts::Request(it) => (vec![it.sector], vec![it.strand]),
        Facts::Competence(it) => (it.sectors.clone(), vec![Strand::Diaspora]),
        _ => (Vec::new(), vec![Strand::Expertise]),
    }
}

impl Room {
    pub(crate) fn new(
        p: Page,
        channel: &ChannelId,
        here: &str,
        lead: String,
        actions: Vec<(String, String)>,
        sections: Vec<Section>,
        filter: &Filter,
    ) -> Self {
        let key = format!("learn-tab-{}", here.trim_start_matches('/'));
        Self {
            tabs: tabs(&p, channel, here),
            heading: p.t(&key),
            lead,
            here: format!("/group/{channel}{here}"),
            actions,
            empty: sections.iter().all(|section| section.count == 0),
            sections,
            filters: filter.fields(&p),
            p,
        }
    }
}

async fn expertise(call: Call) -> Answer {
    let kinds = [
        Kind::Request,
        Kind::Mission,
        Kind::Practice,
        Kind::Expert,
        Kind::Competence,
    ];
    room(call, "/expertise", &kinds, &[]).await
}

async fn prevention(call: Call) -> Answer {
    let strands = &[Strand::Prevention, Strand::Reintegration];
    room(
        call,
        "/prevention",
        &[Kind::Programme, Kind::Practice],
        strands,
    )
    .await
}

async fn room(call: Call, here: &str, kinds: &[Kind], strands: &'static [Strand]) -> Answer {
    let p = call.page.clone();
    let channel = channel(&call)?;
    let filter = Filter {
        strands,
        ..filter(&call)
    };
    let sections = super::look(&call, |room| {
        Ok(kinds
            .iter()
            .map(|kind| rows(&p, room, *kind, &filter))
            .collect())
    })
    .await?;
    let strand = strands
        .first()
        .map_or(String::new(), |strand| format!("?strand={strand}"));
    let action = |kind: &Kind| {
        let href = format!("/group/{channel}/learn/{kind}{strand}");
        (href, p.t(&format!("learn-new-{kind}")))
    };
    let actions = match call.actor()?.speaks() {
        true => kinds
            .iter()
            .filter(|kind| **kind != Kind::Mission)
            .map(action)
            .collect(),
        false => Vec::new(),
    };
    let lead = p.t(&format!("learn-{}-lead", here.trim_start_matches('/')));
    page(&Room::new(
        p, &channel, here, lead, actions, sections, &filter,
    ))
}

/// The objects of a kind that the filter takes, the newest first.
pub(crate) fn rows(p: &Page, room: &GroupRoom, kind: Kind, filter: &Filter) -> Section {
    let all = room.ledger().of_kind(kind);
    let mut found: Vec<&Object> = all.filter(|object| filter.takes(object)).collect();
    found.sort_by_key(|object| std::cmp::Reverse(object.changed().time));
    Section {
        key: kind.as_str(),
        title: p.t(&format!("learn-all-{kind}")),
        count: found.len(),
        more: (found.len() > MAX_ROWS).then(|| p.tn("group-more", found.len() - MAX_ROWS)),
        rows: found
            .into_iter()
            .take(MAX_ROWS)
            .map(|object| line(p, room, object))
            .collect(),
    }
}

/// One line of a list.
pub(crate) fn line(p: &Page, room: &GroupRoom, object: &Object) -> Row {
    let stage = object.stage();
    let mut tags = vec![(p.word("group-stage", stage), tone(stage))];
    if let Some((word, tone)) = evaluation(p, room, object) {
        tags.push((word, tone));
    }
    if let Some(Facts::Practice(it)) = object
        .facts()
        .map(passerelle_service::joint::class::Own::value)
    {
        tags.push((p.word("learn-evidence", it.evidence), "calm"));
    }
    let about = object.facts().map(|facts| about(facts.value()));
    let (sectors, strands) = about.unwrap_or_default();
    let sectors = sectors.iter().map(|one| p.word("group-sector", one));
    let words: Vec<String> = std::iter::once(p.name_of(&object.id().party))
        .chain(sectors)
        .chain(strands.iter().map(|one| p.word("group-strand", one)))
        .collect();
    Row {
        href: href(room.channel(), object.id()),
        title: title(p, object),
        detail: words.join(" · "),
        tags,
    }
}

pub(crate) fn tone(stage: Stage) -> &'static str {
    match stage {
        Stage::Submitted | Stage::Clarify | Stage::ToRefresh | Stage::Proposed => "soon",
        Stage::Declined | Stage::Cancelled => "stop",
        _ => "calm",
    }
}

/// Six months after delivery a request is evaluated: when, or that it is time.
pub(crate) fn evaluation(
    p: &Page,
    room: &GroupRoom,
    object: &Object,
) -> Option<(String, &'static str)> {
    if object.kind() != Kind::Request || object.stage() != Stage::Delivered {
        return None;
    }
    let due = object
        .since()
        .time
        .day()
        .plus_months(EVALUATED_AFTER_MONTHS);
    Some(match due <= room.today() {
        true => (p.t("learn-evaluation-due"), "late"),
        false => (p.ta("learn-evaluation-on", &p.day(due)), "calm"),
    })
}

#[cfg(test)]
#[path = "../samples/group/expertise.rs"]
pub(crate) mod samples;
