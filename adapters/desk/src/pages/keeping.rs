//! The room of the data-protection officer: what falls due, what is restricted or kept as
//! evidence, what partners still have to erase, emergency openings; and the page of one record.

use askama::Template;
use passerelle_model::{Day, PartyId, Reason, RecordId, Role};
use passerelle_service::{
    BreachView, Decided, DueRecord, GlassView, HeldView, OwnCopy, PartnerErasure, PendingErasure,
    RecordKeeping, Restricting, Restriction, RightsView, Verdict,
};

use super::facts::Facts;
use super::uses::{Use, frozen, late, used};
use super::{breaches, confided, requests};
use crate::answer::{Answer, Fault, go, page, rule_sentence};
use crate::frame::{Page, visible};
use crate::guard::Call;

/// Answered requests and closed breaches that the room shows.
const PAST: usize = 10;

#[derive(Template)]
#[template(path = "keeping.html")]
struct Room {
    p: Page,
    sections: Vec<Section>,
    glass: Vec<Glass>,
    rights: Vec<Row>,
    answered: Vec<Row>,
    kinds: Vec<(&'static str, String)>,
    breaches: Vec<Row>,
    closed: Vec<Row>,
    partners: Vec<(String, String)>,
    today: String,
}

struct Section {
    key: &'static str,
    title: String,
    empty: String,
    rows: Vec<Row>,
}

/// A line that leads to its own page.
pub(crate) struct Row {
    pub(crate) href: String,
    pub(crate) title: String,
    pub(crate) detail: String,
    pub(crate) tags: Vec<(String, &'static str)>,
}

struct Glass {
    name: String,
    href: String,
    who: String,
    time: String,
    why: String,
    own: bool,
}

pub(crate) async fn room(call: Call) -> Answer {
    let (node, actor) = (&call.desk.node, call.actor()?);
    let found = node.keeping_room(actor).await?;
    let answered = node.answered_rights(actor, PAST).await?;
    let closed = node.closed_breaches(actor, PAST).await?;
    let p = call.page_with_names().await?;
    let section = |key: &'static str, rows| Section {
        key,
        title: p.t(&format!("keeping-{key}")),
        empty: p.t(&format!("keeping-{key}-empty")),
        rows,
    };
    let due = |rows: Vec<DueRecord>, tone| rows.iter().map(|row| due(&p, row, tone)).collect();
    let restricted = |rows: Vec<HeldView>| rows.iter().map(|row| decided(&p, row)).collect();
    let held = |rows: Vec<HeldView>| rows.iter().map(|row| held(&p, row)).collect();
    let pending = found.pending.iter().map(|row| pending(&p, row)).collect();
    let waiting = found.frozen.iter().map(|row| frozen(&p, row)).collect();
    let late = found.late.iter().map(|one| late(&p, one)).collect();
    let reports = found.confided.iter().map(|one| confided::row(&p, one));
    let sections = vec![
        section("frozen", waiting),
        section("late", late),
        section("confided", reports.collect()),
        section("overdue", due(found.overdue, "late")),
        section("soon", due(found.soon, "soon")),
        section("restricted", restricted(found.restricted)),
        section("held", held(found.held)),
        section("pending", pending),
    ];
    let rights = |rows: &[RightsView]| rows.iter().map(|row| requests::row(&p, row)).collect();
    let breached = |rows: &[BreachView]| rows.iter().map(|row| breaches::row(&p, row)).collect();
    let me = actor.officer();
    page(&Room {
        sections,
        glass: found
            .glass
            .iter()
            .map(|one| glass(&p, one, one.opened.by == *me))
            .collect(),
        rights: rights(&found.rights),
        answered: rights(&answered),
        kinds: requests::kinds(&p),
        breaches: breached(&found.breaches),
        closed: breached(&closed),
        partners: partners(&p),
        today: p.now.day().to_string(),
        p,
    })
}

/// Partners to choose from.
pub(crate) fn partners(p: &Page) -> Vec<(String, String)> {
    p.others
        .iter()
        .map(|other| (other.party.to_string(), other.name.clone()))
        .collect()
}

pub(super) fn place(party: &PartyId, record: &RecordId) -> String {
    format!("/keeping/{party}/{record}")
}

fn due(p: &Page, row: &DueRecord, tone: &'static str) -> Row {
    Row {
        href: place(&row.party, &row.record),
        title: whose(p, &row.party),
        detail: row.record.to_string(),
        tags: vec![(p.ta("keeping-review-by", &p.day(row.day)), tone)],
    }
}

/// Kept as evidence, with the day that ends.
fn held(p: &Page, held: &HeldView) -> Row {
    let until = format!("{} {}", p.t("keeping-hold-until"), p.day(held.row.day));
    let mut row = decided(p, held);
    row.tags.insert(0, (until, ""));
    row
}

/// What was decided about a record; its day stands in what was said.
fn decided(p: &Page, held: &HeldView) -> Row {
    let mut tags = Vec::new();
    if held.refused.is_some() {
        tags.push((p.t("keeping-erasure-waits"), "stop"));
    }
    Row {
        href: place(&held.row.party, &held.row.record),
        title: whose(p, &held.row.party),
        detail: held
            .decided
            .as_ref()
            .map_or_else(String::new, |decided| said(p, decided)),
        tags,
    }
}

fn pending(p: &Page, pending: &PendingErasure) -> Row {
    let partner = |one: &PartnerErasure| {
        let words = format!("{} — {}", p.name_of(&one.party), state(p, one));
        (words, tone(one.state))
    };
    let mut tags: Vec<_> = pending.partners.iter().map(partner).collect();
    tags.push(match (pending.own_gone, &pending.own_copy) {
        (true, _) => (p.t("keeping-own-gone"), "good"),
        (false, Some(_)) => (p.t("keeping-own-waits"), "soon"),
        (false, None) => (p.t("keeping-own-here"), ""),
    });
    Row {
        href: place(&pending.row.party, &pending.row.record),
        title: whose(p, &pending.row.party),
        detail: pending.row.record.to_string(),
        tags,
    }
}

pub(super) fn whose(p: &Page, party: &PartyId) -> String {
    let known = p.others.iter().any(|other| other.party == *party);
    match known {
        true => p.name_of(party),
        false => p.party.clone(),
    }
}

fn state(p: &Page, one: &PartnerErasure) -> String {
    let word = p.word("copy", one.state);
    match &one.code {
        Some(code) => {
            let why = rule_sentence(p, code).unwrap_or_else(|| code.clone());
            format!("{word} — {why}")
        }
        None => word,
    }
}

fn tone(state: &str) -> &'static str {
    match state {
        "done" => "good",
        "asked" => "soon",
        _ => "stop",
    }
}

