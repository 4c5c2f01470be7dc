//! Topics that are assessed together: everybody seals their view, then all are shown side by
//! side.

use askama::Template;
use passerelle_model::Name;
use passerelle_service::joint::{
    Assessment, Deed, Facts, Impact, Item, Kind, Likelihood, Object, Strand, Texts, Trend, Verdict,
    Version,
};
use passerelle_service::{GroupRoom, Wish};

use super::acts::say;
use super::agree::{self, Signature};
use super::object::Talk;
use super::texts::{self, Shown, TextField};
use super::views::{Scale, scales};
use super::{Tab, follow, href, object, side, tabs, title};
use crate::answer::{Answer, Fault, go, page};
use crate::frame::Page;
use crate::guard::Call;
use crate::routes::{GROUP, Route, get, page as handled, post};

pub(crate) const ROUTES: &[Route] = &[
    get("/group/{channel}/topics", GROUP, handled!(list)),
    get("/group/{channel}/topics/new", GROUP, handled!(new)),
    post("/group/{channel}/topics/new", GROUP, handled!(begin)),
    post(
        "/group/{channel}/topics/{object}/seal",
        GROUP,
        handled!(seal),
    ),
    post(
        "/group/{channel}/topics/{object}/reveal",
        GROUP,
        handled!(reveal),
    ),
    post(
        "/group/{channel}/topics/{object}/agenda",
        GROUP,
        handled!(agenda),
    ),
    post(
        "/group/{channel}/topics/{object}/stage",
        GROUP,
        handled!(moved),
    ),
];

/// Minutes for an agenda item that comes from a topic.
const ITEM_MINUTES: u16 = 20;

