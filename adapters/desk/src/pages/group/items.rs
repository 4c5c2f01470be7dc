//! One agenda item: what it is about, what came of it, and the decision or action that follows.

use askama::Template;
use passerelle_model::{Day, Name, tidy};
use passerelle_service::joint::{
    CommitmentTerms, DecisionTerms, Deed, Facts, Kind, Object, ObjectRef, Outcome, Revision,
    Sector, Stage, Strand, Terms,
};
use passerelle_service::{GroupRoom, Wish, changeable, object_ref, replaced_by};

use super::super::keeping::Row;
use super::meet::{self, Options};
use super::object::{Talk, note, optional, strands, talk};
use super::texts::{self, Shown, TextField};
use super::{Tab, agree, href, kind_word, tabs, title};
use crate::answer::{Answer, Fault, go, page};
use crate::frame::Page;
use crate::guard::Call;
use crate::routes::{GROUP, Route, get, page as handled, post};

pub(crate) const ROUTES: &[Route] = &[
    post(
        "/group/{channel}/items/{object}/step",
        GROUP,
        handled!(step),
    ),
    post(
        "/group/{channel}/items/{object}/settle",
        GROUP,
        handled!(settle),
    ),
    get(
        "/group/{channel}/items/{object}/outcome",
        GROUP,
        handled!(outcome),
    ),
    post(
        "/group/{channel}/items/{object}/outcome",
        GROUP,
        handled!(record),
    ),
];

#[derive(Template)]
#[template(path = "group/item.html")]
struct Shows {
    p: Page,
    tabs: Vec<Tab>,
    title: String,
    kind: String,
    stage: String,
    tone: &'static str,
    place: String,
    version: u64,
    detail: String,
    chair: String,
    texts: Vec<Shown>,
    outcome: Option<(String, Vec<Shown>)>,
    steps: Vec<(&'static str, String)>,
    /// Where its own party changes it.
    change: Option<String>,
    /// The item that stands in for it.
    replaced: Option<(String, String)>,
    meetings: Vec<Row>,
    follows: Vec<Row>,
    talk: Talk,
}

pub(crate) async fn show(call: Call) -> Answer {
    let p = call.page.clone();
    let note = note(&call).await?;
    let shown = super::look_at(&call, |room, item| {
        let talk = talk(&p, room, item, note.as_ref());
        Ok(shown(&p, room, item, talk))
    })
    .await?;
    page(&shown)
}

fn shown(p: &Page, room: &GroupRoom, item: &Object, talk: Talk) -> Shows {
    let outcome = item.outcome().map(|(outcome, text)| {
        let said = text.map_or_else(Vec::new, |text| texts::all(p, text));
        (p.word("meet-outcome", outcome), said)
    });
    let on = |meeting: &&Object| meet::agenda(meeting).contains(item.id());
    let meetings = room.ledger().of_kind(Kind::Meeting).filter(on);
    let follows = room.ledger().children(item.id());
    let step = |to: Stage| (to.as_str(), p.word("meet-item-step", to));
    // Dealt with is said together with what came of it.
    let steps = item
        .steps(&p.own)
        .into_iter()
        .filter(|to| *to != Stage::Discussed);
    let ours = item.id().party == p.own && talk.speaks;
    let change = ours && changeable(room.ledger(), item).0;
    let place = meet::place(room.channel(), "items", item.id());
    let instead = replaced_by(room.ledger(), item);
    Shows {
        tabs: tabs(p, room.channel(), "-"),
        change: change.then(|| format!("{place}/change")),
        replaced: instead.map(|one| (href(room.channel(), one.id()), title(p, one))),
        title: title(p, item),
        kind: kind_word(p, Kind::Item),
        stage: p.word("group-stage", item.stage()),
        tone: tone(item),
        place,
        version: item.version(),
        detail: detail(p, item),
        chair: p.name_of(item.chair()),
        texts: super::meeting::facts_texts(p, item),
        outcome,
        steps: steps.map(step).collect(),
        meetings: meetings.map(|one| agree::line(p, room, one)).collect(),
        follows: follows.map(|one| agree::line(p, room, one)).collect(),
        talk,
        p: p.clone(),
    }
}

/// A line in a list of items.
pub(crate) fn row(p: &Page, room: &GroupRoom, item: &Object) -> Row {
    Row {
        href: href(room.channel(), item.id()),
        title: title(p, item),
        detail: detail(p, item),
        tags: vec![(p.word("group-stage", item.stage()), tone(item))],
    }
}

/// Strand, sector, minutes and who proposed it.
pub(crate) fn detail(p: &Page, item: &Object) -> String {
    let Some(Facts::Item(facts)) = item.facts().map(|own| own.value()) else {
        return String::new();
    };
    let mut parts = vec![p.word("group-strand", facts.strand)];
    parts.extend(facts.sector.map(|sector| p.word("group-sector", sector)));
    parts.push(p.tn("meet-allotted", facts.minutes));
    parts.push(p.name_of(&item.id().party));
    parts.join(" · ")
}

pub(crate) fn tone(item: &Object) -> &'static str {
    match item.stage() {
        Stage::Discussed => "good",
        Stage::Deferred => "soon",
        Stage::Declined => "stop",
        _ => "calm",
    }
}

async fn step(call: Call) -> Answer {
    let to = call.given("to")?;
    super::acts::say(&call, vec![Deed::Move { to }], "meet-moved").await
}

