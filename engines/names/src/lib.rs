//! Names and words in Latin and Arabic script.
//!
//! **In scope**: folding of words, so that a search finds what was written with another
//! accent, hamza or hyphen. **Out of scope**: storage, and who may search what.
//!
//! The comparison of person names, with its explanation and its keys, will live here too.
//!
//! ```
//! use passerelle_names::{fold_query, fold_words};
//!
//! let written = fold_words("Réunion avec Abd-el-Ouafi, عبد الوافي");
//! let asked = fold_query("reunion abdelouafi");
//! assert!(asked.iter().all(|group| group.iter().any(|word| written.contains(word))));
//! ```

mod fold;

pub use fold::{MAX_TEXT_BYTES, MAX_WORD_CHARS, MAX_WORDS, SCHEME, fold_query, fold_words};
