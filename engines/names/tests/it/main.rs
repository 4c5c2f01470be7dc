//! The engine as others see it.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod properties;
mod reference;
mod spellings;
mod traps;

use passerelle_names::{Name, PartialDate, Score, score};

/// The score of two texts.
fn scored(a: &str, b: &str) -> Score {
    score(
        (&Name::new(a).unwrap(), None),
        (&Name::new(b).unwrap(), None),
    )
}

/// The score of two texts with their dates.
fn dated(a: (&str, &str), b: (&str, &str)) -> Score {
    let date = |text| PartialDate::of_column(text).unwrap();
    score(
        (&Name::new(a.0).unwrap(), date(a.1)),
        (&Name::new(b.0).unwrap(), date(b.1)),
    )
}
