//! The edit model: how likely two words are two spellings of one, in bits.
//!
//! A stochastic edit model without memory (after Ristad and Yianilos): every pair of symbols,
//! and every symbol alone, has a weight that is the ratio between how often the two stand
//! for each other in spellings of one name and how often they would by chance. The evidence of
//! two words is the sum over all ways to turn one into the other, as a logarithm.

use crate::name::JUMPS;
use crate::roles::KINDS;
use crate::symbols::SYMBOLS;

/// Numbers of one edit table: substitutions, one-sided symbols, beginnings.
pub(crate) const WEIGHTS: usize = SYMBOLS * SYMBOLS + 2 * SYMBOLS + 2 * KINDS + 2;
/// Most symbols of a stretch that is compared.
pub(crate) const MAX_STRETCH: usize = 80;
/// Least and most bits that are told.
const LEAST: f32 = -40.0;
const MOST: f32 = 120.0;

/// The beginnings of a word that may be left out: where they end, and their kind.
pub(crate) type Jumps = [(u8, u8); JUMPS];

/// A stretch of symbols with its beginnings.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stretch<'a> {
    pub(crate) symbols: &'a [u8],
    pub(crate) jumps: Jumps,
    pub(crate) sure: bool,
}

/// Weights of one pair of families, ready for multiplication.
#[derive(Debug, Clone)]
pub(crate) struct Edit {
    sub: Box<[[f32; SYMBOLS]; SYMBOLS]>,
    del: [f32; SYMBOLS],
    ins: [f32; SYMBOLS],
    one: [f32; KINDS],
    both: [f32; KINDS],
    diff: f32,
    raw: f32,
    /// Bits of the best counterpart of each symbol, for the first and the second side.
    best: [[f32; SYMBOLS]; 2],
}

impl Edit {
    /// Reads logarithms in 1/256 bit; a number that is missing is 0 bits.
    pub(crate) fn read(mut logs: impl Iterator<Item = i16>) -> Self {
        let mut next = || f32::from(logs.next().unwrap_or(0)) / 256.0;
        let mut sub = Box::new([[1.0; SYMBOLS]; SYMBOLS]);
        let (mut first, mut second) = ([LEAST; SYMBOLS], [LEAST; SYMBOLS]);
        for (row, first) in sub.iter_mut().zip(first.iter_mut()) {
            for (weight, second) in row.iter_mut().zip(second.iter_mut()) {
                let bits = next();
                *weight = exp2(bits);
                *first = first.max(bits);
                *second = second.max(bits);
            }
        }
        let mut alone = |best: &mut [f32; SYMBOLS]| {
            best.each_mut().map(|best| {
                let bits = next();
                *best = best.max(bits);
                exp2(bits)
            })
        };
        let (del, ins) = (alone(&mut first), alone(&mut second));
        let one = std::array::from_fn(|_| exp2(next()));
        let both = std::array::from_fn(|_| exp2(next()));
        let (diff, raw) = (exp2(next()), exp2(next()));
        Self {
            sub,
            del,
            ins,
            one,
            both,
            diff,
            raw,
            best: [first, second],
        }
    }

    /// Bits of a perfect counterpart of symbols of the first side.
    pub(crate) fn ideal(&self, symbols: &[u8]) -> f32 {
        self.ideal_of(0, symbols)
    }

    /// The same for the second side.
    pub(crate) fn ideal_second(&self, symbols: &[u8]) -> f32 {
        self.ideal_of(1, symbols)
    }

    fn ideal_of(&self, side: usize, symbols: &[u8]) -> f32 {
        let best = self.best.get(side).unwrap_or(&[0.0; SYMBOLS]);
        symbols
            .iter()
            .filter_map(|symbol| best.get(usize::from(*symbol)))
            .sum()
    }

    /// Bits of one symbol standing for another.
    pub(crate) fn bits(&self, a: u8, b: u8) -> f32 {
        let row = self.sub.get(usize::from(a));
        let weight = row.and_then(|row| row.get(usize::from(b)));
        log2(weight.copied().unwrap_or(1.0))
    }

