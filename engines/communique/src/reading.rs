//! What a reading proposes. Every part says from which bytes of which block it comes.

use std::ops::Range;

use crate::dates::CalendarDate;

/// Bytes of one block of the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// Which block, counted from 0.
    pub block: usize,
    /// First byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl Span {
    /// The bytes within the block.
    #[must_use]
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// A language that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Language {
    /// French.
    French,
    /// Dutch.
    Dutch,
    /// English.
    English,
    /// Arabic.
    Arabic,
}

impl Language {
    /// All that are read.
    pub const ALL: [Self; 4] = [Self::French, Self::Dutch, Self::English, Self::Arabic];

    /// ISO 639-1.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::French => "fr",
            Self::Dutch => "nl",
            Self::English => "en",
            Self::Arabic => "ar",
        }
    }
}

/// What was read. Proposals only: a person accepts, edits or drops each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Language of most of the text, if it is one of the four.
    pub language: Option<Language>,
    /// The meeting that the text tells of.
    pub meeting: MeetingGuess,
    /// Strands that are spoken of, in order of first mention.
    pub topics: Vec<Topic>,
    /// Sentences that decide, promise, declare or inform.
    pub candidates: Vec<Candidate>,
    /// More candidates than [`MAX_CANDIDATES`](crate::MAX_CANDIDATES) were found; the first stand here.
    pub more_candidates: bool,
    /// All sentences that were read, in order; indices in this reading count from here.
    pub sentences: Vec<Span>,
    /// Blocks that were not read, and why.
    pub left_out: Vec<LeftOut>,
    /// Units of work: states of the phrase matcher plus words looked at. Grows linearly with
    /// the text; the same text always costs the same.
    pub steps: u64,
}

impl Reading {
    /// Every part of the text that this reading points to, in no particular order.
    #[must_use]
    pub fn spans(&self) -> Vec<Span> {
        let mut spans = self.sentences.clone();
        self.meeting.add_spans(&mut spans);
        for topic in &self.topics {
            spans.push(topic.title);
            spans.extend(topic.why.iter().map(|why| why.found));
        }
        for one in &self.candidates {
            spans.extend(one.verb);
            spans.extend(one.why.iter().map(|why| why.found));
            spans.extend(&one.responsible.words);
            spans.extend(one.due.map(|due| due.found));
            spans.extend(&one.sectors);
        }
        spans
    }
}

impl MeetingGuess {
    fn add_spans(&self, spans: &mut Vec<Span>) {
        spans.extend(self.kind.map(|(_, why)| why.found));
        spans.extend(self.date.map(|date| date.found));
        spans.extend(self.place.iter().map(|place| place.found));
        spans.extend(self.parties.iter().map(|party| party.found));
        spans.extend(&self.ministries);
        for one in &self.delegates {
            spans.extend(
                [Some(one.function), one.name, Some(one.why.found)]
                    .into_iter()
                    .flatten(),
            );
        }
    }
}

/// The meeting. What is not found stays empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MeetingGuess {
    /// Kind of meeting, with the words that say so.
    pub kind: Option<(MeetingKind, Reason)>,
    /// Its day.
    pub date: Option<DateGuess>,
    /// Its town or place.
    pub place: Option<PlaceGuess>,
    /// States that take part, in order of first mention.
    pub parties: Vec<Party>,
    /// Ministries that are named.
    pub ministries: Vec<Span>,
    /// Who took part.
    pub delegates: Vec<Delegate>,
}

/// Kind of meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MeetingKind {
    /// Between ministers.
    Ministerial,
    /// Between officials or experts.
    Technical,
    /// Of a whole commission.
    Plenary,
}

/// How sure a guess is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sureness {
    /// The only thing at hand, such as the day of publication.
    Guess,
    /// Beside the words that tell of the meeting, or near the top.
    Likely,
    /// On a line that is labelled as such, or in the sentence that tells of the meeting.
    Stated,
}

/// A day, as far as it is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateGuess {
    /// The date.
    pub date: CalendarDate,
    /// How sure.
    pub sure: Sureness,
    /// Where it stands.
    pub found: Span,
}

