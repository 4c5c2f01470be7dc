//! Beginning a draft: what is known already is filled in.

use passerelle_model::{
    Deed, Kind, PartyId, Record, RecordId, Reference, Relation, Side, Terms, UnitId,
};
use passerelle_rules::{firewall, may_write};
use passerelle_store::{Commit, EntryRef};

use super::document::{DraftDocument, DraftState, DraftView};
use super::form::{Field, Form};
use crate::{Actor, Error, Node};

/// What somebody wants to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDraft {
    /// What it will be.
    pub kind: Kind,
    /// The record it speaks about, where there is one.
    pub about: Option<(PartyId, RecordId)>,
    /// The unit that sends; the first of the writer's where left out.
    pub unit: Option<UnitId>,
}

impl Node {
    /// Begins a draft.
    pub async fn new_draft(&self, actor: &Actor, new: NewDraft) -> Result<DraftView, Error> {
        may_write(actor.roles())?;
        if new.kind == Kind::Group {
            return Err(Error::not_found("draft of kind", new.kind));
        }
        let unit = match new.unit {
            Some(unit) if actor.units().contains(&unit) => unit,
            Some(unit) => return Err(Error::not_found("unit", unit)),
            None => actor
                .units()
                .first()
                .cloned()
                // Refused for who they are: nothing is hidden from them here.
                .ok_or_else(|| Error::state("E_ROLE", "an officer of no unit writes for none"))?,
        };
        firewall::unit_writes_on(Side::Cases, &unit, &self.directory().unit_sides()?)?;
        self.room_for_drafts(&unit).await?;
        let now = self.now();
        let mut draft = DraftDocument {
            id: RecordId::from_parts(now.millis(), self.dice.bytes()),
            kind: new.kind,
            unit: unit.clone(),
            author: actor.officer().clone(),
            writers: [actor.officer().clone()].into(),
            function: actor.function().clone(),
            state: DraftState::Writing,
            form: self.first_form(actor, &unit),
            references: Vec::new(),
            case: None,
            files: Vec::new(),
            changed: now,
            changed_by: actor.officer().clone(),
            listed: None,
        };
        if let Some((party, record)) = &new.about {
            let (place, record) = self.opened_for(actor, party, record).await?;
            self.begin_about(&mut draft, &place, &record).await?;
        }
        let act = self.draft_act(Deed::Create, actor, &draft.id);
        let commit = Commit {
            puts: self.draft_puts(&mut draft, 0)?,
            ..Commit::default()
        };
        self.commit_with_acts(commit, vec![act]).await?;
        Ok(draft.view(1))
    }

    /// What the record it speaks about gives it.
    async fn begin_about(
        &self,
        draft: &mut DraftDocument,
        place: &EntryRef,
        record: &Record,
    ) -> Result<(), Error> {
        draft.references = vec![Reference {
            relation: relation(draft.kind),
            party: record.from.clone(),
            record: record.id,
        }];
        draft.case = self.case_of(&place.journal.party, &record.id).await?;
        draft.form = about(
            std::mem::take(&mut draft.form),
            draft.kind,
            record,
            &self.party,
        );
        Ok(())
    }

    fn first_form(&self, actor: &Actor, unit: &UnitId) -> Form {
        let mut form = Form::new()
            .with(Field::Unit, [unit])
            .with(Field::Lang, [actor.lang()])
            .with(Field::Urgency, ["normal"])
            .with(Field::Tlp, ["amber"])
            .with(Field::Pap, ["amber"])
            .with(Field::Handling, ["h1"])
            .with(Field::Source, ["x"])
            .with(Field::Information, ["4"]);
        let directory = self.directory();
        let day = self.now().day();
        let channels = directory.channels_on(Side::Cases, day);
        if let [only] = channels.as_slice()
            && let Some(held) = directory.in_force(only, day)
        {
            form = self.under(form.with(Field::Channel, [only]), held.agreement.terms());
        }
        form
    }

    /// What the agreement gives.
    fn under(&self, form: Form, terms: &Terms) -> Form {
        let always = terms.caveat.iter().filter(|caveat| caveat.always);
        let today = self.now().day();
        form.with(Field::Caveats, always.map(|caveat| &caveat.code))
            .with(
                Field::Review,
                [today.plus_days(terms.retention.review_days)],
            )
            .with(
                Field::Erasure,
                [today.plus_days(terms.retention.erasure_days)],
            )
    }
}

/// How a record of this kind speaks about another.
fn relation(kind: Kind) -> Relation {
    match kind {
        Kind::Answer | Kind::Clarification | Kind::Refusal => Relation::Answers,
        Kind::Acknowledgement => Relation::Acknowledges,
        Kind::Correction => Relation::Corrects,
        Kind::Recall => Relation::Recalls,
        Kind::Notice | Kind::Request | Kind::Group => Relation::Relates,
    }
}

/// What a record gives to one that speaks about it.
fn about(form: Form, kind: Kind, record: &Record, own: &PartyId) -> Form {
    let back = format!("{}/{}", record.from, record.author.unit);
    let form = form
        .with(Field::Channel, [&record.channel])
        .with(Field::Purpose, [&record.purpose])
        .with(Field::Basis, [&record.basis])
        .with(Field::Class, [&record.class])
        .with(Field::Offences, &record.offences)
        .with(Field::Tlp, [record.markings.tlp])
        .with(Field::Pap, [record.markings.pap])
        .with(Field::Handling, [record.markings.handling])
        .with(Field::Caveats, &record.markings.caveats)
        .with(Field::Subject, [&record.subject]);
    let form = match record.from == *own {
        true => form.with(Field::To, &record.to),
        false => form.with(Field::To, [back]),
    };
    match kind {
        Kind::Correction => form.with(Field::Text, record.text.iter()),
        Kind::Answer => {
            // Who refers to a record of ours may be asking what may be done with it.
            let mine = record.references.iter().find(|one| one.party == *own);
            form.with(Field::Part, ["final"])
                .with(Field::PermitRecord, mine.map(|one| one.record))
        }
        _ => form,
    }
}
