//! Drafts: written, saved as typed, judged while they are written, shown to a second person
//! where the rules ask for one, and released.

mod document;
mod forgetting;
mod form;
mod judging;
mod listing;
mod reading;
mod starting;

use passerelle_model::{Act, Deed, Object, Reason, RecordId};
use passerelle_rules::second_person::may_decide;
use passerelle_rules::{Rule, may_write};
use passerelle_store::{Commit, Put};

pub use document::{Decision, DraftState, DraftView};
pub use form::{Field, Form, MAX_FIELD_VALUES, MAX_FORM_BYTES};
pub use judging::{Judged, Ready, RuleView};
pub use listing::DraftLine;
pub(crate) use listing::DraftShelf;
pub use reading::Fault;
pub use starting::NewDraft;

use crate::cases::reader;
use crate::directory::Shelf;
use crate::view::{Line, Staged};
use crate::{Actor, Error, Node};
use document::{DraftDocument, Look};

/// Most drafts of one unit that are kept at a time.
pub const MAX_DRAFTS: u64 = 2_000;

/// What became of saving a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saved {
    /// Kept, as this version.
    Kept(Box<DraftView>),
    /// Somebody else saved another version meanwhile. Nothing was overwritten: here is
    /// theirs; the caller still has its own.
    Changed(Box<DraftView>),
}

impl Node {
    /// One draft. A second person who opens it sees what changed since they last looked.
    pub async fn draft(&self, actor: &Actor, id: &RecordId) -> Result<DraftView, Error> {
        let (draft, version) = self.draft_of(actor, id).await?;
        let before = match draft.is_by(actor) {
            true => None,
            false => self.looked(actor, &draft, version).await?,
        };
        let mut view = draft.view(version);
        view.differs = before.map_or_else(Vec::new, |before| {
            draft.form.changed(&before).into_iter().collect()
        });
        Ok(view)
    }

    /// Keeps what was typed, valid or not. `version` is the one the writer started from.
    pub async fn save_draft(
        &self,
        actor: &Actor,
        id: &RecordId,
        version: u64,
        form: Form,
    ) -> Result<Saved, Error> {
        let (mut draft, held) = self.draft_of(actor, id).await?;
        draft.check_writer(actor)?;
        // The same words are no conflict, whoever was first: a page that saves by itself and
        // a click at the same moment send them twice.
        if draft.form == form {
            return Ok(Saved::Kept(Box::new(draft.view(held))));
        }
        if held != version {
            return Ok(Saved::Changed(Box::new(draft.view(held))));
        }
        draft.form = form;
        draft.written_by(actor);
        self.keep_draft(actor, draft, version, Vec::new()).await
    }

    /// Adds a sealed file to a draft.
    pub async fn attach(
        &self,
        actor: &Actor,
        id: &RecordId,
        file: Staged,
    ) -> Result<DraftView, Error> {
        let (mut draft, version) = self.draft_of(actor, id).await?;
        draft.check_writer(actor)?;
        if draft.files.len() >= passerelle_model::MAX_ATTACHMENTS {
            return Err(Error::state("E_TOO_MANY", "the draft has its most files"));
        }
        draft.files.push(file);
        draft.written_by(actor);
        self.kept(actor, draft, version).await
    }

    /// Takes a file out of a draft.
    pub async fn detach(
        &self,
        actor: &Actor,
        id: &RecordId,
        token: &str,
    ) -> Result<DraftView, Error> {
        let (mut draft, version) = self.draft_of(actor, id).await?;
        draft.check_writer(actor)?;
        let (gone, stay) = draft
            .files
            .into_iter()
            .partition(|file| file.token == token);
        draft.files = stay;
        draft.written_by(actor);
        let view = self.kept(actor, draft, version).await?;
        self.drop_staged(gone).await?;
        Ok(view)
    }

    /// Destroys files that no draft has any more.
    async fn drop_staged(&self, files: Vec<Staged>) -> Result<(), Error> {
        let tokens = files.into_iter().map(|file| file.token);
        self.drop_tokens(tokens.collect()).await
    }

    /// Destroys what was staged under these tokens.
    pub(crate) async fn drop_tokens(&self, tokens: Vec<String>) -> Result<(), Error> {
        if tokens.is_empty() {
            return Ok(());
        }
        let blobs = self.staged_blobs_of(&tokens).await?;
        let puts = tokens
            .into_iter()
            .map(|token| removal(Shelf::STAGED, token));
        self.store.put(puts.collect()).await?;
        crate::steps::at("stage.dropped");
        for blob in blobs {
            if self.store.blob_uses(blob).await? == 0 {
                self.blobs.remove(blob)?;
            }
        }
        Ok(())
    }

