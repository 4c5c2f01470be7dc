//! What people and programs see: plain data for the API, the command line and the desk.

use passerelle_model::{
    AgreementHash, Asking, Attachment, Author, Change, ChannelId, Code, Day, Evaluation, Intake,
    Kind, Lang, Markings, Names, Particulars, PartyId, Permission, Recipient, RecordId, Reference,
    RefusalReason, StructuredData, Terms, Urgency, UtcTime,
};
use serde::{Deserialize, Serialize};

/// A record to be released. What the node knows (identifier, time, sender, agreement hash)
/// is not asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    /// The channel; may be left out where the node has exactly one agreement in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<ChannelId>,
    /// What it does.
    pub kind: Kind,
    /// Who writes it.
    pub author: Author,
    /// Purpose, from the agreement.
    pub purpose: Code,
    /// Legal basis, from the agreement.
    pub basis: Code,
    /// Data class, from the agreement.
    pub class: Code,
    /// Markings.
    pub markings: Markings,
    /// 4x4 evaluation, such as `B2`; `X4` where not assessed.
    pub evaluation: Evaluation,
    /// Day of review; the agreement's latest where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<Day>,
    /// Day of erasure; the agreement's latest where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub erasure: Option<Day>,
    /// Recipient units.
    pub to: Vec<Recipient>,
    /// Records it speaks about.
    #[serde(default)]
    pub references: Vec<Reference>,
    /// How fast an answer is owed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub urgency: Option<Urgency>,
    /// Why it is declined.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<RefusalReason>,
    /// Language of subject and text.
    pub lang: Lang,
    /// Subject line.
    pub subject: String,
    /// Markdown text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Data for machines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data: Option<StructuredData>,
    /// Tokens of staged attachments, from the upload.
    #[serde(default)]
    pub attachments: Vec<String>,
    /// Offences, from the agreement's scope.
    #[serde(default)]
    pub offences: Vec<Code>,
    /// What it says of persons; left out only where it holds no personal data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub particulars: Option<Particulars>,
    /// What a request explains; every request needs it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asking: Option<Asking>,
    /// What it permits beyond the markings of an earlier record of ours; answers can.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permission: Option<Permission>,
    /// What the writing side answers for itself; it never leaves the node. Personal data
    /// needs it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intake: Option<Intake>,
}

/// A file that was sealed and waits to be sent with a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Staged {
    /// Name it in [`Draft::attachments`].
    pub token: String,
    /// File name.
    pub name: String,
    /// Plain bytes.
    pub bytes: u64,
    /// SHA-256 of the plain bytes, hex.
    pub sha256: String,
}

/// Where a record is on its way to one partner: the bead line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// In our journal, not confirmed by the partner yet.
    Released,
    /// The partner co-signed: it holds the record durably.
    Held,
    /// The partner accepted it.
    Accepted,
    /// Accepted, and every attachment is there.
    Complete,
    /// An officer of the partner opened it.
    Read,
    /// The partner refused it.
    Refused,
    /// We took it back; the partner has not answered yet.
    Recalled,
    /// The partner states that it is destroyed there.
    Erased,
    /// The partner does not follow the recall.
    ErasureRefused,
}

/// One partner's standing, with the proof behind it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// The partner.
    pub party: PartyId,
    /// Where it is.
    pub standing: Standing,
    /// The code where it was refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// When the partner co-signed, by its clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub receipted: Option<UtcTime>,
    /// When the last statement was made, by the partner's clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stated: Option<UtcTime>,
    /// Everything it stated, in order, with its times; for screens.
    #[serde(skip)]
    pub steps: Vec<(String, UtcTime)>,
}

