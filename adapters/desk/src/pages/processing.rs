//! The register of processing, generated from the agreements in force.

use askama::Template;
use passerelle_model::Names;
use passerelle_service::{Named, OwnEntry, ProcessingEntry, ProcessingView};

use crate::answer::{Answer, page, rule_sentence};
use crate::frame::{Page, visible};
use crate::guard::Call;

#[derive(Template)]
#[template(path = "processing.html")]
struct Processing {
    p: Page,
    controller: String,
    file_reference: Option<String>,
    register_days: u32,
    entries: Vec<Entry>,
    own: Vec<Own>,
}

/// What the node processes for itself.
struct Own {
    title: String,
    what: String,
    held: Vec<String>,
    limits: Vec<String>,
}

struct Entry {
    title: String,
    channel: String,
    missing: Option<String>,
    facts: Vec<(String, Vec<String>)>,
}

pub(crate) async fn show(call: Call) -> Answer {
    let by = call.actor()?.by();
    let found = call.desk.node.processing_by(by).await?;
    page(&shown(call.page.clone(), &found))
}

fn shown(p: Page, found: &ProcessingView) -> Processing {
    Processing {
        controller: format!("{} ({})", name(&p, &found.names), found.country),
        file_reference: found
            .file_reference
            .as_ref()
            .map(|reference| visible(reference.as_str())),
        register_days: found.register_days,
        entries: found.entries.iter().map(|one| entry(&p, one)).collect(),
        own: found.own.iter().map(|one| own(&p, one)).collect(),
        p,
    }
}

fn own(p: &Page, entry: &OwnEntry) -> Own {
    let kind = entry.kind.as_str();
    let held = entry.held.iter();
    let limits = entry.limits.iter();
    Own {
        title: p.word("own", kind),
        what: p.word("own-what", kind),
        held: held
            .map(|one| p.tn(&format!("own-held-{}", one.what), one.count))
            .collect(),
        limits: limits
            .map(|one| p.tn(&format!("own-ends-{}", one.what), one.amount.unwrap_or(0)))
            .collect(),
    }
}

fn name(p: &Page, names: &Names) -> String {
    visible(names.in_lang(p.lang))
}

fn entry(p: &Page, entry: &ProcessingEntry) -> Entry {
    let named = |all: &[Named]| all.iter().map(|one| name(p, &one.names)).collect();
    let recipients = entry.recipients.iter().map(|one| {
        let party = one.names.as_ref().map(|names| name(p, names));
        let party = party.unwrap_or_else(|| one.recipient.party.to_string());
        let state = one.country.as_ref().map(|state| format!(" ({state})"));
        let unit = &one.recipient.unit;
        format!("{party} / {unit}{}", state.unwrap_or_default())
    });
    let third: Vec<String> = entry.third.iter().map(ToString::to_string).collect();
    let days = format!("{} · {}", entry.review_days, entry.erasure_days);
    let none = |list: Vec<String>, key| match list.is_empty() {
        true => vec![p.t(key)],
        false => list,
    };
    Entry {
        title: name(p, &entry.title),
        channel: format!("{} {}", entry.channel, entry.revision),
        missing: entry.missing.as_ref().map(|missing| {
            let sentence = rule_sentence(p, "E_PROCESSING_REGISTER").unwrap_or_default();
            format!("{sentence} · {}", p.ta("processing-missing", missing))
        }),
        facts: vec![
            (p.t("processing-purposes"), named(&entry.purposes)),
            (p.t("processing-bases"), named(&entry.bases)),
            (p.t("processing-classes"), named(&entry.classes)),
            (p.t("processing-recipients"), recipients.collect()),
            (
                p.t("processing-third"),
                none(third, "processing-third-none"),
            ),
            (
                p.t("processing-profiling"),
                vec![p.t("processing-profiling-none")],
            ),
            (p.t("processing-retention"), vec![days]),
        ],
    }
}

#[cfg(test)]
#[path = "samples/processing.rs"]
pub(crate) mod samples;
