//! Writing: the form, the rules beside it, a second person, release.

use std::sync::Arc;

use askama::Template;
use axum::response::{Html, IntoResponse};
use http::StatusCode;
use passerelle_model::{CardContent, Kind, Reason, Recipient, RecordId, Role, Side};
use passerelle_service::{
    DraftState, DraftView, Form, Judged, NewDraft, OpenerView, Openers, Ready, Saved,
};

use super::beads::BeadLine;
use super::drafts_handed::{conflict, too_long};
use super::fields::{Section, Sheet};
use super::sources::{about, source};
use crate::answer::{Answer, Fault, go, page};
use crate::frame::{Page, visible};
use crate::guard::Call;

#[derive(Template)]
#[template(path = "write.html")]
struct Write {
    p: Page,
    kinds: Vec<(&'static str, String, String)>,
}

/// What one can begin without a record to speak about.
pub(crate) async fn choose(call: Call) -> Answer {
    let p = call.page.clone();
    let kind = |kind: &'static str| {
        (
            kind,
            p.t(&format!("kind-{kind}")),
            p.t(&format!("kind-{kind}-lead")),
        )
    };
    page(&Write {
        kinds: vec![kind("request"), kind("notice")],
        p,
    })
}

pub(crate) async fn begin(call: Call) -> Answer {
    let kind: Kind = call.given("kind")?;
    let about = match call.field("record").is_empty() {
        true => None,
        false => Some((call.given("party")?, call.given("record")?)),
    };
    let new = NewDraft {
        kind,
        about,
        unit: None,
    };
    let draft = call.desk.node.new_draft(call.actor()?, new).await?;
    go(&format!("/drafts/{}", draft.id))
}

#[derive(Template)]
#[template(path = "draft.html")]
struct Edit {
    p: Page,
    id: String,
    version: u64,
    title: String,
    state: String,
    declined: Option<String>,
    sections: Vec<Section>,
    files: Vec<File>,
    faults: Vec<(String, String)>,
    /// Why a file was not taken.
    refused: Option<String>,
    panel: Panel,
}

struct File {
    token: String,
    name: String,
    size: String,
}

/// What stands beside the form; also sent alone when the form changes.
#[derive(Template)]
#[template(path = "panel.html")]
struct Panel {
    p: Page,
    class: String,
    openers: Vec<Opener>,
    rules: Vec<Rule>,
    passed: Vec<Rule>,
    missing: usize,
    ready: &'static str,
    ready_words: String,
}

/// A unit of the other side, and who of it will be able to open the record.
struct Opener {
    party: String,
    unit: String,
    known: bool,
    /// `people`, `nobody` or `unpublished`.
    kind: &'static str,
    roles: Vec<String>,
    count: u32,
}

struct Rule {
    effect: &'static str,
    icon: &'static str,
    word: String,
    sentence: &'static str,
    source: String,
    about: String,
}

pub(crate) async fn edit(call: Call) -> Answer {
    let id: RecordId = call.part(0)?;
    let draft = call.desk.node.draft(call.actor()?, &id).await?;
    if !call.actor()?.is(Role::Officer) {
        return go(&format!("/drafts/{id}/check"));
    }
    shown(&call, draft, Told::default(), StatusCode::OK).await
}

/// What a form's page tells besides the form.
#[derive(Default)]
pub(super) struct Told {
    /// Whether what is missing is listed.
    faults: bool,
    /// Why a file was not taken.
    refused: Option<String>,
}

impl Told {
    fn faults() -> Self {
        Self {
            faults: true,
            ..Self::default()
        }
    }

    pub(super) fn refused(said: String) -> Self {
        Self {
            refused: Some(said),
            ..Self::default()
        }
    }
}

pub(super) async fn shown(call: &Call, draft: DraftView, told: Told, status: StatusCode) -> Answer {
    let actor = call.actor()?;
    let form = draft.form.clone();
    let judged = call.desk.node.judge_form(actor, &draft.id, form).await?;
    let p = call.page_with_names().await?;
    let faults = match told.faults {
        true => judged.faults.clone(),
        false => Vec::new(),
    };
    let world = World::of(call).await?;
    let sheet = world.sheet(&p, &draft, &faults);
    let sections = sheet.sections();
    let listed = sections
        .iter()
        .flat_map(|section| &section.fields)
        .filter_map(|field| {
            let fault = field.fault.as_ref()?;
            let said = [("what", field.label.as_str()), ("why", fault)];
            let line = crate::words::say(p.lang, "fault-line", &said);
            Some((format!("i-{}", field.name), line))
        })
        .collect();
    let shown = Edit {
        id: draft.id.to_string(),
        version: draft.version,
        title: p.word("kind", draft.kind),
        state: state(&p, &draft.state),
        declined: match &draft.state {
            DraftState::Declined(decision) => {
                decision.why.as_ref().map(|why| visible(why.as_str()))
            }
            _ => None,
        },
        files: files(&draft),
        faults: listed,
        refused: told.refused,
        panel: panel(call, &judged)?,
        sections,
        p,
    };
    Ok((status, Html(shown.render()?)).into_response())
}