/// One line of the inbox or outbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The record.
    pub record: RecordId,
    /// The channel.
    pub channel: ChannelId,
    /// The sender.
    pub from: PartyId,
    /// Position in the sender's journal.
    pub index: u64,
    /// When it was released.
    pub time: UtcTime,
    /// Whether the content is destroyed; the fields below are then absent.
    pub erased: bool,
    /// What it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    /// Subject.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// Urgency.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub urgency: Option<Urgency>,
    /// Number of attachments.
    pub attachments: usize,
    /// Outbox: one for each partner it went to. Inbox: our own statement about it.
    pub deliveries: Vec<Delivery>,
}

/// One whole record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Shown {
    /// Its line.
    pub line: Line,
    /// Everything signed, unless erased. Attachment keys never leave the node.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<passerelle_model::Record>,
    /// For each attachment, how much of it is here.
    pub files: Vec<FileState>,
}

/// How much of an attachment is on this node.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileState {
    /// Position in the record.
    pub position: usize,
    /// File name.
    pub name: String,
    /// Plain bytes.
    pub bytes: u64,
    /// Whether every chunk is here and checked.
    pub complete: bool,
    /// Sealed bytes here so far.
    pub held: u64,
}

/// Why a record has not arrived, in plain words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Why {
    /// The record.
    pub record: RecordId,
    /// One explanation for each partner.
    pub partners: Vec<Reason>,
}

/// The explanation for one partner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// The partner.
    pub party: PartyId,
    /// Where the record is.
    pub standing: Standing,
    /// A stable word for programs, such as `never-contacted`, `unreachable`, `halted`,
    /// `queued`, `files-travelling`, `arrived`.
    pub cause: String,
    /// Records before it that wait too.
    pub ahead: u64,
    /// Last time the partner answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_contact: Option<UtcTime>,
    /// Code of the last failure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_error: Option<String>,
    /// When the next attempt is due.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_attempt: Option<UtcTime>,
}

/// A party's card for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardView {
    /// The party.
    pub party: PartyId,
    /// Names.
    pub names: Names,
    /// Country.
    pub country: String,
    /// Card number.
    pub number: u64,
    /// Unit identifiers with their names.
    pub units: Vec<(String, Names)>,
    /// Exchange address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// From when.
    pub issued: UtcTime,
    /// Until when.
    pub expires: UtcTime,
    /// Root key, hex: members of an agreement are named by it.
    pub root: String,
    /// Fingerprint, hex.
    pub fingerprint: String,
    /// Fingerprint as words (`fr`, `nl`, `ar`, `en`) and `digits`.
    pub spoken: Vec<(String, String)>,
    /// The card itself, armoured.
    pub armoured: String,
}

impl CardView {
    /// The fingerprint as digits.
    pub fn fingerprint_digits(&self) -> String {
        self.spoken
            .iter()
            .find(|(how, _)| how == "digits")
            .map_or_else(String::new, |(_, t)| t.clone())
    }
}

/// A partner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartnerView {
    /// Its pinned card.
    pub card: CardView,
    /// Since when it is pinned.
    pub since: UtcTime,
    /// Whether exchange with it is stopped until a person decides.
    pub halted: bool,
    /// How the link is.
    pub link: LinkView,
    /// One state for each channel.
    pub channels: Vec<ChannelView>,
    /// The heads that each side co-signed last of the other's journals and register.
    #[serde(default)]
    pub heads: Vec<HeadView>,
    /// The access policy it published; none where it published none yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<crate::PolicyView>,
}

/// Which log a co-signed head is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Watched {
    /// Our journal, co-signed by the partner.
    OurJournal,
    /// The partner's journal, co-signed by us.
    TheirJournal,
    /// Our register, co-signed by the partner.
    OurRegister,
    /// The partner's register, co-signed by us.
    TheirRegister,
}

/// A head that one side co-signed of the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadView {
    /// Of which log.
    pub of: Watched,
    /// The channel, for journals.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<ChannelId>,
    /// Number of entries.
    pub size: u64,
    /// RFC 6962 root, hex.
    pub root: String,
    /// When it was co-signed, or shown in the case of the partner's register.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<UtcTime>,
    /// Whose clock tells the time.
    pub clock: PartyId,
}

