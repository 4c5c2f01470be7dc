//! Requests of data subjects: one page each, with its clock and every step.

use std::collections::BTreeSet;

use askama::Template;
use passerelle_model::{Day, Name, PartyId, Reason, RecordId};
use passerelle_service::{
    InspectionView, NewInspection, NewRights, Right, RightsAnswer, RightsStep, RightsView,
    SubjectRecord,
};

use super::inspection::{Listed, held_by, listed, recipient};
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
    records: Vec<Listed>,
    /// Recipients in third countries, each once.
    third: String,
    /// Parties whose records may be added.
    parties: Vec<(String, String)>,
    accesses: Vec<AccessRow>,
}

struct AccessRow {
    id: String,
    authority: String,
    state: String,
    lasts: bool,
    /// Who enters, and how their identity was checked.
    holder: Option<(String, String)>,
    opened: String,
}

#[derive(Template)]
#[template(path = "inspection-code.html")]
struct Given {
    p: Page,
    id: String,
    authority: String,
    holder: String,
    until: String,
    code: String,
    key: super::setup::Shown,
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
    let p = call.page_with_names().await?;
    let late = request.is_late(p.now);
    let open = request.answer().is_none();
    let (node, actor) = (&call.desk.node, call.actor()?);
    let records = node.rights_recipients(actor, &id).await?;
    let accesses = node.inspections(actor, &id).await?;
    let own = (node.party().to_string(), p.party.clone());
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
        third: third(&p, &records),
        records: records.iter().map(|one| listed(&p, one)).collect(),
        parties: std::iter::once(own).chain(partners(&p)).collect(),
        accesses: accesses.iter().map(|one| access(&p, one)).collect(),
        p,
    })
}

/// Recipients in third countries, each once; empty where there are none.
fn third(p: &Page, records: &[SubjectRecord]) -> String {
    let all = records.iter().flat_map(|record| &record.recipients);
    let names: BTreeSet<String> = all
        .filter(|to| to.third)
        .map(|to| recipient(p, to))
        .collect();
    names.into_iter().collect::<Vec<_>>().join(" · ")
}

fn access(p: &Page, access: &InspectionView) -> AccessRow {
    let lasts = access.ended.is_none() && p.now < access.until;
    AccessRow {
        id: access.id.to_string(),
        authority: visible(access.authority.as_str()),
        state: match lasts {
            true => p.ta("inspection-until", &p.at(&access.until)),
            false => p.t("inspection-over"),
        },
        lasts,
        holder: access.holder.as_ref().map(|holder| {
            let checked = visible(holder.checked.as_str());
            (held_by(holder), checked)
        }),
        opened: said(p, &access.opened),
    }
}

/// What a data subject asks for, in words.
pub(crate) fn right(p: &Page, right: Right) -> String {
    word(p, "right", &RIGHTS, &right)
}

/// Opens the access of the authority; its code is shown this once.
pub(crate) async fn open_access(call: Call) -> Answer {
    let id: RecordId = call.part(0)?;
    let new = NewInspection {
        authority: call.given("authority")?,
        person: call.given("person")?,
        function: call.given("function")?,
        checked: call.given("checked")?,
        days: call.given("days")?,
    };
    let why: Reason = call.given("why")?;
    let (node, actor) = (&call.desk.node, call.actor()?);
    let opened = node.open_inspection(actor, &id, new, why).await?;
    let p = call.page.clone();
    page(&Given {
        id: id.to_string(),
        authority: visible(opened.access.authority.as_str()),
        holder: opened
            .access
            .holder
            .as_ref()
            .map_or_else(String::new, held_by),
        until: p.at(&opened.access.until),
        code: opened.code,
        key: super::setup::shown(opened.enrolment),
        p,
    })
}

pub(crate) async fn end_access(call: Call) -> Answer {
    let (id, access): (RecordId, RecordId) = (call.part(0)?, call.part(1)?);
    let why: Reason = call.given("why")?;
    let (node, actor) = (&call.desk.node, call.actor()?);
    node.end_inspection(actor, (&id, &access), why).await?;
    go(&format!("/requests/{id}?done=inspection-ended"))
}

fn told(p: &Page, step: &RightsStep) -> String {
    match step {
        RightsStep::Identified => p.t("step-identified"),
        RightsStep::Consulted { party } => p.ta("step-consulted", &p.name_of(party)),
        RightsStep::Heard { party } => p.ta("step-heard", &p.name_of(party)),
        RightsStep::Chosen { record, .. } => p.ta("step-chosen", &record.to_string()),
        RightsStep::Left { record, .. } => p.ta("step-left", &record.to_string()),
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
        "chosen" => RightsStep::Chosen {
            party: party()?,
            record: call.given("record")?,
        },
        "left" => RightsStep::Left {
            party: party()?,
            record: call.given("record")?,
        },
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
