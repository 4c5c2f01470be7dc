//! Eight elements of the field of 2^255 − 19 side by side.
//!
//! An element is five limbs of 51 bits, limb `i` worth 2^(51·i); lane `j` of the five registers
//! is element `j`. **Between operations every limb is below 2^51 + 2^14** ("reduced" here; the
//! same value can have several such forms, [`Fe::canonical`] gives the one that encodings use).
//! The multiplier takes 52 bits and gives the low or the high 52 bits of a product: a high half
//! is worth 2^52 = 2·2^51, so it counts twice in the next limb.

use core::arch::x86_64::{
    __m512i, __mmask8, _mm512_add_epi64, _mm512_and_si512, _mm512_cmpeq_epi64_mask,
    _mm512_madd52hi_epu64, _mm512_madd52lo_epu64, _mm512_mask_blend_epi64, _mm512_mullo_epi64,
    _mm512_or_si512, _mm512_permutexvar_epi64, _mm512_set1_epi64, _mm512_setzero_si512,
    _mm512_slli_epi64, _mm512_srli_epi64, _mm512_sub_epi64, _mm512_ternarylogic_epi64,
    _mm512_test_epi64_mask, _mm512_xor_si512,
};

use super::bytes::{Words, gathered, scattered};
use crate::Encoding;

/// The low 51 bits.
const MASK: i64 = (1 << 51) - 1;
/// 2·(2^255 − 19) in limbs: added before a subtraction, so that no limb goes below zero.
const TWICE_P: [i64; 5] = [
    (1 << 52) - 38,
    (1 << 52) - 2,
    (1 << 52) - 2,
    (1 << 52) - 2,
    (1 << 52) - 2,
];

/// Eight field elements.
#[derive(Clone, Copy)]
pub(super) struct Fe([__m512i; 5]);

/// Limbs that may be as large as 2^63: what sums and products are before their carries.
#[derive(Clone, Copy)]
pub(super) struct Wide([__m512i; 5]);

/// A number, the same in all lanes.
#[derive(Clone, Copy)]
pub(super) struct Constant(pub(super) [i64; 5]);

impl Constant {
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
    pub(super) fn fe(self) -> Fe {
        let [a, b, c, d, e] = self.0;
        Fe([
            _mm512_set1_epi64(a),
            _mm512_set1_epi64(b),
            _mm512_set1_epi64(c),
            _mm512_set1_epi64(d),
            _mm512_set1_epi64(e),
        ])
    }
}

#[inline]
#[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
fn lo(sum: __m512i, a: __m512i, b: __m512i) -> __m512i {
    _mm512_madd52lo_epu64(sum, a, b)
}

#[inline]
#[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
fn hi(sum: __m512i, a: __m512i, b: __m512i) -> __m512i {
    _mm512_madd52hi_epu64(sum, a, b)
}

#[inline]
#[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
fn add(a: __m512i, b: __m512i) -> __m512i {
    _mm512_add_epi64(a, b)
}

#[inline]
#[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
fn twice(a: __m512i) -> __m512i {
    _mm512_add_epi64(a, a)
}

/// Nineteen times a number below 2^57: what a limb beyond the fifth is worth (2^255 = 19).
#[inline]
#[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
fn folded(a: __m512i) -> __m512i {
    _mm512_mullo_epi64(a, _mm512_set1_epi64(19))
}

impl Wide {
    /// One carry of every limb into the next at once, the last one into the first. For limbs
    /// below 2^61 the result is reduced: a carry is below 2^10, nineteen times that below 2^14.
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
    pub(super) fn carried(self) -> Fe {
        let [r0, r1, r2, r3, r4] = self.0;
        let mask = _mm512_set1_epi64(MASK);
        let top = _mm512_srli_epi64::<51>(r4);
        Fe([
            lo(_mm512_and_si512(r0, mask), top, _mm512_set1_epi64(19)),
            add(_mm512_and_si512(r1, mask), _mm512_srli_epi64::<51>(r0)),
            add(_mm512_and_si512(r2, mask), _mm512_srli_epi64::<51>(r1)),
            add(_mm512_and_si512(r3, mask), _mm512_srli_epi64::<51>(r2)),
            add(_mm512_and_si512(r4, mask), _mm512_srli_epi64::<51>(r3)),
        ])
    }

