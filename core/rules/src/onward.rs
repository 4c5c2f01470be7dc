//! Passing on what a partner provided (G22; Directive (EU) 2016/680, Article 35(1)(e);
//! BDSG, §78(4)): refused by default, opened by the provider's permission.
//!
//! A *permission on file* is a [`Permission`] in a signed answer of the provider. Service
//! hands in those that stand now: a permission whose answer was recalled or erased is not
//! among them.

use passerelle_model::{PartyId, Permission, PermittedUse, Record};

use crate::judgement::Judgement;
use crate::{Refusal, Rule};

/// A partner's record that ours answers or refers to, with what its provider permits.
#[derive(Debug, Clone, Copy)]
pub struct Provided<'a> {
    /// The partner's record.
    pub record: &'a Record,
    /// Permissions of the provider on file, for this record or others.
    pub permissions: &'a [Permission],
    /// Whether it is restricted here.
    pub restricted: bool,
}

impl<'a> Provided<'a> {
    /// Permissions for this record that permit `what`.
    pub fn permitting(self, what: PermittedUse) -> impl Iterator<Item = &'a Permission> {
        permitting(self.permissions, self.record, what)
    }

    fn reached(&self, party: &PartyId) -> bool {
        self.record.from == *party || self.record.to.iter().any(|to| to.party == *party)
    }
}

/// Permissions among these that permit `what` of `record`.
pub(crate) fn permitting<'a>(
    permissions: &'a [Permission],
    record: &Record,
    what: PermittedUse,
) -> impl Iterator<Item = &'a Permission> + use<'a> {
    let id = record.id;
    permissions
        .iter()
        .filter(move |one| one.record == id && one.uses.contains(&what))
}

/// G22: what derives from a partner's record goes to the partner and to those whom it sent
/// it to itself, and to others only where it permits passing it on to them.
pub(crate) fn judge(record: &Record, sources: &[Provided<'_>], out: &mut Judgement) {
    let broken = sources.iter().find_map(|source| {
        let beyond = record.recipient_parties().find(|party| {
            let may = |one: &Permission| one.parties.is_empty() || one.parties.contains(party);
            let permitted = || source.permitting(PermittedUse::Dissemination).any(may);
            !source.reached(party) && !permitted()
        });
        beyond.map(|party| Refusal::of(Rule::Onward, party))
    });
    out.check(Rule::Onward, broken);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{agreement, permission, provided, reply};

    fn onward(record: &Record, theirs: &Record, permissions: &[Permission]) -> Vec<&'static str> {
        let mut out = Judgement::default();
        let source = Provided {
            record: theirs,
            permissions,
            restricted: false,
        };
        judge(record, &[source], &mut out);
        out.refusals().iter().map(Refusal::code).collect()
    }

    #[test]
    fn a_third_party_gets_it_only_with_the_providers_permission() {
        let agreement = agreement();
        let theirs = provided(&agreement);
        let mut record = reply(&agreement, &theirs);
        assert_eq!(onward(&record, &theirs, &[]), [""; 0]);
        record.to.push("nl.politie/police".parse().unwrap());
        assert_eq!(onward(&record, &theirs, &[]), ["E_ONWARD"]);
        let mut permitted = permission(&theirs, PermittedUse::Dissemination);
        assert_eq!(onward(&record, &theirs, &[permitted.clone()]), [""; 0]);
        permitted.parties = vec!["fr.police".parse().unwrap()];
        assert_eq!(onward(&record, &theirs, &[permitted.clone()]), ["E_ONWARD"]);
        permitted.parties = vec!["nl.politie".parse().unwrap()];
        assert_eq!(onward(&record, &theirs, &[permitted.clone()]), [""; 0]);
        permitted.record = record.id;
        assert_eq!(onward(&record, &theirs, &[permitted]), ["E_ONWARD"]);
    }

    #[test]
    fn those_whom_the_provider_told_are_no_third_party() {
        let agreement = agreement();
        let mut theirs = provided(&agreement);
        theirs.to.push("nl.politie/police".parse().unwrap());
        let mut record = reply(&agreement, &theirs);
        record.to.push("nl.politie/police".parse().unwrap());
        assert_eq!(onward(&record, &theirs, &[]), [""; 0]);
    }
}
