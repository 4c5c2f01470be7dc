//! To whom, and on what ground (G16 to G21; Directive (EU) 2016/680, Articles 35 to 38).

use passerelle_model::{Ground, Particulars, Record, Terms, Transfer};

use crate::judgement::Judgement;
use crate::{Refusal, Rule};

/// G16: recipients are units that the agreement lets receive this class of data, and there
/// is at least one.
pub(crate) fn recipients(record: &Record, terms: &Terms, out: &mut Judgement) {
    out.check(Rule::Recipient, barred(record, terms));
}

fn barred(record: &Record, terms: &Terms) -> Option<Refusal> {
    let Some(class) = terms.data_class(&record.class) else {
        return Some(Refusal::of(Rule::DataClass, &record.class));
    };
    if record.to.is_empty() {
        return Some(Refusal::of(Rule::RecipientEmpty, &record.class));
    }
    let barred = record
        .to
        .iter()
        .find(|unit| unit.party == record.from || !class.recipients.contains(unit));
    barred.map(|unit| Refusal::of(Rule::Recipient, unit))
}

/// G17 to G21, for personal data.
pub(crate) fn judge(persons: &Particulars, out: &mut Judgement) {
    ground(&persons.transfer, persons.persons, out);
    origin(persons, out);
}

fn ground(transfer: &Transfer, persons: u32, out: &mut Judgement) {
    let ground = transfer.ground;
    let asks_reason = matches!(ground, Ground::Assessment | Ground::Derogation);
    let asks_reference = matches!(ground, Ground::Adequacy | Ground::Instrument);
    let lacks = (asks_reason && transfer.reason.is_none())
        || (asks_reference && transfer.reference.is_none());
    out.refuse_if(Rule::TransferGround, lacks, ground);
    if ground == Ground::Derogation {
        out.refuse_if(Rule::DerogationBulk, persons > 1, persons);
        out.refuse_if(Rule::Balance, transfer.balance.is_none(), "balance");
        out.approve(Rule::Derogation, ground);
    }
}

fn origin(persons: &Particulars, out: &mut Judgement) {
    if let Some(origin) = &persons.origin {
        let open = origin.consent.is_none() && origin.threat.is_none();
        out.refuse_if(Rule::OriginConsent, open, &origin.country);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judgement::Effect::{NeedsApproval, Refuses};
    use crate::samples::{effects, of};
    use passerelle_model::Origin;

    #[test]
    fn a_ground_has_its_reference_or_its_reason() {
        let code = [("E_TRANSFER_GROUND", Refuses)];
        assert_eq!(effects(|r| of(r).transfer.reference = None, |_| ()), code);
        let assessed = |reason: Option<&str>| {
            let reason = reason.map(|reason| reason.parse().unwrap());
            effects(
                |r| {
                    of(r).transfer.ground = Ground::Assessment;
                    of(r).transfer.reason = reason;
                },
                |_| (),
            )
        };
        assert_eq!(assessed(None), code);
        assert_eq!(assessed(Some("garanties vérifiées")), []);
    }

    #[test]
    fn a_derogation_is_for_one_person_weighed_and_seen_by_two() {
        let derogation = |persons, balance: Option<&str>| {
            let balance = balance.map(|text| text.parse().unwrap());
            effects(
                |r| {
                    let held = of(r);
                    held.persons = persons;
                    held.transfer.ground = Ground::Derogation;
                    held.transfer.reason = Some("menace".parse().unwrap());
                    held.transfer.balance = balance;
                },
                |_| (),
            )
        };
        let second = ("E_REGISTER", NeedsApproval);
        let bulk = ("E_DEROGATION_BULK", Refuses);
        let balance = ("E_BALANCE", Refuses);
        assert_eq!(derogation(2, None), [bulk, balance, second]);
        assert_eq!(derogation(1, Some("aucun droit ne l'emporte")), [second]);
    }

    #[test]
    fn an_authorisation_or_an_immediate_threat_opens_what_came_from_elsewhere() {
        let with = |consent: Option<&str>, threat: Option<&str>| {
            let origin = Origin {
                country: "ES".parse().unwrap(),
                consent: consent.map(|text| text.parse().unwrap()),
                threat: threat.map(|text| text.parse().unwrap()),
            };
            effects(|r| of(r).origin = Some(origin), |_| ())
        };
        assert_eq!(with(None, None), [("E_ORIGIN_CONSENT", Refuses)]);
        assert_eq!(with(Some("ES-2024-17"), None), []);
        assert_eq!(with(None, Some("attentat imminent")), []);
    }
}
