//! Keys for private equality: what two spellings of one name have in common, as equal numbers.
//!
//! Two sides that may not show each other their names can still ask whether they have an equal
//! key (engine `matching`). A key is made of consonants, so that most spellings of a name
//! share one, and of two words or more, so that few strangers do. Every name has the same
//! number of keys of a tier: what is missing is filled up with numbers that only the same
//! spelling makes, so that the number of keys tells nothing.
//!
//! Keys are guessable (all pairs of Maghreb names are a few million): they are worth
//! protecting, and quotas and a purpose for each question stay necessary.

use crate::bones::{Bones, Words};
use crate::dates::PartialDate;
use crate::error::Error;
use crate::mix::{Keys, Mix};
use crate::name::Name;
use crate::tables::Tables;

/// Version of the scheme: classes, order, hash and table. Two sides must have the same.
pub const KEY_SCHEME: &str = "names-keys/2";
/// Keys of a name without a date.
pub const K1_KEYS: usize = 6;
/// Keys of the words of a name with a birth date.
pub const K2_KEYS: usize = 8;
/// Keys of a name with a year of birth.
pub const K3_KEYS: usize = 6;
/// Keys of a name for short lists in which typing errors are looked for.
pub const K4_KEYS: usize = 20;
/// A word of this rarity in bits, or more, may stand with a year alone.
const RARE: f32 = 11.0;

/// A pair of words with so many consonants is told apart even without one of them.
const LONG_PAIR: usize = 6;

/// A key: equal for names that may be one.
pub type Key = u64;

/// K1: the whole name joined, and pairs of words, the rarest first.
#[must_use]
pub fn k1(name: &Name) -> [Key; K1_KEYS] {
    k1_with(Tables::builtin(), name)
}

pub(crate) fn k1_with(tables: &Tables, name: &Name) -> [Key; K1_KEYS] {
    let mut keys = Keys::<K1_KEYS>::default();
    name_keys(&mut keys, Some(tables), &Words::of(name), 1, 0);
    keys.padded(name, 1)
}

/// K2: each word with the whole birth date, then the rare ones with its year.
///
/// # Errors
/// [`Error::Date`] if the date is no day of the calendar.
pub fn k2(name: &Name, born: PartialDate) -> Result<[Key; K2_KEYS], Error> {
    let date = of_calendar(born)?;
    let words = Words::of(name);
    let mut keys = Keys::<K2_KEYS>::default();
    let key = |tier, date, at| {
        let word = words.list().get(at).map_or(&[][..], Bones::letters);
        Mix::new(tier).number(date).letters(word).key()
    };
    if born.day().is_some() {
        words
            .rarest()
            .for_each(|(_, at)| keys.add(key(2, date, at)));
    }
    for (rarity, at) in words.rarest() {
        if rarity >= RARE {
            keys.add(key(3, u32::from(born.year()), at));
        }
    }
    Ok(keys.padded(name, 2))
}

/// K3: the keys of K1 with the year of birth; so few strangers share one that none is too
/// common.
///
/// # Errors
/// [`Error::Date`] if the date is no day of the calendar.
pub fn k3(name: &Name, born: PartialDate) -> Result<[Key; K3_KEYS], Error> {
    of_calendar(born)?;
    let mut keys = Keys::<K3_KEYS>::default();
    name_keys(&mut keys, None, &Words::of(name), 4, u32::from(born.year()));
    Ok(keys.padded(name, 4))
}

/// K4: the keys of K1, and pairs of words of which one has lost a consonant.
#[must_use]
pub fn k4(name: &Name) -> [Key; K4_KEYS] {
    k4_with(Tables::builtin(), name)
}

pub(crate) fn k4_with(tables: &Tables, name: &Name) -> [Key; K4_KEYS] {
    let words = Words::of(name);
    let mut keys = Keys::<K4_KEYS>::default();
    name_keys(&mut keys, Some(tables), &words, 1, 0);
    for (x, y) in words.pairs() {
        for (short, other) in [(x, y), (y, x)] {
            if short.len < 3 {
                continue;
            }
            for at in 0..short.len {
                keys.add(Mix::new(5).pair(&short.without(at), other).key());
            }
        }
    }
    for (x, y) in words.pairs() {
        keys.add(Mix::new(5).pair(x, y).key());
    }
    keys.padded(name, 5)
}

/// Keys by which an index finds candidates: each word alone, also without what may be an
/// article, and pairs of words of which one has lost a consonant.
pub(crate) fn blocks(name: &Name) -> Vec<Key> {
    let words = Words::of(name);
    let others = words.others.iter().flatten();
    let alone = words.list().iter().chain(others);
    let mut keys: Vec<Key> = alone
        .map(|word| Mix::new(6).letters(word.letters()).key())
        .collect();
    keys.extend(k4(name));
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn of_calendar(born: PartialDate) -> Result<u32, Error> {
    if !born.is_possible() {
        return Err(Error::Date);
    }
    let part = |part: Option<u8>| u32::from(part.unwrap_or(0));
    Ok(u32::from(born.year()) * 10_000 + part(born.month()) * 100 + part(born.day()))
}

/// The keys of a name as a whole and of its pairs of words. A pair that is too common is asked
/// for by its finer form: Mohamed Omar by where vowels begin and end it as well.
fn name_keys<const N: usize>(
    keys: &mut Keys<N>,
    floor: Option<&Tables>,
    words: &Words,
    tier: u8,
    year: u32,
) {
    let rare = |key: &Key| !floor.is_some_and(|tables| tables.keys.is_common(*key));
    let mix = || Mix::new(tier).number(year);
    let mut add = |key: Mix, finer: Option<Mix>| {
        if keys.is_full() {
            return;
        }
        let ways = [Some(key), finer].into_iter().flatten();
        let key = ways.map(Mix::key).find(|key| rare(key));
        key.into_iter().for_each(|key| keys.add(key));
    };
    if let [word] = words.list() {
        add(mix().letters(word.letters()), Some(mix().finer(word)));
    }
    add(mix().number(1).joined(words.list()), None);
    for (x, y) in words.pairs() {
        add(mix().pair(x, y), Some(mix().finer_pair(x, y)));
    }
    for (x, y) in words.pairs() {
        let (long, other) = if x.len >= y.len { (x, y) } else { (y, x) };
        if x.len + y.len >= LONG_PAIR && long.len > 3 {
            for at in 0..long.len {
                add(mix().pair(&long.without(at), other), None);
            }
        }
    }
    if words.list().len() > 2 {
        add(mix().sorted(words.list()), None);
    }
}

/// The consonants of a name as they go into keys, for the trainer's eye.
#[cfg(feature = "train")]
pub(crate) fn bones(name: &Name) -> String {
    const SHOWN: &[u8] = b".BFTDRLMNSZCJKHXGWYQ";
    let words = Words::of(name);
    let word = |word: &Bones| -> String {
        word.letters()
            .iter()
            .filter_map(|class| SHOWN.get(usize::from(*class)))
            .map(|byte| char::from(*byte))
            .collect()
    };
    words.list().iter().map(word).collect::<Vec<_>>().join(" ")
}
