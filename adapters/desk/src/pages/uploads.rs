//! Attachments of a draft: taken, refused with a sentence, taken out again.

use axum::extract::{DefaultBodyLimit, FromRequest as _, Multipart};
use axum::response::IntoResponse;
use http::{Request, StatusCode};
use passerelle_model::RecordId;

use super::drafts::{Told, shown};
use crate::answer::{Answer, Fault, go, rule_sentence};
use crate::frame::turns;
use crate::guard::Call;
use crate::state::MAX_UPLOAD_BYTES;

/// A file, streamed into its sealed form; memory stays at a few chunks. One that is not taken
/// is told beside what is kept: in a sentence for the script, on the form's page without it.
pub(crate) async fn upload(mut call: Call) -> Answer {
    let id: RecordId = call.part(0)?;
    let piece = call.asked("piece") == "yes";
    match taken(&mut call, &id).await {
        Ok(()) if piece => Ok(StatusCode::NO_CONTENT.into_response()),
        Ok(()) => go(&format!("/drafts/{id}?done=file-added")),
        Err(fault) => {
            let said = rule_sentence(&call.page, &fault.code);
            let said = said.unwrap_or_else(|| call.page.t("file-broken"));
            if piece {
                return Ok((fault.status, said).into_response());
            }
            let draft = call.desk.node.draft(call.actor()?, &id).await?;
            shown(&call, draft, Told::refused(said), fault.status).await
        }
    }
}

async fn taken(call: &mut Call, id: &RecordId) -> Result<(), Fault> {
    // Before a byte is taken in: whose draft it is.
    call.desk.node.draft(call.actor()?, id).await?;
    let body = std::mem::take(&mut call.body)
        .into_inner()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    let mut request = Request::new(body);
    *request.headers_mut() = call.headers.clone();
    DefaultBodyLimit::max(MAX_UPLOAD_BYTES).apply(&mut request);
    let wrong = || Fault::new(StatusCode::BAD_REQUEST, "E_UPLOAD");
    let mut parts = Multipart::from_request(request, &())
        .await
        .map_err(|_| wrong())?;
    while let Some(field) = parts.next_field().await.map_err(|_| wrong())? {
        let name = field.file_name().map(bare_name).unwrap_or_default();
        if name.is_empty() {
            continue;
        }
        let kind = field
            .content_type()
            .filter(|kind| kind.parse::<passerelle_model::MediaType>().is_ok())
            .unwrap_or("application/octet-stream")
            .to_owned();
        let stream = futures_util::TryStreamExt::map_err(field, std::io::Error::other);
        let reader = tokio_util::io::StreamReader::new(stream);
        let staged = call.desk.node.stage(&name, &kind, Box::pin(reader)).await?;
        call.desk.node.attach(call.actor()?, id, staged).await?;
    }
    Ok(())
}

/// Browsers of some kinds send a whole path: only its last part is a name. Signs that would
/// turn the name round, so that a program looks like a text, are left out.
pub(crate) fn bare_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars()
        .filter(|c| !c.is_control() && !turns(*c))
        .take(120)
        .collect()
}

pub(crate) async fn remove_file(call: Call) -> Answer {
    let id: RecordId = call.part(0)?;
    let token = call.field("token").to_owned();
    call.desk.node.detach(call.actor()?, &id, &token).await?;
    go(&format!("/drafts/{id}?done=file-removed"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_in_file_names_are_cut() {
        assert_eq!(bare_name("C:\\dossiers\\plan.pdf"), "plan.pdf");
        assert_eq!(bare_name("../../etc/passwd"), "passwd");
        assert_eq!(bare_name("/"), "");
        assert_eq!(bare_name("plan\u{202e}fdp.exe"), "planfdp.exe");
    }
}
