//! One meeting: its date and agenda, who comes, papers, invitation and answers, holding it.

use std::collections::BTreeMap;

use askama::Template;
use axum::response::IntoResponse as _;
use http::{StatusCode, header};
use passerelle_model::{Name, PartyId, RecordId, tidy};
use passerelle_service::joint::{Deed, Kind, Object, Outcome, Stage, Version};
use passerelle_service::{GroupRoom, Guests, InvitationWords, MAX_REPLY_BYTES, Wish};

use super::agree::{Agree, Signature, both_clocks, both_clocks_of};
use super::object::{Talk, note, optional, talk};
use super::{Tab, agree, href, kind_word, meet, side, tabs, texts, title};
use crate::answer::{Answer, Fault, go, page};
use crate::frame::{Page, visible};
use crate::guard::Call;
use crate::routes::{GROUP, Route, get, page as handled, post};

pub(crate) const ROUTES: &[Route] = &[
    post(
        "/group/{channel}/meetings/{object}/step",
        GROUP,
        handled!(step),
    ),
    post(
        "/group/{channel}/meetings/{object}/delegates",
        GROUP,
        handled!(delegates),
    ),
    post(
        "/group/{channel}/meetings/{object}/papers",
        GROUP,
        handled!(add_paper),
    )
    .streaming(),
    post(
        "/group/{channel}/papers/{party}/{record}/{n}",
        GROUP,
        handled!(paper),
    )
    .for_readers(),
    get(
        "/group/{channel}/meetings/{object}/invitation.ics",
        GROUP,
        handled!(invitation),
    ),
    post(
        "/group/{channel}/meetings/{object}/addresses",
        GROUP,
        handled!(addresses),
    )
    .looked_at_later(),
    post(
        "/group/{channel}/meetings/{object}/replies",
        GROUP,
        handled!(replies),
    )
    .streaming(),
];

/// Largest paper of a meeting (64 MiB), whole in memory for a moment.
const MAX_PAPER: usize = 64 * 1024 * 1024;

