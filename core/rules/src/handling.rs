//! Conditions that travel with a record, and what freezes it (G23 to G26; Council document
//! 6261/18; Directive (EU) 2016/680, Article 9(3) and recital 71; ICCPR, Articles 6 and 7;
//! Convention against Torture, Article 3).

use passerelle_model::{Handling, Markings, Outlet, PermittedUse, Record, Terms};

use crate::access::Opening;
use crate::judgement::Judgement;
use crate::release::OwnSide;
use crate::{Refusal, Rule};

/// Caveats are those of the agreement, the obligatory ones are there, and H3 has its text.
pub(crate) fn caveats(record: &Record, terms: &Terms, out: &mut Judgement) {
    out.check(Rule::Caveat, missing_caveat(record, terms));
}

fn missing_caveat(record: &Record, terms: &Terms) -> Option<Refusal> {
    let held = &record.markings.caveats;
    if let Some(unknown) = held.iter().find(|code| terms.caveat(code).is_none()) {
        return Some(Refusal::of(Rule::Caveat, unknown));
    }
    let missing = terms
        .caveat
        .iter()
        .find(|caveat| caveat.always && !held.contains(&caveat.code));
    if let Some(caveat) = missing {
        return Some(Refusal::of(Rule::Caveat, &caveat.code));
    }
    (record.markings.handling == Handling::H3 && held.is_empty())
        .then(|| Refusal::of(Rule::Caveat, Handling::H3))
}

/// G25: to a state whose law keeps the death penalty, the caveat against it goes with data
/// about persons.
pub(crate) fn capital(record: &Record, own: &OwnSide<'_>, out: &mut Judgement) {
    let Some(caveat) = own.capital_caveat else {
        return;
    };
    if let Some(country) = own.recipients.iter().find(|one| own.capital.contains(one)) {
        let carried = record.markings.caveats.contains(caveat);
        out.refuse_if(Rule::Capital, !carried, country);
    }
}

/// G24: what a partner attached to a record is accepted before the record opens. H3 is
/// nothing but its text, and so comes under the same question.
pub(crate) fn conditions(opening: &Opening<'_>) -> Result<(), Refusal> {
    let Some(markings) = opening.markings else {
        return Ok(());
    };
    match has_conditions(markings) && !opening.ours && !opening.conditions_accepted {
        true => Err(Refusal::of(Rule::ConditionsUnread, markings.handling)),
        false => Ok(()),
    }
}

/// Whether there is anything to accept.
pub fn has_conditions(markings: &Markings) -> bool {
    !markings.caveats.is_empty() || markings.handling != Handling::H0
}

/// G23: H1 keeps a partner's record out of court and H2 keeps it from leaving the node at
/// all, until the provider's permission is on file.
pub(crate) fn export(opening: &Opening<'_>, markings: &Markings) -> Result<(), Refusal> {
    let blocked = match (markings.handling, opening.outlet) {
        (Handling::H1, Outlet::Court) => !opening.permits(PermittedUse::Court),
        (Handling::H2, Outlet::Court) => {
            !opening.permits(PermittedUse::Court) && !opening.permits(PermittedUse::Dissemination)
        }
        (Handling::H2, _) => !opening.permits(PermittedUse::Dissemination),
        _ => false,
    };
    match blocked {
        true => Err(Refusal::of(Rule::Handling, markings.handling)),
        false => Ok(()),
    }
}

/// What somebody reports of the use that a record was put to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UseReport {
    /// As its purpose and conditions say.
    AsAgreed,
    /// In a case in which a death penalty is asked for.
    CapitalCharge,
    /// Ill-treatment of a person concerned is alleged.
    IllTreatment,
}

impl UseReport {
    /// G26: whether this report freezes the record at once and alerts the data-protection
    /// officers of both sides.
    pub fn freezes(self) -> bool {
        matches!(self, Self::CapitalCharge | Self::IllTreatment)
    }
}

