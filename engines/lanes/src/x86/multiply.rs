//! Scalar multiplication and sums: signed windows of four bits, and a table of eight multiples
//! that is read whole for every window, so that neither branch nor address depends on a scalar.

use core::arch::x86_64::{
    __m512i, _mm_cvtsi64_si128, _mm512_abs_epi64, _mm512_cmpeq_epi64_mask, _mm512_cvtepi8_epi64,
    _mm512_movepi64_mask, _mm512_movm_epi64, _mm512_set1_epi64, _mm512_setr_epi64,
};

use super::point::{Point, Short, Summand};
use crate::scalar::{Digits, WINDOWS};

/// Vectors of points that share their doublings: the tables of that many take 640 KiB.
const SHARED: usize = 64;

/// Multiples 1 to 8 of eight points.
struct Table([Summand; 8]);

impl Table {
    #[inline(never)]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
    fn new(point: &Point) -> Self {
        let one = point.summand();
        let mut table = [one; 8];
        let mut multiple = *point;
        for (n, place) in table.iter_mut().enumerate() {
            if n > 0 {
                // The formula holds for doublings as well.
                multiple = multiple.plus(&one);
                *place = multiple.summand();
            }
        }
        Self(table)
    }

    /// The multiple that each lane asks for with a digit of −8 to 8.
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
    fn select(&self, digits: __m512i) -> Summand {
        let size = _mm512_abs_epi64(digits);
        let mut out = Summand::identity();
        let mut number = 0;
        for multiple in &self.0 {
            number += 1;
            let here = _mm512_cmpeq_epi64_mask(size, _mm512_set1_epi64(number));
            out = out.or_by(_mm512_movm_epi64(here), multiple);
        }
        out.negated_where(_mm512_movepi64_mask(digits))
    }
}

/// Digits of one window in all lanes.
#[inline]
#[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
fn widened(window: [i8; 8]) -> __m512i {
    let bytes = window.map(i8::cast_unsigned);
    _mm512_cvtepi8_epi64(_mm_cvtsi64_si128(i64::from_le_bytes(bytes)))
}

/// Each lane times its scalar.
#[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
pub(crate) fn multiply(point: &Point, digits: &Digits) -> Point {
    let table = Table::new(point);
    let mut windows = digits.iter().rev();
    let mut sum = Short::identity();
    if let Some(first) = windows.next() {
        let selected = table.select(widened(*first));
        sum = selected.short();
    }
    let mut whole = sum.sixteenfold();
    for (n, window) in (2..).zip(windows) {
        let selected = table.select(widened(*window));
        if n == WINDOWS {
            return whole.plus(&selected);
        }
        whole = whole.plus_short(&selected).sixteenfold();
    }
    whole
}

/// The sum of all lanes of all points, each times its own scalar, in every lane.
#[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
pub(crate) fn sum(points: &[Point], digits: &[Digits]) -> Point {
    let mut total = Short::identity().sixteenfold();
    for (points, digits) in points.chunks(SHARED).zip(digits.chunks(SHARED)) {
        total = total.plus(&part(points, digits).summand());
    }
    for order in [
        [4, 5, 6, 7, 0, 1, 2, 3],
        [2, 3, 4, 5, 6, 7, 0, 1],
        [1, 2, 3, 4, 5, 6, 7, 0],
    ] {
        let [a, b, c, d, e, f, g, h] = order;
        let turned = total.permuted(_mm512_setr_epi64(a, b, c, d, e, f, g, h));
        total = total.plus(&turned.summand());
    }
    total
}

#[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
fn part(points: &[Point], digits: &[Digits]) -> Point {
    let mut tables = Vec::with_capacity(points.len());
    for point in points {
        tables.push(Table::new(point));
    }
    let mut sum = Short::identity().sixteenfold();
    for window in (0..WINDOWS).rev() {
        sum = sum.short().sixteenfold();
        for (table, digits) in tables.iter().zip(digits) {
            if let Some(window) = digits.get(window) {
                sum = sum.plus(&table.select(widened(*window)));
            }
        }
    }
    sum
}
