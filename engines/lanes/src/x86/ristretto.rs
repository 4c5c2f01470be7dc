//! The group ristretto255 (RFC 9496, section 4) in eight lanes: decoding, encoding, and the map
//! from 64 uniform bytes.

use core::arch::x86_64::__mmask8;

use super::bytes::gathered;
use super::constants::{
    D, D_MINUS_ONE_SQ, INVSQRT_A_MINUS_D, ONE_MINUS_D_SQ, SQRT_AD_MINUS_ONE, SQRT_M1,
};
use super::field::Fe;
use super::point::Point;
use crate::Encoding;

/// RFC 9496, section 4.3.1. The mask tells the lanes that hold an encoding; the points of the
/// others mean nothing.
#[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
pub(crate) fn decode(bytes: &[Encoding; 8]) -> (Point, __mmask8) {
    let (s, canonical) = Fe::from_bytes(bytes);
    let ss = s.squared();
    let (u1, u2) = (Fe::one().minus(&ss), Fe::one().plus(&ss));
    let u2_squared = u2.squared();
    let v = D.fe().times(&u1.squared()).negated().minus(&u2_squared);
    let [(square, root)] = roots([(Fe::one(), v.times(&u2_squared))]);
    let den_x = root.times(&u2);
    let den_y = root.times(&den_x).times(&v);
    let x = s.plus(&s).times(&den_x).absolute();
    let y = u1.times(&den_y);
    let t = x.times(&y);
    let valid = canonical & !s.negatives() & square & !t.negatives() & !y.zeros();
    let z = Fe::one();
    (Point { x, y, z, t }, valid)
}

/// RFC 9496, section 4.3.2.
#[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
pub(crate) fn encode(point: &Point) -> [Encoding; 8] {
    let Point { x, y, z, t } = point;
    let u1 = z.plus(y).times(&z.minus(y));
    let u2 = x.times(y);
    let [(_, root)] = roots([(Fe::one(), u1.times(&u2.squared()))]);
    let (den1, den2) = (root.times(&u1), root.times(&u2));
    let z_inverse = den1.times(&den2).times(t);
    let rotate = t.times(&z_inverse).negatives();
    let turned_x = y.times(&SQRT_M1.fe());
    let turned_y = x.times(&SQRT_M1.fe());
    let turned_den = den1.times(&INVSQRT_A_MINUS_D.fe());
    let x = x.or_where(rotate, &turned_x);
    let y = y.or_where(rotate, &turned_y);
    let den = den2.or_where(rotate, &turned_den);
    let y = y.negated_where(x.times(&z_inverse).negatives());
    den.times(&z.minus(&y)).absolute().to_bytes()
}

/// RFC 9496, section 4.3.4: two maps, and their sum.
#[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
pub(crate) fn from_uniform(bytes: &[[u8; 64]; 8]) -> Point {
    let halves = |second: bool| {
        bytes.map(|bytes| {
            let mut half = [0; 32];
            let from = &bytes.as_chunks::<32>().0;
            if let Some(found) = from.get(usize::from(second)) {
                half = *found;
            }
            half
        })
    };
    let first = Fe::from_words(&gathered(&halves(false)));
    let second = Fe::from_words(&gathered(&halves(true)));
    let [a, b] = mapped([first, second]);
    a.plus(&b.summand())
}

/// The function MAP of RFC 9496, section 4.3.4, twice: both square roots run side by side.
#[inline]
#[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
fn mapped(numbers: [Fe; 2]) -> [Point; 2] {
    let [first, second] = numbers;
    let (a, b) = (Start::new(first), Start::new(second));
    let [for_a, for_b] = roots([(a.u, a.v), (b.u, b.v)]);
    [a.finish(for_a), b.finish(for_b)]
}

/// The first half of MAP, in its names.
struct Start {
    t: Fe,
    r: Fe,
    u: Fe,
    v: Fe,
}

