//! The tables of `lexicon/`, one set of phrases for each language.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use crate::phrases::Phrases;
use crate::reading::{Language, LeftOutReason, Nature, Strand, Strength};
use crate::text::{bare, fold};

const VERBS: &str = include_str!("../lexicon/verbs.tsv");
const FUNCTIONS: &str = include_str!("../lexicon/functions.tsv");
const STRANDS: &str = include_str!("../lexicon/strands.tsv");
const STATES: &str = include_str!("../lexicon/states.tsv");
const TOWNS: &str = include_str!("../lexicon/towns.tsv");
const MONTHS: &str = include_str!("../lexicon/months.tsv");
const SMALL: &str = include_str!("../lexicon/small.tsv");
const WORDS: &str = include_str!("../lexicon/words.tsv");
const PAGE: &str = include_str!("../lexicon/page.tsv");

/// Rules of this version of the code; the tables have their own part in [`version`].
const RULES: &str = "communique-1";

/// What names the rules and the tables that a reading was made with: FNV-1a, 64 bits, over all
/// tables in a fixed order.
#[must_use]
pub fn version() -> String {
    let tables = [
        VERBS, FUNCTIONS, STRANDS, STATES, TOWNS, MONTHS, SMALL, WORDS, PAGE,
    ];
    format!("{RULES}-{:016x}", hash(&tables))
}