    /// Evidence in bits that two stretches are spellings of one word.
    ///
    /// One pass from the ends to the beginnings: what stands after an article or a particle
    /// is then known as well, and leaving that out costs only a look-up.
    pub(crate) fn evidence(&self, a: &Stretch<'_>, b: &Stretch<'_>) -> f32 {
        let mut row = [0.0_f32; MAX_STRETCH + 1];
        let len = b.symbols.len().min(MAX_STRETCH);
        let Some(row) = row.get_mut(..=len) else {
            return LEAST;
        };
        let mut weights = [(0_u8, 0.0_f32); MAX_STRETCH];
        let Some(weights) = weights.get_mut(..len) else {
            return LEAST;
        };
        for (place, symbol) in weights.iter_mut().zip(b.symbols.iter().take(len).rev()) {
            *place = (
                *symbol,
                self.ins.get(usize::from(*symbol)).copied().unwrap_or(0.0),
            );
        }
        first_row(row, weights);
        let mut total = 0.0;
        for (done, symbol) in a.symbols.iter().rev().enumerate() {
            let left = a.symbols.len() - done;
            total += self.begin(a, b, left, row);
            self.next_row(*symbol, weights, row);
        }
        total += self.begin(a, b, 0, row);
        log2(total).clamp(LEAST, MOST)
    }

    /// One more symbol of the first side: the inner loop of the engine.
    fn next_row(&self, symbol: u8, weights: &[(u8, f32)], row: &mut [f32]) {
        let at = usize::from(symbol);
        let (Some(sub), Some(del)) = (self.sub.get(at), self.del.get(at)) else {
            return;
        };
        let Some((first, rest)) = row.split_first_mut() else {
            return;
        };
        let mut diagonal = *first;
        let mut left = diagonal * del;
        *first = left;
        for (place, (other, ins)) in rest.iter_mut().zip(weights) {
            let up = *place;
            let met = diagonal * sub.get(usize::from(*other)).copied().unwrap_or(0.0);
            left = met + (up * del) + left * ins;
            diagonal = up;
            *place = left;
        }
    }

    /// What a way may begin with when the first side begins at `at`.
    fn begin(&self, a: &Stretch<'_>, b: &Stretch<'_>, at: usize, row: &[f32]) -> f32 {
        let kind_a = if at == 0 { None } else { kind_at(&a.jumps, at) };
        if at > 0 && kind_a.is_none() {
            return 0.0;
        }
        let len = row.len() - 1;
        let whole = if at == 0 && a.sure && b.sure {
            self.raw
        } else {
            1.0
        };
        let mut sum =
            row.get(len).copied().unwrap_or(0.0) * kind_a.map_or(whole, |kind| of(&self.one, kind));
        for (skip, kind) in b.jumps {
            let skip = usize::from(skip);
            if skip > 0 && skip <= len {
                let weight = match kind_a {
                    None => of(&self.one, kind),
                    Some(other) if other == kind => of(&self.both, kind),
                    Some(_) => self.diff,
                };
                sum += weight * row.get(len - skip).copied().unwrap_or(0.0);
            }
        }
        sum
    }
}

/// A step from one word to the other: a symbol of each, or of one alone.
pub(crate) type Step = (Option<u8>, Option<u8>);

