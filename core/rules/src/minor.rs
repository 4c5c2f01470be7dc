//! Minors (G42; Convention on the Rights of the Child, Article 3): the record says why it is
//! in their best interests, and a second person looks at that.

use passerelle_model::Particulars;

use crate::Rule;
use crate::judgement::Judgement;

pub(crate) fn judge(persons: &Particulars, out: &mut Judgement) {
    if persons.minors.is_some() {
        out.approve(Rule::MinorReason, "minors");
    }
}

#[cfg(test)]
mod tests {
    use crate::judgement::Effect;
    use crate::samples::{effects, of};

    #[test]
    fn a_second_person_looks_at_their_best_interests() {
        let minor = effects(
            |r| of(r).minors = Some("retrouver sa famille".parse().unwrap()),
            |_| (),
        );
        assert_eq!(minor, [("E_MINOR", Effect::NeedsApproval)]);
        assert_eq!(effects(|r| of(r).minors = None, |_| ()), []);
    }
}
