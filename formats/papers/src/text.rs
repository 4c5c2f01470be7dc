//! Plain text to blocks: paragraphs by blank lines, or by lines where there are none.

use std::ops::RangeInclusive;

use crate::{
    Error, Hint, Kind, MAX_BLOCKS, Paper, aside, decode::Decoded, draft::Draft, paper::BlockKind,
};

/// Most lines that are not blank.
const MAX_LINES: usize = 4 * MAX_BLOCKS;
/// Longest heading, in characters.
const MAX_HEADING: usize = 200;
/// Longest line of a text that was wrapped by hand or by a mail program, in characters.
const WRAPPED: RangeInclusive<usize> = 50..=100;
/// Shortest text that a heading may stand over, in characters.
const MIN_BODY: usize = 80;

/// Reads plain text. Which lines are headings, items or asides is judged by their form.
pub(crate) fn read(decoded: &Decoded, hint: Hint<'_>) -> Result<Paper, Error> {
    let texts = paragraphs(&decoded.text)?;
    let mut draft = Draft::default();
    let mut reader = Reader::default();
    for (at, text) in texts.iter().enumerate() {
        let next = texts.get(at + 1).map(String::as_str);
        let (kind, text) = reader.judge(text, next);
        draft.push(kind, text)?;
    }
    draft.finish(Kind::Text, hint, None, decoded.warnings.clone())
}

/// What was seen so far.
#[derive(Default)]
struct Reader {
    title: Option<String>,
    /// After "read also" without a title: titles of other articles follow.
    others: bool,
}

impl Reader {
    fn judge<'a>(&mut self, text: &'a str, next: Option<&str>) -> (BlockKind, &'a str) {
        if self.is_aside(text) {
            return (BlockKind::Aside, text);
        }
        if let Some(item) = list_item(text) {
            return (BlockKind::ListItem(1), item);
        }
        if !is_heading(text) {
            return (BlockKind::Paragraph, text);
        }
        match next {
            Some(_) if self.title.is_none() => {
                self.title = Some(text.to_owned());
                (BlockKind::Heading(1), text)
            }
            Some(next) if next.chars().count() >= MIN_BODY || list_item(next).is_some() => {
                (BlockKind::Heading(2), text)
            }
            _ => (BlockKind::Paragraph, text),
        }
    }

    fn is_aside(&mut self, text: &str) -> bool {
        if aside::is_read_also(text) {
            self.others = aside::is_bare_read_also(text);
            return true;
        }
        self.others &= is_heading(text) || aside::is_furniture(text);
        let again = self.title.as_deref() == Some(text);
        self.others || again || aside::is_furniture(text)
    }
}

/// Paragraphs as one line each, trimmed, none empty.
fn paragraphs(text: &str) -> Result<Vec<String>, Error> {
    let runs = runs(text)?;
    Ok(match runs.as_slice() {
        [only] => only.iter().map(|line| (*line).to_owned()).collect(),
        _ => runs.iter().flat_map(|run| joined(run)).collect(),
    })
}

/// Lines between blank ones.
fn runs(text: &str) -> Result<Vec<Vec<&str>>, Error> {
    let lines = || text.lines().map(str::trim);
    if lines().filter(|line| !line.is_empty()).count() > MAX_LINES {
        return Err(Error::Size);
    }
    let mut runs = Vec::new();
    let mut run = Vec::new();
    for line in lines().chain([""]) {
        if !line.is_empty() {
            run.push(line);
        } else if !run.is_empty() {
            runs.push(std::mem::take(&mut run));
        }
    }
    Ok(runs)
}

/// Lines between two blank ones are one paragraph where they were wrapped: each but the last
/// is about as long as the longest. Otherwise each is a paragraph of its own.
fn joined(run: &[&str]) -> Vec<String> {
    let lengths = || run.iter().map(|line| line.chars().count());
    let longest = lengths().max().unwrap_or_default();
    let full = lengths()
        .take(run.len().saturating_sub(1))
        .all(|length| length * 5 >= longest * 3);
    let items = run.iter().skip(1).any(|line| list_item(line).is_some());
    let dated = run.iter().any(|line| is_date(line));
    if WRAPPED.contains(&longest) && full && !items && !dated {
        return vec![run.join(" ")];
    }
    run.iter().map(|line| (*line).to_owned()).collect()
}

