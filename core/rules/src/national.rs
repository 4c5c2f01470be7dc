//! What one state asks of its own nodes (G37; Moroccan law 09-08, Article 43): a Moroccan
//! file has its declaration with the CNDP, or the article that exempts it.

use crate::Rule;
use crate::judgement::Judgement;
use crate::release::OwnSide;

pub(crate) fn judge(own: &OwnSide<'_>, out: &mut Judgement) {
    if own.country.is_some_and(|country| country.as_str() == "MA") {
        out.refuse_if(Rule::FileReference, own.file_reference.is_none(), "MA");
    }
}

#[cfg(test)]
mod tests {
    use crate::judgement::Effect;
    use crate::samples::effects;
    use passerelle_model::{Country, Name};

    #[test]
    fn a_moroccan_file_names_its_declaration() {
        let ma: Country = "MA".parse().unwrap();
        let be: Country = "BE".parse().unwrap();
        let reference: Name = "CNDP D-123/2024".parse().unwrap();
        let with = |country, reference| {
            effects(
                |_| (),
                |facts| {
                    facts.own.country = Some(country);
                    facts.own.file_reference = reference;
                },
            )
        };
        assert_eq!(with(&ma, None), [("E_MA_BASIS", Effect::Refuses)]);
        assert_eq!(with(&ma, Some(&reference)), []);
        assert_eq!(with(&be, None), []);
    }
}
