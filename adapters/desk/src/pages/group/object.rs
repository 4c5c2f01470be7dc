//! One object: what is agreed and offered, what was said of it, our own note.

use askama::Template;
use passerelle_model::Day;
use passerelle_service::joint::{DecisionTerms, Deed, Kind, Revision, Strand, Terms};
use passerelle_service::{GroupRoom, OwnNote, Wish, joint};

use super::agree::{Agree, Signature};
use super::texts::{self, Shown, TextField};
use super::{Tab, agree, kind_word, tabs, title};
use crate::answer::{Answer, Fault, go, page};
use crate::frame::{Page, visible};
use crate::guard::Call;
use crate::routes::{GROUP, Route, get, page as handled, post};

pub(crate) const ROUTES: &[Route] = &[
    get("/group/{channel}/objects/{object}", GROUP, handled!(show)),
    get("/group/{channel}/decisions/new", GROUP, handled!(new)),
    post("/group/{channel}/decisions/new", GROUP, handled!(begin)),
    get(
        "/group/{channel}/objects/{object}/change",
        GROUP,
        handled!(change),
    ),
    post(
        "/group/{channel}/objects/{object}/change",
        GROUP,
        handled!(amend),
    ),
];

#[derive(Template)]
#[template(path = "group/object.html")]
struct Shows {
    p: Page,
    tabs: Vec<Tab>,
    title: String,
    kind: String,
    parent: Option<(String, String)>,
    agree: Agree,
    talk: Talk,
}

/// What was said beside the text, and what is ours only.
pub(crate) struct Talk {
    pub(crate) channel: String,
    pub(crate) object: String,
    pub(crate) comments: Vec<(Signature, Shown)>,
    pub(crate) ignored: Vec<(Signature, String)>,
    pub(crate) note: String,
    pub(crate) note_version: u64,
    pub(crate) note_by: Option<String>,
    pub(crate) speaks: bool,
}

/// Our note with the name of whoever wrote it.
pub(crate) struct Noted {
    pub(crate) note: OwnNote,
    pub(crate) by: String,
}

/// The page of an object, by its kind.
pub(crate) async fn show(call: Call) -> Answer {
    match kind(&call).await? {
        Kind::Commitment => super::commitment::show(call).await,
        Kind::Action => super::action::show(call).await,
        Kind::Indicator => super::indicators::show(call).await,
        Kind::Topic => super::topics::show(call).await,
        Kind::Meeting => super::meeting::show(call).await,
        Kind::Item => super::items::show(call).await,
        Kind::Minutes => super::minutes::show(call).await,
        Kind::Consultation => super::consultations::show(call).await,
        Kind::Communique => super::communiques::show(call).await,
        kind if super::learn_object::SHOWS.contains(&kind) => super::learn_object::show(call).await,
        _ => decided(call).await,
    }
}

/// Kind of the object of the address.
async fn kind(call: &Call) -> Result<Kind, Fault> {
    super::look_at(call, |_, object| Ok(object.kind())).await
}

async fn decided(call: Call) -> Answer {
    let p = call.page.clone();
    let channel = super::channel(&call)?;
    let note = note(&call).await?;
    let (title, kind, parent, agree, talk) = super::look_at(&call, |room, object| {
        let parent = object.parent().and_then(|id| room.ledger().object(id));
        Ok((
            title(&p, object),
            kind_word(&p, object.kind()),
            parent.map(|parent| (super::href(&channel, parent.id()), title(&p, parent))),
            agree::panel(&p, room, object),
            talk(&p, room, object, note.as_ref()),
        ))
    })
    .await?;
    page(&Shows {
        tabs: tabs(&p, &channel, "-"),
        title,
        kind,
        parent,
        agree,
        talk,
        p,
    })
}

/// Our note about the object of the address.
pub(crate) async fn note(call: &Call) -> Result<Option<Noted>, Fault> {
    let (channel, object) = (super::channel(call)?, super::object(call)?);
    let actor = call.actor()?;
    let note = call.desk.node.own_note(actor, &channel, &object).await?;
    let Some(note) = note else { return Ok(None) };
    let by = call.page_with_names().await?.person(&note.officer);
    Ok(Some(Noted { note, by }))
}

/// What was said beside the text.
pub(crate) fn talk(
    p: &Page,
    room: &GroupRoom,
    object: &joint::Object,
    noted: Option<&Noted>,
) -> Talk {
    let said = |own: &joint::class::Own<joint::Version>| {
        (agree::signature(p, own.stamp()), texts::shown(own.value()))
    };
    let ignored = |(stamp, error): &(joint::Stamp, joint::Error)| {
        let code = error.code();
        let sentence = crate::answer::rule_sentence(p, code);
        (
            agree::signature(p, stamp),
            sentence.unwrap_or_else(|| code.to_owned()),
        )
    };
    let note = noted.map(|held| &held.note);
    Talk {
        channel: room.channel().to_string(),
        object: object.id().to_string(),
        comments: object.comments().iter().map(said).collect(),
        ignored: object.ignored().iter().map(ignored).collect(),
        note: note.map_or_else(String::new, |note| visible(note.text.value().as_str())),
        note_version: note.map_or(0, |note| note.version),
        note_by: noted.map(|held| format!("{} · {}", held.by, p.at(&held.note.time))),
        speaks: p
            .actor
            .as_ref()
            .is_some_and(passerelle_service::Actor::speaks),
    }
}

