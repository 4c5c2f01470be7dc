//! Bits in bytes, least significant first.

/// Writes bits.
#[derive(Debug, Default)]
pub(super) struct Writer {
    bytes: Vec<u8>,
    /// Bits that do not fill a byte yet.
    open: u128,
    count: u32,
}

impl Writer {
    /// The `width` lowest bits of `value`; `width` is at most 64.
    pub(super) fn put(&mut self, value: u64, width: u32) {
        self.open |= u128::from(value) << self.count;
        self.count += width;
        while self.count >= 8 {
            self.bytes.push((self.open & 0xff) as u8);
            self.open >>= 8;
            self.count -= 8;
        }
    }

    /// `zeros` zeros and a one.
    pub(super) fn unary(&mut self, mut zeros: u64) {
        while zeros >= 64 {
            self.put(0, 64);
            zeros -= 64;
        }
        self.put(1 << zeros.min(63), zeros as u32 + 1);
    }

    /// Fills the last byte with zeros.
    pub(super) fn finish(mut self) -> Vec<u8> {
        if self.count > 0 {
            self.bytes.push((self.open & 0xff) as u8);
        }
        self.bytes
    }
}

/// The `width` bits that begin at bit `at`, or `None` beyond the end; `width` is at most 64.
pub(super) fn read(bytes: &[u8], at: usize, width: u32) -> Option<u64> {
    if width == 0 {
        return Some(0);
    }
    let (first, shift) = (at / 8, at % 8);
    let length = (shift + width as usize).div_ceil(8);
    let window = bytes.get(first..first.checked_add(length)?)?;
    let mut value: u128 = 0;
    for (position, byte) in window.iter().enumerate() {
        value |= u128::from(*byte) << (8 * position);
    }
    let mask = (1_u128 << width) - 1;
    u64::try_from((value >> shift) & mask).ok()
}

/// Goes over the ones of a string of bits, word by word.
pub(super) struct Ones<'a> {
    bytes: &'a [u8],
    /// Byte at which the next word begins.
    next: usize,
    word: u64,
    /// Position of the first bit of `word`.
    base: u64,
}

impl<'a> Ones<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            next: 0,
            word: 0,
            base: 0,
        }
    }
}

impl Iterator for Ones<'_> {
    type Item = u64;

    fn next(&mut self) -> Option<u64> {
        while self.word == 0 {
            let rest = self.bytes.get(self.next..)?;
            if rest.is_empty() {
                return None;
            }
            let mut word = [0; 8];
            let taken = rest.len().min(8);
            word.get_mut(..taken)?.copy_from_slice(rest.get(..taken)?);
            self.word = u64::from_le_bytes(word);
            self.base = self.next as u64 * 8;
            self.next += 8;
        }
        let at = self.word.trailing_zeros();
        self.word &= self.word - 1;
        Some(self.base + u64::from(at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_is_read() {
        let mut writer = Writer::default();
        let values = [(5, 3), (0, 1), (u64::MAX, 64), (1 << 40, 41), (7, 20)];
        for (value, width) in values {
            writer.put(value, width);
        }
        let bytes = writer.finish();
        let mut at = 0;
        for (value, width) in values {
            assert_eq!(read(&bytes, at, width), Some(value));
            at += width as usize;
        }
        assert_eq!(read(&bytes, at, 64), None);
        assert_eq!(read(&bytes, usize::MAX, 64), None);
    }

    #[test]
    fn ones_are_found_where_they_stand() {
        let mut writer = Writer::default();
        let gaps = [0, 1, 63, 64, 65, 200, 0, 0];
        gaps.iter().for_each(|gap| writer.unary(*gap));
        let bytes = writer.finish();
        let mut expected = Vec::new();
        let mut at = 0;
        for gap in gaps {
            at += gap;
            expected.push(at);
            at += 1;
        }
        assert_eq!(Ones::new(&bytes).collect::<Vec<_>>(), expected);
    }
}
