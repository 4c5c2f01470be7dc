//! How the letters of two words stand for each other, for people to read.

use std::fmt;

use crate::name::{Family, Name};
use crate::symbols;
use crate::tables::Tables;

/// The likeliest way from one word to the other, letter by letter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Letters {
    /// A letter or a group of letters on each side; empty where the other side has no
    /// counterpart.
    pub steps: Vec<(&'static str, &'static str)>,
}

impl fmt::Display for Letters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let apart = self.steps.iter().filter(|(a, b)| a != b);
        for (at, (a, b)) in apart.enumerate() {
            let lead = if at == 0 { "; " } else { " " };
            match (*a, *b) {
                ("", b) => write!(f, "{lead}+{b}")?,
                (a, "") => write!(f, "{lead}−{a}")?,
                (a, b) => write!(f, "{lead}{a}~{b}")?,
            }
        }
        Ok(())
    }
}

/// The likeliest way between two stretches of tokens; told from the other side if `turned`.
pub(crate) fn spelled(
    tables: &Tables,
    (a, at_a): (&Name, (u8, u8)),
    (b, at_b): (&Name, (u8, u8)),
    turned: bool,
) -> Letters {
    let (x, y) = (side(a, at_a), side(b, at_b));
    let swap = x.0 == Family::Latin && y.0 == Family::Arabic;
    let (first, second) = if swap { (y, x) } else { (x, y) };
    let edit = if first.0 == second.0 {
        tables.same(first.0)
    } else {
        tables.cross()
    };
    let mut steps = Vec::new();
    for (one, other) in edit.likeliest(first.1, second.1) {
        let one = one.map_or("", |symbol| symbols::shown(first.0, symbol));
        let other = other.map_or("", |symbol| symbols::shown(second.0, symbol));
        steps.push(if swap == turned {
            (one, other)
        } else {
            (other, one)
        });
    }
    Letters { steps }
}

fn side(name: &Name, (from, len): (u8, u8)) -> (Family, &[u8]) {
    let tokens = name.tokens();
    let first = tokens.get(usize::from(from));
    let last = tokens.get(usize::from(from + len).saturating_sub(1));
    match (first, last) {
        (Some(first), Some(last)) => (first.family, name.symbols_of(first, last)),
        _ => (Family::Latin, &[]),
    }
}
