//! Tiles: the tree as static files (C2SP `tlog-tiles`).
//!
//! A hash tile is up to 256 neighbouring subtree hashes, at every eighth level of the tree; an
//! entry bundle is the up to 256 entries under one tile of level zero.

use std::fmt;
use std::str::FromStr;

use crate::error::{Error, within};
use crate::merkle::{HASH_BYTES, Hash, Hashes, MAX_TREE_SIZE, Node};
use crate::text;

/// Hashes in a full tile, entries in a full bundle.
pub const TILE_WIDTH: u16 = 256;

/// Levels of the tree between the hashes of one tile level and the next.
pub const TILE_HEIGHT: u8 = 8;

/// Highest tile level a path may name.
pub const MAX_TILE_LEVEL: u8 = 63;

/// Most bytes in one entry: the range of its length prefix.
pub const MAX_ENTRY_BYTES: usize = u16::MAX as usize;

/// Most bytes in an entry bundle.
pub const MAX_BUNDLE_BYTES: usize = TILE_WIDTH as usize * (2 + MAX_ENTRY_BYTES);

/// Most bytes in the path of a tile.
pub const MAX_TILE_PATH_BYTES: usize = 64;

const TILE: &str = "tile path";
const BUNDLE: &str = "entry bundle";

/// What a tile is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TileKind {
    /// Hashes of perfect subtrees of `256^level` leaves.
    Hashes {
        /// Tile level, at most [`MAX_TILE_LEVEL`].
        level: u8,
    },
    /// Log entries.
    Entries,
}

/// A tile by its coordinates. Written as its path: `tile/<level>/<index>[.p/<width>]` or
/// `tile/entries/<index>[.p/<width>]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tile {
    kind: TileKind,
    index: u64,
    width: u16,
}

impl Tile {
    /// Names a tile.
    ///
    /// # Errors
    /// [`Error::Range`] for a level above [`MAX_TILE_LEVEL`], an index no tree can reach, or a
    /// width outside 1 to [`TILE_WIDTH`].
    pub fn new(kind: TileKind, index: u64, width: u16) -> Result<Self, Error> {
        if matches!(kind, TileKind::Hashes { level } if level > MAX_TILE_LEVEL) {
            return Err(Error::Range { what: "tile level" });
        }
        if index > MAX_TREE_SIZE / u64::from(TILE_WIDTH) {
            return Err(Error::Range { what: "tile index" });
        }
        if width == 0 || width > TILE_WIDTH {
            return Err(Error::Range { what: "tile width" });
        }
        Ok(Self { kind, index, width })
    }

    /// The tile at this place in a tree of `size` leaves, full or partial; `None` where that tree
    /// has none.
    pub fn at(kind: TileKind, index: u64, size: u64) -> Option<Self> {
        let hashes = size
            .min(MAX_TREE_SIZE)
            .checked_shr(level_of(kind)?.into())?;
        let before = index.checked_mul(TILE_WIDTH.into())?;
        let width = hashes.checked_sub(before)?.min(TILE_WIDTH.into());
        Self::new(kind, index, u16::try_from(width).ok()?).ok()
    }

    /// Hashes or entries.
    pub fn kind(&self) -> TileKind {
        self.kind
    }

    /// Index of the tile within its level.
    pub fn index(&self) -> u64 {
        self.index
    }

    /// Number of hashes or entries in it, 1 to [`TILE_WIDTH`].
    pub fn width(&self) -> u16 {
        self.width
    }

    /// The subtrees whose hashes make up the tile, in order; for a bundle, the leaves of its
    /// entries. `None` for a level above every tree.
    pub fn nodes(&self) -> Option<impl Iterator<Item = Node> + use<>> {
        let level = level_of(self.kind)?;
        let first = self.index.checked_mul(TILE_WIDTH.into())?;
        let nodes = first..first.checked_add(self.width.into())?;
        Some(nodes.map(move |index| Node { level, index }))
    }

    /// The bytes of a hash tile: its hashes one after the other, 8192 bytes when full.
    ///
    /// # Errors
    /// [`Error::Range`] for a bundle or a level above every tree, and the errors of `hashes`.
    pub fn hash_bytes(&self, hashes: &impl Hashes) -> Result<Vec<u8>, Error> {
        self.check_hashes()?;
        let nodes = self.nodes().ok_or(Error::Range { what: "tile level" })?;
        let mut bytes = Vec::with_capacity(usize::from(self.width) * HASH_BYTES);
        for node in nodes {
            bytes.extend_from_slice(hashes.subtree(node)?.as_bytes());
        }
        Ok(bytes)
    }

