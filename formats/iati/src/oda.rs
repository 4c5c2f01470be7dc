//! What may not be counted as official development assistance.

use crate::{Activity, Text};

/// Why an activity may not be aid, and where it says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OdaDoubt {
    /// Assistance to forced returns, under the sector of migration (15190). The sector excludes
    /// it (DAC purpose codes, clarification of 15190): refused, code `E_ODA_FORCED_RETURN`.
    ForcedReturn {
        /// Element of the activity: `title`, `description`, `sector` or `result`.
        place: &'static str,
    },
}

impl OdaDoubt {
    /// Stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::ForcedReturn { .. } => "E_ODA_FORCED_RETURN",
        }
    }
}

/// Sector of the DAC for migration.
const MIGRATION: &str = "15190";

/// Words of forced return, in small letters: French, Dutch, English, Arabic.
const FORCED: &[&str] = &[
    "retour forcé",
    "retours forcés",
    "éloignement forcé",
    "expulsion",
    "rapatriement forcé",
    "gedwongen terugkeer",
    "gedwongen verwijdering",
    "uitzetting",
    "forced return",
    "forcible return",
    "forced removal",
    "deportation",
    "العودة القسرية",
    "الإعادة القسرية",
    "الترحيل القسري",
    "الترحيل",
];

/// Doubts about an activity of the migration sector; empty for every other sector.
///
/// Words are searched for, in four languages, and words can be said against a thing as well as
/// for it: whoever wrote "no forced return" must write it otherwise. That activities "first and
/// foremost" in the provider's interest are excluded too cannot be seen in a text; people judge.
#[must_use]
pub fn oda_doubts(activity: &Activity) -> Vec<OdaDoubt> {
    let mut sectors = activity.sectors.iter();
    if !sectors.any(|sector| sector.is_dac(MIGRATION)) {
        return Vec::new();
    }
    let places = texts(activity).filter(|(_, text)| is_forced(text));
    let mut places: Vec<&'static str> = places.map(|(place, _)| place).collect();
    places.dedup();
    places
        .into_iter()
        .map(|place| OdaDoubt::ForcedReturn { place })
        .collect()
}

fn texts(activity: &Activity) -> impl Iterator<Item = (&'static str, &Text)> {
    let descriptions = activity
        .descriptions
        .iter()
        .map(|one| ("description", &one.text));
    let sectors = activity.sectors.iter().map(|one| ("sector", &one.note));
    let results = activity.results.iter().flat_map(|result| {
        let indicators = result.indicators.iter();
        let indicators = indicators.flat_map(|one| [&one.title, &one.description]);
        [&result.title, &result.description]
            .into_iter()
            .chain(indicators)
    });
    std::iter::once(("title", &activity.title))
        .chain(descriptions)
        .chain(sectors)
        .chain(results.map(|text| ("result", text)))
}

fn is_forced(text: &Text) -> bool {
    text.iter().any(|narrative| {
        // Other apostrophes, spaces and vowel signs must not hide a word.
        let plain: String = narrative
            .text
            .chars()
            .filter(|c| !is_vowel_sign(*c))
            .collect();
        let words: Vec<&str> = plain.split_whitespace().collect();
        let text = words.join(" ").to_lowercase();
        FORCED.iter().any(|word| text.contains(word))
    })
}

fn is_vowel_sign(c: char) -> bool {
    matches!(c, '\u{64b}'..='\u{652}' | '\u{640}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Narrative, Reporter, Sector,
        codes::{ActivityStatus, OrganisationKind},
    };

    fn activity(code: &str, title: &str) -> Activity {
        let reporter = Reporter {
            reference: "XX".to_owned(),
            kind: OrganisationKind::Government,
            secondary: None,
            name: Vec::new(),
        };
        let mut it = Activity::new("XX-1".to_owned(), reporter, ActivityStatus::Pipeline);
        it.title = vec![Narrative::new("fr", title)];
        it.sectors = vec![Sector {
            code: code.to_owned(),
            vocabulary: None,
            vocabulary_uri: None,
            percentage: None,
            note: Vec::new(),
        }];
        it
    }

    #[test]
    fn forced_return_is_doubted_in_every_language() {
        for title in [
            "Appui aux retours\n forcés",
            "Gedwongen terugkeer",
            "Forced Return assistance",
            "دعم العَوْدة القَسرية",
        ] {
            let doubts = oda_doubts(&activity("15190", title));
            assert_eq!(
                doubts,
                [OdaDoubt::ForcedReturn { place: "title" }],
                "{title}"
            );
            assert_eq!(doubts[0].code(), "E_ODA_FORCED_RETURN");
        }
    }

    #[test]
    fn voluntary_return_and_other_sectors_are_not() {
        assert!(oda_doubts(&activity("15190", "Retour volontaire et réintégration")).is_empty());
        assert!(oda_doubts(&activity("15130", "Retour forcé")).is_empty());
    }
}