/// A place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceGuess {
    /// As written, without preposition.
    pub name: String,
    /// State of a town that the lexicon knows (ISO 3166-1).
    pub state: Option<&'static str>,
    /// How sure.
    pub sure: Sureness,
    /// Where it stands.
    pub found: Span,
}

/// A state that takes part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// ISO 3166-1 alpha-2.
    pub code: &'static str,
    /// Where it is named first.
    pub found: Span,
}

/// Someone who took part. A desk may show the function and leave the name out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delegate {
    /// The function as written.
    pub function: Span,
    /// The name as written, without form of address.
    pub name: Option<Span>,
    /// The state, and how it is known.
    pub party: Option<(&'static str, PartyBy)>,
    /// Whether the function is that of a member of government.
    pub minister: bool,
    /// The lexicon's entry.
    pub why: Reason,
}

/// How the state of a delegate is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartyBy {
    /// Named in the function or beside the name.
    Named,
    /// The heading above.
    Heading,
    /// Comes with the delegate before: « accompagnée de ».
    Company,
    /// The meeting is in that state and no other delegate is of it.
    Host,
}

/// A strand of cooperation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Strand {
    Security,
    Terrorism,
    Trafficking,
    Prevention,
    Reintegration,
    Migration,
    Expertise,
    Diaspora,
    Borders,
    Institutional,
}

/// A strand that the text speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// Which.
    pub strand: Strand,
    /// The words that name it best.
    pub title: Span,
    /// Indices into [`Reading::sentences`].
    pub sentences: Vec<usize>,
    /// The phrases that were found.
    pub why: Vec<Reason>,
}

/// What a sentence is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Nature {
    /// Something was decided.
    Decision,
    /// Someone is to do something.
    Commitment,
    /// An opinion, a wish, a thanks.
    Statement,
    /// Something was told or noted.
    Information,
}

/// How strongly a sentence binds, strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Strength {
    Agreed,
    Undertakes,
    Examines,
    Intends,
    Calls,
    Reaffirms,
    Welcomes,
    Stresses,
    Notes,
}

/// Something that a person may record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// What it is.
    pub nature: Nature,
    /// How strongly it binds.
    pub strength: Strength,
    /// Index into [`Reading::sentences`].
    pub sentence: usize,
    /// The verb; nothing where only the heading above says that the line is a result.
    pub verb: Option<Span>,
    /// Who is to do it.
    pub responsible: Responsible,
    /// Fields of administration that are named.
    pub sectors: Vec<Span>,
    /// By when.
    pub due: Option<Due>,
    /// What a commitment should have and this one has not. Empty for statements.
    pub missing: Vec<Missing>,
    /// Why it was proposed, the deciding entry first.
    pub why: Vec<Reason>,
}

/// Who is responsible, with the words that say so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Responsible {
    /// Who.
    pub who: Who,
    /// The words.
    pub words: Vec<Span>,
}

/// Who is responsible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// All that take part.
    Both,
    /// One state.
    One(&'static str),
    /// Someone who is named and is no state; see the words.
    Named,
    /// The sentence does not say.
    Unclear,
}

/// By when something is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// The words.
    pub found: Span,
    /// The date, where one is written.
    pub date: Option<CalendarDate>,
}

/// What a commitment lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Missing {
    /// By when.
    Date,
    /// By whom.
    Owner,
    /// How one will know that it is done: a number, a share, an indicator.
    Indicator,
}

/// Why something was proposed: one entry of one lexicon, and where it was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reason {
    /// The table, such as `verbs`; or `future` and `heading`, which are rules.
    pub table: &'static str,
    /// The entry as it stands in the table; empty for a rule.
    pub entry: &'static str,
    /// The words found.
    pub found: Span,
}

/// A block that was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeftOut {
    /// Which block.
    pub block: usize,
    /// Why.
    pub reason: LeftOutReason,
}

/// Why a block was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftOutReason {
    /// No letter.
    Empty,
    /// Navigation of a web page.
    Menu,
    /// Links to share or follow.
    Share,
    /// Links to other articles.
    ReadAlso,
    /// Rights, cookies, privacy.
    Legal,
    /// Newsletters.
    Subscribe,
    /// The same as an earlier block.
    Repeated,
    /// None of the four languages.
    OtherLanguage,
}
