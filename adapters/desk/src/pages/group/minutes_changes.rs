//! What changed in minutes since a person read them: each paragraph as it stood and as it stands,
//! and who wrote since, by function.

use passerelle_model::Lang;
use passerelle_service::joint::{Kind, Object, Paragraph};
use passerelle_service::{ParagraphChange, ReadSoFar};

use super::agree::{self, Signature};
use super::minutes::standing;
use super::{dir, href};
use crate::answer::{Answer, Fault, go};
use crate::frame::{Page, visible};
use crate::guard::Call;
use crate::words;

/// What changed.
pub(crate) struct Changed {
    /// Whether since this person read it; else since it was sent round.
    pub(crate) since_read: bool,
    pub(crate) paragraphs: Vec<Change>,
    /// How far one has read who sees this page.
    pub(crate) upto: String,
}

/// One paragraph in one language.
pub(crate) struct Change {
    /// Its number now; none where it was struck out.
    pub(crate) number: Option<usize>,
    pub(crate) place: String,
    pub(crate) tag: &'static str,
    pub(crate) dir: &'static str,
    pub(crate) language: &'static str,
    pub(crate) before: Vec<String>,
    pub(crate) after: Vec<String>,
    pub(crate) by: Vec<Signature>,
}

/// How far this person has read the minutes of the address.
pub(crate) async fn read(call: &Call) -> Result<Option<ReadSoFar>, Fault> {
    let (channel, id) = (super::channel(call)?, super::object(call)?);
    let node = &call.desk.node;
    Ok(node.paragraphs_read(call.actor()?, &channel, &id).await?)
}

/// Nothing before it is sent round or read, and nothing once it is agreed.
pub(crate) fn changed(p: &Page, minutes: &Object, read: Option<&ReadSoFar>) -> Option<Changed> {
    if minutes.agreed().is_some() {
        return None;
    }
    let sent = ReadSoFar::when_sent_round(minutes);
    let since = read.or(sent.as_ref())?;
    let standing = standing(minutes);
    let number = |change: &ParagraphChange<'_>| {
        let at = standing.keys().position(|place| place == change.place)?;
        Some(at + 1)
    };
    let changes = since.changes(minutes);
    let shown = changes
        .iter()
        .map(|change| shown(p, change, number(change)));
    Some(Changed {
        since_read: read.is_some(),
        paragraphs: shown.collect(),
        upto: ReadSoFar::all(minutes).written(),
    })
}

fn shown(p: &Page, change: &ParagraphChange<'_>, number: Option<usize>) -> Change {
    let texts = |all: &[&Paragraph]| all.iter().map(|text| visible(text.as_str())).collect();
    let lang: Lang = change.lang;
    Change {
        number,
        place: change.place.as_str().to_owned(),
        tag: words::tag(lang),
        dir: dir(lang),
        language: words::own_name(lang),
        before: texts(&change.before),
        after: texts(&change.after),
        by: change
            .by
            .iter()
            .map(|stamp| agree::signature(p, stamp))
            .collect(),
    }
}

/// This person has read what stood on the page.
pub(crate) async fn mark(call: Call) -> Answer {
    let (channel, id) = (super::channel(&call)?, super::object(&call)?);
    let is = |_: &_, object: &Object| match object.kind() {
        Kind::Minutes => Ok(()),
        _ => Err(Fault::absent()),
    };
    super::look_at(&call, is).await?;
    let read = ReadSoFar::parse(call.field("upto"));
    let node = &call.desk.node;
    node.read_paragraphs(call.actor()?, &channel, &id, &read)
        .await?;
    go(&format!(
        "{}?done=meet-read-paragraphs",
        href(&channel, &id)
    ))
}
