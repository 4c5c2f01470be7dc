//! Drafts: written, saved as typed, judged while they are written, shown to a second person
//! where the rules ask for one, and released.

mod document;
mod forgetting;
mod form;
mod judging;
mod reading;
mod starting;

use passerelle_model::{Act, Deed, Object, Reason, RecordId};
use passerelle_rules::second_person::may_decide;
use passerelle_rules::{Rule, may_write};
use passerelle_store::{MAX_PAGE, Put};

pub use document::{Decision, DraftState, DraftView};
pub use form::{Field, Form, MAX_FIELD_VALUES, MAX_FORM_BYTES};
pub use judging::{Judged, Ready, RuleView};
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
    /// Drafts that `actor` may see, those changed last first.
    pub async fn drafts(&self, actor: &Actor) -> Result<Vec<DraftView>, Error> {
        let mut found = Vec::new();
        for unit in actor.units() {
            let documents = self
                .store
                .documents(Shelf::DRAFT, &format!("{unit}/"))
                .await?;
            for document in documents.into_iter().take(MAX_PAGE) {
                match self.unsealed_json::<DraftDocument>(&document) {
                    Ok(draft) if draft.is_open_to(actor) => {
                        found.push(draft.view(document.version));
                    }
                    Ok(_) => {}
                    Err(error) => tracing::warn!(code = error.code(), "a draft does not open"),
                }
            }
        }
        found.sort_by_key(|draft| std::cmp::Reverse(draft.changed));
        Ok(found)
    }

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
        self.keep_draft(actor, draft, version).await
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
        draft.files.retain(|file| file.token != token);
        draft.written_by(actor);
        self.kept(actor, draft, version).await
    }

    /// Throws a draft away.
    pub async fn discard_draft(&self, actor: &Actor, id: &RecordId) -> Result<(), Error> {
        let (draft, _) = self.draft_of(actor, id).await?;
        draft.check_writer(actor)?;
        self.enter(self.draft_act(Deed::Erase, actor, id)).await?;
        self.remove_draft(&draft).await
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
        self.enter(self.draft_act(Deed::Submit, actor, id)).await?;
        draft.state = DraftState::ToApprove {
            by: actor.officer().clone(),
            at: self.now(),
        };
        self.kept(actor, draft, held).await
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
        self.enter(act).await?;
        draft.state = DraftState::Approved(Decision {
            by: actor.officer().clone(),
            roles: actor.roles().clone(),
            at: self.now(),
            why,
            covers,
        });
        self.kept(actor, draft, held).await
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
        self.enter(act.because(Some(why.clone()))).await?;
        draft.state = DraftState::Declined(Decision {
            by: actor.officer().clone(),
            roles: actor.roles().clone(),
            at: self.now(),
            why: Some(why),
            covers,
        });
        self.kept(actor, draft, held).await
    }

    /// Releases a draft. Doing it twice releases once: the draft's identifier is the
    /// idempotency key.
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
        let approval = draft.state.approval().cloned();
        let covers = judging::digest(&content);
        let key = id.as_bytes();
        let line = self
            .release_approved(
                content,
                Some(key),
                actor.by(),
                approval.map(|a| (a, covers)),
            )
            .await?;
        self.remove_draft(&draft).await?;
        Ok(line)
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
            let documents = self.store.documents(Shelf::DRAFT, &key).await?;
            let Some(document) = documents.into_iter().find(|held| held.key == key) else {
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
    ) -> Result<Saved, Error> {
        draft.changed = self.now();
        draft.changed_by = actor.officer().clone();
        let put = self.sealed_json_put(Shelf::DRAFT, draft.key(), &draft, Some(version))?;
        match self.store.put(vec![put]).await {
            Ok(_) => Ok(Saved::Kept(Box::new(draft.view(version + 1)))),
            Err(passerelle_store::Error::Conflict(_)) => {
                let (theirs, held) = self.draft_of(actor, &draft.id).await?;
                Ok(Saved::Changed(Box::new(theirs.view(held))))
            }
            Err(error) => Err(error.into()),
        }
    }

    async fn kept(
        &self,
        actor: &Actor,
        draft: DraftDocument,
        version: u64,
    ) -> Result<DraftView, Error> {
        match self.keep_draft(actor, draft, version).await? {
            Saved::Kept(view) => Ok(*view),
            Saved::Changed(_) => Err(changed()),
        }
    }

    async fn remove_draft(&self, draft: &DraftDocument) -> Result<(), Error> {
        let looks = self
            .store
            .documents(Shelf::LOOK, &format!("{}/", draft.id))
            .await?;
        let remove = |kind, key| Put {
            kind,
            key,
            bytes: None,
            expected: None,
        };
        let mut puts = vec![remove(Shelf::DRAFT, draft.key())];
        puts.extend(looks.into_iter().map(|look| remove(Shelf::LOOK, look.key)));
        self.store.put(puts).await?;
        Ok(())
    }

    /// What this person saw before this version, and a note that they see this one now.
    async fn looked(
        &self,
        actor: &Actor,
        draft: &DraftDocument,
        version: u64,
    ) -> Result<Option<Form>, Error> {
        let key = format!("{}/{}", draft.id, actor.officer());
        let documents = self.store.documents(Shelf::LOOK, &key).await?;
        let held: Option<Look> = match documents.iter().find(|document| document.key == key) {
            Some(document) => Some(self.unsealed_json(document)?),
            None => None,
        };
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

fn incomplete() -> Error {
    Error::state("E_DRAFT_INCOMPLETE", "some fields are empty or do not fit")
}

fn changed() -> Error {
    Error::state(
        "E_DRAFT_CHANGED",
        "somebody saved another version meanwhile: look at it first",
    )
}
