//! For what data is used: purpose, legal basis, offence scope, and use for another purpose
//! (G01 to G03; Directive (EU) 2016/680, Articles 4, 8 and 9; Moroccan law 09-08, Article 12).

use passerelle_model::{Day, Kind, PermittedUse, Record, Terms};

use crate::judgement::Judgement;
use crate::onward::Provided;
use crate::{Refusal, Rule};

/// G01 and G02, as both sides check them.
pub(crate) fn judge(record: &Record, terms: &Terms, today: Day, out: &mut Judgement) {
    out.check(Rule::Purpose, purpose(record, terms, today));
    out.check(Rule::Scope, scope(record, terms));
}

/// A purpose from the closed list, on a legal basis that is in force; what was sent is taken back
/// (G08) whatever has ended since.
fn purpose(record: &Record, terms: &Terms, today: Day) -> Option<Refusal> {
    let Some(purpose) = terms.purpose(&record.purpose) else {
        return Some(Refusal::of(Rule::Purpose, &record.purpose));
    };
    let carried = purpose.bases.contains(&record.basis)
        && terms
            .basis(&record.basis)
            .is_some_and(|basis| basis.in_force(today) || record.kind == Kind::Recall);
    (!carried).then(|| Refusal::of(Rule::Basis, &record.basis))
}

fn scope(record: &Record, terms: &Terms) -> Option<Refusal> {
    let outside = record
        .offences
        .iter()
        .find(|code| !terms.scope.offences.contains(code));
    outside.map(|code| Refusal::of(Rule::Scope, code))
}

/// G03: what a partner sent for one purpose serves no other, unless its permission names
/// that purpose.
pub(crate) fn change(record: &Record, sources: &[Provided<'_>], out: &mut Judgement) {
    let broken = sources.iter().find_map(|source| {
        let other = source.record.purpose != record.purpose;
        let named = |purpose: Option<&_>| purpose == Some(&record.purpose);
        let permitted = source
            .permitting(PermittedUse::OtherPurpose)
            .any(|permission| named(permission.purpose.as_ref()));
        (other && !permitted).then(|| Refusal::of(Rule::PurposeChange, &source.record.purpose))
    });
    out.check(Rule::PurposeChange, broken);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{agreement, codes, permission, provided, reply};

    #[test]
    fn another_purpose_waits_for_the_permission_that_names_it() {
        let agreement = agreement();
        let theirs = provided(&agreement);
        let mut record = reply(&agreement, &theirs);
        assert_eq!(codes(&record, &agreement, &theirs, &[]), [""; 0]);
        record.purpose = "trafficking".parse().unwrap();
        let code = ["E_PURPOSE_CHANGE"];
        assert_eq!(codes(&record, &agreement, &theirs, &[]), code);
        let mut permitted = permission(&theirs, PermittedUse::OtherPurpose);
        assert_eq!(
            codes(&record, &agreement, &theirs, &[permitted.clone()]),
            code
        );
        permitted.purpose = Some("trafficking".parse().unwrap());
        assert_eq!(codes(&record, &agreement, &theirs, &[permitted]), [""; 0]);
        let court = permission(&theirs, PermittedUse::Court);
        assert_eq!(codes(&record, &agreement, &theirs, &[court]), code);
    }
}
