//! The record: one signed statement of one officer of one party under one agreement.

use minicbor::{Decode, Encode};

use crate::codec::{self, CodecError};
use crate::macros::words;
use crate::{
    AgreementHash, Asking, ChannelId, Code, Day, Digest, Error, Evaluation, FileName, Lang,
    Markdown, Markings, MediaType, Name, OfficerId, Particulars, PartyId, Permission, RecordId,
    Subject, UnitId, UtcTime,
};

/// Largest encoded record, in bytes (640 KiB: a full body, full data and the header).
pub const MAX_RECORD_BYTES: usize = 640 * 1024;
/// Most recipient units of one record.
pub const MAX_RECIPIENTS: usize = 64;
/// Most references of one record.
pub const MAX_REFERENCES: usize = 64;
/// Most attachments of one record.
pub const MAX_ATTACHMENTS: usize = 256;
/// Largest attachment, in bytes (16 GiB).
pub const MAX_ATTACHMENT_BYTES: u64 = 16 * 1024 * 1024 * 1024;
/// Most caveats on one record.
pub const MAX_CAVEATS: usize = 16;
/// Most offences of one record.
pub const MAX_OFFENCES: usize = 16;
/// Deepest nesting of structured data.
pub const MAX_DATA_DEPTH: usize = 32;

words! {
    /// What a record does.
    Kind {
        /// Tells, without asking.
        Notice = "notice",
        /// Asks.
        Request = "request",
        /// Asks back, or explains.
        Clarification = "clarification",
        /// Answers, in part or in full.
        Answer = "answer",
        /// Declines to answer, with a reason from the list.
        Refusal = "refusal",
        /// Confirms a condition or that something was taken note of.
        Acknowledgement = "acknowledgement",
        /// Puts right an earlier record of the same party.
        Correction = "correction",
        /// Takes back an earlier record of the same party: its holders erase or restrict it.
        Recall = "recall",
        /// Something said in the joint group; its data says what.
        Group = "group",
    }
}

/// Schema of the data of a record of the joint group.
pub const GROUP_SCHEMA: &str = "group-event/1";

words! {
    /// How fast an answer is owed; the agreement gives the hours.
    Urgency {
        /// Usually eight hours.
        Urgent = "urgent",
        /// Usually three days.
        Priority = "priority",
        /// Usually seven days.
        Normal = "normal",
    }
}

words! {
    /// Why a request is declined (after Directive (EU) 2023/977, Article 6).
    RefusalReason {
        /// The information is not held.
        NotHeld = "not-held",
        /// Judicial authorisation is required and was not given.
        Authorisation = "authorisation",
        /// Would harm essential interests of national security.
        NationalSecurity = "national-security",
        /// Would jeopardise an investigation or somebody's safety.
        Investigation = "investigation",
        /// Clearly disproportionate or irrelevant to the purpose.
        Disproportionate = "disproportionate",
        /// The offence is outside the agreement or below its threshold.
        Scope = "scope",
        /// Fundamental rights stand against it.
        Rights = "rights",
        /// The request is incomplete and clarification did not come.
        Incomplete = "incomplete",
    }
}

words! {
    /// How a record relates to one it names.
    Relation {
        /// Belongs to the same matter.
        Relates = "relates",
        /// Answers (or refuses, or clarifies) it.
        Answers = "answers",
        /// Acknowledges it.
        Acknowledges = "acknowledges",
        /// Puts it right.
        Corrects = "corrects",
        /// Takes it back.
        Recalls = "recalls",
    }
}

/// A unit of a party that may open a record.
#[derive(
    Debug,
    Clone,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Encode,
    Decode,
    serde::Serialize,
    serde::Deserialize,
)]
#[serde(deny_unknown_fields)]
#[cbor(array)]
pub struct Recipient {
    /// The party.
    #[n(0)]
    pub party: PartyId,
    /// Its unit.
    #[n(1)]
    pub unit: UnitId,
}

impl std::fmt::Display for Recipient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.party, self.unit)
    }
}

/// `ma.interior/bnps`.
impl std::str::FromStr for Recipient {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let (party, unit) = text
            .split_once('/')
            .ok_or_else(|| Error::identifier("recipient", text, "write party/unit"))?;
        Ok(Self {
            party: party.parse()?,
            unit: unit.parse()?,
        })
    }
}

