use super::Trick;
pub(super) fn tricks() -> Vec<Trick> { vec![] }
