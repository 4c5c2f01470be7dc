//! One data subject's records, and to whom they went (G43): which of the recipients are in third
//! countries.

use passerelle_model::{Country, PartyId, RecordId, UnitId, UtcTime};
use passerelle_rules::rights;
use serde::{Deserialize, Serialize};

use crate::{Actor, Error, Node};

/// A record about a data subject, and to whom it went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubjectRecord {
    /// Whose.
    pub party: PartyId,
    /// Which.
    pub record: RecordId,
    /// When it was released.
    pub time: UtcTime,
    /// Whether its content is destroyed here.
    pub erased: bool,
    /// Who received it.
    pub recipients: Vec<SubjectRecipient>,
}

/// Who received a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubjectRecipient {
    /// The party.
    pub party: PartyId,
    /// The unit; of an erased record nobody knows any more.
    pub unit: Option<UnitId>,
    /// Its state, where its card is here.
    pub country: Option<Country>,
    /// Whether that is a third country, or may be one.
    pub third: bool,
}

impl Node {
    /// Each record of a request with the units that received it, and which of these are in third
    /// countries.
    ///
    /// # Errors
    /// `E_NOT_FOUND` for everybody but the data-protection officer.
    pub async fn rights_recipients(
        &self,
        actor: &Actor,
        id: &RecordId,
    ) -> Result<Vec<SubjectRecord>, Error> {
        let request = self.rights(actor, id).await?;
        let mut found = Vec::new();
        for (party, record) in request.records() {
            found.push(self.subject_record(&party, &record).await?);
        }
        Ok(found)
    }

    pub(crate) async fn subject_record(
        &self,
        party: &PartyId,
        id: &RecordId,
    ) -> Result<SubjectRecord, Error> {
        let place = self.place(Some(party), id).await?;
        let recipients = match place.erased {
            false => {
                let record = self.record_at(&place.journal, place.index).await?;
                let to = record.to.iter();
                to.map(|to| self.recipient(&to.party, Some(&to.unit)))
                    .collect()
            }
            true => {
                let parties = self.parties_of(party, id).await?;
                parties.iter().map(|to| self.recipient(to, None)).collect()
            }
        };
        Ok(SubjectRecord {
            party: party.clone(),
            record: *id,
            time: place.time,
            erased: place.erased,
            recipients,
        })
    }

    fn recipient(&self, party: &PartyId, unit: Option<&UnitId>) -> SubjectRecipient {
        let directory = self.directory();
        let own = &directory.own().content().country;
        let card = directory.newest_card(party);
        let country = card.map(|card| card.content().country.clone());
        SubjectRecipient {
            party: party.clone(),
            unit: unit.cloned(),
            third: country
                .as_ref()
                .is_none_or(|other| rights::is_third_country(own, other)),
            country,
        }
    }
}
