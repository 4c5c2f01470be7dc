//! Prints `docs/protocol-group-vectors.json`: events of a joint group, with the hashes and the
//! outcome that every implementation must find.

use std::collections::BTreeMap;

use passerelle_model::{Digest, Lang, PartyId, RecordId, UtcTime};
use passerelle_service::joint::{
    Assessment, DecisionTerms, Deed, Event, Impact, Kind, Ledger, Likelihood, ObjectRef, Revision,
    Seen, Stance, Terms, Texts, Told, Trend, commitment_to,
};
use serde_json::{Value, json};

type Made<T> = Result<T, Box<dyn std::error::Error>>;

const MA: &str = "ma.interior";
const BE: &str = "be.interior";
/// 15 April 2024, 20:00 UTC.
const START: u64 = 1_713_211_200_000;

fn main() -> Made<()> {
    print!("{}", vectors()?);
    Ok(())
}

/// The whole file.
pub(crate) fn vectors() -> Made<String> {
    let mut tale = Tale::default();
    agreed_and_amended(&mut tale)?;
    rejected_then_accepted(&mut tale)?;
    taken_back(&mut tale)?;
    siblings(&mut tale)?;
    let file = json!({
        "parties": [MA, BE],
        "events": tale.events()?,
        "revisions": tale.revisions()?,
        "sealed": sealed()?,
        "objects": tale.outcome()?,
    });
    let mut text = serde_json::to_string_pretty(&file)?;
    text.push('\n');
    Ok(text)
}

/// What was told, in the order in which it was.
#[derive(Default)]
struct Tale {
    told: Vec<Told>,
    sizes: BTreeMap<&'static str, u64>,
}

impl Tale {
    /// One more event of `by`, which has read `seen` leaves of the other. One leaf is left out
    /// before each: statements stand there.
    fn say(
        &mut self,
        by: &'static str,
        seen: u64,
        object: Option<&ObjectRef>,
        deeds: Vec<Deed>,
    ) -> Made<ObjectRef> {
        let size = self.sizes.entry(by).or_default();
        let index = *size + 1;
        *size = index + 1;
        let other: PartyId = if by == MA { BE } else { MA }.parse()?;
        let number = u8::try_from(self.told.len() + 1)?;
        let record = RecordId::new([number; 16]);
        self.told.push(Told {
            by: by.parse()?,
            index,
            record,
            time: UtcTime::from_millis(START + u64::from(number) * 60_000),
            officer: "secretary".parse()?,
            function: "Secrétariat".parse()?,
            erased: None,
            event: Event {
                object: object.cloned(),
                seen: Seen::default().with(&other, seen),
                deeds,
            },
        });
        let opened = ObjectRef {
            party: by.parse()?,
            record,
        };
        Ok(object.cloned().unwrap_or(opened))
    }

    fn size(&self, party: &str) -> u64 {
        self.sizes.get(party).copied().unwrap_or(0)
    }

    fn events(&self) -> Made<Vec<Value>> {
        let event = |told: &Told| -> Made<Value> {
            Ok(json!({
                "by": told.by, "index": told.index, "record": told.record, "time": told.time,
                "json": told.event.to_json()?,
            }))
        };
        self.told.iter().map(event).collect()
    }

    fn revisions(&self) -> Made<Vec<Value>> {
        let deeds = self.told.iter().flat_map(|told| &told.event.deeds);
        let revisions = deeds.filter_map(|deed| match deed {
            Deed::Offer { revision } => Some(revision.as_ref()),
            _ => None,
        });
        let hashed = |revision: &Revision| -> Made<Value> {
            let json = serde_json::to_string(revision)?;
            Ok(json!({ "json": json, "hash": revision.hash()? }))
        };
        revisions.map(hashed).collect()
    }

    fn outcome(&self) -> Made<Value> {
        let parties: [PartyId; 2] = [MA.parse()?, BE.parse()?];
        let mut ledger = Ledger::between(parties.clone());
        for party in &parties {
            let theirs = self.told.iter().filter(|told| told.by == *party);
            let size = self.size(party.as_str());
            ledger.take(party, theirs.cloned().collect(), size)?;
        }
        let mut objects = serde_json::Map::new();
        for object in ledger.objects() {
            objects.insert(object.id().to_string(), shown(object));
        }
        Ok(json!({ "waiting": ledger.waiting(), "odd": ledger.odd().len(), "held": objects }))
    }
}

