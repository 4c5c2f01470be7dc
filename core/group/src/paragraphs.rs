//! Draft paragraphs: where they stand, and what happens when two write the same one.

use serde::{Deserialize, Serialize};

use crate::Error;

/// Longest place, in bytes.
pub const MAX_PLACE_BYTES: usize = 64;

/// A paragraph's text.
pub type Paragraph = passerelle_model::Markdown;

/// Where a paragraph stands among the others: places sort as texts, and between any two there is
/// another. Digits `a` to `z`; the last one is never `a`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place(String);

impl Place {
    /// A place after `before` and before `after`; `None` is the beginning or the end.
    pub fn between(before: Option<&Self>, after: Option<&Self>) -> Result<Self, Error> {
        let low = before.map_or(&[][..], |place| place.0.as_bytes());
        let high = after.map(|place| place.0.as_bytes());
        if high.is_some_and(|high| low >= high) {
            return Err(Error::Shape("the first place is not before the second"));
        }
        let place = Self(middle(low, high));
        if place.0.len() > MAX_PLACE_BYTES {
            return Err(Error::TooMany {
                what: "letters of a place",
                found: place.0.len(),
                limit: MAX_PLACE_BYTES,
            });
        }
        Ok(place)
    }

    /// As it stands in events.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Copies what both share, then takes the middle digit, or goes one digit deeper.
fn middle(low: &[u8], high: Option<&[u8]>) -> String {
    let mut place = String::new();
    let mut high = high;
    for at in 0.. {
        let least = low.get(at).copied().unwrap_or(b'a');
        let most = high.map_or(b'z' + 1, |high| high.get(at).copied().unwrap_or(b'a'));
        if most > least + 1 {
            place.push(char::from(least + (most - least) / 2));
            break;
        }
        place.push(char::from(least));
        if most > least {
            high = None;
        }
    }
    place
}

impl std::str::FromStr for Place {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let digits = text.bytes().all(|byte| byte.is_ascii_lowercase());
        if text.is_empty() || text.len() > MAX_PLACE_BYTES || !digits || text.ends_with('a') {
            return Err(Error::Word { list: "place" });
        }
        Ok(Self(text.to_owned()))
    }
}

impl Serialize for Place {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Place {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(d)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_always_room() {
        let mut places = vec![Place::between(None, None).unwrap()];
        for at in [0_usize, 0, 1, 1, 2, 5, 3, 3, 3, 3, 0, 0, 0, 0, 0, 0, 0] {
            let before = at.checked_sub(1).map(|at| &places[at]);
            let place = Place::between(before, places.get(at)).unwrap();
            places.insert(at, place);
            assert!(places.is_sorted_by(|a, b| a < b), "{places:?}");
        }
        for place in &places {
            assert_eq!(&place.as_str().parse::<Place>().unwrap(), place);
        }
    }

    #[test]
    fn at_the_end_and_wrong_order() {
        let mut last = Place::between(None, None).unwrap();
        for _ in 0..100 {
            let next = Place::between(Some(&last), None).unwrap();
            assert!(last < next);
            last = next;
        }
        let first = Place::between(None, Some(&last)).unwrap();
        assert!(Place::between(Some(&last), Some(&first)).is_err());
        for bad in ["", "A", "ba", "é", "b1"] {
            assert!(bad.parse::<Place>().is_err(), "{bad}");
        }
    }
}
