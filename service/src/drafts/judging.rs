//! What the rules say of a draft, and who would be able to open it: asked again and again
//! while somebody writes.

use passerelle_model::{Author, Code, Digest, Lang, PartyId, RecordId, UnitId};
use passerelle_rules::second_person::stands;
use passerelle_rules::{Approval, Effect, Refusal, Rule};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::DraftDocument;
use super::form::Field;
use super::reading::{FIELD_EMPTY, Fault, Frame, read};
use crate::view::Draft;
use crate::{Actor, Error, Node};

/// What may be done with a draft now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ready {
    /// Fields are empty or do not fit.
    Incomplete,
    /// A rule forbids it.
    Refused,
    /// A second person must approve it first.
    NeedsSecondPerson,
    /// It may be released.
    MayRelease,
}

/// One rule as people see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleView {
    /// Stable code.
    pub code: &'static str,
    /// What it says here: `passes`, `needs-approval` or `refuses`.
    pub effect: &'static str,
    /// Its source.
    pub source: &'static str,
    /// The value it speaks about.
    pub about: String,
    #[serde(skip)]
    rule: passerelle_rules::Rule,
}

impl RuleView {
    /// The rule as a sentence.
    pub fn sentence(&self, lang: Lang) -> &'static str {
        self.rule.sentence(lang)
    }
}

/// Everything beside the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Judged {
    /// What may be done.
    pub ready: Ready,
    /// Fields that do not fit.
    pub faults: Vec<Fault>,
    /// Rules: those that refuse first, those that pass last. What judges an answer that is not
    /// given yet is not among them: nothing is refused before it is written.
    pub rules: Vec<RuleView>,
    /// Data class it is judged in.
    pub class: Code,
    /// Recipient units.
    pub to: Vec<(PartyId, UnitId)>,
    #[serde(skip)]
    pub(super) refusals: Vec<Refusal>,
}

impl Node {
    /// What the rules say of a draft that `actor` may see.
    pub async fn judge_draft(&self, actor: &Actor, id: &RecordId) -> Result<Judged, Error> {
        let (draft, _) = self.draft_of(actor, id).await?;
        self.weigh(&draft).await
    }

    /// The same for what is typed but not saved yet.
    pub async fn judge_form(
        &self,
        actor: &Actor,
        id: &RecordId,
        form: super::Form,
    ) -> Result<Judged, Error> {
        let (mut draft, _) = self.draft_of(actor, id).await?;
        if draft.form != form {
            draft.form = form;
            draft.state = super::DraftState::Writing;
        }
        self.weigh(&draft).await
    }

    pub(super) async fn weigh(&self, draft: &DraftDocument) -> Result<Judged, Error> {
        let (content, faults) = self.read_draft(draft);
        let (class, to) = (content.class.clone(), content.to.clone());
        let to = to.into_iter().map(|to| (to.party, to.unit)).collect();
        let covers = digest(&content);
        let judgement = match self.sketch(content).await {
            Ok((record, intake)) => {
                let approval = draft.state.approval().map(|decision| Approval {
                    by: &decision.by,
                    roles: &decision.roles,
                    covers: decision.covers,
                });
                let judged = self.judge_record(&record, intake, covers, approval).await?;
                let stands = stands(approval.as_ref(), &draft.author, covers);
                Some((judged, stands.is_ok()))
            }
            Err(Error::Model(_)) => None,
            Err(error) => return Err(error),
        };
        let Some((judged, stands)) = judgement else {
            return Ok(Judged {
                ready: Ready::Incomplete,
                faults,
                rules: Vec::new(),
                class,
                to,
                refusals: Vec::new(),
            });
        };
        let ready = match judged.effect() {
            _ if !faults.is_empty() => Ready::Incomplete,
            Effect::Refuses => Ready::Refused,
            Effect::NeedsApproval if !stands => Ready::NeedsSecondPerson,
            _ => Ready::MayRelease,
        };
        Ok(Judged {
            ready,
            rules: views(&judged, &faults),
            faults,
            class,
            to,
            refusals: judged.refusals(),
        })
    }

    /// The draft as a record to be, and the fields that do not fit.
    pub(super) fn read_draft(&self, draft: &DraftDocument) -> (Draft, Vec<Fault>) {
        let frame = Frame {
            kind: draft.kind,
            author: Author {
                officer: draft.author.clone(),
                unit: draft
                    .form
                    .text(Field::Unit)
                    .parse()
                    .unwrap_or_else(|_| draft.unit.clone()),
                function: draft.function.clone(),
            },
            references: draft.references.clone(),
            attachments: draft.files.iter().map(|file| file.token.clone()).collect(),
        };
        read(&draft.form, frame)
    }

    /// SHA-256 of exactly what a second person sees.
    pub(super) fn content_of(&self, draft: &DraftDocument) -> Result<Digest, Error> {
        let (content, faults) = self.read_draft(draft);
        match faults.is_empty() {
            true => Ok(digest(&content)),
            false => Err(super::incomplete()),
        }
    }
}

/// JSON of a draft is deterministic: fields in their order, lists sorted where order means
/// nothing.
pub(crate) fn digest(draft: &Draft) -> Digest {
    let json = serde_json::to_vec(draft).unwrap_or_default();
    Digest::new(Sha256::digest(json).into())
}

fn views(judged: &passerelle_rules::Judgement, faults: &[Fault]) -> Vec<RuleView> {
    let empty = |field: &Field| {
        let mut empty = faults.iter().filter(|fault| fault.code == FIELD_EMPTY);
        empty.any(|fault| fault.field == *field)
    };
    let early = |finding: &&passerelle_rules::Finding| {
        finding.effect != Effect::Passes && answers(finding.rule).iter().any(empty)
    };
    let mut findings: Vec<_> = judged.findings().iter().filter(|one| !early(one)).collect();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.effect));
    let view = |finding: &passerelle_rules::Finding| RuleView {
        code: finding.rule.code(),
        effect: match finding.effect {
            Effect::Passes => "passes",
            Effect::NeedsApproval => "needs-approval",
            Effect::Refuses => "refuses",
        },
        source: finding.rule.source(),
        about: finding.about.clone(),
        rule: finding.rule,
    };
    findings.into_iter().map(view).collect()
}

/// Fields whose answers a rule judges, where a draft has something else in their place while
/// they are empty.
fn answers(rule: Rule) -> &'static [Field] {
    match rule {
        Rule::Purpose | Rule::PurposeChange => &[Field::Purpose],
        Rule::Basis => &[Field::Purpose, Field::Basis],
        Rule::DataClass | Rule::RecipientEmpty => &[Field::Class],
        Rule::RequestIncomplete => &[Field::Text, Field::HeldBecause],
        Rule::TransferGround | Rule::DerogationBulk | Rule::Derogation | Rule::Balance => {
            &[Field::Ground]
        }
        Rule::Language => &[Field::Lang],
        _ => &[],
    }
}
