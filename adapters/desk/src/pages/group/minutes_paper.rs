//! Minutes as an office document: what is agreed, else the draft as it stands.

use axum::response::IntoResponse as _;
use http::header;
use passerelle_model::{Lang, Markdown, Name};
use passerelle_service::joint::{Object, Stance, Texts};
use passerelle_service::{GroupRoom, MinutesPaper, Said, minutes_file};

use super::meet;
use super::minutes::standing;
use super::minutes_opening::Names;
use crate::answer::Answer;
use crate::frame::Page;
use crate::guard::Call;
use crate::{time, words};

/// Media type of an ODT file.
const ODT: &str = "application/vnd.oasis.opendocument.text";

pub(crate) async fn file(call: Call) -> Answer {
    let p = call.page.clone();
    let names = Names::of(&call);
    let paper = super::look_at(&call, |room, minutes| Ok(paper(&p, room, minutes, &names))).await?;
    let bytes = minutes_file(&paper, call.desk.node.time());
    let headers = [
        (header::CONTENT_TYPE, ODT),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"minutes.odt\"",
        ),
    ];
    Ok((headers, bytes).into_response())
}

fn paper(p: &Page, room: &GroupRoom, minutes: &Object, names: &Names) -> MinutesPaper {
    let meeting = minutes.parent().and_then(|id| room.ledger().object(id));
    let (langs, title, paragraphs) = match minutes.agreed() {
        Some(agreed) => agreed_text(&agreed.value().texts),
        None => drafted(p, minutes, meeting),
    };
    let label = |key: &str| kept(&langs, meet::said(key));
    let in_all =
        |text: &dyn Fn(Lang) -> String| langs.iter().map(|lang| (*lang, text(*lang))).collect();
    let mut facts: Vec<(Said, Said)> = Vec::new();
    if let Some(schedule) = meeting.and_then(meet::schedule) {
        let when: Said = in_all(&|lang| time::moment(lang, schedule.start, &p.zone));
        facts.push((label("group-term-start"), when));
        facts.push((
            label("group-term-place"),
            in_all(&|_| schedule.place.to_string()),
        ));
    }
    let mut parties = Vec::new();
    for party in room.ledger().parties() {
        let name: Said = in_all(&|lang| names.name(party, lang));
        let mut delegates = meeting.into_iter().flat_map(|meeting| meeting.delegates());
        let functions = delegates
            .find(|own| own.party() == party)
            .map(|own| own.value().as_slice());
        facts.push((
            name.clone(),
            in_all(&|_| joined(functions.unwrap_or_default())),
        ));
        parties.push((name, signed(p, minutes, party, &langs)));
    }
    let annexes = annexes(minutes, names, &langs);
    MinutesPaper {
        title,
        facts,
        paragraphs,
        annexes,
        parties,
    }
}

fn joined(functions: &[Name]) -> String {
    functions
        .iter()
        .map(Name::as_str)
        .collect::<Vec<_>>()
        .join(" · ")
}

/// Who signed in which function and when, under the line of a party.
fn signed(p: &Page, minutes: &Object, party: &passerelle_model::PartyId, langs: &[Lang]) -> Said {
    let Some(agreed) = minutes.agreed() else {
        return Vec::new();
    };
    let Some(stamp) = agreed.signatures().iter().find(|stamp| stamp.by == *party) else {
        return Vec::new();
    };
    let line = |lang: &Lang| {
        let at = time::moment(*lang, stamp.time, &p.zone);
        (*lang, format!("{}, {at}", stamp.function))
    };
    langs.iter().map(line).collect()
}

fn kept(langs: &[Lang], said: Said) -> Said {
    said.into_iter()
        .filter(|(lang, _)| langs.contains(lang))
        .collect()
}

/// Each paragraph of the agreed text in all its languages side by side.
fn agreed_text(texts: &Texts) -> (Vec<Lang>, Said, Vec<Said>) {
    let langs: Vec<Lang> = texts.iter().map(|version| version.lang).collect();
    let title = texts
        .iter()
        .map(|version| (version.lang, version.title.to_string()))
        .collect();
    let mut paragraphs: Vec<Said> = Vec::new();
    for version in texts.iter() {
        let body = version.body.as_ref().map_or("", Markdown::as_str);
        for (at, text) in body.split("\n\n").enumerate() {
            if paragraphs.len() <= at {
                paragraphs.push(Vec::new());
            }
            if let Some(said) = paragraphs.get_mut(at) {
                said.push((version.lang, text.to_owned()));
            }
        }
    }
    (langs, title, paragraphs)
}

/// The draft: where two wrote at once, both stand.
fn drafted(p: &Page, minutes: &Object, meeting: Option<&Object>) -> (Vec<Lang>, Said, Vec<Said>) {
    let standing = standing(minutes);
    let there = |lang: &&Lang| standing.values().any(|langs| langs.contains_key(*lang));
    let mut langs: Vec<Lang> = Lang::ALL.iter().filter(there).copied().collect();
    if langs.is_empty() {
        langs.push(p.lang);
    }
    let title = |lang: &Lang| {
        let of = meeting
            .and_then(|meeting| meeting.title(*lang))
            .unwrap_or_default();
        (
            *lang,
            words::say(*lang, "meet-minutes-draft-of", &[("what", of)]),
        )
    };
    let mut paragraphs = Vec::new();
    for written in standing.into_values() {
        let mut said: Said = Vec::new();
        for (lang, texts) in written {
            said.extend(
                texts
                    .into_iter()
                    .flatten()
                    .map(|text| (lang, text.to_string())),
            );
        }
        paragraphs.push(said);
    }
    let title = langs.iter().map(title).collect();
    (langs, title, paragraphs)
}

fn annexes(minutes: &Object, names: &Names, langs: &[Lang]) -> Vec<(Said, Vec<Said>)> {
    let annex = |one: Statement| {
        let heading = |lang: &Lang| {
            let stance = words::say(*lang, &format!("group-stance-{}", one.stance), &[]);
            (
                *lang,
                format!("{}: {stance}", names.name(&one.party, *lang)),
            )
        };
        let mut said: Vec<Said> = Vec::new();
        for version in one.texts.iter().flat_map(Texts::iter) {
            said.push(vec![(version.lang, version.title.to_string())]);
            let body = version.body.as_ref().map(|body| body.to_string());
            said.extend(body.map(|body| vec![(version.lang, body)]));
        }
        (langs.iter().map(heading).collect(), said)
    };
    statements(minutes).into_iter().map(annex).collect()
}

/// What a party said beside the minutes.
struct Statement {
    party: passerelle_model::PartyId,
    stance: Stance,
    texts: Option<Texts>,
}

/// What parties said beside the minutes, to be annexed: reservations, objections, statements.
fn statements(minutes: &Object) -> Vec<Statement> {
    let open = minutes.offers().open().map(|offer| offer.hash());
    let Some(hash) = minutes.offers().agreed_hash().or(open) else {
        return Vec::new();
    };
    let all = minutes
        .positions(&hash)
        .map(|(stance, texts, stamp)| Statement {
            party: stamp.by.clone(),
            stance,
            texts: texts.cloned(),
        });
    all.filter(|one| one.texts.is_some() || one.stance != Stance::Agrees)
        .collect()
}
