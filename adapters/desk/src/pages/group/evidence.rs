//! Files of a report: taken from the form, named with their hash. They are handed out like every
//! paper of the group, and the register knows to whom.

use axum::extract::multipart::Field;
use axum::extract::{DefaultBodyLimit, FromRequest as _, Multipart};
use http::{Request, StatusCode};
use passerelle_service::GroupRoom;
use passerelle_service::joint::Report;
use passerelle_service::joint::class::Own;

use super::super::uploads;
use crate::answer::Fault;
use crate::frame::visible;
use crate::guard::Call;
use crate::state::{MAX_FORM_BODY_BYTES, MAX_UPLOAD_BYTES};

/// Most files of one report.
const MAX_FILES: usize = 16;

/// Reads a form with files: what is typed becomes the form's fields, each file is staged, and
/// its token becomes a field `evidence`.
pub(crate) async fn taken(call: &mut Call) -> Result<(), Fault> {
    // Before a byte is taken in: whether this person speaks here at all.
    super::look_at(call, |_, _| Ok(())).await?;
    if !call.actor()?.speaks() {
        return Err(Fault::new(StatusCode::FORBIDDEN, "E_ROLE"));
    }
    let body = std::mem::take(&mut call.body)
        .into_inner()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    let mut request = Request::new(body);
    *request.headers_mut() = call.headers.clone();
    DefaultBodyLimit::max(MAX_UPLOAD_BYTES).apply(&mut request);
    let mut parts = Multipart::from_request(request, &())
        .await
        .map_err(|_| wrong())?;
    while let Some(field) = parts.next_field().await.map_err(|_| wrong())? {
        match field.file_name().map(uploads::bare_name) {
            None => typed(call, field).await?,
            Some(name) if name.is_empty() => {}
            Some(name) => staged(call, &name, field).await?,
        }
    }
    Ok(())
}

fn wrong() -> Fault {
    Fault::new(StatusCode::BAD_REQUEST, "E_UPLOAD")
}

async fn typed(call: &mut Call, mut field: Field<'_>) -> Result<(), Fault> {
    let name = field.name().unwrap_or_default().to_owned();
    let held = call
        .form
        .iter()
        .map(|(_, value)| value.len())
        .sum::<usize>();
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|_| wrong())? {
        if held + bytes.len() + chunk.len() > MAX_FORM_BODY_BYTES {
            return Err(Fault::new(StatusCode::PAYLOAD_TOO_LARGE, "E_TOO_LARGE"));
        }
        bytes.extend_from_slice(&chunk);
    }
    let text = String::from_utf8(bytes).map_err(|_| wrong())?;
    // Tokens of files come from this reading alone.
    if name != "evidence" && call.form.len() < 64 {
        call.form.push((name, text));
    }
    Ok(())
}

async fn staged(call: &mut Call, name: &str, field: Field<'_>) -> Result<(), Fault> {
    call.brought(name);
    if tokens(call).len() >= MAX_FILES {
        return Err(Fault::new(StatusCode::PAYLOAD_TOO_LARGE, "E_TOO_LARGE"));
    }
    let kind = field
        .content_type()
        .filter(|kind| kind.parse::<passerelle_model::MediaType>().is_ok())
        .unwrap_or("application/octet-stream")
        .to_owned();
    let stream = futures_util::TryStreamExt::map_err(field, std::io::Error::other);
    let reader = tokio_util::io::StreamReader::new(stream);
    let staged = call.desk.node.stage(name, &kind, Box::pin(reader)).await?;
    call.form.push(("evidence".to_owned(), staged.token));
    Ok(())
}

/// Tokens of the files of a form.
pub(crate) fn tokens(call: &Call) -> Vec<String> {
    let named = call.form.iter().filter(|(name, _)| name == "evidence");
    named.map(|(_, token)| token.clone()).collect()
}

/// Evidence of a report: name, hash, and where the file is, if it came along.
pub(crate) fn shown(room: &GroupRoom, own: &Own<Report>) -> Vec<(String, String, Option<String>)> {
    let stamp = own.stamp();
    let files = room.files(&stamp.by, &stamp.record);
    let place = |n| {
        let channel = room.channel();
        format!("/group/{channel}/papers/{}/{}/{n}", stamp.by, stamp.record)
    };
    let named = own.value().evidence.iter();
    named
        .map(|(name, hash)| {
            let came = files.iter().position(|file| file.sha256 == *hash);
            (visible(name.as_str()), hash.to_string(), came.map(place))
        })
        .collect()
}