impl Edit {
    /// The likeliest way from one stretch to the other.
    pub(crate) fn likeliest(&self, a: &[u8], b: &[u8]) -> Vec<Step> {
        let (a, b) = (
            a.get(..MAX_STRETCH).unwrap_or(a),
            b.get(..MAX_STRETCH).unwrap_or(b),
        );
        let width = b.len() + 1;
        let mut best = vec![(f32::NEG_INFINITY, 0_u8); (a.len() + 1) * width];
        let alone = |weights: &[f32; SYMBOLS], symbol: u8| {
            log2(weights.get(usize::from(symbol)).copied().unwrap_or(0.0))
        };
        for at in 0..best.len() {
            let (i, j) = (at / width, at % width);
            let value = |at: usize| best.get(at).map_or(f32::NEG_INFINITY, |cell| cell.0);
            let x = i.checked_sub(1).and_then(|i| a.get(i)).copied();
            let y = j.checked_sub(1).and_then(|j| b.get(j)).copied();
            let mut found = if at == 0 {
                (0.0, 0)
            } else {
                (f32::NEG_INFINITY, 0)
            };
            if let (Some(x), Some(y)) = (x, y) {
                found = (value(at - width - 1) + self.bits(x, y), 1);
            }
            if let Some(x) = x {
                let bits = value(at - width) + alone(&self.del, x);
                found = if bits > found.0 { (bits, 2) } else { found };
            }
            if let Some(y) = y {
                let bits = value(at - 1) + alone(&self.ins, y);
                found = if bits > found.0 { (bits, 3) } else { found };
            }
            if let Some(cell) = best.get_mut(at) {
                *cell = found;
            }
        }
        trace(&best, a, b)
    }
}

fn trace(best: &[(f32, u8)], a: &[u8], b: &[u8]) -> Vec<Step> {
    let (mut i, mut j, mut steps) = (a.len(), b.len(), Vec::new());
    while i > 0 || j > 0 {
        let step = best.get(i * (b.len() + 1) + j).map_or(0, |cell| cell.1);
        let x = i.checked_sub(1).and_then(|i| a.get(i)).copied();
        let y = j.checked_sub(1).and_then(|j| b.get(j)).copied();
        match step {
            1 => steps.push((x, y)),
            2 => steps.push((x, None)),
            3 => steps.push((None, y)),
            _ => break,
        }
        i -= usize::from(step != 3);
        j -= usize::from(step != 2);
    }
    steps.reverse();
    steps
}

fn first_row(row: &mut [f32], weights: &[(u8, f32)]) {
    let mut value = 1.0;
    let mut ins = weights.iter();
    for place in row {
        *place = value;
        value *= ins.next().map_or(0.0, |(_, ins)| *ins);
    }
}

fn of(weights: &[f32; KINDS], kind: u8) -> f32 {
    weights.get(usize::from(kind)).copied().unwrap_or(0.0)
}

fn kind_at(jumps: &Jumps, at: usize) -> Option<u8> {
    let found = jumps.iter().find(|(skip, _)| usize::from(*skip) == at);
    found.map(|(_, kind)| *kind)
}

/// 2 to the power of `bits`, the same on every machine: products only.
pub(crate) fn exp2(bits: f32) -> f32 {
    // 2^(1/256); the powers are made by multiplication, in double precision.
    const STEP: f64 = 1.002_711_275_050_202_5;
    let units = (f64::from(bits) * 256.0).round().clamp(-16_000.0, 16_000.0);
    #[expect(clippy::cast_possible_truncation, reason = "clamped to ±16000")]
    let units = units as i32;
    let (whole, part) = (units.div_euclid(256), units.rem_euclid(256));
    let mut value = 1.0;
    let (mut factor, mut part) = (STEP, part);
    while part > 0 {
        if part % 2 == 1 {
            value *= factor;
        }
        factor *= factor;
        part /= 2;
    }
    for _ in 0..whole.abs() {
        value *= if whole > 0 { 2.0 } else { 0.5 };
    }
    #[expect(clippy::cast_possible_truncation, reason = "within ±2^63")]
    let value = value as f32;
    value
}

/// The logarithm to base 2 to about 1/2000 bit, the same on every machine.
pub(crate) fn log2(value: f32) -> f32 {
    if value.is_nan() || value <= f32::MIN_POSITIVE {
        return LEAST;
    }
    let bits = value.min(f32::MAX).to_bits();
    #[expect(clippy::cast_precision_loss, reason = "an exponent has eight bits")]
    let exponent = ((bits >> 23) as f32) - 127.0;
    let m = f32::from_bits((bits & 0x007f_ffff) | 0x3f80_0000) - 1.0;
    // Interpolates log2(1 + m) with equality at both ends.
    let curve = m * (1.0 - m) * (0.438_073 + m * (-0.236_693 + m * 0.080_307));
    exponent + m + curve
}
