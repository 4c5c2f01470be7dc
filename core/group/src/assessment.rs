//! Assessing together: everybody seals their own assessment, and only when all have, they show
//! them. Both views stay; where they differ is something to talk about.

use std::collections::BTreeMap;

use passerelle_model::{Digest, PartyId};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::class::{Derived, Own};
use crate::macros::words;
use crate::{Error, Texts};

/// First bytes of what is hashed.
const DOMAIN: &[u8] = b"passerelle sealed assessment 1\0";

words! {
    /// How likely.
    Likelihood {
        /// Remote.
        Remote = "remote",
        /// Unlikely.
        Unlikely = "unlikely",
        /// As likely as not.
        Even = "even",
        /// Likely.
        Likely = "likely",
        /// Almost certain.
        Certain = "almost-certain",
    }
}

words! {
    /// How bad it would be.
    Impact {
        /// Little.
        Low = "low",
        /// Some.
        Moderate = "moderate",
        /// Much.
        High = "high",
        /// Very much.
        Severe = "severe",
    }
}

words! {
    /// Where it goes.
    Trend {
        /// Less.
        Falling = "falling",
        /// The same.
        Steady = "steady",
        /// More.
        Rising = "rising",
    }
}

/// One party's view of a topic. Of topics, never of persons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assessment {
    /// How likely.
    pub likelihood: Likelihood,
    /// How bad.
    pub impact: Impact,
    /// Where it goes.
    pub trend: Trend,
    /// Why.
    pub reasons: Texts,
}

/// What is sealed: SHA-256 over a fixed prefix, 32 secret random bytes and the assessment as it
/// is spelt. Without the salt nobody can try the sixty possible answers.
pub fn commitment_to(assessment: &Assessment, salt: &Digest) -> Result<Digest, Error> {
    let bytes =
        serde_json::to_vec(assessment).map_err(|error| Error::Malformed(error.to_string()))?;
    let mut hash = Sha256::new();
    hash.update(DOMAIN);
    hash.update(salt.as_bytes());
    hash.update(bytes);
    Ok(Digest::new(hash.finalize().into()))
}

words! {
    /// How the views meet.
    Verdict {
        /// The same, or next to each other.
        Converge = "converge",
        /// Further apart, or trends that contradict each other.
        Diverge = "diverge",
    }
}

/// Rounds of a topic.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Assessed {
    pub(crate) sealed: BTreeMap<(u32, PartyId), Own<Digest>>,
    pub(crate) shown: BTreeMap<(u32, PartyId), Own<Assessment>>,
}

impl Assessed {
    /// The newest round, if one was begun.
    pub fn round(&self) -> Option<u32> {
        self.sealed.keys().map(|(round, _)| *round).max()
    }

    /// Who has sealed in a round.
    pub fn sealed(&self, round: u32) -> impl Iterator<Item = &Own<Digest>> {
        let all = self.sealed.iter();
        all.filter(move |((of, _), _)| *of == round)
            .map(|(_, own)| own)
    }

    /// What was shown in a round.
    pub fn shown(&self, round: u32) -> impl Iterator<Item = &Own<Assessment>> {
        let all = self.shown.iter();
        all.filter(move |((of, _), _)| *of == round)
            .map(|(_, own)| own)
    }

    /// How the views of a round meet, once all `parties` have shown theirs.
    pub fn verdict(&self, round: u32, parties: &[PartyId]) -> Option<Derived<Verdict>> {
        let views: Vec<&Assessment> = self.shown(round).map(Own::value).collect();
        if views.len() < parties.len() {
            return None;
        }
        let spread = |step: fn(&Assessment) -> usize| {
            let steps = views.iter().map(|view| step(view));
            let (low, high) = (steps.clone().min(), steps.max());
            high.unwrap_or(0) - low.unwrap_or(0)
        };
        let apart = spread(|view| view.likelihood as usize) > 1
            || spread(|view| view.impact as usize) > 1
            || spread(|view| view.trend as usize) > 1;
        Some(Derived::new(if apart {
            Verdict::Diverge
        } else {
            Verdict::Converge
        }))
    }
}