/// What came of an item while the meeting is in session, or that it is put off.
async fn settle(call: Call) -> Answer {
    let (channel, id) = (super::channel(&call)?, super::object(&call)?);
    let meeting = object_ref(call.field("meeting"))?;
    let stage = super::look(&call, |room| {
        in_session(room, &meeting, &id)?;
        let item = room.ledger().object(&id).ok_or_else(Fault::absent)?;
        Ok(item.stage())
    })
    .await?;
    let deeds = match call.field("act") {
        "defer" => vec![Deed::Move {
            to: Stage::Deferred,
        }],
        "settle" => {
            let mut deeds: Vec<Deed> = steps(stage)
                .iter()
                .map(|to| Deed::Move { to: *to })
                .collect();
            deeds.push(Deed::Settle {
                outcome: call.given("outcome")?,
                text: texts::remark_texts(&call, "text")?,
            });
            deeds
        }
        _ => return Err(Fault::field("act")),
    };
    let wish = Wish::about(id, None, deeds, call.page.lang);
    call.desk.node.say(call.actor()?, &channel, wish).await?;
    go(&format!(
        "{}?done=meet-settled#agenda",
        href(&channel, &meeting)
    ))
}

/// From where an item stands to where it was dealt with.
fn steps(from: Stage) -> &'static [Stage] {
    match from {
        Stage::Discussed => &[],
        Stage::Accepted => &[Stage::Discussed],
        _ => &[Stage::Accepted, Stage::Discussed],
    }
}

/// Outcomes are noted only while a meeting with the item on its agenda is in session.
fn in_session(room: &GroupRoom, meeting: &ObjectRef, item: &ObjectRef) -> Result<(), Fault> {
    let held = room.ledger().object(meeting).ok_or_else(Fault::absent)?;
    if !meet::agenda(held).contains(item) {
        return Err(Fault::absent());
    }
    match held.stage() {
        Stage::InSession => Ok(()),
        _ => Err(Fault::new(http::StatusCode::CONFLICT, "E_NOT_IN_SESSION")),
    }
}

/// A decision or an action that an item led to.
#[derive(Template)]
#[template(path = "group/outcome.html")]
struct Form {
    p: Page,
    tabs: Vec<Tab>,
    action: String,
    heading: String,
    lead: String,
    kind: &'static str,
    meeting: String,
    item: (String, String),
    fields: Vec<TextField>,
    strands: Vec<(&'static str, String, bool)>,
    sectors: Options,
    parties: Options,
}

async fn outcome(call: Call) -> Answer {
    let p = call.page.clone();
    let kind = kind_of(call.asked("kind"))?;
    let meeting = object_ref(call.asked("meeting"))?;
    let form = super::look_at(&call, |room, item| {
        in_session(room, &meeting, item.id())?;
        let Some(Facts::Item(facts)) = item.facts().map(|own| own.value()) else {
            return Err(Fault::absent());
        };
        let key = if kind == Outcome::Decision {
            "meet-record-decision"
        } else {
            "meet-record-action"
        };
        Ok(Form {
            tabs: tabs(&p, room.channel(), "-"),
            action: p.path.clone(),
            heading: p.t(key),
            lead: p.t(&format!("{key}-lead")),
            kind: kind.as_str(),
            meeting: meeting.to_string(),
            item: (href(room.channel(), item.id()), title(&p, item)),
            fields: texts::fields(&p, Some(&facts.texts)),
            strands: strands(&p, Some(facts.strand)),
            sectors: meet::sectors(&p, facts.sector),
            parties: meet::parties(&p, room, Some(&p.own)),
            p: p.clone(),
        })
    })
    .await?;
    page(&form)
}

fn kind_of(word: &str) -> Result<Outcome, Fault> {
    match word {
        "decision" => Ok(Outcome::Decision),
        "commitment" | "action" => Ok(Outcome::Action),
        _ => Err(Fault::absent()),
    }
}

async fn record(call: Call) -> Answer {
    let (channel, id) = (super::channel(&call)?, super::object(&call)?);
    let meeting = object_ref(call.field("meeting"))?;
    super::look(&call, |room| in_session(room, &meeting, &id)).await?;
    let (kind, terms) = match kind_of(call.field("kind"))? {
        Outcome::Decision => (Kind::Decision, decision(&call, meeting)?),
        _ => (Kind::Commitment, commitment(&call, meeting)?),
    };
    let revision = Box::new(Revision {
        base: None,
        texts: texts::required(&call, "")?,
        terms,
    });
    let deeds = vec![
        Deed::Open {
            kind,
            parent: Some(id),
            chair: call.page.own.clone(),
        },
        Deed::Offer { revision },
    ];
    let wish = Wish::opening(deeds, call.page.lang);
    let made = call.desk.node.say(call.actor()?, &channel, wish).await?;
    go(&format!("{}?done=offered", href(&channel, &made)))
}

fn decision(call: &Call, meeting: ObjectRef) -> Result<Terms, Fault> {
    Ok(Terms::Decision(DecisionTerms {
        meeting: Some(meeting),
        effect: optional(call, "effect")?,
        strand: optional(call, "strand")?,
        ended: false,
    }))
}

fn commitment(call: &Call, meeting: ObjectRef) -> Result<Terms, Fault> {
    let function: Name = tidy(call.field("function").trim())
        .parse()
        .map_err(|_| Fault::field("function"))?;
    Ok(Terms::Commitment(CommitmentTerms {
        decision: Some(meeting),
        responsible: call.given("responsible")?,
        function,
        sector: call.given::<Sector>("sector")?,
        strand: call.given::<Strand>("strand")?,
        objective: None,
        target: None,
        due: call.given::<Day>("due")?,
        indicators: Vec::new(),
        public: call.field("public") == "yes",
        closure: None,
    }))
}

#[cfg(test)]
#[path = "../samples/group/items.rs"]
pub(crate) mod samples;