/// What a sheet is drawn from.
struct World {
    own: CardContent,
    partners: Vec<CardContent>,
    terms: Option<Arc<passerelle_service::view::AgreementView>>,
}

impl World {
    async fn of(call: &Call) -> Result<Self, Fault> {
        let node = &call.desk.node;
        let agreements = node.agreements().await?;
        let mut signed = agreements
            .into_iter()
            .filter(|one| one.missing.is_empty() && one.terms.side == Side::Cases);
        // After the end of an agreement what was sent under it is still taken back.
        let terms = signed
            .clone()
            .find(|one| one.in_force)
            .or_else(|| signed.next());
        let mut partners = node.partner_cards();
        if let Some(terms) = &terms {
            let member = |card: &CardContent| terms.terms.member(&card.party).is_some();
            partners.retain(member);
        }
        // Nobody writes for a unit that is not theirs.
        let (mut own, actor) = (node.own_card(), call.actor()?);
        own.units.retain(|unit| actor.units().contains(&unit.unit));
        Ok(Self {
            own,
            partners,
            terms: terms.map(Arc::new),
        })
    }

    fn sheet<'a>(
        &'a self,
        p: &'a Page,
        draft: &'a DraftView,
        faults: &'a [passerelle_service::Fault],
    ) -> Sheet<'a> {
        Sheet {
            p,
            kind: draft.kind,
            form: &draft.form,
            faults,
            changed: &draft.differs,
            terms: self.terms.as_ref().map(|view| &view.terms),
            own: &self.own,
            partners: &self.partners,
        }
    }
}

fn files(draft: &DraftView) -> Vec<File> {
    let file = |file: &passerelle_service::view::Staged| File {
        token: file.token.clone(),
        name: visible(&file.name),
        size: super::cases::size(file.bytes),
    };
    draft.files.iter().map(file).collect()
}

fn state(p: &Page, state: &DraftState) -> String {
    match state {
        DraftState::Writing => p.t("draft-writing"),
        DraftState::ToApprove { by, .. } => p.ta("draft-waits", &p.person(by)),
        DraftState::Approved(decision) => p.ta("draft-approved-by", &p.person(&decision.by)),
        DraftState::Declined(decision) => p.ta("draft-declined-by", &p.person(&decision.by)),
    }
}

fn panel(call: &Call, judged: &Judged) -> Result<Panel, Fault> {
    let p = call.page.clone();
    let to: Vec<Recipient> = judged
        .to
        .iter()
        .map(|(party, unit)| Recipient {
            party: party.clone(),
            unit: unit.clone(),
        })
        .collect();
    let openers = call.desk.node.openers(&to, &judged.class)?;
    let class = call.desk.node.class_names(&judged.class);
    let rule = |view: &passerelle_service::RuleView| {
        let (icon, key) = match view.effect {
            "passes" => ("✓", "effect-passes"),
            "needs-approval" => ("◐", "effect-needs-approval"),
            _ => ("✕", "effect-refuses"),
        };
        Rule {
            effect: view.effect,
            icon,
            word: p.t(key),
            sentence: view.sentence(p.lang),
            source: source(p.lang, view.source),
            about: about(&p, &view.about),
        }
    };
    let (kept, open): (Vec<_>, Vec<_>) = judged
        .rules
        .iter()
        .partition(|view| view.effect == "passes");
    let ready = match judged.ready {
        Ready::Incomplete => "incomplete",
        Ready::Refused => "refused",
        Ready::NeedsSecondPerson => "second-person",
        Ready::MayRelease => "may-release",
    };
    Ok(Panel {
        class: class.map_or_else(
            || judged.class.to_string(),
            |names| names.in_lang(p.lang).to_string(),
        ),
        openers: openers.iter().map(|view| opener(&p, view)).collect(),
        rules: open.into_iter().map(rule).collect(),
        passed: kept.into_iter().map(rule).collect(),
        missing: judged.faults.len(),
        ready,
        ready_words: p.t(&format!("ready-{ready}")),
        p,
    })
}

fn opener(p: &Page, view: &OpenerView) -> Opener {
    let (kind, roles, count) = match &view.who {
        Openers::Unpublished => ("unpublished", &[][..], 0),
        Openers::Nobody => ("nobody", &[][..], 0),
        Openers::People { roles, count } => ("people", roles.as_slice(), *count),
    };
    Opener {
        party: view.party_names.in_lang(p.lang).to_string(),
        unit: view.unit_names.in_lang(p.lang).to_string(),
        known: view.known,
        kind,
        roles: roles.iter().map(|role| p.word("role", role)).collect(),
        count,
    }
}

fn typed(call: &Call) -> (Form, bool) {
    let pairs = call.form.iter();
    Form::from_pairs(pairs.map(|(name, value)| (name.as_str(), value.as_str())))
}

