//! What is agreed, what is offered, what differs, who has signed: one panel for every kind of
//! object that parties agree.

use passerelle_model::{Digest, Lang, PartyId, UtcTime};
use passerelle_service::GroupRoom;
use passerelle_service::joint::{
    Change, CommitmentTerms, Facts, Object, ObjectRef, Offer, Revision, Schedule, Stamp, Stance,
    Standing, Terms, differences,
};

use super::texts::{self, Shown};
use super::{dir, href, side};
use crate::frame::{Page, visible};
use crate::words;

/// The panel.
pub(crate) struct Agree {
    pub(crate) channel: String,
    pub(crate) object: String,
    pub(crate) version: u64,
    pub(crate) agreed: Option<Standard>,
    pub(crate) open: Option<Open>,
    pub(crate) past: Vec<Past>,
    pub(crate) breaches: Vec<String>,
    /// Whether this person speaks for their party.
    pub(crate) speaks: bool,
}

/// What all accepted.
pub(crate) struct Standard {
    pub(crate) hash: String,
    pub(crate) versions: Vec<Shown>,
    pub(crate) terms: Vec<(String, String)>,
    pub(crate) signatures: Vec<Signature>,
    pub(crate) positions: Vec<PositionRow>,
    /// Languages without a version: a courtesy translation can be added.
    pub(crate) missing: Vec<(Lang, &'static str, &'static str)>,
}

/// One signature.
pub(crate) struct Signature {
    pub(crate) side: &'static str,
    pub(crate) party: String,
    pub(crate) function: String,
    pub(crate) at: String,
    pub(crate) machine: String,
    /// Where the record's proof is.
    pub(crate) proof: String,
}

/// What waits for an answer.
pub(crate) struct Open {
    pub(crate) hash: String,
    pub(crate) by: Signature,
    pub(crate) ours: bool,
    pub(crate) waits_for_us: bool,
    pub(crate) waits_for: Vec<String>,
    pub(crate) withdrawn: bool,
    /// What its marks mean, where it is compared with an earlier text.
    pub(crate) compared: Option<&'static str>,
    pub(crate) texts: Vec<Compared>,
    pub(crate) terms: Vec<TermRow>,
    pub(crate) accepted: Vec<Signature>,
    pub(crate) positions: Vec<PositionRow>,
}

/// One language, paragraph by paragraph.
pub(crate) struct Compared {
    pub(crate) tag: &'static str,
    pub(crate) dir: &'static str,
    pub(crate) language: &'static str,
    pub(crate) lines: Vec<Paragraph>,
}

/// One paragraph: `same`, `added`, `removed`.
pub(crate) struct Paragraph {
    pub(crate) class: &'static str,
    pub(crate) text: String,
}

/// One fact: before and now.
pub(crate) struct TermRow {
    pub(crate) label: String,
    pub(crate) before: Option<String>,
    pub(crate) now: String,
}

/// What a party thinks.
pub(crate) struct PositionRow {
    pub(crate) side: &'static str,
    pub(crate) party: String,
    pub(crate) stance: String,
    pub(crate) tone: &'static str,
    pub(crate) statement: Vec<Shown>,
}

/// An offer that is over.
pub(crate) struct Past {
    pub(crate) standing: String,
    pub(crate) tone: &'static str,
    pub(crate) by: Signature,
    pub(crate) title: String,
    pub(crate) reasons: Vec<(String, Vec<Shown>)>,
}

/// The panel of an object.
pub(crate) fn panel(p: &Page, room: &GroupRoom, object: &Object) -> Agree {
    let offers = object.offers();
    let over = |offer: &&Offer| !matches!(offer.standing(), Standing::Open | Standing::Agreed);
    Agree {
        channel: room.channel().to_string(),
        object: object.id().to_string(),
        version: object.version(),
        agreed: standard(p, room, object),
        open: offers.open().map(|offer| open(p, room, object, offer)),
        past: offers
            .all()
            .iter()
            .filter(over)
            .map(|offer| past(p, offer))
            .collect(),
        breaches: offers
            .breaches()
            .iter()
            .map(|breach| {
                words::say(
                    p.lang,
                    "group-breach",
                    &[
                        ("what", &p.name_of(&breach.party)),
                        ("first", &p.at(&breach.first.time)),
                        ("second", &p.at(&breach.second.time)),
                    ],
                )
            })
            .collect(),
        speaks: p
            .actor
            .as_ref()
            .is_some_and(passerelle_service::Actor::speaks),
    }
}