/// What stands after a bullet, or after a number or a letter with a full stop or a bracket. The
/// number stays in the text: others may refer to it.
fn list_item(text: &str) -> Option<&str> {
    let bullet = text.strip_prefix(['-', '•', '*', '–', '—', '▪', '◦', '·', '●']);
    if let Some(rest) = bullet.filter(|rest| rest.starts_with(char::is_whitespace)) {
        return Some(rest.trim_start());
    }
    let (mark, _) = text.split_once(char::is_whitespace)?;
    let label = mark.strip_suffix(['.', ')', '-'])?;
    let label = label.strip_prefix('(').unwrap_or(label);
    let number = label.len() <= 6 && !label.is_empty() && label.chars().all(char::is_numeric);
    let mut letters = label.chars();
    let letter =
        matches!((letters.next(), letters.next()), (Some(first), None) if first.is_lowercase());
    (number || letter).then_some(text)
}

/// One short line of two words and more, without the end of a sentence, that is no date.
fn is_heading(text: &str) -> bool {
    let ends = text.ends_with([
        '.', '!', '?', ';', ':', ',', '…', '؟', '؛', '،', '»', '”', '"',
    ]);
    let words = text.split_whitespace().count();
    let short = text.chars().count() <= MAX_HEADING;
    short && words >= 2 && !ends && !is_date(text)
}

/// Two numbers and at most three words: « Lundi 15 Avril 2024 - 20:00 ».
fn is_date(text: &str) -> bool {
    let parts = || text.split(|char: char| !char.is_alphanumeric());
    let of = |test: fn(char) -> bool| parts().filter(|part| part.starts_with(test)).count();
    of(char::is_numeric) >= 2 && of(char::is_alphabetic) <= 3
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(BlockKind, String)> {
        let decoded = Decoded {
            text: text.to_owned(),
            warnings: vec![],
        };
        let paper = read(&decoded, Hint::default()).unwrap();
        paper
            .blocks
            .into_iter()
            .map(|block| (block.kind, block.text))
            .collect()
    }

    fn one(kind: BlockKind, text: &str) -> (BlockKind, String) {
        (kind, text.to_owned())
    }

    #[test]
    fn blank_lines_part_paragraphs_and_wrapped_lines_join() {
        let text = "Les deux parties se sont réunies à Rabat pour la troisième fois et ont\n\
                    adopté le procès-verbal de la séance précédente.\n\nElles ont signé.\r\n";
        assert_eq!(
            kinds(text),
            [
                one(
                    BlockKind::Paragraph,
                    "Les deux parties se sont réunies à Rabat pour la troisième fois et ont \
                     adopté le procès-verbal de la séance précédente."
                ),
                one(BlockKind::Paragraph, "Elles ont signé."),
            ]
        );
    }

    #[test]
    fn lines_are_paragraphs_where_no_line_is_blank() {
        assert_eq!(
            kinds("Une phrase.\nUne autre.\n"),
            [
                one(BlockKind::Paragraph, "Une phrase."),
                one(BlockKind::Paragraph, "Une autre."),
            ]
        );
    }

    #[test]
    fn items_lose_their_bullet_and_keep_their_number() {
        assert_eq!(
            kinds("Décisions :\n- échanger des listes\n2. nommer un point de contact\na) former"),
            [
                one(BlockKind::Paragraph, "Décisions :"),
                one(BlockKind::ListItem(1), "échanger des listes"),
                one(BlockKind::ListItem(1), "2. nommer un point de contact"),
                one(BlockKind::ListItem(1), "a) former"),
            ]
        );
    }

    #[test]
    fn a_copied_page_shows_what_is_around_its_text() {
        let body = "Les ministres ont convenu de renforcer les échanges entre leurs services, \
                    ainsi que la formation de leurs agents.";
        let text = format!(
            "Facebook\n\nSuivez-nous sur X\n\nUn accord sur la formation\n\n\
             Mardi 3 Mars 2026 - 9:30\nUn accord sur la formation\n\n{body}\n\n\
             Formation des agents\n\n{body}\n\nLire aussi\n\nUn autre accord sur la santé\n"
        );
        assert_eq!(
            kinds(&text),
            [
                one(BlockKind::Aside, "Facebook"),
                one(BlockKind::Aside, "Suivez-nous sur X"),
                one(BlockKind::Heading(1), "Un accord sur la formation"),
                one(BlockKind::Paragraph, "Mardi 3 Mars 2026 - 9:30"),
                one(BlockKind::Aside, "Un accord sur la formation"),
                one(BlockKind::Paragraph, body),
                one(BlockKind::Heading(2), "Formation des agents"),
                one(BlockKind::Paragraph, body),
                one(BlockKind::Aside, "Lire aussi"),
                one(BlockKind::Aside, "Un autre accord sur la santé"),
            ]
        );
    }

    #[test]
    fn dates_are_no_headings() {
        for date in [
            "Lundi 15 Avril 2024 - 20:00",
            "15/04/2024",
            "15 أبريل 2024",
            "12 maart 2026",
        ] {
            assert!(!is_heading(date), "{date}");
        }
        assert!(is_heading("Rapport de la mission 2024"));
    }
}
