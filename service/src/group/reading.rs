//! Communiqués and minutes of others, read into proposals. Nothing is recorded by itself: a person
//! accepts, edits or drops each proposal, and a colleague can go on with it later.
//!
//! A reading stays on this node. Names of those who took part are not kept: only their functions.

mod propose;
mod take;

use passerelle_communique as communique;
use passerelle_group::{MeetingKind, ObjectRef, Sector, Strand};
use passerelle_model::{ChannelId, Day, Lang, OfficerId, PartyId, UtcTime};
use passerelle_papers as papers;
use passerelle_rules::firewall::may_speak;
use passerelle_store::{Document, Put};
use serde::{Deserialize, Serialize};

use crate::directory::Shelf;
use crate::files::blocking;
use crate::{Actor, Error, Node};

/// Longest text of a paper that is read into proposals, in bytes (512 KiB).
pub const MAX_READING_BYTES: usize = 512 * 1024;
/// Largest file that is taken for reading (16 MiB).
pub const MAX_PAPER_BYTES: usize = papers::MAX_BYTES;
/// Most readings that a list shows, the newest first.
pub const MAX_READINGS: usize = 200;

/// A paper as it was read, with what a person made of each proposal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// What the paper calls itself, else its file name.
    pub title: String,
    /// Who had it read.
    pub officer: OfficerId,
    /// When.
    pub time: UtcTime,
    /// Language of most of it, if it is one of the four.
    pub lang: Option<Lang>,
    /// Its text.
    pub blocks: Vec<ReadBlock>,
    /// Codes of what was guessed, changed or left out when the file was read.
    pub warnings: Vec<String>,
    /// The meeting it tells of.
    pub meeting: ReadMeeting,
    /// Topics, then sentences, in the order of the text.
    pub proposals: Vec<Proposal>,
    /// Whether more was found than is kept.
    pub more: bool,
}

/// A piece of the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadBlock {
    /// Whether it is a heading.
    pub heading: bool,
    /// Its text.
    pub text: String,
    /// Why it was not read, where it was not: `menu`, `share`, …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left_out: Option<String>,
    /// Sentences that a proposal rests on: first byte, byte after the last, proposal.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<(usize, usize, u32)>,
}

/// What a person makes of a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Choice {
    /// Not looked at yet.
    #[default]
    Open,
    /// To be proposed to the other side.
    Accept,
    /// Not to be recorded.
    Drop,
}

/// What a proposal becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Becomes {
    /// A topic of common interest.
    Topic,
    /// A decision.
    Decision,
    /// A commitment; needs a day, a function and a responsible party.
    Commitment,
}

/// The meeting, as far as the text tells of it and a person completed it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ReadMeeting {
    /// What a person makes of it.
    pub choice: Choice,
    /// Title.
    pub title: String,
    /// Kind.
    #[serde(default)]
    pub kind: Option<MeetingKind>,
    /// Its day as the text has it.
    #[serde(default)]
    pub day: Option<Day>,
    /// First instant, once a person gave it.
    #[serde(default)]
    pub start: Option<UtcTime>,
    /// Last instant, once a person gave it.
    #[serde(default)]
    pub end: Option<UtcTime>,
    /// Place.
    pub place: String,
    /// Who took part, by function, with the party where it is known. Never a name.
    pub delegates: Vec<(Option<PartyId>, String)>,
    /// The object that was made of it.
    #[serde(default)]
    pub taken: Option<ObjectRef>,
}

/// Something that a person may record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// Its number in this reading.
    pub id: u32,
    /// What a person makes of it.
    pub choice: Choice,
    /// What it becomes.
    pub becomes: Becomes,
    /// What the sentence is: `topic`, `decision`, `commitment`, `statement`, `information`.
    pub nature: String,
    /// How strongly it binds: `agreed`, `undertakes`, …; empty for topics.
    pub strength: String,
    /// The word that says so, as written.
    pub verb: String,
    /// The sentence it comes from, as written.
    pub sentence: String,
    /// Title.
    pub title: String,
    /// Text.
    pub text: String,
    /// Strand.
    #[serde(default)]
    pub strand: Option<Strand>,
    /// Sector.
    #[serde(default)]
    pub sector: Option<Sector>,
    /// Who is responsible, where the sentence names one of the parties.
    #[serde(default)]
    pub responsible: Option<PartyId>,
    /// The responsible function.
    pub function: String,
    /// Due on.
    #[serde(default)]
    pub due: Option<Day>,
    /// What the sentence does not say: `date`, `owner`, `indicator`.
    pub missing: Vec<String>,
    /// The object that was made of it.
    #[serde(default)]
    pub taken: Option<ObjectRef>,
}

