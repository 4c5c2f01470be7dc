//! Learning of edit tables: first to explain spellings of one name, then to tell them from
//! spellings of others.

use super::words::{Sample, Word};
use crate::edit::WEIGHTS;
use crate::name::Family;
use crate::roles::KINDS;
use crate::symbols::{SYMBOLS, arabic_class, class, latin_class};

const DEL: usize = SYMBOLS * SYMBOLS;
const INS: usize = DEL + SYMBOLS;
const ONE: usize = INS + SYMBOLS;
const BOTH: usize = ONE + KINDS;
const DIFF: usize = BOTH + KINDS;
const RAW: usize = DIFF + 1;

/// Logarithms to base 2 of all weights of one edit table.
#[derive(Debug, Clone)]
pub(crate) struct Weights {
    pub(crate) logs: Vec<f64>,
    values: Vec<f64>,
    /// Both sides are of one family.
    pub(crate) symmetric: bool,
}

impl Weights {
    /// A beginning: letters of one sound stand for each other.
    pub(crate) fn seed(a: Family, b: Family) -> Self {
        let class_of = |family, symbol| match family {
            Family::Latin => latin_class(symbol),
            Family::Arabic => arabic_class(symbol),
        };
        let weak = |class: u8| matches!(class, 0 | class::W | class::Y | class::H);
        let mut logs = vec![0.0; WEIGHTS];
        for x in 0..SYMBOLS as u8 {
            for y in 0..SYMBOLS as u8 {
                let (cx, cy) = (class_of(a, x), class_of(b, y));
                logs[usize::from(x) * SYMBOLS + usize::from(y)] = if a == b && x == y {
                    4.0
                } else if cx == cy && cx != 0 {
                    3.0
                } else if weak(cx) && weak(cy) {
                    1.5
                } else {
                    -5.0
                };
            }
            let lone = |family| {
                if weak(class_of(family, x)) {
                    -1.0
                } else {
                    -4.0
                }
            };
            logs[DEL + usize::from(x)] = lone(a);
            logs[INS + usize::from(x)] = lone(b);
        }
        for kind in 0..KINDS {
            logs[ONE + kind] = -1.5;
            logs[BOTH + kind] = 0.0;
        }
        logs[DIFF] = -1.0;
        logs[RAW] = -6.0;
        let mut made = Self {
            logs,
            values: Vec::new(),
            symmetric: a == b,
        };
        made.refresh();
        made
    }

    fn refresh(&mut self) {
        self.values = self.logs.iter().map(|log| log.exp2()).collect();
    }