#[derive(Template)]
#[template(path = "group/meeting.html")]
struct Shows {
    p: Page,
    tabs: Vec<Tab>,
    title: String,
    kind: String,
    stage: String,
    /// Where its forms lead, and where its object has its page.
    place: String,
    object: String,
    channel: String,
    version: u64,
    speaks: bool,
    clocks: Option<String>,
    steps: Vec<(&'static str, String, &'static str)>,
    /// Parties without delegates.
    absent: Vec<String>,
    in_session: bool,
    agenda: Vec<Line>,
    allotted: u32,
    outcomes: Vec<(&'static str, String)>,
    delegates: Vec<Delegation>,
    ours: String,
    papers: Vec<Paper>,
    guests: Vec<Guest>,
    guests_version: u64,
    /// Minutes that were opened, and whether they can be.
    minutes: Vec<(String, String, String)>,
    may_open_minutes: bool,
    agree: Agree,
    talk: Talk,
}

/// An item on the agenda.
struct Line {
    id: String,
    href: String,
    title: String,
    detail: String,
    stage: String,
    tone: &'static str,
    outcome: Option<String>,
    /// Whether this node's party notes what came of it now.
    settles: bool,
}

/// Who comes for a party.
struct Delegation {
    side: &'static str,
    party: String,
    functions: Vec<String>,
}

/// A file that came with a remark.
struct Paper {
    name: String,
    size: String,
    place: String,
    by: Signature,
}

/// A delegate function of ours.
struct Guest {
    at: usize,
    function: String,
    address: String,
    answer: String,
    tone: &'static str,
}

pub(crate) async fn show(call: Call) -> Answer {
    let p = call.page.clone();
    let (channel, id) = (super::channel(&call)?, super::object(&call)?);
    let note = note(&call).await?;
    let guests = call.desk.node.guests(call.actor()?, &channel, &id).await?;
    let shown = super::look_at(&call, |room, meeting| {
        let talk = talk(&p, room, meeting, note.as_ref());
        Ok(shown(&p, room, meeting, &guests, talk))
    })
    .await?;
    page(&shown)
}

fn shown(p: &Page, room: &GroupRoom, meeting: &Object, guests: &Guests, talk: Talk) -> Shows {
    let (channel, id) = (room.channel(), meeting.id());
    let agenda = meet::agenda(meeting);
    let (stage, speaks) = (meeting.stage(), talk.speaks);
    let functions = own_functions(room, meeting);
    let absent = meet::without_delegates(room, meeting).into_iter();
    let outcome = |outcome: &Outcome| (outcome.as_str(), p.word("meet-outcome", outcome));
    let minutes = room
        .ledger()
        .children(id)
        .filter(|child| child.kind() == Kind::Minutes);
    let minutes: Vec<_> = minutes
        .map(|one| {
            (
                href(channel, one.id()),
                title(p, one),
                super::minutes::phase(p, one),
            )
        })
        .collect();
    let after = matches!(stage, Stage::InSession | Stage::Ended);
    let items = agenda.iter().filter_map(|item| room.ledger().object(item));
    let schedule = meet::schedule(meeting);
    Shows {
        tabs: tabs(p, channel, "-"),
        title: title(p, meeting),
        kind: kind_word(p, Kind::Meeting),
        stage: p.word("group-stage", stage),
        place: meet::place(channel, "meetings", id),
        object: id.to_string(),
        channel: channel.to_string(),
        version: meeting.version(),
        clocks: schedule.map(|one| both_clocks_of(p, one.start, one.end)),
        steps: meeting
            .steps(&p.own)
            .into_iter()
            .map(|to| step_words(p, to))
            .collect(),
        absent: absent.map(|party| p.name_of(party)).collect(),
        in_session: stage == Stage::InSession,
        agenda: items.map(|item| line(p, room, item, stage)).collect(),
        allotted: super::meetings::allotted(room, agenda),
        outcomes: Outcome::ALL.iter().map(outcome).collect(),
        delegates: meeting
            .delegates()
            .map(|own| delegation(p, own.party(), own.value()))
            .collect(),
        ours: functions
            .iter()
            .map(Name::as_str)
            .collect::<Vec<_>>()
            .join("\n"),
        papers: papers(p, room, meeting),
        guests: (0..)
            .zip(&functions)
            .map(|(at, function)| guest(p, guests, at, function))
            .collect(),
        guests_version: guests.version,
        may_open_minutes: minutes.is_empty() && after && *meeting.chair() == p.own,
        minutes,
        agree: agree::panel(p, room, meeting),
        talk,
        speaks,
        p: p.clone(),
    }
}

fn step_words(p: &Page, to: Stage) -> (&'static str, String, &'static str) {
    let class = match to {
        Stage::Cancelled => "stop",
        Stage::Postponed => "",
        _ => "primary",
    };
    (to.as_str(), p.word("meet-step", to), class)
}

fn own_functions(room: &GroupRoom, meeting: &Object) -> Vec<Name> {
    let mut all = meeting.delegates();
    let own = all.find(|own| own.party() == room.me());
    own.map_or_else(Vec::new, |own| own.value().clone())
}

fn line(p: &Page, room: &GroupRoom, item: &Object, stage: Stage) -> Line {
    let outcome = item
        .outcome()
        .map(|(outcome, _)| p.word("meet-outcome", outcome));
    Line {
        id: item.id().to_string(),
        href: href(room.channel(), item.id()),
        title: title(p, item),
        detail: super::items::detail(p, item),
        stage: p.word("group-stage", item.stage()),
        tone: super::items::tone(item),
        settles: stage == Stage::InSession
            && *item.chair() == p.own
            && item.stage() != Stage::Declined,
        outcome,
    }
}

fn delegation(p: &Page, party: &PartyId, functions: &[Name]) -> Delegation {
    Delegation {
        side: side(p, party),
        party: p.name_of(party),
        functions: functions.iter().map(|one| visible(one.as_str())).collect(),
    }
}

fn papers(p: &Page, room: &GroupRoom, meeting: &Object) -> Vec<Paper> {
    let mut all = Vec::new();
    for comment in meeting.comments() {
        let stamp = comment.stamp();
        for (at, file) in room.files(&stamp.by, &stamp.record).iter().enumerate() {
            all.push(Paper {
                name: visible(file.name.as_str()),
                size: p.tn("meet-kilobytes", file.bytes.div_ceil(1024)),
                place: format!(
                    "/group/{}/papers/{}/{}/{at}",
                    room.channel(),
                    stamp.by,
                    stamp.record
                ),
                by: agree::signature(p, stamp),
            });
        }
    }
    all
}

fn guest(p: &Page, guests: &Guests, at: usize, function: &Name) -> Guest {
    let kept = guests.functions.get(function.as_str());
    let answer = kept.and_then(|kept| kept.answer.as_ref());
    let word = answer.map_or("NEEDS-ACTION", |(answer, _)| answer.as_str());
    Guest {
        at,
        function: visible(function.as_str()),
        address: kept
            .and_then(|kept| kept.address.clone())
            .unwrap_or_default(),
        answer: p.word("meet-answer", word),
        tone: match word {
            "ACCEPTED" => "good",
            "DECLINED" => "stop",
            _ => "calm",
        },
    }
}

/// Moves the meeting on. Without delegates of every party it begins only where the chair says
/// that it knows.
async fn step(call: Call) -> Answer {
    let to: Stage = call.given("to")?;
    if to == Stage::InSession && call.field("quorum") != "yes" {
        let full = |room: &GroupRoom, meeting: &Object| {
            Ok(meet::without_delegates(room, meeting).is_empty())
        };
        if !super::look_at(&call, full).await? {
            return Err(Fault::new(StatusCode::CONFLICT, "E_QUORUM"));
        }
    }
    super::acts::say(&call, vec![Deed::Move { to }], "meet-moved").await
}

async fn delegates(call: Call) -> Answer {
    let functions = meet::lines(&call, "functions")?;
    super::acts::say(&call, vec![Deed::Delegates { functions }], "meet-delegates").await
}

/// Files travel with a remark that names them.
async fn add_paper(mut call: Call) -> Answer {
    let (channel, id) = (super::channel(&call)?, super::object(&call)?);
    if !call.actor()?.speaks() {
        return Err(Fault::new(StatusCode::FORBIDDEN, "E_ROLE"));
    }
    super::look_at(&call, |_, _| Ok(())).await?;
    let files = meet::uploads(&mut call, MAX_PAPER).await?;
    let Some(first) = files.first() else {
        return Err(no_file());
    };
    let lang = call.page.lang;
    let title = crate::words::say(lang, "meet-paper-remark", &[("what", &first.name)]);
    let title = tidy(&title).parse().map_err(|_| super::acts::invalid())?;
    let mut wish = Wish::about(id.clone(), None, Vec::new(), lang);
    let version = Version {
        lang,
        title,
        body: None,
    };
    wish.deeds.push(Deed::Comment { version });
    for file in &files {
        let staged = call
            .desk
            .node
            .stage(&file.name, &file.kind, &*file.bytes)
            .await?;
        wish.attachments.push(staged.token);
    }
    call.desk.node.say(call.actor()?, &channel, wish).await?;
    go(&format!("{}?done=meet-paper", href(&channel, &id)))
}

/// A paper, streamed; always to be kept, never shown by the browser.
async fn paper(call: Call) -> Answer {
    super::look(&call, |_| Ok(())).await?;
    let (party, record): (PartyId, RecordId) = (call.part(1)?, call.part(2)?);
    // Whoever takes part reads its papers, the secretary too; the register knows who did.
    let node = &call.desk.node;
    node.consult(call.actor()?, &party, &record, None).await?;
    super::super::records::streamed(&call, &party, &record, call.part(3)?).await
}

async fn invitation(call: Call) -> Answer {
    let p = call.page.clone();
    let (channel, id) = (super::channel(&call)?, super::object(&call)?);
    let clocks = super::look_at(&call, |_, meeting| {
        let schedule = meet::schedule(meeting).ok_or_else(Fault::absent)?;
        Ok(format!(
            "{} – {}",
            both_clocks(&p, schedule.start),
            both_clocks(&p, schedule.end)
        ))
    })
    .await?;
    let actor = call.actor()?;
    let words = InvitationWords {
        lang: p.lang,
        agenda: p.t("meet-agenda"),
        clocks,
        zone: p.zone_name.clone(),
        office: p.party.clone(),
    };
    let file = call
        .desk
        .node
        .invitation(actor, &channel, &id, &words)
        .await?;
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"invitation.ics\"",
        ),
    ];
    Ok((headers, file).into_response())
}