fn shown(object: &passerelle_service::joint::Object) -> Value {
    let offers = object.offers();
    let mut standings: Vec<(RecordId, Digest, &str)> = offers
        .all()
        .iter()
        .map(|one| (one.made().record, one.hash(), one.standing().as_str()))
        .collect();
    standings.sort();
    let mut agreed: Vec<Option<Digest>> = offers
        .history()
        .iter()
        .map(|agreed| agreed.value().base)
        .skip(1)
        .collect();
    agreed.extend((!offers.history().is_empty()).then(|| offers.agreed_hash()));
    json!({
        "kind": object.kind(),
        "offers": standings
            .iter()
            .map(|(record, hash, standing)| json!([record, hash, standing]))
            .collect::<Vec<_>>(),
        "agreed": agreed,
        "ignored": object
            .ignored()
            .iter()
            .map(|(stamp, error)| json!([stamp.record, error.code()]))
            .collect::<Vec<_>>(),
        "breaches": offers
            .breaches()
            .iter()
            .map(|breach| json!([breach.first.record, breach.second.record]))
            .collect::<Vec<_>>(),
    })
}

/// Offered, accepted; two amendments cross and the chair's stays.
fn agreed_and_amended(tale: &mut Tale) -> Made<()> {
    let (first, text) = (revision(None, "Contacts")?, "Contacts");
    let hash = first.hash()?;
    let deeds = vec![open()?, offer(first)];
    let object = tale.say(MA, 0, None, deeds)?;
    let accept = Deed::Accept { revision: hash };
    let position = Deed::Position {
        revision: hash,
        stance: Stance::Reservation,
        statement: Some(Texts::titled(Lang::Nl, "Voorbehoud".parse()?)),
    };
    let seen = tale.size(MA);
    tale.say(BE, seen, Some(&object), vec![accept, position])?;
    let seen = (tale.size(BE), tale.size(MA));
    let chair = revision(Some(hash), &format!("{text}, présidence"))?;
    let other = revision(Some(hash), &format!("{text}, autre"))?;
    let kept = chair.hash()?;
    tale.say(MA, seen.0, Some(&object), vec![offer(chair)])?;
    tale.say(BE, seen.1, Some(&object), vec![offer(other)])?;
    let seen = tale.size(MA);
    let accept = Deed::Accept { revision: kept };
    tale.say(BE, seen, Some(&object), vec![accept])?;
    Ok(())
}

/// Rejected; the acceptance that follows is a breach.
fn rejected_then_accepted(tale: &mut Tale) -> Made<()> {
    let asked = revision(None, "المواعيد")?;
    let hash = asked.hash()?;
    let seen = tale.size(BE);
    let object = tale.say(MA, seen, None, vec![open()?, offer(asked)])?;
    let reject = Deed::Reject {
        revision: hash,
        reason: None,
    };
    let seen = tale.size(MA);
    tale.say(BE, seen, Some(&object), vec![reject])?;
    let accept = Deed::Accept { revision: hash };
    tale.say(BE, seen, Some(&object), vec![accept])?;
    Ok(())
}

/// Asked back and let go, then agreed in another form.
fn taken_back(tale: &mut Tale) -> Made<()> {
    let asked = revision(None, "Formations")?;
    let again = revision(None, "Formations, deux sessions")?;
    let (hash, kept) = (asked.hash()?, again.hash()?);
    let seen = tale.size(MA);
    let object = tale.say(BE, seen, None, vec![open()?, offer(asked)])?;
    let withdraw = Deed::Withdraw { revision: hash };
    tale.say(BE, seen, Some(&object), vec![withdraw])?;
    let seen = tale.size(BE);
    let release = Deed::Release { revision: hash };
    tale.say(MA, seen, Some(&object), vec![release])?;
    let seen = tale.size(MA);
    tale.say(BE, seen, Some(&object), vec![offer(again)])?;
    let seen = tale.size(BE);
    let accept = Deed::Accept { revision: kept };
    tale.say(MA, seen, Some(&object), vec![accept])?;
    Ok(())
}

/// Two siblings signed by one party.
fn siblings(tale: &mut Tale) -> Made<()> {
    let seen = tale.size(MA);
    let deeds = vec![open()?, offer(revision(None, "Forum")?)];
    let object = tale.say(BE, seen, None, deeds)?;
    let second = offer(revision(None, "Forum, à Rabat")?);
    tale.say(BE, seen, Some(&object), vec![second])?;
    Ok(())
}

fn open() -> Made<Deed> {
    Ok(Deed::Open {
        kind: Kind::Decision,
        parent: None,
        chair: MA.parse()?,
    })
}

fn offer(revision: Revision) -> Deed {
    let revision = Box::new(revision);
    Deed::Offer { revision }
}

fn revision(base: Option<Digest>, title: &str) -> Made<Revision> {
    Ok(Revision {
        base,
        texts: Texts::titled(Lang::Fr, title.parse()?),
        terms: Terms::Decision(DecisionTerms::default()),
    })
}

fn sealed() -> Made<Value> {
    let assessment = Assessment {
        likelihood: Likelihood::Likely,
        impact: Impact::High,
        trend: Trend::Rising,
        reasons: Texts::titled(Lang::En, "Two seasons of figures".parse()?),
    };
    let salt = Digest::new([7; 32]);
    Ok(json!({
        "assessment": serde_json::to_string(&assessment)?,
        "salt": salt,
        "digest": commitment_to(&assessment, &salt)?,
    }))
}
