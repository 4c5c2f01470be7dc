//! The proof of one record: plain words first, then every hash, verified now.

use askama::Template;
use passerelle_model::{PartyId, RecordId, Said};
use passerelle_service::ProofView;

use super::register::download;
use crate::answer::{Answer, Fault, page};
use crate::frame::Page;
use crate::guard::Call;
use crate::words;

#[derive(Template)]
#[template(path = "proof.html")]
struct Proof {
    p: Page,
    sentence: String,
    back: String,
    body: Body,
}

/// The proof itself; also sent alone into the drawer of a case.
#[derive(Template)]
#[template(path = "proof-body.html")]
struct Body {
    p: Page,
    place: String,
    own: String,
    partner: String,
    verified: String,
    /// Label, what stands there, and whether it is a code to be compared sign by sign.
    facts: Vec<(String, String, bool)>,
    said: Vec<String>,
    path: Vec<String>,
    checkpoint: String,
    command: String,
}

/// What a partner holds of ours, and why that can be believed.
pub(crate) async fn show(call: Call) -> Answer {
    let (party, id): (PartyId, RecordId) = (call.part(0)?, call.part(1)?);
    let partner: PartyId = call.asked("partner").parse().map_err(|_| Fault::absent())?;
    let node = &call.desk.node;
    if party != node.own_card().party {
        return Err(Fault::absent());
    }
    let proof = node.prove(call.actor()?, &id, &partner).await?;
    let body = body(&call.page, &proof);
    if call.asked("piece") == "yes" {
        return page(&body);
    }
    let case = node.case_named(&party, &id).await?;
    let p = call.page.clone();
    page(&Proof {
        sentence: held(&p, &proof),
        back: format!("/cases/{case}?at={id}#r-{id}"),
        body,
        p,
    })
}

/// A party's card, which one needs to check a receipt.
pub(crate) async fn card(call: Call) -> Answer {
    let party: PartyId = call.part(0)?;
    let card = call.desk.node.card_file(&party)?;
    download(&format!("{party}.card"), card.into_bytes())
}

fn held(p: &Page, proof: &ProofView) -> String {
    let (by, time) = (p.name_of(&proof.proven.by), p.at(&proof.proven.cosigned));
    words::say(p.lang, "proof-held", &[("what", &by), ("time", &time)])
}

fn body(p: &Page, proof: &ProofView) -> Body {
    let proven = &proof.proven;
    let cosigned = words::say(
        p.lang,
        "proof-cosigned",
        &[("key", &proof.key), ("time", &p.at(&proven.cosigned))],
    );
    let leaf = words::say(
        p.lang,
        "proof-leaf",
        &[
            ("n", &proven.index.to_string()),
            ("of", &proven.size.to_string()),
        ],
    );
    let said = proven.said.iter().map(|(said, time)| {
        let word = match said {
            Said::Accepted => "accepted",
            Said::Refused { .. } => "refused",
            Said::FilesComplete => "complete",
            Said::Read => "read",
            Said::Erased => "erased",
            Said::ErasureRefused { .. } => "erasure-refused",
            Said::UseReported { .. } => "use-reported",
        };
        format!("{} · {}", p.word("bead", word), p.at(time))
    });
    Body {
        place: format!("/records/{}/{}", proven.from, proven.record),
        own: proven.from.to_string(),
        partner: proven.by.to_string(),
        verified: p.ta("proof-verified", &p.at(&proof.verified)),
        facts: vec![
            (p.t("proof-record"), proven.record.to_string(), true),
            (p.t("proof-envelope"), proof.envelope.clone(), true),
            (p.t("proof-salt"), proof.salt.clone(), true),
            (p.t("proof-place"), leaf, false),
            (p.t("proof-root"), proof.root.clone(), true),
            (p.t("proof-cosignature"), cosigned, false),
        ],
        said: said.collect(),
        path: proof.path.clone(),
        checkpoint: proof.checkpoint.clone(),
        command: format!(
            "passerelle verify {}.receipt --card {}.card --card {}.card",
            proven.record, proven.from, proven.by
        ),
        p: p.clone(),
    }
}

#[cfg(test)]
#[path = "samples/proof.rs"]
pub(crate) mod samples;
