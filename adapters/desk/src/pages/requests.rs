//! Requests of data subjects: one page each, with its clock and every step.

use askama::Template;
use passerelle_model::{Day, Name, PartyId, Reason, RecordId};
use passerelle_service::{NewRights, Right, RightsAnswer, RightsStep, RightsView};

use super::keeping::{Row, invalid, partners, said};
use crate::answer::{Answer, Fault, go, page};
use crate::frame::{ClockWords, Page, visible};
use crate::guard::Call;

#[derive(Template)]
#[template(path = "request.html")]
struct Request {
    p: Page,
    id: String,
    version: u64,
    subject: String,
    kind: String,
    received: String,
    clock: Option<ClockWords>,
    late: bool,
    answer: Option<String>,
    identified: bool,
    awaited: Vec<(String, String)>,
    partners: Vec<(String, String)>,
    answers: Vec<(&'static str, String)>,
    steps: Vec<(String, String)>,
}

const RIGHTS: [(Right, &str); 4] = [
    (Right::Access, "access"),
    (Right::Rectification, "rectification"),
    (Right::Erasure, "erasure"),
    (Right::Objection, "objection"),
];
const ANSWERS: [(RightsAnswer, &str); 4] = [
    (RightsAnswer::Granted, "granted"),
    (RightsAnswer::Partial, "partial"),
    (RightsAnswer::Refused, "refused"),
    (RightsAnswer::NeitherNor, "neither-nor"),
];

fn chosen<T: Copy>(words: &[(T, &str)], word: &str) -> Result<T, Fault> {
    let found = words.iter().find(|(_, held)| *held == word);
    found.map(|(value, _)| *value).ok_or_else(invalid)
}

fn word<T: PartialEq>(p: &Page, list: &str, words: &[(T, &str)], value: &T) -> String {
    let found = words.iter().find(|(held, _)| held == value);
    found.map_or_else(String::new, |(_, word)| p.word(list, word))
}

/// What can be asked for.
pub(crate) fn kinds(p: &Page) -> Vec<(&'static str, String)> {
    RIGHTS
        .iter()
        .map(|(_, held)| (*held, p.word("right", held)))
        .collect()
}

/// Its line in the room.
pub(crate) fn row(p: &Page, request: &RightsView) -> Row {
    let state = match request.answer() {
        Some(answer) => (word(p, "answer", &ANSWERS, &answer), "good"),
        None => {
            let late = request.is_late(p.now);
            let by = p.ta("keeping-answer-by", &p.day(request.due));
            (by, if late { "late" } else { "soon" })
        }
    };
    Row {
        href: format!("/requests/{}", request.id),
        title: visible(request.subject.as_str()),
        detail: word(p, "right", &RIGHTS, &request.right),
        tags: vec![state],
    }
}

pub(crate) async fn new(call: Call) -> Answer {
    let new = NewRights {
        subject: call.given::<Name>("subject")?,
        right: chosen(&RIGHTS, call.field("right"))?,
        received: call.given::<Day>("received")?,
    };
    let why: Reason = call.given("why")?;
    let id = call.desk.node.new_rights(call.actor()?, new, why).await?;
    go(&format!("/requests/{id}?done=taken-down"))
}

pub(crate) async fn show(call: Call) -> Answer {
    let id: RecordId = call.part(0)?;
    let request = call.desk.node.rights(call.actor()?, &id).await?;
    let p = call.page.clone();
    let late = request.is_late(p.now);
    let open = request.answer().is_none();
    page(&Request {
        id: id.to_string(),
        version: request.version,
        subject: visible(request.subject.as_str()),
        kind: word(&p, "right", &RIGHTS, &request.right),
        received: p.day(request.received),
        clock: open.then(|| {
            let due = request.due.plus_days(1).start();
            p.clock(due, if late { "late" } else { "on-time" })
        }),
        late,
        answer: request
            .answer()
            .map(|answer| word(&p, "answer", &ANSWERS, &answer)),
        identified: request.is_identified(),
        awaited: request
            .awaited()
            .into_iter()
            .map(|party| (party.to_string(), p.name_of(party)))
            .collect(),
        partners: partners(&p),
        answers: ANSWERS
            .iter()
            .map(|(_, held)| (*held, p.word("answer", held)))
            .collect(),
        steps: request
            .steps
            .iter()
            .map(|(step, decided)| (told(&p, step), said(&p, decided)))
            .collect(),
        p,
    })
}

fn told(p: &Page, step: &RightsStep) -> String {
    match step {
        RightsStep::Identified => p.t("step-identified"),
        RightsStep::Consulted { party } => p.ta("step-consulted", &p.name_of(party)),
        RightsStep::Heard { party } => p.ta("step-heard", &p.name_of(party)),
        RightsStep::Note => p.t("step-note"),
        RightsStep::Answered { answer } => {
            let answer = word(p, "answer", &ANSWERS, answer);
            p.ta("step-answered", &answer)
        }
    }
}

pub(crate) async fn step(call: Call) -> Answer {
    let id: RecordId = call.part(0)?;
    let version: u64 = call.given("version")?;
    let why: Reason = call.given("why")?;
    let party = || call.given::<PartyId>("party");
    let step = match call.field("step") {
        "identified" => RightsStep::Identified,
        "consulted" => RightsStep::Consulted { party: party()? },
        "heard" => RightsStep::Heard { party: party()? },
        "note" => RightsStep::Note,
        "answered" => RightsStep::Answered {
            answer: chosen(&ANSWERS, call.field("answer"))?,
        },
        _ => return Err(invalid()),
    };
    let (node, actor) = (&call.desk.node, call.actor()?);
    node.rights_step(actor, (&id, version), step, why).await?;
    go(&format!("/requests/{id}?done=taken-down"))
}

#[cfg(test)]
#[path = "samples/requests.rs"]
pub(crate) mod samples;