    /// Sum without a carry. At most a thousand reduced elements may be summed up so.
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
    pub(super) fn plus(self, other: &Fe) -> Self {
        let ([a0, a1, a2, a3, a4], [b0, b1, b2, b3, b4]) = (self.0, other.0);
        Self([
            add(a0, b0),
            add(a1, b1),
            add(a2, b2),
            add(a3, b3),
            add(a4, b4),
        ])
    }

    /// Difference without a carry, with 2p added.
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
    pub(super) fn minus(self, other: &Fe) -> Self {
        let [p0, p1, p2, p3, p4] = Constant(TWICE_P).fe().0;
        let ([a0, a1, a2, a3, a4], [b0, b1, b2, b3, b4]) = (self.0, other.0);
        Self([
            add(a0, _mm512_sub_epi64(p0, b0)),
            add(a1, _mm512_sub_epi64(p1, b1)),
            add(a2, _mm512_sub_epi64(p2, b2)),
            add(a3, _mm512_sub_epi64(p3, b3)),
            add(a4, _mm512_sub_epi64(p4, b4)),
        ])
    }
}

impl Fe {
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
    pub(super) fn zero() -> Self {
        Self([_mm512_setzero_si512(); 5])
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
    pub(super) fn one() -> Self {
        Constant([1, 0, 0, 0, 0]).fe()
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
    pub(super) fn wide(&self) -> Wide {
        Wide(self.0)
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
    pub(super) fn plus(&self, other: &Self) -> Self {
        self.wide().plus(other).carried()
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
    pub(super) fn minus(&self, other: &Self) -> Self {
        self.wide().minus(other).carried()
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
    pub(super) fn negated(&self) -> Self {
        Self::zero().minus(self)
    }

    /// Product. Each column is below 15·2^52, with its fold below 300·2^52 < 2^61.
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
    pub(super) fn times(&self, other: &Self) -> Self {
        let ([a0, a1, a2, a3, a4], [b0, b1, b2, b3, b4]) = (self.0, other.0);
        let z = _mm512_setzero_si512();
        // High halves of columns 4 to 8, then what lies beyond the fifth limb.
        let h4 = hi(hi(hi(hi(hi(z, a0, b4), a1, b3), a2, b2), a3, b1), a4, b0);
        let h5 = hi(hi(hi(hi(z, a1, b4), a2, b3), a3, b2), a4, b1);
        let h6 = hi(hi(hi(z, a2, b4), a3, b3), a4, b2);
        let h7 = hi(hi(z, a3, b4), a4, b3);
        let h8 = hi(z, a4, b4);
        let c5 = lo(lo(lo(lo(twice(h4), a1, b4), a2, b3), a3, b2), a4, b1);
        let c6 = lo(lo(lo(twice(h5), a2, b4), a3, b3), a4, b2);
        let c7 = lo(lo(twice(h6), a3, b4), a4, b3);
        let c8 = lo(twice(h7), a4, b4);
        let c9 = twice(h8);
        let h0 = hi(z, a0, b0);
        let h1 = hi(hi(z, a0, b1), a1, b0);
        let h2 = hi(hi(hi(z, a0, b2), a1, b1), a2, b0);
        let h3 = hi(hi(hi(hi(z, a0, b3), a1, b2), a2, b1), a3, b0);
        let c0 = lo(z, a0, b0);
        let c1 = lo(lo(twice(h0), a0, b1), a1, b0);
        let c2 = lo(lo(lo(twice(h1), a0, b2), a1, b1), a2, b0);
        let c3 = lo(lo(lo(lo(twice(h2), a0, b3), a1, b2), a2, b1), a3, b0);
        let c4 = lo(
            lo(lo(lo(lo(twice(h3), a0, b4), a1, b3), a2, b2), a3, b1),
            a4,
            b0,
        );
        Wide([
            add(c0, folded(c5)),
            add(c1, folded(c6)),
            add(c2, folded(c7)),
            add(c3, folded(c8)),
            add(c4, folded(c9)),
        ])
        .carried()
    }

    /// Square: the products of two different limbs once, and doubled. Bounds as in
    /// [`Fe::times`].
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
    pub(super) fn squared(&self) -> Self {
        let [a0, a1, a2, a3, a4] = self.0;
        let z = _mm512_setzero_si512();
        // High halves of pairs, by column; they count four times in the next.
        let q1 = hi(z, a0, a1);
        let q2 = hi(z, a0, a2);
        let q3 = hi(hi(z, a0, a3), a1, a2);
        let q4 = hi(hi(z, a0, a4), a1, a3);
        let q5 = hi(hi(z, a1, a4), a2, a3);
        let q6 = hi(z, a2, a4);
        let q7 = hi(z, a3, a4);
        // What counts twice: low halves of pairs, high halves of squares.
        let t1 = lo(hi(z, a0, a0), a0, a1);
        let t2 = lo(twice(q1), a0, a2);
        let t3 = lo(lo(hi(twice(q2), a1, a1), a0, a3), a1, a2);
        let t4 = lo(lo(twice(q3), a0, a4), a1, a3);
        let t5 = lo(lo(hi(twice(q4), a2, a2), a1, a4), a2, a3);
        let t6 = lo(twice(q5), a2, a4);
        let t7 = lo(hi(twice(q6), a3, a3), a3, a4);
        let t8 = twice(q7);
        let t9 = hi(z, a4, a4);
        let c0 = lo(z, a0, a0);
        let c2 = lo(twice(t2), a1, a1);
        let c4 = lo(twice(t4), a2, a2);
        let c6 = lo(twice(t6), a3, a3);
        let c8 = lo(twice(t8), a4, a4);
        Wide([
            add(c0, folded(twice(t5))),
            add(twice(t1), folded(c6)),
            add(c2, folded(twice(t7))),
            add(twice(t3), folded(c8)),
            add(c4, folded(twice(t9))),
        ])
        .carried()
    }

    /// The form with limbs below 2^51 and a value below p.
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
    pub(super) fn canonical(&self) -> Self {
        let [r0, r1, r2, r3, r4] = self.0;
        let nineteen = _mm512_set1_epi64(19);
        // Reduced limbs make at most 2^255 + 2^219: the quotient by p is 0 or 1, and it is what
        // a carry of value + 19 leaves beyond bit 255.
        let mut q = _mm512_srli_epi64::<51>(add(r0, nineteen));
        q = _mm512_srli_epi64::<51>(add(r1, q));
        q = _mm512_srli_epi64::<51>(add(r2, q));
        q = _mm512_srli_epi64::<51>(add(r3, q));
        q = _mm512_srli_epi64::<51>(add(r4, q));
        let mask = _mm512_set1_epi64(MASK);
        let r0 = lo(r0, q, nineteen);
        let r1 = add(r1, _mm512_srli_epi64::<51>(r0));
        let r2 = add(r2, _mm512_srli_epi64::<51>(r1));
        let r3 = add(r3, _mm512_srli_epi64::<51>(r2));
        let r4 = add(r4, _mm512_srli_epi64::<51>(r3));
        Self([
            _mm512_and_si512(r0, mask),
            _mm512_and_si512(r1, mask),
            _mm512_and_si512(r2, mask),
            _mm512_and_si512(r3, mask),
            _mm512_and_si512(r4, mask),
        ])
    }

    /// The lanes that hold zero.
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
    pub(super) fn zeros(&self) -> __mmask8 {
        let [a, b, c, d, e] = self.canonical().0;
        let any = _mm512_or_si512(
            _mm512_or_si512(a, b),
            _mm512_or_si512(_mm512_or_si512(c, d), e),
        );
        _mm512_cmpeq_epi64_mask(any, _mm512_setzero_si512())
    }

    /// The lanes in which both hold the same.
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
    pub(super) fn equals(&self, other: &Self) -> __mmask8 {
        self.minus(other).zeros()
    }

    /// The lanes that are negative: odd in canonical form (RFC 9496, section 3.1).
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
    pub(super) fn negatives(&self) -> __mmask8 {
        let [low, ..] = self.canonical().0;
        _mm512_test_epi64_mask(low, _mm512_set1_epi64(1))
    }

    /// `other` in the lanes of the mask, this one in the rest.
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
    pub(super) fn or_where(&self, mask: __mmask8, other: &Self) -> Self {
        let ([a0, a1, a2, a3, a4], [b0, b1, b2, b3, b4]) = (self.0, other.0);
        Self([
            _mm512_mask_blend_epi64(mask, a0, b0),
            _mm512_mask_blend_epi64(mask, a1, b1),
            _mm512_mask_blend_epi64(mask, a2, b2),
            _mm512_mask_blend_epi64(mask, a3, b3),
            _mm512_mask_blend_epi64(mask, a4, b4),
        ])
    }

    /// `other` in the lanes whose mask is all ones, this one where it is all zeros. Unlike
    /// [`Fe::or_where`] this never becomes a load under a mask: `other` is read whole.
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
    pub(super) fn or_by(&self, mask: __m512i, other: &Self) -> Self {
        // Truth table of "the third says whether it is the second or the first".
        const CHOICE: i32 = 0b1101_1000;
        let ([a0, a1, a2, a3, a4], [b0, b1, b2, b3, b4]) = (self.0, other.0);
        Self([
            _mm512_ternarylogic_epi64::<CHOICE>(a0, b0, mask),
            _mm512_ternarylogic_epi64::<CHOICE>(a1, b1, mask),
            _mm512_ternarylogic_epi64::<CHOICE>(a2, b2, mask),
            _mm512_ternarylogic_epi64::<CHOICE>(a3, b3, mask),
            _mm512_ternarylogic_epi64::<CHOICE>(a4, b4, mask),
        ])
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
    pub(super) fn negated_where(&self, mask: __mmask8) -> Self {
        self.or_where(mask, &self.negated())
    }

    /// The one of x and −x that is not negative.
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
    pub(super) fn absolute(&self) -> Self {
        self.negated_where(self.negatives())
    }

    /// Lane `j` of the result is lane `order[j]`.
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
    pub(super) fn permuted(&self, order: __m512i) -> Self {
        let [a, b, c, d, e] = self.0;
        Self([
            _mm512_permutexvar_epi64(order, a),
            _mm512_permutexvar_epi64(order, b),
            _mm512_permutexvar_epi64(order, c),
            _mm512_permutexvar_epi64(order, d),
            _mm512_permutexvar_epi64(order, e),
        ])
    }

    /// From 32 bytes each, little-endian, without the highest bit: any value below 2^255.
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
    pub(super) fn from_words(words: &Words) -> Self {
        let [w0, w1, w2, w3] = *words;
        let mask = _mm512_set1_epi64(MASK);
        let joined =
            |low: __m512i, high: __m512i| _mm512_and_si512(_mm512_or_si512(low, high), mask);
        Self([
            _mm512_and_si512(w0, mask),
            joined(_mm512_srli_epi64::<51>(w0), _mm512_slli_epi64::<13>(w1)),
            joined(_mm512_srli_epi64::<38>(w1), _mm512_slli_epi64::<26>(w2)),
            joined(_mm512_srli_epi64::<25>(w2), _mm512_slli_epi64::<39>(w3)),
            _mm512_and_si512(_mm512_srli_epi64::<12>(w3), mask),
        ])
    }

    /// Reads encodings; the mask tells the lanes whose encoding is the canonical one.
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
    pub(super) fn from_bytes(bytes: &[Encoding; 8]) -> (Self, __mmask8) {
        let words = gathered(bytes);
        let read = Self::from_words(&words);
        let mut differ = _mm512_setzero_si512();
        for (a, b) in words.iter().zip(read.words()) {
            differ = _mm512_or_si512(differ, _mm512_xor_si512(*a, b));
        }
        let canonical = _mm512_cmpeq_epi64_mask(differ, _mm512_setzero_si512());
        (read, canonical)
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
    pub(super) fn to_bytes(self) -> [Encoding; 8] {
        scattered(&self.words())
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
    fn words(&self) -> Words {
        let [a, b, c, d, e] = self.canonical().0;
        [
            _mm512_or_si512(a, _mm512_slli_epi64::<51>(b)),
            _mm512_or_si512(_mm512_srli_epi64::<13>(b), _mm512_slli_epi64::<38>(c)),
            _mm512_or_si512(_mm512_srli_epi64::<26>(c), _mm512_slli_epi64::<25>(d)),
            _mm512_or_si512(_mm512_srli_epi64::<39>(d), _mm512_slli_epi64::<12>(e)),
        ]
    }
}
