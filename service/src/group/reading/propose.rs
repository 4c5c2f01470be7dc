//! From what the reader of communiqués finds to proposals in the words of the group.

use std::collections::BTreeMap;

use passerelle_communique as communique;
use passerelle_communique::{CalendarDate, Language, LeftOutReason, Nature, Span, Strength, Who};
use passerelle_group::{MeetingKind, Sector, Strand};
use passerelle_model::{Day, Lang, OfficerId, PartyId, UtcTime, tidy};
use passerelle_papers as papers;

use super::{Becomes, Choice, Proposal, ReadBlock, ReadMeeting, Reading};
use crate::Error;

/// Longest title that is proposed, in bytes; the text has the whole sentence.
const TITLE_BYTES: usize = 160;

/// Sectors by the beginnings of words that name them, in four languages.
const SECTORS: &[(Sector, &[&str])] = &[
    (Sector::Justice, &["justi", "العدل", "قضائ"]),
    (Sector::Health, &["sant", "gezond", "health", "الصحة"]),
    (
        Sector::Labour,
        &[
            "emploi",
            "travail",
            "arbeid",
            "werk",
            "labour",
            "employ",
            "الشغل",
            "العمل",
        ],
    ),
    (
        Sector::Education,
        &[
            "éducation",
            "enseign",
            "onderwijs",
            "educat",
            "التعليم",
            "التربية",
        ],
    ),
    (Sector::Social, &["social", "sociale", "الاجتماع"]),
    (
        Sector::Foreign,
        &[
            "étrang",
            "buitenland",
            "foreign",
            "consul",
            "الخارجية",
            "قنصل",
        ],
    ),
    (
        Sector::Development,
        &["développement", "ontwikkeling", "development", "التنمية"],
    ),
    (Sector::Culture, &["cultur", "relig", "الثقاف", "الأوقاف"]),
    (Sector::Rights, &["droits", "rechten", "rights", "حقوق"]),
    (
        Sector::Economy,
        &["financ", "économ", "econom", "douan", "المالية", "الاقتصاد"],
    ),
    (Sector::Local, &["local", "lokaal", "المحلية"]),
    (
        Sector::Interior,
        &[
            "intérieur",
            "interieur",
            "interior",
            "binnenland",
            "polic",
            "politie",
            "الداخلية",
            "الأمن",
        ],
    ),
];

/// Reads the blocks of a paper; `states` are the parties with their countries.
pub(super) fn reading(
    paper: papers::Paper,
    name: &str,
    states: &[(PartyId, String)],
    (officer, time): (OfficerId, UtcTime),
) -> Result<Reading, Error> {
    let blocks: Vec<communique::Block<'_>> = paper.blocks.iter().map(block).collect();
    let found = communique::read(&blocks, None)
        .map_err(|error| Error::foreign(error.code(), error.to_string()))?;
    let sight = Sight {
        blocks: &blocks,
        found: &found,
        states,
    };
    let mut proposals: Vec<Proposal> = Vec::new();
    for topic in &found.topics {
        proposals.push(sight.topic(next_id(&proposals), topic));
    }
    let mut marks = Vec::new();
    for candidate in &found.candidates {
        let id = next_id(&proposals);
        marks.extend(
            found
                .sentences
                .get(candidate.sentence)
                .map(|span| (*span, id)),
        );
        proposals.push(sight.candidate(id, candidate));
    }
    let title = paper.title.clone().unwrap_or_else(|| name.to_owned());
    Ok(Reading {
        title: cut(&title),
        officer,
        time,
        lang: found.language.map(lang),
        meeting: sight.meeting(&title),
        blocks: kept(&paper.blocks, &found, &marks),
        warnings: paper
            .warnings
            .iter()
            .map(|warning| warning.code().to_owned())
            .collect(),
        more: found.more_candidates,
        proposals,
    })
}

fn next_id(proposals: &[Proposal]) -> u32 {
    u32::try_from(proposals.len()).unwrap_or(u32::MAX)
}

fn block(block: &papers::Block) -> communique::Block<'_> {
    let kind = match block.kind {
        papers::BlockKind::Heading(_) => communique::BlockKind::Heading,
        papers::BlockKind::Paragraph | papers::BlockKind::Aside => communique::BlockKind::Paragraph,
        papers::BlockKind::ListItem(_) => communique::BlockKind::ListItem,
        papers::BlockKind::TableRow(_) => communique::BlockKind::TableRow,
    };
    // What stands around a text that was copied from a page is shown, and not read.
    let aside = matches!(block.kind, papers::BlockKind::Aside);
    let text = if aside { "" } else { &block.text };
    communique::Block { kind, text }
}