/// A reading in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadingLine {
    /// Its name.
    pub key: String,
    /// Title of the paper.
    pub title: String,
    /// Who had it read.
    pub officer: OfficerId,
    /// When.
    pub time: UtcTime,
    /// Proposals that nobody has looked at or that wait for something.
    pub open: usize,
    /// Proposals that became an object.
    pub taken: usize,
}

/// What a person made of a reading: only what may be edited counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edited {
    /// The meeting.
    pub meeting: ReadMeeting,
    /// Proposals by their numbers.
    pub proposals: Vec<Proposal>,
}

impl Proposal {
    /// What it lacks before it can be proposed: `title`, `strand`, `sector`, `responsible`,
    /// `function`, `due`.
    #[must_use]
    pub fn lacks(&self) -> Vec<&'static str> {
        let mut lacks = Vec::new();
        let mut need = |there: bool, what| {
            if !there {
                lacks.push(what);
            }
        };
        need(!self.title.is_empty(), "title");
        need(
            self.becomes == Becomes::Decision || self.strand.is_some(),
            "strand",
        );
        if self.becomes == Becomes::Commitment {
            need(self.sector.is_some(), "sector");
            need(self.responsible.is_some(), "responsible");
            need(!self.function.is_empty(), "function");
            need(self.due.is_some(), "due");
        }
        lacks
    }
}

impl ReadMeeting {
    /// What it lacks before it can be proposed: `title`, `kind`, `start`, `end`, `place`.
    #[must_use]
    pub fn lacks(&self) -> Vec<&'static str> {
        let fields = [
            (!self.title.is_empty(), "title"),
            (self.kind.is_some(), "kind"),
            (self.start.is_some(), "start"),
            (self.end.is_some(), "end"),
            (!self.place.is_empty(), "place"),
        ];
        let missing = fields.into_iter().filter(|(there, _)| !there);
        missing.map(|(_, what)| what).collect()
    }
}

impl Node {
    /// Reads a paper (text, HTML, DOCX, ODT) and keeps the reading; gives its name. `name` and
    /// `kind` are what the sender says of the file.
    ///
    /// # Errors
    /// `E_NOT_FOUND` for whoever does not see the group, `E_ROLE` for whoever does not speak
    /// there, `E_PAPER_…` for what cannot be read, `E_READING_SIZE` for a text over
    /// [`MAX_READING_BYTES`].
    pub async fn read_paper(
        &self,
        actor: &Actor,
        channel: &ChannelId,
        (name, kind): (&str, &str),
        bytes: Vec<u8>,
    ) -> Result<String, Error> {
        self.spoken_group(actor, channel)?;
        let (name, kind) = (name.to_owned(), kind.to_owned());
        let states = self.states_of(channel);
        let (officer, time) = (actor.officer().clone(), self.now());
        let reading = blocking(true, move || {
            let paper = opened(&bytes, &name, &kind)?;
            propose::reading(paper, &name, &states, (officer, time))
        })
        .await?;
        let tail: String = self
            .dice
            .bytes::<8>()
            .iter()
            .map(|b| format!("{b:02x}"))
            .collect();
        let key = format!("{:013}-{tail}", self.now().millis());
        let put = self.sealed_json_put(
            Shelf::GROUP_READING,
            place(channel, &key),
            &reading,
            Some(0),
        )?;
        self.store.put(vec![put]).await?;
        Ok(key)
    }

    /// Readings of a group, the newest first, at most [`MAX_READINGS`].
    ///
    /// # Errors
    /// `E_NOT_FOUND` for whoever does not see the group.
    pub async fn readings(
        &self,
        actor: &Actor,
        channel: &ChannelId,
    ) -> Result<Vec<ReadingLine>, Error> {
        self.seen_group(actor, channel)?;
        let prefix = format!("{channel}/");
        let all = self.store.documents(Shelf::GROUP_READING, &prefix).await?;
        let newest = all.into_iter().rev().take(MAX_READINGS);
        newest
            .map(|document| self.reading_line(&document, &prefix))
            .collect()
    }

    fn reading_line(&self, document: &Document, prefix: &str) -> Result<ReadingLine, Error> {
        let reading: Reading = self.unsealed_json(document)?;
        let waits = |one: &&Proposal| one.taken.is_none() && one.choice != Choice::Drop;
        Ok(ReadingLine {
            key: document
                .key
                .strip_prefix(prefix)
                .unwrap_or_default()
                .to_owned(),
            open: reading.proposals.iter().filter(waits).count(),
            taken: reading
                .proposals
                .iter()
                .filter(|one| one.taken.is_some())
                .count(),
            title: reading.title,
            officer: reading.officer,
            time: reading.time,
        })
    }

