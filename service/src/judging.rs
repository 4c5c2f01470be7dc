//! Facts for the rules: what this node knows of itself and its partners.

use passerelle_model::{
    Act, By, Code, Country, Deed, Digest, Documented, Ground, Intake, Kind, Name, Object,
    Particulars, Record, UtcTime,
};
use passerelle_rules::{Approval, Judgement, OwnSide, Provided, ReleaseFacts};

use crate::directory::{Directory, HeldAgreement};
use crate::drafts::Decision;
use crate::permissions::Source;
use crate::view::Draft;
use crate::{Error, Node};

/// What stands behind [`OwnSide`].
pub(crate) struct OwnFacts {
    country: Country,
    recipients: Vec<Country>,
    capital: Vec<Country>,
    capital_caveat: Option<Code>,
    file_reference: Option<Name>,
    sources: Vec<Source>,
}

/// What a release is judged with, beside the agreement.
pub(crate) struct Asked<'a> {
    pub(crate) intake: Option<Intake>,
    pub(crate) own: &'a OwnFacts,
    pub(crate) sources: &'a [Provided<'a>],
    pub(crate) approval: Option<&'a (Decision, Digest)>,
    pub(crate) released_today: u64,
}

impl OwnFacts {
    /// Partners' records that it builds on.
    pub(crate) fn provided(&self) -> Vec<Provided<'_>> {
        self.sources.iter().map(Source::provided).collect()
    }

    fn side(&self) -> OwnSide<'_> {
        OwnSide {
            country: Some(&self.country),
            recipients: &self.recipients,
            capital: &self.capital,
            capital_caveat: self.capital_caveat.as_ref(),
            file_reference: self.file_reference.as_ref(),
            legal_review: false,
        }
    }
}

impl Asked<'_> {
    pub(crate) fn facts<'f>(&'f self, held: &'f HeldAgreement, now: UtcTime) -> ReleaseFacts<'f> {
        ReleaseFacts {
            agreement: &held.agreement,
            signed_by_all: held.signed_by_all(),
            now,
            released_today: self.released_today,
            intake: self.intake,
            own: self.own.side(),
            sources: self.sources,
            content: self
                .approval
                .map_or(Digest::new([0; 32]), |(_, content)| *content),
            approval: self.approval.map(|(decision, _)| Approval {
                by: &decision.by,
                roles: &decision.roles,
                covers: decision.covers,
            }),
        }
    }
}

impl Node {
    pub(crate) async fn own_side(&self, record: &Record) -> Result<OwnFacts, Error> {
        let settings = self.settings().await?;
        let directory = self.directory();
        let recipients = record
            .recipient_parties()
            .filter_map(|party| directory.partner(party).ok())
            .map(|partner| partner.pinned.card().content().country.clone())
            .collect();
        Ok(OwnFacts {
            country: directory.own().content().country.clone(),
            recipients,
            capital: settings.capital,
            capital_caveat: settings.capital_caveat,
            file_reference: settings.file_reference,
            sources: self.sources(record).await?,
        })
    }

    /// A draft as the record it would become now.
    pub(crate) async fn sketch(&self, draft: Draft) -> Result<(Record, Option<Intake>), Error> {
        let intake = draft.intake;
        let mut draft = draft;
        if draft.subject.is_empty() {
            draft.subject = "-".to_owned();
        }
        Ok((self.sketched(draft).await?, intake))
    }

    pub(crate) async fn judge_record(
        &self,
        record: &Record,
        intake: Option<Intake>,
        content: Digest,
        approval: Option<Approval<'_>>,
    ) -> Result<Judgement, Error> {
        let own = self.own_side(record).await?;
        let directory = self.directory();
        let held = in_force(&directory, record)?;
        let facts = ReleaseFacts {
            agreement: &held.agreement,
            signed_by_all: held.signed_by_all(),
            now: record.time,
            released_today: 0,
            intake,
            own: own.side(),
            sources: &own.provided(),
            content,
            approval,
        };
        Ok(passerelle_rules::judge(record, &facts))
    }
}

pub(crate) fn in_force<'d>(
    directory: &'d Directory,
    record: &Record,
) -> Result<&'d HeldAgreement, Error> {
    directory
        .for_release(record.kind, &record.channel, record.time.day())
        .ok_or_else(|| Error::not_found("agreement in force", &record.channel))
}

/// The act of releasing a record.
pub(crate) fn transfer_act(record: &Record, by: By) -> Act {
    let deed = match record.kind {
        Kind::Recall => Deed::Recall,
        _ => Deed::Transfer,
    };
    let object = Object::Record {
        party: record.from.clone(),
        record: record.id,
    };
    let persons = record.particulars.as_ref();
    Act {
        channel: Some(record.channel.clone()),
        purpose: Some(record.purpose.clone()),
        to: record.to.clone(),
        ground: persons.map(|persons| persons.transfer.ground),
        transfer: persons.and_then(|persons| documented(record, persons)),
        ..Act::new(deed, record.time, by, object)
    }
}

/// What is documented of a transfer under own assessment or derogation.
fn documented(record: &Record, persons: &Particulars) -> Option<Documented> {
    let transfer = &persons.transfer;
    let asked = matches!(transfer.ground, Ground::Assessment | Ground::Derogation);
    asked.then(|| Documented {
        class: record.class.clone(),
        persons: persons.persons,
        reason: transfer.reason.clone(),
        balance: transfer.balance.clone(),
    })
}
