//! Attachments: sealed while they arrive, opened while they leave, never whole in memory.

use axum::response::Response;
use http::HeaderValue;
use http::header::{CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE};
use passerelle_model::{FileName, MediaType, PartyId, RecordId};

use super::{Given, json};
use crate::call::Call;
use crate::outgoing::{body, exactly};

const UNKNOWN: &str = "application/octet-stream";

pub(crate) async fn stage(call: Call) -> Given {
    let name: FileName = call.required("name")?;
    let media_type: Option<MediaType> = call.asked("type")?;
    let media_type = media_type.as_ref().map_or(UNKNOWN, MediaType::as_str);
    let node = call.node.clone();
    let sent = call.stream();
    let fault = sent.fault();
    let staged = node.stage(name.as_str(), media_type, sent).await;
    json(&staged.map_err(|error| fault.or(error))?)
}

pub(crate) async fn open(call: Call) -> Given {
    let (id, position) = (call.part::<RecordId>("id")?, call.part("n")?);
    let from: Option<PartyId> = call.asked("from")?;
    let by = call.by()?;
    call.holder.may_read(&call.node, from.as_ref(), &id).await?;
    let file = call
        .node
        .open_file_by(from.as_ref(), &id, position, by)
        .await?;
    let media_type = HeaderValue::try_from(file.media_type.as_str());
    let disposition = HeaderValue::try_from(disposition(&file.name));
    let length = HeaderValue::from(file.bytes);
    let mut response = Response::new(body(exactly(file.bytes, file)).await?);
    let headers = response.headers_mut();
    let media_type = media_type.unwrap_or(HeaderValue::from_static(UNKNOWN));
    headers.insert(CONTENT_TYPE, media_type);
    let disposition = disposition.unwrap_or(HeaderValue::from_static("attachment"));
    headers.insert(CONTENT_DISPOSITION, disposition);
    headers.insert(CONTENT_LENGTH, length);
    Ok(response)
}

/// To be kept, not shown (RFC 6266), under its name in UTF-8 (RFC 8187).
fn disposition(name: &str) -> String {
    let mut text = "attachment; filename*=UTF-8''".to_owned();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_any_script_survive() {
        assert_eq!(disposition("a.pdf"), "attachment; filename*=UTF-8''a.pdf");
        assert_eq!(
            disposition("محضر \"1\".pdf"),
            "attachment; filename*=UTF-8''%D9%85%D8%AD%D8%B6%D8%B1%20%221%22.pdf"
        );
        assert!(HeaderValue::try_from(disposition("a\r\nX: b")).is_ok());
    }
}
