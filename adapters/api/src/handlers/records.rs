//! Records.

use http::header::LINK;
use passerelle_model::{PartyId, RecordId};
use passerelle_service::view::Line;

use super::{Given, json, nothing};
use crate::call::Call;
use crate::cursor::Cursor;
use crate::limits::{DEFAULT_PAGE, MAX_IDEMPOTENCY_BYTES, MAX_PAGE};
use crate::problem::Problem;

pub(crate) async fn release(call: Call) -> Given {
    let (node, key, by) = (call.node.clone(), idempotency(&call)?, call.by()?);
    let draft = call.json().await?;
    json(&node.release_by(draft, key.as_deref(), by).await?)
}

pub(crate) async fn outbox(call: Call) -> Given {
    let page = Page::of(&call)?;
    let before = page.before.map(Cursor::parts);
    let lines = call.node.outbox(before, page.limit).await?;
    page.answer(&lines, "/v1/records/outbox")
}

pub(crate) async fn inbox(call: Call) -> Given {
    let page = Page::of(&call)?;
    let before = page.before.map(Cursor::parts);
    let lines = call.node.inbox(before, page.limit).await?;
    page.answer(&lines, "/v1/records/inbox")
}

pub(crate) async fn show(call: Call) -> Given {
    let from: Option<PartyId> = call.asked("from")?;
    let by = call.by()?;
    json(&call.node.show_by(from.as_ref(), &id(&call)?, by).await?)
}

pub(crate) async fn mark_read(call: Call) -> Given {
    let from: PartyId = call.required("from")?;
    call.node.mark_read(&from, &id(&call)?).await?;
    nothing()
}

pub(crate) async fn why(call: Call) -> Given {
    json(&call.node.why(&id(&call)?).await?)
}

fn id(call: &Call) -> Result<RecordId, Problem> {
    call.part("id")
}

/// The one `Idempotency-Key`, 1 to [`MAX_IDEMPOTENCY_BYTES`] bytes.
fn idempotency(call: &Call) -> Result<Option<Vec<u8>>, Problem> {
    let mut keys = call.headers.get_all("idempotency-key").iter();
    let (first, second) = (keys.next(), keys.next());
    let refused = |why| Err(Problem::parameter("Idempotency-Key", why));
    match first.map(http::HeaderValue::as_bytes) {
        None => Ok(None),
        Some(_) if second.is_some() => refused("stands twice"),
        Some(key) if (1..=MAX_IDEMPOTENCY_BYTES).contains(&key.len()) => Ok(Some(key.to_vec())),
        Some(_) => refused("has 1 to 64 bytes"),
    }
}

/// Which page is asked for.
struct Page {
    before: Option<Cursor>,
    limit: usize,
}

impl Page {
    fn of(call: &Call) -> Result<Self, Problem> {
        let limit = call.asked("limit")?.unwrap_or(DEFAULT_PAGE);
        if !(1..=MAX_PAGE).contains(&limit) {
            let why = format!("is between 1 and {MAX_PAGE}");
            return Err(Problem::parameter("limit", &why));
        }
        let before = call.asked("before")?;
        Ok(Self { before, limit })
    }

    fn answer(&self, lines: &Vec<Line>, path: &str) -> Given {
        let mut response = json(lines)?;
        if let Some(next) = Cursor::next(lines, self.limit, path) {
            response.headers_mut().insert(LINK, next);
        }
        Ok(response)
    }
}
