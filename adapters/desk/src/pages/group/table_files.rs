//! Every list as a file, and a file taken back.

use askama::Template;
use axum::response::IntoResponse;
use http::{HeaderValue, header};
use passerelle_service::GroupList;

use super::bring;
use super::preview::Preview;
use super::{Tab, channel, tabs};
use crate::answer::{Answer, Fault, page};
use crate::frame::Page;
use crate::guard::Call;
use crate::routes::{GROUP, Route, get, page as handled, post};

pub(crate) const ROUTES: &[Route] = &[
    get("/group/{channel}/tables", GROUP, handled!(list)),
    get("/group/{channel}/tables/{list}", GROUP, handled!(file)),
    post("/group/{channel}/tables/{list}", GROUP, handled!(bring)).streaming(),
    post("/group/{channel}/tables/{list}/take", GROUP, handled!(take)).looked_at_later(),
];

#[derive(Template)]
#[template(path = "group/tables.html")]
struct Tables {
    p: Page,
    tabs: Vec<Tab>,
    channel: String,
    lists: Vec<Line>,
    speaks: bool,
}

/// A list: its name in addresses, its word, how much it holds, its columns.
struct Line {
    name: &'static str,
    word: String,
    count: String,
    columns: String,
}

async fn list(call: Call) -> Answer {
    let p = call.page.clone();
    let channel = channel(&call)?;
    let lists = super::look(&call, |room| {
        let line = |list: &GroupList| Line {
            name: list.as_str(),
            word: p.word("learn-list", list.as_str()),
            count: p.tn("learn-held", held(room.ledger(), *list)),
            columns: list.columns().join(", "),
        };
        Ok(GroupList::ALL.iter().map(line).collect())
    })
    .await?;
    page(&Tables {
        tabs: tabs(&p, &channel, "/tables"),
        channel: channel.to_string(),
        lists,
        speaks: call.actor()?.speaks(),
        p,
    })
}

fn held(ledger: &passerelle_service::joint::Ledger, list: GroupList) -> usize {
    match list {
        GroupList::Observations => {
            let all = ledger.of_kind(list.kind());
            all.map(|object| object.observations().len()).sum()
        }
        _ => ledger.count(list.kind()),
    }
}

fn named(call: &Call) -> Result<GroupList, Fault> {
    let name: String = call.part(1)?;
    Ok(name.parse()?)
}

async fn file(call: Call) -> Answer {
    let (channel, list) = (channel(&call)?, named(&call)?);
    let bytes = call
        .desk
        .node
        .group_table(call.actor()?, &channel, list)
        .await?;
    sent(
        "text/csv; charset=utf-8",
        &format!("{channel}-{}.csv", list.as_str()),
        bytes,
    )
}

/// A file to keep.
pub(crate) fn sent(kind: &'static str, name: &str, bytes: impl IntoResponse) -> Answer {
    let name = format!("attachment; filename=\"{name}\"");
    let name = HeaderValue::from_str(&name).map_err(|_| Fault::absent())?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CONTENT_DISPOSITION, name),
    ];
    let mut response = bytes.into_response();
    response
        .headers_mut()
        .extend(headers.map(|(name, value)| (Some(name), value)));
    Ok(response)
}

async fn bring(mut call: Call) -> Answer {
    // Before a byte is taken in: whether there is such a list for this person.
    named(&call)?;
    super::look(&call, |_| Ok(())).await?;
    let files = bring::files(&mut call).await?;
    let token = bring::token(&files, "file")?;
    preview(&call, token, None).await
}

async fn preview(
    call: &Call,
    token: String,
    took: Option<passerelle_service::TableTaken>,
) -> Answer {
    let p = call.page.clone();
    let (channel, list) = (channel(call)?, named(call)?);
    let node = &call.desk.node;
    let bytes = node.staged_bytes(&token).await?;
    let found = node
        .preview_group_table(call.actor()?, &channel, list, &bytes)
        .await?;
    let heading = p.word("learn-list", list.as_str());
    let tabs = tabs(&p, &channel, "/tables");
    let mut shown = Preview::new(p, tabs, heading);
    shown.back = format!("/group/{channel}/tables");
    shown.action = format!("/group/{channel}/tables/{}/take", list.as_str());
    shown.carried = vec![("file".to_owned(), token)];
    match &found {
        Ok(found) => shown.of_table(&channel, found),
        Err(refused) => shown.refuse(refused),
    }
    if let Some(took) = took {
        let refused = took
            .refused
            .into_iter()
            .map(|one| (one.row.to_string(), one.code));
        shown.took(took.said, took.left, refused.collect());
    }
    shown.shown()
}

async fn take(call: Call) -> Answer {
    let (channel, list) = (channel(&call)?, named(&call)?);
    super::look(&call, |_| Ok(())).await?;
    let token = call.field("file").to_owned();
    let node = &call.desk.node;
    let bytes = node.staged_bytes(&token).await?;
    let rows: Vec<usize> = match call.field("choice") {
        "all" => Vec::new(),
        _ => picked(&call)?,
    };
    let confirmed = call.field("sure") == "yes";
    let chosen = (&bytes[..], &rows[..], confirmed);
    let took = node
        .take_group_table(call.actor()?, &channel, list, chosen, call.page.lang)
        .await?;
    preview(&call, token, Some(took)).await
}

/// What was ticked; at least one.
pub(crate) fn picked<T: std::str::FromStr>(call: &Call) -> Result<Vec<T>, Fault> {
    let ticked = call.form.iter().filter(|(name, _)| name == "pick");
    let picked: Result<Vec<T>, _> = ticked.map(|(_, value)| value.parse()).collect();
    match picked {
        Ok(picked) if !picked.is_empty() => Ok(picked),
        Ok(_) => Err(Fault::new(
            http::StatusCode::UNPROCESSABLE_ENTITY,
            "E_NOTHING_PICKED",
        )),
        Err(_) => Err(super::acts::invalid()),
    }
}

#[cfg(test)]
#[path = "../samples/group/table_files.rs"]
pub(crate) mod samples;
