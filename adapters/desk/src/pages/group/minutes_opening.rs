//! Opening the minutes of a meeting: the head, the delegations, and a paragraph for each item with
//! what it led to, in the languages of the meeting.

use std::collections::BTreeMap;

use http::StatusCode;
use passerelle_model::{Lang, Markdown, Name, tidy};
use passerelle_service::joint::{Deed, Kind, MAX_DEEDS, Object, Place, Stage};
use passerelle_service::{GroupRoom, Wish};

use super::acts::invalid;
use super::minutes::one_block;
use super::{href, meet};
use crate::answer::{Answer, Fault, go};
use crate::frame::Page;
use crate::guard::Call;
use crate::{time, words};

/// Opens the minutes of a meeting with what its items led to.
pub(crate) async fn open(call: Call) -> Answer {
    let p = call.page.clone();
    let (channel, meeting) = (super::channel(&call)?, super::object(&call)?);
    let names = Names::of(&call);
    let mut writes = super::look_at(&call, |room, object| {
        let after = matches!(object.stage(), Stage::InSession | Stage::Ended);
        if !after || object.kind() != Kind::Meeting {
            return Err(Fault::new(StatusCode::CONFLICT, "E_NOT_IN_SESSION"));
        }
        let mut minutes = room
            .ledger()
            .children(&meeting)
            .filter(|one| one.kind() == Kind::Minutes);
        if minutes.next().is_some() {
            return Err(Fault::new(StatusCode::CONFLICT, "E_AGAIN"));
        }
        prefilled(&p, room, object, &names)
    })
    .await?;
    let mut deeds = vec![Deed::Open {
        kind: Kind::Minutes,
        parent: Some(meeting),
        chair: p.own.clone(),
    }];
    let rest = writes.split_off(writes.len().min(MAX_DEEDS - 1));
    deeds.extend(writes);
    let actor = call.actor()?;
    let id = call
        .desk
        .node
        .say(actor, &channel, Wish::opening(deeds, p.lang))
        .await?;
    for more in rest.chunks(MAX_DEEDS) {
        let wish = Wish::about(id.clone(), None, more.to_vec(), p.lang);
        call.desk.node.say(actor, &channel, wish).await?;
    }
    go(&format!("{}?done=meet-minutes", href(&channel, &id)))
}

/// Parties by their names in every language.
pub(crate) struct Names(Vec<(passerelle_model::PartyId, passerelle_model::Names)>);

impl Names {
    pub(crate) fn of(call: &Call) -> Self {
        let card = call.desk.node.own_card();
        let partners = call.desk.node.partner_places().into_iter();
        let partners = partners.map(|(party, names, _)| (party, names));
        Self(
            std::iter::once((card.party, card.names))
                .chain(partners)
                .collect(),
        )
    }

    pub(crate) fn name(&self, party: &passerelle_model::PartyId, lang: Lang) -> String {
        let known = self.0.iter().find(|(held, _)| held == party);
        known.map_or_else(
            || party.to_string(),
            |(_, names)| names.in_lang(lang).to_owned(),
        )
    }
}

/// The head, the delegations, and a paragraph for each item, in the languages of the meeting.
fn prefilled(
    p: &Page,
    room: &GroupRoom,
    meeting: &Object,
    names: &Names,
) -> Result<Vec<Deed>, Fault> {
    let revision = super::object::latest(meeting).ok_or_else(Fault::absent)?;
    let langs: Vec<Lang> = revision.texts.iter().map(|version| version.lang).collect();
    let mut lines: Vec<BTreeMap<Lang, String>> = vec![BTreeMap::new(), BTreeMap::new()];
    let items = meet::agenda(meeting)
        .iter()
        .filter_map(|id| room.ledger().object(id));
    let items: Vec<&Object> = items.collect();
    for lang in &langs {
        let head = head(p, meeting, *lang);
        let delegations = delegations(meeting, names, *lang);
        if let [first, second, ..] = lines.as_mut_slice() {
            first.insert(*lang, head);
            second.insert(*lang, delegations);
        }
    }
    for (number, item) in (1..).zip(items) {
        let of = |lang: &Lang| (*lang, about(room, number, item, *lang));
        lines.push(langs.iter().map(of).collect());
    }
    let mut deeds = Vec::new();
    let mut place: Option<Place> = None;
    for line in lines {
        let next = Place::between(place.as_ref(), None).map_err(passerelle_service::Error::from)?;
        for (lang, text) in line.into_iter().filter(|(_, text)| !text.is_empty()) {
            let text: Markdown = tidy(&text).parse().map_err(|_| invalid())?;
            deeds.push(Deed::Write {
                place: next.clone(),
                lang,
                text: Some(text),
            });
        }
        place = Some(next);
    }
    Ok(deeds)
}

fn head(p: &Page, meeting: &Object, lang: Lang) -> String {
    meet::schedule(meeting).map_or_else(String::new, |schedule| {
        let when = time::moment(lang, schedule.start, &p.zone);
        let place = schedule.place.to_string();
        let title = meeting.title(lang).unwrap_or_default();
        words::say(
            lang,
            "meet-prefill-head",
            &[("what", title), ("when", &when), ("place", &place)],
        )
    })
}

fn delegations(meeting: &Object, names: &Names, lang: Lang) -> String {
    let one = |own: &passerelle_service::joint::class::Own<Vec<Name>>| {
        let functions: Vec<&str> = own.value().iter().map(Name::as_str).collect();
        let sign = if lang == Lang::Ar { "، " } else { ", " };
        format!(
            "{}{}{}",
            names.name(own.party(), lang),
            colon(lang),
            functions.join(sign)
        )
    };
    let all: Vec<String> = meeting
        .delegates()
        .filter(|own| !own.value().is_empty())
        .map(one)
        .collect();
    all.join("\n")
}

/// A colon as a language writes it: French keeps a space before it.
fn colon(lang: Lang) -> &'static str {
    match lang {
        Lang::Fr => "\u{a0}: ",
        _ => ": ",
    }
}

/// An item with its outcome, and the decisions and commitments that followed.
fn about(room: &GroupRoom, number: usize, item: &Object, lang: Lang) -> String {
    let title = item.title(lang).unwrap_or_default();
    let mut text = format!("{number}. {title}");
    match item.outcome() {
        Some((outcome, said)) => {
            let word = words::say(lang, &format!("meet-outcome-{outcome}"), &[]);
            text.push_str(&format!("\n{word}"));
            if let Some(version) = said.and_then(|said| said.best(lang)) {
                text.push_str(&format!("{}{}", colon(lang), version.title));
                if let Some(body) = &version.body {
                    text.push_str(&format!("\n{}", one_block(body.as_str())));
                }
            }
        }
        None => {
            let word = words::say(lang, &format!("group-stage-{}", item.stage()), &[]);
            text.push_str(&format!("\n{word}"));
        }
    }
    for follows in room.ledger().children(item.id()) {
        let kind = words::say(lang, &format!("group-kind-{}", follows.kind()), &[]);
        let title = follows.title(lang).unwrap_or_default();
        text.push_str(&format!("\n– {kind}{}{title}", colon(lang)));
    }
    text
}
