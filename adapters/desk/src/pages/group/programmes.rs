//! Programmes: the list, files of other systems looked through and taken, and files for them.

use askama::Template;
use passerelle_service::joint::Kind;
use passerelle_service::{Asked, ProgrammesTaken};

use super::bring;
use super::expertise::{Room, rows};
use super::preview::Preview;
use super::table_files::{picked, sent};
use super::{Tab, channel, tabs};
use crate::answer::{Answer, Fault, page};
use crate::frame::Page;
use crate::guard::Call;
use crate::routes::{GROUP, Route, get, page as handled, post};

pub(crate) const ROUTES: &[Route] = &[
    get("/group/{channel}/programmes", GROUP, handled!(list)),
    get("/group/{channel}/programmes/iati", GROUP, handled!(file)),
    get("/group/{channel}/programmes/import", GROUP, handled!(ask)),
    post("/group/{channel}/programmes/import", GROUP, handled!(bring)).streaming(),
    post("/group/{channel}/programmes/take", GROUP, handled!(take)).looked_at_later(),
];

async fn list(call: Call) -> Answer {
    let p = call.page.clone();
    let channel = channel(&call)?;
    let filter = super::expertise::filter(&call);
    let sections = super::look(&call, |room| {
        Ok(vec![rows(&p, room, Kind::Programme, &filter)])
    });
    let sections = sections.await?;
    let link = |path: &str, key: &str| (format!("/group/{channel}{path}"), p.t(key));
    let mut actions = vec![
        link("/programmes/iati?public=yes", "learn-iati-public"),
        link("/programmes/iati", "learn-iati-all"),
    ];
    if call.actor()?.speaks() {
        actions.insert(0, link("/learn/programme", "learn-new-programme"));
        actions.insert(1, link("/programmes/import", "learn-import"));
    }
    let lead = p.t("learn-programmes-lead");
    page(&Room::new(
        p,
        &channel,
        "/programmes",
        lead,
        actions,
        sections,
        &filter,
    ))
}

async fn file(call: Call) -> Answer {
    let channel = channel(&call)?;
    let public = call.asked("public") == "yes";
    let written = call
        .desk
        .node
        .group_iati(call.actor()?, &channel, public)
        .await?;
    sent(
        "application/xml",
        &format!("{channel}-iati-2.03.xml"),
        written,
    )
}

#[derive(Template)]
#[template(path = "group/programmes-import.html")]
struct Import {
    p: Page,
    tabs: Vec<Tab>,
    action: String,
}

async fn ask(call: Call) -> Answer {
    let p = call.page.clone();
    let channel = channel(&call)?;
    super::look(&call, |_| Ok(())).await?;
    page(&Import {
        tabs: tabs(&p, &channel, "/programmes"),
        action: format!("/group/{channel}/programmes/import?csrf={}", p.csrf),
        p,
    })
}

/// What was brought: one file of activities, or two tables.
struct Brought {
    tokens: Vec<(String, String)>,
}

impl Brought {
    async fn read(&self, call: &Call) -> Result<Vec<Vec<u8>>, Fault> {
        let mut read = Vec::new();
        for (_, token) in &self.tokens {
            read.push(call.desk.node.staged_bytes(token).await?);
        }
        Ok(read)
    }
}

fn asked(files: &[Vec<u8>]) -> Result<Asked<'_>, Fault> {
    match files {
        [xml] => Ok(Asked::Xml(xml)),
        [projects, results] => Ok(Asked::Tables(projects, results)),
        _ => Err(super::acts::invalid()),
    }
}

async fn bring(mut call: Call) -> Answer {
    super::look(&call, |_| Ok(())).await?;
    let files = bring::files(&mut call).await?;
    let names: &[&str] = match bring::token(&files, "activities") {
        Ok(_) => &["activities"],
        Err(_) => &["projects", "results"],
    };
    let token = |name: &&str| Ok(((*name).to_owned(), bring::token(&files, name)?));
    let tokens: Result<_, Fault> = names.iter().map(token).collect();
    preview(&call, Brought { tokens: tokens? }, None).await
}

async fn preview(call: &Call, brought: Brought, took: Option<ProgrammesTaken>) -> Answer {
    let p = call.page.clone();
    let channel = channel(call)?;
    let files = brought.read(call).await?;
    let node = &call.desk.node;
    let found = node
        .preview_programmes(call.actor()?, &channel, asked(&files)?)
        .await?;
    let (heading, tabs) = (p.t("learn-import"), tabs(&p, &channel, "/programmes"));
    let mut shown = Preview::new(p, tabs, heading);
    shown.back = format!("/group/{channel}/programmes/import");
    shown.action = format!("/group/{channel}/programmes/take");
    shown.carried = brought.tokens;
    match &found {
        Ok(found) => shown.of_programmes(&channel, found),
        Err(refused) => shown.refuse(refused),
    }
    if let Some(took) = took {
        let refused = took
            .refused
            .into_iter()
            .map(|one| (one.identifier, one.code));
        shown.took(took.said, took.left, refused.collect());
    }
    shown.shown()
}

async fn take(call: Call) -> Answer {
    let channel = channel(&call)?;
    super::look(&call, |_| Ok(())).await?;
    let names = ["activities", "projects", "results"].into_iter();
    let tokens = names.filter_map(|name| {
        let token = call.field(name);
        (!token.is_empty()).then(|| (name.to_owned(), token.to_owned()))
    });
    let brought = Brought {
        tokens: tokens.collect(),
    };
    let files = brought.read(&call).await?;
    let chosen: Vec<String> = match call.field("choice") {
        "all" => Vec::new(),
        _ => picked(&call)?,
    };
    let confirmed = call.field("sure") == "yes";
    let node = &call.desk.node;
    let wanted = (asked(&files)?, &chosen[..], confirmed);
    let took = node
        .take_programmes(call.actor()?, &channel, wanted, call.page.lang)
        .await?;
    preview(&call, brought, Some(took)).await
}

#[cfg(test)]
#[path = "../samples/group/programmes.rs"]
pub(crate) mod samples;
