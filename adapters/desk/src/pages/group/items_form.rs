//! The form of an item: proposed for an agenda, or changed before its meeting.

use askama::Template;
use passerelle_service::joint::{Deed, Facts, Item, Kind, Object, Stage, Strand};
use passerelle_service::{ItemChange, Wish, changeable};

use super::meet::{self, Options};
use super::object::{optional, strands};
use super::texts::{self, TextField};
use super::{Tab, tabs};
use crate::answer::{Answer, Fault, go, page};
use crate::frame::Page;
use crate::guard::Call;
use crate::routes::{GROUP, Route, get, page as handled, post};

pub(crate) const ROUTES: &[Route] = &[
    get("/group/{channel}/items/new", GROUP, handled!(new_item)),
    post("/group/{channel}/items/new", GROUP, handled!(propose_item)),
    get(
        "/group/{channel}/items/{object}/change",
        GROUP,
        handled!(edit_item),
    ),
    post(
        "/group/{channel}/items/{object}/change",
        GROUP,
        handled!(change_item),
    ),
];

/// Longest time of one item, in minutes.
const MAX_MINUTES: u16 = 24 * 60;

#[derive(Template)]
#[template(path = "group/item-form.html")]
pub(crate) struct ItemForm {
    p: Page,
    tabs: Vec<Tab>,
    action: String,
    heading: String,
    lead: String,
    version: u64,
    minutes: u16,
    /// Place on the agenda that is agreed.
    place: Option<u16>,
    changes: bool,
    fields: Vec<TextField>,
    strands: Vec<(&'static str, String, bool)>,
    sectors: Options,
    chairs: Options,
}

async fn new_item(call: Call) -> Answer {
    let p = call.page.clone();
    let channel = super::channel(&call)?;
    // Whoever chairs the next meeting will note what came of the item.
    let chairs = super::look(&call, |room| {
        let mut meetings: Vec<&Object> = room.ledger().of_kind(Kind::Meeting).collect();
        meetings.retain(|one| !matches!(one.stage(), Stage::Ended | Stage::Cancelled));
        meetings.sort_by_key(|meeting| meet::schedule(meeting).map(|schedule| schedule.start));
        let chair = meetings.first().map_or(&p.own, |meeting| meeting.chair());
        Ok(meet::parties(&p, room, Some(chair)))
    })
    .await?;
    page(&ItemForm {
        tabs: tabs(&p, &channel, "-"),
        action: p.path.clone(),
        heading: p.t("meet-new-item"),
        lead: p.t("meet-new-item-lead"),
        version: 0,
        minutes: 15,
        place: None,
        changes: false,
        fields: texts::fields(&p, None),
        strands: strands(&p, None),
        sectors: meet::sectors(&p, None),
        chairs,
        p,
    })
}

async fn propose_item(call: Call) -> Answer {
    let channel = super::channel(&call)?;
    let item = item(&call)?;
    let deeds = vec![
        Deed::Open {
            kind: Kind::Item,
            parent: None,
            chair: call.given("chair")?,
        },
        Deed::Describe {
            facts: Box::new(Facts::Item(item)),
        },
    ];
    let wish = Wish::opening(deeds, call.page.lang);
    call.desk.node.say(call.actor()?, &channel, wish).await?;
    go(&format!(
        "/group/{channel}/meetings?done=meet-item-proposed"
    ))
}

/// What the form of an item says.
fn item(call: &Call) -> Result<Item, Fault> {
    let minutes: u16 = optional(call, "minutes")?.unwrap_or(15);
    if minutes == 0 || minutes > MAX_MINUTES {
        return Err(Fault::field("minutes"));
    }
    Ok(Item {
        texts: texts::required(call, "")?,
        sector: optional(call, "sector")?,
        strand: call.given::<Strand>("strand")?,
        minutes,
    })
}

/// The form of an item of ours that is changed before its meeting.
async fn edit_item(call: Call) -> Answer {
    let p = call.page.clone();
    let form = super::look_at(&call, |room, item| {
        let Some(Facts::Item(facts)) = item.facts().map(|own| own.value()) else {
            return Err(Fault::absent());
        };
        let (can, place) = changeable(room.ledger(), item);
        if !can || item.id().party != p.own {
            return Err(Fault::new(http::StatusCode::CONFLICT, "E_ITEM_SETTLED"));
        }
        let lead = if place.is_some() {
            "meet-change-item-agreed"
        } else {
            "meet-change-item-lead"
        };
        Ok(ItemForm {
            tabs: tabs(&p, room.channel(), "-"),
            action: p.path.clone(),
            heading: p.t("meet-change-item"),
            lead: p.t(lead),
            version: item.version(),
            minutes: facts.minutes,
            place,
            changes: true,
            fields: texts::fields(&p, Some(&facts.texts)),
            strands: strands(&p, Some(facts.strand)),
            sectors: meet::sectors(&p, facts.sector),
            chairs: meet::parties(&p, room, Some(item.chair())),
            p: p.clone(),
        })
    })
    .await?;
    page(&form)
}

/// Says it anew, or offers it with the agenda that names it.
async fn change_item(call: Call) -> Answer {
    let (channel, id) = (super::channel(&call)?, super::object(&call)?);
    let change = ItemChange {
        item: item(&call)?,
        chair: call.given("chair")?,
        place: optional(&call, "place")?,
    };
    let version: u64 = call.given("version")?;
    let (actor, lang) = (call.actor()?, call.page.lang);
    let (stands, offered) = call
        .desk
        .node
        .change_item(actor, &channel, (&id, version), change, lang)
        .await?;
    let done = if offered {
        "meet-item-offered"
    } else {
        "meet-item-changed"
    };
    go(&format!("{}?done={done}", super::href(&channel, &stands)))
}

#[cfg(test)]
#[path = "../samples/group/items_form.rs"]
pub(crate) mod samples;