    /// Reads the bytes of this hash tile.
    ///
    /// # Errors
    /// [`Error::Malformed`] for another length than its width calls for, [`Error::Range`] for a
    /// bundle.
    pub fn parse_hashes(&self, bytes: &[u8]) -> Result<Vec<Hash>, Error> {
        self.check_hashes()?;
        if bytes.len() != usize::from(self.width) * HASH_BYTES {
            return Err(Error::malformed("hash tile", "wrong length"));
        }
        bytes.chunks_exact(HASH_BYTES).map(Hash::try_from).collect()
    }

    fn check_hashes(&self) -> Result<(), Error> {
        match self.kind {
            TileKind::Hashes { .. } => Ok(()),
            TileKind::Entries => Err(Error::Range { what: "tile level" }),
        }
    }
}

impl fmt::Display for Tile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            TileKind::Hashes { level } => write!(f, "tile/{level}/")?,
            TileKind::Entries => write!(f, "tile/entries/")?,
        }
        write_index(f, self.index)?;
        if self.width < TILE_WIDTH {
            write!(f, ".p/{}", self.width)?;
        }
        Ok(())
    }
}

impl FromStr for Tile {
    type Err = Error;

    /// Reads a path without leading slash. Only the canonical one: no padding group, no leading
    /// zeroes, a width only on partial tiles.
    fn from_str(path: &str) -> Result<Self, Error> {
        within(TILE, path.len(), MAX_TILE_PATH_BYTES)?;
        let malformed = || Error::malformed(TILE, "not the path of a tile");
        let rest = path.strip_prefix("tile/").ok_or_else(malformed)?;
        let (kind, rest) = rest.split_once('/').ok_or_else(malformed)?;
        let (index, width) = match rest.split_once(".p/") {
            Some((index, width)) => (index, parse_small(width)?),
            None => (rest, TILE_WIDTH),
        };
        let tile = Self::new(parse_kind(kind)?, parse_index(index)?, width)?;
        if tile.to_string() != path {
            return Err(malformed());
        }
        Ok(tile)
    }
}

/// Writes an entry bundle: each entry after its length as two big-endian bytes.
///
/// # Errors
/// [`Error::Range`] unless there are 1 to [`TILE_WIDTH`] entries, [`Error::Limit`] for an entry
/// above [`MAX_ENTRY_BYTES`].
pub fn encode_entries<E: AsRef<[u8]>>(entries: &[E]) -> Result<Vec<u8>, Error> {
    if entries.is_empty() || entries.len() > usize::from(TILE_WIDTH) {
        return Err(Error::Range {
            what: "entries of a bundle",
        });
    }
    let mut bundle = Vec::new();
    for entry in entries.iter().map(AsRef::as_ref) {
        let limit = MAX_ENTRY_BYTES as u64;
        let length = u16::try_from(entry.len());
        let length = length.map_err(|_| Error::Limit {
            what: "entry",
            limit,
        })?;
        bundle.extend_from_slice(&length.to_be_bytes());
        bundle.extend_from_slice(entry);
    }
    Ok(bundle)
}

/// Reads an entry bundle of exactly `width` entries, as its path says.
///
/// # Errors
/// [`Error::Limit`] above [`MAX_BUNDLE_BYTES`], [`Error::Range`] unless `width` is 1 to
/// [`TILE_WIDTH`], [`Error::Malformed`] for another number of entries or stray bytes.
pub fn decode_entries(bundle: &[u8], width: u16) -> Result<Vec<&[u8]>, Error> {
    within(BUNDLE, bundle.len(), MAX_BUNDLE_BYTES)?;
    if width == 0 || width > TILE_WIDTH {
        return Err(Error::Range {
            what: "entries of a bundle",
        });
    }
    let mut rest = bundle;
    let mut entries = Vec::with_capacity(width.into());
    for _ in 0..width {
        let (entry, after) = split_entry(rest).ok_or(Error::malformed(BUNDLE, "cut short"))?;
        entries.push(entry);
        rest = after;
    }
    match rest.is_empty() {
        true => Ok(entries),
        false => Err(Error::malformed(BUNDLE, "more entries than its width")),
    }
}

