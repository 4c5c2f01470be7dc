//! What must never be used, and who must never be made known (G27, G28; Convention against
//! Torture, Article 15; Regulation (EU) 2016/794, Article 23; Directive 2013/32/EU,
//! Article 30; Geneva Convention, Article 33).

use passerelle_model::Answer;

use crate::judgement::Judgement;
use crate::release::ReleaseFacts;
use crate::{Refusal, Rule};

/// Both questions are answered on the side that sends, and doubt counts as yes.
pub(crate) fn judge(facts: &ReleaseFacts<'_>, out: &mut Judgement) {
    let Some(intake) = facts.intake else {
        out.refuse_if(Rule::Intake, true, "intake");
        return;
    };
    let tainted = intake.tainted != Answer::No && !facts.own.legal_review;
    out.refuse_if(Rule::Tainted, tainted, intake.tainted);
    out.check(Rule::NonRefoulement, refoulement(intake.protection));
}

/// Where nobody can say which state a person fled, it may be any that would receive this.
pub(crate) fn refoulement(seeks: Answer) -> Option<Refusal> {
    (seeks != Answer::No).then(|| Refusal::of(Rule::NonRefoulement, seeks))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judgement::Effect::Refuses;
    use crate::samples::{CLEAN, effects};
    use passerelle_model::Intake;

    #[test]
    fn intake_is_answered_and_doubt_counts_as_yes() {
        let unanswered = effects(|_| (), |f| f.intake = None);
        assert_eq!(unanswered, [("E_INTAKE", Refuses)]);
        assert_eq!(effects(|_| (), |f| f.intake = Some(CLEAN)), []);
        for answer in [Answer::Yes, Answer::Unsure] {
            let tainted = Intake {
                tainted: answer,
                ..CLEAN
            };
            let found = effects(|_| (), |f| f.intake = Some(tainted));
            assert_eq!(found, [("E_TAINTED", Refuses)]);
            let reviewed = effects(
                |_| (),
                |f| {
                    f.intake = Some(tainted);
                    f.own.legal_review = true;
                },
            );
            assert_eq!(reviewed, []);
            let seeks = Intake {
                protection: answer,
                ..CLEAN
            };
            let found = effects(|_| (), |f| f.intake = Some(seeks));
            assert_eq!(found, [("E_NON_REFOULEMENT", Refuses)]);
        }
    }
}
