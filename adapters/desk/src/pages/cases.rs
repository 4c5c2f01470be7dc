//! Cases: the list, and one case as both sides tell it.

use askama::Template;
use passerelle_model::{Kind, Role};
use passerelle_service::view::{Delivery, Standing};
use passerelle_service::{CaseId, CasePlace, CaseRecord, CaseView, Need};

use super::home::{escalation, tone};
use crate::answer::{Answer, go, page, rule_sentence};
use crate::frame::{ClockWords, Page, visible};
use crate::guard::Call;

/// Lines of one page.
const PAGE: usize = 30;

#[derive(Template)]
#[template(path = "cases.html")]
struct Cases {
    p: Page,
    writes: bool,
    rows: Vec<Row>,
    next: Option<String>,
}

struct Row {
    href: String,
    subject: String,
    stage: String,
    stage_tone: &'static str,
    urgency: Option<(String, &'static str)>,
    parties: String,
    records: String,
    changed: String,
    ours: bool,
}

pub(crate) async fn list(call: Call) -> Answer {
    let p = call.page.clone();
    let actor = call.actor()?;
    let after = Some(call.asked("after")).filter(|after| !after.is_empty());
    let (lines, next) = call.desk.node.cases(actor, after, PAGE).await?;
    let rows = lines
        .into_iter()
        .map(|line| {
            let parties: Vec<String> = line.parties.iter().map(|one| p.name_of(one)).collect();
            Row {
                href: format!("/cases/{}", line.id),
                subject: line
                    .subject
                    .map_or_else(|| p.t("no-subject"), |text| visible(&text)),
                stage: p.word("stage", word(&line.stage)),
                stage_tone: stage_tone(&word(&line.stage)),
                urgency: line
                    .urgency
                    .map(|urgency| (p.word("urgency", urgency), tone(urgency.as_str()))),
                parties: parties.join(" · "),
                records: p.tn("count-records", line.records),
                changed: p.at(&line.changed),
                ours: line.ours_to_do,
            }
        })
        .collect();
    let next = next.map(|next| {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("after", &next);
        query.finish()
    });
    page(&Cases {
        writes: actor.is(Role::Officer),
        rows,
        next,
        p,
    })
}

/// The word of an enumeration as it stands in messages.
fn word(value: &impl std::fmt::Debug) -> String {
    let name = format!("{value:?}");
    let mut out = String::new();
    for (at, letter) in name.chars().enumerate() {
        if letter.is_uppercase() && at > 0 {
            out.push('-');
        }
        out.extend(letter.to_lowercase());
    }
    out
}

fn stage_tone(stage: &str) -> &'static str {
    match stage {
        "asked" | "told" | "partly-answered" => "soon",
        "clarification" => "late",
        "refused" | "recalled" => "stop",
        "answered" | "closed" => "good",
        _ => "calm",
    }
}

#[derive(Template)]
#[template(path = "case.html")]
struct Case {
    p: Page,
    id: String,
    subject: String,
    stage: String,
    stage_tone: &'static str,
    channel: String,
    due: Vec<Due>,
    named: Option<String>,
    writes: bool,
    earlier: Option<usize>,
    later: Option<usize>,
    rows: Vec<Entry>,
}

struct Due {
    ours: bool,
    words: String,
    clock: Option<ClockWords>,
}