fn split_entry(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk()?;
    rest.split_at_checked(u16::from_be_bytes(*length).into())
}

/// Level in the tree of the hashes of a tile; `None` above the largest tree.
fn level_of(kind: TileKind) -> Option<u8> {
    match kind {
        TileKind::Entries => Some(0),
        TileKind::Hashes { level } => level.checked_mul(TILE_HEIGHT).filter(|level| *level < 64),
    }
}

fn write_index(f: &mut fmt::Formatter<'_>, index: u64) -> fmt::Result {
    let mut divisor = 1;
    while index / divisor >= 1000 {
        divisor *= 1000;
    }
    while divisor > 1 {
        write!(f, "x{:03}/", index / divisor % 1000)?;
        divisor /= 1000;
    }
    write!(f, "{:03}", index % 1000)
}

fn parse_kind(text: &str) -> Result<TileKind, Error> {
    if text == "entries" {
        return Ok(TileKind::Entries);
    }
    let level = u8::try_from(parse_small(text)?).unwrap_or(u8::MAX);
    Ok(TileKind::Hashes { level })
}

fn parse_small(text: &str) -> Result<u16, Error> {
    let number = text::parse_decimal(TILE, text)?;
    u16::try_from(number).map_err(|_| Error::malformed(TILE, "number too large"))
}

