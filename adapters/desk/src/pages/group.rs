//! The joint group: each page looks at the ledger through the use case, and says nothing that the
//! ledger does not allow.

pub(crate) mod action;
pub(crate) mod acts;
pub(crate) mod agree;
pub(crate) mod briefing;
pub(crate) mod bring;
pub(crate) mod calendar;
pub(crate) mod chart;
pub(crate) mod commitment;
pub(crate) mod communiques;
pub(crate) mod consultations;
pub(crate) mod evidence;
pub(crate) mod expertise;
pub(crate) mod follow;
pub(crate) mod home;
pub(crate) mod indicators;
pub(crate) mod items;
pub(crate) mod items_form;
pub(crate) mod learn_form;
mod learn_given;
pub(crate) mod learn_object;
pub(crate) mod matrix;
pub(crate) mod measure;
pub(crate) mod meet;
pub(crate) mod meeting;
pub(crate) mod meetings;
pub(crate) mod minutes;
pub(crate) mod minutes_changes;
mod minutes_opening;
mod minutes_paper;
pub(crate) mod object;
pub(crate) mod persons;
pub(crate) mod preview;
pub(crate) mod programmes;
pub(crate) mod promise;
pub(crate) mod readings;
mod readings_form;
pub(crate) mod table_files;
pub(crate) mod texts;
pub(crate) mod timeline;
pub(crate) mod topics;
pub(crate) mod views;

use passerelle_model::{ChannelId, Lang, PartyId};
use passerelle_service::joint::{Kind, Object, ObjectRef};
use passerelle_service::{GroupRoom, object_ref};

use crate::answer::Fault;
use crate::frame::{Page, visible};
use crate::guard::Call;
use crate::routes::Route;

/// Pages of the joint group, by area.
pub(crate) fn routes() -> impl Iterator<Item = &'static [Route]> {
    [home::ROUTES, object::ROUTES, acts::ROUTES]
        .into_iter()
        .chain(MEET)
        .chain(FOLLOW)
        .chain(LEARN)
        .chain(PUBLIC)
}

/// Meetings, what they speak about, minutes, papers read into proposals.
const MEET: [&[Route]; 6] = [
    meetings::ROUTES,
    meeting::ROUTES,
    items::ROUTES,
    items_form::ROUTES,
    minutes::ROUTES,
    readings::ROUTES,
];

/// Follow-up, measuring, coordination, assessing together.
const FOLLOW: [&[Route]; 8] = [
    follow::ROUTES,
    promise::ROUTES,
    action::ROUTES,
    briefing::ROUTES,
    matrix::ROUTES,
    indicators::ROUTES,
    measure::ROUTES,
    topics::ROUTES,
];

/// Expertise, prevention, programmes, lists as files.
const LEARN: [&[Route]; 5] = [
    expertise::ROUTES,
    learn_form::ROUTES,
    learn_object::ROUTES,
    programmes::ROUTES,
    table_files::ROUTES,
];

/// Consultations and communiqués.
const PUBLIC: [&[Route]; 2] = [communiques::ROUTES, consultations::ROUTES];

/// The group of a page's address.
pub(crate) fn channel(call: &Call) -> Result<ChannelId, Fault> {
    call.part(0)
}

/// The object of a page's address.
pub(crate) fn object(call: &Call) -> Result<ObjectRef, Fault> {
    let name: String = call.part(1)?;
    Ok(object_ref(&name)?)
}

/// Looks at the group of the address, for whoever is signed in.
pub(crate) async fn look<T>(
    call: &Call,
    look: impl FnOnce(&GroupRoom) -> Result<T, Fault>,
) -> Result<T, Fault> {
    let channel = channel(call)?;
    call.desk.node.group(call.actor()?, &channel, look).await?
}

/// The same with the object of the address.
pub(crate) async fn look_at<T>(
    call: &Call,
    look_at: impl FnOnce(&GroupRoom, &Object) -> Result<T, Fault>,
) -> Result<T, Fault> {
    let id = object(call)?;
    look(call, |room| {
        let object = room.ledger().object(&id).ok_or_else(Fault::absent)?;
        look_at(room, object)
    })
    .await
}

/// Where an object has its page.
pub(crate) fn href(channel: &ChannelId, id: &ObjectRef) -> String {
    format!("/group/{channel}/objects/{id}")
}

/// What an object is called on a page: its title, else what it is.
pub(crate) fn title(p: &Page, object: &Object) -> String {
    object
        .title(p.lang)
        .map_or_else(|| kind_word(p, object.kind()), visible)
}

/// What it is.
pub(crate) fn kind_word(p: &Page, kind: Kind) -> String {
    p.word("group-kind", kind)
}

/// Ours or theirs: the side on which something stands, and its colour.
pub(crate) fn side(p: &Page, party: &PartyId) -> &'static str {
    if *party == p.own { "ours" } else { "theirs" }
}

/// A language's own direction, for texts in it.
pub(crate) fn dir(lang: Lang) -> &'static str {
    crate::words::direction(lang)
}

/// A link in the navigation of a group.
pub(crate) struct Tab {
    pub(crate) href: String,
    pub(crate) label: String,
    pub(crate) here: bool,
}

/// Pages of a group, in order: address after the group's own, and key of the word.
const TABS: &[(&str, &str)] = &[
    ("", "group-tab-table"),
    ("/meetings", "meet-tab-meetings"),
    ("/commitments", "group-tab-commitments"),
    ("/briefing", "group-tab-briefing"),
    ("/matrix", "group-tab-matrix"),
    ("/indicators", "group-tab-indicators"),
    ("/topics", "group-tab-topics"),
    ("/expertise", "learn-tab-expertise"),
    ("/prevention", "learn-tab-prevention"),
    ("/programmes", "learn-tab-programmes"),
    ("/readings", "meet-tab-readings"),
    ("/tables", "learn-tab-tables"),
    ("/consultations", "group-tab-consultations"),
    ("/communiques", "group-tab-communiques"),
];

/// The navigation of a group; `here` is the address after the group's own.
pub(crate) fn tabs(p: &Page, channel: &ChannelId, here: &str) -> Vec<Tab> {
    let tab = |(path, key): &(&str, &str)| Tab {
        href: format!("/group/{channel}{path}"),
        label: p.t(key),
        here: *path == here,
    };
    TABS.iter().map(tab).collect()
}
