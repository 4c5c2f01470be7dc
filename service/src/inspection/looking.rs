//! What the authority does with its access: enters with its code and a one-time code, looks while
//! its pass is good, leaves. Whatever is wrong, the answer is the same.

use passerelle_identity::{IDLE_MILLIS, Secret, SecretHash, Step};
use passerelle_model::{
    Act, By, Deed, Digest, Object, PartyId, RecordId, RegisterPurpose, UtcTime,
};
use passerelle_rules::rights::{Part, inspection_lasts, may_inspect};
use serde::Serialize;

use super::{Inspection, InspectionView, absent};
use crate::directory::Shelf;
use crate::files::FileReader;
use crate::register::{ActFilter, ActHeld};
use crate::rights::{Right, RightsView, SubjectRecord};
use crate::view::Shown;
use crate::{Error, Node};

/// A look ends this long after whoever looks came in, in milliseconds (30 minutes). Then another
/// one-time code is asked.
pub const LOOK_MILLIS: u64 = IDLE_MILLIS;
/// Most acts on one record that are shown.
const MAX_ACTS: usize = 200;

/// What the authority sees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Inspected {
    /// Its access.
    pub access: InspectionView,
    /// Until when this look lasts.
    pub looks_until: UtcTime,
    /// The data subject, in the officer's words.
    pub subject: passerelle_model::Name,
    /// What they asked for.
    pub right: Right,
    /// Their records, and to whom these went.
    pub records: Vec<SubjectRecord>,
    /// Acts on them, the newest first.
    pub log: Vec<Act>,
}

/// An access that somebody is in.
struct Look {
    access: InspectionView,
    until: UtcTime,
    request: RightsView,
}

impl Node {
    /// Lets the authority in: its code, and a code of the authenticator that works once. Gives
    /// the pass that the pages carry for [`LOOK_MILLIS`]; another that is in there is out then.
    ///
    /// # Errors
    /// `E_NOT_FOUND` for whatever is wrong, and while too many attempts have to wait: the
    /// register says which it was. `E_LOG_UNAVAILABLE`.
    pub async fn enter_inspection(&self, code: &str, one_time: &str) -> Result<String, Error> {
        let (id, secret) = named(code)?;
        let (held, version) = self.inspection(&id).await?;
        let now = self.now();
        inspection_lasts(held.view.until, held.view.ended.is_some(), now)?;
        let act = self.session_act(Deed::SignIn, &held.view.officer()?);
        if held.entry.lockout().waits_until(now).is_some() {
            let locked = Error::state("E_LOCKED", "too many failures");
            self.enter_refused(act, &locked).await?;
            return Err(absent());
        }
        let step = held.entry.check(one_time, now);
        match step.filter(|_| is_of(&held.hash, &secret)) {
            Some(step) => self.let_in((held, version), step, act).await,
            None => self.kept_out((held, version), act).await,
        }
    }

    async fn let_in(
        &self,
        (mut held, version): (Inspection, u64),
        step: Step,
        act: Act,
    ) -> Result<String, Error> {
        let pass = Secret::new(self.dice.bytes());
        let until = self.now().plus_millis(LOOK_MILLIS);
        let hash = pass.hash().digest().to_string();
        held.entry.entered(step, (hash, until));
        let id = held.view.id;
        // Who was faster with the same code is in; nobody else is.
        let taken = self.put_inspection(held, version, act).await;
        taken.map_err(but_once)?;
        Ok(format!("{id}-{}", pass.reveal()))
    }

    async fn kept_out(
        &self,
        (mut held, version): (Inspection, u64),
        act: Act,
    ) -> Result<String, Error> {
        held.entry.failed(self.now());
        let wrong = Error::state("E_SIGN_IN", "code or one-time code is not right");
        let codes = vec![passerelle_model::StableCode::of(wrong.code())];
        let noted = self.put_inspection(held, version, act.refused(codes)).await;
        noted.map_err(but_once)?;
        Err(absent())
    }

