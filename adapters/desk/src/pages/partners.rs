//! Partners and agreements: who is who, what was signed, what was delivered.

use askama::Template;
use passerelle_model::{AgreementHash, Recipient};
use passerelle_service::view::{
    AgreementView, CardView, ChannelView, HeadView, PartnerView, Watched,
};
use passerelle_service::{PolicyLine, PolicyView, Room};

use super::alarms;
use crate::answer::{Answer, Fault, page};
use crate::frame::{Page, visible};
use crate::guard::Call;
use crate::words;

#[derive(Template)]
#[template(path = "partners.html")]
struct Partners {
    p: Page,
    own: Vec<(String, String)>,
    partners: Vec<Partner>,
    agreements: Vec<Agreement>,
    alarms: Vec<Alarm>,
    /// Whether this person sees statistics.
    statistics: bool,
}

struct Partner {
    name: String,
    id: String,
    country: String,
    since: String,
    halted: bool,
    contact: Option<String>,
    error: Option<String>,
    next: Option<String>,
    number: u64,
    valid: String,
    fingerprint: String,
    words: String,
    units: Vec<String>,
    channels: Vec<Channel>,
    heads: Vec<Head>,
    policy: Option<Policy>,
    policy_refused: Option<String>,
}

struct Channel {
    name: String,
    sent: u64,
    receipted: u64,
    waiting: u64,
    refused: u64,
    received: u64,
    complete: bool,
}

struct Head {
    of: String,
    channel: Option<String>,
    size: u64,
    time: Option<String>,
    clock: String,
    root: String,
}

struct Policy {
    issued: String,
    lines: Vec<PolicyRow>,
}

struct PolicyRow {
    unit: String,
    class: String,
    roles: String,
    people: u32,
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
    title: String,
    party: String,
    time: String,
    href: String,
}

pub(crate) async fn list(call: Call) -> Answer {
    let p = call.page.clone();
    let node = &call.desk.node;
    let partners = node.partners().await?;
    let agreements = node.agreements().await?;
    let alarms = node.alarms().await?;
    let card = node.card();
    let own = spoken(&p, &card.spoken);
    let rooms = passerelle_service::rooms(call.actor()?);
    let shown = Partners {
        own: vec![
            (p.t("partner-fingerprint"), card.fingerprint_digits()),
            (p.t("partner-words"), own),
        ],
        partners: partners
            .iter()
            .map(|view| partner(&p, &agreements, view))
            .collect(),
        agreements: agreements.iter().map(|view| short(&p, view)).collect(),
        alarms: alarms
            .into_iter()
            .map(|alarm| Alarm {
                title: alarms::title(&p, &alarm.code),
                party: p.name_of(&alarm.party),
                time: p.at(&alarm.time),
                href: format!("/partners/{}/alarm/{}", alarm.party, alarm.id),
            })
            .collect(),
        statistics: rooms.contains(&Room::Cases),
        p,
    };
    page(&shown)
}

fn spoken(p: &Page, all: &[(String, String)]) -> String {
    let lang = p.lang.to_string();
    let found = all.iter().find(|(how, _)| *how == lang);
    found.map_or_else(String::new, |(_, words)| words.clone())
}

fn partner(p: &Page, agreements: &[AgreementView], view: &PartnerView) -> Partner {
    let (card, link) = (&view.card, &view.link);
    Partner {
        name: card.names.in_lang(p.lang).to_string(),
        id: card.party.to_string(),
        country: card.country.clone(),
        since: p.at(&view.since),
        halted: view.halted,
        contact: link.last_contact.map(|time| p.at(&time)),
        error: link.last_error.clone(),
        next: link.next_attempt.map(|time| p.at(&time)),
        number: card.number,
        valid: p.at(&card.expires),
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
            .map(|view| channel(p, agreements, view))
            .collect(),
        heads: view.heads.iter().map(|view| head(p, view)).collect(),
        policy: view.policy.as_ref().map(|view| policy(p, view)),
        policy_refused: link.policy_refused.clone(),
    }
}

/// A channel by the title of its agreement.
fn channel(p: &Page, agreements: &[AgreementView], view: &ChannelView) -> Channel {
    let titled = agreements
        .iter()
        .find(|held| held.in_force && held.terms.id == view.channel);
    Channel {
        name: titled.map_or_else(
            || view.channel.to_string(),
            |held| held.terms.title.in_lang(p.lang).to_string(),
        ),
        sent: view.sent,
        receipted: view.receipted,
        waiting: view.waiting,
        refused: view.refused,
        received: view.received,
        complete: view.complete,
    }
}

