//! The supervisory authority's own access (G44; Directive (EU) 2016/680, Article 17): opened by
//! the data-protection officer for one request of a data subject, for some days. Whoever holds
//! its code sees the records of that request, the acts on them and to whom they went; nothing is
//! searched, nothing else is there, and every look is an act of the register.

use passerelle_model::{
    Act, By, Deed, Name, Object, OfficerId, PartyId, Reason, RecordId, RegisterPurpose, UtcTime,
    hex,
};
use passerelle_rules::rights::{Part, inspection_lasts, may_inspect, may_open_inspection};
use passerelle_store::{Document, Put};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use crate::directory::Shelf;
use crate::keeping::Decided;
use crate::register::{ActFilter, ActHeld};
use crate::rights::{Right, RightsView, SubjectRecord};
use crate::view::Shown;
use crate::{Actor, Error, Node};

/// Most accesses of one request, those that are over included.
pub const MAX_INSPECTIONS: usize = 16;
/// Most acts on one record that are shown.
const MAX_ACTS: usize = 200;

/// Access of the authority.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InspectionView {
    /// Its identifier.
    pub id: RecordId,
    /// The request it is for.
    pub request: RecordId,
    /// Which authority, and its reference.
    pub authority: Name,
    /// Who opened it, when and why.
    pub opened: Decided,
    /// Until when.
    pub until: UtcTime,
    /// Who took it away before.
    pub ended: Option<Decided>,
}

impl InspectionView {
    /// Under which name its looks stand in the register.
    ///
    /// # Errors
    /// None in practice: the identifier fits.
    pub fn officer(&self) -> Result<OfficerId, Error> {
        let id = self.id.to_string();
        let short: String = id.chars().skip(id.len().saturating_sub(16)).collect();
        Ok(format!("authority-{short}").parse()?)
    }
}

/// As it is kept, sealed; of the code only a hash.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Inspection {
    #[serde(flatten)]
    view: InspectionView,
    hash: String,
}

/// What the authority sees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Inspected {
    /// Its access.
    pub access: InspectionView,
    /// The data subject, in the officer's words.
    pub subject: Name,
    /// What they asked for.
    pub right: Right,
    /// Their records, and to whom these went.
    pub records: Vec<SubjectRecord>,
    /// Acts on them, the newest first.
    pub log: Vec<Act>,
}

impl Node {
    /// Opens the access of an authority to one request. The code is shown now and never again.
    ///
    /// # Errors
    /// `E_NOT_FOUND` for everybody but the data-protection officer; `E_RETENTION` for too many
    /// days; `E_TOO_MANY`.
    pub async fn open_inspection(
        &self,
        actor: &Actor,
        request: &RecordId,
        (authority, days): (Name, u32),
        why: Reason,
    ) -> Result<(InspectionView, String), Error> {
        self.rights(actor, request).await?;
        if self.inspections(actor, request).await?.len() >= MAX_INSPECTIONS {
            return Err(Error::state(
                "E_TOO_MANY",
                "the request has its most accesses",
            ));
        }
        let now = self.now();
        let id = RecordId::from_parts(now.millis(), self.dice.bytes());
        let act = self.thing_act(Deed::Inspection, actor, "inspection", &id)?;
        let act = act.because(Some(why.clone()));
        let judged = may_open_inspection(days).map_err(Error::from);
        self.allowed(judged, &act).await?;
        let secret = hex::encode(&self.dice.bytes::<32>());
        let view = InspectionView {
            id,
            request: *request,
            authority,
            opened: self.step_by(actor, why),
            until: now.plus_millis(u64::from(days) * 86_400_000),
            ended: None,
        };
        self.put_inspection((&view, hash(&secret)), 0, act).await?;
        Ok((view, format!("{id}-{secret}")))
    }

    async fn put_inspection(
        &self,
        (view, hash): (&InspectionView, String),
        version: u64,
        act: Act,
    ) -> Result<(), Error> {
        let (view, key) = (view.clone(), view.id.to_string());
        let row = row(&view);
        let held = Inspection { view, hash };
        let put = self.sealed_json_put(Shelf::INSPECTION, key, &held, Some(version))?;
        self.put_listed(put, (None, row), act).await
    }

    /// Takes an access away before its day.
    ///
    /// # Errors
    /// `E_NOT_FOUND`; `E_KEEPING_CHANGED`.
    pub async fn end_inspection(
        &self,
        actor: &Actor,
        (request, id): (&RecordId, &RecordId),
        why: Reason,
    ) -> Result<(), Error> {
        self.rights(actor, request).await?;
        let (mut held, version) = self.inspection(id).await?;
        if held.view.request != *request || held.view.ended.is_some() {
            return Err(absent());
        }
        let act = self.thing_act(Deed::Inspection, actor, "inspection", id)?;
        let act = act.because(Some(why.clone()));
        held.view.ended = Some(self.step_by(actor, why));
        self.put_inspection((&held.view, held.hash), version, act)
            .await
    }

    /// Accesses of a request, the oldest first, those that are over included.
    ///
    /// # Errors
    /// `E_NOT_FOUND` for everybody but the data-protection officer.
    pub async fn inspections(
        &self,
        actor: &Actor,
        request: &RecordId,
    ) -> Result<Vec<InspectionView>, Error> {
        self.rights(actor, request).await?;
        let held = self.inspections_of(request).await?;
        held.iter()
            .map(|document| Ok(self.unsealed_json::<Inspection>(document)?.view))
            .collect()
    }

