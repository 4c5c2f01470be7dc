//! Special categories of data, and nobody recorded for one alone (G09, G10; Directive (EU)
//! 2016/680, Article 10; Moroccan law 09-08, Article 1; ICCPR, Articles 18 to 22).

use passerelle_model::{Particulars, Record};

use crate::Rule;
use crate::judgement::Judgement;

/// What both sides can check: necessity is explained, and there is a link to an offence.
pub(crate) fn shape(record: &Record, persons: &Particulars, out: &mut Judgement) {
    out.refuse_if(Rule::OffenceLink, record.offences.is_empty(), "offences");
    if !persons.special.is_empty() {
        let unexplained = persons.necessity.is_none();
        out.refuse_if(Rule::SpecialNecessity, unexplained, "necessity");
    }
}

/// A second person answers for it on the side that sends.
pub(crate) fn judge(persons: &Particulars, out: &mut Judgement) {
    if let Some(first) = persons.special.first() {
        out.approve(Rule::Special, first);
    }
}

#[cfg(test)]
mod tests {
    use crate::judgement::Effect::{NeedsApproval, Refuses};
    use crate::samples::{effects, of};
    use passerelle_model::SpecialCategory;

    #[test]
    fn a_special_category_is_explained_and_seen_by_a_second_person() {
        let second = ("E_SPECIAL_SECOND_PERSON", NeedsApproval);
        let bare = effects(|r| of(r).special = vec![SpecialCategory::Health], |_| ());
        assert_eq!(bare, [("E_SPECIAL_NECESSITY", Refuses), second]);
        let explained = effects(
            |r| {
                of(r).special = vec![SpecialCategory::Health];
                of(r).necessity = Some("danger de contagion".parse().unwrap());
            },
            |_| (),
        );
        assert_eq!(explained, [second]);
        assert_eq!(effects(|_| (), |_| ()), []);
    }

    #[test]
    fn nobody_is_reported_without_a_link_to_an_offence() {
        let found = effects(|r| r.offences.clear(), |_| ());
        assert_eq!(found, [("E_NO_OFFENCE_LINK", Refuses)]);
    }

    #[test]
    fn categories_are_those_of_both_laws() {
        assert_eq!(SpecialCategory::ALL.len(), 8);
    }
}
