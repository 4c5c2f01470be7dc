//! Many phrases looked for at once: a tree of words.

use std::collections::BTreeMap;

use crate::text::{bare, fold};

/// Words that `…` may stand for.
const MAX_GAP_WORDS: u8 = 8;
/// Most words of a phrase, gaps included: how far one look ahead goes.
pub(crate) const MAX_PHRASE_WORDS: usize = 20;

/// The tree.
#[derive(Debug, Default)]
pub(crate) struct Phrases {
    nodes: Vec<Node>,
}

#[derive(Debug, Default)]
struct Node {
    words: BTreeMap<String, usize>,
    stems: BTreeMap<String, usize>,
    gap: Option<usize>,
    ends: Vec<usize>,
}

/// A phrase that begins where it was looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Match {
    /// What was given to [`Phrases::insert`].
    pub(crate) entry: usize,
    /// Its number of words.
    pub(crate) words: usize,
}

impl Phrases {
    pub(crate) fn new() -> Self {
        Self {
            nodes: vec![Node::default()],
        }
    }

    /// Adds a phrase, as tables write it.
    pub(crate) fn insert(&mut self, phrase: &str, entry: usize) {
        let mut ends = vec![0];
        for element in phrase.split_whitespace() {
            let mut next = Vec::new();
            for node in ends {
                self.grow(node, element, &mut next);
            }
            ends = next;
        }
        for end in ends.into_iter().filter(|end| *end != 0) {
            if let Some(node) = self.nodes.get_mut(end) {
                node.ends.push(entry);
            }
        }
    }

    fn grow(&mut self, node: usize, element: &str, next: &mut Vec<usize>) {
        if element == "…" {
            let fresh = self.nodes.len();
            let Some(parent) = self.nodes.get_mut(node) else {
                return;
            };
            let child = *parent.gap.get_or_insert(fresh);
            self.keep(child, next);
            return;
        }
        for choice in element.split('|') {
            let fresh = self.nodes.len();
            let Some(parent) = self.nodes.get_mut(node) else {
                return;
            };
            let (children, word) = match choice.strip_suffix('*') {
                Some(stem) => (&mut parent.stems, fold(stem)),
                None => (&mut parent.words, fold(choice)),
            };
            if !word.is_empty() {
                let child = *children.entry(bare(&word).to_owned()).or_insert(fresh);
                self.keep(child, next);
            }
        }
    }

    /// Goes on at `child`, which is made if its number was only just handed out.
    fn keep(&mut self, child: usize, next: &mut Vec<usize>) {
        if child == self.nodes.len() {
            self.nodes.push(Node::default());
        }
        next.push(child);
    }

    /// All phrases that begin with the first of `words` (each in all its forms). `steps` grows by
    /// the states that were visited.
    pub(crate) fn at(&self, words: &[Vec<String>], steps: &mut u64) -> Vec<Match> {
        let mut found = Vec::new();
        let mut states = vec![(0, 0)];
        for (count, forms) in words.iter().take(MAX_PHRASE_WORDS).enumerate() {
            let mut next = Vec::new();
            for (node, gap) in states {
                *steps += 1;
                self.step(node, gap, forms, &mut next);
            }
            next.sort_unstable();
            next.dedup();
            for (node, gap) in &next {
                let ends = self.nodes.get(*node).filter(|_| *gap == 0);
                let ends = ends.into_iter().flat_map(|node| &node.ends);
                found.extend(ends.map(|entry| Match {
                    entry: *entry,
                    words: count + 1,
                }));
            }
            if next.is_empty() {
                break;
            }
            states = next;
        }
        found
    }

    /// Where one word leads; a state in a gap carries how many words it may still pass over.
    fn step(&self, node: usize, gap: u8, forms: &[String], next: &mut Vec<(usize, u8)>) {
        let Some(here) = self.nodes.get(node) else {
            return;
        };
        if gap > 1 {
            next.push((node, gap - 1));
        }
        for form in forms {
            self.enter(here.words.get(form), next);
            if here.stems.is_empty() {
                continue;
            }
            for (end, _) in form.char_indices().skip(2).chain([(form.len(), ' ')]) {
                self.enter(form.get(..end).and_then(|stem| here.stems.get(stem)), next);
            }
        }
    }

    fn enter(&self, child: Option<&usize>, next: &mut Vec<(usize, u8)>) {
        let Some(child) = child.copied() else { return };
        next.push((child, 0));
        if let Some(gap) = self.nodes.get(child).and_then(|node| node.gap) {
            next.push((gap, MAX_GAP_WORDS + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(phrase: &str, text: &str) -> Option<usize> {
        let mut tree = Phrases::new();
        tree.insert(phrase, 7);
        let words: Vec<Vec<String>> = text.split(' ').map(|word| vec![fold(word)]).collect();
        tree.at(&words, &mut 0)
            .iter()
            .map(|found| found.words)
            .max()
    }

    #[test]
    fn words_choices_stems_and_gaps() {
        assert_eq!(found("ont convenu", "ont convenu de"), Some(2));
        assert_eq!(found("ont convenu", "ont décidé"), None);
        assert_eq!(found("a|ont convenu", "a convenu"), Some(2));
        assert_eq!(found("réaffirm*", "Réaffirmant cela"), Some(1));
        assert_eq!(found("réaffirm*", "affirmant"), None);
        assert_eq!(
            found("kwamen … overeen", "kwamen gisteren in Brussel overeen"),
            Some(5)
        );
        assert_eq!(
            found("kwamen … overeen", "kwamen a b c d e f g h overeen"),
            Some(10)
        );
        assert_eq!(
            found("kwamen … overeen", "kwamen a b c d e f g h i overeen"),
            None
        );
        assert_eq!(found("kwamen … overeen", "kwamen overeen"), Some(2));
    }
}
