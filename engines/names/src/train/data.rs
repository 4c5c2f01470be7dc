//! The reference data.

use std::collections::BTreeMap;

/// One labelled pair.
#[derive(Debug, Clone)]
pub struct Pair {
    /// The same person.
    pub same: bool,
    /// Both names.
    pub names: [String; 2],
    /// Both birth dates, where the file has them.
    pub dates: [String; 2],
    /// How the pair was made.
    pub category: String,
    /// real, semi, synthetic.
    pub origin: String,
    /// Which scripts.
    pub scripts: String,
    /// Which part of the persons it belongs to, for cross-validation.
    pub folds: [u8; 2],
}

/// A name unit and its attested spellings with counts.
#[derive(Debug, Clone)]
pub struct Unit {
    /// In Arabic letters.
    pub key: String,
    /// In Latin letters.
    pub spellings: Vec<(String, u32)>,
}

/// Everything in the folder.
#[derive(Debug, Clone, Default)]
pub struct Data {
    /// Pairs of names, lists included, the diagnostic group left out.
    pub pairs: Vec<Pair>,
    /// The diagnostic group.
    pub swapped: Vec<Pair>,
    /// Pairs with birth dates.
    pub dated: Vec<Pair>,
    /// Units.
    pub units: Vec<Unit>,
    /// One name a person.
    pub index: Vec<String>,
}

/// Number of parts for cross-validation.
pub const FOLDS: u8 = 5;

impl Data {
    /// Reads the files, whose text `read` gives by their names.
    ///
    /// # Errors
    /// Those of `read`.
    pub fn read<E>(read: impl Fn(&str) -> Result<String, E>) -> Result<Self, E> {
        let mut data = Self::default();
        for file in ["pairs_dev.tsv", "pairs_dev_lists.tsv"] {
            data.pairs.extend(read(file)?.lines().skip(1).map(pair));
        }
        data.dated = read("pairs_dev_dob.tsv")?
            .lines()
            .skip(1)
            .map(dated)
            .collect();
        data.units = read("token_variants_dev.tsv")?
            .lines()
            .skip(1)
            .map(unit)
            .collect();
        let index = read("index_dev.tsv")?;
        data.index = index
            .lines()
            .skip(1)
            .filter_map(|line| Some(line.split_once('\t')?.1.to_owned()))
            .collect();
        data.fold();
        data.swapped = data
            .pairs
            .iter()
            .filter(|pair| pair.category == "n_patronym_swap")
            .cloned()
            .collect();
        data.pairs.retain(|pair| pair.category != "n_patronym_swap");
        Ok(data)
    }

    /// Spellings of one person go to one part.
    fn fold(&mut self) {
        let mut ids: BTreeMap<String, usize> = BTreeMap::new();
        let mut parent: Vec<usize> = Vec::new();
        for pair in self.pairs.iter().chain(&self.dated) {
            let [a, b] = [0, 1].map(|at| {
                let next = parent.len();
                let id = *ids.entry(pair.names[at].clone()).or_insert(next);
                if id == next {
                    parent.push(next);
                }
                id
            });
            if pair.same {
                let (a, b) = (root(&parent, a), root(&parent, b));
                parent[a.max(b)] = a.min(b);
            }
        }
        let fold = |name: &str| {
            let root = root(&parent, ids[name]) as u64;
            (root.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) as u8 % FOLDS
        };
        for pair in self.pairs.iter_mut().chain(&mut self.dated) {
            pair.folds = [fold(&pair.names[0]), fold(&pair.names[1])];
        }
    }

    /// What may be learned from when a part is kept apart: no pair that touches it, and only
    /// units that occur in names of the others.
    #[must_use]
    pub fn without(&self, fold: u8) -> Self {
        let keep = |pair: &&Pair| !pair.folds.contains(&fold);
        let pairs: Vec<Pair> = self.pairs.iter().filter(keep).cloned().collect();
        let mut seen = std::collections::BTreeSet::new();
        for pair in &pairs {
            for name in &pair.names {
                for word in name.split_whitespace() {
                    seen.insert(crate::train::words::key(word));
                    seen.insert(crate::train::words::key(&word.to_lowercase()));
                }
            }
        }
        let known = |unit: &&Unit| {
            seen.contains(&unit.key)
                || unit
                    .spellings
                    .iter()
                    .any(|(text, _)| seen.contains(&text.to_lowercase()))
        };
        // Of the index, the names of the persons kept apart go with them.
        let mut apart = std::collections::BTreeSet::new();
        for pair in self.pairs.iter().chain(&self.dated) {
            for at in 0..2 {
                if pair.folds[at] == fold {
                    apart.insert(pair.names[at].as_str());
                }
            }
        }
        Self {
            units: self.units.iter().filter(known).cloned().collect(),
            index: self
                .index
                .iter()
                .filter(|name| !apart.contains(name.as_str()))
                .cloned()
                .collect(),
            dated: self.dated.iter().filter(keep).cloned().collect(),
            swapped: self.swapped.iter().filter(keep).cloned().collect(),
            pairs,
        }
    }
}

fn root(parent: &[usize], mut at: usize) -> usize {
    while parent[at] != at {
        at = parent[at];
    }
    at
}

fn pair(line: &str) -> Pair {
    let columns: Vec<&str> = line.split('\t').collect();
    Pair {
        same: columns[1] == "1",
        names: [columns[2].to_owned(), columns[3].to_owned()],
        dates: Default::default(),
        category: columns[4].to_owned(),
        origin: columns[5].to_owned(),
        scripts: columns[8].to_owned(),
        folds: [0; 2],
    }
}

fn dated(line: &str) -> Pair {
    let columns: Vec<&str> = line.split('\t').collect();
    Pair {
        same: columns[1] == "1",
        names: [columns[2].to_owned(), columns[4].to_owned()],
        dates: [columns[3].to_owned(), columns[5].to_owned()],
        category: columns[6].to_owned(),
        origin: columns[7].to_owned(),
        scripts: columns[8].to_owned(),
        folds: [0; 2],
    }
}

fn unit(line: &str) -> Unit {
    let mut columns = line.split('\t');
    let key = columns.next().unwrap_or_default().to_owned();
    let spelling = |text: &str| {
        let (name, count) = text.rsplit_once(':')?;
        Some((name.to_owned(), count.parse().ok()?))
    };
    Unit {
        key,
        spellings: columns.filter_map(spelling).collect(),
    }
}