fn standard(p: &Page, room: &GroupRoom, object: &Object) -> Option<Standard> {
    let agreed = object.agreed()?;
    let hash = object.offers().agreed_hash()?;
    let mut versions = texts::all(p, &agreed.value().texts);
    for (version, stamp) in object.translations(&hash) {
        versions.push(Shown {
            courtesy: Some(p.name_of(&stamp.by)),
            ..texts::shown(version)
        });
    }
    let there: Vec<&str> = versions.iter().map(|version| version.tag).collect();
    let missing = Lang::ALL
        .iter()
        .copied()
        .filter(|lang| !there.contains(&words::tag(*lang)));
    Some(Standard {
        terms: terms(p, room, &agreed.value().terms),
        signatures: agreed
            .signatures()
            .iter()
            .map(|stamp| signature(p, stamp))
            .collect(),
        positions: positions(p, object, &hash),
        missing: missing
            .map(|lang| (lang, words::own_name(lang), dir(lang)))
            .collect(),
        hash: hash.to_string(),
        versions,
    })
}

fn open(p: &Page, room: &GroupRoom, object: &Object, offer: &Offer) -> Open {
    let (before, meaning) = earlier(object).unzip();
    let parties = object.offers().parties();
    let waits: Vec<&PartyId> = offer.waits_for(parties).collect();
    let compared = |version: &passerelle_service::joint::Version| Compared {
        tag: words::tag(version.lang),
        dir: dir(version.lang),
        language: words::own_name(version.lang),
        lines: compared(before, offer.revision(), version.lang),
    };
    let accepts = offer.accepts().iter();
    // The reader's language first, as where a text is agreed.
    let mut versions: Vec<_> = offer.revision().texts.iter().collect();
    versions.sort_by_key(|version| version.lang != p.lang);
    Open {
        hash: offer.hash().to_string(),
        by: signature(p, offer.made()),
        ours: offer.made().by == p.own,
        waits_for_us: waits.contains(&&p.own),
        waits_for: waits.into_iter().map(|party| p.name_of(party)).collect(),
        withdrawn: offer.withdrawn().is_some(),
        compared: meaning,
        texts: versions.into_iter().map(compared).collect(),
        terms: changed(p, room, before, offer.revision()),
        accepted: accepts.map(|stamp| signature(p, stamp)).collect(),
        positions: positions(p, object, &offer.hash()),
    }
}

/// What an offer is compared with, and what its marks mean then: the agreed text, else the offer
/// that it comes after.
fn earlier(object: &Object) -> Option<(&Revision, &'static str)> {
    if let Some(agreed) = object.agreed() {
        return Some((agreed.value(), "group-amends"));
    }
    let over = |offer: &&Offer| matches!(offer.standing(), Standing::Rejected | Standing::Released);
    let last = object.offers().all().iter().rfind(over)?;
    Some((last.revision(), "group-offers-anew"))
}

fn compared(before: Option<&Revision>, after: &Revision, lang: Lang) -> Vec<Paragraph> {
    let mut lines = Vec::new();
    let mut add = |class, text: &str| {
        lines.push(Paragraph {
            class,
            text: visible(text),
        });
    };
    for change in differences(before, after, lang) {
        match change {
            Change::Same(text) => add("same", &text),
            // Where there was nothing before, everything is simply the text.
            Change::Added(text) if before.is_none() => add("same", &text),
            Change::Added(text) => add("added", &text),
            Change::Removed(text) => add("removed", &text),
            Change::Replaced { before, after } => {
                add("removed", &before);
                add("added", &after);
            }
        }
    }
    lines
}

fn changed(
    p: &Page,
    room: &GroupRoom,
    before: Option<&Revision>,
    after: &Revision,
) -> Vec<TermRow> {
    let old = before.map_or_else(Vec::new, |revision| terms(p, room, &revision.terms));
    let row = |(label, now): (String, String)| {
        let held = old.iter().find(|(other, _)| *other == label);
        let before = held.map(|(_, value)| value.clone());
        TermRow {
            before: before.filter(|before| *before != now),
            label,
            now,
        }
    };
    terms(p, room, &after.terms).into_iter().map(row).collect()
}

