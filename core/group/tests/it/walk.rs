//! Every interleaving of parties that act and read each other's journals with any delay.
//!
//! A state is what each party has read of each journal; a party has always read its own. What a
//! party holds is computed once for everything it may have read, along every order of reading,
//! and must come out the same.

use std::collections::{BTreeMap, BTreeSet};

/// Most parties.
pub(crate) const PARTIES: usize = 3;

/// How much of each journal was read.
pub(crate) type Read = [u32; PARTIES];

/// A way of coming to an agreement.
pub(crate) trait Rule {
    /// What somebody may say.
    type Act: Clone + Ord;
    /// What a party holds after reading.
    type View: Clone;

    /// How many there are.
    fn parties(&self) -> usize;

    /// Before anything was said.
    fn empty(&self) -> Self::View;

    /// Everything that `party` may say now, having read `read` and said `said` before.
    fn acts(&self, view: &Self::View, party: usize, read: &Read) -> Vec<Self::Act>;

    /// Reads what `party` said as its event number `index`, when it had read `seen`.
    fn take(&self, view: &mut Self::View, act: &Self::Act, by: usize, index: u32, seen: &Read);

    /// Whether both hold the same, in whatever order they have read it.
    fn same(&self, a: &Self::View, b: &Self::View) -> bool;

    /// Texts that are agreed, oldest first.
    fn agreed(&self, view: &Self::View) -> Vec<u32>;

    /// Fails where a view cannot be right.
    fn check(&self, view: &Self::View);

    /// Fails where all have read everything and nobody can go on.
    fn check_end(&self, view: &Self::View, read: &Read);
}

/// What a walk found.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// States reached.
    pub(crate) states: usize,
    /// Different things that somebody may hold.
    pub(crate) views: usize,
    /// States in which two parties hold different agreed texts.
    pub(crate) bad: usize,
    /// States in which what was agreed somewhere has ceased to be.
    pub(crate) ceased: usize,
    /// States in which everything was read.
    pub(crate) ends: usize,
    /// Those among them in which something is agreed.
    pub(crate) agreed: usize,
}

/// One event in the tree of all journals that a party may come to write.
struct Event<A> {
    before: u32,
    act: A,
    index: u32,
    seen: Read,
}

/// Ends of the journals as far as they were read: places in the trees, 0 before the first event.
type Ends = [u32; PARTIES];

struct Walk<'a, R: Rule> {
    rule: &'a R,
    parties: usize,
    journals: [Vec<Event<R::Act>>; PARTIES],
    written: BTreeMap<(usize, u32, R::Act, Read), u32>,
    views: Vec<(Ends, R::View, Vec<u32>)>,
    by_ends: BTreeMap<Ends, usize>,
    steps: BTreeMap<(usize, usize, u32), usize>,
    said: BTreeMap<(usize, usize), Vec<u32>>,
    ceased: usize,
}

/// Walks every state.
pub(crate) fn walk<R: Rule>(rule: &R) -> Found {
    let parties = rule.parties();
    let mut walk = Walk {
        rule,
        parties,
        journals: [const { Vec::new() }; PARTIES],
        written: BTreeMap::new(),
        views: vec![([0; PARTIES], rule.empty(), Vec::new())],
        by_ends: BTreeMap::from([([0; PARTIES], 0)]),
        steps: BTreeMap::new(),
        said: BTreeMap::new(),
        ceased: 0,
    };
    let mut found = Found::default();
    let first = [0; PARTIES];
    let (mut seen, mut left) = (BTreeSet::from([first]), vec![first]);
    while let Some(state) = left.pop() {
        walk.look(&state, &mut found);
        for next in walk.next(&state) {
            if seen.insert(next) {
                left.push(next);
            }
        }
    }
    found.states = seen.len();
    found.views = walk.views.len();
    found.ceased = walk.ceased;
    found
}

