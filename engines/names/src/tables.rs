//! The tables: everything that was learned, and its version.

use std::sync::LazyLock;

use crate::edit::{Edit, WEIGHTS};
use crate::forest::Forest;
use crate::name::Family;

/// Tables of one version.
#[derive(Debug, Clone)]
pub struct Tables {
    latin: Edit,
    arabic: Edit,
    cross: Edit,
    rarity: Rarity,
    pub(crate) names: Forest,
    pub(crate) dates: Forest,
    pub(crate) keys: KeyFloor,
}

/// Version of the tables: the SHA-256 of their bytes. A score is only comparable with scores of
/// the same version; whoever stores one stores this beside it.
pub const TABLES: &str = "36cd755363306fe05aaa7ef6e28d5b0611801705d03311ff45b3f55f4a19f966";

static BUILTIN: LazyLock<Tables> = LazyLock::new(|| Tables::read(BYTES));
const BYTES: &[u8] = include_bytes!("../tables/names-1.bin");

impl Tables {
    /// The tables this version of the program was made with.
    #[must_use]
    pub fn builtin() -> &'static Self {
        &BUILTIN
    }

    /// The bytes of the built-in tables; their SHA-256 is [`TABLES`](crate::TABLES).
    #[must_use]
    pub fn bytes() -> &'static [u8] {
        BYTES
    }

    /// Reads sections, each with its length in four bytes before it. A file that is cut reads
    /// as tables that know nothing: the test of the hash is what guards the built-in ones.
    pub(crate) fn read(mut bytes: &[u8]) -> Self {
        let mut section = || {
            let Some((len, rest)) = bytes.split_first_chunk() else {
                return &[][..];
            };
            let len = u32::from_le_bytes(*len) as usize;
            let (section, rest) = rest.split_at(len.min(rest.len()));
            bytes = rest;
            section
        };
        Self {
            latin: edit(section()),
            arabic: edit(section()),
            cross: edit(section()),
            rarity: Rarity::read(section()),
            names: Forest::read(section()),
            dates: Forest::read(section()),
            keys: KeyFloor::read(section()),
        }
    }

    pub(crate) fn same(&self, family: Family) -> &Edit {
        match family {
            Family::Latin => &self.latin,
            Family::Arabic => &self.arabic,
        }
    }

    /// The table whose first side is Arabic and whose second is Latin.
    pub(crate) fn cross(&self) -> &Edit {
        &self.cross
    }

    /// How surprising a word with these consonants is among names, in bits.
    pub(crate) fn rarity(&self, skeleton: u32, len: usize) -> f32 {
        self.rarity.of(skeleton, len)
    }

    /// Bits of a perfect counterpart in the other family.
    pub(crate) fn cross_ideal(&self, family: Family, symbols: &[u8]) -> f32 {
        match family {
            Family::Arabic => self.cross.ideal(symbols),
            Family::Latin => self.cross.ideal_second(symbols),
        }
    }
}

fn edit(section: &[u8]) -> Edit {
    Edit::read(shorts(section).take(WEIGHTS))
}

fn shorts(bytes: &[u8]) -> impl Iterator<Item = i16> + '_ {
    bytes
        .chunks_exact(2)
        .map(|two| i16::from_le_bytes(two.try_into().unwrap_or_default()))
}

/// How frequent the consonants of words are among names; only of those seen often enough, and
/// only as hashes.
#[derive(Debug, Clone)]
struct Rarity {
    /// Open addressing; 0 is free.
    slots: Box<[(u32, u8)]>,
    /// For consonants that are not in the table, by their number.
    unseen: [u8; 16],
}

impl Rarity {
    fn read(bytes: &[u8]) -> Self {
        let (unseen, rest) = bytes.split_first_chunk().unwrap_or((&[0; 16], &[]));
        let entries = rest.chunks_exact(5);
        let room = (entries.len() * 2).next_power_of_two().max(2);
        let mut slots = vec![(0, 0); room].into_boxed_slice();
        for entry in entries {
            if let Some((hash, [bits])) = entry.split_first_chunk() {
                put(&mut slots, u32::from_le_bytes(*hash), *bits);
            }
        }
        Self {
            slots,
            unseen: *unseen,
        }
    }

    fn of(&self, skeleton: u32, len: usize) -> f32 {
        let found = probe(self.slots.len(), skeleton)
            .filter_map(|at| self.slots.get(at))
            .take_while(|(hash, _)| *hash != 0)
            .find(|(hash, _)| *hash == skeleton);
        let unseen = || self.unseen.get(len.min(15)).copied().unwrap_or(0);
        f32::from(found.map_or_else(unseen, |(_, bits)| *bits)) / 8.0
    }
}

fn put(slots: &mut [(u32, u8)], hash: u32, bits: u8) {
    let free = probe(slots.len(), hash).find(|at| slots.get(*at).is_some_and(|slot| slot.0 == 0));
    if let Some(place) = free.and_then(|at| slots.get_mut(at)) {
        *place = (hash, bits);
    }
}

fn probe(room: usize, hash: u32) -> impl Iterator<Item = usize> {
    (0..room).map(move |step| (hash as usize).wrapping_add(step) & (room - 1))
}

/// Keys that too many persons share, as hashes.
#[derive(Debug, Clone)]
pub(crate) struct KeyFloor {
    common: Vec<u32>,
}

impl KeyFloor {
    pub(crate) fn read(bytes: &[u8]) -> Self {
        let words = bytes.chunks_exact(4);
        let word = |four: &[u8]| u32::from_le_bytes(four.try_into().unwrap_or_default());
        Self {
            common: words.map(word).collect(),
        }
    }

    /// How many there are.
    #[cfg(feature = "train")]
    pub(crate) fn len(&self) -> usize {
        self.common.len()
    }

    /// Whether a key is too common to be asked for.
    pub(crate) fn is_common(&self, key: u64) -> bool {
        self.common.binary_search(&folded(key)).is_ok()
    }
}

/// The half of a key that stands in the table.
pub(crate) fn folded(key: u64) -> u32 {
    u32::try_from(key >> 32).unwrap_or(0)
}

/// FNV-1a with a final mix; never 0.
pub(crate) fn hash(bytes: &[u8]) -> u32 {
    let mut state = 0x811c_9dc5_u32;
    for byte in bytes {
        state = (state ^ u32::from(*byte)).wrapping_mul(0x0100_0193);
    }
    state ^= state >> 16;
    state = state.wrapping_mul(0x85eb_ca6b);
    state ^= state >> 13;
    state.max(1)
}
