//! The supervisory authority's own access (G44; Directive (EU) 2016/680, Article 17): opened by
//! the data-protection officer for one request of a data subject, for a named person whose
//! identity was checked, for some days. Whoever holds its code and an authenticator with its
//! secret sees the records of that request, the acts on them and to whom they went; nothing is
//! searched, nothing else is there, and every look is an act of the register.

mod looking;

use passerelle_identity::{Lockout, Secret, Step, TotpSecret};
use passerelle_model::{Act, Deed, Name, OfficerId, Reason, RecordId, UtcTime, hex};
use passerelle_rules::rights::may_open_inspection;
use passerelle_store::{Document, Put};
use serde::{Deserialize, Serialize};

pub use self::looking::{Inspected, LOOK_MILLIS};
use crate::directory::Shelf;
use crate::keeping::Decided;
use crate::people::Enrolment;
use crate::{Actor, Error, Node};

/// Most accesses of one request, those that are over included.
pub const MAX_INSPECTIONS: usize = 16;

/// Whom an access is opened for, and for how long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewInspection {
    /// Which authority, and its reference.
    pub authority: Name,
    /// Who enters.
    pub person: Name,
    /// What they are there.
    pub function: Name,
    /// How their identity was checked.
    pub checked: Reason,
    /// Days, 1 to [`MAX_INSPECTION_DAYS`](passerelle_rules::rights::MAX_INSPECTION_DAYS).
    pub days: u32,
}

/// What is handed over, by two ways; neither is shown again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedInspection {
    /// The access.
    pub access: InspectionView,
    /// Its code, for one way.
    pub code: String,
    /// What goes into an authenticator program, for another.
    pub enrolment: Enrolment,
}

/// Access of the authority.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InspectionView {
    /// Its identifier.
    pub id: RecordId,
    /// The request it is for.
    pub request: RecordId,
    /// Which authority, and its reference.
    pub authority: Name,
    /// Whom it is opened for. `None` where it was opened before that was asked: such an access
    /// lets nobody in.
    #[serde(default)]
    pub holder: Option<Holder>,
    /// Who opened it, when and why.
    pub opened: Decided,
    /// Until when.
    pub until: UtcTime,
    /// Who took it away before.
    pub ended: Option<Decided>,
}

/// Whom an access is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// Their name.
    pub person: Name,
    /// What they are at the authority.
    pub function: Name,
    /// How their identity was checked.
    pub checked: Reason,
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
    #[serde(default)]
    entry: Entry,
}

/// What is asked at the door beside the code, and the look that lasts.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Entry {
    /// Secret of the one-time codes, in hexadecimal digits.
    totp: Option<String>,
    last_step: Option<u64>,
    failures: u32,
    last_failure: u64,
    /// Hash of the pass of whoever is in, and until when it is good.
    pass: Option<(String, UtcTime)>,
}

impl Entry {
    fn new(totp: &TotpSecret) -> Self {
        Self {
            totp: Some(hex::encode(totp.expose())),
            ..Self::default()
        }
    }

    /// Whether the code is right now, and newer than the last one.
    fn check(&self, one_time: &str, now: UtcTime) -> Option<Step> {
        let bytes = hex::decode(self.totp.as_deref()?)?;
        let totp = TotpSecret::new(bytes.try_into().ok()?);
        totp.check(one_time, now, self.last_step.map(Step)).ok()
    }

    fn lockout(&self) -> Lockout {
        Lockout {
            failures: self.failures,
            last_millis: self.last_failure,
        }
    }

    fn failed(&mut self, now: UtcTime) {
        let lockout = self.lockout().failed(now);
        (self.failures, self.last_failure) = (lockout.failures, lockout.last_millis);
    }

    fn entered(&mut self, step: Step, pass: (String, UtcTime)) {
        self.last_step = Some(step.0);
        (self.failures, self.last_failure) = (0, 0);
        self.pass = Some(pass);
    }
}

impl Node {
    /// Opens the access of an authority to one request. Its code and the secret of its one-time
    /// codes are shown now and never again.
    ///
    /// # Errors
    /// `E_NOT_FOUND` for everybody but the data-protection officer; `E_RETENTION` for too many
    /// days; `E_TOO_MANY`.
    pub async fn open_inspection(
        &self,
        actor: &Actor,
        request: &RecordId,
        new: NewInspection,
        why: Reason,
    ) -> Result<OpenedInspection, Error> {
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
        let judged = may_open_inspection(new.days).map_err(Error::from);
        self.allowed(judged, &act).await?;
        let access = InspectionView {
            id,
            request: *request,
            authority: new.authority,
            holder: Some(Holder {
                person: new.person,
                function: new.function,
                checked: new.checked,
            }),
            opened: self.step_by(actor, why),
            until: now.plus_millis(u64::from(new.days) * 86_400_000),
            ended: None,
        };
        self.handed_over(access, act).await
    }

    async fn handed_over(
        &self,
        access: InspectionView,
        act: Act,
    ) -> Result<OpenedInspection, Error> {
        let secret = Secret::new(self.dice.bytes());
        let totp = TotpSecret::new(self.dice.bytes());
        let held = Inspection {
            hash: secret.hash().digest().to_string(),
            entry: Entry::new(&totp),
            view: access.clone(),
        };
        self.put_inspection(held, 0, act).await?;
        Ok(OpenedInspection {
            code: format!("{}-{}", access.id, secret.reveal()),
            enrolment: self.enrolment(&totp, &access.officer()?),
            access,
        })
    }

    async fn put_inspection(&self, held: Inspection, version: u64, act: Act) -> Result<(), Error> {
        let (key, row) = (held.view.id.to_string(), row(&held.view));
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
        held.entry.pass = None;
        self.put_inspection(held, version, act).await
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

fn absent() -> Error {
    Error::not_found("inspection", "code")
}