/// Who wrote it, for the sending party.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[cbor(map)]
pub struct Author {
    /// The officer, as the party names its people.
    #[n(0)]
    pub officer: OfficerId,
    /// The officer's unit.
    #[n(1)]
    pub unit: UnitId,
    /// The officer's function ("liaison officer"), shown to the partner.
    #[n(2)]
    pub function: Name,
}

/// A record that this one speaks about.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[cbor(array)]
pub struct Reference {
    /// How.
    #[n(0)]
    pub relation: Relation,
    /// Whose record.
    #[n(1)]
    pub party: PartyId,
    /// Which record.
    #[n(2)]
    pub record: RecordId,
}

/// Data for machines: JSON text under a named schema.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[cbor(map)]
pub struct StructuredData {
    /// Name of its schema, such as `vehicle-check/1`.
    #[n(0)]
    pub schema: Name,
    /// JSON text (RFC 8259), nested at most [`MAX_DATA_DEPTH`] deep.
    #[n(1)]
    pub json: String,
}

/// A file that travels with the record in sealed chunks (`docs/protocol.md`).
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, serde::Serialize, serde::Deserialize)]
#[cbor(map)]
pub struct Attachment {
    /// Its name.
    #[n(0)]
    pub name: FileName,
    /// Its media type.
    #[n(1)]
    pub media_type: MediaType,
    /// Plain length in bytes.
    #[n(2)]
    pub bytes: u64,
    /// SHA-256 of the plain bytes.
    #[n(3)]
    pub sha256: Digest,
    /// SHA-256 of all sealed chunks in order: how stores and carriers name the blob.
    #[n(4)]
    pub sealed: Digest,
    /// The chunk key. Secret: it stands only inside sealed records, never in JSON.
    #[n(5)]
    #[serde(skip, default = "AttachmentKey::absent")]
    pub key: AttachmentKey,
}

/// The key of one attachment's chunks. `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct AttachmentKey([u8; 32]);

impl AttachmentKey {
    /// Wraps 32 secret bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The secret bytes.
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    /// What JSON readers get in its place: opens nothing.
    fn absent() -> Self {
        Self([0; 32])
    }
}

impl Drop for AttachmentKey {
    fn drop(&mut self) {
        zeroize::Zeroize::zeroize(&mut self.0);
    }
}

impl std::fmt::Debug for AttachmentKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AttachmentKey(…)")
    }
}

impl<C> Encode<C> for AttachmentKey {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.bytes(&self.0)?.ok()
    }
}

impl<'b, C> Decode<'b, C> for AttachmentKey {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        d.bytes()?
            .try_into()
            .map(Self)
            .map_err(|_| minicbor::decode::Error::message("attachment key has 32 bytes"))
    }
}