    /// Throws a draft away, and its files.
    pub async fn discard_draft(&self, actor: &Actor, id: &RecordId) -> Result<(), Error> {
        let (draft, version) = self.draft_of(actor, id).await?;
        draft.check_writer(actor)?;
        let commit = Commit {
            puts: self.draft_removal(&draft, version).await?,
            ..Commit::default()
        };
        let act = self.draft_act(Deed::Erase, actor, id);
        match self.commit_with_acts(commit, vec![act]).await {
            Err(Error::Store(passerelle_store::Error::Conflict(_))) => return Err(changed()),
            other => other?,
        };
        self.drop_staged(draft.files).await
    }

    /// Hands a draft to a second person.
    pub async fn submit_draft(
        &self,
        actor: &Actor,
        id: &RecordId,
        version: u64,
    ) -> Result<DraftView, Error> {
        let (mut draft, held) = self.draft_of(actor, id).await?;
        draft.check_writer(actor)?;
        draft.check_version(held, version)?;
        let judged = self.weigh(&draft).await?;
        match judged.ready {
            Ready::Incomplete => return Err(incomplete()),
            Ready::Refused => return Err(Error::Refused(judged.refusals)),
            Ready::NeedsSecondPerson | Ready::MayRelease => {}
        }
        self.check_sender(actor, &draft)?;
        let act = self.draft_act(Deed::Submit, actor, id);
        draft.state = DraftState::ToApprove {
            by: actor.officer().clone(),
            at: self.now(),
        };
        self.kept_as(actor, draft, held, vec![act]).await
    }

    /// Nobody writes for a unit that is not theirs.
    fn check_sender(&self, actor: &Actor, draft: &DraftDocument) -> Result<(), Error> {
        let unit = self.read_draft(draft).0.author.unit;
        match actor.units().contains(&unit) {
            true => Ok(()),
            false => Err(Error::not_found("unit", unit)),
        }
    }

    /// The second person says yes to exactly this version.
    pub async fn approve_draft(
        &self,
        actor: &Actor,
        id: &RecordId,
        version: u64,
        why: Option<Reason>,
    ) -> Result<DraftView, Error> {
        let (mut draft, held) = self.to_decide(actor, id, version).await?;
        let covers = self.content_of(&draft)?;
        let act = self
            .draft_act(Deed::Approve, actor, id)
            .because(why.clone());
        draft.state = DraftState::Approved(Decision {
            by: actor.officer().clone(),
            roles: actor.roles().clone(),
            at: self.now(),
            why,
            covers,
        });
        self.kept_as(actor, draft, held, vec![act]).await
    }

    /// The second person sends it back, and says why.
    pub async fn decline_draft(
        &self,
        actor: &Actor,
        id: &RecordId,
        version: u64,
        why: Reason,
    ) -> Result<DraftView, Error> {
        let (mut draft, held) = self.to_decide(actor, id, version).await?;
        let covers = self.content_of(&draft)?;
        let act = self.draft_act(Deed::Decline, actor, id);
        let act = act.because(Some(why.clone()));
        draft.state = DraftState::Declined(Decision {
            by: actor.officer().clone(),
            roles: actor.roles().clone(),
            at: self.now(),
            why: Some(why),
            covers,
        });
        self.kept_as(actor, draft, held, vec![act]).await
    }

    /// Releases a draft, which goes in the same step: what somebody types meanwhile is not lost
    /// with it. Doing it twice releases once: the draft's identifier is the idempotency key.
    pub async fn release_draft(
        &self,
        actor: &Actor,
        id: &RecordId,
        version: u64,
    ) -> Result<Line, Error> {
        let (draft, held) = match self.draft_of(actor, id).await {
            Ok(found) => found,
            Err(error @ Error::NotFound { .. }) => {
                return self.released_before(actor, id, error).await;
            }
            Err(error) => return Err(error),
        };
        may_write(actor.roles())?;
        draft.check_version(held, version)?;
        let (content, faults) = self.read_draft(&draft);
        if !faults.is_empty() {
            return Err(incomplete());
        }
        self.check_sender(actor, &draft)?;
        let approval = draft.state.approval().cloned();
        let approval = approval.map(|decision| (decision, judging::digest(&content)));
        let removal = self.draft_removal(&draft, held).await?;
        let (key, with) = (Some(id.as_bytes().as_slice()), (approval, removal));
        match self.release_approved(content, key, actor.by(), with).await {
            Err(Error::Store(passerelle_store::Error::Conflict(_))) => Err(changed()),
            other => other,
        }
    }

    /// A second click after the first one did it, by somebody who may open what it did.
    async fn released_before(
        &self,
        actor: &Actor,
        id: &RecordId,
        error: Error,
    ) -> Result<Line, Error> {
        let key = self.idempotency_key(id.as_bytes())?;
        let found = self.store.idempotent(vec![key]).await?;
        let Some(record) = found.into_iter().next().flatten() else {
            return Err(error);
        };
        if self.opened_for(actor, &self.party, &record).await.is_err() {
            return Err(error);
        }
        self.line_of_own(&record).await
    }