    /// In 1/256 bit.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let short = |log: &f64| (log * 256.0).round().clamp(-32000.0, 32000.0) as i16;
        self.logs
            .iter()
            .flat_map(|log| short(log).to_le_bytes())
            .collect()
    }

    /// The sum over all ways in bits; adds the expected number of uses of each weight, times
    /// `scale`, to `uses`.
    fn walk(&self, a: &Word, b: &Word, room: &mut Room, uses: Option<(&mut [f64], f64)>) -> f64 {
        let (m, n) = (a.symbols.len(), b.symbols.len());
        room.resize(m, n);
        let at = |i: usize, j: usize| i * (n + 1) + j;
        let w = &self.values;
        for i in (0..=m).rev() {
            for j in (0..=n).rev() {
                let mut value = if i == m && j == n { 1.0 } else { 0.0 };
                if i < m {
                    let x = usize::from(a.symbols[i]);
                    value += w[DEL + x] * room.back[at(i + 1, j)];
                    if j < n {
                        let y = usize::from(b.symbols[j]);
                        value += w[x * SYMBOLS + y] * room.back[at(i + 1, j + 1)];
                    }
                }
                if j < n {
                    value += w[INS + usize::from(b.symbols[j])] * room.back[at(i, j + 1)];
                }
                room.back[at(i, j)] = value;
            }
        }
        let mut total = 0.0;
        let starts = starts(a, b);
        for (i, j, weight) in &starts {
            total += weight.map_or(1.0, |at| w[at]) * room.back[at(*i, *j)];
        }
        let Some((uses, scale)) = uses else {
            return total.log2();
        };
        let scale = scale / total;
        room.front.iter_mut().for_each(|value| *value = 0.0);
        for (i, j, weight) in &starts {
            let value = weight.map_or(1.0, |at| w[at]);
            room.front[at(*i, *j)] += value;
            if let Some(weight) = weight {
                uses[*weight] += scale * value * room.back[at(*i, *j)];
            }
        }
        for i in 0..=m {
            for j in 0..=n {
                let here = room.front[at(i, j)];
                if here == 0.0 {
                    continue;
                }
                let mut step = |weight: usize, next: usize| {
                    let value = here * w[weight];
                    room.front[next] += value;
                    uses[weight] += scale * value * room.back[next];
                };
                if i < m {
                    let x = usize::from(a.symbols[i]);
                    step(DEL + x, at(i + 1, j));
                    if j < n {
                        step(x * SYMBOLS + usize::from(b.symbols[j]), at(i + 1, j + 1));
                    }
                }
                if j < n {
                    step(INS + usize::from(b.symbols[j]), at(i, j + 1));
                }
            }
        }
        total.log2()
    }

    /// One round of expectation and maximisation.
    pub(crate) fn round(&mut self, samples: &[Sample], room: &mut Room) {
        let mut uses = vec![0.0; WEIGHTS];
        for sample in samples {
            self.walk(&sample.a, &sample.b, room, Some((&mut uses, sample.weight)));
        }
        if self.symmetric {
            mirror(&mut uses, 1.0);
        }
        let (mut first, mut second) = ([0.0; SYMBOLS], [0.0; SYMBOLS]);
        let mut total = 0.0;
        for x in 0..SYMBOLS {
            for y in 0..SYMBOLS {
                let count = uses[x * SYMBOLS + y];
                first[x] += count;
                second[y] += count;
                total += count;
            }
            first[x] += uses[DEL + x];
            second[x] += uses[INS + x];
            total += uses[DEL + x] + uses[INS + x];
        }
        let share = |counts: &[f64; SYMBOLS]| {
            let sum: f64 = counts.iter().sum();
            counts.map(|count| (count + 2.0) / (sum + 2.0 * SYMBOLS as f64))
        };
        let (p, q) = (share(&first), share(&second));
        // Chance still makes a few of everything.
        let smooth = 60.0;
        for x in 0..SYMBOLS {
            for y in 0..SYMBOLS {
                let at = x * SYMBOLS + y;
                let ratio = (uses[at] + smooth * p[x] * q[y]) / (total * p[x] * q[y]);
                self.logs[at] = ratio.log2().clamp(-9.0, 9.0);
            }
            let alone = |count: f64, p: f64| {
                ((count + smooth * p * 0.3) / (total * p))
                    .log2()
                    .clamp(-9.0, 3.0)
            };
            self.logs[DEL + x] = alone(uses[DEL + x], p[x]);
            self.logs[INS + x] = alone(uses[INS + x], q[x]);
        }
        self.refresh();
    }

    /// One pass of gradient descent over samples of the same (`true`) and of other words.
    pub(crate) fn tell_apart(
        &mut self,
        samples: &[(Sample, bool)],
        start: &Self,
        teach: &mut Teacher,
    ) -> f64 {
        let mut loss = 0.0;
        let mut room = Room::default();
        const BATCH: usize = 200;
        for batch in samples.chunks(BATCH) {
            let mut uses = vec![0.0; WEIGHTS];
            let mut shift = 0.0;
            for (sample, same) in batch {
                let bits = self.walk(&sample.a, &sample.b, &mut room, None);
                let odds = (bits - teach.threshold) * std::f64::consts::LN_2 * teach.slope;
                let chance = 1.0 / (1.0 + (-odds).exp());
                let wrong = chance - f64::from(u8::from(*same));
                loss -= sample.weight * (if *same { chance } else { 1.0 - chance }).max(1e-12).ln();
                let scale = wrong * sample.weight;
                self.walk(&sample.a, &sample.b, &mut room, Some((&mut uses, scale)));
                shift -= scale;
            }
            if self.symmetric {
                mirror(&mut uses, 1.0);
            }
            for (at, gradient) in uses.iter().enumerate() {
                let pull = teach.pull * (self.logs[at] - start.logs[at]) * batch.len() as f64;
                let gradient = if *gradient == 0.0 {
                    0.0
                } else {
                    gradient + pull
                };
                teach.seen[at] += gradient * gradient;
                if gradient != 0.0 {
                    self.logs[at] -= teach.rate * gradient / (teach.seen[at] + 1e-3).sqrt();
                    self.logs[at] = self.logs[at].clamp(-12.0, 10.0);
                }
            }
            teach.seen_threshold += shift * shift;
            teach.threshold -= teach.rate * shift / (teach.seen_threshold + 1e-3).sqrt();
            self.refresh();
        }
        loss
    }

    /// Bits of two words.
    pub(crate) fn bits(&self, a: &Word, b: &Word, room: &mut Room) -> f64 {
        self.walk(a, b, room, None)
    }
}

/// State of gradient descent.
pub(crate) struct Teacher {
    pub(crate) threshold: f64,
    pub(crate) slope: f64,
    pub(crate) rate: f64,
    pub(crate) pull: f64,
    seen: Vec<f64>,
    seen_threshold: f64,
}

impl Teacher {
    pub(crate) fn new(rate: f64, pull: f64, threshold: f64) -> Self {
        Self {
            threshold,
            slope: 0.6,
            rate,
            pull,
            seen: vec![0.0; WEIGHTS],
            seen_threshold: 0.0,
        }
    }
}

/// Room for tables of ways.
#[derive(Debug, Default)]
pub(crate) struct Room {
    back: Vec<f64>,
    front: Vec<f64>,
}

impl Room {
    fn resize(&mut self, m: usize, n: usize) {
        let size = (m + 1) * (n + 1);
        self.back.clear();
        self.back.resize(size, 0.0);
        self.front.resize(size, 0.0);
        self.front.truncate(size);
    }
}

/// Where a way may begin, and the weight of that.
fn starts(a: &Word, b: &Word) -> Vec<(usize, usize, Option<usize>)> {
    let jumps = |word: &Word| -> Vec<(usize, usize)> {
        let some = word.jumps.iter().filter(|(at, _)| *at > 0);
        some.map(|(at, kind)| (usize::from(*at), usize::from(*kind)))
            .collect()
    };
    let mut all = vec![(0, 0, (a.sure && b.sure).then_some(RAW))];
    for (i, x) in jumps(a) {
        all.push((i, 0, Some(ONE + x)));
        for (j, y) in jumps(b) {
            all.push((i, j, Some(if x == y { BOTH + x } else { DIFF })));
        }
    }
    for (j, y) in jumps(b) {
        all.push((0, j, Some(ONE + y)));
    }
    all
}

/// The same for both sides of a symmetric table.
fn mirror(uses: &mut [f64], share: f64) {
    for x in 0..SYMBOLS {
        for y in 0..x {
            let sum = (uses[x * SYMBOLS + y] + uses[y * SYMBOLS + x]) * share;
            uses[x * SYMBOLS + y] = sum / 2.0;
            uses[y * SYMBOLS + x] = sum / 2.0;
        }
        let sum = uses[DEL + x] + uses[INS + x];
        uses[DEL + x] = sum / 2.0;
        uses[INS + x] = sum / 2.0;
    }
}
