//! One bucket: how many tags, their low bits, and their middle bits in unary.

use super::Cut;
use super::bits::{Ones, Writer, read};
use crate::{Error, Tag};

/// Bytes that hold the number of tags of a bucket.
const COUNT_BYTES: usize = 4;

/// One bucket, checked: what is counted is there, in order, and nothing else.
#[derive(Debug, Clone, Copy)]
pub struct Bucket<'a> {
    cut: Cut,
    number: usize,
    count: usize,
    low: &'a [u8],
    unary: &'a [u8],
}

impl<'a> Bucket<'a> {
    /// Reads the bucket of this number.
    ///
    /// # Errors
    /// `E_MATCH_FILE` where it is cut, longer than it says, or its tags are out of order.
    pub(crate) fn parse(cut: Cut, number: usize, bytes: &'a [u8]) -> Result<Self, Error> {
        let bucket = Self::trusted(cut, number, bytes)?;
        let mut before = None;
        let mut seen = 0;
        for tag in bucket.tags() {
            if before.is_some_and(|before| before >= tag) {
                return Err(wrong("tags are out of order"));
            }
            before = Some(tag);
            seen += 1;
        }
        let last = Ones::new(bucket.unary).last().unwrap_or(0);
        let ones = Ones::new(bucket.unary).count();
        let length = match ones {
            0 => 0,
            _ => usize::try_from(last / 8 + 1).unwrap_or(usize::MAX),
        };
        if seen != bucket.count || ones != bucket.count || length != bucket.unary.len() {
            return Err(wrong("tags are missing"));
        }
        if last >= cut.middles() + bucket.count as u64 {
            return Err(wrong("a tag is out of its bucket"));
        }
        Ok(bucket)
    }

    /// The same where the bytes were checked before.
    pub(crate) fn trusted(cut: Cut, number: usize, bytes: &'a [u8]) -> Result<Self, Error> {
        let (count, rest) = bytes
            .split_first_chunk::<COUNT_BYTES>()
            .ok_or(wrong("is cut"))?;
        let count = u32::from_le_bytes(*count) as usize;
        // No more tags than bits: checked before anything is multiplied or reserved.
        if count > rest.len().saturating_mul(8) {
            return Err(wrong("is cut"));
        }
        let low_bytes = (count * cut.low as usize).div_ceil(8);
        let low = rest.get(..low_bytes).ok_or(wrong("is cut"))?;
        let unary = rest.get(low_bytes..).ok_or(wrong("is cut"))?;
        Ok(Self {
            cut,
            number,
            count,
            low,
            unary,
        })
    }

    /// Writes a bucket of sorted tags, each once.
    pub(crate) fn write(cut: Cut, tags: &[u64]) -> Vec<u8> {
        let mut low = Writer::default();
        let mut unary = Writer::default();
        let mut before = 0;
        for tag in tags {
            low.put(cut.low_of(*tag), cut.low);
            let middle = cut.middle(*tag);
            unary.unary(middle - before);
            before = middle;
        }
        let count = u32::try_from(tags.len()).unwrap_or(u32::MAX);
        let mut bytes = count.to_le_bytes().to_vec();
        bytes.extend(low.finish());
        bytes.extend(unary.finish());
        bytes
    }

    /// Number of tags.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Its tags, in order.
    pub fn tags(&self) -> impl Iterator<Item = Tag> + '_ {
        let ones = (0_u64..).zip(Ones::new(self.unary)).take(self.count);
        ones.filter_map(|(rank, at)| {
            let position = usize::try_from(rank).ok()? * self.cut.low as usize;
            let low = read(self.low, position, self.cut.low)?;
            let middle = at.checked_sub(rank)?;
            Some(Tag(self.cut.tag(self.number, middle, low)))
        })
    }

    /// Whether it holds a tag. Reads the unary part once and the low bits of tags with the
    /// same middle, which is one on average.
    pub fn holds(&self, tag: Tag) -> bool {
        let (middle, low) = (self.cut.middle(tag.0), self.cut.low_of(tag.0));
        for (rank, at) in (0_u64..).zip(Ones::new(self.unary)).take(self.count) {
            let here = at.saturating_sub(rank);
            if here > middle {
                return false;
            }
            if here == middle {
                let position = rank as usize * self.cut.low as usize;
                if read(self.low, position, self.cut.low) == Some(low) {
                    return true;
                }
            }
        }
        false
    }
}

fn wrong(why: &'static str) -> Error {
    Error::File {
        what: "bucket",
        why,
    }
}
