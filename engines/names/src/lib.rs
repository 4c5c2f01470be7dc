//! Names of persons in Latin, Arabic, Tifinagh and Cyrillic script: whether two are one, why,
//! and keys by which two sides can find out without showing theirs.
//!
//! **In scope**: comparison of two names with optional birth dates (a score in bits, a band, an
//! explanation whose lines add up to the score), keys for private equality, an index in memory,
//! folding of words for search. **Out of scope**: storage, who may ask what, and decisions: a
//! score is an opinion on spellings, for a person to judge.
//!
//! Everything is pure: no clock, no randomness, no input or output. The same names and the same
//! [`TABLES`] give the same score on every machine, to the last bit.
//!
//! ```
//! use passerelle_names::{Band, Name, explain, score};
//!
//! let (a, b) = ("عبد الوافي لفتيت", "Abdelouafi Laftit");
//! let (x, y) = (Name::new(a)?, Name::new(b)?);
//! assert_eq!(score((&x, None), (&y, None)).band(), Band::VeryLikely);
//!
//! let why = explain((&x, None), (&y, None));
//! let sum: i32 = why.lines.iter().map(|line| line.units).sum();
//! assert_eq!(sum, why.score.units());
//! println!("{}", why.text(a, b));
//! # Ok::<(), passerelle_names::Error>(())
//! ```
//!
//! How it works, one module each: letters become symbols (`letters`, `symbols`), words get
//! roles and become tokens (`roles`, `name`), two tokens are weighed by a learned edit
//! model (`edit`), tokens are assigned to each other (`align`), the assignment is measured
//! (`features`), and the measurements are added up (`forest`, `score`, `explain`). Words for
//! search (`fold`) are another matter and share nothing with it.

mod align;
mod bones;
mod compare;
mod dates;
mod edit;
mod error;
mod explain;
mod features;
mod fold;
mod forest;
mod index;
mod keys;
mod letters;
mod lines;
mod mix;
mod name;
mod roles;
mod score;
mod spelled;
mod symbols;
mod tables;
#[cfg(feature = "train")]
pub mod train;

pub use compare::{Person, score};
pub use dates::{PartialDate, Relation};
pub use error::Error;
pub use explain::{Explanation, Line, Rule, What, explain};
pub use fold::{MAX_TEXT_BYTES, MAX_WORD_CHARS, MAX_WORDS, SCHEME, fold_query, fold_words};
pub use index::{Hit, Index, MAX_CANDIDATES, MAX_HITS, MAX_INDEX_NAMES};
pub use keys::{K1_KEYS, K2_KEYS, K3_KEYS, K4_KEYS, KEY_SCHEME, Key, k1, k2, k3, k4};
pub use lines::{MAX_LINE_BYTES, PairLine, read_name, read_pair};
pub use name::{MAX_NAME_CHARS, MAX_TOKENS, Name, Role};
pub use score::{Band, Score};
pub use spelled::Letters;
pub use tables::{TABLES, Tables};

/// The example of the README runs.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
