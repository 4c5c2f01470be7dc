//! What `send` takes. Nothing is guessed about who receives a record.

use std::path::PathBuf;

use clap::Args;
use passerelle_model::{
    ChannelId, Code, Day, Evaluation, Handling, Kind, Lang, Name, OfficerId, Pap, PartyId,
    Recipient, RecordId, Reference, RefusalReason, Relation, Tlp, UnitId, Urgency,
};

/// One record. What is left out is taken from the agreement where it leaves no choice.
#[derive(Debug, Args)]
pub(crate) struct SendArgs {
    /// notice, request, clarification, answer, refusal, acknowledgement, correction, recall.
    #[arg(long, default_value = "notice")]
    pub(crate) kind: Kind,
    /// The agreement's identifier, where several are in force.
    #[arg(long, value_name = "ID")]
    pub(crate) channel: Option<ChannelId>,
    /// Purpose, from the agreement.
    #[arg(long, value_name = "CODE")]
    pub(crate) purpose: Option<Code>,
    /// Legal basis, from the agreement.
    #[arg(long, value_name = "CODE")]
    pub(crate) basis: Option<Code>,
    /// Data class, from the agreement.
    #[arg(long, value_name = "CODE")]
    pub(crate) class: Option<Code>,
    /// clear, green, amber, amber+strict, red.
    #[arg(long, default_value = "amber+strict")]
    pub(crate) tlp: Tlp,
    /// clear, green, amber, red.
    #[arg(long, default_value = "amber")]
    pub(crate) pap: Pap,
    /// h0, h1, h2, h3.
    #[arg(long, default_value = "h1")]
    pub(crate) handling: Handling,
    /// A1 to X4 (source and information); X4 where nobody assessed it.
    #[arg(long, default_value = "X4")]
    pub(crate) evaluation: Evaluation,
    /// Unit that may open it; repeat for more.
    #[arg(long, value_name = "PARTY/UNIT")]
    pub(crate) to: Vec<Recipient>,
    /// Subject line.
    #[arg(long, value_name = "TEXT")]
    pub(crate) subject: Option<String>,
    /// Text, in Markdown.
    #[arg(long, value_name = "TEXT", conflicts_with = "text_file")]
    pub(crate) text: Option<String>,
    /// File with the text; - for standard input.
    #[arg(long, value_name = "FILE")]
    pub(crate) text_file: Option<PathBuf>,
    /// File with JSON for machines.
    #[arg(long, value_name = "FILE", requires = "schema")]
    pub(crate) data_file: Option<PathBuf>,
    /// Schema of that JSON, such as vehicle-check/1.
    #[arg(long, value_name = "NAME", requires = "data_file")]
    pub(crate) schema: Option<Name>,
    /// File that travels with it; repeat for more.
    #[arg(long, value_name = "FILE")]
    pub(crate) attach: Vec<PathBuf>,
    /// Record it speaks about; relation is relates, answers, acknowledges, corrects or
    /// recalls. Repeat for more.
    #[arg(long = "ref", value_name = "RELATION:PARTY/RECORD", value_parser = reference)]
    pub(crate) references: Vec<Reference>,
    /// urgent, priority, normal; requests have one.
    #[arg(long)]
    pub(crate) urgency: Option<Urgency>,
    /// Why it is declined; refusals have one.
    #[arg(long)]
    pub(crate) reason: Option<RefusalReason>,
    /// Day of review, YYYY-MM-DD; else the agreement's latest.
    #[arg(long, value_name = "DAY")]
    pub(crate) review: Option<Day>,
    /// Day of erasure, YYYY-MM-DD; else the agreement's latest.
    #[arg(long, value_name = "DAY")]
    pub(crate) erasure: Option<Day>,
    /// Use restriction from the agreement; repeat for more.
    #[arg(long, value_name = "CODE")]
    pub(crate) caveat: Vec<Code>,
    /// Offence from the agreement's scope; repeat for more.
    #[arg(long, value_name = "CODE")]
    pub(crate) offence: Vec<Code>,
    #[command(flatten)]
    pub(crate) author: AuthorArgs,
    /// Repeating a command with the same key releases nothing more.
    #[arg(long, value_name = "KEY", value_parser = idempotency_key)]
    pub(crate) idempotency_key: Option<String>,
    /// The whole record as JSON (the API's Draft) instead of the options above; --attach
    /// and --idempotency-key still count.
    #[arg(long, value_name = "FILE", conflicts_with_all = [
        "kind", "channel", "purpose", "basis", "class", "tlp", "pap", "handling", "evaluation",
        "to", "subject", "text", "text_file", "data_file", "schema", "references", "urgency",
        "reason", "review", "erasure", "caveat", "offence",
    ])]
    pub(crate) draft: Option<PathBuf>,
}

/// Who writes.
#[derive(Debug, Args)]
pub(crate) struct AuthorArgs {
    /// Language of subject and text: fr, nl, ar, en.
    #[arg(long)]
    pub(crate) lang: Option<Lang>,
    /// The officer, as this party names its people; else the name of the account.
    #[arg(long, env = "PASSERELLE_OFFICER", value_name = "ID")]
    pub(crate) officer: Option<OfficerId>,
    /// The officer's unit; else the only one this party has in the agreement, or liaison.
    #[arg(long, env = "PASSERELLE_UNIT", value_name = "UNIT")]
    pub(crate) unit: Option<UnitId>,
    /// The officer's function, shown to the partner; else the unit's name.
    #[arg(long, env = "PASSERELLE_FUNCTION", value_name = "TEXT")]
    pub(crate) function: Option<Name>,
}

fn reference(text: &str) -> Result<Reference, String> {
    let said = |error: passerelle_model::Error| error.to_string();
    let form = "write relation:party/record, such as answers:be.interior/018f…";
    let (relation, rest) = text.split_once(':').ok_or(form)?;
    let (party, record) = rest.split_once('/').ok_or(form)?;
    Ok(Reference {
        relation: relation.parse::<Relation>().map_err(said)?,
        party: party.parse::<PartyId>().map_err(said)?,
        record: record.parse::<RecordId>().map_err(said)?,
    })
}

fn idempotency_key(text: &str) -> Result<String, String> {
    let valid = (1..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
    if valid {
        Ok(text.to_owned())
    } else {
        Err("write 1 to 64 visible ASCII characters".into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_name_relation_party_and_record() {
        let id = "0".repeat(32);
        let read = reference(&format!("answers:be.interior/{id}")).unwrap();
        assert_eq!(
            (read.relation, read.party.as_str()),
            (Relation::Answers, "be.interior")
        );
        for bad in [
            "x",
            "answers:be.interior",
            "eats:be.interior/00",
            "answers:be/00",
        ] {
            assert!(reference(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn idempotency_keys_are_short_and_visible() {
        assert!(idempotency_key("case-17").is_ok());
        assert!(idempotency_key("").is_err() && idempotency_key("a b").is_err());
        assert!(idempotency_key(&"x".repeat(65)).is_err());
    }
}