/// FNV-1a; a zero byte parts two tables.
fn hash(tables: &[&str]) -> u64 {
    let bytes = tables.iter().flat_map(|table| table.bytes().chain([0]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// What an entry is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Use {
    Verb(Strength, Nature),
    Negates,
    Procedure,
    Purpose,
    Function {
        minister: bool,
    },
    Strand(Strand, u32),
    State(&'static str),
    Town(&'static str),
    Month(u8),
    /// 1 is Monday.
    Weekday(u8),
    Page(LeftOutReason),
    /// A row of `small.tsv`.
    Small(&'static str),
}

/// One phrase.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry {
    pub(crate) table: &'static str,
    pub(crate) phrase: &'static str,
    pub(crate) what: Use,
}

/// All tables of one language.
#[derive(Debug)]
pub(crate) struct Lexicon {
    pub(crate) phrases: Phrases,
    pub(crate) entries: Vec<Entry>,
    words: BTreeMap<&'static str, BTreeSet<String>>,
}

/// The lexicon of a language.
pub(crate) fn lexicon(language: Language) -> &'static Lexicon {
    static ALL: OnceLock<[Lexicon; 4]> = OnceLock::new();
    let [fr, nl, en, ar] = ALL.get_or_init(|| Language::ALL.map(Lexicon::new));
    match language {
        Language::French => fr,
        Language::Dutch => nl,
        Language::English => en,
        Language::Arabic => ar,
    }
}

/// The small words of every language of the tables, those included that are not read.
pub(crate) fn small_words() -> &'static BTreeMap<&'static str, BTreeSet<String>> {
    static ALL: OnceLock<BTreeMap<&'static str, BTreeSet<String>>> = OnceLock::new();
    ALL.get_or_init(|| {
        let rows = rows(WORDS).filter(|row| column(row, 1) == "small");
        rows.map(|row| (column(&row, 0), folded(column(&row, 2))))
            .collect()
    })
}

impl Lexicon {
    fn new(language: Language) -> Self {
        let mut lexicon = Self {
            phrases: Phrases::new(),
            entries: Vec::new(),
            words: BTreeMap::new(),
        };
        lexicon.load(language, "verbs", VERBS, |row| {
            verb(column(row, 1), column(row, 2))
        });
        lexicon.load(language, "functions", FUNCTIONS, |row| {
            Some(Use::Function {
                minister: column(row, 1) == "minister",
            })
        });
        lexicon.load(language, "strands", STRANDS, |row| {
            Some(Use::Strand(
                strand(column(row, 1))?,
                column(row, 2).parse().ok()?,
            ))
        });
        lexicon.load(language, "months", MONTHS, |row| month(column(row, 1)));
        lexicon.load(language, "small", SMALL, |row| {
            Some(Use::Small(column(row, 1)))
        });
        lexicon.load(language, "page", PAGE, |row| {
            Some(Use::Page(reason(column(row, 1))?))
        });
        lexicon.load_names(language);
        for row in rows(WORDS).filter(|row| column(row, 0) == language.code()) {
            lexicon
                .words
                .insert(column(&row, 1), folded(column(&row, 2)));
        }
        lexicon
    }

    /// Whether a folded word stands in the row `list` of `words.tsv`.
    pub(crate) fn has(&self, list: &str, folded: &str) -> bool {
        let Some(words) = self.words.get(list) else {
            return false;
        };
        words.contains(folded) || words.contains(bare(folded))
    }

    /// A table whose last column holds the phrases.
    fn load(
        &mut self,
        language: Language,
        table: &'static str,
        text: &'static str,
        what: impl Fn(&[&'static str]) -> Option<Use>,
    ) {
        for row in rows(text).filter(|row| column(row, 0) == language.code()) {
            if let Some(what) = what(&row) {
                self.add(table, row.last().copied().unwrap_or(""), what);
            }
        }
    }

    /// States have a column for each language; a town is known by all its names.
    fn load_names(&mut self, language: Language) {
        let own = 1 + Language::ALL
            .iter()
            .position(|one| *one == language)
            .unwrap_or(0);
        for row in rows(STATES) {
            self.add("states", column(&row, own), Use::State(column(&row, 0)));
        }
        for row in rows(TOWNS) {
            self.add("towns", column(&row, 1), Use::Town(column(&row, 0)));
        }
    }

    fn add(&mut self, table: &'static str, cell: &'static str, what: Use) {
        for phrase in cell
            .split(',')
            .map(str::trim)
            .filter(|phrase| !phrase.is_empty())
        {
            self.phrases.insert(phrase, self.entries.len());
            self.entries.push(Entry {
                table,
                phrase,
                what,
            });
        }
    }
}

fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    let lines = text
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty());
    lines.map(|line| line.split('\t').map(str::trim).collect())
}

fn column(row: &[&'static str], index: usize) -> &'static str {
    row.get(index).copied().unwrap_or("")
}

fn folded(cell: &str) -> BTreeSet<String> {
    cell.split_whitespace()
        .map(|word| bare(&fold(word)).to_owned())
        .collect()
}

fn verb(strength: &str, nature: &str) -> Option<Use> {
    let strength = match strength {
        "agreed" => Strength::Agreed,
        "undertakes" => Strength::Undertakes,
        "examines" => Strength::Examines,
        "intends" => Strength::Intends,
        "calls" => Strength::Calls,
        "reaffirms" => Strength::Reaffirms,
        "welcomes" => Strength::Welcomes,
        "stresses" => Strength::Stresses,
        "notes" => Strength::Notes,
        "negates" => return Some(Use::Negates),
        "procedure" => return Some(Use::Procedure),
        "purpose" => return Some(Use::Purpose),
        _ => return None,
    };
    let nature = match nature {
        "decision" => Nature::Decision,
        "commitment" => Nature::Commitment,
        "statement" => Nature::Statement,
        "information" => Nature::Information,
        _ => return None,
    };
    Some(Use::Verb(strength, nature))
}

fn strand(name: &str) -> Option<Strand> {
    Some(match name {
        "security" => Strand::Security,
        "terrorism" => Strand::Terrorism,
        "trafficking" => Strand::Trafficking,
        "prevention" => Strand::Prevention,
        "reintegration" => Strand::Reintegration,
        "migration" => Strand::Migration,
        "expertise" => Strand::Expertise,
        "diaspora" => Strand::Diaspora,
        "borders" => Strand::Borders,
        "institutional" => Strand::Institutional,
        _ => return None,
    })
}

fn month(name: &str) -> Option<Use> {
    const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let day = DAYS.iter().zip(1..).find(|(day, _)| **day == name);
    day.map(|(_, number)| Use::Weekday(number))
        .or(name.parse().ok().map(Use::Month))
}

fn reason(name: &str) -> Option<LeftOutReason> {
    Some(match name {
        "menu" => LeftOutReason::Menu,
        "share" => LeftOutReason::Share,
        "more" => LeftOutReason::ReadAlso,
        "legal" => LeftOutReason::Legal,
        "subscribe" => LeftOutReason::Subscribe,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_every_table_is_understood() {
        for row in rows(VERBS) {
            assert!(verb(row[1], row[2]).is_some(), "{row:?}");
        }
        for row in rows(STRANDS) {
            assert!(
                strand(row[1]).is_some() && row[2].parse::<u32>().is_ok(),
                "{row:?}"
            );
        }
        for row in rows(MONTHS) {
            assert!(month(row[1]).is_some(), "{row:?}");
        }
        for row in rows(PAGE) {
            assert!(reason(row[1]).is_some(), "{row:?}");
        }
        for row in rows(STATES) {
            assert_eq!(row.len(), 5, "{row:?}");
        }
        for table in [VERBS, FUNCTIONS, MONTHS, SMALL, WORDS, PAGE] {
            assert!(rows(table).all(|row| row.len() >= 3), "a row is too short");
        }
    }

    #[test]
    fn every_town_is_in_a_state_of_the_table() {
        let codes: BTreeSet<_> = rows(STATES).map(|row| row[0]).collect();
        for row in rows(TOWNS) {
            assert!(codes.contains(row[0]), "{row:?}");
        }
    }

    #[test]
    fn the_version_changes_with_any_table() {
        let before = hash(&["a\tb", "c"]);
        assert_ne!(before, hash(&["a\tb", "d"]));
        assert_ne!(before, hash(&["a\tbc", ""]));
        assert_eq!(version(), version());
        assert!(version().starts_with("communique-1-"));
    }
}
