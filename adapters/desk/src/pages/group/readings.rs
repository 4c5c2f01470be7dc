//! Readings: a communiqué or minutes beside what they propose. A person accepts, edits or drops;
//! only "propose the accepted ones" says anything to the other side.

use std::collections::BTreeMap;

use askama::Template;
use http::StatusCode;
use passerelle_service::joint::{MeetingKind, ObjectRef};
use passerelle_service::{
    Becomes, Choice, GroupRoom, MAX_PAPER_BYTES, MAX_READING_BYTES, Proposal, ReadBlock,
    ReadMeeting, Reading,
};

use super::super::keeping::Row;
use super::agree::both_clocks;
use super::meet::{self, Options};
use super::object::strands;
use super::{Tab, dir, href, tabs};
use crate::answer::{Answer, Fault, go, page};
use crate::frame::{Page, visible};
use crate::guard::Call;
use crate::routes::{GROUP, Route, get, page as handled, post};
use crate::words;

pub(crate) const ROUTES: &[Route] = &[
    get("/group/{channel}/readings", GROUP, handled!(list)),
    post("/group/{channel}/readings", GROUP, handled!(paste)).looked_at_later(),
    post("/group/{channel}/readings/file", GROUP, handled!(upload)).streaming(),
    get("/group/{channel}/readings/{reading}", GROUP, handled!(show)),
    post("/group/{channel}/readings/{reading}", GROUP, handled!(save)),
];

#[derive(Template)]
#[template(path = "group/readings.html")]
struct Readings {
    p: Page,
    tabs: Vec<Tab>,
    channel: String,
    speaks: bool,
    rows: Vec<Row>,
}

async fn list(call: Call) -> Answer {
    let p = call.page_with_names().await?;
    let channel = super::channel(&call)?;
    let lines = call.desk.node.readings(call.actor()?, &channel).await?;
    let row = |line: passerelle_service::ReadingLine| Row {
        href: format!("/group/{channel}/readings/{}", line.key),
        title: visible(&line.title),
        detail: format!("{} · {}", p.at(&line.time), p.person(&line.officer)),
        tags: vec![
            (
                p.tn("meet-reading-open", line.open),
                if line.open > 0 { "soon" } else { "calm" },
            ),
            (p.tn("meet-reading-taken", line.taken), "good"),
        ],
    };
    page(&Readings {
        tabs: tabs(&p, &channel, "/readings"),
        channel: channel.to_string(),
        speaks: call.actor()?.speaks(),
        rows: lines.into_iter().map(row).collect(),
        p,
    })
}

/// A text that was pasted.
async fn paste(call: Call) -> Answer {
    let text = call.field("text").to_owned();
    if text.trim().is_empty() {
        return Err(Fault::field("text"));
    }
    if text.len() > MAX_READING_BYTES {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return Err(Fault::new(status, "E_READING_SIZE").at("text"));
    }
    let name = call.page.t("meet-pasted");
    read(
        &call,
        (&name, "text/plain; charset=utf-8"),
        text.into_bytes(),
    )
    .await
}

async fn upload(mut call: Call) -> Answer {
    let channel = super::channel(&call)?;
    super::look(&call, |_| Ok(())).await?;
    let files = meet::uploads(&mut call, MAX_PAPER_BYTES).await?;
    let Some(file) = files.into_iter().next() else {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return Err(Fault::new(status, "E_FILE_MISSING").at("file"));
    };
    let (name, kind) = (file.name, file.kind);
    let actor = call.actor()?;
    let key = call
        .desk
        .node
        .read_paper(actor, &channel, (&name, &kind), file.bytes)
        .await?;
    go(&format!("/group/{channel}/readings/{key}?done=meet-read"))
}

async fn read(call: &Call, (name, kind): (&str, &str), bytes: Vec<u8>) -> Answer {
    let channel = super::channel(call)?;
    let node = &call.desk.node;
    let key = node
        .read_paper(call.actor()?, &channel, (name, kind), bytes)
        .await?;
    go(&format!("/group/{channel}/readings/{key}?done=meet-read"))
}

#[derive(Template)]
#[template(path = "group/reading.html")]
struct Shows {
    p: Page,
    tabs: Vec<Tab>,
    place: String,
    version: u64,
    title: String,
    tag: &'static str,
    dir: &'static str,
    speaks: bool,
    warnings: Vec<String>,
    more: bool,
    blocks: Vec<Block>,
    left_out: Vec<(String, String)>,
    meeting: Meeting,
    topics: Vec<Line>,
    candidates: Vec<Line>,
    remarks: Vec<Line>,
}

/// A block of the text, cut at its marks: text, and the proposal that rests on it.
struct Block {
    heading: bool,
    pieces: Vec<(String, Option<u32>)>,
}

/// The meeting's form.
struct Meeting {
    choices: Options,
    title: String,
    kinds: Options,
    day: Option<String>,
    start: String,
    end: String,
    clocks: Option<String>,
    place: String,
    delegates: Vec<(String, Vec<String>)>,
    lacks: Vec<String>,
    taken: Option<String>,
}

