//! How good data is (G04 to G07; Directive (EU) 2016/680, Articles 6 and 7; Regulation (EU)
//! 2016/794, Article 29): categories of persons, fact or assessment, as of when, and other
//! scales shown as what they are: approximate.

mod scales;

use passerelle_model::{Nature, Particulars, Record};

use crate::Rule;
use crate::judgement::Judgement;

pub use scales::{Admiralty, Approximate, Credibility, Reliability};

/// G04 to G06, as both sides check them. That both grades of the 4x4 evaluation and the
/// completeness are there is a matter of shape: a record without them does not decode.
pub(crate) fn judge(record: &Record, persons: &Particulars, out: &mut Judgement) {
    let unnamed = persons.categories.is_empty();
    out.refuse_if(Rule::PersonCategory, unnamed, "categories");
    let unheld = persons.nature == Nature::Assessment && persons.assessor.is_none();
    out.refuse_if(Rule::Nature, unheld, "assessor");
    let future = persons.as_of > record.time.day();
    out.refuse_if(Rule::AsOf, future, persons.as_of);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judgement::Effect::Refuses;
    use crate::samples::{NOW, effects, of};
    use passerelle_model::PersonCategory;

    #[test]
    fn the_quality_of_a_person_is_named() {
        let none = effects(|r| of(r).categories.clear(), |_| ());
        assert_eq!(none, [("E_PERSON_CATEGORY", Refuses)]);
        for category in PersonCategory::ALL {
            let one = effects(|r| of(r).categories = vec![*category], |_| ());
            assert_eq!(one, [], "{category}");
        }
        assert_eq!(PersonCategory::ALL.len(), 5);
    }

    #[test]
    fn an_assessment_names_the_body_behind_it() {
        let bare = effects(|r| of(r).nature = Nature::Assessment, |_| ());
        assert_eq!(bare, [("E_NATURE", Refuses)]);
        let held = effects(
            |r| {
                of(r).nature = Nature::Assessment;
                of(r).assessor = Some("BNPJ".parse().unwrap());
            },
            |_| (),
        );
        assert_eq!(held, []);
    }

    #[test]
    fn nothing_is_right_as_of_tomorrow() {
        let tomorrow = effects(|r| of(r).as_of = NOW.day().plus_days(1), |_| ());
        assert_eq!(tomorrow, [("E_EVALUATION", Refuses)]);
        assert_eq!(effects(|r| of(r).as_of = NOW.day(), |_| ()), []);
    }
}