/// The items of an agenda in their order, so that whoever signs sees what they sign.
fn agenda(p: &Page, room: &GroupRoom, schedule: &Schedule) -> String {
    let item = |(n, id): (usize, &ObjectRef)| {
        let item = room.ledger().object(id)?;
        let minutes = match item.facts().map(|own| own.value()) {
            Some(Facts::Item(facts)) => p.tn("meet-allotted", facts.minutes),
            _ => String::new(),
        };
        // Isolated: a title in another script does not turn what follows it.
        let title = super::title(p, item);
        Some(format!("{n}. \u{2068}{title}\u{2069} ({minutes})"))
    };
    let items: Vec<String> = (1..).zip(&schedule.agenda).filter_map(item).collect();
    match items.is_empty() {
        true => p.t("group-none"),
        false => items.join(" · "),
    }
}

/// What a revision fixes, as rows of label and value.
pub(crate) fn terms(p: &Page, room: &GroupRoom, terms: &Terms) -> Vec<(String, String)> {
    let row = |key: &str, value: String| (p.t(key), value);
    match terms {
        Terms::Mandate { sectors } => {
            let all: Vec<_> = sectors
                .iter()
                .map(|one| p.word("group-sector", one))
                .collect();
            vec![row("group-term-sectors", all.join(" · "))]
        }
        Terms::Meeting(schedule) => vec![
            row("group-term-kind", p.word("group-meeting", schedule.kind)),
            row("group-term-start", both_clocks(p, schedule.start)),
            row("group-term-end", both_clocks(p, schedule.end)),
            row("group-term-place", visible(schedule.place.as_str())),
            row("group-term-items", agenda(p, room, schedule)),
        ],
        Terms::Decision(decision) => {
            let mut rows = Vec::new();
            if let Some(effect) = decision.effect {
                rows.push(row("group-term-effect", p.day(effect)));
            }
            if let Some(strand) = decision.strand {
                rows.push(row("group-term-strand", p.word("group-strand", strand)));
            }
            if decision.ended {
                rows.push(row("group-term-state", p.t("group-term-ended")));
            }
            rows
        }
        Terms::Commitment(terms) => commitment(p, room, terms),
        Terms::Minutes => Vec::new(),
        Terms::Indicator(indicator) => vec![
            row("group-term-code", indicator.code.to_string()),
            row("group-term-unit", visible(indicator.unit.as_str())),
            row(
                "group-term-measure",
                p.word("group-measure", indicator.measure),
            ),
            row(
                "group-term-aggregation",
                p.word("group-aggregation", indicator.aggregation),
            ),
            row(
                "group-term-baseline",
                indicator.baseline.map_or_else(
                    || p.t("group-none"),
                    |(year, value)| format!("{value} ({year})"),
                ),
            ),
            row(
                "group-term-target",
                indicator
                    .target
                    .map_or_else(|| p.t("group-none"), |target| target.to_string()),
            ),
        ],
        Terms::Communique { embargo } => vec![row("group-term-embargo", both_clocks(p, *embargo))],
    }
}

fn commitment(p: &Page, room: &GroupRoom, terms: &CommitmentTerms) -> Vec<(String, String)> {
    let mut rows = vec![
        (p.t("group-term-responsible"), p.name_of(&terms.responsible)),
        (p.t("group-term-function"), visible(terms.function.as_str())),
        (p.t("group-term-due"), p.day(terms.due)),
        (
            p.t("group-term-sector"),
            p.word("group-sector", terms.sector),
        ),
        (
            p.t("group-term-strand"),
            p.word("group-strand", terms.strand),
        ),
    ];
    if let Some(objective) = terms.objective {
        let words = p.word("group-gcm", objective);
        rows.push((p.t("group-term-objective"), format!("{objective}. {words}")));
    }
    if let Some(target) = &terms.target {
        rows.push((p.t("group-term-sdg"), target.to_string()));
    }
    let indicators = terms
        .indicators
        .iter()
        .filter_map(|id| room.ledger().object(id));
    let titles: Vec<String> = indicators.map(|object| super::title(p, object)).collect();
    if !titles.is_empty() {
        rows.push((p.t("group-term-indicators"), titles.join(" · ")));
    }
    let public = if terms.public {
        "group-yes"
    } else {
        "group-no"
    };
    rows.push((p.t("group-term-public"), p.t(public)));
    if let Some(closure) = terms.closure {
        rows.push((p.t("group-term-closure"), p.word("group-closure", closure)));
    }
    rows
}