    async fn to_decide(
        &self,
        actor: &Actor,
        id: &RecordId,
        version: u64,
    ) -> Result<(DraftDocument, u64), Error> {
        let (draft, held) = self.draft_of(actor, id).await?;
        draft.check_version(held, version)?;
        let DraftState::ToApprove { by, .. } = &draft.state else {
            return Err(Error::state(
                "E_DRAFT_STATE",
                "this draft does not wait for a second person",
            ));
        };
        match may_decide(&reader(actor), &draft.writers, by) {
            Ok(()) => Ok((draft, held)),
            Err(refusal) => {
                let own = refusal.rule == Rule::SelfApproval;
                let error = Error::from(refusal);
                if own {
                    let act = self.draft_act(Deed::Approve, actor, id);
                    self.enter_refused(act, &error).await?;
                }
                Err(error)
            }
        }
    }

    /// The draft that `actor` may see; for anybody else there is none of that name.
    async fn draft_of(&self, actor: &Actor, id: &RecordId) -> Result<(DraftDocument, u64), Error> {
        for unit in actor.units() {
            let key = format!("{unit}/{id}");
            let Some(document) = self.document(Shelf::DRAFT, key).await? else {
                continue;
            };
            let draft: DraftDocument = self.unsealed_json(&document)?;
            if draft.is_open_to(actor) {
                return Ok((draft, document.version));
            }
        }
        Err(Error::not_found("draft", id))
    }

    async fn keep_draft(
        &self,
        actor: &Actor,
        mut draft: DraftDocument,
        version: u64,
        acts: Vec<Act>,
    ) -> Result<Saved, Error> {
        draft.changed = self.now();
        draft.changed_by = actor.officer().clone();
        let commit = Commit {
            puts: self.draft_puts(&mut draft, version)?,
            ..Commit::default()
        };
        match self.commit_with_acts(commit, acts).await {
            Ok(_) => Ok(Saved::Kept(Box::new(draft.view(version + 1)))),
            Err(Error::Store(passerelle_store::Error::Conflict(_))) => {
                let (theirs, held) = self.draft_of(actor, &draft.id).await?;
                Ok(Saved::Changed(Box::new(theirs.view(held))))
            }
            Err(error) => Err(error),
        }
    }

    async fn kept(
        &self,
        actor: &Actor,
        draft: DraftDocument,
        version: u64,
    ) -> Result<DraftView, Error> {
        self.kept_as(actor, draft, version, Vec::new()).await
    }

    /// The same with what the register says of it: both, or neither.
    async fn kept_as(
        &self,
        actor: &Actor,
        draft: DraftDocument,
        version: u64,
        acts: Vec<Act>,
    ) -> Result<DraftView, Error> {
        match self.keep_draft(actor, draft, version, acts).await? {
            Saved::Kept(view) => Ok(*view),
            Saved::Changed(_) => Err(changed()),
        }
    }

    /// What removes a draft, as long as it is of this version.
    async fn draft_removal(&self, draft: &DraftDocument, version: u64) -> Result<Vec<Put>, Error> {
        let looks = self
            .store
            .documents(Shelf::LOOK, &format!("{}/", draft.id))
            .await?;
        let mut puts = vec![Put {
            expected: Some(version),
            ..removal(Shelf::DRAFT, draft.key())
        }];
        let row = draft.listed.clone();
        puts.extend(row.map(|key| removal(Shelf::DRAFT_LIST, key)));
        puts.extend(looks.into_iter().map(|look| removal(Shelf::LOOK, look.key)));
        Ok(puts)
    }

    /// What this person saw before this version, and a note that they see this one now.
    async fn looked(
        &self,
        actor: &Actor,
        draft: &DraftDocument,
        version: u64,
    ) -> Result<Option<Form>, Error> {
        let key = format!("{}/{}", draft.id, actor.officer());
        let held = self.document(Shelf::LOOK, key.clone()).await?;
        let held: Option<Look> = held.map(|held| self.unsealed_json(&held)).transpose()?;
        if let Some(look) = &held
            && look.version == version
        {
            return Ok(look.before.clone());
        }
        let look = Look {
            version,
            before: held.map(|look| look.form),
            form: draft.form.clone(),
        };
        let put = self.sealed_json_put(Shelf::LOOK, key, &look, None)?;
        self.store.put(vec![put]).await?;
        Ok(look.before)
    }

    pub(crate) fn draft_act(&self, deed: Deed, actor: &Actor, id: &RecordId) -> Act {
        let object = Object::Draft { draft: *id };
        Act::new(deed, self.now(), actor.by(), object)
    }
}

fn removal(kind: &'static str, key: String) -> Put {
    Put {
        kind,
        key,
        bytes: None,
        expected: None,
    }
}

fn incomplete() -> Error {
    Error::state("E_DRAFT_INCOMPLETE", "some fields are empty or do not fit")
}

fn changed() -> Error {
    Error::state(
        "E_DRAFT_CHANGED",
        "somebody saved another version meanwhile: look at it first",
    )
}
