//! Probes: made-up identifiers, written in many ways, by which both sides see that they make the
//! same of them.
//!
//! Whoever reads the file of the other side makes each of them anew. So either side can add
//! probes of its own, which the other cannot have prepared for.

use minicbor::{Decode, Encode};

use super::{EXCHANGE_VERSION, digest, is_plain, read, written};
use crate::{Class, Error};

/// Most probes of one file.
pub const MAX_PROBES: usize = 10_000;
/// Longest text of a probe, in bytes.
const MAX_PROBE_BYTES: usize = 4096;

/// What one side makes of a list of made-up identifiers.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Probes {
    #[n(0)]
    version: u32,
    #[n(1)]
    class: String,
    #[n(2)]
    source: String,
    #[n(3)]
    probes: Vec<Probe>,
}

#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
struct Probe {
    #[n(0)]
    written: String,
    #[n(1)]
    made: String,
}

/// A probe of which the two sides make different things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What is written.
    pub written: String,
    /// What the other side makes of it: a canonical form or an error code.
    pub theirs: String,
    /// What this side makes of it.
    pub ours: String,
}

impl Probes {
    /// What `make` gives for each probe: the canonical form, or the error code.
    ///
    /// # Errors
    /// `E_MATCH_BATCH` above [`MAX_PROBES`]; `E_MATCH_FILE` for a text that is too long.
    pub fn of<'a>(
        class: Class,
        source: &str,
        written: impl IntoIterator<Item = &'a str>,
        make: impl Fn(&str) -> String,
    ) -> Result<Self, Error> {
        let one = |written: &str| Probe {
            written: written.to_owned(),
            made: make(written),
        };
        let probes = Self {
            version: EXCHANGE_VERSION,
            class: class.as_str().to_owned(),
            source: source.to_owned(),
            probes: written.into_iter().take(MAX_PROBES + 1).map(one).collect(),
        };
        probes.check()?;
        Ok(probes)
    }

    /// Reads the file of the other side.
    ///
    /// # Errors
    /// `E_MATCH_FILE`, `E_MATCH_VERSION`, `E_MATCH_BATCH`, `E_MATCH_IDENTIFIER` for a class that
    /// this program does not know.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let probes: Self = read("probes", bytes)?;
        probes.check()?;
        Ok(probes)
    }

    /// The file.
    pub fn to_bytes(&self) -> Vec<u8> {
        written(self)
    }

    /// SHA-256 of the file.
    pub fn hash(&self) -> [u8; 32] {
        digest(&self.to_bytes())
    }

    /// The class.
    ///
    /// # Errors
    /// `E_MATCH_IDENTIFIER`.
    pub fn class(&self) -> Result<Class, Error> {
        self.class.parse()
    }

    /// Number of probes.
    pub fn len(&self) -> usize {
        self.probes.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.probes.is_empty()
    }

    /// What is written, probe by probe.
    pub fn written(&self) -> impl Iterator<Item = &str> {
        self.probes.iter().map(|probe| probe.written.as_str())
    }

    /// Makes every probe of the other side anew, and gives those that come out otherwise.
    ///
    /// # Errors
    /// `E_MATCH_TABLES` where the other side makes them by other tables: then nothing need be
    /// compared.
    pub fn compare(
        &self,
        source: &str,
        make: impl Fn(&str) -> String,
    ) -> Result<Vec<Difference>, Error> {
        if self.source != source {
            return Err(Error::Tables {
                theirs: self.source.clone(),
                ours: source.to_owned(),
            });
        }
        let differs = |probe: &Probe| {
            let ours = make(&probe.written);
            (ours != probe.made).then(|| Difference {
                written: probe.written.clone(),
                theirs: probe.made.clone(),
                ours,
            })
        };
        Ok(self.probes.iter().filter_map(differs).collect())
    }

    fn check(&self) -> Result<(), Error> {
        self.class()?;
        if !(1..=MAX_PROBES).contains(&self.probes.len()) {
            return Err(Error::Batch("a file has 1 to 10,000 probes"));
        }
        let short = |probe: &Probe| {
            probe.written.len() <= MAX_PROBE_BYTES && probe.made.len() <= MAX_PROBE_BYTES
        };
        match is_plain(&self.source) && self.probes.iter().all(short) {
            true => Ok(()),
            false => Err(Error::File {
                what: "probes",
                why: "a text is too long",
            }),
        }
    }
}