/// Who decided, when and why. Name and reason are isolated (UAX 9, FSI and PDI), so that the
/// three keep their order whatever their scripts.
pub(crate) fn said(p: &Page, decided: &Decided) -> String {
    let (who, time) = (p.person(&decided.by), p.at(&decided.at));
    let why = visible(decided.why.as_str());
    format!("\u{2068}{who}\u{2069} · {time} · \u{2068}{why}\u{2069}")
}

fn glass(p: &Page, glass: &GlassView, own: bool) -> Glass {
    Glass {
        name: glass.name(),
        href: place(&glass.party, &glass.record),
        who: p.person(&glass.opened.by),
        time: p.at(&glass.opened.at),
        why: visible(glass.opened.why.as_str()),
        own,
    }
}

#[derive(Template)]
#[template(path = "keeping-record.html")]
struct One {
    p: Page,
    place: String,
    id: String,
    party: String,
    watches: bool,
    erased: bool,
    facts: Vec<(String, String)>,
    restriction: Option<String>,
    partners: Vec<(String, String, &'static str)>,
    last: String,
    tomorrow: String,
    may_review: bool,
    may_restrict: bool,
    is_restricted: bool,
    contested: bool,
    is_held: bool,
    own_copy: bool,
    /// Reports of use: what, who and when, whether it was dealt with, and the words.
    uses: Vec<Use>,
    use_waits: bool,
}

pub(crate) async fn record(call: Call) -> Answer {
    let (party, id): (PartyId, RecordId) = (call.part(0)?, call.part(1)?);
    let actor = call.actor()?;
    let view = call.desk.node.record_keeping(actor, (&party, &id)).await?;
    let p = call.page_with_names().await?;
    page(&One {
        place: place(&party, &id),
        id: id.to_string(),
        party: whose(&p, &party),
        watches: actor.is(Role::DataProtection),
        erased: view.erased,
        facts: facts(&p, &view),
        restriction: view.restriction.map(|why| p.t(restriction(why))),
        partners: view
            .partners
            .iter()
            .map(|one| (p.name_of(&one.party), state(&p, one), tone(one.state)))
            .collect(),
        last: view
            .days
            .map_or_else(String::new, |(_, _, last)| last.to_string()),
        tomorrow: p.now.day().plus_days(1).to_string(),
        may_review: view.may_review && !view.erased,
        may_restrict: view.may_restrict && !view.erased,
        is_restricted: view.restricted.is_some() || (!view.uses.is_empty() && !view.use_waits),
        contested: view.contested,
        is_held: view.hold.is_some(),
        own_copy: view.recalled && !view.erased && view.own_copy.is_none(),
        uses: view.uses.iter().map(|one| used(&p, one)).collect(),
        use_waits: view.use_waits && !view.erased,
        p,
    })
}

fn restriction(why: Restriction) -> &'static str {
    match why {
        Restriction::Decided => "keeping-is-restricted",
        Restriction::Hold => "keeping-is-held",
        Restriction::Overdue => "keeping-is-overdue",
        Restriction::Frozen => "keeping-is-frozen",
    }
}

