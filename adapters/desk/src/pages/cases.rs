//! Cases: the list, and one case as both sides tell it.

use std::collections::BTreeMap;

use askama::Template;
use passerelle_model::{Kind, Outlet, PartyId, Role, UtcTime};
use passerelle_service::view::{AgreementView, Delivery};
use passerelle_service::{CaseId, CasePlace, CaseRecord, CaseView, Need};

use super::beads::{self, BeadLine};
use super::facts::Facts;
use super::home::{escalation, tone};
use crate::answer::{Answer, page, rule_sentence};
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
    standing: Option<BeadLine>,
}

pub(crate) async fn list(call: Call) -> Answer {
    let p = call.page.clone();
    let actor = call.actor()?;
    let after = Some(call.asked("after")).filter(|after| !after.is_empty());
    let (lines, next) = call.desk.node.cases(actor, after, PAGE).await?;
    let rows = lines
        .into_iter()
        .map(|line| {
            let parties: Vec<String> = line
                .parties
                .iter()
                .map(|one| p.short_name_of(one))
                .collect();
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
                standing: line
                    .standing
                    .map(|held| BeadLine::of_delivery(&p, &held, None, None)),
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
    letter: Letter,
    due: Vec<Due>,
    named: Option<String>,
    writes: bool,
    /// Whether this person decides how long records are kept.
    keeps: bool,
    earlier: Option<usize>,
    later: Option<usize>,
    rows: Vec<Entry>,
    outlets: Vec<(&'static str, String)>,
    /// What can be reported of the use of a partner's record.
    uses: Vec<(&'static str, String)>,
}

/// What stands at the head of a case on paper.
struct Letter {
    from: String,
    to: String,
    reference: String,
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
    pub(crate) stands: Vec<Stand>,
    pub(crate) replies: Vec<(&'static str, String)>,
    /// Whether this person may report how it was used.
    pub(crate) reports: bool,
}

pub(crate) struct File {
    pub(crate) n: usize,
    pub(crate) name: String,
    pub(crate) size: String,
    pub(crate) ready: bool,
}

/// Where a record of ours stands with one partner.
pub(crate) struct Stand {
    pub(crate) party: String,
    pub(crate) partner: String,
    pub(crate) line: BeadLine,
    pub(crate) refused: Option<String>,
    pub(crate) receipted: Option<String>,
    pub(crate) erasure: Option<(&'static str, String)>,
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
    let agreements = call.desk.node.agreements().await?;
    let contacts = call.desk.node.last_contacts();
    let p = call.page_with_names().await?;
    let writes = actor.is(Role::Officer);
    let telling = Telling {
        p: &p,
        view: &view,
        agreements: &agreements,
        contacts: &contacts,
        writes,
        reports: writes || actor.is(Role::Approver),
    };
    let rows = view.records.iter().map(|one| telling.entry(one)).collect();
    let letter = letter(&p, &view);
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
            let names: Vec<String> = named.iter().map(|one| p.person(one)).collect();
            names.join(" · ")
        }),
        letter,
        due,
        writes,
        keeps: writes || actor.is(Role::Approver),
        earlier: view.earlier,
        later: view.later,
        rows,
        outlets: outlets(&p),
        uses: super::uses::reports(&p),
        p,
    })
}

/// Where a copy of a partner's file may be said to go.
fn outlets(p: &Page) -> Vec<(&'static str, String)> {
    let word = |outlet: &Outlet| (outlet.as_str(), p.word("outlet", outlet));
    Outlet::ALL.iter().map(word).collect()
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

/// Both parties and the reference, for paper.
fn letter(p: &Page, view: &CaseView) -> Letter {
    let parties: Vec<String> = view.line.parties.iter().map(|one| p.name_of(one)).collect();
    Letter {
        from: p.party.clone(),
        to: parties.join(" · "),
        reference: view.line.id.to_string(),
    }
}

/// What a record of a case is told with.
struct Telling<'a> {
    p: &'a Page,
    view: &'a CaseView,
    agreements: &'a [AgreementView],
    contacts: &'a BTreeMap<PartyId, UtcTime>,
    writes: bool,
    /// Whether this person reports uses.
    reports: bool,
}

impl Telling<'_> {
    fn entry(&self, record: &CaseRecord) -> Entry {
        let p = self.p;
        let mut entry = bare(p, record);
        match &record.content {
            Err(code) => {
                entry.closed = Some(rule_sentence(p, code).unwrap_or_else(|| code.clone()));
            }
            Ok(content) => {
                open(&mut entry, content);
                entry.reports = !entry.ours && self.reports;
                entry.facts = self.facts().of(&content.record);
            }
        }
        entry.conditions = record.conditions.as_ref().map(|markings| {
            let mut conditions = vec![p.word("handling", markings.handling)];
            conditions.extend(
                markings
                    .caveats
                    .iter()
                    .map(|code| self.facts().caveat(code)),
            );
            conditions
        });
        if record.ours {
            let deliveries = record.deliveries.iter();
            entry.stands = deliveries.map(|one| self.stand(record, one)).collect();
        }
        if self.writes && record.content.is_ok() && !record.recalled {
            entry.replies = replies(p, record);
        }
        entry
    }

    fn facts(&self) -> Facts<'_> {
        Facts {
            p: self.p,
            agreements: self.agreements,
        }
    }

    fn stand(&self, record: &CaseRecord, delivery: &Delivery) -> Stand {
        let p = self.p;
        let asks = record.kind == Kind::Request;
        let contact = self.contacts.get(&delivery.party).copied();
        let answered = asks.then(|| self.answered(record, &delivery.party));
        let party = p.name_of(&delivery.party);
        Stand {
            line: BeadLine::of_delivery(p, delivery, Some(record.time), answered),
            refused: beads::refused(p, delivery),
            receipted: delivery.receipted.map(|time| {
                let said = [("what", party.as_str()), ("time", &p.at(&time))];
                crate::words::say(p.lang, "proof-held", &said)
            }),
            erasure: beads::erasure(p, delivery, contact),
            partner: delivery.party.to_string(),
            party,
        }
    }

    /// When a partner answered one of our requests, or refused to.
    fn answered(&self, asked: &CaseRecord, by: &PartyId) -> Option<UtcTime> {
        let answers = self.view.answers.iter().filter(|(party, _)| party == by);
        let times = answers.map(|(_, time)| *time);
        times.filter(|time| *time >= asked.time).min()
    }
}

/// A record as it stands without its content.
fn bare(p: &Page, record: &CaseRecord) -> Entry {
    let place = format!("/records/{}/{}", record.party, record.record);
    Entry {
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
        stands: Vec::new(),
        replies: Vec::new(),
        reports: false,
    }
}

fn open(entry: &mut Entry, content: &passerelle_service::CaseContent) {
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

pub(crate) fn size(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes} B"),
        1024..1_048_576 => format!("{} KiB", bytes / 1024),
        _ => format!("{} MiB", bytes / 1_048_576),
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

#[cfg(test)]
#[path = "samples/cases.rs"]
pub(crate) mod samples;

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
