//! Consultations of organisations: the question, answers that were typed in or came by the public
//! page, and what came of them. Offers of competence stand in the same list.

use askama::Template;
use passerelle_model::{Name, RecordId, tidy};
use passerelle_service::Wish;
use passerelle_service::joint::{self, Consultation, Deed, Facts, Kind, Object, Stage};

use super::agree::{both_clocks, signature};
use super::communiques::{List, moment};
use super::object::{self, Talk};
use super::texts::{self, Shown, TextField};
use super::{Tab, tabs, title};
use crate::answer::{Answer, Fault, go, page};
use crate::frame::{Page, visible};
use crate::guard::Call;
use crate::routes::{GROUP, Route, get, page as handled, post};

pub(crate) const ROUTES: &[Route] = &[
    get("/group/{channel}/consultations", GROUP, handled!(list)),
    get("/group/{channel}/consultations/new", GROUP, handled!(new)),
    post("/group/{channel}/consultations/new", GROUP, handled!(begin)),
    post(
        "/group/{channel}/objects/{object}/consultation",
        GROUP,
        handled!(step),
    ),
    post(
        "/group/{channel}/objects/{object}/answers",
        GROUP,
        handled!(type_in),
    ),
    post(
        "/group/{channel}/objects/{object}/answers/{answer}",
        GROUP,
        handled!(look_through),
    ),
];

/// Where the list stands after the group's own address.
const HERE: &str = "/consultations";
/// Days for which a new consultation is open unless somebody says otherwise.
const OPEN_DAYS: u64 = 30;
const DAY: u64 = 86_400_000;

#[derive(Template)]
#[template(path = "group/consultation.html")]
struct Shows {
    p: Page,
    tabs: Vec<Tab>,
    channel: String,
    object: String,
    version: u64,
    title: String,
    state: String,
    tone: &'static str,
    facts: Vec<(String, String)>,
    versions: Vec<Shown>,
    reply: Vec<Shown>,
    answers: Vec<Told>,
    waiting: Vec<Waiting>,
    /// What our side may do now: open, close, answer.
    may: Option<&'static str>,
    /// Whether our side types answers in.
    takes: bool,
    reply_fields: Vec<TextField>,
    talk: Talk,
}

/// An answer that the group was told.
struct Told {
    organisation: String,
    tag: &'static str,
    dir: &'static str,
    text: String,
    by: String,
}

/// An answer that waits, in pieces: marked where it looks like data of a person.
struct Waiting {
    id: String,
    organisation: String,
    at: String,
    tag: &'static str,
    dir: &'static str,
    pieces: Vec<(String, Option<String>)>,
    marked: bool,
}