/// Whether a record with these reports may still be used.
///
/// # Errors
/// `E_FROZEN` where one of them freezes it.
pub fn not_frozen(reports: &[UseReport]) -> Result<(), Refusal> {
    match reports.iter().any(|report| report.freezes()) {
        true => Err(Refusal::of(Rule::Frozen, "use report")),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Asked;
    use crate::judgement::Effect;
    use crate::samples::{World, agreement, effects, facts, record};
    use passerelle_model::{Agreement, Code, Country, Role, Tlp};

    #[test]
    fn caveats_are_those_of_the_agreement() {
        let agreement = agreement();
        let judge = |change: fn(&mut Record)| {
            let mut changed = record(&agreement);
            change(&mut changed);
            crate::judge(&changed, &facts(&agreement)).refusals().len()
        };
        assert_eq!(judge(|_| ()), 0);
        assert_eq!(
            judge(|r| r.markings.caveats = vec!["odd".parse().unwrap()]),
            1
        );
        assert_eq!(judge(|r| r.markings.handling = Handling::H3), 1);
    }

    #[test]
    fn an_obligatory_caveat_cannot_be_left_out() {
        let always = "death penalty.\" }\nalways = true";
        let text = crate::samples::TEXT.replace("death penalty.\" }", always);
        let agreement = Agreement::parse(&text).unwrap();
        let mut bare = record(&agreement);
        let found = crate::judge(&bare, &facts(&agreement)).refusals();
        assert_eq!(found[0].code(), "E_CAVEAT");
        bare.markings.caveats = vec!["no-capital-charge".parse().unwrap()];
        assert!(
            crate::judge(&bare, &facts(&agreement))
                .refusals()
                .is_empty()
        );
    }

    #[test]
    fn the_caveat_against_a_death_penalty_is_asked_for() {
        let states: [Country; 1] = ["MA".parse().unwrap()];
        let caveat: Code = "no-capital-charge".parse().unwrap();
        let with = |carried: bool| {
            effects(
                |r| r.markings.caveats.extend(carried.then(|| caveat.clone())),
                |facts| {
                    facts.own.recipients = &states;
                    facts.own.capital = &states;
                    facts.own.capital_caveat = Some(&caveat);
                },
            )
        };
        assert_eq!(with(false), [("E_CAVEAT_CAPITAL", Effect::Refuses)]);
        assert_eq!(with(true), []);
    }

    #[test]
    fn conditions_come_before_content() {
        let mut fresh = World::new(Role::Officer);
        fresh.accepted = false;
        assert_eq!(fresh.ask(Asked::Open), Err("E_CONDITIONS_UNACK"));
        fresh.markings.handling = Handling::H0;
        assert_eq!(fresh.ask(Asked::Open), Ok(()));
        fresh.markings.caveats = vec!["no-capital-charge".parse().unwrap()];
        assert_eq!(fresh.ask(Asked::Open), Err("E_CONDITIONS_UNACK"));
        fresh.ours = true;
        assert_eq!(fresh.ask(Asked::Open), Ok(()));
    }

    #[test]
    fn h1_stays_out_of_court_and_h2_inside_the_node() {
        let mut marked = World::new(Role::Officer);
        (marked.markings.tlp, marked.markings.handling) = (Tlp::Green, Handling::H1);
        assert_eq!(marked.export(Outlet::Own), Ok(()));
        assert_eq!(marked.export(Outlet::Court), Err("E_HANDLING"));
        marked.permit(PermittedUse::Court);
        assert_eq!(marked.export(Outlet::Court), Ok(()));

        let mut kept = World::new(Role::Officer);
        (kept.markings.tlp, kept.markings.handling) = (Tlp::Green, Handling::H2);
        for outlet in [Outlet::Own, Outlet::Clients, Outlet::Court] {
            assert_eq!(kept.export(outlet), Err("E_HANDLING"));
        }
        kept.permit(PermittedUse::Dissemination);
        assert_eq!(kept.export(Outlet::Clients), Ok(()));
        kept.permissions.clear();
        kept.ours = true;
        assert_eq!(kept.export(Outlet::Own), Ok(()));
    }

    #[test]
    fn h3_shows_its_text_and_is_taken_after_that() {
        let mut marked = World::new(Role::Officer);
        marked.markings.handling = Handling::H3;
        marked.accepted = false;
        assert_eq!(marked.export(Outlet::Own), Err("E_CONDITIONS_UNACK"));
        marked.accepted = true;
        assert_eq!(marked.export(Outlet::Own), Ok(()));
    }

    #[test]
    fn a_capital_charge_or_ill_treatment_freezes() {
        assert_eq!(not_frozen(&[]), Ok(()));
        assert_eq!(not_frozen(&[UseReport::AsAgreed]), Ok(()));
        for report in [UseReport::CapitalCharge, UseReport::IllTreatment] {
            let refused = not_frozen(&[UseReport::AsAgreed, report]).unwrap_err();
            assert_eq!(refused.code(), "E_FROZEN");
        }
    }
}