/// The text with its marks, and what was not read of it.
fn kept(
    blocks: &[papers::Block],
    found: &communique::Reading,
    marks: &[(Span, u32)],
) -> Vec<ReadBlock> {
    let mut by_block: BTreeMap<usize, Vec<(usize, usize, u32)>> = BTreeMap::new();
    for (span, id) in marks {
        let own = by_block.entry(span.block).or_default();
        own.push((span.start, span.end, *id));
    }
    let reasons: BTreeMap<usize, LeftOutReason> = found
        .left_out
        .iter()
        .map(|left| (left.block, left.reason))
        .collect();
    let mut one = |(at, block): (usize, &papers::Block)| {
        let mut own = by_block.remove(&at).unwrap_or_default();
        own.sort_unstable();
        own.dedup_by_key(|mark| mark.0);
        let aside = matches!(block.kind, papers::BlockKind::Aside);
        let reason = match aside {
            true => Some("share"),
            false => reasons.get(&at).map(|reason| left_out(*reason)),
        };
        ReadBlock {
            heading: matches!(block.kind, papers::BlockKind::Heading(_)),
            text: block.text.clone(),
            left_out: reason.map(str::to_owned),
            marks: own,
        }
    };
    blocks.iter().enumerate().map(&mut one).collect()
}

/// The text and what was found in it.
struct Sight<'a> {
    blocks: &'a [communique::Block<'a>],
    found: &'a communique::Reading,
    states: &'a [(PartyId, String)],
}

impl Sight<'_> {
    fn text(&self, span: Span) -> &str {
        let block = self.blocks.get(span.block);
        block
            .and_then(|block| block.text.get(span.range()))
            .unwrap_or("")
    }

    fn sentence(&self, at: usize) -> &str {
        self.found
            .sentences
            .get(at)
            .map_or("", |span| self.text(*span))
    }

    fn party(&self, code: &str) -> Option<PartyId> {
        let found = self.states.iter().find(|(_, country)| country == code);
        found.map(|(party, _)| party.clone())
    }

    fn topic(&self, id: u32, topic: &communique::Topic) -> Proposal {
        let first = topic.sentences.first().map_or("", |at| self.sentence(*at));
        Proposal {
            id,
            choice: Choice::Open,
            becomes: Becomes::Topic,
            nature: "topic".to_owned(),
            strength: String::new(),
            verb: String::new(),
            sentence: tidy(first),
            title: cut(self.text(topic.title)),
            text: tidy(first),
            strand: Some(strand(topic.strand)),
            sector: None,
            responsible: None,
            function: String::new(),
            due: None,
            missing: Vec::new(),
            taken: None,
        }
    }

    fn candidate(&self, id: u32, candidate: &communique::Candidate) -> Proposal {
        let sentence = tidy(self.sentence(candidate.sentence));
        let (nature, becomes) = nature(candidate.nature);
        let of_topic = |topic: &&communique::Topic| topic.sentences.contains(&candidate.sentence);
        let (responsible, function) = self.responsible(&candidate.responsible);
        Proposal {
            id,
            choice: Choice::Open,
            becomes,
            nature: nature.to_owned(),
            strength: strength(candidate.strength).to_owned(),
            verb: candidate.verb.map_or("", |span| self.text(span)).to_owned(),
            title: cut(&sentence),
            text: sentence.clone(),
            strand: self
                .found
                .topics
                .iter()
                .find(of_topic)
                .map(|topic| strand(topic.strand)),
            sector: candidate
                .sectors
                .iter()
                .find_map(|span| sector(self.text(*span))),
            responsible,
            function,
            due: candidate.due.and_then(|due| due.date).and_then(day),
            missing: candidate
                .missing
                .iter()
                .map(|what| missing(*what).to_owned())
                .collect(),
            taken: None,
            sentence,
        }
    }

    /// One of the parties where the sentence names one; an office that it names stays as words.
    fn responsible(&self, found: &communique::Responsible) -> (Option<PartyId>, String) {
        let words = || found.words.first().map_or("", |span| self.text(*span));
        match found.who {
            Who::One(code) => (self.party(code), String::new()),
            Who::Named => (None, cut(words())),
            Who::Both | Who::Unclear => (None, String::new()),
        }
    }

    fn meeting(&self, title: &str) -> ReadMeeting {
        let guess = &self.found.meeting;
        let delegate = |one: &communique::Delegate| {
            let party = one.party.and_then(|(code, _)| self.party(code));
            (party, cut(self.text(one.function)))
        };
        ReadMeeting {
            choice: Choice::Open,
            title: cut(title),
            kind: guess.kind.map(|(kind, _)| meeting_kind(kind)),
            day: guess.date.and_then(|date| day(date.date)),
            start: None,
            end: None,
            place: guess
                .place
                .as_ref()
                .map_or_else(String::new, |place| cut(&place.name)),
            delegates: guess
                .delegates
                .iter()
                .map(delegate)
                .filter(|(_, named)| !named.is_empty())
                .collect(),
            taken: None,
        }
    }
}

