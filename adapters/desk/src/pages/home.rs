//! The first page, help, language.

use askama::Template;
use axum::response::IntoResponse;
use http::{HeaderValue, StatusCode, header};
use passerelle_model::Lang;
use passerelle_service::{
    DraftState, Escalation, Notice, TodayDuty, TodayGroup, TodayItem, TodayKind,
};

use super::beads::BeadLine;
use crate::answer::{Answer, Fault, go, page};
use crate::frame::{ClockWords, Page, visible};
use crate::guard::{Call, LANGUAGE, cookie_line};

#[derive(Template)]
#[template(path = "today.html")]
struct Today {
    p: Page,
    greeting: String,
    writes: bool,
    emergency: bool,
    groups: Vec<Group>,
}

struct Group {
    key: &'static str,
    title: String,
    lead: String,
    rows: Vec<Row>,
    more: bool,
}

struct Row {
    href: String,
    subject: String,
    kind: String,
    party: String,
    urgency: Option<(String, &'static str)>,
    clock: Option<ClockWords>,
    since: String,
    standing: Option<BeadLine>,
}

pub(crate) async fn start(call: Call) -> Answer {
    match call.page.actor {
        Some(_) => go("/today"),
        None => go("/sign-in"),
    }
}

pub(crate) async fn lost(_: Call) -> Answer {
    Err(Fault::absent())
}

pub(crate) async fn today(call: Call) -> Answer {
    if call.page.in_group {
        return go("/group");
    }
    let actor = call.actor()?;
    let groups = call.desk.node.today(actor).await?;
    let p = call.page_with_names().await?;
    let shown = Today {
        greeting: p.ta("today-greeting", actor.name().as_str()),
        writes: actor.is(passerelle_model::Role::Officer),
        emergency: actor.is(passerelle_model::Role::Approver),
        groups: groups.into_iter().map(|group| shown(&p, group)).collect(),
        p,
    };
    page(&shown)
}

fn shown(p: &Page, group: TodayGroup) -> Group {
    let key = match group.kind {
        TodayKind::Overdue => "overdue",
        TodayKind::Approve => "approve",
        TodayKind::Answer => "answer",
        TodayKind::Explain => "explain",
        TodayKind::Acknowledge => "acknowledge",
        TodayKind::Drafts => "drafts",
        TodayKind::Theirs => "theirs",
        TodayKind::Keeping => "keeping",
    };
    Group {
        key,
        title: p.t(&format!("today-{key}")),
        lead: p.t(&format!("today-{key}-lead")),
        rows: group.items.into_iter().map(|item| row(p, item)).collect(),
        more: group.more,
    }
}

fn row(p: &Page, item: TodayItem) -> Row {
    if let Some(duty) = &item.duty {
        return duty_row(p, duty, &item);
    }
    let href = match (&item.draft, &item.case) {
        (Some(draft), _) if matches!(item.state, Some(DraftState::ToApprove { .. })) => {
            format!("/drafts/{draft}/check")
        }
        (Some(draft), _) => format!("/drafts/{draft}"),
        (None, Some(case)) => format!("/cases/{case}"),
        (None, None) => "/today".to_owned(),
    };
    let drafted = item
        .state
        .as_ref()
        .map(|state| BeadLine::of_draft(p, state));
    let sent = item.standing.as_ref();
    let sent = sent.map(|held| BeadLine::of_delivery(p, held, Some(item.since), Some(None)));
    Row {
        href,
        subject: item
            .subject
            .map_or_else(|| p.t("no-subject"), |text| visible(&text)),
        kind: item
            .kind
            .map_or_else(String::new, |kind| p.word("kind", kind)),
        party: item
            .party
            .map_or_else(String::new, |party| p.name_of(&party)),
        urgency: item
            .urgency
            .map(|urgency| (p.word("urgency", urgency), tone(urgency.as_str()))),
        clock: item
            .clock
            .map(|clock| p.clock(clock.due, escalation(clock.escalation))),
        since: p.at(&item.since),
        standing: drafted.or(sent),
    }
}

/// What the data-protection officer has to do, with where it is done.
fn duty_row(p: &Page, duty: &TodayDuty, item: &TodayItem) -> Row {
    let given = || item.subject.as_deref().map_or_else(String::new, visible);
    let (href, kind, subject) = match duty {
        TodayDuty::Rights { id } => (format!("/requests/{id}"), "duty-rights", given()),
        TodayDuty::Breach { id } => (format!("/breaches/{id}"), "duty-breach", given()),
        TodayDuty::Glass { by } => ("/keeping#glass".to_owned(), "duty-glass", p.person(by)),
        TodayDuty::Confided { id } => (
            format!("/confided/{id}"),
            "duty-confided",
            p.at(&item.since),
        ),
        TodayDuty::Frozen { party, record } => (
            format!("/keeping/{party}/{record}"),
            "duty-frozen",
            record.to_string(),
        ),
        TodayDuty::Overdue { late } => {
            let case = item.case.as_ref().map(|case| format!("/cases/{case}"));
            let href = case.unwrap_or_else(|| "/keeping#late".to_owned());
            (href, overdue_word(late.notice), late.record.to_string())
        }
        TodayDuty::Review { party, record } => (
            format!("/keeping/{party}/{record}"),
            "duty-review",
            record.to_string(),
        ),
    };
    Row {
        href,
        subject,
        kind: p.t(kind),
        party: item
            .party
            .as_ref()
            .map_or_else(String::new, |party| p.name_of(party)),
        urgency: None,
        clock: item
            .clock
            .map(|clock| p.clock(clock.due, escalation(clock.escalation))),
        since: p.at(&item.since),
        standing: None,
    }
}

/// What is overdue, in words.
pub(crate) fn overdue_word(notice: Notice) -> &'static str {
    match notice {
        Notice::Recall => "duty-recall",
        Notice::Correction => "duty-correction",
        Notice::Request => "duty-request",
    }
}

