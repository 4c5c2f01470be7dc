//! The register: reading it, taking it out, verifying what was taken out.

use http::StatusCode;
use passerelle_model::{Act, Deed, Object, OfficerId, Outcome, PartyId, RecordId, RegisterPurpose};
use passerelle_model::{Day, UtcTime};
use passerelle_service::{ActFilter, Node};
use serde::{Deserialize, Serialize};

use super::{Given, json, text};
use crate::call::Call;
use crate::limits::{DEFAULT_PAGE, MAX_PAGE};
use crate::problem::Problem;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Verification {
    package: String,
    cards: Vec<String>,
}

/// What a package proves.
#[derive(Serialize)]
struct Proven {
    party: PartyId,
    size: u64,
    acts: Vec<ProvenAct>,
    withheld: u64,
    cosigned: Vec<Cosigned>,
}

#[derive(Serialize)]
struct ProvenAct {
    index: u64,
    act: Option<Act>,
}

#[derive(Serialize)]
struct Cosigned {
    party: PartyId,
    size: u64,
    time: UtcTime,
}

pub(crate) async fn list(call: Call) -> Given {
    let purpose = purpose(&call)?;
    let limit = call.asked("limit")?.unwrap_or(DEFAULT_PAGE);
    if !(1..=MAX_PAGE).contains(&limit) {
        let why = format!("is between 1 and {MAX_PAGE}");
        return Err(Problem::parameter("limit", &why));
    }
    let (filter, before) = (filter(&call)?, call.asked("before")?);
    let by = call.by()?;
    json(&call.node.acts(by, purpose, &filter, before, limit).await?)
}

pub(crate) async fn state(call: Call) -> Given {
    json(&call.node.register().await?)
}

pub(crate) async fn export(call: Call) -> Given {
    let purpose = purpose(&call)?;
    let start = call.asked("start")?.unwrap_or(0);
    let end = call.asked("end")?.unwrap_or(u64::MAX);
    let by = call.by()?;
    text(call.node.export_register(start..end, by, purpose).await?)
}

pub(crate) async fn transfers(call: Call) -> Given {
    let purpose = purpose(&call)?;
    let days = (call.asked("from")?, call.asked("until")?);
    let by = call.by()?;
    text(
        call.node
            .export_transfers(by, (purpose, None), days)
            .await?,
    )
}

pub(crate) async fn processing(call: Call) -> Given {
    let by = call.by()?;
    json(&call.node.processing_by(by).await?)
}

pub(crate) async fn verify(call: Call) -> Given {
    let Verification { package, cards } = call.json().await?;
    let cards: Vec<&[u8]> = cards.iter().map(String::as_bytes).collect();
    let proven = Node::verify_register(&package, &cards)?;
    json(&Proven {
        party: proven.party,
        size: proven.size,
        withheld: proven.withheld,
        acts: proven
            .acts
            .into_iter()
            .map(|(index, act)| ProvenAct { index, act })
            .collect(),
        cosigned: proven
            .cosigned
            .into_iter()
            .map(|(party, size, time)| Cosigned { party, size, time })
            .collect(),
    })
}

/// Nobody reads the register without one of the purposes that the law names.
fn purpose(call: &Call) -> Result<RegisterPurpose, Problem> {
    call.asked("purpose").ok().flatten().ok_or_else(|| {
        let words: Vec<&str> = RegisterPurpose::ALL
            .iter()
            .map(|word| word.as_str())
            .collect();
        let detail = format!("say for what it is read: {}", words.join(", "));
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "E_LOG_PURPOSE", &detail)
    })
}

fn filter(call: &Call) -> Result<ActFilter, Problem> {
    let party: Option<PartyId> = call.asked("party")?;
    let record: Option<RecordId> = call.asked("record")?;
    let object = match (party, record) {
        (Some(party), Some(record)) => Some(Object::Record { party, record }),
        (Some(party), None) => Some(Object::Partner { party }),
        (None, Some(_)) => return Err(Problem::parameter("party", "says whose record it is")),
        (None, None) => None,
    };
    let start = |name| Ok::<_, Problem>(call.asked::<Day>(name)?.map(Day::start));
    Ok(ActFilter {
        deed: call.asked::<Deed>("deed")?,
        officer: call.asked::<OfficerId>("officer")?,
        object,
        outcome: call.asked::<Outcome>("outcome")?,
        code: call.asked("code")?,
        ground: call.asked("ground")?,
        from: start("from")?,
        until: start("until")?,
    })
}