/// Addresses of our delegates' offices, kept here.
async fn addresses(call: Call) -> Answer {
    let (channel, id) = (super::channel(&call)?, super::object(&call)?);
    let version = optional(&call, "version")?.unwrap_or(0);
    let functions = super::look_at(&call, |room, meeting| Ok(own_functions(room, meeting))).await?;
    let typed = |(at, function): (usize, Name)| {
        let address = call.field(&format!("address-{at}")).trim().to_owned();
        (function.to_string(), address)
    };
    let given: BTreeMap<String, String> = (0..).zip(functions).map(typed).collect();
    let node = &call.desk.node;
    node.address_guests(call.actor()?, &channel, (&id, version), given)
        .await?;
    go(&format!("{}?done=meet-addresses", href(&channel, &id)))
}

fn no_file() -> Fault {
    Fault::new(StatusCode::UNPROCESSABLE_ENTITY, "E_FILE_MISSING").at("file")
}

async fn replies(mut call: Call) -> Answer {
    let (channel, id) = (super::channel(&call)?, super::object(&call)?);
    if !call.actor()?.speaks() {
        return Err(Fault::new(StatusCode::FORBIDDEN, "E_ROLE"));
    }
    let files = meet::uploads(&mut call, MAX_REPLY_BYTES).await?;
    if files.is_empty() {
        return Err(no_file());
    }
    for file in files {
        let node = &call.desk.node;
        node.take_reply(call.actor()?, &channel, &id, &file.bytes)
            .await?;
    }
    go(&format!("{}?done=meet-reply", href(&channel, &id)))
}

/// Texts of a fact, for other pages of meetings.
pub(crate) fn facts_texts(p: &Page, object: &Object) -> Vec<texts::Shown> {
    object
        .facts()
        .map_or_else(Vec::new, |facts| texts::all(p, facts.value().texts()))
}

#[cfg(test)]
#[path = "../samples/group/meeting.rs"]
pub(crate) mod samples;
