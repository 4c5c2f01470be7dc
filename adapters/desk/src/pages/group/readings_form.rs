//! What a person made of a reading, from the form that shows it.

use http::StatusCode;
use passerelle_model::tidy;
use passerelle_service::{Choice, Edited, Proposal, ReadMeeting, Reading};

use super::meet;
use super::object::optional;
use super::readings::BECOMES;
use crate::answer::Fault;
use crate::guard::Call;

pub(crate) fn edited(call: &Call, reading: &Reading) -> Result<Edited, Fault> {
    let typed = |name: &str| tidy(call.field(name).trim());
    let meeting = ReadMeeting {
        choice: choice(call.field("meeting-choice")),
        title: typed("meeting-title"),
        kind: optional(call, "meeting-kind")?,
        start: meet::moment(call, "meeting-start")?,
        end: meet::moment(call, "meeting-end")?,
        place: typed("meeting-place"),
        ..ReadMeeting::default()
    };
    let meeting = match call.field("meeting-choice") {
        // Not in the form: it was taken, or its form was not sent.
        "" => reading.meeting.clone(),
        _ => ends(meeting)?,
    };
    let proposals = reading.proposals.iter().map(|one| proposal(call, one));
    let proposals: Result<Vec<Proposal>, Fault> = proposals.collect();
    Ok(Edited {
        meeting,
        proposals: proposals?,
    })
}

fn ends(meeting: ReadMeeting) -> Result<ReadMeeting, Fault> {
    match (meeting.start, meeting.end) {
        (Some(start), Some(end)) if start >= end => Err(Fault::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "E_MEETING_ENDS",
        )),
        _ => Ok(meeting),
    }
}

fn choice(word: &str) -> Choice {
    match word {
        "accept" => Choice::Accept,
        "drop" => Choice::Drop,
        _ => Choice::Open,
    }
}

/// A proposal with what the form says of it; unchanged where the form does not name it.
fn proposal(call: &Call, one: &Proposal) -> Result<Proposal, Fault> {
    let name = |field: &str| format!("{field}-{}", one.id);
    let typed = |field: &str| tidy(call.field(&name(field)).trim());
    let chosen = call.field(&name("choice"));
    if chosen.is_empty() {
        return Ok(one.clone());
    }
    let word = call.field(&name("becomes"));
    let becomes = BECOMES.iter().find(|(_, held)| *held == word);
    Ok(Proposal {
        choice: choice(chosen),
        becomes: becomes.map_or(one.becomes, |(becomes, _)| *becomes),
        title: typed("title"),
        text: typed("text"),
        strand: optional(call, &name("strand"))?,
        sector: optional(call, &name("sector"))?,
        responsible: optional(call, &name("responsible"))?,
        function: typed("function"),
        due: optional(call, &name("due"))?,
        ..one.clone()
    })
}