#[derive(Template)]
#[template(path = "group/topics.html")]
struct List {
    p: Page,
    tabs: Vec<Tab>,
    speaks: bool,
    new: String,
    strands: Vec<(String, &'static str, Vec<super::super::keeping::Row>)>,
}

#[derive(Template)]
#[template(path = "group/topic-form.html")]
struct Writing {
    p: Page,
    tabs: Vec<Tab>,
    action: String,
    fields: Vec<TextField>,
    strands: Vec<(String, String, bool)>,
}

#[derive(Template)]
#[template(path = "group/topic.html")]
struct Shows {
    p: Page,
    tabs: Vec<Tab>,
    title: String,
    place: String,
    version: u64,
    strand: String,
    texts: Vec<Shown>,
    round: Round,
    speaks: bool,
    moves: Vec<(&'static str, String)>,
    likelihoods: Vec<(String, String, bool)>,
    impacts: Vec<(String, String, bool)>,
    trends: Vec<(String, String, bool)>,
    talk: Talk,
}

/// How far the newest round is.
struct Round {
    number: u32,
    sealed: Vec<Signature>,
    waits: Vec<String>,
    /// Whether we can seal, or show what we sealed.
    may_seal: bool,
    may_reveal: bool,
    /// What we sealed, for our own people, while it is not shown.
    ours: Option<(String, String, String, Vec<Shown>)>,
    views: Vec<View>,
    scales: Vec<Scale>,
    verdict: Option<(String, String, bool)>,
}

/// A view that was shown.
struct View {
    by: Signature,
    likelihood: String,
    impact: String,
    trend: String,
    reasons: Vec<Shown>,
}

async fn list(call: Call) -> Answer {
    let p = call.page.clone();
    let channel = super::channel(&call)?;
    let strands = super::look(&call, |room| {
        let all = Strand::ALL.iter();
        let told = all.map(|strand| {
            let rows = of_strand(&p, room, *strand);
            (p.word("group-strand", strand), strand.as_str(), rows)
        });
        Ok(told.filter(|(_, _, rows)| !rows.is_empty()).collect())
    })
    .await?;
    page(&List {
        tabs: tabs(&p, &channel, "/topics"),
        speaks: call.actor()?.speaks(),
        new: format!("/group/{channel}/topics/new"),
        strands,
        p,
    })
}

fn of_strand(p: &Page, room: &GroupRoom, wanted: Strand) -> Vec<super::super::keeping::Row> {
    let topics = room.ledger().of_kind(Kind::Topic);
    let here = topics.filter(|topic| strand_of(topic) == Some(wanted));
    here.map(|topic| {
        let mut row = agree::line(p, room, topic);
        row.tags.push(standing(p, room, topic));
        row
    })
    .collect()
}

/// Where the assessment of a topic stands, in a word.
fn standing(p: &Page, room: &GroupRoom, topic: &Object) -> (String, &'static str) {
    let assessed = topic.assessed();
    let parties = room.ledger().parties();
    let Some(round) = assessed.round() else {
        return (p.t("group-topic-unassessed"), "calm");
    };
    match assessed
        .verdict(round, parties)
        .map(|verdict| *verdict.value())
    {
        Some(Verdict::Converge) => (p.t("group-verdict-converge"), "good"),
        Some(Verdict::Diverge) => (p.t("group-verdict-diverge"), "stop"),
        None if assessed.sealed(round).any(|own| *own.party() == p.own) => {
            (p.t("group-topic-sealed"), "calm")
        }
        None => (p.t("group-topic-wanted"), "soon"),
    }
}

fn strand_of(topic: &Object) -> Option<Strand> {
    match topic.facts()?.value() {
        Facts::Topic { strand, .. } => Some(*strand),
        _ => None,
    }
}

async fn new(call: Call) -> Answer {
    let p = call.page.clone();
    let channel = super::channel(&call)?;
    super::look(&call, |_| Ok(())).await?;
    let chosen = follow::chosen(&call, "strand")?;
    page(&Writing {
        tabs: tabs(&p, &channel, "/topics"),
        action: format!("/group/{channel}/topics/new"),
        fields: texts::fields(&p, None),
        strands: follow::words(&p, "group-strand", Strand::ALL, chosen),
        p,
    })
}

async fn begin(call: Call) -> Answer {
    let channel = super::channel(&call)?;
    let facts = Facts::Topic {
        texts: texts::required(&call, "")?,
        strand: call.given("strand")?,
    };
    let deeds = opening(&call, Kind::Topic, facts);
    let wish = Wish::opening(deeds, call.page.lang);
    let id = call.desk.node.say(call.actor()?, &channel, wish).await?;
    go(&format!("{}?done=said", href(&channel, &id)))
}

fn opening(call: &Call, kind: Kind, facts: Facts) -> Vec<Deed> {
    let open = Deed::Open {
        kind,
        parent: None,
        chair: call.page.own.clone(),
    };
    let describe = Deed::Describe {
        facts: Box::new(facts),
    };
    vec![open, describe]
}

/// The page of a topic.
pub(crate) async fn show(call: Call) -> Answer {
    let p = call.page.clone();
    let (channel, id) = (super::channel(&call)?, super::object(&call)?);
    let note = object::note(&call).await?;
    let actor = call.actor()?;
    let sealed = call.desk.node.own_assessment(actor, &channel, &id).await?;
    let speaks = actor.speaks();
    let shows = super::look_at(&call, |room, object| {
        let facts = object.facts().ok_or_else(Fault::absent)?.value();
        let moves = object.steps(room.me()).into_iter();
        let moves = moves.map(|to| (to.as_str(), p.word("group-topic-move", to)));
        Ok(Shows {
            tabs: tabs(&p, &channel, "/topics"),
            title: title(&p, object),
            place: format!("/group/{channel}/topics/{id}"),
            version: object.version(),
            strand: strand_of(object).map_or_else(String::new, |one| p.word("group-strand", one)),
            texts: texts::all(&p, facts.texts()),
            round: round(&p, room, object, sealed.as_ref()),
            speaks,
            moves: moves.collect(),
            likelihoods: follow::words(&p, "group-likelihood", Likelihood::ALL, None),
            impacts: follow::words(&p, "group-impact", Impact::ALL, None),
            trends: follow::words(&p, "group-trend", Trend::ALL, None),
            talk: object::talk(&p, room, object, note.as_ref()),
            p: p.clone(),
        })
    })
    .await?;
    page(&shows)
}

fn round(p: &Page, room: &GroupRoom, topic: &Object, kept: Option<&Assessment>) -> Round {
    let (assessed, parties) = (topic.assessed(), room.ledger().parties());
    let number = assessed.round().unwrap_or(0);
    let sealed = |party| assessed.sealed(number).any(|own| own.party() == party);
    let shown = |party| assessed.shown(number).any(|own| own.party() == party);
    let all_shown = number > 0 && parties.iter().all(shown);
    let all_sealed = number > 0 && parties.iter().all(sealed);
    let waits = parties.iter().filter(|party| !sealed(party));
    let hidden = kept.filter(|_| !shown(room.me()));
    let verdict = assessed.verdict(number, parties);
    Round {
        number,
        sealed: assessed
            .sealed(number)
            .map(|own| agree::signature(p, own.stamp()))
            .collect(),
        waits: waits.map(|party| p.name_of(party)).collect(),
        may_seal: !sealed(room.me()) || all_shown,
        may_reveal: all_sealed && !shown(room.me()),
        ours: hidden.map(|view| {
            let [likelihood, impact, trend] = said(p, view);
            (likelihood, impact, trend, texts::all(p, &view.reasons))
        }),
        views: assessed.shown(number).map(|own| view(p, own)).collect(),
        scales: scales(
            p,
            assessed
                .shown(number)
                .map(|own| (side(p, own.party()), own.value())),
        ),
        verdict: verdict.map(|verdict| {
            let verdict = *verdict.value();
            let why = p.word("group-verdict-why", verdict);
            (
                p.word("group-verdict", verdict),
                why,
                verdict == Verdict::Diverge,
            )
        }),
    }
}

fn view(p: &Page, own: &passerelle_service::joint::class::Own<Assessment>) -> View {
    let [likelihood, impact, trend] = said(p, own.value());
    View {
        by: agree::signature(p, own.stamp()),
        likelihood,
        impact,
        trend,
        reasons: texts::all(p, &own.value().reasons),
    }
}

fn said(p: &Page, view: &Assessment) -> [String; 3] {
    [
        p.word("group-likelihood", view.likelihood),
        p.word("group-impact", view.impact),
        p.word("group-trend", view.trend),
    ]
}

async fn seal(call: Call) -> Answer {
    let (channel, id) = (super::channel(&call)?, super::object(&call)?);
    let assessment = Assessment {
        likelihood: call.given("likelihood")?,
        impact: call.given("impact")?,
        trend: call.given("trend")?,
        reasons: texts::remark_texts(&call, "reasons")?.ok_or_else(|| Fault::field("reasons"))?,
    };
    let seen = (&id, call.given("version")?);
    let (node, lang) = (&call.desk.node, call.page.lang);
    node.seal_assessment(call.actor()?, &channel, seen, assessment, lang)
        .await?;
    go(&format!("{}?done=sealed", href(&channel, &id)))
}

async fn reveal(call: Call) -> Answer {
    let (channel, id) = (super::channel(&call)?, super::object(&call)?);
    let (node, lang) = (&call.desk.node, call.page.lang);
    node.reveal_assessment(call.actor()?, &channel, &id, lang)
        .await?;
    go(&format!("{}?done=said", href(&channel, &id)))
}

async fn moved(call: Call) -> Answer {
    let deed = Deed::Move {
        to: call.given("to")?,
    };
    say(&call, vec![deed], "said").await
}

/// Proposes an agenda item about the topic, in its own titles.
async fn agenda(call: Call) -> Answer {
    let channel = super::channel(&call)?;
    let p = call.page.clone();
    let item = super::look_at(&call, |_, topic| {
        let facts = topic.facts().ok_or_else(Fault::absent)?.value();
        Ok(Item {
            texts: titles(&p, facts.texts())?,
            sector: None,
            strand: strand_of(topic).ok_or_else(Fault::absent)?,
            minutes: ITEM_MINUTES,
        })
    })
    .await?;
    let deeds = opening(&call, Kind::Item, Facts::Item(item));
    let wish = Wish::opening(deeds, call.page.lang);
    let id = call.desk.node.say(call.actor()?, &channel, wish).await?;
    go(&format!("{}?done=said", href(&channel, &id)))
}

/// "Assessments diverge: …" in each language of the topic.
fn titles(p: &Page, texts: &Texts) -> Result<Texts, Fault> {
    let titled = |version: &Version| {
        let name = version.title.as_str();
        let said = crate::words::say(version.lang, "group-item-diverging", &[("what", name)]);
        let title: Result<Name, _> = said.parse();
        Version {
            lang: version.lang,
            title: title.unwrap_or_else(|_| version.title.clone()),
            body: version.body.clone(),
        }
    };
    let mut versions: Vec<Version> = texts.iter().map(titled).collect();
    versions.sort_by_key(|version| version.lang != p.lang);
    Ok(Texts::new(versions).map_err(passerelle_service::Error::from)?)
}

#[cfg(test)]
#[path = "../samples/group/topics.rs"]
pub(crate) mod samples;
