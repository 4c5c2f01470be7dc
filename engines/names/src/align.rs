//! Alignment: which part of one name met which part of the other.

use crate::edit::Stretch;
use crate::name::{Family, MAX_TOKENS, Name, Role, Token};
use crate::tables::Tables;

/// Evidence below which two words are not called the same.
const FLOOR: f32 = 0.5;
/// Evidence of words that have no consonant in common.
const HOPELESS: f32 = -12.0;
/// Most bits that one letter standing for a word can bring.
const MOST_INITIAL: f32 = 2.5;
/// Up to this many parts the best assignment is found exactly.
const EXACT: usize = 6;

/// Parts that met: one of each name, or two side by side that the other wrote as one.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Meeting {
    pub(crate) a: (u8, u8),
    pub(crate) b: (u8, u8),
    /// Bits of the letters.
    pub(crate) evidence: f32,
    /// Bits that a perfect counterpart would bring.
    pub(crate) ideal: f32,
    /// How surprising the word is, in bits; the more common of the two.
    pub(crate) rarity: f32,
    pub(crate) initial: bool,
    pub(crate) exact: bool,
}

/// All meetings of two names and what stayed alone.
#[derive(Debug, Clone)]
pub(crate) struct Alignment {
    meetings: [Meeting; MAX_TOKENS],
    count: usize,
    /// One bit for each part that stayed alone.
    pub(crate) alone: [u32; 2],
    /// The best evidence between parts that stayed alone on both sides.
    pub(crate) leftover: f32,
}

type Grid = [[f32; MAX_TOKENS]; MAX_TOKENS];

impl Alignment {
    pub(crate) fn meetings(&self) -> &[Meeting] {
        self.meetings.get(..self.count).unwrap_or_default()
    }

    /// Aligns two names.
    pub(crate) fn of(tables: &Tables, a: &Name, b: &Name) -> Self {
        let mut grid = [[HOPELESS; MAX_TOKENS]; MAX_TOKENS];
        for (row, left) in grid.iter_mut().zip(a.tokens()) {
            for (cell, right) in row.iter_mut().zip(b.tokens()) {
                *cell = single(tables, (a, left), (b, right));
            }
        }
        let all = |name: &Name| (1_u32 << name.count) - 1;
        let mut made = Self {
            meetings: Default::default(),
            count: 0,
            alone: [all(a), all(b)],
            leftover: HOPELESS,
        };
        made.glue(tables, a, b, &mut grid);
        if a.count <= EXACT && b.count <= EXACT {
            made.assign(tables, a, b, &grid);
        } else {
            made.greedy(tables, a, b, &grid);
        }
        made.leftover = made.best_leftover(a, b, &grid);
        made
    }

    /// Takes what one side wrote as one word and the other as two.
    fn glue(&mut self, tables: &Tables, a: &Name, b: &Name, grid: &mut Grid) {
        for _ in 0..3 {
            let mut best = Glue::default();
            for (at, two) in a.tokens().windows(2).enumerate() {
                let [first, second] = two else { continue };
                for (other, one) in b.tokens().iter().enumerate() {
                    let sides = ([at, at + 1], other, false);
                    best.look(tables, (a, first, second), (b, one), sides, grid);
                }
            }
            for (at, two) in b.tokens().windows(2).enumerate() {
                let [first, second] = two else { continue };
                for (other, one) in a.tokens().iter().enumerate() {
                    let sides = ([at, at + 1], other, true);
                    best.look(tables, (b, first, second), (a, one), sides, grid);
                }
            }
            if best.gain <= 0.0 {
                return;
            }
            self.take(best.meeting);
            clear(grid, &best.meeting);
        }
    }

    fn take(&mut self, meeting: Meeting) {
        if let Some(place) = self.meetings.get_mut(self.count) {
            *place = meeting;
            self.count += 1;
        }
        let [a, b] = &mut self.alone;
        for (alone, (from, len)) in [(a, meeting.a), (b, meeting.b)] {
            (from..from + len).for_each(|at| *alone &= !(1 << at));
        }
    }

