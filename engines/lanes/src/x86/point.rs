//! Eight points of the twisted Edwards curve −x² + y² = 1 + d·x²·y² side by side, in the
//! extended coordinates and with the complete formulas of Hisil, Wong, Carter and Dawson
//! (2008): no case needs another path.

use core::arch::x86_64::{__m512i, __mmask8};

use super::constants::D2;
use super::field::Fe;

/// Eight points: x = X/Z, y = Y/Z, T = XY/Z.
#[derive(Clone, Copy)]
pub struct Point {
    pub(super) x: Fe,
    pub(super) y: Fe,
    pub(super) z: Fe,
    pub(super) t: Fe,
}

/// Without T, which a doubling does not need.
#[derive(Clone, Copy)]
pub(super) struct Short {
    x: Fe,
    y: Fe,
    z: Fe,
}

/// As a summand: Y + X, Y − X, 2Z, 2dT.
#[derive(Clone, Copy)]
pub(super) struct Summand {
    plus: Fe,
    minus: Fe,
    z2: Fe,
    t2d: Fe,
}

/// The four values whose products are a result: X = e·f, Y = g·h, Z = f·g, T = e·h.
struct Parts {
    e: Fe,
    f: Fe,
    g: Fe,
    h: Fe,
}

impl Parts {
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
    fn short(&self) -> Short {
        Short {
            x: self.e.times(&self.f),
            y: self.g.times(&self.h),
            z: self.f.times(&self.g),
        }
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
    fn whole(&self) -> Point {
        let Short { x, y, z } = self.short();
        let t = self.e.times(&self.h);
        Point { x, y, z, t }
    }
}

impl Short {
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
    pub(super) fn identity() -> Self {
        let (x, y, z) = (Fe::zero(), Fe::one(), Fe::one());
        Self { x, y, z }
    }

    /// The usual result with f and h turned round, which is the same point.
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
    fn twice(&self) -> Parts {
        let (xx, yy, zz) = (self.x.squared(), self.y.squared(), self.z.squared());
        let both = self.x.plus(&self.y).squared();
        Parts {
            e: both.wide().minus(&xx).minus(&yy).carried(),
            f: zz.wide().plus(&zz).plus(&xx).minus(&yy).carried(),
            g: yy.minus(&xx),
            h: yy.plus(&xx),
        }
    }

    /// Sixteen times the points. Kept out of line: it is called from one small loop, and code
    /// that fits the instruction cache is a quarter faster.
    #[inline(never)]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
    pub(super) fn sixteenfold(&self) -> Point {
        let mut out = *self;
        for _ in 0..3 {
            out = out.twice().short();
        }
        out.twice().whole()
    }
}

impl Point {
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
    pub(super) fn short(&self) -> Short {
        let Self { x, y, z, .. } = *self;
        Short { x, y, z }
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
    pub(super) fn summand(&self) -> Summand {
        Summand {
            plus: self.y.plus(&self.x),
            minus: self.y.minus(&self.x),
            z2: self.z.plus(&self.z),
            t2d: self.t.times(&D2.fe()),
        }
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
    fn added(&self, other: &Summand) -> Parts {
        let a = self.y.minus(&self.x).times(&other.minus);
        let b = self.y.plus(&self.x).times(&other.plus);
        let c = self.t.times(&other.t2d);
        let d = self.z.times(&other.z2);
        Parts {
            e: b.minus(&a),
            f: d.minus(&c),
            g: d.plus(&c),
            h: b.plus(&a),
        }
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
    pub(super) fn plus(&self, other: &Summand) -> Self {
        self.added(other).whole()
    }

    /// The sum, for what doubles it next.
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
    pub(super) fn plus_short(&self, other: &Summand) -> Short {
        self.added(other).short()
    }

    /// Lane `j` of the result is lane `order[j]`.
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
    pub(super) fn permuted(&self, order: __m512i) -> Self {
        Self {
            x: self.x.permuted(order),
            y: self.y.permuted(order),
            z: self.z.permuted(order),
            t: self.t.permuted(order),
        }
    }
}

impl Summand {
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
    pub(super) fn identity() -> Self {
        Self {
            plus: Fe::one(),
            minus: Fe::one(),
            z2: Fe::one().plus(&Fe::one()),
            t2d: Fe::zero(),
        }
    }

    /// The point, with all coordinates doubled.
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
    pub(super) fn short(&self) -> Short {
        Short {
            x: self.plus.minus(&self.minus),
            y: self.plus.plus(&self.minus),
            z: self.z2,
        }
    }

    /// `other` in the lanes whose mask is all ones, this one where it is all zeros.
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
    pub(super) fn or_by(&self, mask: __m512i, other: &Self) -> Self {
        Self {
            plus: self.plus.or_by(mask, &other.plus),
            minus: self.minus.or_by(mask, &other.minus),
            z2: self.z2.or_by(mask, &other.z2),
            t2d: self.t2d.or_by(mask, &other.t2d),
        }
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma,avx512vl")]
    pub(super) fn negated_where(&self, mask: __mmask8) -> Self {
        Self {
            plus: self.plus.or_where(mask, &self.minus),
            minus: self.minus.or_where(mask, &self.plus),
            z2: self.z2,
            t2d: self.t2d.negated_where(mask),
        }
    }
}
