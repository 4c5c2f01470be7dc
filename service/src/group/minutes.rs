//! Minutes as an office document, and traces of persons in what people type.

use passerelle_model::{Lang, UtcTime};
use passerelle_papers::{Language, odt};

/// The same thing in each language of the minutes.
pub type Said = Vec<(Lang, String)>;

/// Minutes as pages hand them over.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MinutesPaper {
    /// Title; its first language is that of the document.
    pub title: Said,
    /// Label and value: date, place, delegations.
    pub facts: Vec<(Said, Said)>,
    /// The body: paragraphs with numbers.
    pub paragraphs: Vec<Said>,
    /// Heading and paragraphs of each annex: reservations, statements.
    pub annexes: Vec<(Said, Vec<Said>)>,
    /// Who signs: name, and what stands under the line.
    pub parties: Vec<(Said, Said)>,
}

/// Writes minutes as an `.odt` file that says it was made at `time`.
#[must_use]
pub fn minutes_file(paper: &MinutesPaper, time: UtcTime) -> Vec<u8> {
    let numbered = paper
        .paragraphs
        .iter()
        .map(|said| odt::Item::Numbered(spoken(said)));
    let mut items: Vec<odt::Item> = numbered.collect();
    for (heading, paragraphs) in &paper.annexes {
        items.push(odt::Item::Heading(2, spoken(heading)));
        let all = paragraphs.iter();
        items.extend(all.map(|said| odt::Item::Paragraph(spoken(said))));
    }
    let fact = |(label, value): &(Said, Said)| odt::Fact {
        label: spoken(label),
        value: spoken(value),
    };
    let party = |(name, under): &(Said, Said)| odt::Party {
        name: spoken(name),
        under: spoken(under),
    };
    odt::minutes(&odt::Minutes {
        title: spoken(&paper.title),
        facts: paper.facts.iter().map(fact).collect(),
        items,
        parties: paper.parties.iter().map(party).collect(),
        written: moment(time),
    })
}

fn spoken(said: &Said) -> odt::Said {
    let one = |(lang, text): &(Lang, String)| odt::Version::new(language(*lang), text.clone());
    said.iter().map(one).collect()
}

fn language(lang: Lang) -> Language {
    match lang {
        Lang::Fr => Language::Fr,
        Lang::Nl => Language::Nl,
        Lang::Ar => Language::Ar,
        Lang::En => Language::En,
    }
}

fn moment(time: UtcTime) -> odt::Moment {
    let text = time.to_string();
    let part = |from: usize, until: usize| {
        let digits = text.get(from..until).unwrap_or_default();
        digits.parse::<u16>().unwrap_or_default()
    };
    let small = |from: usize| u8::try_from(part(from, from + 2)).unwrap_or_default();
    odt::Moment {
        year: part(0, 4),
        month: small(5),
        day: small(8),
        hour: small(11),
        minute: small(14),
        second: small(17),
    }
}

/// What in a text looks like data of a person (rules G38, G41): mail addresses, telephone
/// numbers, numbers of documents, dates of birth. Names are not found. For a warning and a second
/// look.
#[must_use]
pub fn personal(text: &str) -> Vec<String> {
    let traces = passerelle_tables::person_traces(text).into_iter();
    let words = traces.filter_map(|trace| text.get(trace.place));
    words.map(str::to_owned).collect()
}
