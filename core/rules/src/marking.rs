//! Markings hold (G35, G36; FIRST TLP 2.0; MISP's PAP; Council document 6261/18): on the way
//! out of the node, and in what derives from a partner's records.

use passerelle_model::{Handling, Markings, Outlet, Pap, PermittedUse, Record, Tlp};

use crate::access::Opening;
use crate::judgement::Judgement;
use crate::onward::Provided;
use crate::{Refusal, Rule};

/// Our own rule: what is for the named recipients' eyes only is seen by two before it leaves.
pub(crate) fn red(record: &Record, out: &mut Judgement) {
    if record.markings.tlp == Tlp::Red {
        out.approve(Rule::RedSecond, Tlp::Red);
    }
}

/// G35: what derives from partners' records is marked at least as strictly as each of them,
/// unless its originator signed that it may be weaker. What goes back to the originator and
/// to nobody else tells it nothing that it marked, so our own marking stands there.
pub(crate) fn derived(record: &Record, sources: &[Provided<'_>], out: &mut Judgement) {
    let beyond = |source: &&Provided<'_>| {
        let mut parties = record.recipient_parties();
        parties.any(|party| *party != source.record.from)
    };
    let broken = sources.iter().filter(beyond).find_map(|source| {
        let signed = || source.permitting(PermittedUse::WeakerMarkings).next();
        weaker(&record.markings, &source.record.markings).filter(|_| signed().is_none())
    });
    out.check(Rule::MarkingLower, broken);
}

/// The first respect in which `ours` is weaker than `theirs`.
fn weaker(ours: &Markings, theirs: &Markings) -> Option<Refusal> {
    let lower = |about: &dyn std::fmt::Display| Some(Refusal::of(Rule::MarkingLower, about));
    if ours.tlp < theirs.tlp {
        return lower(&theirs.tlp);
    }
    if ours.pap < theirs.pap {
        return lower(&theirs.pap);
    }
    if strength(ours.handling) < strength(theirs.handling) {
        return lower(&theirs.handling);
    }
    let dropped = |code: &&_| !ours.caveats.contains(code);
    theirs
        .caveats
        .iter()
        .find(dropped)
        .map(|code| Refusal::of(Rule::MarkingLower, code))
}

/// H3 is nothing but its text, which stands in caveats and is compared there.
fn strength(handling: Handling) -> u8 {
    match handling {
        Handling::H0 | Handling::H3 => 0,
        Handling::H1 => 1,
        Handling::H2 => 2,
    }
}

/// The strictest traffic light and action label under which a copy may go somewhere. Our
/// reading: what is said in court is noticed by whom it concerns, and what is public has no
/// limit at all.
fn bounds(outlet: Outlet) -> (Tlp, Pap) {
    match outlet {
        Outlet::Own => (Tlp::AmberStrict, Pap::Red),
        Outlet::Clients => (Tlp::Amber, Pap::Amber),
        Outlet::Community => (Tlp::Green, Pap::Amber),
        Outlet::Court => (Tlp::Green, Pap::Green),
        Outlet::Public => (Tlp::Clear, Pap::Clear),
    }
}

