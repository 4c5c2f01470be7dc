//! The joint group's side of the wall (G38 to G41): what is said there travels as records of
//! its own kind under agreements of its own. Said and read here; what it means is another
//! matter.

mod erased;
mod evidence;
mod iati;
mod imports;
mod invitation;
mod items;
mod machines;
mod minutes;
mod notes;
mod public;
mod reading;
mod room;
mod saying;
mod sealed;
mod seen;
mod series;
mod showing;
mod site;
mod tables;
pub mod views;

use std::collections::BTreeSet;

use passerelle_model::{
    Attachment, Author, By, ChannelId, Code, DataClass, Day, Evaluation, Handling,
    InformationGrade, Kind, Lang, Markings, Pap, PartyId, Record, RecordId, Side, SourceGrade,
    StructuredData, Terms, Tlp, UnitId, UtcTime,
};
use passerelle_rules::firewall::{may_see_group, may_speak};
use passerelle_store::{Entry, Held, Journal};

use crate::cases::reader;
use crate::directory::Directory;
use crate::view::{Draft, Line};
use crate::{Actor, Error, Node};

pub use iati::{
    ActivityFinding, Asked, ProgrammeChange, ProgrammeRefusal, ProgrammesPreview, ProgrammesTaken,
};
pub use imports::MAX_IMPORT_BYTES;
#[cfg(feature = "testing")]
pub use invitation::sample_reply;
pub use invitation::{Guests, InvitationWords, Invited, MAX_REPLY_BYTES};
pub use items::{ItemChange, changeable, replaced_by};
pub use minutes::{MinutesPaper, Said, minutes_file, personal};
pub use notes::OwnNote;
pub use public::{
    Count, MAX_RELATED, Part, Public, PublicCommitment, PublicCommunique, PublicConsultation,
    PublicHead, PublicIndicator, PublicMeeting, PublicProgramme, PublicValue, SMALLEST_SHOWN,
};
pub use reading::{
    Becomes, Choice, Edited, MAX_PAPER_BYTES, MAX_READING_BYTES, MAX_READINGS, Proposal, ReadBlock,
    ReadMeeting, Reading, ReadingLine,
};
pub(crate) use room::Rooms;
pub use room::{GroupRoom, object_ref};
pub use saying::Wish;
pub use seen::{ParagraphChange, ReadSoFar};
pub use series::series_csv;
pub(crate) use site::Site;
pub use site::{
    MAX_ANSWER_BYTES, MAX_ANSWERS_A_DAY, MAX_WAITING_ANSWERS, WaitingAnswer, person_marks,
};
pub use tables::{
    GroupList, MAX_ROWS_AT_ONCE, PersonColumn, RowBecomes, TableChange, TablePreview, TableRefusal,
    TableRefused, TableTaken, TableTrace,
};

/// Most entries that one reading gives.
pub const MAX_GROUP_ENTRIES: usize = 1024;
/// Places of a journal read at a time.
const STEP: u64 = 256;
/// Bytes of envelopes read at a time.
const STEP_BYTES: usize = 8 << 20;

/// Something to be said in the group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saying {
    /// What is said; its schema is `group-event/1`.
    pub event: StructuredData,
    /// Tokens of staged attachments.
    pub attachments: Vec<String>,
    /// Language of the subject line.
    pub lang: Lang,
    /// Purpose; the agreement's first where left out.
    pub purpose: Option<Code>,
    /// Markings; TLP:GREEN with the agreement's obligatory caveats where left out.
    pub markings: Option<Markings>,
}

/// Something that was said in the group, from one party's journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupEntry {
    /// Its index in the journal.
    pub index: u64,
    /// The record.
    pub record: RecordId,
    /// When it was released; where it is erased, when that was.
    pub time: UtcTime,
    /// Who said it; `None` where it is erased.
    pub author: Option<Author>,
    /// Files that came with it.
    pub attachments: Vec<Attachment>,
    /// What was said; `None` where it is erased.
    pub event: Option<StructuredData>,
    /// Whether another party stated that it does not take it.
    pub refused: bool,
    /// What counts of an erased one.
    pub(crate) bones: Option<erased::Bones>,
}

impl Node {
    /// Says something in the group for our side, under the agreement's first purpose.
    ///
    /// # Errors
    /// As [`Node::say_in_group`].
    pub async fn release_group(
        &self,
        actor: &Actor,
        channel: &ChannelId,
        event: StructuredData,
        attachments: Vec<String>,
        lang: Lang,
    ) -> Result<Line, Error> {
        let saying = Saying {
            event,
            attachments,
            lang,
            purpose: None,
            markings: None,
        };
        self.say_in_group(actor, channel, saying).await
    }

