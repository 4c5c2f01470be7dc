//! Partners and agreements: who is who, what was signed, what was delivered.

use askama::Template;
use passerelle_model::AgreementHash;
use passerelle_service::view::{AgreementView, PartnerView};

use crate::answer::{Answer, Fault, page};
use crate::frame::Page;
use crate::guard::Call;

#[derive(Template)]
#[template(path = "partners.html")]
struct Partners {
    p: Page,
    own: Vec<(String, String)>,
    partners: Vec<Partner>,
    agreements: Vec<Agreement>,
    alarms: Vec<Alarm>,
}

struct Partner {
    name: String,
    id: String,
    country: String,
    since: String,
    halted: bool,
    contact: Option<String>,
    fingerprint: String,
    words: String,
    units: Vec<String>,
    channels: Vec<Channel>,
}

struct Channel {
    name: String,
    sent: u64,
    receipted: u64,
    waiting: u64,
    received: u64,
    complete: bool,
}

struct Agreement {
    title: String,
    hash: String,
    short: String,
    revision: u32,
    in_force: bool,
    signed: Vec<(String, String)>,
    missing: Vec<String>,
}

struct Alarm {
    code: String,
    party: String,
    time: String,
    evidence: String,
}

pub(crate) async fn list(call: Call) -> Answer {
    let p = call.page.clone();
    let node = &call.desk.node;
    let partners = node.partners().await?;
    let agreements = node.agreements().await?;
    let alarms = node.alarms().await?;
    let card = node.card();
    let own = spoken(&p, &card.spoken);
    let shown = Partners {
        own: vec![
            (p.t("partner-fingerprint"), card.fingerprint_digits()),
            (p.t("partner-words"), own),
        ],
        partners: partners.iter().map(|view| partner(&p, view)).collect(),
        agreements: agreements.iter().map(|view| short(&p, view)).collect(),
        alarms: alarms
            .into_iter()
            .map(|alarm| Alarm {
                party: p.name_of(&alarm.party),
                time: p.at(&alarm.time),
                code: alarm.code,
                evidence: alarm.evidence,
            })
            .collect(),
        p,
    };
    page(&shown)
}

fn spoken(p: &Page, all: &[(String, String)]) -> String {
    let lang = p.lang.to_string();
    let found = all.iter().find(|(how, _)| *how == lang);
    found.map_or_else(String::new, |(_, words)| words.clone())
}

fn partner(p: &Page, view: &PartnerView) -> Partner {
    let card = &view.card;
    Partner {
        name: card.names.in_lang(p.lang).to_string(),
        id: card.party.to_string(),
        country: card.country.clone(),
        since: p.at(&view.since),
        halted: view.halted,
        contact: view.link.last_contact.map(|time| p.at(&time)),
        fingerprint: card.fingerprint_digits(),
        words: spoken(p, &card.spoken),
        units: card
            .units
            .iter()
            .filter(|(unit, _)| unit != passerelle_model::NODE_UNIT)
            .map(|(_, names)| names.in_lang(p.lang).to_string())
            .collect(),
        channels: view
            .channels
            .iter()
            .map(|channel| Channel {
                name: channel.channel.to_string(),
                sent: channel.sent,
                receipted: channel.receipted,
                waiting: channel.waiting,
                received: channel.received,
                complete: channel.complete,
            })
            .collect(),
    }
}

fn short(p: &Page, view: &AgreementView) -> Agreement {
    let hash = view.hash.to_string();
    Agreement {
        title: view.terms.title.in_lang(p.lang).to_string(),
        short: hash.chars().take(12).collect(),
        hash,
        revision: view.terms.revision,
        in_force: view.in_force,
        signed: view
            .signed
            .iter()
            .map(|(party, time)| (p.name_of(party), p.at(time)))
            .collect(),
        missing: view.missing.iter().map(|party| p.name_of(party)).collect(),
    }
}

#[derive(Template)]
#[template(path = "agreement.html")]
struct Terms {
    p: Page,
    a: Agreement,
    from: String,
    until: Option<String>,
    purposes: Vec<(String, Vec<String>)>,
    classes: Vec<(String, Vec<String>)>,
    offences: Vec<String>,
    caveats: Vec<(String, bool)>,
    deadlines: [(String, u32); 3],
    review_days: u32,
    erasure_days: u32,
    changes: Vec<(String, String, String)>,
    text: String,
}

pub(crate) async fn agreement(call: Call) -> Answer {
    let hash: AgreementHash = call.part(0)?;
    let p = call.page.clone();
    let agreements = call.desk.node.agreements().await?;
    let view = agreements
        .iter()
        .find(|view| view.hash == hash)
        .ok_or_else(Fault::absent)?;
    page(&terms(p, view))
}

fn terms(p: Page, view: &AgreementView) -> Terms {
    let terms = &view.terms;
    let basis = |code: &passerelle_model::Code| {
        let held = terms.basis.iter().find(|basis| basis.code == *code);
        held.map_or_else(
            || code.to_string(),
            |basis| basis.title.in_lang(p.lang).to_string(),
        )
    };
    Terms {
        a: short(&p, view),
        from: terms.in_force_from.to_string(),
        until: terms.in_force_until.map(|day| day.to_string()),
        purposes: terms
            .purpose
            .iter()
            .map(|purpose| {
                let name = purpose.name.in_lang(p.lang).to_string();
                (name, purpose.bases.iter().map(basis).collect())
            })
            .collect(),
        classes: terms
            .data_class
            .iter()
            .map(|class| {
                let name = class.name.in_lang(p.lang).to_string();
                (
                    name,
                    class.recipients.iter().map(ToString::to_string).collect(),
                )
            })
            .collect(),
        offences: terms
            .scope
            .offences
            .iter()
            .map(|code| p.code("offence", code))
            .collect(),
        caveats: terms
            .caveat
            .iter()
            .map(|caveat| (caveat.text.in_lang(p.lang).to_string(), caveat.always))
            .collect(),
        deadlines: [
            (p.t("urgency-urgent"), terms.deadlines.urgent_hours),
            (p.t("urgency-priority"), terms.deadlines.priority_hours),
            (p.t("urgency-normal"), terms.deadlines.normal_hours),
        ],
        review_days: terms.retention.review_days,
        erasure_days: terms.retention.erasure_days,
        changes: view
            .changes
            .iter()
            .map(|change| {
                (
                    change.path.clone(),
                    change.before.clone().unwrap_or_default(),
                    change.after.clone().unwrap_or_default(),
                )
            })
            .collect(),
        text: view.text.clone(),
        p,
    }
}