/// How the link to a partner is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkView {
    /// Last time the partner answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_contact: Option<UtcTime>,
    /// Code of the last failure since then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_error: Option<String>,
    /// When the next attempt is due.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_attempt: Option<UtcTime>,
    /// Partner's clock minus ours at the last hello, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clock_offset_millis: Option<i64>,
    /// Code with which an access policy was refused at the last talk about them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy_refused: Option<String>,
}

/// How far the exchange with a partner is in one channel: sent = receipted + waiting +
/// refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChannelView {
    /// The channel.
    pub channel: ChannelId,
    /// Entries of our journal.
    pub sent: u64,
    /// Of these, co-signed by the partner and not refused.
    pub receipted: u64,
    /// Of these, not yet co-signed.
    pub waiting: u64,
    /// Of these, co-signed and refused by a statement of the partner's.
    #[serde(default)]
    pub refused: u64,
    /// Entries of the partner's journal held here.
    pub received: u64,
    /// Whether counts and roots of both journals were compared and found equal since anything
    /// last grew.
    pub complete: bool,
}

/// An agreement for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AgreementView {
    /// SHA-256 of the text.
    pub hash: AgreementHash,
    /// What it says.
    pub terms: Terms,
    /// The exact text.
    pub text: String,
    /// Who signed, and when.
    pub signed: Vec<(PartyId, UtcTime)>,
    /// Members whose signature is missing.
    pub missing: Vec<PartyId>,
    /// Whether it is the revision under which records are exchanged today.
    pub in_force: bool,
    /// What it changes against the revision it replaces, where that one is held.
    pub changes: Vec<Change>,
}

/// An alarm that waits for a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlarmView {
    /// Its identifier.
    pub id: String,
    /// The partner it is about.
    pub party: PartyId,
    /// Stable code, such as `E_EQUIVOCATION`.
    pub code: String,
    /// When it was raised.
    pub time: UtcTime,
    /// Exportable evidence, as text.
    pub evidence: String,
}

/// Result of a courier import.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imported {
    /// Whose file it was.
    pub party: Option<PartyId>,
    /// Entries that were new here.
    pub fresh: u64,
    /// Entries that were known already.
    pub known: u64,
    /// Entries left out because earlier ones are missing: import the earlier file first.
    pub gap: u64,
    /// Chunks of attachments taken.
    pub chunks: u64,
    /// Co-signatures of the partner taken: so many of our entries are receipted now.
    pub receipted: u64,
    /// Whether the file was whole; a cut file is taken as far as it goes.
    pub whole: bool,
}

/// One finding of the doctor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What was checked: `store`, `keys`, `clock`, `disk`, `partner`, `journal`, `content`,
    /// `files`, `agreement`, `alarms`.
    pub area: String,
    /// Whether it is as it should be.
    pub good: bool,
    /// Whether it is a duty that people owe, here or at a partner: no fault of the node.
    #[serde(default)]
    pub owed: bool,
    /// Stable code where it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// What was found, in plain words.
    pub found: String,
    /// What to do; empty where all is well.
    pub advice: String,
}

/// A token for programs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenView {
    /// Its identifier.
    pub id: String,
    /// What it is for.
    pub name: String,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// When it was made.
    pub created: UtcTime,
}

/// What a token may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// Read records about cases, their receipts and attachments.
    Read,
    /// Release records and upload attachments.
    Send,
    /// Pair partners, sign agreements, courier, tokens, alarms.
    Admin,
    /// Reading the register.
    Audit,
    /// Read what is said in the joint group, and with [`Scope::Send`] say something there.
    Group,
}

impl Scope {
    /// Every scope.
    pub const ALL: [Self; 5] = [
        Self::Read,
        Self::Send,
        Self::Admin,
        Self::Audit,
        Self::Group,
    ];
}

/// Attachment metadata is shown as the model has it.
pub type AttachmentView = Attachment;
