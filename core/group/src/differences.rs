//! Differences between two versions of a text, paragraph by paragraph.

use passerelle_model::Lang;

use crate::Revision;

/// Most paragraphs compared one by one; longer texts are shown as one paragraph replaced.
pub const MAX_PARAGRAPHS: usize = 2_000;

/// What became of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Stands in both.
    Same(String),
    /// New.
    Added(String),
    /// Gone.
    Removed(String),
    /// Another text in the same place.
    Replaced {
        /// Before.
        before: String,
        /// After.
        after: String,
    },
}

/// Paragraphs of `before` and `after` in one language: title first, then the body. A language
/// that one of them does not have is wholly added or removed.
pub fn differences(before: Option<&Revision>, after: &Revision, lang: Lang) -> Vec<Change> {
    let old = before.map_or_else(Vec::new, |revision| paragraphs(revision, lang));
    paired(aligned(&old, &paragraphs(after, lang)))
}

fn paragraphs(revision: &Revision, lang: Lang) -> Vec<String> {
    let Some(version) = revision.texts.exact(lang) else {
        return Vec::new();
    };
    let body = version.body.as_ref().map_or("", |body| body.as_str());
    let blocks = body
        .split("\n\n")
        .map(str::trim)
        .filter(|block| !block.is_empty());
    std::iter::once(version.title.as_str())
        .chain(blocks)
        .map(str::to_owned)
        .collect()
}

/// The longest common run of paragraphs (Hunt and McIlroy's problem, solved by the plain table:
/// texts people sign are short).
fn aligned(old: &[String], new: &[String]) -> Vec<Change> {
    if old.len().max(new.len()) > MAX_PARAGRAPHS {
        let all = |texts: &[String]| texts.join("\n\n");
        return vec![Change::Removed(all(old)), Change::Added(all(new))];
    }
    let width = new.len() + 1;
    let mut table = vec![0_u16; (old.len() + 1) * width];
    let cell = |table: &[u16], i: usize, j: usize| table.get(i * width + j).copied().unwrap_or(0);
    for (i, a) in old.iter().enumerate().rev() {
        for (j, b) in new.iter().enumerate().rev() {
            let longest = if a == b {
                cell(&table, i + 1, j + 1) + 1
            } else {
                cell(&table, i + 1, j).max(cell(&table, i, j + 1))
            };
            if let Some(place) = table.get_mut(i * width + j) {
                *place = longest;
            }
        }
    }
    let (mut i, mut j, mut out) = (0, 0, Vec::new());
    loop {
        match (old.get(i), new.get(j)) {
            (None, None) => return out,
            (Some(a), Some(b)) if a == b => {
                out.push(Change::Same(a.clone()));
                (i, j) = (i + 1, j + 1);
            }
            (Some(a), b) if b.is_none() || cell(&table, i + 1, j) >= cell(&table, i, j + 1) => {
                out.push(Change::Removed(a.clone()));
                i += 1;
            }
            (_, Some(b)) => {
                out.push(Change::Added(b.clone()));
                j += 1;
            }
            (Some(_), None) => i += 1,
        }
    }
}

/// Something removed next to something added is one paragraph that was changed.
fn paired(changes: Vec<Change>) -> Vec<Change> {
    let mut out: Vec<Change> = Vec::with_capacity(changes.len());
    for change in changes {
        let before = match (out.last(), &change) {
            (Some(Change::Removed(before)), Change::Added(_)) => Some(before.clone()),
            _ => None,
        };
        match (before, change) {
            (Some(before), Change::Added(after)) => {
                out.pop();
                out.push(Change::Replaced { before, after });
            }
            (_, change) => out.push(change),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn changes_are_found_and_lose_nothing() {
        let changes = paired(aligned(&texts("a b c d"), &texts("a x c d e")));
        assert_eq!(
            changes,
            [
                Change::Same("a".into()),
                Change::Replaced {
                    before: "b".into(),
                    after: "x".into()
                },
                Change::Same("c".into()),
                Change::Same("d".into()),
                Change::Added("e".into()),
            ]
        );
        assert_eq!(aligned(&[], &texts("a")), [Change::Added("a".into())]);
        assert_eq!(aligned(&texts("a"), &[]), [Change::Removed("a".into())]);
    }

    proptest::proptest! {
        #[test]
        fn both_texts_can_be_read_from_the_changes(
            old in "[abc]{0,12}", new in "[abc]{0,12}",
        ) {
            let split = |text: &str| text.chars().map(String::from).collect::<Vec<_>>();
            let (mut before, mut after) = (Vec::new(), Vec::new());
            for change in paired(aligned(&split(&old), &split(&new))) {
                match change {
                    Change::Same(text) => { before.push(text.clone()); after.push(text); }
                    Change::Added(text) => after.push(text),
                    Change::Removed(text) => before.push(text),
                    Change::Replaced { before: b, after: a } => { before.push(b); after.push(a); }
                }
            }
            proptest::prop_assert_eq!(before, split(&old));
            proptest::prop_assert_eq!(after, split(&new));
        }
    }
}
