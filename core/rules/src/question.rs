//! A hit/no-hit question is a disclosure and a consultation at once (G29; Directive (EU)
//! 2016/680, Article 25): a reason first, nobody who fled, and so many a day.

use passerelle_model::{Answer, Reason};

use crate::{Refusal, Rule, log, protection};

/// What must be known before a question goes to a partner.
#[derive(Debug, Clone, Copy)]
pub struct QuestionFacts<'a> {
    /// Why it is asked.
    pub why: Option<&'a Reason>,
    /// Whether the person seeks asylum or protection, or has it.
    pub protection: Answer,
    /// Questions that this person has already asked today.
    pub asked_today: u64,
    /// Questions that one person may ask on one day, by the agreement.
    pub quota: u64,
}

/// Proof that a question may be asked. Only [`may_ask`] makes one.
#[derive(Debug, PartialEq, Eq)]
pub struct MayAsk(());

/// Judges one question.
///
/// # Errors
/// `E_JUSTIFICATION`, `E_NON_REFOULEMENT` (told to our own side only: to anybody else it
/// looks like "no result"), `E_QUOTA`.
pub fn may_ask(facts: &QuestionFacts<'_>) -> Result<MayAsk, Refusal> {
    log::justified(facts.why)?;
    if let Some(refusal) = protection::refoulement(facts.protection) {
        return Err(refusal);
    }
    match facts.asked_today >= facts.quota {
        true => Err(Refusal::of(Rule::Quota, facts.quota)),
        false => Ok(MayAsk(())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_nobody_who_fled_and_so_many_a_day() {
        let why: Reason = "véhicule signalé".parse().unwrap();
        let facts = QuestionFacts {
            why: Some(&why),
            protection: Answer::No,
            asked_today: 9,
            quota: 10,
        };
        let code = |facts: QuestionFacts<'_>| may_ask(&facts).err().map(|refusal| refusal.code());
        assert_eq!(code(facts), None);
        let tenth = QuestionFacts {
            asked_today: 10,
            ..facts
        };
        assert_eq!(code(tenth), Some("E_QUOTA"));
        assert_eq!(
            code(QuestionFacts { why: None, ..facts }),
            Some("E_JUSTIFICATION")
        );
        for answer in [Answer::Yes, Answer::Unsure] {
            let fled = QuestionFacts {
                protection: answer,
                ..facts
            };
            assert_eq!(code(fled), Some("E_NON_REFOULEMENT"));
        }
    }
}
