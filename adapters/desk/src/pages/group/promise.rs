//! What is said of a commitment: a new one, a change of its terms, a report with its evidence,
//! what the other side found, how it ends.

use askama::Template;
use passerelle_model::{Day, PartyId};
use passerelle_service::joint::{
    Closure, CommitmentTerms, Deed, Kind, Object, ObjectRef, Report, Revision, Sector, Strand,
    Terms, Verified,
};
use passerelle_service::{GroupRoom, Wish};

use super::acts::say;
use super::object::{latest, optional};
use super::texts::{self, TextField};
use super::{Tab, evidence, follow, href, persons, tabs, title};
use crate::answer::{Answer, Fault, go, page};
use crate::frame::Page;
use crate::guard::Call;
use crate::routes::{GROUP, Route, get, page as handled, post};

pub(crate) const ROUTES: &[Route] = &[
    get("/group/{channel}/commitments/new", GROUP, handled!(new)),
    post("/group/{channel}/commitments/new", GROUP, handled!(begin)),
    post(
        "/group/{channel}/commitments/{object}/report",
        GROUP,
        handled!(report),
    )
    .streaming(),
    post(
        "/group/{channel}/commitments/{object}/reported",
        GROUP,
        handled!(reported),
    ),
    post(
        "/group/{channel}/commitments/{object}/verify",
        GROUP,
        handled!(verify),
    ),
    post(
        "/group/{channel}/commitments/{object}/close",
        GROUP,
        handled!(close),
    ),
];

/// Indicators offered for choice.
const MAX_OFFERED: usize = 128;

#[derive(Template)]
#[template(path = "group/commitment-form.html")]
struct Writing {
    p: Page,
    tabs: Vec<Tab>,
    action: String,
    heading: String,
    lead: String,
    version: u64,
    decision: String,
    fields: Vec<TextField>,
    filled: Filled,
}

/// The terms, as the form shows them.
struct Filled {
    responsible: Vec<(String, String, bool)>,
    function: String,
    sectors: Vec<(String, String, bool)>,
    strands: Vec<(String, String, bool)>,
    objectives: Vec<(String, String, bool)>,
    target: String,
    due: String,
    indicators: Vec<(String, String, bool)>,
    public: bool,
}

async fn new(call: Call) -> Answer {
    let p = call.page.clone();
    let channel = super::channel(&call)?;
    let filled = super::look(&call, |room| Ok(filled(&p, room, None))).await?;
    let decision: Option<ObjectRef> = follow::chosen(&call, "decision")?;
    page(&Writing {
        tabs: tabs(&p, &channel, "/commitments"),
        action: format!("/group/{channel}/commitments/new"),
        heading: p.t("group-new-commitment"),
        lead: p.t("group-new-commitment-lead"),
        version: 0,
        decision: decision.map_or_else(String::new, |id| id.to_string()),
        fields: texts::fields(&p, None),
        filled,
        p,
    })
}

async fn begin(call: Call) -> Answer {
    let channel = super::channel(&call)?;
    let terms = CommitmentTerms {
        decision: optional(&call, "decision")?,
        ..terms(&call)?
    };
    let revision = Revision {
        base: None,
        texts: texts::required(&call, "")?,
        terms: Terms::Commitment(terms),
    };
    let open = Deed::Open {
        kind: Kind::Commitment,
        parent: None,
        chair: call.page.own.clone(),
    };
    let offer = Deed::Offer {
        revision: Box::new(revision),
    };
    let wish = Wish::opening(vec![open, offer], call.page.lang);
    let id = call.desk.node.say(call.actor()?, &channel, wish).await?;
    go(&format!("{}?done=offered", href(&channel, &id)))
}

/// The form that changes any term.
pub(crate) async fn change(call: Call) -> Answer {
    let p = call.page.clone();
    let (channel, id) = (super::channel(&call)?, super::object(&call)?);
    let (fields, filled, version) = super::look_at(&call, |room, object| {
        let revision = latest(object).ok_or_else(Fault::absent)?;
        let fields = texts::fields(&p, Some(&revision.texts));
        Ok((
            fields,
            filled(&p, room, object.commitment()),
            object.version(),
        ))
    })
    .await?;
    page(&Writing {
        tabs: tabs(&p, &channel, "/commitments"),
        action: format!("{}/change", href(&channel, &id)),
        heading: p.t("group-change-commitment"),
        lead: p.t("group-change-lead"),
        version,
        decision: String::new(),
        fields,
        filled,
        p,
    })
}

/// Offers the changed terms in place of what is agreed.
pub(crate) async fn amend(call: Call) -> Answer {
    let new = terms(&call)?;
    let texts = texts::required(&call, "")?;
    let offer = super::look_at(&call, |_, object| {
        let held = object.commitment().ok_or_else(Fault::absent)?;
        let terms = CommitmentTerms {
            decision: held.decision.clone(),
            closure: held.closure,
            ..new
        };
        Ok(offer(object, texts, terms))
    })
    .await?;
    say(&call, vec![offer], "offered").await
}

