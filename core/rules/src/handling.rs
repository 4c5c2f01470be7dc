//! Conditions that travel with a record, and what freezes it (G23 to G26; Council document
//! 6261/18; Directive (EU) 2016/680, Article 9(3) and recital 71; ICCPR, Articles 6 and 7;
//! Convention against Torture, Article 3).

use std::collections::BTreeSet;

use passerelle_model::{
    Handling, Markings, OfficerId, Outlet, PermittedUse, Record, Role, Terms, UnitId,
};

use crate::access::{Opening, Reader, may_handle, may_keep_to_named};
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
    /// A report of a partner that this program does not know.
    Other,
}

impl UseReport {
    /// Reports that a person of this node makes.
    pub const MADE: [Self; 3] = [Self::AsAgreed, Self::CapitalCharge, Self::IllTreatment];

    /// As the signed statement says it.
    pub fn code(self) -> &'static str {
        match self {
            Self::AsAgreed => "E_USE_AS_AGREED",
            Self::CapitalCharge => "E_USE_CAPITAL_CHARGE",
            Self::IllTreatment => "E_USE_ILL_TREATMENT",
            Self::Other => "E_USE_OTHER",
        }
    }

    /// What a statement says. What is not known is not taken to be harmless.
    pub fn of_code(code: &str) -> Self {
        let known = Self::MADE.into_iter().find(|one| one.code() == code);
        known.unwrap_or(Self::Other)
    }

    /// G26: whether this report freezes the record at once and alerts the data-protection
    /// officers of both sides.
    pub fn freezes(self) -> bool {
        self != Self::AsAgreed
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

/// G26: whether this person reports how a partner's record of these units was used: an officer
/// or approver who sees it.
///
/// # Errors
/// `E_NOT_FOUND`, also for whoever only reads.
pub fn may_report(
    reader: &Reader<'_>,
    units: &BTreeSet<UnitId>,
    named: Option<&BTreeSet<OfficerId>>,
) -> Result<(), Refusal> {
    may_keep_to_named(reader, units, named)
}

/// G26: whether what was reported of a frozen record is dealt with: this side's
/// data-protection officer wrote for each report what was done. Until then the alarm stays,
/// and the record is neither thawed nor erased.
///
/// # Errors
/// `E_FROZEN`, naming the first report that waits.
pub fn settled(reports: impl IntoIterator<Item = (UseReport, bool)>) -> Result<(), Refusal> {
    let open = reports.into_iter().find(|(_, written)| !written);
    match open {
        Some((report, _)) => Err(Refusal::of(Rule::Frozen, report.code())),
        None => Ok(()),
    }
}

/// G26: whether these roles let a frozen record be used again: the data-protection officer,
/// once every report is [`settled`].
///
/// # Errors
/// `E_FROZEN`.
pub fn may_thaw(
    roles: &BTreeSet<Role>,
    reports: impl IntoIterator<Item = (UseReport, bool)>,
) -> Result<(), Refusal> {
    settled(reports)?;
    may_handle(roles)
        .map(drop)
        .map_err(|_| Refusal::of(Rule::Frozen, Role::DataProtection))
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
        let freezing = [
            UseReport::CapitalCharge,
            UseReport::IllTreatment,
            UseReport::Other,
        ];
        for report in freezing {
            let refused = not_frozen(&[UseReport::AsAgreed, report]).unwrap_err();
            assert_eq!(refused.code(), "E_FROZEN");
        }
    }

    #[test]
    fn what_a_partner_reports_is_read_and_never_taken_for_harmless() {
        for report in UseReport::MADE {
            assert_eq!(UseReport::of_code(report.code()), report);
        }
        let unknown = UseReport::of_code("E_USE_SOMETHING_NEW");
        assert!(unknown == UseReport::Other && unknown.freezes());
    }

    #[test]
    fn a_frozen_record_waits_for_the_data_protection_officer() {
        let reports = |written| [(UseReport::CapitalCharge, written)];
        let watch = BTreeSet::from([Role::DataProtection]);
        assert_eq!(may_thaw(&watch, reports(true)), Ok(()));
        assert_eq!(
            may_thaw(&watch, reports(false)).unwrap_err().code(),
            "E_FROZEN"
        );
        let approver = BTreeSet::from([Role::Approver]);
        assert_eq!(
            may_thaw(&approver, reports(true)).unwrap_err().code(),
            "E_FROZEN"
        );
        assert_eq!(settled([]), Ok(()));
    }

    #[test]
    fn officers_and_approvers_report_what_they_see() {
        for role in Role::ALL {
            let world = World::new(*role);
            let may = may_report(&world.reader(), &world.record_units, None).is_ok();
            assert_eq!(
                may,
                matches!(role, Role::Officer | Role::Approver),
                "{role}"
            );
        }
        let world = World::new(Role::Officer);
        let other = BTreeSet::from(["police".parse().unwrap()]);
        assert!(may_report(&world.reader(), &other, None).is_err());
    }
}
