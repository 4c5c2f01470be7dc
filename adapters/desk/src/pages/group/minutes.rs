//! Minutes in four phases: written by both, prepared, sent round with a window for amendments,
//! agreed. What each item led to stands in them from the beginning.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use http::StatusCode;
use passerelle_model::{ChannelId, Day, Lang, Markdown, tidy};
use passerelle_service::joint::class::Own;
use passerelle_service::joint::{
    Deed, Kind, Object, ObjectRef, Place, Revision, Stage, Terms, Texts, Version,
};
use passerelle_service::{GroupRoom, Wish};

use super::acts::invalid;
use super::agree::Agree;
use super::minutes_changes::{self, Changed};
use super::object::{Talk, note, talk};
use super::{Tab, agree, dir, href, kind_word, meet, side, tabs, title};
use crate::answer::{Answer, Fault, go, page};
use crate::frame::{Page, visible};
use crate::guard::Call;
use crate::routes::{GROUP, Route, get, page as handled, post};
use crate::words;

pub(crate) const ROUTES: &[Route] = &[
    post(
        "/group/{channel}/meetings/{object}/minutes",
        GROUP,
        handled!(super::minutes_opening::open),
    ),
    post(
        "/group/{channel}/minutes/{object}/write",
        GROUP,
        handled!(write),
    ),
    post(
        "/group/{channel}/minutes/{object}/add",
        GROUP,
        handled!(add),
    ),
    post(
        "/group/{channel}/minutes/{object}/step",
        GROUP,
        handled!(step),
    ),
    post(
        "/group/{channel}/minutes/{object}/offer",
        GROUP,
        handled!(offer),
    ),
    get(
        "/group/{channel}/minutes/{object}/minutes.odt",
        GROUP,
        handled!(super::minutes_paper::file),
    ),
    post(
        "/group/{channel}/minutes/{object}/read",
        GROUP,
        handled!(minutes_changes::mark),
    )
    .for_readers(),
];

/// Phases in their order, with the stages that stand for them.
const PHASES: [&str; 4] = ["draft", "prepared", "circulated", "agreed"];