#[derive(Template)]
#[template(path = "group/consultation-form.html")]
struct Writing {
    p: Page,
    tabs: Vec<Tab>,
    action: String,
    fields: Vec<TextField>,
    strands: Vec<(&'static str, String, bool)>,
    from: String,
    until: String,
    clock: String,
}

async fn list(call: Call) -> Answer {
    let p = call.page.clone();
    let channel = super::channel(&call)?;
    let rows = super::look(&call, |room| {
        let kinds = [Kind::Consultation, Kind::Competence];
        let all = kinds
            .into_iter()
            .flat_map(|kind| room.ledger().of_kind(kind).rev());
        Ok(all
            .map(|object| {
                let mut row = super::agree::line(&p, room, object);
                if object.kind() == Kind::Consultation {
                    row.tags.push(state(&p, object));
                }
                row
            })
            .collect())
    })
    .await?;
    let speaks = call.actor()?.speaks();
    let at = |path: &str, key: &str| (format!("/group/{channel}/{path}"), p.t(key));
    let begin = match speaks {
        true => vec![
            at("consultations/new", "group-new-consultation"),
            at("learn/competence", "group-new-competence"),
        ],
        false => Vec::new(),
    };
    page(&List {
        tabs: tabs(&p, &channel, HERE),
        heading: p.t("group-consultations"),
        lead: p.t("group-consultations-lead"),
        empty: p.t("group-consultations-empty"),
        begin,
        rows,
        p,
    })
}

fn state(p: &Page, object: &Object) -> (String, &'static str) {
    let stage = object.stage();
    let tone = if stage == Stage::Open { "good" } else { "calm" };
    (p.word("public-consult", stage), tone)
}

fn facts(object: &Object) -> Result<&Consultation, Fault> {
    match object.facts().map(joint::class::Own::value) {
        Some(Facts::Consultation(facts)) => Ok(facts),
        _ => Err(Fault::absent()),
    }
}

/// The page of a consultation.
pub(crate) async fn show(call: Call) -> Answer {
    let p = call.page.clone();
    let (channel, id) = (super::channel(&call)?, super::object(&call)?);
    let actor = call.actor()?;
    let note = object::note(&call).await?;
    let node = &call.desk.node;
    let waiting = node.waiting_answers(actor, &channel, &id).await?;
    let ours = actor.speaks() && id.party == p.own;
    let shown = super::look_at(&call, |room, object| {
        let facts = facts(object)?;
        let (state, tone) = state(&p, object);
        let stage = object.stage();
        Ok(Shows {
            tabs: tabs(&p, &channel, HERE),
            channel: channel.to_string(),
            object: id.to_string(),
            version: object.version(),
            title: title(&p, object),
            state,
            tone,
            facts: rows(&p, object, facts),
            versions: texts::all(&p, &facts.texts),
            reply: facts
                .reply
                .as_ref()
                .map_or_else(Vec::new, |reply| texts::all(&p, reply)),
            answers: object.answers().iter().map(|own| told(&p, own)).collect(),
            waiting: waiting.iter().map(|one| waits(&p, one)).collect(),
            may: ours.then(|| next(stage)).flatten(),
            takes: ours && stage != Stage::Draft,
            reply_fields: texts::fields(&p, facts.reply.as_ref()),
            talk: object::talk(&p, room, object, note.as_ref()),
            p: p.clone(),
        })
    })
    .await?;
    page(&shown)
}

/// The next step of a consultation.
fn next(stage: Stage) -> Option<&'static str> {
    match stage {
        Stage::Draft => Some("open"),
        Stage::Open => Some("close"),
        Stage::Closed => Some("answer"),
        _ => None,
    }
}

fn rows(p: &Page, object: &Object, facts: &Consultation) -> Vec<(String, String)> {
    vec![
        (p.t("group-consult-by"), p.name_of(&object.id().party)),
        (p.t("public-audience"), visible(facts.audience.as_str())),
        (p.t("public-from"), both_clocks(p, facts.from)),
        (p.t("public-until"), both_clocks(p, facts.until)),
        (
            p.t("group-term-strand"),
            p.word("group-strand", facts.strand),
        ),
    ]
}

fn told(p: &Page, own: &joint::class::Own<joint::Answer>) -> Told {
    let answer = own.value();
    Told {
        organisation: visible(answer.organisation.as_str()),
        tag: crate::words::tag(answer.lang),
        dir: crate::words::direction(answer.lang),
        text: visible(answer.text.as_str()),
        by: signature(p, own.stamp()).at,
    }
}

fn waits(p: &Page, one: &passerelle_service::WaitingAnswer) -> Waiting {
    let text = one.answer.text.as_str();
    let (mut pieces, mut at) = (Vec::new(), 0);
    for (place, word) in &one.marks {
        let before = text.get(at..place.start).unwrap_or_default();
        let marked = text.get(place.clone()).unwrap_or_default();
        pieces.push((visible(before), None));
        pieces.push((visible(marked), Some(p.word("group-mark", word))));
        at = place.end;
    }
    pieces.push((visible(text.get(at..).unwrap_or_default()), None));
    Waiting {
        id: one.id.to_string(),
        organisation: visible(one.answer.organisation.as_str()),
        at: p.at(&one.time),
        tag: crate::words::tag(one.answer.lang),
        dir: crate::words::direction(one.answer.lang),
        marked: !one.marks.is_empty(),
        pieces,
    }
}

