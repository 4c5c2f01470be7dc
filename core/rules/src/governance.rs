//! The register of processing (G47; Directive (EU) 2016/680, Article 24; BDSG, §70):
//! generated from configuration, and complete or not shown.

use passerelle_model::{Code, Country, Recipient};

use crate::{Refusal, Rule};

/// One kind of processing, as configuration describes it.
#[derive(Debug, Clone, Copy)]
pub struct Processing<'a> {
    /// Purposes.
    pub purposes: &'a [Code],
    /// Legal bases.
    pub bases: &'a [Code],
    /// Who may receive data.
    pub recipients: &'a [Recipient],
    /// Classes of data.
    pub classes: &'a [Code],
    /// States outside our own that data goes to; there may be none.
    pub states: &'a [Country],
    /// States that a recipient belongs to.
    pub recipient_states: &'a [Country],
    /// Days until somebody looks at a record again, and until it is erased.
    pub retention_days: (u32, u32),
    /// Whether anything in it profiles persons.
    pub profiling: bool,
}

/// Whether an entry of the register of processing says all that it must.
///
/// # Errors
/// `E_PROCESSING_REGISTER`, naming what is missing; `profiling` where there is any, for this
/// program has none.
pub fn complete(entry: &Processing<'_>) -> Result<(), Refusal> {
    let unnamed = |state: &Country| !entry.states.contains(state);
    let (review, erasure) = entry.retention_days;
    let faults = [
        (entry.purposes.is_empty(), "purposes"),
        (entry.bases.is_empty(), "bases"),
        (entry.recipients.is_empty(), "recipients"),
        (entry.classes.is_empty(), "classes"),
        (entry.recipient_states.iter().any(unnamed), "states"),
        (review == 0 || erasure < review, "retention"),
        (entry.profiling, "profiling"),
    ];
    match faults.into_iter().find(|(missing, _)| *missing) {
        Some((_, what)) => Err(Refusal::of(Rule::ProcessingRegister, what)),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_says_all_that_it_must() {
        let codes: [Code; 1] = ["terrorism".parse().unwrap()];
        let to: [Recipient; 1] = ["be.interior/police".parse().unwrap()];
        let states: [Country; 1] = ["BE".parse().unwrap()];
        let whole = Processing {
            purposes: &codes,
            bases: &codes,
            recipients: &to,
            classes: &codes,
            states: &states,
            recipient_states: &states,
            retention_days: (365, 1826),
            profiling: false,
        };
        assert_eq!(complete(&whole), Ok(()));
        let lacking = [
            (
                "purposes",
                Processing {
                    purposes: &[],
                    ..whole
                },
            ),
            (
                "bases",
                Processing {
                    bases: &[],
                    ..whole
                },
            ),
            (
                "recipients",
                Processing {
                    recipients: &[],
                    ..whole
                },
            ),
            (
                "classes",
                Processing {
                    classes: &[],
                    ..whole
                },
            ),
            (
                "states",
                Processing {
                    states: &[],
                    ..whole
                },
            ),
            (
                "retention",
                Processing {
                    retention_days: (0, 1),
                    ..whole
                },
            ),
            (
                "retention",
                Processing {
                    retention_days: (9, 1),
                    ..whole
                },
            ),
            (
                "profiling",
                Processing {
                    profiling: true,
                    ..whole
                },
            ),
        ];
        for (about, entry) in lacking {
            let refusal = complete(&entry).unwrap_err();
            assert_eq!(refusal.code(), "E_PROCESSING_REGISTER");
            assert_eq!(refusal.about, about);
        }
    }
}
