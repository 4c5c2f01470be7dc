//! The labelled texts, and what a reading of them gets right.

use std::collections::{BTreeMap, BTreeSet};

use passerelle_communique::{
    Block, Candidate, Language, MeetingKind, Nature, Reading, Span, Strand, Strength, Who,
    blocks_of, read,
};

macro_rules! texts {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_str!(concat!("../data/", $name, ".txt")))),*]
    };
}

/// Name and content of every labelled text.
pub(crate) const TEXTS: [(&str, &str); 24] = texts![
    "fr-dev-1",
    "fr-dev-2",
    "fr-dev-3",
    "fr-held-1",
    "fr-held-2",
    "fr-held-3",
    "nl-dev-1",
    "nl-dev-2",
    "nl-dev-3",
    "nl-held-1",
    "nl-held-2",
    "nl-held-3",
    "ar-dev-1",
    "ar-dev-2",
    "ar-dev-3",
    "ar-held-1",
    "ar-held-2",
    "ar-held-3",
    "en-dev-1",
    "en-dev-2",
    "en-dev-3",
    "en-held-1",
    "en-held-2",
    "en-held-3",
];

/// What is counted, in the order of the table.
pub(crate) const KINDS: [&str; 10] = [
    "delegates",
    "topics",
    "to record",
    "statements",
    "strength",
    "responsible",
    "parties",
    "date",
    "place",
    "kind",
];

/// Right, too much, missed.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Count {
    pub(crate) right: usize,
    pub(crate) extra: usize,
    pub(crate) missed: usize,
}

impl Count {
    pub(crate) fn precision(&self) -> Option<f64> {
        share(self.right, self.right + self.extra)
    }

    pub(crate) fn recall(&self) -> Option<f64> {
        share(self.right, self.right + self.missed)
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.right += other.right;
        self.extra += other.extra;
        self.missed += other.missed;
    }
}

fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// Counts of one text by kind, and a line for each error.
pub(crate) struct Measured {
    pub(crate) counts: BTreeMap<&'static str, Count>,
    pub(crate) errors: Vec<String>,
}

/// Reads one labelled text and compares.
pub(crate) fn measure(content: &str) -> Measured {
    let (head, text) = content.split_once("---\n").unwrap();
    let labels: Vec<(&str, &str)> = head
        .lines()
        .map(|line| line.split_once(": ").unwrap())
        .collect();
    let blocks: Vec<Block<'_>> = blocks_of(text)
        .into_iter()
        .map(|(_, block)| block)
        .collect();
    let reading = read(&blocks, None).unwrap();
    let mut measured = Measured {
        counts: BTreeMap::new(),
        errors: Vec::new(),
    };
    let texts = Texts { blocks: &blocks };
    for (kind, found) in texts.found(&reading) {
        let wanted = of(&labels, kind)
            .map(|value| texts.wanted(kind, value))
            .collect();
        measured.compare(kind, &wanted, &found);
    }
    measured.candidates(&texts, &reading, &labels);
    measured
}

fn of<'l>(labels: &'l [(&str, &'l str)], kind: &str) -> impl Iterator<Item = &'l str> {
    let name = match kind {
        "delegates" => "delegate",
        "topics" => "topic",
        "parties" => "party",
        other => other,
    };
    labels
        .iter()
        .filter(move |(key, _)| *key == name)
        .map(|(_, value)| *value)
}

struct Texts<'a> {
    blocks: &'a [Block<'a>],
}

impl Texts<'_> {
    fn text(&self, span: Span) -> &str {
        &self.blocks[span.block].text[span.range()]
    }

    fn wanted(&self, kind: &str, value: &str) -> String {
        if kind == "delegates" {
            value.replace(" | ", "|").to_lowercase()
        } else {
            value.to_owned()
        }
    }

    fn found(&self, reading: &Reading) -> Vec<(&'static str, BTreeSet<String>)> {
        let meeting = &reading.meeting;
        let delegates = meeting.delegates.iter().map(|one| {
            let name = one.name.map_or("", |name| self.text(name));
            let party = one.party.map_or("", |(code, _)| code);
            format!("{}|{name}|{party}", self.text(one.function)).to_lowercase()
        });
        let date = meeting.date.map(|guess| {
            let part = |part: Option<u8>| part.map_or("-".to_owned(), |part| format!("{part:02}"));
            let year = guess
                .date
                .year
                .map_or("-".to_owned(), |year| year.to_string());
            format!("{year}-{}-{}", part(guess.date.month), part(guess.date.day))
        });
        let kind = meeting.kind.map(|(kind, _)| match kind {
            MeetingKind::Ministerial => "ministerial".to_owned(),
            MeetingKind::Technical => "technical".to_owned(),
            MeetingKind::Plenary => "plenary".to_owned(),
        });
        vec![
            ("delegates", delegates.collect()),
            (
                "topics",
                reading
                    .topics
                    .iter()
                    .map(|one| strand(one.strand))
                    .collect(),
            ),
            (
                "parties",
                meeting
                    .parties
                    .iter()
                    .map(|one| one.code.to_owned())
                    .collect(),
            ),
            ("date", date.into_iter().collect()),
            (
                "place",
                meeting
                    .place
                    .iter()
                    .map(|place| place.name.clone())
                    .collect(),
            ),
            ("kind", kind.into_iter().collect()),
        ]
    }
}