/// G36: a copy of a partner's record leaves the node only as far as its labels reach, or the
/// provider's permission for that way out does. Nothing permits making public what is not
/// marked so.
pub(crate) fn export(opening: &Opening<'_>, markings: &Markings) -> Result<(), Refusal> {
    let permitted = match opening.outlet {
        Outlet::Court => opening.permits(PermittedUse::Court),
        Outlet::Public => false,
        Outlet::Own | Outlet::Clients | Outlet::Community => {
            opening.permits(PermittedUse::Dissemination)
        }
    };
    let (tlp, pap) = bounds(opening.outlet);
    match (markings.tlp > tlp, markings.pap > pap) {
        _ if permitted => Ok(()),
        (true, _) => Err(Refusal::of(Rule::ExportBlocked, markings.tlp)),
        (_, true) => Err(Refusal::of(Rule::ExportBlocked, markings.pap)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{World, agreement, permission, provided, reply};
    use passerelle_model::{Permission, Role};

    fn lower(record: &Record, theirs: &Record, permissions: &[Permission]) -> Vec<&'static str> {
        let mut out = Judgement::default();
        let source = Provided {
            record: theirs,
            permissions,
            restricted: false,
        };
        derived(record, &[source], &mut out);
        out.refusals().iter().map(Refusal::code).collect()
    }

    #[test]
    fn labels_are_one_total_order() {
        let tlp = [
            Tlp::Clear,
            Tlp::Green,
            Tlp::Amber,
            Tlp::AmberStrict,
            Tlp::Red,
        ];
        assert!(tlp.is_sorted_by(|a, b| a < b) && tlp.as_slice() == Tlp::ALL);
        let pap = [Pap::Clear, Pap::Green, Pap::Amber, Pap::Red];
        assert!(pap.is_sorted_by(|a, b| a < b) && pap.as_slice() == Pap::ALL);
    }

    #[test]
    fn each_label_reaches_so_far_and_no_farther() {
        let reach = |tlp, pap| {
            let mut marked = World::new(Role::Officer);
            marked.markings.handling = Handling::H0;
            (marked.markings.tlp, marked.markings.pap) = (tlp, pap);
            let may = |outlet: &Outlet| marked.export(*outlet).is_ok();
            Outlet::ALL.iter().map(may).collect::<Vec<_>>()
        };
        // Own file, clients, community, court, public.
        let table = [
            (Tlp::Red, [false, false, false, false, false]),
            (Tlp::AmberStrict, [true, false, false, false, false]),
            (Tlp::Amber, [true, true, false, false, false]),
            (Tlp::Green, [true, true, true, true, false]),
            (Tlp::Clear, [true, true, true, true, true]),
        ];
        for (tlp, expected) in table {
            assert_eq!(reach(tlp, Pap::Clear), expected, "{tlp}");
        }
        let table = [
            (Pap::Red, [true, false, false, false, false]),
            (Pap::Amber, [true, true, true, false, false]),
            (Pap::Green, [true, true, true, true, false]),
            (Pap::Clear, [true, true, true, true, true]),
        ];
        for (pap, expected) in table {
            assert_eq!(reach(Tlp::Clear, pap), expected, "{pap}");
        }
    }

    #[test]
    fn a_permission_reaches_as_far_as_it_says() {
        let mut red = World::new(Role::Officer);
        (red.markings.tlp, red.markings.handling) = (Tlp::Red, Handling::H0);
        assert_eq!(red.export(Outlet::Own), Err("E_MARKING_EXPORT"));
        red.permit(PermittedUse::Court);
        assert_eq!(red.export(Outlet::Court), Ok(()));
        assert_eq!(red.export(Outlet::Clients), Err("E_MARKING_EXPORT"));
        red.permit(PermittedUse::Dissemination);
        assert_eq!(red.export(Outlet::Clients), Ok(()));
        assert_eq!(red.export(Outlet::Public), Err("E_MARKING_EXPORT"));
    }

    #[test]
    fn derived_work_takes_the_strictest_markings_of_its_sources() {
        let agreement = agreement();
        let mut theirs = provided(&agreement);
        theirs.markings = Markings {
            tlp: Tlp::Amber,
            pap: Pap::Amber,
            handling: Handling::H1,
            caveats: vec!["no-capital-charge".parse().unwrap()],
        };
        // To somebody whom the provider told itself: markings alone decide.
        theirs.to.push("nl.politie/police".parse().unwrap());
        let mut record = reply(&agreement, &theirs);
        record.to.push("nl.politie/police".parse().unwrap());
        assert_eq!(lower(&record, &theirs, &[]), [""; 0]);
        type Change = fn(&mut Markings);
        let lowered: [Change; 5] = [
            |m| m.tlp = Tlp::Green,
            |m| m.pap = Pap::Green,
            |m| m.handling = Handling::H0,
            |m| m.handling = Handling::H3,
            |m| m.caveats.clear(),
        ];
        for change in lowered {
            let mut record = record.clone();
            change(&mut record.markings);
            let found = lower(&record, &theirs, &[]);
            assert_eq!(found, ["E_MARKING_LOWER"]);
            let signed = permission(&theirs, PermittedUse::WeakerMarkings);
            assert_eq!(lower(&record, &theirs, &[signed]), [""; 0]);
        }
        let mut raised = record.clone();
        (raised.markings.tlp, raised.markings.handling) = (Tlp::AmberStrict, Handling::H2);
        assert_eq!(lower(&raised, &theirs, &[]), [""; 0]);
    }

    #[test]
    fn what_goes_back_to_its_originator_alone_is_marked_as_one_likes() {
        let agreement = agreement();
        let mut theirs = provided(&agreement);
        theirs.markings.tlp = Tlp::Red;
        let mut record = reply(&agreement, &theirs);
        record.markings.tlp = Tlp::Clear;
        assert_eq!(lower(&record, &theirs, &[]), [""; 0]);
        record.to.push("nl.politie/police".parse().unwrap());
        assert_eq!(lower(&record, &theirs, &[]), ["E_MARKING_LOWER"]);
    }
}
