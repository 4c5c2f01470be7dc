//! Joint groups: what stands in their ledgers, and saying something in them.

use http::{HeaderValue, header::LINK};
use passerelle_model::{Author, ChannelId, Day, Lang};
use passerelle_service::group_views::SaidView;
use passerelle_service::joint::{Deed, Filter, Kind, ObjectRef};
use passerelle_service::{GroupRoom, Node, Wish};
use serde::Deserialize;

use super::{Given, json};
use crate::call::Call;
use crate::limits::{DEFAULT_PAGE, MAX_PAGE};
use crate::problem::Problem;

/// What a program wants to say of one object.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Saying {
    #[serde(default)]
    object: Option<ObjectRef>,
    #[serde(default)]
    version: Option<u64>,
    deeds: Vec<Deed>,
    author: Author,
    #[serde(default)]
    attachments: Vec<String>,
    lang: Lang,
}

pub(crate) async fn list(call: Call) -> Given {
    json(&call.node.group_views().await?)
}

pub(crate) async fn objects(call: Call) -> Given {
    let (channel, limit) = (channel(&call)?, limit(&call)?);
    let kind: Option<Kind> = call.asked("kind")?;
    let after: Option<ObjectRef> = call.asked("after")?;
    let lines = |room: &GroupRoom| room.lines(kind, after.as_ref(), limit);
    let lines = look(&call.node, channel.clone(), lines).await?;
    let mut response = json(&lines)?;
    let next = lines.last().filter(|_| lines.len() >= limit);
    if let Some(last) = next {
        let kind = kind.map_or_else(String::new, |kind| format!("kind={kind}&"));
        let after = format!("{kind}after={}&limit={limit}", last.object);
        let link = format!("</v1/groups/{channel}/objects?{after}>; rel=\"next\"");
        if let Ok(link) = HeaderValue::try_from(link) {
            response.headers_mut().insert(LINK, link);
        }
    }
    Ok(response)
}

pub(crate) async fn object(call: Call) -> Given {
    let object: ObjectRef = call.part("object")?;
    json(&look(&call.node, channel(&call)?, |room| room.whole(&object)).await??)
}

pub(crate) async fn board(call: Call) -> Given {
    let (filter, limit) = (filter(&call)?, limit(&call)?);
    json(
        &look(&call.node, channel(&call)?, |room| {
            room.board(&filter, limit)
        })
        .await?,
    )
}

pub(crate) async fn matrix(call: Call) -> Given {
    let across: Option<String> = call.asked("across")?;
    let objectives = match across.as_deref() {
        None | Some("strands") => false,
        Some("objectives") => true,
        Some(_) => return Err(Problem::parameter("across", "is strands or objectives")),
    };
    json(&look(&call.node, channel(&call)?, |room| room.matrix(objectives)).await?)
}

pub(crate) async fn briefing(call: Call) -> Given {
    let since = call.asked::<Day>("since")?.map(Day::start);
    let now = call.node.time();
    json(
        &look(&call.node, channel(&call)?, |room| {
            room.briefing(since, now)
        })
        .await?,
    )
}

pub(crate) async fn say(call: Call) -> Given {
    let (channel, by, node) = (channel(&call)?, call.by()?, call.node.clone());
    let key = super::records::idempotency(&call)?;
    let said: Saying = call.json().await?;
    let wish = Wish {
        object: said.object,
        version: said.version,
        deeds: said.deeds,
        attachments: said.attachments,
        lang: said.lang,
    };
    let told = node.say_as_program((by, said.author), &channel, wish, key.as_deref());
    let (object, record) = told.await?;
    json(&SaidView { object, record })
}

/// Looks at the group of the path, for whoever was let in by the route.
async fn look<T>(
    node: &Node,
    channel: ChannelId,
    look: impl FnOnce(&GroupRoom) -> T,
) -> Result<T, Problem> {
    Ok(node.group_for_program(&channel, look).await?)
}

fn channel(call: &Call) -> Result<ChannelId, Problem> {
    call.part("channel")
}

fn limit(call: &Call) -> Result<usize, Problem> {
    let limit = call.asked("limit")?.unwrap_or(DEFAULT_PAGE);
    if (1..=MAX_PAGE).contains(&limit) {
        return Ok(limit);
    }
    let why = format!("is between 1 and {MAX_PAGE}");
    Err(Problem::parameter("limit", &why))
}

fn filter(call: &Call) -> Result<Filter, Problem> {
    Ok(Filter {
        responsible: call.asked("responsible")?,
        sector: call.asked("sector")?,
        strand: call.asked("strand")?,
        flag: call.asked("flag")?,
        objective: call.asked("objective")?,
        progress: call.asked("progress")?,
    })
}