    /// Everything of the request to which this pass gives access.
    ///
    /// # Errors
    /// `E_NOT_FOUND` for anything that is not a pass that is good now; `E_LOG_UNAVAILABLE`.
    pub async fn inspect(&self, pass: &str) -> Result<Inspected, Error> {
        let look = self.looking(pass).await?;
        let act = Act {
            purpose: Some(RegisterPurpose::Lawfulness.as_str().parse()?),
            ..act_of(
                &look.access,
                (Deed::ReadRegister, self.now()),
                thing(&look.access.request)?,
            )?
        };
        self.enter(act).await?;
        let mut records = Vec::new();
        let mut log = Vec::new();
        for (party, record) in look.request.records() {
            may_inspect(true, Part::Transfers)?;
            records.push(self.subject_record(&party, &record).await?);
            may_inspect(true, Part::Log)?;
            log.extend(self.acts_on(party, record).await?);
        }
        log.sort_by_key(|act| std::cmp::Reverse(act.time));
        Ok(Inspected {
            access: look.access,
            looks_until: look.until,
            subject: look.request.subject,
            right: look.request.right,
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
    /// `E_NOT_FOUND` for any other record, and for anything that is not a pass that is good now;
    /// `E_LOG_UNAVAILABLE`.
    pub async fn inspect_record(
        &self,
        pass: &str,
        record: (&PartyId, &RecordId),
    ) -> Result<Shown, Error> {
        self.looked_at(pass, record, Deed::Consult).await?;
        self.show(Some(record.0), record.1).await
    }

    /// An attachment of a record of the request. The act stands before the first byte is read.
    ///
    /// # Errors
    /// As [`Node::inspect_record`]; `E_NOT_FOUND` where the record has no such attachment or its
    /// content is destroyed, `E_FILE_INCOMPLETE` where it has not arrived completely.
    pub async fn inspect_file(
        &self,
        pass: &str,
        record: (&PartyId, &RecordId),
        position: usize,
    ) -> Result<FileReader, Error> {
        self.looked_at(pass, record, Deed::Export).await?;
        self.open_file(Some(record.0), record.1, position).await
    }

    /// Enters a look at a record of the request, before it is one.
    async fn looked_at(
        &self,
        pass: &str,
        (party, record): (&PartyId, &RecordId),
        deed: Deed,
    ) -> Result<(), Error> {
        let look = self.looking(pass).await?;
        let mut records = look.request.records().into_iter();
        let chosen = records.any(|(of, id)| of == *party && id == *record);
        may_inspect(chosen, Part::Data)?;
        let object = Object::Record {
            party: party.clone(),
            record: *record,
        };
        let act = act_of(&look.access, (deed, self.now()), object)?;
        self.enter(act).await.map(drop)
    }

    /// Ends a look before its time.
    ///
    /// # Errors
    /// `E_NOT_FOUND` for anything that is not a pass that is good now; `E_LOG_UNAVAILABLE`.
    pub async fn leave_inspection(&self, pass: &str) -> Result<(), Error> {
        let look = self.looking(pass).await?;
        let (mut held, version) = self.inspection(&look.access.id).await?;
        held.entry.pass = None;
        let act = self.session_act(Deed::SignOut, &look.access.officer()?);
        self.put_inspection(held, version, act).await
    }

    async fn looking(&self, pass: &str) -> Result<Look, Error> {
        let (id, secret) = named(pass)?;
        let (held, _) = self.inspection(&id).await?;
        let now = self.now();
        inspection_lasts(held.view.until, held.view.ended.is_some(), now)?;
        let good = held.entry.pass.filter(|(hash, _)| is_of(hash, &secret));
        let (_, until) = good.ok_or_else(absent)?;
        inspection_lasts(until, false, now)?;
        let request = self.document(Shelf::RIGHTS, held.view.request.to_string());
        let request = self.procedure_of(&request.await?.ok_or_else(absent)?)?;
        Ok(Look {
            access: held.view,
            until,
            request,
        })
    }
}

/// A code or a pass: which access, and its secret.
fn named(text: &str) -> Result<(RecordId, Secret), Error> {
    let (id, secret) = text.trim().split_once('-').ok_or_else(absent)?;
    let secret = Secret::parse(secret).map_err(|_| absent())?;
    Ok((id.parse().map_err(|_| absent())?, secret))
}

fn is_of(hash: &str, secret: &Secret) -> bool {
    let digest: Result<Digest, _> = hash.parse();
    digest.is_ok_and(|digest| SecretHash::from_digest(digest).is_of(secret))
}

/// Somebody was faster at this access: that looks like everything else that is wrong.
fn but_once(error: Error) -> Error {
    match error.code() {
        "E_KEEPING_CHANGED" => absent(),
        _ => error,
    }
}

/// A look of the authority, as the register holds it: for whom the access is.
fn act_of(
    access: &InspectionView,
    (deed, at): (Deed, UtcTime),
    object: Object,
) -> Result<Act, Error> {
    let by = By::Person {
        officer: access.officer()?,
        unit: None,
    };
    let holder = access.holder.as_ref();
    let holder = holder.map(|one| format!(" · {}, {}", one.person, one.function));
    let why = format!("{}{}", access.authority, holder.unwrap_or_default());
    Ok(Act::new(deed, at, by, object).because(why.parse().ok()))
}

fn thing(request: &RecordId) -> Result<Object, Error> {
    Ok(Object::Thing {
        kind: "rights".parse()?,
        name: request.to_string().parse()?,
    })
}
