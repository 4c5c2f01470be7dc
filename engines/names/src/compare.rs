//! Comparison of two names.

use crate::align::Alignment;
use crate::features::{Features, measure};
use crate::name::Name;
use crate::tables::Tables;

/// The measurements of a pair.
pub(crate) fn features(tables: &Tables, a: &Name, b: &Name) -> Features {
    let (a, b) = if in_order(a, b) { (a, b) } else { (b, a) };
    measure(a, b, &Alignment::of(tables, a, b))
}

/// Whether a pair is in the order in which it is always compared: what one finds must not
/// depend on who is named first.
pub(crate) fn in_order(a: &Name, b: &Name) -> bool {
    let key = |name: &Name| (name.whole, name.count, name.comma);
    key(a) <= key(b)
}

/// The score in 1/256 bit.
pub(crate) fn raw_score(tables: &Tables, a: &Name, b: &Name) -> i32 {
    tables.names.score(&features(tables, a, b))
}