pub(crate) struct Entry {
    pub(crate) id: String,
    pub(crate) place: String,
    pub(crate) from: String,
    pub(crate) ours: bool,
    pub(crate) party: String,
    pub(crate) kind: String,
    pub(crate) time: String,
    pub(crate) machine: String,
    pub(crate) author: String,
    pub(crate) subject: String,
    pub(crate) text: String,
    pub(crate) lang: &'static str,
    pub(crate) tlp: String,
    pub(crate) tlp_class: String,
    pub(crate) marks: Vec<String>,
    pub(crate) facts: Vec<(String, String)>,
    pub(crate) files: Vec<File>,
    pub(crate) closed: Option<String>,
    pub(crate) conditions: Option<Vec<String>>,
    pub(crate) recalled: bool,
    pub(crate) restricted: bool,
    pub(crate) beads: Vec<Beads>,
    pub(crate) replies: Vec<(&'static str, String)>,
}

pub(crate) struct File {
    n: usize,
    name: String,
    size: String,
    ready: bool,
}

pub(crate) struct Beads {
    party: String,
    partner: String,
    beads: Vec<Bead>,
    refused: Option<String>,
    receipted: Option<String>,
    erased: Option<String>,
}

struct Bead {
    word: String,
    state: &'static str,
    icon: &'static str,
}

/// Which page of a case is asked for: the one before a position, the one of a record, else the
/// newest.
fn place(call: &Call) -> CasePlace {
    let before = call.asked("before").parse().map(CasePlace::Before);
    let at = |_| call.asked("at").parse().map(CasePlace::At);
    before.or_else(at).unwrap_or(CasePlace::Newest)
}

pub(crate) async fn show(call: Call) -> Answer {
    let id: CaseId = call.part(0)?;
    let actor = call.actor()?;
    let view = call.desk.node.case(actor, &id, place(&call)).await?;
    let terms = call.desk.node.agreements().await?;
    let p = call.page.clone();
    let writes = actor.is(Role::Officer);
    let caveats = |code: &passerelle_model::Code| {
        let held = terms
            .iter()
            .flat_map(|agreement| &agreement.terms.caveat)
            .find(|caveat| caveat.code == *code);
        held.map_or_else(
            || code.to_string(),
            |caveat| caveat.text.in_lang(p.lang).to_string(),
        )
    };
    let rows = view
        .records
        .iter()
        .map(|record| entry(&p, record, writes, &caveats))
        .collect();
    let due = due(&p, &view);
    let stage = word(&view.line.stage);
    page(&Case {
        id: id.to_string(),
        subject: view
            .line
            .subject
            .as_deref()
            .map_or_else(|| p.t("no-subject"), visible),
        stage: p.word("stage", &stage),
        stage_tone: stage_tone(&stage),
        channel: view.channel.to_string(),
        named: view.named.map(|named| {
            let names: Vec<String> = named.iter().map(ToString::to_string).collect();
            names.join(" ")
        }),
        due,
        writes,
        earlier: view.earlier,
        later: view.later,
        rows,
        p,
    })
}

fn due(p: &Page, view: &CaseView) -> Vec<Due> {
    view.due
        .iter()
        .map(|due| {
            let need = match due.need {
                Need::Answer => "answer",
                Need::Clarification => "clarification",
                Need::Acknowledgement => "acknowledgement",
            };
            let words = match due.ours {
                true => p.t(&format!("due-ours-{need}")),
                false => p.ta(&format!("due-theirs-{need}"), &p.name_of(&due.on)),
            };
            Due {
                ours: due.ours,
                words,
                clock: due
                    .clock
                    .map(|clock| p.clock(clock.due, escalation(clock.escalation))),
            }
        })
        .collect()
}

fn entry(
    p: &Page,
    record: &CaseRecord,
    writes: bool,
    caveat: &impl Fn(&passerelle_model::Code) -> String,
) -> Entry {
    let place = format!("/records/{}/{}", record.party, record.record);
    let mut entry = Entry {
        id: record.record.to_string(),
        place,
        from: record.party.to_string(),
        ours: record.ours,
        party: match record.ours {
            true => p.party.clone(),
            false => p.name_of(&record.party),
        },
        kind: p.word("kind", record.kind),
        time: p.at(&record.time),
        machine: p.machine(&record.time),
        author: String::new(),
        subject: String::new(),
        text: String::new(),
        lang: "und",
        tlp: String::new(),
        tlp_class: String::new(),
        marks: Vec::new(),
        facts: Vec::new(),
        files: Vec::new(),
        closed: None,
        conditions: None,
        recalled: record.recalled,
        restricted: record.restricted,
        beads: Vec::new(),
        replies: Vec::new(),
    };
    match &record.content {
        Err(code) => entry.closed = Some(rule_sentence(p, code).unwrap_or_else(|| code.clone())),
        Ok(content) => open(p, &mut entry, content),
    }
    entry.conditions = record.conditions.as_ref().map(|markings| {
        let mut conditions = vec![p.word("handling", markings.handling)];
        conditions.extend(markings.caveats.iter().map(caveat));
        conditions
    });
    if record.ours {
        entry.beads = record.deliveries.iter().map(|one| beads(p, one)).collect();
    }
    if writes && record.content.is_ok() && !record.recalled {
        entry.replies = replies(p, record);
    }
    entry
}

fn open(p: &Page, entry: &mut Entry, content: &passerelle_service::CaseContent) {
    let record = &content.record;
    let (function, unit) = content.author();
    entry.author = format!("{function} · {unit}");
    entry.subject = visible(record.subject.as_str());
    entry.text = record
        .text
        .as_ref()
        .map_or_else(String::new, |text| visible(text.as_str()));
    entry.lang = crate::words::tag(record.lang);
    let tlp = record.markings.tlp.as_str().to_uppercase();
    entry.tlp_class = format!("tlp-{}", record.markings.tlp.as_str().replace('+', "-"));
    entry.tlp = format!("TLP:{tlp}");
    entry.marks = vec![
        format!("PAP:{}", record.markings.pap.as_str().to_uppercase()),
        record.markings.handling.as_str().to_uppercase(),
        record.evaluation.to_string(),
    ];
    entry.facts = facts(p, record);
    entry.files = record
        .attachments
        .iter()
        .zip(&content.files)
        .enumerate()
        .map(|(n, (file, state))| File {
            n,
            name: visible(file.name.as_str()),
            size: size(file.bytes),
            ready: state.complete,
        })
        .collect();
}

/// What the law asks to be said, in the order of the form.
fn facts(p: &Page, record: &passerelle_model::Record) -> Vec<(String, String)> {
    let mut facts = vec![
        (p.t("field-purpose"), record.purpose.to_string()),
        (p.t("field-basis"), record.basis.to_string()),
        (p.t("field-erasure"), record.erasure.to_string()),
    ];
    if let Some(urgency) = record.urgency {
        facts.push((p.t("field-urgency"), p.word("urgency", urgency)));
    }
    if let Some(reason) = record.reason {
        facts.push((p.t("field-reason"), p.word("reason", reason)));
    }
    if let Some(asking) = &record.asking {
        facts.push((
            p.t("field-held-because"),
            visible(asking.held_because.as_str()),
        ));
        let more = [
            ("field-link", &asking.link),
            ("field-urgency-reason", &asking.urgency_reason),
            ("field-limits", &asking.limits),
        ];
        for (key, reason) in more {
            if let Some(reason) = reason {
                facts.push((p.t(key), visible(reason.as_str())));
            }
        }
    }
    if let Some(persons) = &record.particulars {
        let categories: Vec<String> = persons
            .categories
            .iter()
            .map(|category| p.word("category", category))
            .collect();
        facts.push((p.t("field-persons"), persons.persons.to_string()));
        facts.push((p.t("field-categories"), categories.join(" · ")));
        facts.push((p.t("field-nature"), p.word("nature", persons.nature)));
        facts.push((
            p.t("field-ground"),
            p.word("ground", persons.transfer.ground),
        ));
    }
    facts
}

fn size(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes} B"),
        1024..1_048_576 => format!("{} KiB", bytes / 1024),
        _ => format!("{} MiB", bytes / 1_048_576),
    }
}

