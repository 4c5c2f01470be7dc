//! Communiqués: written here, agreed by the panel, public after their embargo.

use askama::Template;
use passerelle_model::{UtcTime, tidy};
use passerelle_service::Wish;
use passerelle_service::joint::{Deed, Kind, Object, Revision, Terms, Texts};

use super::super::keeping::Row;
use super::agree::{Agree, both_clocks};
use super::object::{self, Talk};
use super::texts::{self, TextField};
use super::{Tab, agree, tabs, title};
use crate::answer::{Answer, Fault, go, page};
use crate::frame::Page;
use crate::guard::Call;
use crate::routes::{GROUP, Route, get, page as handled, post};

pub(crate) const ROUTES: &[Route] = &[
    get("/group/{channel}/communiques", GROUP, handled!(list)),
    get("/group/{channel}/communiques/new", GROUP, handled!(new)),
    post("/group/{channel}/communiques/new", GROUP, handled!(begin)),
    get(
        "/group/{channel}/objects/{object}/communique",
        GROUP,
        handled!(change),
    ),
    post(
        "/group/{channel}/objects/{object}/communique",
        GROUP,
        handled!(amend),
    ),
];

/// Where the list stands after the group's own address.
const HERE: &str = "/communiques";

/// A list of a group with what one can begin there.
#[derive(Template)]
#[template(path = "group/public-list.html")]
pub(crate) struct List {
    pub(crate) p: Page,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) heading: String,
    pub(crate) lead: String,
    pub(crate) empty: String,
    /// Address and word of what can be begun.
    pub(crate) begin: Vec<(String, String)>,
    pub(crate) rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "group/communique-form.html")]
struct Writing {
    p: Page,
    tabs: Vec<Tab>,
    action: String,
    heading: String,
    version: u64,
    fields: Vec<TextField>,
    embargo: String,
    clock: String,
}

#[derive(Template)]
#[template(path = "group/communique.html")]
struct Shows {
    p: Page,
    tabs: Vec<Tab>,
    title: String,
    channel: String,
    object: String,
    /// Public since, or what keeps it from being so.
    standing: String,
    tone: &'static str,
    agree: Agree,
    talk: Talk,
}

pub(crate) async fn list(call: Call) -> Answer {
    let p = call.page.clone();
    let channel = super::channel(&call)?;
    let rows = super::look(&call, |room| {
        let all = room.ledger().of_kind(Kind::Communique).rev();
        Ok(all
            .map(|object| {
                let mut row = agree::line(&p, room, object);
                let (word, tone) = standing(&p, object);
                row.tags.push((word, tone));
                row
            })
            .collect())
    })
    .await?;
    let speaks = call.actor()?.speaks();
    let begin = (
        format!("/group/{channel}/communiques/new"),
        p.t("group-new-communique"),
    );
    page(&List {
        tabs: tabs(&p, &channel, HERE),
        heading: p.t("group-communiques"),
        lead: p.t("group-communiques-lead"),
        empty: p.t("group-communiques-empty"),
        begin: speaks.then_some(begin).into_iter().collect(),
        rows,
        p,
    })
}

/// Public since, embargo until, or not agreed.
fn standing(p: &Page, object: &Object) -> (String, &'static str) {
    let Some(agreed) = object.agreed() else {
        return (p.t("group-communique-not-agreed"), "calm");
    };
    let Terms::Communique { embargo } = &agreed.value().terms else {
        return (String::new(), "calm");
    };
    let signed = agreed.signatures().iter().map(|stamp| stamp.time).max();
    let since = signed.unwrap_or(*embargo).max(*embargo);
    match *embargo <= p.now {
        true => (p.ta("group-public-since", &both_clocks(p, since)), "good"),
        false => (
            p.ta("group-embargo-until", &both_clocks(p, *embargo)),
            "soon",
        ),
    }
}