/// One record, as it is signed. Field numbers are the CBOR map keys of the protocol.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, serde::Serialize)]
#[cbor(map)]
pub struct Record {
    /// Its identifier, unique for the sending party.
    #[n(0)]
    pub id: RecordId,
    /// The channel, that is the agreement through its revisions.
    #[n(1)]
    pub channel: ChannelId,
    /// The agreement revision in force when it was written.
    #[n(2)]
    pub agreement: AgreementHash,
    /// The sending party.
    #[n(3)]
    pub from: PartyId,
    /// The officer.
    #[n(4)]
    pub author: Author,
    /// What it does.
    #[n(5)]
    pub kind: Kind,
    /// When it was released, by the sender's clock.
    #[n(6)]
    pub time: UtcTime,
    /// Purpose, from the agreement.
    #[n(7)]
    pub purpose: Code,
    /// Legal basis, from the agreement.
    #[n(8)]
    pub basis: Code,
    /// Data class, from the agreement.
    #[n(9)]
    pub class: Code,
    /// Markings.
    #[n(10)]
    pub markings: Markings,
    /// 4x4 evaluation.
    #[n(11)]
    pub evaluation: Evaluation,
    /// Day by which somebody looks at it again.
    #[n(12)]
    pub review: Day,
    /// Day on which it is erased everywhere.
    #[n(13)]
    pub erasure: Day,
    /// Who may open it: sorted, each once, at least one.
    #[n(14)]
    pub to: Vec<Recipient>,
    /// Records it speaks about.
    #[n(15)]
    pub references: Vec<Reference>,
    /// How fast an answer is owed; requests have one.
    #[n(16)]
    pub urgency: Option<Urgency>,
    /// Why it is declined; refusals have one.
    #[n(17)]
    pub reason: Option<RefusalReason>,
    /// Language of subject and text.
    #[n(18)]
    pub lang: Lang,
    /// Subject line.
    #[n(19)]
    pub subject: Subject,
    /// Text for people.
    #[n(20)]
    pub text: Option<Markdown>,
    /// Data for machines.
    #[n(21)]
    pub data: Option<StructuredData>,
    /// Files.
    #[n(22)]
    pub attachments: Vec<Attachment>,
    /// Offences it concerns, from the agreement's scope: sorted, each once.
    #[n(23)]
    pub offences: Vec<Code>,
    /// What it says of persons: present exactly where it holds personal data.
    #[n(24)]
    pub particulars: Option<Particulars>,
    /// What a request explains.
    #[n(25)]
    pub asking: Option<Asking>,
    /// What its sender permits beyond the markings of an earlier record of its own; answers
    /// can carry one.
    #[n(26)]
    pub permission: Option<Permission>,
}

impl Record {
    /// The one encoding that is signed.
    pub fn to_bytes(&self) -> Vec<u8> {
        codec::to_canonical(self)
    }

