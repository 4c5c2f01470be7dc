//! One value from the values of parts, without counting anything twice.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::{Decimal, Fault};

/// How values of parts become one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Aggregation {
    /// Added.
    Sum,
    /// The mean, rounded to 18 digits after the point.
    Mean,
    /// The latest; the smallest identifier among values of one day, so that the result is always
    /// the same.
    Last,
    /// Not at all: they mean different things.
    None,
}

/// A value that counts towards another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part<'p> {
    /// What it is the value of: activity, or indicator of one.
    pub of: &'p str,
    /// What that is a part of, and what this is a part of, and so on.
    pub within: &'p [&'p str],
    /// Last day of its period.
    pub day: Date,
    /// The value.
    pub value: Decimal,
}

/// The value of the whole; none if there are no parts or nothing may be aggregated.
///
/// # Errors
/// [`Fault::SameChild`] if something stands twice, [`Fault::ParentWithChild`] if something stands
/// beside what it is made of, [`Fault::Range`] if the sum has too many digits.
pub fn rollup(parts: &[Part<'_>], aggregation: Aggregation) -> Result<Option<Decimal>, Fault> {
    check_counts(parts)?;
    let sum = || {
        parts
            .iter()
            .try_fold(Decimal::ZERO, |sum, part| sum.plus(part.value))
    };
    let count = u32::try_from(parts.len()).map_err(|_| Fault::Range)?;
    match aggregation {
        _ if parts.is_empty() => Ok(None),
        Aggregation::None => Ok(None),
        Aggregation::Sum => sum().map(Some),
        Aggregation::Mean => sum()?.over(count).map(Some),
        Aggregation::Last => {
            let last = parts
                .iter()
                .min_by_key(|part| (std::cmp::Reverse(part.day), part.of));
            Ok(last.map(|part| part.value))
        }
    }
}

fn check_counts(parts: &[Part<'_>]) -> Result<(), Fault> {
    let counted: BTreeSet<&str> = parts.iter().map(|part| part.of).collect();
    if counted.len() < parts.len() {
        return Err(Fault::SameChild);
    }
    let mut wholes = parts.iter().flat_map(|part| part.within);
    if wholes.any(|whole| counted.contains(whole)) {
        return Err(Fault::ParentWithChild);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn part<'p>(of: &'p str, within: &'p [&'p str], month: i8, value: u32) -> Part<'p> {
        let (day, value) = (date(2026, month, 1), Decimal::from(value));
        Part {
            of,
            within,
            day,
            value,
        }
    }

    #[test]
    fn parts_become_one_value() {
        let parts = [
            part("b", &["p"], 2, 4),
            part("a", &["p"], 2, 3),
            part("c", &["p"], 1, 3),
        ];
        let of = |how| rollup(&parts, how).unwrap().map(|value| value.to_string());
        assert_eq!(of(Aggregation::Sum).unwrap(), "10");
        assert_eq!(of(Aggregation::Mean).unwrap(), "3.333333333333333333");
        assert_eq!(of(Aggregation::Last).unwrap(), "3");
        assert_eq!(of(Aggregation::None), None);
        assert_eq!(rollup(&[], Aggregation::Sum), Ok(None));
    }

    #[test]
    fn nothing_is_counted_twice() {
        let twice = [part("a", &["p"], 1, 1), part("a", &["p"], 2, 1)];
        assert_eq!(rollup(&twice, Aggregation::Sum), Err(Fault::SameChild));
        let both = [part("a", &["p", "root"], 1, 1), part("root", &[], 1, 1)];
        for how in [
            Aggregation::Sum,
            Aggregation::Mean,
            Aggregation::Last,
            Aggregation::None,
        ] {
            assert_eq!(rollup(&both, how), Err(Fault::ParentWithChild));
        }
    }

    #[test]
    fn a_sum_that_does_not_fit_is_refused() {
        let most = || "999999999999999999".parse().unwrap();
        let mut parts = [part("a", &[], 1, 0), part("b", &[], 1, 0)];
        parts.iter_mut().for_each(|part| part.value = most());
        assert_eq!(rollup(&parts, Aggregation::Sum), Err(Fault::Range));
    }
}