/// Released · held · accepted · read; what went otherwise says so in its place.
fn beads(p: &Page, delivery: &Delivery) -> Beads {
    use Standing::{
        Accepted, Complete, Erased, ErasureRefused, Held, Read, Recalled, Refused, Released,
    };
    let reached = match delivery.standing {
        Released => 0,
        Held => 1,
        Accepted | Complete => 2,
        Read => 3,
        Refused => 1,
        Recalled | Erased | ErasureRefused => match delivery.receipted {
            Some(_) => 2,
            None => 0,
        },
    };
    let steps = ["released", "held", "accepted", "read"];
    let mut beads: Vec<Bead> = steps
        .iter()
        .enumerate()
        .map(|(at, word)| {
            let state = if at <= reached { "done" } else { "open" };
            Bead {
                word: p.word("bead", word),
                state,
                icon: if at <= reached { "●" } else { "○" },
            }
        })
        .collect();
    let last = match delivery.standing {
        Refused => Some(("refused", "stop", "✕")),
        Recalled => Some(("recalled", "wait", "↺")),
        Erased => Some(("erased", "gone", "■")),
        ErasureRefused => Some(("erasure-refused", "stop", "✕")),
        _ => None,
    };
    if let Some((word, state, icon)) = last {
        beads.truncate(reached + 1);
        beads.push(Bead {
            word: p.word("bead", word),
            state,
            icon,
        });
    }
    let party = p.name_of(&delivery.party);
    let stated = delivery.stated.map(|time| p.at(&time)).unwrap_or_default();
    Beads {
        partner: delivery.party.to_string(),
        refused: delivery
            .code
            .as_ref()
            .map(|code| rule_sentence(p, code).unwrap_or_else(|| code.clone())),
        receipted: delivery.receipted.map(|time| {
            let time = p.at(&time);
            crate::words::say(p.lang, "proof-held", &[("what", &party), ("time", &time)])
        }),
        erased: (delivery.standing == Erased).then(|| {
            crate::words::say(
                p.lang,
                "proof-erased",
                &[("what", &party), ("time", &stated)],
            )
        }),
        party,
        beads,
    }
}