    /// The assignment with the most evidence, over all sets of parts of the second name.
    fn assign(&mut self, tables: &Tables, a: &Name, b: &Name, grid: &Grid) {
        const SETS: usize = 1 << EXACT;
        let mut best = [f32::NEG_INFINITY; SETS];
        let mut choice = [[u8::MAX; SETS]; EXACT];
        let sets = 1_usize << b.count;
        if let Some(first) = best.first_mut() {
            *first = 0.0;
        }
        for ((row, chosen), _) in grid.iter().zip(choice.iter_mut()).zip(a.tokens()) {
            let before = best;
            for (set, (value, chosen)) in best
                .iter_mut()
                .zip(chosen.iter_mut())
                .enumerate()
                .take(sets)
            {
                for (at, bits) in row.iter().enumerate().take(b.count) {
                    if set & (1 << at) == 0 || *bits <= FLOOR {
                        continue;
                    }
                    let without = before
                        .get(set ^ (1 << at))
                        .copied()
                        .unwrap_or(f32::NEG_INFINITY);
                    if without + bits > *value {
                        *value = without + bits;
                        *chosen = u8::try_from(at).unwrap_or(u8::MAX);
                    }
                }
            }
        }
        let top = best.iter().take(sets).enumerate();
        let top = top.fold((0, f32::NEG_INFINITY), |top, (set, value)| {
            if *value > top.1 { (set, *value) } else { top }
        });
        self.trace(tables, a, b, grid, &choice, top.0);
    }

    fn trace<const N: usize>(
        &mut self,
        tables: &Tables,
        a: &Name,
        b: &Name,
        grid: &Grid,
        choice: &[[u8; N]; EXACT],
        mut set: usize,
    ) {
        for (at, chosen) in choice.iter().enumerate().take(a.count).rev() {
            let Some(other) = chosen.get(set).filter(|other| **other != u8::MAX) else {
                continue;
            };
            let other = usize::from(*other);
            set ^= 1 << other;
            self.take(meet(tables, a, at, b, other, grid));
        }
    }

    /// The best pair first, then the best of what remains.
    fn greedy(&mut self, tables: &Tables, a: &Name, b: &Name, grid: &Grid) {
        let mut grid = *grid;
        loop {
            let mut best = (FLOOR, 0, 0);
            for (at, row) in grid.iter().enumerate().take(a.count) {
                for (other, bits) in row.iter().enumerate().take(b.count) {
                    if *bits > best.0 {
                        best = (*bits, at, other);
                    }
                }
            }
            if best.0 <= FLOOR {
                return;
            }
            let meeting = meet(tables, a, best.1, b, best.2, &grid);
            self.take(meeting);
            clear(&mut grid, &meeting);
        }
    }

    fn best_leftover(&self, a: &Name, b: &Name, grid: &Grid) -> f32 {
        let mut best = HOPELESS;
        for (at, (row, left)) in grid.iter().zip(a.tokens()).enumerate() {
            for (other, (bits, right)) in row.iter().zip(b.tokens()).enumerate() {
                let both = self.alone[0] & (1 << at) != 0 && self.alone[1] & (1 << other) != 0;
                if both && left.role == Role::Name && right.role == Role::Name {
                    best = best.max(*bits);
                }
            }
        }
        best
    }
}

fn clear(grid: &mut Grid, meeting: &Meeting) {
    let rows = usize::from(meeting.a.0)..usize::from(meeting.a.0 + meeting.a.1);
    let columns = usize::from(meeting.b.0)..usize::from(meeting.b.0 + meeting.b.1);
    for (at, row) in grid.iter_mut().enumerate() {
        for (other, cell) in row.iter_mut().enumerate() {
            if rows.contains(&at) || columns.contains(&other) {
                *cell = HOPELESS;
            }
        }
    }
}

/// Evidence of two words.
fn single(tables: &Tables, (a, left): (&Name, &Token), (b, right): (&Name, &Token)) -> f32 {
    if left.role == Role::Initial || right.role == Role::Initial {
        return initial(tables, (a, left), (b, right));
    }
    if left.mask & right.mask == 0
        && left.mask != 0
        && right.mask != 0
        && left.len > 2
        && right.len > 2
    {
        return HOPELESS;
    }
    let first = stretch(a, left, left);
    evidence(
        tables,
        left.family,
        &first,
        right.family,
        &stretch(b, right, right),
    )
}

fn initial(tables: &Tables, (a, left): (&Name, &Token), (b, right): (&Name, &Token)) -> f32 {
    let stem = |name: &Name, token: &Token| {
        let symbols = name.symbols_of(token, token);
        symbols
            .get(usize::from(token.jumps[0].0))
            .copied()
            .unwrap_or(0)
    };
    if left.role == Role::Honorific || right.role == Role::Honorific {
        return HOPELESS;
    }
    let (x, y) = (stem(a, left), stem(b, right));
    let bits = match (left.family, right.family) {
        (Family::Arabic, Family::Latin) => tables.cross().bits(x, y),
        (Family::Latin, Family::Arabic) => tables.cross().bits(y, x),
        (family, _) => tables.same(family).bits(x, y),
    };
    if bits < 1.0 {
        HOPELESS
    } else {
        bits.min(MOST_INITIAL)
    }
}

