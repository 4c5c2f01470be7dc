//! The index: sorted 64-bit tags in buckets, each with Elias–Fano coding, under one Merkle root.
//!
//! A tag is cut in three: the top bits name its bucket, the bottom `low` bits stand as they are,
//! what is between is coded in unary. Tags are uniform, so that each key takes `low` + 2.05 bits
//! where the information bound is 64 − log₂ N + 1.44. A bucket of about a thousand keys is what a
//! lookup reads, what travels in bucket mode, and what one leaf of the tree commits to.
//!
//! **File**: see `docs/protocol-pmp1.md`.

mod bits;
mod bucket;
mod build;
mod file;
mod tree;
mod window;

pub use bucket::Bucket;
pub use build::{Change, MAX_DUMMY_PERCENT, MAX_INDEX_KEYS, build, padded};
pub use file::{INDEX_VERSION, Index, MAX_INDEX_BYTES, bucket_of, buckets_of};
pub use tree::{Path, Root};
pub use window::{Window, next_window};

/// Keys that a bucket holds on average, at most.
pub const BUCKET_KEYS: u64 = 1024;
/// Most bits that name a bucket: at [`MAX_INDEX_KEYS`] keys there are 2^21 buckets.
const MAX_BUCKET_BITS: u32 = 21;

/// How tags are cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cut {
    /// Bits that name the bucket.
    pub(crate) bucket: u32,
    /// Bits that stand as they are.
    pub(crate) low: u32,
}

impl Cut {
    /// For `keys` tags: the smallest number of buckets that hold [`BUCKET_KEYS`] on average, and
    /// the number of low bits that costs least.
    pub(crate) fn of(keys: u64) -> Self {
        let keys = keys.max(1);
        let buckets = keys.div_ceil(BUCKET_KEYS).next_power_of_two();
        let bucket = buckets.trailing_zeros().min(MAX_BUCKET_BITS);
        // ceil(log2 keys), at least the bucket's bits and below 64.
        let top = (u64::BITS - (keys - 1).leading_zeros()).clamp(bucket.max(1), 63);
        Self {
            bucket,
            low: u64::BITS - top,
        }
    }

    /// Number of buckets.
    pub(crate) fn buckets(self) -> usize {
        1 << self.bucket
    }

    /// Which bucket a tag is in.
    pub(crate) fn bucket_of(self, tag: u64) -> usize {
        match self.bucket {
            0 => 0,
            bits => usize::try_from(tag >> (u64::BITS - bits)).unwrap_or(usize::MAX),
        }
    }

    /// The middle bits of a tag: what is coded in unary.
    pub(crate) fn middle(self, tag: u64) -> u64 {
        let cleared = match self.bucket {
            0 => tag,
            bits => tag << bits >> bits,
        };
        cleared >> self.low
    }

    /// One more than the largest middle.
    pub(crate) fn middles(self) -> u64 {
        1 << (u64::BITS - self.bucket - self.low)
    }

    /// The bottom bits of a tag.
    pub(crate) fn low_of(self, tag: u64) -> u64 {
        tag & ((1 << self.low) - 1)
    }

    /// A tag from its parts.
    pub(crate) fn tag(self, bucket: usize, middle: u64, low: u64) -> u64 {
        let top = match self.bucket {
            0 => 0,
            bits => (bucket as u64) << (u64::BITS - bits),
        };
        top | (middle << self.low) | low
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_tag_comes_together_again() {
        for keys in [0, 1, 2, 1000, 1025, 1 << 20, (1 << 20) + 1, 1 << 31] {
            let cut = Cut::of(keys);
            assert!(cut.bucket + cut.low < 64 && cut.low >= 1, "{keys}: {cut:?}");
            for tag in [0, 1, u64::MAX, 0x0123_4567_89ab_cdef, 1 << 63] {
                let parts = (cut.bucket_of(tag), cut.middle(tag), cut.low_of(tag));
                assert!(parts.0 < cut.buckets() && parts.1 < cut.middles());
                assert_eq!(cut.tag(parts.0, parts.1, parts.2), tag);
            }
        }
    }
}