fn head(p: &Page, view: &HeadView) -> Head {
    let of = match view.of {
        Watched::OurJournal => "head-our-journal",
        Watched::TheirJournal => "head-their-journal",
        Watched::OurRegister => "head-our-register",
        Watched::TheirRegister => "head-their-register",
    };
    Head {
        of: p.t(of),
        channel: view.channel.as_ref().map(ToString::to_string),
        size: view.size,
        time: view.time.map(|time| p.at(&time)),
        clock: p.name_of(&view.clock),
        root: view.root.clone(),
    }
}

fn policy(p: &Page, view: &PolicyView) -> Policy {
    let number = view.number.to_string();
    let at = p.at(&view.issued);
    let issued = words::say(
        p.lang,
        "policy-issued",
        &[("number", &number), ("time", &at)],
    );
    let row = |line: &PolicyLine| {
        let roles: Vec<String> = line.roles.iter().map(|role| p.word("role", role)).collect();
        let class = line.class_names.as_ref();
        PolicyRow {
            unit: line.unit_names.in_lang(p.lang).to_string(),
            class: class.map_or_else(
                || line.class.to_string(),
                |names| names.in_lang(p.lang).to_string(),
            ),
            roles: roles.join(" · "),
            people: line.people,
        }
    };
    Policy {
        issued,
        lines: view.lines.iter().map(row).collect(),
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

/// Hours as people say them: 168 hours are seven days.
fn hours(p: &Page, hours: u32) -> String {
    match hours {
        48.. if hours.is_multiple_of(24) => days(p, hours / 24),
        _ => p.tn("count-hours", hours),
    }
}

/// Days as people say them: 3650 days are ten years.
fn days(p: &Page, days: u32) -> String {
    match days {
        365.. if days.is_multiple_of(365) => p.tn("count-years", days / 365),
        _ => p.tn("count-days", days),
    }
}

#[derive(Template)]
#[template(path = "agreement.html")]
struct Terms {
    p: Page,
    a: Agreement,
    side: String,
    from: String,
    until: Option<String>,
    purposes: Vec<(String, Vec<String>)>,
    classes: Vec<(String, Vec<String>)>,
    offences: Vec<String>,
    caveats: Vec<(String, bool)>,
    deadlines: [(String, String); 3],
    review: String,
    erasure: String,
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
    let mut cards = vec![call.desk.node.card()];
    let partners = call.desk.node.partners().await?;
    cards.extend(partners.into_iter().map(|partner| partner.card));
    page(&terms(p, view, &cards))
}

/// A unit as the card of its party names it.
fn unit(p: &Page, cards: &[CardView], recipient: &Recipient) -> String {
    let card = cards.iter().find(|card| card.party == recipient.party);
    let held = card.and_then(|card| {
        let mut units = card.units.iter();
        units.find(|(unit, _)| *unit == recipient.unit.as_str())
    });
    match held {
        Some((_, names)) => format!(
            "{} — {}",
            p.name_of(&recipient.party),
            names.in_lang(p.lang)
        ),
        None => recipient.to_string(),
    }
}

fn terms(p: Page, view: &AgreementView, cards: &[CardView]) -> Terms {
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
        side: p.word("side", terms.side),
        from: p.day(terms.in_force_from),
        until: terms.in_force_until.map(|day| p.day(day)),
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
                    class
                        .recipients
                        .iter()
                        .map(|recipient| unit(&p, cards, recipient))
                        .collect(),
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
            (
                p.t("urgency-urgent"),
                hours(&p, terms.deadlines.urgent_hours),
            ),
            (
                p.t("urgency-priority"),
                hours(&p, terms.deadlines.priority_hours),
            ),
            (
                p.t("urgency-normal"),
                hours(&p, terms.deadlines.normal_hours),
            ),
        ],
        review: days(&p, terms.retention.review_days),
        erasure: days(&p, terms.retention.erasure_days),
        changes: view
            .changes
            .iter()
            .map(|change| {
                (
                    change.path.clone(),
                    visible(change.before.as_deref().unwrap_or_default()),
                    visible(change.after.as_deref().unwrap_or_default()),
                )
            })
            .collect(),
        text: visible(&view.text),
        p,
    }
}

#[cfg(test)]
#[path = "samples/partners.rs"]
pub(crate) mod samples;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::samples::page as framed;
    use passerelle_model::Lang;

    #[test]
    fn spans_are_said_as_people_say_them() {
        let p = framed(Lang::Fr);
        assert_eq!(hours(&p, 24), "24 heures");
        assert_eq!(hours(&p, 168), "7 jours");
        assert_eq!(days(&p, 3650), "10 ans");
        assert_eq!(days(&p, 400), "400 jours");
        assert_eq!(days(&framed(Lang::Ar), 10_950), "30 سنة");
    }
}