fn offer(object: &Object, texts: passerelle_service::joint::Texts, terms: CommitmentTerms) -> Deed {
    Deed::Offer {
        revision: Box::new(Revision {
            base: object.offers().agreed_hash(),
            texts,
            terms: Terms::Commitment(terms),
        }),
    }
}

/// A report with files: they are staged, then it is said like any other.
async fn report(mut call: Call) -> Answer {
    evidence::taken(&mut call).await?;
    let typed = call.form.clone();
    // The files are not kept: the form says so.
    let answer = reported(call).await;
    answer.map_err(|fault| Fault {
        typed: Some(typed),
        ..fault
    })
}

async fn reported(call: Call) -> Answer {
    let again = format!("{}ed", call.page.path.trim_end_matches("ed"));
    if let Some(asks) = persons::asked(&call, &again)? {
        return Ok(asks);
    }
    let (channel, id) = (super::channel(&call)?, super::object(&call)?);
    let attachments = evidence::tokens(&call);
    let node = &call.desk.node;
    let report = Report {
        state: call.given("state")?,
        text: texts::remark_texts(&call, "text")?.ok_or_else(|| Fault::field("text"))?,
        evidence: node.staged_evidence(&attachments).await?,
    };
    let deeds = vec![Deed::Report {
        report: Box::new(report),
    }];
    let wish = Wish {
        attachments,
        ..Wish::about(
            id.clone(),
            optional(&call, "version")?,
            deeds,
            call.page.lang,
        )
    };
    node.say(call.actor()?, &channel, wish).await?;
    go(&format!("{}?done=said", href(&channel, &id)))
}

async fn verify(call: Call) -> Answer {
    let verified = Verified {
        found: call.given("found")?,
        text: texts::remark_texts(&call, "text")?,
    };
    let deed = Deed::Verify {
        verified: Box::new(verified),
    };
    say(&call, vec![deed], "said").await
}

async fn close(call: Call) -> Answer {
    let closure: Closure = call.given("closure")?;
    let offer = super::look_at(&call, |_, object| {
        let agreed = object.agreed().ok_or_else(Fault::absent)?;
        let terms = object.commitment().ok_or_else(Fault::absent)?;
        let terms = CommitmentTerms {
            closure: Some(closure),
            ..terms.clone()
        };
        Ok(offer(object, agreed.value().texts.clone(), terms))
    })
    .await?;
    say(&call, vec![offer], "offered").await
}

fn terms(call: &Call) -> Result<CommitmentTerms, Fault> {
    let chosen = call.form.iter().filter(|(name, _)| name == "indicator");
    let indicators: Result<Vec<ObjectRef>, _> = chosen
        .map(|(_, id)| passerelle_service::object_ref(id))
        .collect();
    Ok(CommitmentTerms {
        decision: None,
        responsible: call.given::<PartyId>("responsible")?,
        function: call.given("function")?,
        sector: call.given::<Sector>("sector")?,
        strand: call.given::<Strand>("strand")?,
        objective: optional(call, "objective")?,
        target: optional(call, "target")?,
        due: call.given::<Day>("due")?,
        indicators: indicators?,
        public: call.field("public") == "yes",
        closure: None,
    })
}

fn filled(p: &Page, room: &GroupRoom, terms: Option<&CommitmentTerms>) -> Filled {
    let parties = room.ledger().parties().iter();
    let responsible = parties.map(|party| {
        let here = terms.map_or(&p.own, |terms| &terms.responsible) == party;
        (party.to_string(), p.name_of(party), here)
    });
    let named = |object: &Object| {
        let here = terms.is_some_and(|terms| terms.indicators.contains(object.id()));
        (object.id().to_string(), title(p, object), here)
    };
    let indicators = room.ledger().of_kind(Kind::Indicator).take(MAX_OFFERED);
    let target = terms.and_then(|terms| terms.target.as_ref());
    Filled {
        responsible: responsible.collect(),
        function: terms.map_or_else(String::new, |terms| terms.function.to_string()),
        sectors: follow::words(p, "group-sector", Sector::ALL, terms.map(|t| t.sector)),
        strands: follow::words(p, "group-strand", Strand::ALL, terms.map(|t| t.strand)),
        objectives: follow::objectives(p, terms.and_then(|terms| terms.objective)),
        target: target.map_or_else(String::new, ToString::to_string),
        due: terms.map_or_else(String::new, |terms| terms.due.to_string()),
        indicators: indicators.map(named).collect(),
        public: terms.is_some_and(|terms| terms.public),
    }
}

#[cfg(test)]
#[path = "../samples/group/promise.rs"]
pub(crate) mod samples;