fn facts(p: &Page, view: &RecordKeeping) -> Vec<(String, String)> {
    let mut facts = vec![(p.t("keeping-released"), p.at(&view.time))];
    if let Some((review, erasure, _)) = view.days {
        facts.push((p.t("keeping-next-review"), p.day(review)));
        facts.push((p.t("keeping-erasure-day"), p.day(erasure)));
    }
    let mut decided = |key: &str, one: Option<&Decided>, until: Option<Day>| {
        if let Some(one) = one {
            let until = until.map_or_else(String::new, |day| {
                format!(" · {}", p.ta("clock-until-day", &p.day(day)))
            });
            facts.push((p.t(key), format!("{}{until}", said(p, one))));
        }
    };
    let (held, until) = view.hold.as_ref().map(|(one, day)| (one, *day)).unzip();
    decided("keeping-hold-by", held, until);
    decided("keeping-restricted-by", view.restricted.as_ref(), None);
    let (reviewed, next) = view.reviewed.as_ref().map(|(one, day)| (one, *day)).unzip();
    decided("keeping-reviewed-by", reviewed, next);
    decided("keeping-own-waits", view.own_copy.as_ref(), None);
    if let Some(time) = view.refused {
        facts.push((p.t("keeping-erasure-waits"), p.at(&time)));
    }
    facts
}

pub(crate) async fn review(call: Call) -> Answer {
    let (name, why) = named(&call)?;
    let verdict = match call.field("verdict") {
        "keep" => Verdict::Keep(call.given("until")?),
        "erase" => Verdict::Erase,
        _ => return Err(invalid()),
    };
    let node = &call.desk.node;
    let actor = call.actor()?;
    node.review(actor, (&name.0, &name.1), verdict, why).await?;
    match verdict {
        Verdict::Keep(_) => back(&name, "reviewed"),
        Verdict::Erase => gone(&call),
    }
}

pub(crate) async fn hold(call: Call) -> Answer {
    let (name, why) = named(&call)?;
    let until = call.given("until")?;
    let actor = call.actor()?;
    let name_of = (&name.0, &name.1);
    call.desk.node.hold(actor, name_of, until, why).await?;
    back(&name, "held")
}

pub(crate) async fn lift_hold(call: Call) -> Answer {
    let (name, why) = named(&call)?;
    let actor = call.actor()?;
    let name_of = (&name.0, &name.1);
    call.desk.node.lift_hold(actor, name_of, why).await?;
    match call.desk.node.record_keeping(actor, name_of).await {
        Ok(view) if !view.erased => back(&name, "hold-lifted"),
        _ => gone(&call),
    }
}