#[derive(Template)]
#[template(path = "group/minutes.html")]
struct Shows {
    p: Page,
    tabs: Vec<Tab>,
    title: String,
    kind: String,
    parent: Option<(String, String)>,
    place: String,
    version: u64,
    /// Key, word, and whether it is now.
    phases: Vec<(&'static str, String, bool)>,
    window: Option<String>,
    /// What changed since this person read it, or since it was sent round.
    changed: Option<Changed>,
    speaks: bool,
    writes: bool,
    /// Steps without the one that sends it round, which asks for a day.
    steps: Vec<(&'static str, String)>,
    circulates: bool,
    tomorrow: String,
    offers: bool,
    languages: Vec<Title>,
    paragraphs: Vec<Written>,
    agree: Agree,
    talk: Talk,
}

/// A language of the offer.
struct Title {
    lang: Lang,
    tag: &'static str,
    dir: &'static str,
    language: &'static str,
    title: String,
    complete: bool,
}

/// A paragraph in every language.
struct Written {
    number: usize,
    place: String,
    seen: String,
    versions: Vec<Language>,
    /// Whether two wrote it at once in some language.
    twice: bool,
}

/// A paragraph in one language: one text, or several that were written at once.
struct Language {
    lang: Lang,
    tag: &'static str,
    dir: &'static str,
    language: &'static str,
    texts: Vec<Text>,
}

/// One of its texts.
struct Text {
    /// As it is shown, and as it was written.
    shown: String,
    raw: String,
    side: &'static str,
    by: String,
}

/// What stands at one place, by language; several where two wrote at once.
pub(crate) type Standing = BTreeMap<Place, BTreeMap<Lang, Vec<Option<Markdown>>>>;

/// Paragraphs that were not struck out, in their order.
pub(crate) fn standing(minutes: &Object) -> Standing {
    let mut all = Standing::new();
    for (place, lang, written) in minutes.paragraphs() {
        let texts = written.versions().iter().map(|own| own.value().clone());
        all.entry(place.clone())
            .or_default()
            .insert(lang, texts.collect());
    }
    all.retain(|_, langs| langs.values().flatten().any(Option::is_some));
    all
}

/// In which phase it is, in words.
pub(crate) fn phase(p: &Page, minutes: &Object) -> String {
    p.word("meet-phase", phase_of(minutes))
}

fn phase_of(minutes: &Object) -> &'static str {
    match (minutes.agreed(), minutes.stage()) {
        (Some(_), _) => "agreed",
        (None, Stage::Prepared) => "prepared",
        (None, Stage::Circulated) => "circulated",
        (None, _) => "draft",
    }
}

/// Whether paragraphs can be written now: in the draft, and while amendments are taken.
fn writable(minutes: &Object, today: Day) -> bool {
    let open = match minutes.stage() {
        Stage::Draft => true,
        Stage::Circulated => minutes.window().is_some_and(|until| today <= until),
        _ => false,
    };
    open && minutes.agreed().is_none() && minutes.offers().open().is_none()
}

pub(crate) async fn show(call: Call) -> Answer {
    let p = call.page.clone();
    let note = note(&call).await?;
    let read = minutes_changes::read(&call).await?;
    let shown = super::look_at(&call, |room, minutes| {
        let talk = talk(&p, room, minutes, note.as_ref());
        let changed = minutes_changes::changed(&p, minutes, read.as_ref());
        Ok(Shows {
            changed,
            ..shown(&p, room, minutes, talk)
        })
    })
    .await?;
    page(&shown)
}

fn shown(p: &Page, room: &GroupRoom, minutes: &Object, talk: Talk) -> Shows {
    let channel = room.channel();
    let parent = minutes.parent().and_then(|id| room.ledger().object(id));
    let now = phase_of(minutes);
    let standing = standing(minutes);
    let steps = minutes.steps(&p.own);
    let settled = minutes.agreed().is_some() || minutes.offers().open().is_some();
    let phases = PHASES.map(|one| (one, p.word("meet-phase", one), one == now));
    let plain = |to: &&Stage| **to != Stage::Circulated;
    Shows {
        tabs: tabs(p, channel, "-"),
        title: title(p, minutes),
        kind: kind_word(p, Kind::Minutes),
        parent: parent.map(|one| (href(channel, one.id()), title(p, one))),
        place: meet::place(channel, "minutes", minutes.id()),
        version: minutes.version(),
        phases: phases.into(),
        window: minutes.window().map(|until| p.day(until)),
        changed: None,
        writes: talk.speaks && writable(minutes, room.today()),
        steps: match settled {
            true => Vec::new(),
            false => steps
                .iter()
                .filter(plain)
                .map(|to| (to.as_str(), p.word("meet-minutes-step", to)))
                .collect(),
        },
        circulates: !settled && steps.contains(&Stage::Circulated),
        tomorrow: room.today().plus_days(1).to_string(),
        offers: !settled && matches!(minutes.stage(), Stage::Prepared | Stage::Circulated),
        languages: languages(p, parent, &standing),
        paragraphs: (1..)
            .zip(&standing)
            .map(|(n, one)| written(p, n, one, minutes))
            .collect(),
        agree: agree::panel(p, room, minutes),
        speaks: talk.speaks,
        talk,
        p: p.clone(),
    }
}

fn languages(p: &Page, meeting: Option<&Object>, standing: &Standing) -> Vec<Title> {
    let there = |lang: &&Lang| standing.values().any(|langs| langs.contains_key(*lang));
    let title = |lang: &Lang| {
        let of = meeting
            .and_then(|meeting| meeting.title(*lang))
            .unwrap_or_default();
        Title {
            lang: *lang,
            tag: words::tag(*lang),
            dir: dir(*lang),
            language: words::own_name(*lang),
            title: visible(&words::say(*lang, "meet-minutes-of", &[("what", of)])),
            complete: paragraphs(standing, *lang).is_ok(),
        }
    };
    let mut all: Vec<Title> = Lang::ALL.iter().filter(there).map(title).collect();
    all.sort_by_key(|one| one.lang != p.lang);
    all
}

fn written(
    p: &Page,
    number: usize,
    (place, langs): (&Place, &BTreeMap<Lang, Vec<Option<Markdown>>>),
    minutes: &Object,
) -> Written {
    let here: Vec<_> = minutes
        .paragraphs()
        .filter(|(at, _, _)| *at == place)
        .collect();
    let text = |own: &Own<Option<Markdown>>| {
        let raw = own.value().as_ref().map_or("", Markdown::as_str);
        Text {
            shown: visible(raw),
            raw: raw.to_owned(),
            side: side(p, own.party()),
            by: p.name_of(own.party()),
        }
    };
    let language = |lang: &Lang| {
        let own = here.iter().filter(|(_, written, _)| written == lang);
        let versions = own.flat_map(|(_, _, written)| written.versions());
        Language {
            lang: *lang,
            tag: words::tag(*lang),
            dir: dir(*lang),
            language: words::own_name(*lang),
            texts: versions.map(text).collect(),
        }
    };
    Written {
        number,
        place: place.as_str().to_owned(),
        seen: seen(minutes, place),
        versions: Lang::ALL.iter().map(language).collect(),
        twice: langs.values().any(|texts| texts.len() > 1),
    }
}

/// Which versions stand at a place: a form that was filled in on others is not taken.
fn seen(minutes: &Object, place: &Place) -> String {
    let here = minutes.paragraphs().filter(|(at, _, _)| *at == place);
    let stamps = here
        .flat_map(|(_, _, written)| written.versions())
        .map(|own| own.stamp());
    stamps
        .map(|stamp| format!("{}.{}.{} ", stamp.by, stamp.index, stamp.deed))
        .collect()
}

/// The paragraphs of one language, one for each place.
///
/// # Errors
/// `E_MINUTES_TWICE` where two wrote a paragraph at once and nobody chose; `E_MINUTES_GAP` where
/// one is missing.
pub(crate) fn paragraphs(standing: &Standing, lang: Lang) -> Result<Vec<&str>, Fault> {
    let conflict = |code: &str| Fault::new(StatusCode::CONFLICT, code);
    let one = |langs: &BTreeMap<Lang, Vec<Option<Markdown>>>| -> Result<(), Fault> {
        match langs.get(&lang).map(Vec::as_slice) {
            Some([Some(_)]) => Ok(()),
            Some([_, _, ..]) => Err(conflict("E_MINUTES_TWICE")),
            _ => Err(conflict("E_MINUTES_GAP")),
        }
    };
    standing.values().try_for_each(one)?;
    let texts = standing
        .values()
        .filter_map(|langs| langs.get(&lang)?.first()?.as_ref());
    Ok(texts.map(Markdown::as_str).collect())
}

/// A paragraph is one block: an empty line would begin another.
pub(crate) fn one_block(text: &str) -> String {
    let lines = text
        .lines()
        .map(str::trim_end)
        .filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

/// What was typed for a language; `None` where the form has no such field.
fn typed(call: &Call, lang: Lang) -> Result<Option<Option<Markdown>>, Fault> {
    let name = format!("text-{lang}");
    if !call.form.iter().any(|(held, _)| *held == name) {
        return Ok(None);
    }
    let text = one_block(&tidy(call.field(&name)));
    match text.is_empty() {
        true => Ok(Some(None)),
        false => Ok(Some(Some(text.parse().map_err(|_| Fault::field(&name))?))),
    }
}

/// Changes a paragraph, chooses between two, or strikes it out.
async fn write(call: Call) -> Answer {
    let place: Place = call.given("place")?;
    let mut texts = BTreeMap::new();
    for lang in Lang::ALL {
        if let Some(text) = typed(&call, *lang)? {
            texts.insert(*lang, text);
        }
    }
    let deeds = super::look_at(&call, |room, minutes| {
        closed(room, minutes)?;
        if seen(minutes, &place).trim() != call.field("seen").trim() {
            return Err(Fault::new(StatusCode::CONFLICT, "E_CHANGED"));
        }
        let held = standing(minutes).remove(&place).unwrap_or_default();
        let fresh = |(lang, text): (Lang, Option<Markdown>)| {
            let before = held.get(&lang).map_or(&[][..], Vec::as_slice);
            let same = match before {
                [] => text.is_none(),
                [one] => *one == text,
                _ => false,
            };
            let place = place.clone();
            (!same).then_some(Deed::Write { place, lang, text })
        };
        Ok(texts.into_iter().filter_map(fresh).collect::<Vec<_>>())
    })
    .await?;
    if deeds.is_empty() {
        let (channel, id) = (super::channel(&call)?, super::object(&call)?);
        return go(&href(&channel, &id));
    }
    said(&call, deeds, None, "meet-written").await
}

fn closed(room: &GroupRoom, minutes: &Object) -> Result<(), Fault> {
    match writable(minutes, room.today()) && minutes.kind() == Kind::Minutes {
        true => Ok(()),
        false => Err(Fault::new(StatusCode::CONFLICT, "E_MINUTES_CLOSED")),
    }
}

/// One more paragraph, after another or at the end.
async fn add(call: Call) -> Answer {
    let after = super::object::optional::<Place>(&call, "after")?;
    let place = super::look_at(&call, |room, minutes| {
        closed(room, minutes)?;
        // Struck paragraphs keep their places.
        let places: BTreeSet<&Place> = minutes.paragraphs().map(|(place, _, _)| place).collect();
        let before = after.as_ref().or(places.last().copied());
        let next = places
            .iter()
            .copied()
            .find(|place| before.is_some_and(|before| *place > before));
        let between = Place::between(before, next).map_err(passerelle_service::Error::from);
        Ok(between?)
    })
    .await?;
    let mut deeds = Vec::new();
    for lang in Lang::ALL.iter().copied() {
        if let Some(text @ Some(_)) = typed(&call, lang)? {
            let place = place.clone();
            deeds.push(Deed::Write { place, lang, text });
        }
    }
    if deeds.is_empty() {
        return Err(Fault::field(&format!("text-{}", call.page.lang)));
    }
    said(&call, deeds, None, "meet-written").await
}

async fn said(call: &Call, deeds: Vec<Deed>, version: Option<u64>, done: &str) -> Answer {
    let (channel, id): (ChannelId, ObjectRef) = (super::channel(call)?, super::object(call)?);
    let wish = Wish::about(id.clone(), version, deeds, call.page.lang);
    call.desk.node.say(call.actor()?, &channel, wish).await?;
    go(&format!("{}?done={done}", href(&channel, &id)))
}

/// The next phase; sending it round names the last day for amendments.
async fn step(call: Call) -> Answer {
    let to: Stage = call.given("to")?;
    let mut deeds = Vec::new();
    if to == Stage::Circulated {
        let until: Day = call.given("until")?;
        let today = super::look(&call, |room| Ok(room.today())).await?;
        if until < today {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return Err(Fault::new(status, "E_WINDOW_PAST").at("until"));
        }
        deeds.push(Deed::Window { until });
    }
    deeds.push(Deed::Move { to });
    said(&call, deeds, Some(call.given("version")?), "meet-moved").await
}

/// Offers the minutes in the languages that were chosen, as they stand.
async fn offer(call: Call) -> Answer {
    let version: u64 = call.given("version")?;
    let revision = super::look_at(&call, |_, minutes| {
        if !matches!(minutes.stage(), Stage::Prepared | Stage::Circulated) {
            return Err(Fault::new(StatusCode::CONFLICT, "E_STAGE"));
        }
        let standing = standing(minutes);
        let chosen = |lang: &&Lang| call.field(&format!("lang-{lang}")) == "yes";
        let versions = Lang::ALL
            .iter()
            .filter(chosen)
            .map(|lang| version_in(&call, &standing, *lang));
        let versions: Result<Vec<Version>, Fault> = versions.collect();
        let versions = versions?;
        if versions.is_empty() {
            return Err(Fault::field(&format!("lang-{}", call.page.lang)));
        }
        let texts = Texts::new(versions).map_err(passerelle_service::Error::from)?;
        Ok(Revision {
            base: minutes.offers().agreed_hash(),
            texts,
            terms: Terms::Minutes,
        })
    })
    .await?;
    let revision = Box::new(revision);
    said(
        &call,
        vec![Deed::Offer { revision }],
        Some(version),
        "offered",
    )
    .await
}

fn version_in(call: &Call, standing: &Standing, lang: Lang) -> Result<Version, Fault> {
    let body = paragraphs(standing, lang)?.join("\n\n");
    let title = tidy(call.field(&format!("title-{lang}")).trim());
    Ok(Version {
        lang,
        title: title
            .parse()
            .map_err(|_| Fault::field(&format!("title-{lang}")))?,
        body: Some(body.parse().map_err(|_| invalid())?),
    })
}

#[cfg(test)]
#[path = "../samples/group/minutes.rs"]
pub(crate) mod samples;