    /// Reads a signed payload: deterministic form and every rule of shape hold afterwards.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let record: Self = codec::from_canonical(bytes, MAX_RECORD_BYTES)?;
        record.check()?;
        Ok(record)
    }

    /// The same for bytes that were read by [`Record::from_bytes`] before, and are known to be
    /// those: form and shape are not looked at again.
    pub fn from_known_bytes(bytes: &[u8]) -> Result<Self, Error> {
        Ok(codec::from_known(bytes, MAX_RECORD_BYTES)?)
    }

    /// Shape only: counts, order, what each kind must carry. Whether it is *allowed* is for
    /// the rules to say.
    pub fn check(&self) -> Result<(), Error> {
        self.check_counts()?;
        self.check_order()?;
        self.check_kind()?;
        self.particulars
            .as_ref()
            .map_or(Ok(()), Particulars::check)?;
        self.check_permission()?;
        self.data.as_ref().map_or(Ok(()), StructuredData::check)
    }

    /// Parties among the recipients, each once, sorted.
    pub fn recipient_parties(&self) -> impl Iterator<Item = &PartyId> {
        let mut last = None;
        self.to.iter().filter_map(move |recipient| {
            (last.replace(&recipient.party) != Some(&recipient.party)).then_some(&recipient.party)
        })
    }

    /// The records it names with `relation`.
    pub fn related(&self, relation: Relation) -> impl Iterator<Item = &Reference> {
        self.references
            .iter()
            .filter(move |reference| reference.relation == relation)
    }

    fn check_counts(&self) -> Result<(), Error> {
        let too_many = [
            ("recipients", self.to.len(), MAX_RECIPIENTS),
            ("references", self.references.len(), MAX_REFERENCES),
            ("attachments", self.attachments.len(), MAX_ATTACHMENTS),
            ("caveats", self.markings.caveats.len(), MAX_CAVEATS),
            ("offences", self.offences.len(), MAX_OFFENCES),
        ]
        .into_iter()
        .find(|(_, found, limit)| found > limit);
        if let Some((what, found, limit)) = too_many {
            return Err(Error::Document(format!(
                "{found} {what}; at most {limit} are taken"
            )));
        }
        match self
            .attachments
            .iter()
            .find(|file| file.bytes > MAX_ATTACHMENT_BYTES)
        {
            Some(file) => Err(Error::Document(format!(
                "an attachment of {} bytes; at most {MAX_ATTACHMENT_BYTES} are taken",
                file.bytes
            ))),
            None => Ok(()),
        }
    }

    fn check_order(&self) -> Result<(), Error> {
        if !self.to.is_sorted_by(|a, b| a < b) {
            return Err(Error::Document(
                "recipients are not sorted, or one stands twice".into(),
            ));
        }
        if !self.markings.caveats.is_sorted_by(|a, b| a < b) {
            return Err(Error::Document(
                "caveats are not sorted, or one stands twice".into(),
            ));
        }
        Ok(())
    }

    /// A permission answers somebody who asked for it.
    fn check_permission(&self) -> Result<(), Error> {
        match &self.permission {
            None => Ok(()),
            Some(permission) if self.kind == Kind::Answer => permission.check(),
            Some(_) => Err(Error::Document(
                "only an answer gives a permission".to_owned(),
            )),
        }
    }

    fn check_kind(&self) -> Result<(), Error> {
        let needs = |held: bool, what: &str| {
            if held {
                Ok(())
            } else {
                Err(Error::Document(format!("a {} needs {what}", self.kind)))
            }
        };
        let names = |relation| self.related(relation).next().is_some();
        let own = |relation| self.related(relation).all(|r| r.party == self.from);
        match self.kind {
            Kind::Request => needs(self.urgency.is_some(), "an urgency"),
            Kind::Refusal => needs(self.reason.is_some(), "a reason")
                .and_then(|()| needs(names(Relation::Answers), "the request it answers")),
            Kind::Answer | Kind::Clarification => {
                needs(names(Relation::Answers), "the record it answers")
            }
            Kind::Acknowledgement => {
                needs(names(Relation::Acknowledges), "the record it acknowledges")
            }
            Kind::Correction => needs(names(Relation::Corrects), "the record it corrects")
                .and_then(|()| needs(own(Relation::Corrects), "to correct its own party's record")),
            Kind::Recall => {
                needs(names(Relation::Recalls), "the record it takes back").and_then(|()| {
                    needs(
                        own(Relation::Recalls),
                        "to take back its own party's record",
                    )
                })
            }
            Kind::Notice => Ok(()),
            Kind::Group => self.check_group(),
        }
    }

    /// What is said in the joint group is an event and nothing of a case.
    fn check_group(&self) -> Result<(), Error> {
        let event = self.data.as_ref();
        if event.is_none_or(|data| data.schema.as_str() != GROUP_SCHEMA) {
            let message = format!("a {} needs data of the schema {GROUP_SCHEMA}", self.kind);
            return Err(Error::Document(message));
        }
        let of_a_case = [
            ("particulars", self.particulars.is_some()),
            ("what a request explains", self.asking.is_some()),
            ("a permission", self.permission.is_some()),
            ("an urgency", self.urgency.is_some()),
            ("a reason", self.reason.is_some()),
            ("offences", !self.offences.is_empty()),
            ("references", !self.references.is_empty()),
        ];
        match of_a_case.into_iter().find(|(_, held)| *held) {
            Some((what, _)) => Err(Error::Document(format!("a {} has no {what}", self.kind))),
            None => Ok(()),
        }
    }
}

impl StructuredData {
    fn check(&self) -> Result<(), Error> {
        let max = crate::text::MAX_DATA_BYTES;
        if self.json.len() > max {
            return Err(Error::text("data", format!("more than {max} bytes")));
        }
        if json_depth(&self.json) > MAX_DATA_DEPTH {
            return Err(Error::text(
                "data",
                format!("nested deeper than {MAX_DATA_DEPTH}"),
            ));
        }
        serde_json::from_str::<serde::de::IgnoredAny>(&self.json)
            .map(|_| ())
            .map_err(|_| Error::text("data", "is not JSON"))
    }
}

/// Deepest run of open brackets outside strings; an upper bound is all that is needed.
fn json_depth(json: &str) -> usize {
    let (mut depth, mut deepest, mut in_string, mut escaped) = (0_usize, 0, false, false);
    for byte in json.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'[' | b'{' if !in_string => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b']' | b'}' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

/// Decoding a record's bytes can fail only in these two ways; both are [`Error`]s.
impl From<Error> for CodecError {
    fn from(error: Error) -> Self {
        Self::Malformed(error.to_string())
    }
}

#[cfg(test)]
pub(crate) mod tests;
