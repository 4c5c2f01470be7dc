//! Records.

use http::header::LINK;
use passerelle_model::{Kind, PartyId, RecordId, Side};
use passerelle_service::view::{Draft, Line};

use super::{Given, json, nothing};
use crate::call::Call;
use crate::cursor::Cursor;
use crate::limits::{DEFAULT_PAGE, MAX_IDEMPOTENCY_BYTES, MAX_PAGE};
use crate::problem::Problem;

pub(crate) async fn release(call: Call) -> Given {
    let (node, key, by) = (call.node.clone(), idempotency(&call)?, call.by()?);
    let speaks = call.holder.reads(Side::Group);
    let draft: Draft = call.json().await?;
    if draft.kind == Kind::Group && !speaks {
        return Err(Problem::scope("group"));
    }
    json(&node.release_by(draft, key.as_deref(), by).await?)
}

pub(crate) async fn outbox(call: Call) -> Given {
    let page = Page::of(&call)?;
    let before = page.before.map(Cursor::parts);
    let lines = call.node.outbox_on(page.side, before, page.limit).await?;
    page.answer(&lines, "/v1/records/outbox")
}

pub(crate) async fn inbox(call: Call) -> Given {
    let page = Page::of(&call)?;
    let before = page.before.map(Cursor::parts);
    let lines = call.node.inbox_on(page.side, before, page.limit).await?;
    page.answer(&lines, "/v1/records/inbox")
}

pub(crate) async fn show(call: Call) -> Given {
    let from: Option<PartyId> = call.asked("from")?;
    let by = call.by()?;
    let id = id(&call)?;
    call.holder.may_read(&call.node, from.as_ref(), &id).await?;
    json(&call.node.show_by(from.as_ref(), &id, by).await?)
}

pub(crate) async fn mark_read(call: Call) -> Given {
    let from: PartyId = call.required("from")?;
    let id = id(&call)?;
    // Who sends about cases states that cases were read, whether it reads them or not.
    if call.node.side_of(Some(&from), &id).await? == Side::Group {
        call.holder.may_read(&call.node, Some(&from), &id).await?;
    }
    call.node.mark_read(&from, &id).await?;
    nothing()
}

pub(crate) async fn why(call: Call) -> Given {
    let own = call.node.party().clone();
    let id = id(&call)?;
    call.holder.may_read(&call.node, Some(&own), &id).await?;
    json(&call.node.why(&id).await?)
}

fn id(call: &Call) -> Result<RecordId, Problem> {
    call.part("id")
}

/// The one `Idempotency-Key`, 1 to [`MAX_IDEMPOTENCY_BYTES`] bytes.
pub(super) fn idempotency(call: &Call) -> Result<Option<Vec<u8>>, Problem> {
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
    side: Side,
}

impl Page {
    fn of(call: &Call) -> Result<Self, Problem> {
        let limit = call.asked("limit")?.unwrap_or(DEFAULT_PAGE);
        if !(1..=MAX_PAGE).contains(&limit) {
            let why = format!("is between 1 and {MAX_PAGE}");
            return Err(Problem::parameter("limit", &why));
        }
        let before = call.asked("before")?;
        let side = call.side()?;
        Ok(Self {
            before,
            limit,
            side,
        })
    }

    fn answer(&self, lines: &Vec<Line>, path: &str) -> Given {
        let mut response = json(lines)?;
        if let Some(next) = Cursor::next(lines, self.limit, path, self.side) {
            response.headers_mut().insert(LINK, next);
        }
        Ok(response)
    }
}
