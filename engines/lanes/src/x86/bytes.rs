//! Bytes of eight lanes to registers and back.

use core::arch::x86_64::{
    __m256i, __m512i, _mm256_extract_epi64, _mm512_castsi512_si256, _mm512_extracti64x4_epi64,
    _mm512_setr_epi64,
};

use crate::Encoding;

/// Four words of 64 bits of eight encodings, lowest first.
pub(super) type Words = [__m512i; 4];

/// Word `n` of all lanes stands in register `n`.
#[inline]
#[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
pub(super) fn gathered(bytes: &[Encoding; 8]) -> Words {
    let [a, b, c, d, e, f, g, h] = bytes.map(split);
    let word = |n: usize| {
        let of = |lane: &[i64; 4]| lane.get(n).copied().unwrap_or_default();
        _mm512_setr_epi64(
            of(&a),
            of(&b),
            of(&c),
            of(&d),
            of(&e),
            of(&f),
            of(&g),
            of(&h),
        )
    };
    [word(0), word(1), word(2), word(3)]
}

fn split(bytes: Encoding) -> [i64; 4] {
    let mut words = [0; 4];
    for (word, eight) in words.iter_mut().zip(bytes.as_chunks::<8>().0) {
        *word = i64::from_le_bytes(*eight);
    }
    words
}

/// The reverse of [`gathered`].
#[inline]
#[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
pub(super) fn scattered(words: &Words) -> [Encoding; 8] {
    let mut out = [[0; 32]; 8];
    for (n, word) in words.iter().enumerate() {
        for (lane, value) in out.iter_mut().zip(lanes(*word)) {
            if let Some(eight) = lane.as_chunks_mut::<8>().0.get_mut(n) {
                *eight = value.to_le_bytes();
            }
        }
    }
    out
}

#[inline]
#[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
fn lanes(word: __m512i) -> [i64; 8] {
    let [a, b, c, d] = half(_mm512_castsi512_si256(word));
    let [e, f, g, h] = half(_mm512_extracti64x4_epi64::<1>(word));
    [a, b, c, d, e, f, g, h]
}

#[inline]
#[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
fn half(word: __m256i) -> [i64; 4] {
    [
        _mm256_extract_epi64::<0>(word),
        _mm256_extract_epi64::<1>(word),
        _mm256_extract_epi64::<2>(word),
        _mm256_extract_epi64::<3>(word),
    ]
}
