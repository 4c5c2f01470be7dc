//! Emergency opening (G46): one record beyond need-to-know, for one hour, entered before
//! anything shows, and judged afterwards by somebody else.

use passerelle_model::{Deed, OfficerId, PartyId, Reason, RecordId, UtcTime};
use passerelle_rules::firewall;
use passerelle_rules::second_person::{
    Glass, MAX_GLASS_MILLIS, breaks, glass_opens, may_break, may_review_glass,
};
use passerelle_store::{Commit, KeyPage, Put};
use serde::{Deserialize, Serialize};

use super::Decided;
use crate::cases::{accepted_put, reader};
use crate::directory::Shelf;
use crate::{Actor, Error, Node};

/// An emergency opening.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GlassView {
    /// Whose record.
    pub party: PartyId,
    /// Which.
    pub record: RecordId,
    /// Who opened it, when and why.
    pub opened: Decided,
    /// Until when it opens.
    pub until: UtcTime,
    /// What somebody else found.
    pub outcome: Option<(GlassOutcome, Decided)>,
}

/// What a second person found of an emergency opening.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GlassOutcome {
    /// It was an emergency.
    Justified,
    /// It was not.
    NotJustified,
}

impl GlassView {
    /// Name for links: `officer~party~record~time`.
    pub fn name(&self) -> String {
        self.key().replace('/', "~")
    }

    /// What the rules look at.
    fn broken(&self) -> Glass<'_> {
        Glass {
            by: &self.opened.by,
            record: (&self.party, &self.record),
            broken: self.opened.at,
        }
    }

    fn key(&self) -> String {
        let prefix = prefix(&self.opened.by, &self.party, &self.record);
        format!("{prefix}{:013}", self.opened.at.millis())
    }

    fn list_key(&self) -> String {
        format!("glass/{:013}/{}", self.opened.at.millis(), self.key())
    }
}

/// Whether this person opens anything in an emergency at all.
pub fn breaks_glass(actor: &Actor) -> bool {
    breaks(actor.roles())
}

impl Node {
    /// Opens one record to a person beyond need-to-know for one hour. They keep to the
    /// conditions that are attached to it.
    ///
    /// # Errors
    /// `E_ROLE`, which is entered; `E_NOT_FOUND`; `E_ERASED`.
    pub async fn break_glass(
        &self,
        actor: &Actor,
        (party, id): (&PartyId, &RecordId),
        why: Reason,
    ) -> Result<GlassView, Error> {
        let act = self.record_act(Deed::BreakGlass, actor, party, id);
        let act = act.because(Some(why.clone()));
        if let Err(refusal) = may_break(actor.roles(), Some(&why)) {
            return self.refuse(act, refusal).await;
        }
        let (place, _) = self.locate(Some(party), id).await?;
        let directory = self.directory();
        let (side, sides) = (
            directory.side(&place.journal.channel),
            directory.unit_sides()?,
        );
        // Beyond need-to-know, but not through the wall.
        firewall::glass_reaches(side, &reader(actor), &sides)
            .map_err(|_| Error::not_found("record", id))?;
        let opened = self.decided(actor, &why);
        let glass = GlassView {
            party: party.clone(),
            record: *id,
            until: opened.at.plus_millis(MAX_GLASS_MILLIS),
            opened,
            outcome: None,
        };
        let commit = Commit {
            puts: vec![
                self.sealed_json_put(Shelf::GLASS, glass.key(), &glass, Some(0))?,
                Put {
                    kind: Shelf::KEEP_LIST,
                    key: glass.list_key(),
                    bytes: Some(Vec::new()),
                    expected: None,
                },
                accepted_put(actor, (party, id), self.now()),
            ],
            ..Commit::default()
        };
        self.commit_with_acts(commit, vec![act]).await?;
        Ok(glass)
    }

    /// Whether this person's emergency opening of a record still lasts.
    pub(crate) async fn has_broken_glass(
        &self,
        actor: &Actor,
        (party, id): (&PartyId, &RecordId),
    ) -> Result<bool, Error> {
        let newest = KeyPage {
            prefix: prefix(actor.officer(), party, id),
            descending: true,
            limit: 1,
            ..KeyPage::default()
        };
        let held = self.store.page(Shelf::GLASS, newest).await?;
        let Some(document) = held.first() else {
            return Ok(false);
        };
        let glass: GlassView = self.unsealed_json(document)?;
        let name = (party, id);
        Ok(glass_opens(&glass.broken(), &reader(actor), name, self.now()).is_ok())
    }

    /// Emergency openings that nobody has judged, the oldest first.
    pub(super) async fn unjudged_glass(&self, limit: usize) -> Result<Vec<GlassView>, Error> {
        let page = KeyPage {
            prefix: "glass/".to_owned(),
            limit,
            ..KeyPage::default()
        };
        let mut found = Vec::new();
        for held in self.store.page(Shelf::KEEP_LIST, page).await? {
            // `glass/<time>/` stands before the key of the document.
            let key = held.key.splitn(3, '/').nth(2).unwrap_or_default();
            let documents = self.store.documents(Shelf::GLASS, key).await?;
            if let Some(document) = documents.first() {
                found.push(self.unsealed_json(document)?);
            }
        }
        Ok(found)
    }

    /// Judges somebody else's emergency opening, once.
    ///
    /// # Errors
    /// `E_SELF_APPROVAL` for one's own and `E_ROLE` for other roles, which are entered;
    /// `E_NOT_FOUND`; `E_KEEPING_CHANGED` where somebody did it already.
    pub async fn judge_glass(
        &self,
        actor: &Actor,
        name: &str,
        outcome: GlassOutcome,
        why: Reason,
    ) -> Result<(), Error> {
        let key = name.replace('~', "/");
        let absent = || Error::not_found("emergency opening", name);
        if !passerelle_rules::rooms(actor.roles()).contains(&passerelle_rules::Room::Keeping) {
            return Err(absent());
        }
        let documents = self.store.documents(Shelf::GLASS, &key).await?;
        let document = documents
            .iter()
            .find(|held| held.key == key)
            .ok_or_else(absent)?;
        let mut glass: GlassView = self.unsealed_json(document)?;
        let act = self.record_act(Deed::BreakGlass, actor, &glass.party, &glass.record);
        let act = act.because(Some(why.clone()));
        if let Err(refusal) = may_review_glass(&glass.broken(), &reader(actor)) {
            return self.refuse(act, refusal).await;
        }
        if glass.outcome.is_some() {
            return Err(super::changed());
        }
        glass.outcome = Some((outcome, self.decided(actor, &why)));
        let commit = Commit {
            puts: vec![
                self.sealed_json_put(Shelf::GLASS, key, &glass, Some(document.version))?,
                Put {
                    kind: Shelf::KEEP_LIST,
                    key: glass.list_key(),
                    bytes: None,
                    expected: None,
                },
            ],
            ..Commit::default()
        };
        match self.commit_with_acts(commit, vec![act]).await {
            Err(Error::Store(passerelle_store::Error::Conflict(_))) => Err(super::changed()),
            other => other.map(drop),
        }
    }
}

fn prefix(officer: &OfficerId, party: &PartyId, record: &RecordId) -> String {
    format!("{officer}/{party}/{record}/")
}
