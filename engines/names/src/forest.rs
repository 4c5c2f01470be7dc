//! The additive model: small symmetric trees over the measurements of a pair of names.
//!
//! Every tree asks the same three questions of every pair and adds the number that belongs to
//! the answers. What each question changed is known, so that the sum can be told apart by
//! measurement, to the last bit: all numbers are whole 1/256 bits.

use crate::features::{Features, MEASURES};

/// Questions of one tree.
pub(crate) const DEPTH: usize = 4;
/// Means of all answers so far, from the root to the leaves.
const NODES: usize = (2 << DEPTH) - 1;

/// One question: is this measurement above this threshold?
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Question {
    pub(crate) measure: u8,
    pub(crate) above: f32,
}

/// Questions, and the mean after each answer: node n has the children 2n+1 and 2n+2.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Tree {
    pub(crate) questions: [Question; DEPTH],
    pub(crate) means: [i16; NODES],
}

/// A sum of trees, in 1/256 bit.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Forest {
    pub(crate) base: i32,
    pub(crate) trees: Vec<Tree>,
}

impl Forest {
    /// The sum of all trees.
    pub(crate) fn score(&self, features: &Features) -> i32 {
        let leaf = |tree: &Tree| {
            let mut node = 0;
            for question in &tree.questions {
                node = 2 * node + 1 + usize::from(question.ask(features));
            }
            i32::from(tree.means.get(node).copied().unwrap_or(0))
        };
        self.base + self.trees.iter().map(leaf).sum::<i32>()
    }

    /// The same sum, told apart: the part of no measurement, then that of each.
    pub(crate) fn parts(&self, features: &Features) -> (i32, [i32; MEASURES]) {
        let (mut base, mut parts) = (self.base, [0; MEASURES]);
        for tree in &self.trees {
            let mean = |node: usize| i32::from(tree.means.get(node).copied().unwrap_or(0));
            let mut node = 0;
            base += mean(node);
            for question in &tree.questions {
                let next = 2 * node + 1 + usize::from(question.ask(features));
                if let Some(part) = parts.get_mut(usize::from(question.measure)) {
                    *part += mean(next) - mean(node);
                }
                node = next;
            }
        }
        (base, parts)
    }
}

impl Question {
    fn ask(&self, features: &Features) -> bool {
        let measured = features.get(usize::from(self.measure));
        measured.copied().unwrap_or(0.0) > self.above
    }
}

/// Bytes of one tree in the table file.
const TREE_BYTES: usize = DEPTH * 5 + NODES * 2;

impl Forest {
    /// Reads what [`write`](Self::write) wrote; what is missing is left out.
    pub(crate) fn read(bytes: &[u8]) -> Self {
        let Some((base, rest)) = bytes.split_first_chunk() else {
            return Self::default();
        };
        let trees = rest.chunks_exact(TREE_BYTES).map(read_tree).collect();
        Self {
            base: i32::from_le_bytes(*base),
            trees,
        }
    }

    /// The forest as bytes.
    #[cfg(feature = "train")]
    pub(crate) fn write(&self) -> Vec<u8> {
        let mut bytes = self.base.to_le_bytes().to_vec();
        for tree in &self.trees {
            for question in &tree.questions {
                bytes.push(question.measure);
                bytes.extend(question.above.to_le_bytes());
            }
            tree.means
                .iter()
                .for_each(|mean| bytes.extend(mean.to_le_bytes()));
        }
        bytes
    }
}

fn read_tree(bytes: &[u8]) -> Tree {
    let (asked, means) = bytes.split_at(DEPTH * 5);
    let mut tree = Tree {
        questions: Default::default(),
        means: [0; NODES],
    };
    for (question, bytes) in tree.questions.iter_mut().zip(asked.chunks_exact(5)) {
        if let Some((measure, above)) = bytes.split_first() {
            question.measure = *measure;
            question.above = f32::from_le_bytes(above.try_into().unwrap_or_default());
        }
    }
    for (mean, bytes) in tree.means.iter_mut().zip(means.chunks_exact(2)) {
        *mean = i16::from_le_bytes(bytes.try_into().unwrap_or_default());
    }
    tree
}