/// A moment by our clock, and by each partner's where it shows another hour.
pub(crate) fn both_clocks(p: &Page, time: UtcTime) -> String {
    let mut said = format!("{} {}", p.at(&time), p.capital);
    for other in &p.others {
        let hour = crate::time::hour(time, &other.zone);
        if hour != crate::time::hour(time, &p.zone) {
            said = format!("{said} / {hour} {}", other.capital);
        }
    }
    said
}

/// From when to when, by both clocks; a day that it does not leave is said once.
pub(crate) fn both_clocks_of(p: &Page, start: UtcTime, end: UtcTime) -> String {
    let span = |zone: &jiff::tz::TimeZone| {
        let hour = |time| crate::time::hour(time, zone);
        format!("{} – {}", hour(start), hour(end))
    };
    let others = || p.others.iter();
    let stays = crate::time::same_day(start, end, &p.zone)
        && others().all(|other| crate::time::same_day(start, end, &other.zone));
    if !stays {
        return format!("{} – {}", both_clocks(p, start), both_clocks(p, end));
    }
    let end_here = crate::time::hour(end, &p.zone);
    let mut said = format!("{} – {end_here} {}", p.at(&start), p.capital);
    for other in others().filter(|other| span(&other.zone) != span(&p.zone)) {
        said = format!("{said} / {} {}", span(&other.zone), other.capital);
    }
    said
}

fn positions(p: &Page, object: &Object, hash: &Digest) -> Vec<PositionRow> {
    let row = |(stance, statement, stamp): (Stance, Option<&_>, &Stamp)| PositionRow {
        side: side(p, &stamp.by),
        party: p.name_of(&stamp.by),
        stance: p.word("group-stance", stance),
        tone: match stance {
            Stance::Agrees => "good",
            Stance::Reservation => "soon",
            Stance::Objects => "stop",
            Stance::None => "calm",
        },
        statement: statement.map_or_else(Vec::new, |statement| texts::all(p, statement)),
    };
    object.positions(hash).map(row).collect()
}

fn past(p: &Page, offer: &Offer) -> Past {
    let title = offer.revision().texts.best(p.lang);
    let reason = |(stamp, texts): &(Stamp, Option<_>)| {
        let said = texts
            .as_ref()
            .map_or_else(Vec::new, |said| texts::all(p, said));
        (p.name_of(&stamp.by), said)
    };
    Past {
        standing: p.word("group-standing", offer.standing()),
        tone: match offer.standing() {
            Standing::Agreed => "good",
            Standing::Open => "soon",
            Standing::Rejected => "stop",
            Standing::Released | Standing::Void => "calm",
        },
        by: signature(p, offer.made()),
        title: title.map_or_else(String::new, |version| visible(version.title.as_str())),
        reasons: offer.rejects().iter().map(reason).collect(),
    }
}

/// Who signed, in which function, when, with the proof of the record.
pub(crate) fn signature(p: &Page, stamp: &Stamp) -> Signature {
    Signature {
        side: side(p, &stamp.by),
        party: p.name_of(&stamp.by),
        function: visible(stamp.function.as_str()),
        at: p.at(&stamp.time),
        machine: p.machine(&stamp.time),
        proof: format!("/records/{}/{}/proof", stamp.by, stamp.record),
    }
}

/// A line in a list of objects.
pub(crate) fn line(p: &Page, room: &GroupRoom, object: &Object) -> super::super::keeping::Row {
    let mut tags = Vec::new();
    let offers = object.offers();
    if let Some(offer) = offers.open() {
        let ours = offer
            .waits_for(offers.parties())
            .any(|party| *party == p.own);
        let key = if ours {
            "group-waits-us"
        } else {
            "group-waits-them"
        };
        tags.push((p.t(key), if ours { "soon" } else { "calm" }));
    } else if object.agreed().is_some() {
        tags.push((p.t("group-agreed-tag"), "good"));
    }
    super::super::keeping::Row {
        href: href(room.channel(), object.id()),
        title: super::title(p, object),
        detail: format!(
            "{} · {}",
            super::kind_word(p, object.kind()),
            p.at(&object.changed().time)
        ),
        tags,
    }
}
