//! A step towards a commitment: a new one, its page, moving it on, another day for it.

use askama::Template;
use passerelle_model::Day;
use passerelle_service::joint::{Action, Deed, Facts, Kind, Object, ObjectRef, Sector, Stage};
use passerelle_service::{GroupRoom, Wish, object_ref};

use super::acts::{invalid, say};
use super::object::Talk;
use super::texts::{self, Shown, TextField};
use super::{Tab, follow, href, object, side, tabs, title};
use crate::answer::{Answer, Fault, go, page};
use crate::frame::Page;
use crate::guard::Call;
use crate::routes::{GROUP, Route, get, page as handled, post};

pub(crate) const ROUTES: &[Route] = &[
    get(
        "/group/{channel}/commitments/{object}/steps",
        GROUP,
        handled!(new),
    ),
    post(
        "/group/{channel}/commitments/{object}/steps",
        GROUP,
        handled!(begin),
    ),
    post(
        "/group/{channel}/steps/{object}/move",
        GROUP,
        handled!(moved),
    ),
    post(
        "/group/{channel}/steps/{object}/revise",
        GROUP,
        handled!(revise),
    ),
];

#[derive(Template)]
#[template(path = "group/step.html")]
struct Shows {
    p: Page,
    tabs: Vec<Tab>,
    title: String,
    parent: Option<(String, String)>,
    place: String,
    version: u64,
    side: &'static str,
    party: String,
    texts: Vec<Shown>,
    stage: String,
    late: bool,
    planned: String,
    revised: Option<String>,
    revised_machine: String,
    achieved: Option<String>,
    sector: String,
    after: Vec<(String, String, String)>,
    before: Vec<(String, String, String)>,
    moves: Vec<(&'static str, String)>,
    ours: bool,
    talk: Talk,
}

#[derive(Template)]
#[template(path = "group/step-form.html")]
struct Writing {
    p: Page,
    tabs: Vec<Tab>,
    action: String,
    commitment: (String, String),
    fields: Vec<TextField>,
    sectors: Vec<(String, String, bool)>,
    siblings: Vec<(String, String)>,
}

/// The page of a step.
pub(crate) async fn show(call: Call) -> Answer {
    let p = call.page.clone();
    let note = object::note(&call).await?;
    let speaks = call.actor()?.speaks();
    let shows = super::look_at(&call, |room, object| {
        let facts = object.action().ok_or_else(Fault::absent)?;
        let ours = speaks && object.id().party == *room.me();
        let above = object.parent().and_then(|id| room.ledger().object(id));
        let moves = object.steps(room.me()).into_iter();
        let moves = moves.map(|to| (to.as_str(), p.word("group-move", to)));
        Ok(Shows {
            tabs: tabs(&p, room.channel(), "/commitments"),
            title: title(&p, object),
            parent: above.map(|above| (href(room.channel(), above.id()), title(&p, above))),
            place: format!("/group/{}/steps/{}", room.channel(), object.id()),
            version: object.version(),
            side: side(&p, &object.id().party),
            party: p.name_of(&object.id().party),
            texts: texts::all(&p, &facts.texts),
            stage: p.word("group-stage", object.stage()),
            late: object.overdue(room.today()),
            planned: p.day(facts.planned),
            revised: facts.revised.map(|day| p.day(day)),
            revised_machine: facts.revised.unwrap_or(facts.planned).to_string(),
            achieved: facts.achieved.map(|day| p.day(day)),
            sector: p.word("group-sector", facts.sector),
            after: earlier(&p, room, facts),
            before: later(&p, room, object),
            moves: moves.filter(|_| ours).collect(),
            ours,
            talk: object::talk(&p, room, object, note.as_ref()),
            p: p.clone(),
        })
    })
    .await?;
    page(&shows)
}

/// Steps that it waits for.
fn earlier(p: &Page, room: &GroupRoom, facts: &Action) -> Vec<(String, String, String)> {
    let all = facts.after.iter();
    let known = all.filter_map(|id| room.ledger().object(id));
    known.map(|one| linked(p, room, one)).collect()
}

/// Steps of the same commitment that wait for it.
fn later(p: &Page, room: &GroupRoom, object: &Object) -> Vec<(String, String, String)> {
    let above = object.parent().into_iter();
    let siblings = above.flat_map(|id| room.ledger().children(id));
    let waits = |one: &&Object| {
        let facts = one.action();
        facts.is_some_and(|facts| facts.after.contains(object.id()))
    };
    siblings
        .filter(waits)
        .map(|one| linked(p, room, one))
        .collect()
}

fn linked(p: &Page, room: &GroupRoom, one: &Object) -> (String, String, String) {
    let stage = p.word("group-stage", one.stage());
    (href(room.channel(), one.id()), title(p, one), stage)
}

async fn new(call: Call) -> Answer {
    let p = call.page.clone();
    let writing = super::look_at(&call, |room, object| {
        let terms = object.commitment().ok_or_else(Fault::absent)?;
        let steps = room.ledger().children(object.id());
        let steps = steps.filter(|one| one.kind() == Kind::Action);
        let place = href(room.channel(), object.id());
        Ok(Writing {
            tabs: tabs(&p, room.channel(), "/commitments"),
            action: format!(
                "/group/{}/commitments/{}/steps",
                room.channel(),
                object.id()
            ),
            commitment: (place, title(&p, object)),
            fields: texts::fields(&p, None),
            sectors: follow::words(&p, "group-sector", Sector::ALL, Some(terms.sector)),
            siblings: steps
                .map(|one| (one.id().to_string(), title(&p, one)))
                .collect(),
            p: p.clone(),
        })
    })
    .await?;
    page(&writing)
}

async fn begin(call: Call) -> Answer {
    let (channel, above) = (super::channel(&call)?, super::object(&call)?);
    let action = Action {
        texts: texts::required(&call, "")?,
        sector: call.given::<Sector>("sector")?,
        planned: call.given::<Day>("planned")?,
        revised: None,
        achieved: None,
        after: after(&call)?,
    };
    let open = Deed::Open {
        kind: Kind::Action,
        parent: Some(above.clone()),
        chair: call.page.own.clone(),
    };
    let wish = Wish::opening(vec![open, described(action)], call.page.lang);
    call.desk.node.say(call.actor()?, &channel, wish).await?;
    go(&format!("{}?done=said#steps", href(&channel, &above)))
}

/// Steps that were ticked, and one whose page's address was pasted.
fn after(call: &Call) -> Result<Vec<ObjectRef>, Fault> {
    let ticked = call.form.iter().filter(|(name, _)| name == "after");
    let ticked = ticked.map(|(_, id)| id.as_str());
    let pasted = call.field("after-page").trim();
    let pasted = pasted.rsplit('/').next().unwrap_or_default();
    let all = ticked.chain((!pasted.is_empty()).then_some(pasted));
    all.map(|id| object_ref(id).map_err(|_| invalid()))
        .collect()
}

fn described(action: Action) -> Deed {
    Deed::Describe {
        facts: Box::new(Facts::Action(action)),
    }
}

/// Moves it on; what is done was done today.
async fn moved(call: Call) -> Answer {
    let to: Stage = call.given("to")?;
    let (held, today) = held(&call).await?;
    let mut deeds = vec![Deed::Move { to }];
    if let Some(action) = held {
        let achieved = (to == Stage::Done).then_some(today);
        if action.achieved != achieved {
            deeds.push(described(Action { achieved, ..action }));
        }
    }
    say(&call, deeds, "said").await
}

async fn revise(call: Call) -> Answer {
    let revised: Day = call.given("revised")?;
    let (held, _) = held(&call).await?;
    let action = held.ok_or_else(Fault::absent)?;
    let revised = Some(revised).filter(|day| *day != action.planned);
    say(&call, vec![described(Action { revised, ..action })], "said").await
}

/// Its facts, where it is a step; and today.
async fn held(call: &Call) -> Result<(Option<Action>, Day), Fault> {
    super::look_at(call, |room, object| {
        Ok((object.action().cloned(), room.today()))
    })
    .await
}

#[cfg(test)]
#[path = "../samples/group/action.rs"]
pub(crate) mod samples;
