//! Names and words in Latin and Arabic script.

mod align;
mod compare;
mod dates;
mod edit;
mod error;
mod features;
mod fold;
mod forest;
mod letters;
mod name;
mod roles;
mod symbols;
mod tables;
#[cfg(feature = "train")]
pub mod train;

pub use dates::{PartialDate, Relation};
pub use error::Error;
pub use fold::{MAX_TEXT_BYTES, MAX_WORD_CHARS, MAX_WORDS, SCHEME, fold_query, fold_words};
pub use name::{MAX_NAME_CHARS, MAX_TOKENS, Name, Role};
pub use tables::Tables;