    /// Says something in the group for our side: to every unit of every partner that takes
    /// part. Rules, register and journal see it as they see any release.
    ///
    /// # Errors
    /// `E_NOT_FOUND` for whoever does not see the group, `E_ROLE` for whoever does not speak
    /// there, and what [`Node::release_by`] refuses.
    pub async fn say_in_group(
        &self,
        actor: &Actor,
        channel: &ChannelId,
        saying: Saying,
    ) -> Result<Line, Error> {
        let directory = self.directory();
        let absent = || Error::not_found("group", channel);
        let terms = directory
            .group(channel, self.now().day())
            .ok_or_else(absent)?;
        let (class, unit) = mine(&directory, terms, actor).ok_or_else(absent)?;
        may_speak(actor.roles())?;
        let author = Author {
            officer: actor.officer().clone(),
            unit,
            function: actor.function().clone(),
        };
        let draft = self.to_partners(terms, class, author, saying)?;
        self.release_by(draft, None, actor.by()).await
    }

    /// The same for a program; its author's unit takes part in the group.
    pub(crate) async fn say_for_program(
        &self,
        (by, author): (By, Author),
        channel: &ChannelId,
        saying: Saying,
        idempotency: Option<&[u8]>,
    ) -> Result<Line, Error> {
        let directory = self.directory();
        let terms = directory.group(channel, self.now().day());
        let terms = terms.ok_or_else(|| Error::not_found("group", channel))?;
        let takes_part = |class: &&DataClass| ours(&directory, class).contains(&author.unit);
        let mut classes = terms.data_class.iter();
        // Of a unit that takes part nowhere the rules say so.
        let class = classes.find(takes_part).or(terms.data_class.first());
        let class = class.ok_or_else(|| Error::not_found("group", channel))?;
        let draft = self.to_partners(terms, class, author, saying)?;
        self.release_by(draft, idempotency, by).await
    }

    /// The record to every unit of every partner that takes part.
    fn to_partners(
        &self,
        terms: &Terms,
        class: &DataClass,
        author: Author,
        saying: Saying,
    ) -> Result<Draft, Error> {
        let day = self.now().day();
        let draft = draft(terms, class, author, saying, day).ok_or_else(|| {
            let message = "the agreement has no such purpose with a legal basis in force";
            Error::state("E_PURPOSE", message)
        })?;
        let partners = class.recipients.iter();
        let to = partners.filter(|to| to.party != self.party).cloned();
        Ok(Draft {
            to: to.collect(),
            ..draft
        })
    }

    /// Groups whose agreement is in force.
    pub fn group_channels(&self) -> Vec<ChannelId> {
        let day = self.now().day();
        self.directory().channels_on(Side::Group, day)
    }

    /// Whether this person sees what is said in that group.
    pub fn may_see_group(&self, actor: &Actor, channel: &ChannelId) -> bool {
        let directory = self.directory();
        let terms = directory.newest_group(channel);
        terms.is_some_and(|terms| mine(&directory, terms, actor).is_some())
    }

    /// What `party` said in the group, from the entry `from` of its journal on, at most `most`
    /// (itself at most [`MAX_GROUP_ENTRIES`]); and the index at which to go on. Statements and
    /// what was not taken stand in the journal too: their indexes are passed over.
    ///
    /// # Errors
    /// `E_NOT_FOUND` where the channel is no group; what does not open is told, never left
    /// out.
    pub async fn group_entries(
        &self,
        channel: &ChannelId,
        party: &PartyId,
        from: u64,
        most: usize,
    ) -> Result<(Vec<GroupEntry>, u64), Error> {
        if self.directory().newest_group(channel).is_none() {
            return Err(Error::not_found("group", channel));
        }
        let (journal, most) = (Journal::new(channel, party), most.min(MAX_GROUP_ENTRIES));
        let size = self.store.head(&journal).await?.map_or(0, |head| head.size);
        let (mut found, mut next) = (Vec::new(), from);
        while next < size && found.len() < most {
            let end = size.min(next.saturating_add(STEP));
            let entries = self.store.entries(&journal, next..end, STEP_BYTES).await?;
            if entries.is_empty() {
                break;
            }
            let stated = self.stated_of(&journal, next..end).await?;
            let mut bones = self.bones_of(&journal, &entries, &stated).await?;
            for entry in entries {
                if found.len() == most {
                    break;
                }
                next = entry.index + 1;
                let refused = stated.is_refused(entry.index);
                let said = self.said(&entry, refused)?;
                found.extend(said.map(|said| GroupEntry {
                    bones: bones.remove(&entry.index),
                    ..said
                }));
            }
        }
        Ok((found, next))
    }