async fn new(call: Call) -> Answer {
    let p = call.page.clone();
    let channel = super::channel(&call)?;
    super::look(&call, |_| Ok(())).await?;
    let until = p.now.plus_millis(OPEN_DAYS * DAY);
    page(&Writing {
        tabs: tabs(&p, &channel, HERE),
        action: format!("/group/{channel}/consultations/new"),
        fields: texts::fields(&p, None),
        strands: object::strands(&p, None),
        from: crate::time::typed(p.now, &p.zone),
        until: crate::time::typed(until, &p.zone),
        clock: p.capital.clone(),
        p,
    })
}

async fn begin(call: Call) -> Answer {
    super::look(&call, |_| Ok(())).await?;
    let facts = Consultation {
        texts: texts::required(&call, "")?,
        audience: named(&call, "audience")?,
        strand: call.given("strand")?,
        from: moment(&call, "from")?,
        until: moment(&call, "until")?,
        reply: None,
    };
    opened(&call, Kind::Consultation, Facts::Consultation(facts)).await
}

/// A name that was typed.
fn named(call: &Call, field: &str) -> Result<Name, Fault> {
    let typed = tidy(call.field(field).trim());
    typed.parse().map_err(|_| Fault::field(field))
}

/// Opens an object of one party with its facts.
async fn opened(call: &Call, kind: Kind, facts: Facts) -> Answer {
    let channel = super::channel(call)?;
    let deeds = vec![
        Deed::Open {
            kind,
            parent: None,
            chair: call.page.own.clone(),
        },
        Deed::Describe {
            facts: Box::new(facts),
        },
    ];
    let wish = Wish::opening(deeds, call.page.lang);
    let id = call.desk.node.say(call.actor()?, &channel, wish).await?;
    go(&format!("{}?done=said", super::href(&channel, &id)))
}

/// Opens, closes, or tells what came of it.
async fn step(call: Call) -> Answer {
    let facts = super::look_at(&call, |_, object| facts(object).cloned()).await?;
    let moved = |to| Deed::Move { to };
    let (deeds, done) = match call.field("step") {
        "open" => (vec![moved(Stage::Open)], "consult-opened"),
        "close" => (vec![moved(Stage::Closed)], "consult-closed"),
        "answer" => {
            let reply = Some(texts::required(&call, "")?);
            let facts = Box::new(Facts::Consultation(Consultation { reply, ..facts }));
            let told = vec![Deed::Describe { facts }, moved(Stage::Answered)];
            (told, "consult-told")
        }
        _ => return Err(Fault::field("step")),
    };
    super::acts::say(&call, deeds, done).await
}

/// An answer that came by letter or in a meeting.
async fn type_in(call: Call) -> Answer {
    super::look_at(&call, |_, object| facts(object).map(|_| ())).await?;
    let answer = joint::Answer {
        organisation: named(&call, "organisation")?,
        lang: call.given("lang")?,
        text: tidy(call.field("text").trim())
            .parse()
            .map_err(|_| Fault::field("text"))?,
    };
    super::acts::say(&call, vec![Deed::Answer { answer }], "said").await
}

/// Takes or drops an answer that came by the public page. One with marks is taken only by whoever
/// says that they looked.
async fn look_through(call: Call) -> Answer {
    let (channel, id) = (super::channel(&call)?, super::object(&call)?);
    let name: RecordId = call.part(2)?;
    let (actor, node) = (call.actor()?, &call.desk.node);
    super::look_at(&call, |_, object| facts(object).map(|_| ())).await?;
    let done = match call.field("step") {
        "drop" => {
            node.drop_public_answer(actor, &channel, (&id, &name))
                .await?;
            "answer-dropped"
        }
        "take" => {
            let waiting = node.waiting_answers(actor, &channel, &id).await?;
            let found = waiting.into_iter().find(|one| one.id == name);
            let marked = !found.ok_or_else(Fault::absent)?.marks.is_empty();
            if marked && call.field("looked") != "yes" {
                return Err(Fault::field("looked"));
            }
            let lang = call.page.lang;
            node.take_public_answer(actor, &channel, (&id, &name), lang)
                .await?;
            "answer-taken"
        }
        _ => return Err(Fault::field("step")),
    };
    go(&format!("{}?done={done}", super::href(&channel, &id)))
}

#[cfg(test)]
#[path = "../samples/group/consultations.rs"]
pub(crate) mod samples;