impl Start {
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
    fn new(t: Fe) -> Self {
        let (one, d) = (Fe::one(), D.fe());
        let r = SQRT_M1.fe().times(&t.squared());
        let u = r.plus(&one).times(&ONE_MINUS_D_SQ.fe());
        let v = one.plus(&r.times(&d)).negated().times(&r.plus(&d));
        Self { t, r, u, v }
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
    fn finish(&self, (square, root): (__mmask8, Fe)) -> Point {
        let one = Fe::one();
        let other = root.times(&self.t).absolute().negated();
        let s = other.or_where(square, &root);
        let c = self.r.or_where(square, &one.negated());
        let n = c
            .times(&self.r.minus(&one))
            .times(&D_MINUS_ONE_SQ.fe())
            .minus(&self.v);
        let w0 = s.plus(&s).times(&self.v);
        let w1 = n.times(&SQRT_AD_MINUS_ONE.fe());
        let ss = s.squared();
        let (w2, w3) = (one.minus(&ss), one.plus(&ss));
        Point {
            x: w0.times(&w3),
            y: w2.times(&w1),
            z: w1.times(&w3),
            t: w0.times(&w2),
        }
    }
}

/// SQRT_RATIO_M1 of RFC 9496, section 4.2: for each (u, v) the lanes in which u/v is a square,
/// and the root of u/v or of i·u/v that is not negative. Several at once, since one long power
/// alone waits for itself.
#[inline]
#[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
fn roots<const N: usize>(fractions: [(Fe, Fe); N]) -> [(__mmask8, Fe); N] {
    let mut starts = [(Fe::zero(), Fe::zero()); N];
    for (start, (u, v)) in starts.iter_mut().zip(&fractions) {
        let v3 = v.squared().times(v);
        *start = (u.times(&v3), u.times(&v3.squared().times(v)));
    }
    let powers = powers(starts.map(|(_, uv7)| uv7));
    let mut out = [(0, Fe::zero()); N];
    for (((out, (u, v)), (uv3, _)), power) in
        out.iter_mut().zip(&fractions).zip(&starts).zip(&powers)
    {
        *out = checked(u, v, &uv3.times(power));
    }
    out
}

#[inline]
#[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
fn checked(u: &Fe, v: &Fe, root: &Fe) -> (__mmask8, Fe) {
    let i = SQRT_M1.fe();
    let check = v.times(&root.squared());
    let opposite = u.negated();
    let right = check.equals(u);
    let turned = check.equals(&opposite);
    let turned_i = check.equals(&opposite.times(&i));
    let root = root.or_where(turned | turned_i, &root.times(&i));
    (right | turned, root.absolute())
}

/// x^((p − 5)/8) = x^(2^252 − 3).
#[inline(never)]
#[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
fn powers<const N: usize>(x: [Fe; N]) -> [Fe; N] {
    let x2 = squares(&x, 1);
    let x9 = products(&squares(&x2, 2), &x);
    let x11 = products(&x9, &x2);
    // 2^5 − 1, and so on: exponents of ones.
    let e5 = products(&squares(&x11, 1), &x9);
    let e10 = products(&squares(&e5, 5), &e5);
    let e20 = products(&squares(&e10, 10), &e10);
    let e40 = products(&squares(&e20, 20), &e20);
    let e50 = products(&squares(&e40, 10), &e10);
    let e100 = products(&squares(&e50, 50), &e50);
    let e200 = products(&squares(&e100, 100), &e100);
    let e250 = products(&squares(&e200, 50), &e50);
    products(&squares(&e250, 2), &x)
}

#[inline]
#[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
fn squares<const N: usize>(x: &[Fe; N], count: usize) -> [Fe; N] {
    let mut out = *x;
    for _ in 0..count {
        for one in &mut out {
            *one = one.squared();
        }
    }
    out
}

#[inline]
#[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
fn products<const N: usize>(a: &[Fe; N], b: &[Fe; N]) -> [Fe; N] {
    let mut out = *a;
    for (out, b) in out.iter_mut().zip(b) {
        *out = out.times(b);
    }
    out
}