    fn said(&self, entry: &Entry, refused: bool) -> Result<Option<GroupEntry>, Error> {
        if let Held::Erased { at, record } = &entry.held {
            return Ok(record.map(|record| GroupEntry {
                index: entry.index,
                record,
                time: *at,
                author: None,
                attachments: Vec::new(),
                event: None,
                refused,
                bones: None,
            }));
        }
        let record = self.kept_record(entry)?;
        let record = record.filter(|record| record.kind == Kind::Group);
        Ok(record.map(|record| GroupEntry {
            index: entry.index,
            record: record.id,
            time: record.time,
            author: Some(record.author),
            attachments: record.attachments,
            event: record.data,
            refused,
            bones: None,
        }))
    }
}

impl Directory {
    /// Units of ours that take part in the group in which this was said.
    pub(crate) fn group_units(&self, record: &Record) -> BTreeSet<UnitId> {
        let class = self
            .newest_group(&record.channel)
            .and_then(|terms| terms.data_class(&record.class));
        class.map_or_else(BTreeSet::new, |class| ours(self, class))
    }

    /// The agreement of a group, where it is in force on `day`.
    fn group(&self, channel: &ChannelId, day: Day) -> Option<&Terms> {
        let held = self.in_force(channel, day)?;
        let terms = held.agreement.terms();
        (terms.side == Side::Group).then_some(terms)
    }

    /// The members of a group, in the order of its agreement.
    pub(crate) fn group_members(&self, channel: &ChannelId) -> Option<Vec<PartyId>> {
        let terms = self.newest_group(channel)?;
        let members = terms.member.iter();
        Some(members.map(|member| member.party.clone()).collect())
    }

    /// The newest revision of a group's agreement that all signed, in force or ended.
    pub(crate) fn newest_group(&self, channel: &ChannelId) -> Option<&Terms> {
        self.agreements()
            .filter(|held| held.signed_by_all())
            .map(|held| held.agreement.terms())
            .filter(|terms| terms.id == *channel && terms.side == Side::Group)
            .max_by_key(|terms| terms.revision)
    }
}

/// The first class of the group that this person sees, and their unit that takes part in it.
fn mine<'t>(
    directory: &Directory,
    terms: &'t Terms,
    actor: &Actor,
) -> Option<(&'t DataClass, UnitId)> {
    terms.data_class.iter().find_map(|class| {
        let units = ours(directory, class);
        let decided = directory.decided().get(&class.code);
        may_see_group(&reader(actor), &units, decided).ok()?;
        let unit = actor.units().intersection(&units).next()?;
        Some((class, unit.clone()))
    })
}

fn ours(directory: &Directory, class: &DataClass) -> BTreeSet<UnitId> {
    let own = directory.own().party();
    let of_ours = class.recipients.iter().filter(|to| to.party == *own);
    of_ours.map(|to| to.unit.clone()).collect()
}

/// The record before it is addressed; `None` where no purpose of that name has a basis today.
fn draft(
    terms: &Terms,
    class: &DataClass,
    author: Author,
    saying: Saying,
    day: Day,
) -> Option<Draft> {
    let purpose = match &saying.purpose {
        Some(code) => terms.purpose(code)?,
        None => terms.purpose.first()?,
    };
    let mut bases = purpose.bases.iter().filter_map(|code| terms.basis(code));
    let basis = bases.find(|basis| basis.in_force(day))?;
    Some(Draft {
        channel: Some(terms.id.clone()),
        kind: Kind::Group,
        author,
        purpose: purpose.code.clone(),
        basis: basis.code.clone(),
        class: class.code.clone(),
        markings: saying.markings.unwrap_or_else(|| markings(terms)),
        evaluation: Evaluation {
            source: SourceGrade::X,
            information: InformationGrade::Four,
        },
        review: None,
        erasure: None,
        to: Vec::new(),
        references: Vec::new(),
        urgency: None,
        reason: None,
        lang: saying.lang,
        subject: subject(saying.lang).to_owned(),
        text: None,
        data: Some(saying.event),
        attachments: saying.attachments,
        offences: Vec::new(),
        particulars: None,
        asking: None,
        permission: None,
        intake: None,
    })
}

fn markings(terms: &Terms) -> Markings {
    let always = terms.caveat.iter().filter(|caveat| caveat.always);
    Markings {
        tlp: Tlp::Green,
        pap: Pap::Green,
        handling: Handling::H0,
        caveats: always.map(|caveat| caveat.code.clone()).collect(),
    }
}

fn subject(lang: Lang) -> &'static str {
    match lang {
        Lang::Fr => "Groupe mixte",
        Lang::Nl => "Gemengde groep",
        Lang::Ar => "المجموعة المختلطة",
        Lang::En => "Joint group",
    }
}