pub(crate) fn stretch<'a>(name: &'a Name, first: &Token, last: &Token) -> Stretch<'a> {
    Stretch {
        symbols: name.symbols_of(first, last),
        jumps: first.jumps,
        sure: first.sure,
    }
}

pub(crate) fn evidence(
    tables: &Tables,
    family: Family,
    a: &Stretch<'_>,
    other: Family,
    b: &Stretch<'_>,
) -> f32 {
    match (family, other) {
        (Family::Arabic, Family::Latin) => tables.cross().evidence(a, b),
        (Family::Latin, Family::Arabic) => tables.cross().evidence(b, a),
        _ => tables.same(family).evidence(a, b),
    }
}

fn meet(tables: &Tables, a: &Name, at: usize, b: &Name, other: usize, grid: &Grid) -> Meeting {
    let short = |at: usize| u8::try_from(at).unwrap_or(0);
    let bits = grid
        .get(at)
        .and_then(|row| row.get(other))
        .copied()
        .unwrap_or(HOPELESS);
    let _ = tables;
    let (Some(left), Some(right)) = (a.tokens().get(at), b.tokens().get(other)) else {
        return Meeting::default();
    };
    let cross = usize::from(left.family != right.family);
    let ideal = |token: &Token| token.ideal.get(cross).copied().unwrap_or(0.0);
    Meeting {
        a: (short(at), 1),
        b: (short(other), 1),
        evidence: bits,
        ideal: (ideal(left) + ideal(right)) / 2.0,
        rarity: left.rarity.min(right.rarity),
        initial: left.role == Role::Initial || right.role == Role::Initial,
        exact: cross == 0 && left.exact == right.exact,
    }
}

/// The best way so far to read two words as one.
#[derive(Default)]
struct Glue {
    gain: f32,
    meeting: Meeting,
}

impl Glue {
    /// `two` are side by side at `at`, `one` stands at `other`; `turned` if the two are of the
    /// second name.
    fn look(
        &mut self,
        tables: &Tables,
        (name, first, second): (&Name, &Token, &Token),
        (other_name, one): (&Name, &Token),
        (at, other, turned): ([usize; 2], usize, bool),
        grid: &Grid,
    ) {
        let cell = |x: usize, y: usize| {
            let (row, column) = if turned { (y, x) } else { (x, y) };
            grid.get(row)
                .and_then(|row| row.get(column))
                .copied()
                .unwrap_or(HOPELESS)
        };
        let cross = usize::from(first.family != one.family);
        if !may_be_glued(first, second, one, cross) {
            return;
        }
        let best_elsewhere = |x: usize| {
            let others = (0..other_name.count).filter(|y| *y != other);
            others.map(|y| cell(x, y)).fold(0.0, f32::max)
        };
        let [x, y] = at;
        let apart = (cell(x, other).max(0.0) + best_elsewhere(y))
            .max(cell(y, other).max(0.0) + best_elsewhere(x))
            .max(best_elsewhere(x) + best_elsewhere(y));
        let ideal = |token: &Token| token.ideal.get(cross).copied().unwrap_or(0.0);
        if apart > 0.9 * ideal(one) {
            return;
        }
        let left = stretch(name, first, second);
        let bits = evidence(
            tables,
            first.family,
            &left,
            one.family,
            &stretch(other_name, one, one),
        );
        let gain = bits - apart - 2.0;
        if gain > self.gain {
            let short = |at: usize| u8::try_from(at).unwrap_or(0);
            let (pair, single) = ((short(x), 2), (short(other), 1));
            self.gain = gain;
            self.meeting = Meeting {
                a: if turned { single } else { pair },
                b: if turned { pair } else { single },
                evidence: bits,
                ideal: (ideal(first) + ideal(second) + ideal(one)) / 2.0,
                rarity: one.rarity.min(first.rarity + second.rarity),
                initial: false,
                exact: false,
            };
        }
    }
}

/// Whether the lengths and consonants of two words could be those of one.
fn may_be_glued(first: &Token, second: &Token, one: &Token, cross: usize) -> bool {
    let both = i32::from(first.len) + i32::from(second.len);
    let apart = both - i32::from(one.len);
    let lengths = if cross == 0 {
        apart.abs() <= 3
    } else {
        apart.abs() <= 6
    };
    let mask = first.mask | second.mask;
    let missing = (mask ^ one.mask).count_ones();
    first.family == second.family
        && first.role != Role::Honorific
        && second.role != Role::Honorific
        && one.role == Role::Name
        && lengths
        && missing <= 1 + one.mask.count_ones() / 3
}