impl<R: Rule> Walk<'_, R> {
    /// Every state one step on: somebody says or reads one thing more.
    fn next(&mut self, state: &[usize; PARTIES]) -> Vec<[usize; PARTIES]> {
        let mut next = Vec::new();
        for party in 0..self.parties {
            let at = state[party];
            let (ends, read) = (self.views[at].0, self.read(at));
            for event in self.sayable(at, party) {
                next.push(with(state, party, self.step(at, party, event)));
            }
            for other in (0..self.parties).filter(|other| *other != party) {
                let end = self.views[state[other]].0[other];
                let event = self.after(other, ends[other], end);
                if let Some(event) = event.filter(|event| self.ready(other, *event, &read)) {
                    next.push(with(state, party, self.step(at, other, event)));
                }
            }
        }
        next
    }

    /// Judges a state.
    fn look(&self, state: &[usize; PARTIES], found: &mut Found) {
        let held = &state[..self.parties];
        let agreed = |at: usize| &self.views[at].2;
        let differ = |a: usize, b: usize| {
            let common = agreed(a).len().min(agreed(b).len());
            agreed(a)[..common] != agreed(b)[..common]
        };
        let mut pairs = held.iter().flat_map(|a| held.iter().map(move |b| (*a, *b)));
        found.bad += usize::from(pairs.any(|(a, b)| differ(a, b)));
        let own = |party: usize| self.views[state[party]].0[party];
        let whole =
            |at: &usize| (0..self.parties).all(|party| self.views[*at].0[party] == own(party));
        if held.iter().all(whole) {
            // One place for what all have read: `step` has compared every way to it.
            assert!(held.iter().all(|at| *at == held[0]));
            self.rule
                .check_end(&self.views[held[0]].1, &self.read(held[0]));
            found.ends += 1;
            found.agreed += usize::from(!agreed(held[0]).is_empty());
        }
    }

    /// What is held after one event more; computed along each way that leads there.
    fn step(&mut self, at: usize, by: usize, event: u32) -> usize {
        if let Some(to) = self.steps.get(&(at, by, event)) {
            return *to;
        }
        let (mut ends, mut view, before) = self.views[at].clone();
        ends[by] = event;
        let told = &self.journals[by][event as usize - 1];
        self.rule
            .take(&mut view, &told.act, by, told.index, &told.seen);
        let agreed = self.rule.agreed(&view);
        self.ceased += usize::from(!agreed.starts_with(&before));
        let to = match self.by_ends.get(&ends) {
            Some(to) => {
                assert!(
                    self.rule.same(&self.views[*to].1, &view),
                    "the order of reading shows"
                );
                *to
            }
            None => {
                self.rule.check(&view);
                self.views.push((ends, view, agreed));
                self.by_ends.insert(ends, self.views.len() - 1);
                self.views.len() - 1
            }
        };
        self.steps.insert((at, by, event), to);
        to
    }

    /// What `party` may say in a view, as events of its journal.
    fn sayable(&mut self, at: usize, party: usize) -> Vec<u32> {
        if let Some(events) = self.said.get(&(at, party)) {
            return events.clone();
        }
        let (before, seen) = (self.views[at].0[party], self.read(at));
        let acts = self.rule.acts(&self.views[at].1, party, &seen);
        let journal = &mut self.journals[party];
        let mut write = |act| {
            let key = (party, before, act, seen);
            *self.written.entry(key.clone()).or_insert_with(|| {
                let (act, index) = (key.2, seen[party]);
                journal.push(Event {
                    before,
                    act,
                    index,
                    seen,
                });
                u32::try_from(journal.len()).unwrap()
            })
        };
        let events: Vec<u32> = acts.into_iter().map(&mut write).collect();
        self.said.insert((at, party), events.clone());
        events
    }

    fn read(&self, at: usize) -> Read {
        let ends = self.views[at].0;
        std::array::from_fn(|party| self.length(party, ends[party]))
    }

    fn length(&self, by: usize, end: u32) -> u32 {
        match end {
            0 => 0,
            end => self.journals[by][end as usize - 1].index + 1,
        }
    }

    /// The event after `from` on the way to `end`.
    fn after(&self, by: usize, from: u32, end: u32) -> Option<u32> {
        let (length, mut at) = (self.length(by, from), end);
        while self.length(by, at) > length + 1 {
            at = self.journals[by][at as usize - 1].before;
        }
        (at != from).then_some(at)
    }

    /// A node waits with an event until it has read what its author had.
    fn ready(&self, by: usize, event: u32, read: &Read) -> bool {
        let seen = &self.journals[by][event as usize - 1].seen;
        (0..self.parties).all(|party| party == by || seen[party] <= read[party])
    }
}

fn with(state: &[usize; PARTIES], party: usize, at: usize) -> [usize; PARTIES] {
    let mut next = *state;
    next[party] = at;
    next
}