pub(crate) async fn restrict(call: Call) -> Answer {
    let (name, why) = named(&call)?;
    let ticked = |name| call.field(name) == "yes";
    let (contested, told) = (ticked("contested"), ticked("told"));
    let (how, done) = match ticked("on") {
        true => (Restricting::Begin { contested }, "restricted"),
        false => (Restricting::Lift { told }, "lifted"),
    };
    let actor = call.actor()?;
    let name_of = (&name.0, &name.1);
    call.desk.node.restrict(actor, name_of, how, why).await?;
    back(&name, done)
}

pub(crate) async fn own_copy(call: Call) -> Answer {
    let (name, why) = named(&call)?;
    let when = match call.field("when") {
        "now" => OwnCopy::Now,
        "stated" => OwnCopy::WhenStated,
        _ => return Err(invalid()),
    };
    let (node, actor) = (&call.desk.node, call.actor()?);
    node.erase_own_copy(actor, &name.1, when, why).await?;
    match node.record_keeping(actor, (&name.0, &name.1)).await {
        Ok(view) if !view.erased => back(&name, "own-copy"),
        _ => gone(&call),
    }
}

#[derive(Template)]
#[template(path = "keeping-open.html")]
struct Opened {
    p: Page,
    place: String,
    subject: String,
    text: String,
    lang: &'static str,
    marks: Vec<String>,
    facts: Vec<(String, String)>,
    until: Option<String>,
}

/// Content, for those who decide about it, with the reason they gave.
pub(crate) async fn open(call: Call) -> Answer {
    let (name, why) = named(&call)?;
    shown(&call, &name, why, None).await
}

pub(super) async fn shown(
    call: &Call,
    (party, id): &(PartyId, RecordId),
    why: Reason,
    until: Option<String>,
) -> Answer {
    let actor = call.actor()?;
    let node = &call.desk.node;
    let shown = node.consult(actor, party, id, Some(&why)).await?;
    let record = shown.content.ok_or_else(Fault::absent)?;
    let p = call.page.clone();
    let markings = &record.markings;
    let told = Facts {
        p: &p,
        agreements: &node.agreements().await?,
    };
    let mut facts = told.of(&record);
    facts.push((p.t("keeping-next-review"), p.day(record.review)));
    let caveats = markings.caveats.iter();
    facts.extend(caveats.map(|code| (p.t("field-caveats"), told.caveat(code))));
    facts.extend(record.attachments.iter().map(|file| {
        let name = visible(file.name.as_str());
        (p.t("keeping-file"), name)
    }));
    page(&Opened {
        place: place(party, id),
        subject: visible(record.subject.as_str()),
        text: record
            .text
            .as_ref()
            .map_or_else(String::new, |text| visible(text.as_str())),
        lang: crate::words::tag(record.lang),
        marks: vec![
            format!("TLP:{}", markings.tlp.as_str().to_uppercase()),
            format!("PAP:{}", markings.pap.as_str().to_uppercase()),
            p.word("handling", markings.handling),
        ],
        facts,
        until,
        p,
    })
}

pub(super) fn named(call: &Call) -> Result<((PartyId, RecordId), Reason), Fault> {
    let name = (call.part(0)?, call.part(1)?);
    Ok((name, call.given("why")?))
}

pub(crate) fn invalid() -> Fault {
    Fault::new(http::StatusCode::BAD_REQUEST, "E_FIELD_INVALID")
}

fn back((party, id): &(PartyId, RecordId), done: &str) -> Answer {
    go(&format!("{}?done={done}", place(party, id)))
}

/// What is gone has no page any more, except for who watches over it.
fn gone(call: &Call) -> Answer {
    match call.actor()?.is(Role::DataProtection) {
        true => go("/keeping?done=erased-now"),
        false => go("/today?done=erased-now"),
    }
}

#[cfg(test)]
#[path = "samples/keeping.rs"]
pub(crate) mod samples;
