//! One record: its conditions, its proof, its files.

use axum::body::Body;
use axum::response::IntoResponse;
use http::header;
use passerelle_model::{Outlet, PartyId, Reason, RecordId};
use passerelle_service::{CaseId, FileReader, UseReport};

use super::register::download;
use crate::answer::{Answer, Fault, go};
use crate::guard::Call;

/// The person accepts the conditions, and goes back to the case.
pub(crate) async fn conditions(call: Call) -> Answer {
    let (party, id) = place(&call)?;
    let actor = call.actor()?;
    call.desk.node.accept_conditions(actor, &party, &id).await?;
    back(&call, "conditions-accepted")
}

/// Reports how a partner's record was used.
pub(crate) async fn report_use(call: Call) -> Answer {
    let (party, id) = place(&call)?;
    let code = call.field("use");
    let made = UseReport::MADE.into_iter().find(|one| one.code() == code);
    let report = made.ok_or_else(super::keeping::invalid)?;
    let why: Reason = call.given("why")?;
    let (node, actor) = (&call.desk.node, call.actor()?);
    node.report_use(actor, (&party, &id), report, why).await?;
    back(&call, "use-reported")
}

/// The proof file of a record of ours.
pub(crate) async fn receipt(call: Call) -> Answer {
    let (party, id) = place(&call)?;
    let partner: PartyId = call.given("partner")?;
    call.desk
        .node
        .export_for(call.actor()?, &party, &id)
        .await?;
    let receipt = call.desk.node.receipt(&id, Some(&partner)).await?;
    download(&format!("{id}.receipt"), receipt.into_bytes())
}

/// An attachment of a case.
pub(crate) async fn file(call: Call) -> Answer {
    let (party, id) = place(&call)?;
    let outlet: Outlet = match call.field("outlet") {
        "" => Outlet::Own,
        given => given.parse().map_err(|_| Fault::absent())?,
    };
    let actor = call.actor()?;
    let node = &call.desk.node;
    node.export_to(actor, &party, &id, outlet).await?;
    streamed(&call, &party, &id, call.part(2)?).await
}

/// An attachment, streamed; always to be kept, never shown by the browser. The caller has asked
/// whether this person may have it, and the register knows.
pub(crate) async fn streamed(
    call: &Call,
    party: &PartyId,
    id: &RecordId,
    position: usize,
) -> Answer {
    let shown = call.desk.node.show(Some(party), id).await?;
    shown.content.ok_or_else(Fault::absent)?;
    let reader = call.desk.node.open_file(Some(party), id, position).await?;
    kept_by_the_browser(reader)
}

/// A file to be kept, chunk by chunk. Its name is the sender's: encoded, and never a path.
pub(crate) fn kept_by_the_browser(reader: FileReader) -> Answer {
    let encoded: String = form_urlencoded::byte_serialize(reader.name.as_bytes()).collect();
    let encoded = encoded.replace('+', "%20");
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename*=UTF-8''{encoded}"),
        ),
    ];
    let stream = futures_util::stream::try_unfold(reader, |mut reader| async move {
        match reader.next().await {
            Ok(Some(chunk)) => Ok(Some((chunk, reader))),
            Ok(None) => Ok(None),
            Err(error) => Err(std::io::Error::other(error.to_string())),
        }
    });
    Ok((headers, Body::from_stream(stream)).into_response())
}

fn place(call: &Call) -> Result<(PartyId, RecordId), Fault> {
    Ok((call.part(0)?, call.part(1)?))
}

fn back(call: &Call, done: &str) -> Answer {
    let case = call.field("case");
    let case: passerelle_service::CaseId = case.parse().map_err(|_| Fault::absent())?;
    let (_, id) = place(call)?;
    go(&format!("/cases/{case}?done={done}&at={id}#r-{id}"))
}

/// Keeps a case to named persons, or opens it to its units again.
pub(crate) async fn readers(call: Call) -> Answer {
    let id: CaseId = call.part(0)?;
    let why = call.given("why")?;
    let names = call.field("named").trim();
    let named = match names.is_empty() {
        true => None,
        false => {
            let wrong = |_| Fault::field("named");
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