#[derive(Template)]
#[template(path = "group/decision.html")]
struct Writing {
    p: Page,
    tabs: Vec<Tab>,
    action: String,
    heading: String,
    lead: String,
    version: u64,
    fields: Vec<TextField>,
    strands: Vec<(&'static str, String, bool)>,
    effect: String,
}

/// A new decision.
pub(crate) async fn new(call: Call) -> Answer {
    let p = call.page.clone();
    let channel = super::channel(&call)?;
    super::look(&call, |_| Ok(())).await?;
    page(&Writing {
        tabs: tabs(&p, &channel, "-"),
        action: format!("/group/{channel}/decisions/new"),
        heading: p.t("group-new-decision"),
        lead: p.t("group-new-decision-lead"),
        version: 0,
        fields: texts::fields(&p, None),
        strands: strands(&p, None),
        effect: String::new(),
        p,
    })
}

pub(crate) async fn begin(call: Call) -> Answer {
    let channel = super::channel(&call)?;
    let actor = call.actor()?;
    let revision = Revision {
        base: None,
        texts: texts::required(&call, "")?,
        terms: Terms::Decision(decision_terms(&call)?),
    };
    let deeds = vec![
        Deed::Open {
            kind: Kind::Decision,
            parent: None,
            chair: call.page.own.clone(),
        },
        Deed::Offer {
            revision: Box::new(revision),
        },
    ];
    let wish = Wish::opening(deeds, call.page.lang);
    let id = call.desk.node.say(actor, &channel, wish).await?;
    go(&format!("{}?done=offered", super::href(&channel, &id)))
}

/// A change of what is agreed, or another text after a rejected one, in the form of its kind.
pub(crate) async fn change(call: Call) -> Answer {
    match kind(&call).await? {
        Kind::Commitment => super::promise::change(call).await,
        Kind::Indicator => super::measure::change(call).await,
        _ => change_decision(call).await,
    }
}

async fn change_decision(call: Call) -> Answer {
    let p = call.page.clone();
    let channel = super::channel(&call)?;
    let id = super::object(&call)?;
    let (texts, strand, effect, version) = super::look_at(&call, |_, object| {
        let revision = latest(object).ok_or_else(Fault::absent)?;
        let Terms::Decision(terms) = &revision.terms else {
            return Err(Fault::absent());
        };
        let effect = terms.effect.map_or_else(String::new, |day| day.to_string());
        Ok((
            texts::fields(&p, Some(&revision.texts)),
            terms.strand,
            effect,
            object.version(),
        ))
    })
    .await?;
    page(&Writing {
        tabs: tabs(&p, &channel, "-"),
        action: format!("/group/{channel}/objects/{id}/change"),
        heading: p.t("group-change-decision"),
        lead: p.t("group-change-lead"),
        version,
        fields: texts,
        strands: strands(&p, strand),
        effect,
        p,
    })
}

pub(crate) async fn amend(call: Call) -> Answer {
    match kind(&call).await? {
        Kind::Commitment => super::promise::amend(call).await,
        Kind::Indicator => super::measure::amend(call).await,
        _ => amend_decision(call).await,
    }
}

async fn amend_decision(call: Call) -> Answer {
    let (channel, id) = (super::channel(&call)?, super::object(&call)?);
    let version: u64 = call.given("version")?;
    let (base, meeting) = super::look_at(&call, |_, object| {
        let Some(Terms::Decision(terms)) = latest(object).map(|revision| &revision.terms) else {
            return Err(Fault::absent());
        };
        Ok((object.offers().agreed_hash(), terms.meeting.clone()))
    })
    .await?;
    let revision = Revision {
        base,
        texts: texts::required(&call, "")?,
        terms: Terms::Decision(DecisionTerms {
            meeting,
            ..decision_terms(&call)?
        }),
    };
    let deeds = vec![Deed::Offer {
        revision: Box::new(revision),
    }];
    let wish = Wish::about(id.clone(), Some(version), deeds, call.page.lang);
    call.desk.node.say(call.actor()?, &channel, wish).await?;
    go(&format!("{}?done=offered", super::href(&channel, &id)))
}

/// The text that a change starts from: what is agreed, else what was offered last.
pub(crate) fn latest(object: &joint::Object) -> Option<&Revision> {
    match object.agreed() {
        Some(agreed) => Some(agreed.value()),
        None => Some(object.offers().latest()?.revision()),
    }
}

fn decision_terms(call: &Call) -> Result<DecisionTerms, Fault> {
    let effect: Option<Day> = optional(call, "effect")?;
    let strand: Option<Strand> = optional(call, "strand")?;
    Ok(DecisionTerms {
        meeting: None,
        effect,
        strand,
        ended: false,
    })
}

/// A field that may be left empty.
pub(crate) fn optional<T: std::str::FromStr>(call: &Call, name: &str) -> Result<Option<T>, Fault> {
    match call.field(name).trim() {
        "" => Ok(None),
        _ => call.given(name).map(Some),
    }
}

/// Strands as options.
pub(crate) fn strands(p: &Page, chosen: Option<Strand>) -> Vec<(&'static str, String, bool)> {
    let all = Strand::ALL.iter();
    all.map(|strand| {
        let word = p.word("group-strand", strand);
        (strand.as_str(), word, Some(*strand) == chosen)
    })
    .collect()
}

#[cfg(test)]
#[path = "../samples/group/object.rs"]
pub(crate) mod samples;