    /// A reading with its version, to be named by whoever goes on with it.
    ///
    /// # Errors
    /// `E_NOT_FOUND` for whoever does not see the group, or where it is not there.
    pub async fn reading(
        &self,
        actor: &Actor,
        channel: &ChannelId,
        key: &str,
    ) -> Result<(Reading, u64), Error> {
        self.seen_group(actor, channel)?;
        let held = self
            .document(Shelf::GROUP_READING, place(channel, key))
            .await?;
        let document = held.ok_or_else(|| Error::not_found("reading", key))?;
        Ok((self.unsealed_json(&document)?, document.version))
    }

    /// Keeps what a person made of the proposals; gives the new version.
    ///
    /// # Errors
    /// As [`Node::reading`]; `E_ROLE`; 409 where a colleague wrote since `version`.
    pub async fn edit_reading(
        &self,
        actor: &Actor,
        channel: &ChannelId,
        (key, version): (&str, u64),
        edited: &Edited,
    ) -> Result<u64, Error> {
        self.spoken_group(actor, channel)?;
        let (mut reading, held) = self.reading(actor, channel, key).await?;
        if held != version {
            return Err(changed());
        }
        reading.edit(edited);
        self.keep_reading(channel, key, &reading, version).await?;
        Ok(version + 1)
    }

    /// Deletes a reading; what was proposed from it stays.
    ///
    /// # Errors
    /// As [`Node::edit_reading`].
    pub async fn discard_reading(
        &self,
        actor: &Actor,
        channel: &ChannelId,
        (key, version): (&str, u64),
    ) -> Result<(), Error> {
        self.spoken_group(actor, channel)?;
        let put = Put {
            kind: Shelf::GROUP_READING,
            key: place(channel, key),
            bytes: None,
            expected: Some(version),
        };
        self.store.put(vec![put]).await?;
        Ok(())
    }

    async fn keep_reading(
        &self,
        channel: &ChannelId,
        key: &str,
        reading: &Reading,
        version: u64,
    ) -> Result<(), Error> {
        let name = place(channel, key);
        let put = self.sealed_json_put(Shelf::GROUP_READING, name, reading, Some(version))?;
        self.store.put(vec![put]).await?;
        Ok(())
    }

    pub(crate) fn spoken_group(&self, actor: &Actor, channel: &ChannelId) -> Result<(), Error> {
        self.seen_group(actor, channel)?;
        may_speak(actor.roles())?;
        Ok(())
    }

    /// Parties of the group with their countries.
    fn states_of(&self, channel: &ChannelId) -> Vec<(PartyId, String)> {
        let members = self.directory().group_members(channel).unwrap_or_default();
        let own = (self.party().clone(), self.own_card().country.to_string());
        let partners = self.partner_places().into_iter();
        let all = partners.map(|(party, _, country)| (party, country));
        let member = |(party, _): &(PartyId, String)| members.contains(party);
        std::iter::once(own).chain(all).filter(member).collect()
    }
}

impl Reading {
    /// Takes over what a person may change; what became an object stays.
    fn edit(&mut self, edited: &Edited) {
        if self.meeting.taken.is_none() {
            self.meeting = ReadMeeting {
                day: self.meeting.day,
                delegates: self.meeting.delegates.clone(),
                taken: None,
                ..edited.meeting.clone()
            };
        }
        for held in self.proposals.iter_mut().filter(|one| one.taken.is_none()) {
            if let Some(new) = edited.proposals.iter().find(|new| new.id == held.id) {
                *held = Proposal {
                    nature: std::mem::take(&mut held.nature),
                    strength: std::mem::take(&mut held.strength),
                    verb: std::mem::take(&mut held.verb),
                    sentence: std::mem::take(&mut held.sentence),
                    missing: std::mem::take(&mut held.missing),
                    taken: None,
                    ..new.clone()
                };
            }
        }
    }
}

fn changed() -> Error {
    Error::state(
        "E_CHANGED",
        "a colleague went on with it since you looked: look again",
    )
}

fn place(channel: &ChannelId, key: &str) -> String {
    format!("{channel}/{key}")
}

fn opened(bytes: &[u8], name: &str, kind: &str) -> Result<papers::Paper, Error> {
    let hint = papers::Hint {
        media_type: kind,
        name,
    };
    let paper = papers::read(bytes, hint)
        .map_err(|error| Error::foreign(error.code(), error.to_string()))?;
    let size: usize = paper.blocks.iter().map(|block| block.text.len()).sum();
    let many = paper.blocks.len() > communique::MAX_BLOCKS;
    if many || size > MAX_READING_BYTES {
        return Err(Error::foreign(
            "E_READING_SIZE",
            "the text is too long to be read".to_owned(),
        ));
    }
    Ok(paper)
}