/// A proposal's form.
struct Line {
    id: u32,
    choices: Options,
    becomes: Options,
    nature: String,
    tone: &'static str,
    strength: Option<String>,
    verb: String,
    sentence: String,
    title: String,
    text: String,
    strands: Vec<(&'static str, String, bool)>,
    sectors: Options,
    parties: Options,
    function: String,
    due: String,
    missing: Vec<String>,
    lacks: Vec<String>,
    accepted: bool,
    /// The mark of its sentence in the text, where it has one.
    mark: Option<u32>,
    taken: Option<String>,
}

async fn show(call: Call) -> Answer {
    let p = call.page.clone();
    let channel = super::channel(&call)?;
    let key: String = call.part(1)?;
    let (reading, version) = call
        .desk
        .node
        .reading(call.actor()?, &channel, &key)
        .await?;
    let speaks = call.actor()?.speaks();
    let shown = super::look(&call, |room| {
        Ok(shown(&p, room, &key, (&reading, version), speaks))
    })
    .await?;
    page(&shown)
}

fn shown(
    p: &Page,
    room: &GroupRoom,
    key: &str,
    (reading, version): (&Reading, u64),
    speaks: bool,
) -> Shows {
    let channel = room.channel();
    let lang = reading.lang.unwrap_or(p.lang);
    let marks = marks(reading);
    let of = |natures: &[&str]| {
        let wanted = |one: &&Proposal| natures.contains(&one.nature.as_str());
        let all = reading.proposals.iter().filter(wanted);
        all.map(|one| row(p, room, one, marks.get(one.sentence.as_str()).copied()))
            .collect::<Vec<_>>()
    };
    let read = |block: &&ReadBlock| block.left_out.is_none();
    let left = reading.blocks.iter().filter_map(|block| {
        let why = block.left_out.as_deref()?;
        Some((visible(&block.text), p.word("meet-left", why)))
    });
    Shows {
        tabs: tabs(p, channel, "-"),
        place: format!("/group/{channel}/readings/{key}"),
        version,
        title: visible(&reading.title),
        tag: words::tag(lang),
        dir: dir(lang),
        speaks,
        warnings: reading
            .warnings
            .iter()
            .map(|code| p.word("meet-warning", code.replace('_', "-")))
            .collect(),
        more: reading.more,
        blocks: reading.blocks.iter().filter(read).map(pieces).collect(),
        left_out: left.collect(),
        meeting: meeting(p, room, &reading.meeting),
        topics: of(&["topic"]),
        candidates: of(&["decision", "commitment"]),
        remarks: of(&["statement", "information"]),
        p: p.clone(),
    }
}

/// The text between marks, and the marked sentences.
fn pieces(block: &ReadBlock) -> Block {
    let mut pieces = Vec::new();
    let mut at = 0;
    for (start, end, id) in &block.marks {
        let between = block.text.get(at..*start);
        let (Some(before), Some(marked)) = (between, block.text.get(*start..*end)) else {
            continue;
        };
        pieces.push((visible(before), None));
        pieces.push((visible(marked), Some(*id)));
        at = *end;
    }
    pieces.push((visible(block.text.get(at..).unwrap_or_default()), None));
    pieces.retain(|(text, _)| !text.is_empty());
    Block {
        heading: block.heading,
        pieces,
    }
}

fn meeting(p: &Page, room: &GroupRoom, meeting: &ReadMeeting) -> Meeting {
    let kind = |kind: &MeetingKind| {
        let word = p.word("group-meeting", kind);
        (kind.to_string(), word, Some(*kind) == meeting.kind)
    };
    // What the text gives is a day; office hours are where a person starts from.
    let hour = |time: Option<_>, hour: &str| match (time, meeting.day) {
        (Some(time), _) => meet::typed(p, time),
        (None, Some(day)) => format!("{day}T{hour}"),
        (None, None) => String::new(),
    };
    let mut delegates: Vec<(String, Vec<String>)> = Vec::new();
    for (party, function) in &meeting.delegates {
        let name = party
            .as_ref()
            .map_or_else(|| p.t("meet-party-unknown"), |party| p.name_of(party));
        let function = visible(function);
        match delegates.iter_mut().find(|(held, _)| *held == name) {
            Some((_, functions)) => functions.push(function),
            None => delegates.push((name, vec![function])),
        }
    }
    Meeting {
        choices: choices(p, meeting.choice),
        title: meeting.title.clone(),
        kinds: MeetingKind::ALL.iter().map(kind).collect(),
        day: meeting.day.map(|day| p.day(day)),
        start: hour(meeting.start, "09:00"),
        end: hour(meeting.end, "17:00"),
        clocks: meeting.start.map(|start| both_clocks(p, start)),
        place: meeting.place.clone(),
        delegates,
        lacks: lacks(p, meeting.choice, &meeting.lacks()),
        taken: meeting.taken.as_ref().map(|id| href(room.channel(), id)),
    }
}

fn choices(p: &Page, chosen: Choice) -> Options {
    let one = |(choice, word): (Choice, &str)| {
        (
            word.to_owned(),
            p.word("meet-choice", word),
            choice == chosen,
        )
    };
    [
        (Choice::Open, "open"),
        (Choice::Accept, "accept"),
        (Choice::Drop, "drop"),
    ]
    .map(one)
    .into()
}

/// What an accepted one still lacks.
fn lacks(p: &Page, choice: Choice, lacks: &[&str]) -> Vec<String> {
    match choice {
        Choice::Accept => lacks
            .iter()
            .map(|what| p.word("meet-lacks", what))
            .collect(),
        _ => Vec::new(),
    }
}

/// Marks by the sentence: of several proposals from one sentence, the first has the mark.
fn marks(reading: &Reading) -> BTreeMap<&str, u32> {
    let by_id: BTreeMap<u32, &str> = reading
        .proposals
        .iter()
        .map(|one| (one.id, one.sentence.as_str()))
        .collect();
    let read = reading
        .blocks
        .iter()
        .filter(|block| block.left_out.is_none());
    let shown = read
        .flat_map(|block| pieces(block).pieces)
        .filter_map(|(_, id)| id);
    shown
        .filter_map(|id| Some((*by_id.get(&id)?, id)))
        .collect()
}

fn row(p: &Page, room: &GroupRoom, one: &Proposal, mark: Option<u32>) -> Line {
    let becomes = |(becomes, word): (Becomes, &str)| {
        (
            word.to_owned(),
            p.word("group-kind", word),
            becomes == one.becomes,
        )
    };
    Line {
        id: one.id,
        choices: choices(p, one.choice),
        becomes: BECOMES.map(becomes).into(),
        nature: p.word("meet-nature", &one.nature),
        tone: match one.nature.as_str() {
            "decision" | "commitment" => "good",
            _ => "calm",
        },
        strength: (!one.strength.is_empty()).then(|| p.word("meet-strength", &one.strength)),
        verb: visible(&one.verb),
        sentence: visible(&one.sentence),
        title: one.title.clone(),
        text: one.text.clone(),
        strands: strands(p, one.strand),
        sectors: meet::sectors(p, one.sector),
        parties: meet::parties(p, room, one.responsible.as_ref()),
        function: one.function.clone(),
        due: one.due.map_or_else(String::new, |due| due.to_string()),
        missing: one
            .missing
            .iter()
            .map(|what| p.word("meet-missing", what))
            .collect(),
        lacks: lacks(p, one.choice, &one.lacks()),
        accepted: one.choice == Choice::Accept,
        mark,
        taken: one
            .taken
            .as_ref()
            .map(|id: &ObjectRef| href(room.channel(), id)),
    }
}

pub(crate) const BECOMES: [(Becomes, &str); 3] = [
    (Becomes::Topic, "topic"),
    (Becomes::Decision, "decision"),
    (Becomes::Commitment, "commitment"),
];

/// Keeps what was edited; where it is asked, proposes what was accepted and is complete.
async fn save(call: Call) -> Answer {
    if call.field("act") == "discard" {
        return discard(&call).await;
    }
    let channel = super::channel(&call)?;
    let key: String = call.part(1)?;
    let version: u64 = call.given("version")?;
    let (actor, node) = (call.actor()?, &call.desk.node);
    let (reading, _) = node.reading(actor, &channel, &key).await?;
    let edited = super::readings_form::edited(&call, &reading)?;
    let version = node
        .edit_reading(actor, &channel, (&key, version), &edited)
        .await?;
    let done = match call.field("act") {
        "propose" => {
            let zones = meet::zones(&call.page);
            let said = node
                .propose_reading(actor, &channel, (&key, version), zones)
                .await?;
            if said > 0 {
                "meet-proposed"
            } else {
                "meet-nothing-ready"
            }
        }
        _ => "meet-kept",
    };
    go(&format!("/group/{channel}/readings/{key}?done={done}"))
}

async fn discard(call: &Call) -> Answer {
    let channel = super::channel(call)?;
    let key: String = call.part(1)?;
    let of = (key.as_str(), call.given("version")?);
    let node = &call.desk.node;
    node.discard_reading(call.actor()?, &channel, of).await?;
    go(&format!("/group/{channel}/readings?done=meet-discarded"))
}

#[cfg(test)]
#[path = "../samples/group/readings.rs"]
pub(crate) mod samples;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_cut_the_text_where_they_are_and_wrong_ones_do_nothing() {
        let block = ReadBlock {
            heading: false,
            text: "Été. Ils ont convenu. Fin.".to_owned(),
            left_out: None,
            marks: vec![(7, 23, 4), (1, 2, 5), (900, 901, 6)],
        };
        let cut = pieces(&block);
        let marked: Vec<_> = cut.pieces.iter().filter(|(_, id)| id.is_some()).collect();
        assert_eq!(marked.len(), 1);
        assert_eq!(
            cut.pieces
                .iter()
                .map(|(text, _)| text.as_str())
                .collect::<String>(),
            block.text
        );
    }
}