fn strand(strand: Strand) -> String {
    format!("{strand:?}").to_lowercase()
}

impl Measured {
    fn compare(&mut self, kind: &'static str, wanted: &BTreeSet<String>, found: &BTreeSet<String>) {
        let count = self.counts.entry(kind).or_default();
        count.right += wanted.intersection(found).count();
        count.extra += found.difference(wanted).count();
        count.missed += wanted.difference(found).count();
        self.errors.extend(
            found
                .difference(wanted)
                .map(|one| format!("{kind} + {one}")),
        );
        self.errors.extend(
            wanted
                .difference(found)
                .map(|one| format!("{kind} - {one}")),
        );
    }

    /// A candidate is right if a label of its group (to record, or statement) lies in its
    /// sentence; strength and owner are counted among those that are right.
    fn candidates(&mut self, texts: &Texts<'_>, reading: &Reading, labels: &[(&str, &str)]) {
        let mut open: Vec<&Candidate> = reading.candidates.iter().collect();
        for label in of(labels, "candidate") {
            let cells: Vec<&str> = label.split(" | ").collect();
            let group = group(cells[0]);
            let hit = open.iter().position(|one| {
                let sentence = texts.text(reading.sentences[one.sentence]);
                group == group_of(one.nature) && sentence.contains(cells[3])
            });
            let Some(hit) = hit else {
                self.counts.entry(group).or_default().missed += 1;
                self.errors.push(format!("{group} - {label}"));
                continue;
            };
            let one = open.remove(hit);
            self.counts.entry(group).or_default().right += 1;
            self.judge("strength", cells[1], strength(one.strength));
            self.judge("responsible", cells[2], who(one.responsible.who));
        }
        for one in open {
            let group = group_of(one.nature);
            self.counts.entry(group).or_default().extra += 1;
            let sentence = texts.text(reading.sentences[one.sentence]);
            self.errors
                .push(format!("{group} + {:?} {sentence}", one.strength));
        }
    }

    fn judge(&mut self, kind: &'static str, wanted: &str, found: &str) {
        let count = self.counts.entry(kind).or_default();
        if wanted == found {
            count.right += 1;
            return;
        }
        count.extra += 1;
        count.missed += 1;
        self.errors.push(format!("{kind} {wanted} but {found}"));
    }
}

fn group(nature: &str) -> &'static str {
    if matches!(nature, "decision" | "commitment") {
        "to record"
    } else {
        "statements"
    }
}

fn group_of(nature: Nature) -> &'static str {
    match nature {
        Nature::Decision | Nature::Commitment => "to record",
        Nature::Statement | Nature::Information => "statements",
    }
}

fn strength(strength: Strength) -> &'static str {
    match strength {
        Strength::Agreed => "agreed",
        Strength::Undertakes => "undertakes",
        Strength::Examines => "examine",
        Strength::Intends => "intends",
        Strength::Calls => "calls",
        Strength::Reaffirms => "reaffirms",
        Strength::Welcomes => "welcomes",
        Strength::Stresses => "stresses",
        Strength::Notes => "notes",
    }
}

fn who(who: Who) -> &'static str {
    match who {
        Who::Both => "both",
        Who::One(code) => code,
        Who::Named => "named",
        Who::Unclear => "unclear",
    }
}

/// The sum over all texts of a part (`dev` or `held`) and, if given, of one language.
pub(crate) fn total(part: &str, language: Option<Language>) -> BTreeMap<&'static str, Count> {
    let mut sum: BTreeMap<&'static str, Count> = BTreeMap::new();
    for (name, content) in TEXTS {
        let own = language.is_none_or(|language| name.starts_with(language.code()));
        if own && name.contains(part) {
            for (kind, count) in measure(content).counts {
                sum.entry(kind).or_default().add(count);
            }
        }
    }
    sum
}