/// Lenient: whoever calls compares the path with the canonical one.
fn parse_index(text: &str) -> Result<u64, Error> {
    let malformed = || Error::malformed(TILE, "not the index of a tile");
    text.split('/').try_fold(0_u64, |index, group| {
        let digits = group.strip_prefix('x').unwrap_or(group);
        if digits.len() != 3 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(malformed());
        }
        let digits: u64 = digits.parse().map_err(|_| malformed())?;
        index
            .checked_mul(1000)
            .and_then(|i| i.checked_add(digits))
            .ok_or_else(malformed)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::merkle::{MemoryTree, leaf_hash, node_hash};

    const LEAVES: TileKind = TileKind::Hashes { level: 0 };

    fn tree(size: u64) -> MemoryTree {
        let mut tree = MemoryTree::new();
        let leaves: Vec<_> = (0..size).map(|i| leaf_hash(&i.to_be_bytes())).collect();
        leaves
            .chunks(60_000)
            .for_each(|batch| tree.append(batch).unwrap());
        tree
    }

    #[test]
    fn paths_are_those_of_the_specification() {
        let paths = [
            ("tile/0/000", LEAVES, 0, 256),
            ("tile/0/x001/x234/067", LEAVES, 1_234_067, 256),
            ("tile/1/001.p/17", TileKind::Hashes { level: 1 }, 1, 17),
            ("tile/63/000.p/1", TileKind::Hashes { level: 63 }, 0, 1),
            ("tile/entries/x001/000.p/255", TileKind::Entries, 1000, 255),
            ("tile/entries/999", TileKind::Entries, 999, 256),
        ];
        for (path, kind, index, width) in paths {
            let tile = Tile::new(kind, index, width).unwrap();
            assert_eq!(tile.to_string(), path);
            assert_eq!(path.parse(), Ok(tile));
        }
    }

    #[test]
    fn other_paths_are_refused() {
        let wrong = [
            "",
            "tile/0",
            "tile/0/",
            "/tile/0/000",
            "tile/00/000",
            "tile/64/000",
            "tile/256/000",
            "tile/-1/000",
            "tile/data/000",
            "tile/0/0",
            "tile/0/0000",
            "tile/0/x000/000",
            "tile/0/001/000",
            "tile/0/x001/x000",
            "tile/0/x001",
            "tile/0/000/",
            "tile/0/000.p/0",
            "tile/0/000.p/00",
            "tile/0/000.p/256",
            "tile/0/000.p/01",
            "tile/0/000.p/",
            "tile/0/000.p",
            "tile/0/../000",
            "tile/0/+00",
            "tile/0/x036/x028/x797/x018/x963/968",
            "tile/0/x999/x999/x999/x999/x999/x999/x999/999",
        ];
        for path in wrong {
            assert!(path.parse::<Tile>().is_err(), "{path}");
        }
        assert!(
            "tile/0/x036/x028/x797/x018/x963/967"
                .parse::<Tile>()
                .is_ok()
        );
        let long = format!("tile/0/{}000", "x000/".repeat(20));
        assert_eq!(long.parse::<Tile>().unwrap_err().code(), "E_JOURNAL_LIMIT");
    }

    #[test]
    fn the_example_of_70_000_leaves() {
        let width = |level, index| {
            Tile::at(TileKind::Hashes { level }, index, 70_000).map(|tile| tile.width())
        };
        assert_eq!(
            [width(0, 272), width(0, 273), width(0, 274)],
            [Some(256), Some(112), None]
        );
        assert_eq!(
            [width(1, 0), width(1, 1), width(1, 2)],
            [Some(256), Some(17), None]
        );
        assert_eq!(
            [width(2, 0), width(2, 1), width(3, 0)],
            [Some(1), None, None]
        );
        assert_eq!(
            [width(8, 0), width(63, 0), width(0, u64::MAX)],
            [None, None, None]
        );
        assert_eq!(
            Tile::at(TileKind::Entries, 273, 70_000).unwrap().width(),
            112
        );
        assert_eq!(Tile::at(LEAVES, 1, 256), None);
        assert_eq!(Tile::at(LEAVES, 0, 0), None);
    }

    #[test]
    fn a_hash_of_level_one_covers_a_full_tile() {
        let tree = tree(70_000);
        let below = Tile::at(LEAVES, 5, 70_000).unwrap();
        let bytes = below.hash_bytes(&tree).unwrap();
        assert_eq!(bytes.len(), 8192);
        let mut row = below.parse_hashes(&bytes).unwrap();
        while row.len() > 1 {
            row = row
                .chunks(2)
                .map(|pair| node_hash(&pair[0], &pair[1]))
                .collect();
        }
        let above = Tile::at(TileKind::Hashes { level: 1 }, 0, 70_000).unwrap();
        let above = above
            .parse_hashes(&above.hash_bytes(&tree).unwrap())
            .unwrap();
        assert_eq!(above[5], row[0]);
    }

    #[test]
    fn tiles_that_cannot_be_read_are_refused() {
        let tree = tree(3);
        let tile = |kind, index, width| Tile::new(kind, index, width).unwrap();
        let code = |tile: Tile| tile.hash_bytes(&tree).unwrap_err().code();
        assert_eq!(code(tile(LEAVES, 0, 4)), "E_JOURNAL_HASH_MISSING");
        assert_eq!(
            code(tile(TileKind::Hashes { level: 63 }, 0, 1)),
            "E_JOURNAL_RANGE"
        );
        assert_eq!(code(tile(TileKind::Entries, 0, 3)), "E_JOURNAL_RANGE");
        let three = tile(LEAVES, 0, 3);
        assert!(three.parse_hashes(&[0; 95]).is_err());
        assert!(three.parse_hashes(&[0; 97]).is_err());
        assert!(
            tile(TileKind::Entries, 0, 3)
                .parse_hashes(&[0; 96])
                .is_err()
        );
        assert!(Tile::new(LEAVES, 0, 257).is_err());
        assert!(Tile::new(LEAVES, u64::MAX, 1).is_err());
        assert!(Tile::new(TileKind::Hashes { level: 64 }, 0, 1).is_err());
    }

    #[test]
    fn bundles_return_and_nothing_else() {
        let entries = [b"".as_slice(), b"a", &[7; MAX_ENTRY_BYTES]];
        let bundle = encode_entries(&entries).unwrap();
        assert_eq!(&bundle[..5], &[0, 0, 0, 1, b'a']);
        assert_eq!(decode_entries(&bundle, 3).unwrap(), entries);
        for wrong in [0, 1, 2, 4, 257] {
            assert!(decode_entries(&bundle, wrong).is_err(), "{wrong}");
        }
        assert!(decode_entries(&bundle[..bundle.len() - 1], 3).is_err());
        assert!(decode_entries(&[0], 1).is_err());
    }

    #[test]
    fn bundles_have_limits() {
        assert!(encode_entries::<[u8; 1]>(&[]).is_err());
        assert!(encode_entries(&[[0]; 257]).is_err());
        let long = encode_entries(&[vec![0; MAX_ENTRY_BYTES + 1]]);
        assert_eq!(long.unwrap_err().code(), "E_JOURNAL_LIMIT");
        let over = vec![0; MAX_BUNDLE_BYTES + 1];
        assert_eq!(
            decode_entries(&over, 256).unwrap_err().code(),
            "E_JOURNAL_LIMIT"
        );
    }
}