/// Keeps what was typed, and goes where the button says.
pub(crate) async fn save(call: Call) -> Answer {
    let id: RecordId = call.part(0)?;
    let version = call.given("version")?;
    let (form, whole) = typed(&call);
    if !whole {
        return too_long(&call, &id);
    }
    let actor = call.actor()?;
    let next = call.field("next").to_owned();
    match call
        .desk
        .node
        .save_draft(actor, &id, version, form.clone())
        .await?
    {
        Saved::Changed(theirs) => conflict(&call, *theirs, form).await,
        Saved::Kept(view) if next == "quiet" => Ok((
            [
                ("x-version", view.version.to_string()),
                ("x-saved", crate::time::hour(view.changed, &call.page.zone)),
            ],
            StatusCode::NO_CONTENT,
        )
            .into_response()),
        Saved::Kept(view) if next == "check" => {
            let judged = call.desk.node.judge_draft(actor, &id).await?;
            match judged.faults.is_empty() {
                true => go(&format!("/drafts/{id}/check")),
                false => {
                    let status = StatusCode::UNPROCESSABLE_ENTITY;
                    shown(&call, *view, Told::faults(), status).await
                }
            }
        }
        Saved::Kept(_) => go(&format!("/drafts/{id}?done=saved")),
    }
}

/// The panel alone, for the script: what is typed but not saved is judged too.
pub(crate) async fn judge(call: Call) -> Answer {
    let id: RecordId = call.part(0)?;
    let (form, _) = typed(&call);
    let judged = call.desk.node.judge_form(call.actor()?, &id, form).await?;
    page(&panel(&call, &judged)?)
}

#[derive(Template)]
#[template(path = "check.html")]
struct Check {
    p: Page,
    id: String,
    version: u64,
    title: String,
    state: String,
    author: String,
    sections: Vec<Section>,
    files: Vec<File>,
    panel: Panel,
    line: BeadLine,
    decides: bool,
    own: bool,
    submits: bool,
    releases: bool,
    writes: bool,
    differs: usize,
}

/// Check your answers; the second person's page too.
pub(crate) async fn check(call: Call) -> Answer {
    let id: RecordId = call.part(0)?;
    let actor = call.actor()?;
    let draft = call.desk.node.draft(actor, &id).await?;
    let judged = call.desk.node.judge_draft(actor, &id).await?;
    let p = call.page_with_names().await?;
    let world = World::of(&call).await?;
    let mut sections = world.sheet(&p, &draft, &judged.faults).sections();
    for section in &mut sections {
        section
            .fields
            .retain(|field| !field.said.is_empty() || field.fault.is_some());
    }
    sections.retain(|section| !section.fields.is_empty());
    let waits = matches!(draft.state, DraftState::ToApprove { .. });
    let own = draft.author == *actor.officer() || draft.changed_by == *actor.officer();
    let officer = actor.is(Role::Officer);
    page(&Check {
        id: draft.id.to_string(),
        version: draft.version,
        title: p.word("kind", draft.kind),
        state: state(&p, &draft.state),
        author: format!("{} · {}", p.person(&draft.author), draft.function),
        line: BeadLine::of_draft(&p, &draft.state),
        sections,
        files: files(&draft),
        panel: panel(&call, &judged)?,
        decides: waits && actor.is(Role::Approver) && !own,
        own: waits && own && actor.is(Role::Approver),
        submits: officer && judged.ready == Ready::NeedsSecondPerson && !waits,
        releases: officer && judged.ready == Ready::MayRelease,
        writes: officer,
        differs: draft.differs.len(),
        p,
    })
}

pub(crate) async fn submit(call: Call) -> Answer {
    let (id, version) = at(&call)?;
    call.desk
        .node
        .submit_draft(call.actor()?, &id, version)
        .await?;
    go("/today?done=submitted")
}

pub(crate) async fn approve(call: Call) -> Answer {
    let (id, version) = at(&call)?;
    // A yes needs no words; what was written is kept or refused, and never lost.
    let why = match call.field("why").trim() {
        "" => None,
        _ => Some(call.given("why")?),
    };
    call.desk
        .node
        .approve_draft(call.actor()?, &id, version, why)
        .await?;
    go("/today?done=approved")
}

pub(crate) async fn decline(call: Call) -> Answer {
    let (id, version) = at(&call)?;
    let why: Reason = call.given("why")?;
    call.desk
        .node
        .decline_draft(call.actor()?, &id, version, why)
        .await?;
    go("/today?done=declined")
}

pub(crate) async fn release(call: Call) -> Answer {
    let (id, version) = at(&call)?;
    let line = call
        .desk
        .node
        .release_draft(call.actor()?, &id, version)
        .await?;
    let case = call.desk.node.case_named(&line.from, &line.record).await?;
    go(&format!("/cases/{case}?done=released"))
}

pub(crate) async fn discard(call: Call) -> Answer {
    let (id, _) = at(&call)?;
    call.desk.node.discard_draft(call.actor()?, &id).await?;
    go("/today?done=discarded")
}

fn at(call: &Call) -> Result<(RecordId, u64), Fault> {
    Ok((call.part(0)?, call.given("version")?))
}

#[cfg(test)]
#[path = "samples/drafts.rs"]
pub(crate) mod samples;