/// The page of a communiqué.
pub(crate) async fn show(call: Call) -> Answer {
    let p = call.page.clone();
    let (channel, id) = (super::channel(&call)?, super::object(&call)?);
    let note = object::note(&call).await?;
    let (title, (standing, tone), agree, talk) = super::look_at(&call, |room, object| {
        Ok((
            title(&p, object),
            standing(&p, object),
            agree::panel(&p, room, object),
            object::talk(&p, room, object, note.as_ref()),
        ))
    })
    .await?;
    page(&Shows {
        tabs: tabs(&p, &channel, HERE),
        title,
        channel: channel.to_string(),
        object: id.to_string(),
        standing,
        tone,
        agree,
        talk,
        p,
    })
}

fn form(p: &Page, texts: Option<&Texts>, embargo: Option<UtcTime>) -> (Vec<TextField>, String) {
    let at = embargo.unwrap_or(p.now);
    (texts::fields(p, texts), crate::time::typed(at, &p.zone))
}

async fn new(call: Call) -> Answer {
    let p = call.page.clone();
    let channel = super::channel(&call)?;
    super::look(&call, |_| Ok(())).await?;
    let (fields, embargo) = form(&p, None, None);
    page(&Writing {
        tabs: tabs(&p, &channel, HERE),
        action: format!("/group/{channel}/communiques/new"),
        heading: p.t("group-new-communique"),
        version: 0,
        fields,
        embargo,
        clock: p.capital.clone(),
        p,
    })
}

fn revision(call: &Call, base: Option<passerelle_model::Digest>) -> Result<Revision, Fault> {
    Ok(Revision {
        base,
        texts: texts::required(call, "")?,
        terms: Terms::Communique {
            embargo: moment(call, "embargo")?,
        },
    })
}

/// A moment that was typed by our own clock.
pub(crate) fn moment(call: &Call, name: &str) -> Result<UtcTime, Fault> {
    let typed = tidy(call.field(name).trim());
    crate::time::read(&typed, &call.page.zone).ok_or_else(super::acts::invalid)
}

async fn begin(call: Call) -> Answer {
    super::look(&call, |_| Ok(())).await?;
    let channel = super::channel(&call)?;
    let deeds = vec![
        Deed::Open {
            kind: Kind::Communique,
            parent: None,
            chair: call.page.own.clone(),
        },
        Deed::Offer {
            revision: Box::new(revision(&call, None)?),
        },
    ];
    let wish = Wish::opening(deeds, call.page.lang);
    let id = call.desk.node.say(call.actor()?, &channel, wish).await?;
    go(&format!("{}?done=offered", super::href(&channel, &id)))
}

/// What is agreed, else what was offered last, of a communiqué.
fn latest(object: &Object) -> Result<(&Revision, UtcTime), Fault> {
    let revision = object::latest(object).ok_or_else(Fault::absent)?;
    match &revision.terms {
        Terms::Communique { embargo } => Ok((revision, *embargo)),
        _ => Err(Fault::absent()),
    }
}

async fn change(call: Call) -> Answer {
    let p = call.page.clone();
    let (channel, id) = (super::channel(&call)?, super::object(&call)?);
    let ((fields, embargo), version) = super::look_at(&call, |_, object| {
        let (revision, embargo) = latest(object)?;
        Ok((
            form(&p, Some(&revision.texts), Some(embargo)),
            object.version(),
        ))
    })
    .await?;
    page(&Writing {
        tabs: tabs(&p, &channel, HERE),
        action: format!("/group/{channel}/objects/{id}/communique"),
        heading: p.t("group-change-communique"),
        version,
        fields,
        embargo,
        clock: p.capital.clone(),
        p,
    })
}

async fn amend(call: Call) -> Answer {
    let base = super::look_at(&call, |_, object| {
        latest(object)?;
        Ok(object.offers().agreed_hash())
    })
    .await?;
    let deed = Deed::Offer {
        revision: Box::new(revision(&call, base)?),
    };
    super::acts::say(&call, vec![deed], "offered").await
}

#[cfg(test)]
#[path = "../samples/group/communiques.rs"]
pub(crate) mod samples;
