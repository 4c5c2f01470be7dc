//! Files that a form brings: kept sealed under a token until they are looked through.

use axum::extract::{DefaultBodyLimit, FromRequest as _, Multipart};
use http::{Request, StatusCode};
use passerelle_service::MAX_IMPORT_BYTES;

use crate::answer::Fault;
use crate::guard::Call;
use crate::pages::uploads::bare_name;

/// Largest form with files: two of the largest and what is around them.
const MAX_BODY: usize = 36 * 1024 * 1024;

/// The files of a form by the names of their fields, as tokens.
pub(crate) async fn files(call: &mut Call) -> Result<Vec<(String, String)>, Fault> {
    let body = std::mem::take(&mut call.body)
        .into_inner()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    let mut request = Request::new(body);
    *request.headers_mut() = call.headers.clone();
    DefaultBodyLimit::max(MAX_BODY).apply(&mut request);
    let wrong = || Fault::new(StatusCode::BAD_REQUEST, "E_UPLOAD");
    let parts = Multipart::from_request(request, &()).await;
    let mut parts = parts.map_err(|_| wrong())?;
    let mut files = Vec::new();
    while let Some(field) = parts.next_field().await.map_err(|_| wrong())? {
        let name = field.file_name().map(bare_name).unwrap_or_default();
        if name.is_empty() {
            continue;
        }
        call.brought(&name);
        let of = field.name().unwrap_or_default().to_owned();
        let stream = futures_util::TryStreamExt::map_err(field, std::io::Error::other);
        let reader = tokio_util::io::StreamReader::new(stream);
        let kind = "application/octet-stream";
        let staged = call.desk.node.stage(&name, kind, Box::pin(reader)).await?;
        if staged.bytes > MAX_IMPORT_BYTES {
            return Err(Fault::new(StatusCode::PAYLOAD_TOO_LARGE, "E_TOO_LARGE"));
        }
        files.push((of, staged.token));
    }
    Ok(files)
}

/// The token of one field; a form without its file is not taken.
pub(crate) fn token(files: &[(String, String)], name: &str) -> Result<String, Fault> {
    let found = files.iter().find(|(of, _)| of == name);
    let missing = || Fault::new(StatusCode::BAD_REQUEST, "E_FILE_MISSING");
    found.map(|(_, token)| token.clone()).ok_or_else(missing)
}