pub(crate) fn tone(urgency: &str) -> &'static str {
    match urgency {
        "urgent" => "late",
        "priority" => "soon",
        _ => "calm",
    }
}

pub(crate) fn escalation(escalation: Escalation) -> &'static str {
    match escalation {
        Escalation::OnTime => "on-time",
        Escalation::DueSoon => "due-soon",
        Escalation::Late | Escalation::VeryLate => "late",
    }
}

#[derive(Template)]
#[template(path = "help.html")]
struct Help {
    p: Page,
}

pub(crate) async fn help(call: Call) -> Answer {
    page(&Help { p: call.page })
}

#[derive(Template)]
#[template(path = "accessibility.html")]
struct Accessibility {
    p: Page,
}

pub(crate) async fn accessibility(call: Call) -> Answer {
    page(&Accessibility { p: call.page })
}

/// Remembers a language, for the person and for this browser, and goes back.
pub(crate) async fn language(call: Call) -> Answer {
    let cookie = choose(&call, call.given("lang")?).await?;
    let mut response = go(&local(call.field("back")))?;
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}

/// Remembers a language for the person; the cookie that remembers it for this browser.
pub(crate) async fn choose(call: &Call, lang: Lang) -> Result<HeaderValue, Fault> {
    if let Some(actor) = &call.page.actor {
        call.desk.node.choose_language(actor, lang).await?;
    }
    let year = "SameSite=Lax; Max-Age=31536000";
    let cookie = cookie_line(&call.headers, LANGUAGE, &lang.to_string(), year);
    HeaderValue::from_str(&cookie).map_err(|_| Fault::absent())
}

/// An address of our own, or the first page.
pub(crate) fn local(path: &str) -> String {
    let fits = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains('\\')
        && path.bytes().all(|b| b.is_ascii_graphic());
    match fits {
        true => path.to_owned(),
        false => "/".to_owned(),
    }
}

pub(crate) async fn violation(call: Call) -> Answer {
    call.desk.violated();
    tracing::warn!("a browser reported a violation of the content security policy");
    Ok(StatusCode::NO_CONTENT.into_response())
}

#[cfg(test)]
#[path = "samples/home.rs"]
pub(crate) mod samples;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_our_own_are_gone_back_to() {
        assert_eq!(local("/cases?after=x"), "/cases?after=x");
        for foreign in [
            "//evil.example",
            "https://evil.example",
            "/\\evil",
            "/a b",
            "",
        ] {
            assert_eq!(local(foreign), "/");
        }
    }
}