    async fn inspections_of(&self, request: &RecordId) -> Result<Vec<Document>, Error> {
        let prefix = format!("inspection/{request}/");
        let rows = self.store.documents(Shelf::KEEP_LIST, &prefix).await?;
        let names = rows.iter().filter_map(|row| row.key.rsplit('/').next());
        let names = names.map(|id| (Shelf::INSPECTION, id.to_owned())).collect();
        let found = self.store.gather(names).await?;
        Ok(found.into_iter().flatten().collect())
    }

    /// What goes with a request that is forgotten.
    pub(crate) async fn inspections_gone(&self, request: &RecordId) -> Result<Vec<Put>, Error> {
        let mut puts = Vec::new();
        for document in self.inspections_of(request).await? {
            let held: Inspection = self.unsealed_json(&document)?;
            puts.push(removal(Shelf::KEEP_LIST, row(&held.view)));
            puts.push(removal(Shelf::INSPECTION, document.key));
        }
        Ok(puts)
    }

    async fn inspection(&self, id: &RecordId) -> Result<(Inspection, u64), Error> {
        let held = self.document(Shelf::INSPECTION, id.to_string()).await?;
        let document = held.ok_or_else(absent)?;
        Ok((self.unsealed_json(&document)?, document.version))
    }

    /// Everything of the request to which this code gives access.
    ///
    /// # Errors
    /// `E_NOT_FOUND` for anything that is not the code of a live access; `E_LOG_UNAVAILABLE`.
    pub async fn inspect(&self, code: &str) -> Result<Inspected, Error> {
        let (access, request) = self.inspecting(code).await?;
        let act = Act {
            purpose: Some(RegisterPurpose::Lawfulness.as_str().parse()?),
            ..self.look(Deed::ReadRegister, &access, thing(&access.request)?)?
        };
        self.enter(act).await?;
        let mut records = Vec::new();
        let mut log = Vec::new();
        for (party, record) in request.records() {
            may_inspect(true, Part::Transfers)?;
            records.push(self.subject_record(&party, &record).await?);
            may_inspect(true, Part::Log)?;
            log.extend(self.acts_on(party, record).await?);
        }
        log.sort_by_key(|act| std::cmp::Reverse(act.time));
        Ok(Inspected {
            access,
            subject: request.subject,
            right: request.right,
            records,
            log,
        })
    }

    async fn acts_on(&self, party: PartyId, record: RecordId) -> Result<Vec<Act>, Error> {
        let filter = ActFilter {
            object: Some(Object::Record { party, record }),
            ..ActFilter::default()
        };
        let page = self.acts_found(&filter, MAX_ACTS).await?;
        let held = page.acts.into_iter().filter_map(|line| match line.held {
            ActHeld::Held { act } => Some(*act),
            ActHeld::Erased | ActHeld::Damaged => None,
        });
        Ok(held.collect())
    }

    /// One record of the request, with its content.
    ///
    /// # Errors
    /// `E_NOT_FOUND` for any other record, and for anything that is not the code of a live
    /// access; `E_ERASED`; `E_LOG_UNAVAILABLE`.
    pub async fn inspect_record(
        &self,
        code: &str,
        (party, record): (&PartyId, &RecordId),
    ) -> Result<Shown, Error> {
        let (access, request) = self.inspecting(code).await?;
        let mut records = request.records().into_iter();
        let chosen = records.any(|(of, id)| of == *party && id == *record);
        may_inspect(chosen, Part::Data)?;
        let object = Object::Record {
            party: party.clone(),
            record: *record,
        };
        self.enter(self.look(Deed::Consult, &access, object)?)
            .await?;
        self.show(Some(party), record).await
    }

    async fn inspecting(&self, code: &str) -> Result<(InspectionView, RightsView), Error> {
        let (id, secret) = code.trim().split_once('-').ok_or_else(absent)?;
        let id: RecordId = id.parse().map_err(|_| absent())?;
        let (held, _) = self.inspection(&id).await?;
        let same = hash(secret).as_bytes().ct_eq(held.hash.as_bytes());
        if !bool::from(same) {
            return Err(absent());
        }
        inspection_lasts(held.view.until, held.view.ended.is_some(), self.now())?;
        let request = self
            .document(Shelf::RIGHTS, held.view.request.to_string())
            .await?;
        let request = self.procedure_of(&request.ok_or_else(absent)?)?;
        Ok((held.view, request))
    }

    /// A look of the authority, as the register holds it.
    fn look(&self, deed: Deed, access: &InspectionView, object: Object) -> Result<Act, Error> {
        let officer = access.officer()?;
        let by = By::Person {
            officer,
            unit: None,
        };
        let why = access.authority.as_str().parse().ok();
        Ok(Act::new(deed, self.now(), by, object).because(why))
    }
}

fn thing(request: &RecordId) -> Result<Object, Error> {
    Ok(Object::Thing {
        kind: "rights".parse()?,
        name: request.to_string().parse()?,
    })
}

fn row(view: &InspectionView) -> String {
    format!("inspection/{}/{}", view.request, view.id)
}

fn removal(kind: &'static str, key: String) -> Put {
    Put {
        kind,
        key,
        bytes: None,
        expected: None,
    }
}

fn hash(secret: &str) -> String {
    hex::encode(&Sha256::digest(secret.as_bytes()))
}

fn absent() -> Error {
    Error::not_found("inspection", "code")
}
