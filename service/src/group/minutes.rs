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

#[cfg(test)]
mod tests {
    use super::*;
    use passerelle_papers::{Hint, read};

    fn said(fr: &str, ar: &str) -> Said {
        vec![(Lang::Fr, fr.to_owned()), (Lang::Ar, ar.to_owned())]
    }

    #[test]
    fn minutes_are_read_back_with_both_languages_and_the_annex() {
        let paper = MinutesPaper {
            title: said("Procès-verbal", "محضر"),
            facts: vec![(said("Lieu", "المكان"), said("Rabat", "الرباط"))],
            paragraphs: vec![said("Les parties conviennent.", "اتفق الطرفان.")],
            annexes: vec![(said("Réserve", "تحفظ"), vec![said("Budget.", "الميزانية.")])],
            parties: vec![(said("Bruxelles", "بروكسيل"), Vec::new())],
        };
        let file = minutes_file(&paper, "2026-03-02T09:05:07Z".parse().unwrap());
        let back = read(&file, Hint::default()).unwrap();
        let text: Vec<&str> = back
            .blocks
            .iter()
            .map(|block| block.text.as_str())
            .collect();
        let text = text.join("\n");
        for part in [
            "Procès-verbal",
            "محضر",
            "اتفق الطرفان.",
            "Réserve",
            "الميزانية.",
            "Bruxelles",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
    }

    #[test]
    fn moments_are_taken_apart() {
        let at = moment("2026-03-02T09:05:07Z".parse().unwrap());
        let parts = (at.year, at.month, at.day, at.hour, at.minute, at.second);
        assert_eq!(parts, (2026, 3, 2, 9, 5, 7));
    }

    #[test]
    fn traces_of_persons_are_told_as_they_stand() {
        assert_eq!(personal("joindre a.b@example.be"), ["a.b@example.be"]);
        assert!(personal("La ministre a reçu la délégation le 15 avril 2024.").is_empty());
    }
}