/// A line of at most [`TITLE_BYTES`], cut between words.
fn cut(text: &str) -> String {
    let line = tidy(text).split_whitespace().collect::<Vec<_>>().join(" ");
    if line.len() <= TITLE_BYTES {
        return line.trim_end_matches(['.', '؛', ';']).to_owned();
    }
    let mut end = TITLE_BYTES;
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    let head = line.get(..end).unwrap_or_default();
    let head = head.rsplit_once(' ').map_or(head, |(head, _)| head);
    format!("{head} …")
}

fn day(date: CalendarDate) -> Option<Day> {
    let (year, month, day) = (date.year?, date.month?, date.day?);
    format!("{year:04}-{month:02}-{day:02}").parse().ok()
}

fn sector(words: &str) -> Option<Sector> {
    let words = words.to_lowercase();
    let named = |(_, stems): &&(Sector, &[&str])| stems.iter().any(|stem| words.contains(stem));
    SECTORS.iter().find(named).map(|(sector, _)| *sector)
}

fn lang(language: Language) -> Lang {
    match language {
        Language::French => Lang::Fr,
        Language::Dutch => Lang::Nl,
        Language::English => Lang::En,
        Language::Arabic => Lang::Ar,
    }
}

fn strand(strand: communique::Strand) -> Strand {
    use communique::Strand as S;
    match strand {
        S::Security | S::Terrorism => Strand::Security,
        S::Trafficking | S::Borders => Strand::Borders,
        S::Prevention => Strand::Prevention,
        S::Reintegration => Strand::Reintegration,
        S::Migration => Strand::Migration,
        S::Expertise => Strand::Expertise,
        S::Diaspora => Strand::Diaspora,
        S::Institutional => Strand::Institutions,
    }
}

fn meeting_kind(kind: communique::MeetingKind) -> MeetingKind {
    match kind {
        communique::MeetingKind::Ministerial => MeetingKind::Ministerial,
        communique::MeetingKind::Technical => MeetingKind::Technical,
        communique::MeetingKind::Plenary => MeetingKind::Plenary,
    }
}

fn nature(nature: Nature) -> (&'static str, Becomes) {
    match nature {
        Nature::Decision => ("decision", Becomes::Decision),
        Nature::Commitment => ("commitment", Becomes::Commitment),
        Nature::Statement => ("statement", Becomes::Decision),
        Nature::Information => ("information", Becomes::Decision),
    }
}

fn strength(strength: Strength) -> &'static str {
    match strength {
        Strength::Agreed => "agreed",
        Strength::Undertakes => "undertakes",
        Strength::Examines => "examines",
        Strength::Intends => "intends",
        Strength::Calls => "calls",
        Strength::Reaffirms => "reaffirms",
        Strength::Welcomes => "welcomes",
        Strength::Stresses => "stresses",
        Strength::Notes => "notes",
    }
}

fn missing(missing: communique::Missing) -> &'static str {
    match missing {
        communique::Missing::Date => "date",
        communique::Missing::Owner => "owner",
        communique::Missing::Indicator => "indicator",
    }
}

fn left_out(reason: LeftOutReason) -> &'static str {
    match reason {
        LeftOutReason::Empty => "empty",
        LeftOutReason::Menu => "menu",
        LeftOutReason::Share => "share",
        LeftOutReason::ReadAlso => "read-also",
        LeftOutReason::Legal => "legal",
        LeftOutReason::Subscribe => "subscribe",
        LeftOutReason::Repeated => "repeated",
        LeftOutReason::OtherLanguage => "other-language",
    }
}

#[cfg(test)]
#[path = "propose_tests.rs"]
mod tests;
