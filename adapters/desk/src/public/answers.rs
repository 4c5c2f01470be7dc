//! A consultation, and the only form of the public site.

use askama::Template;
use axum::response::Response;
use http::StatusCode;
use passerelle_model::tidy;
use passerelle_service::joint::{Answer, Stage};
use passerelle_service::{MAX_ANSWER_BYTES, PublicConsultation};

use super::face::{After, Face, Text, text, texts_of};
use super::items::named;
use super::{Ask, Told};
use crate::answer::{Fault, go};
use crate::frame::{Page, visible};
use crate::pages::group::agree::both_clocks;
use crate::words;

#[derive(Template)]
#[template(path = "public/consultation.html")]
pub(super) struct Asked {
    pub(super) f: Face,
    pub(super) state: String,
    pub(super) tone: &'static str,
    pub(super) text: Text,
    pub(super) facts: Vec<(String, String)>,
    pub(super) reply: Option<Text>,
    pub(super) answers: Vec<Said>,
    /// How long an answer waits before it is destroyed.
    pub(super) kept: String,
    pub(super) form: Option<Form>,
    pub(super) fault: Option<String>,
    pub(super) after: After,
}

/// An organisation's answer.
pub(super) struct Said {
    pub(super) organisation: String,
    pub(super) tag: &'static str,
    pub(super) dir: &'static str,
    pub(super) body: Vec<String>,
}

/// What was typed.
#[derive(Default)]
pub(super) struct Form {
    pub(super) organisation: String,
    pub(super) text: String,
}

/// Where a consultation stands, in a word and a tone.
pub(super) fn state(p: &Page, one: &PublicConsultation) -> (String, &'static str) {
    match (one.open, &one.reply) {
        (true, _) => (p.word("public-consult", Stage::Open), "good"),
        (false, Some(_)) => (p.word("public-consult", Stage::Answered), "calm"),
        (false, None) => (p.word("public-consult", Stage::Closed), "calm"),
    }
}

pub(super) fn consultation(
    ask: &Ask,
    id: &str,
    fault: Option<(Form, &str)>,
) -> Result<Told, Fault> {
    let one = named(&ask.public.consultations, id, |one| &one.head)?;
    let p = &ask.p;
    let text = text(p, &one.head);
    let ours = one.open && one.head.id.party == p.own;
    let status = match fault {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let (typed, fault) = fault.map_or_else(Default::default, |(form, key)| (form, Some(p.t(key))));
    let (state, tone) = state(p, one);
    let page = Asked {
        f: ask.face(&format!("consultations/{id}"), text.title.clone()),
        state,
        tone,
        text,
        facts: vec![
            (p.t("public-audience"), visible(one.facts.audience.as_str())),
            (p.t("public-from"), both_clocks(p, one.facts.from)),
            (p.t("public-until"), both_clocks(p, one.facts.until)),
            (
                p.t("group-term-strand"),
                p.word("group-strand", one.facts.strand),
            ),
        ],
        reply: one.reply.as_ref().map(|reply| texts_of(p, reply)),
        answers: one.answers.iter().map(said).collect(),
        kept: p.tn("public-answer-kept", ask.public.answer_days),
        form: ours.then_some(typed),
        fault,
        after: ask.after("consultations", &one.head),
    };
    Told::page_with(status, &page, Some(one.head.changed))
}

fn said(answer: &Answer) -> Said {
    let blocks = answer.text.as_str().split("\n\n");
    Said {
        organisation: visible(answer.organisation.as_str()),
        tag: words::tag(answer.lang),
        dir: words::direction(answer.lang),
        body: blocks
            .filter(|block| !block.trim().is_empty())
            .map(visible)
            .collect(),
    }
}

/// Takes an answer; what is wrong is told beside what was typed.
pub(super) async fn hand_in(
    ask: &Ask,
    id: &str,
    form: &[(String, String)],
) -> Result<Response, Fault> {
    let field = |name: &str| {
        let found = form.iter().find(|(held, _)| held == name);
        tidy(found.map_or("", |(_, value)| value.trim()))
    };
    let thanks = format!("/{}/consultations/thanks", ask.p.lang);
    // A field that people do not see: whoever fills it in is a program.
    if !field("website").is_empty() {
        return go(&thanks);
    }
    let typed = Form {
        organisation: field("organisation"),
        text: field("text"),
    };
    let fault = match handed(ask, id, &typed, &field("lang")).await {
        Ok(()) => return go(&thanks),
        Err(key) => key,
    };
    Ok(consultation(ask, id, Some((typed, fault)))?.into_response())
}

/// The key of what is wrong.
async fn handed(ask: &Ask, id: &str, typed: &Form, lang: &str) -> Result<(), &'static str> {
    let one =
        named(&ask.public.consultations, id, |one| &one.head).map_err(|_| "public-fault-over")?;
    if typed.organisation.is_empty() || typed.text.is_empty() {
        return Err("public-fault-empty");
    }
    if typed.text.len() > MAX_ANSWER_BYTES {
        return Err("public-fault-long");
    }
    let answer = Answer {
        organisation: typed
            .organisation
            .parse()
            .map_err(|_| "public-fault-empty")?,
        lang: lang.parse().unwrap_or(ask.p.lang),
        text: typed.text.parse().map_err(|_| "public-fault-empty")?,
    };
    if !ask.site.admits(ask.p.now) {
        return Err("public-fault-many");
    }
    let handed = ask.site.desk.node.hand_in_answer(&one.head.id, answer);
    handed.await.map_err(|error| match error.code() {
        "E_ANSWERS_FULL" => "public-fault-many",
        "E_NOT_FOUND" => "public-fault-over",
        _ => "public-failed-lead",
    })
}