/// What one can write about a record.
fn replies(p: &Page, record: &CaseRecord) -> Vec<(&'static str, String)> {
    let kinds: &[(&str, &str)] = match (record.ours, record.kind) {
        (true, Kind::Recall) => &[],
        (true, _) => &[
            ("correction", "write-correction"),
            ("recall", "write-recall"),
        ],
        (false, Kind::Request) => &[
            ("answer", "write-answer"),
            ("clarification", "write-clarification"),
            ("refusal", "write-refusal"),
        ],
        (false, Kind::Clarification) => &[("clarification", "write-explanation")],
        (false, Kind::Recall | Kind::Acknowledgement) => &[],
        (false, _) => &[
            ("acknowledgement", "write-acknowledgement"),
            ("request", "write-request"),
        ],
    };
    kinds.iter().map(|(kind, key)| (*kind, p.t(key))).collect()
}

/// Keeps a case to named persons, or opens it to its units again.
pub(crate) async fn readers(call: Call) -> Answer {
    let id: CaseId = call.part(0)?;
    let why = call.given("why")?;
    let names = call.field("named").trim();
    let named = match names.is_empty() {
        true => None,
        false => {
            let wrong =
                |_| crate::answer::Fault::new(http::StatusCode::BAD_REQUEST, "E_FIELD_INVALID");
            let parsed = names
                .split_whitespace()
                .map(|name| name.parse().map_err(wrong));
            Some(parsed.collect::<Result<_, _>>()?)
        }
    };
    let actor = call.actor()?;
    call.desk.node.name_readers(actor, &id, named, why).await?;
    go(&format!("/cases/{id}?done=readers-changed"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use passerelle_service::Stage;

    #[test]
    fn words_of_stages_are_those_of_the_messages() {
        assert_eq!(word(&Stage::PartlyAnswered), "partly-answered");
        assert_eq!(word(&Stage::Told), "told");
    }

    #[test]
    fn sizes_are_short() {
        assert_eq!(
            (size(10), size(2048), size(5 << 20)),
            ("10 B".into(), "2 KiB".into(), "5 MiB".into())
        );
    }
}
