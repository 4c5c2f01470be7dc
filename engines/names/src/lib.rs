//! Names and words in Latin and Arabic script.

mod align;
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
pub use keys::{
    K1_KEYS, K2_KEYS, K3_KEYS, K4_KEYS, KEY_SCHEME, Key, k1, k2, k3, k4,
};
pub use lines::{MAX_LINE_BYTES, PairLine, read_name, read_pair};
pub use name::{MAX_NAME_CHARS, MAX_TOKENS, Name, Role};
pub use score::{Band, Score};
pub use spelled::Letters;
pub use tables::Tables;
