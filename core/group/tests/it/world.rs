//! Parties with their journals and ledgers, in one process.

use std::collections::{BTreeMap, BTreeSet};

use passerelle_group::{
    CommitmentTerms, Deed, Error, Event, Kind, Ledger, Object, ObjectRef, Revision, Sector, Seen,
    Strand, Terms, Texts, Told,
};
use passerelle_model::{Day, Digest, Lang, PartyId, RecordId, UtcTime};

/// Parties by number; the first one chairs.
pub(crate) struct World {
    pub(crate) parties: Vec<PartyId>,
    pub(crate) journals: Vec<Vec<Told>>,
    pub(crate) ledgers: Vec<Ledger>,
    pub(crate) millis: u64,
    records: u128,
}

impl World {
    pub(crate) fn of(count: usize) -> Self {
        let names = ["be.chair", "ma.second", "nl.third"];
        let parties: Vec<PartyId> = names[..count].iter().map(|name| parsed(name)).collect();
        Self {
            journals: vec![Vec::new(); count],
            ledgers: vec![Ledger::between(parties.clone()); count],
            parties,
            millis: day("2026-03-01").start().millis(),
            records: 0,
        }
    }

    /// Opens an object under the chair of the first party; all read it.
    pub(crate) fn open(&mut self, by: usize, kind: Kind, parent: Option<&ObjectRef>) -> ObjectRef {
        let chair = self.parties[0].clone();
        let parent = parent.cloned();
        let id = self
            .say(
                by,
                None,
                vec![Deed::Open {
                    kind,
                    parent,
                    chair,
                }],
            )
            .unwrap();
        self.sync();
        id
    }

    /// Says what its own ledger allows.
    pub(crate) fn say(
        &mut self,
        by: usize,
        object: Option<&ObjectRef>,
        deeds: Vec<Deed>,
    ) -> Result<ObjectRef, Error> {
        let event = Event {
            object: object.cloned(),
            seen: Seen::default(),
            deeds,
        };
        let who = (&parsed("officer"), &parsed("Director"));
        let ledger = &self.ledgers[by];
        ledger.may(
            &self.parties[by],
            who,
            UtcTime::from_millis(self.millis),
            &event,
        )?;
        let seen = ledger.seen(&self.parties[by]);
        Ok(self.tell(by, Event { seen, ..event }))
    }

    /// Says it whether it is allowed or not.
    pub(crate) fn tell(&mut self, by: usize, event: Event) -> ObjectRef {
        self.millis += 1_000;
        self.records += 1;
        let told = Told {
            by: self.parties[by].clone(),
            index: u64::try_from(self.journals[by].len()).unwrap(),
            record: RecordId::new(self.records.to_be_bytes()),
            time: UtcTime::from_millis(self.millis),
            officer: parsed("officer"),
            function: parsed("Director"),
            erased: None,
            event,
        };
        let id = told.event.object.clone().unwrap_or(ObjectRef {
            party: told.by.clone(),
            record: told.record,
        });
        self.journals[by].push(told);
        self.read(by, by);
        id
    }

    /// Against the rules: with what has really been seen.
    pub(crate) fn force(&mut self, by: usize, object: &ObjectRef, deeds: Vec<Deed>) {
        let seen = self.ledgers[by].seen(&self.parties[by]);
        let object = Some(object.clone());
        self.tell(
            by,
            Event {
                object,
                seen,
                deeds,
            },
        );
    }

    /// `reader` reads all that `of` has said.
    pub(crate) fn read(&mut self, reader: usize, of: usize) {
        let size = self.journals[of].len();
        self.read_to(reader, of, size);
    }

    /// `reader` reads the first `size` events of `of`.
    pub(crate) fn read_to(&mut self, reader: usize, of: usize, size: usize) {
        let events = self.journals[of][..size].to_vec();
        let size = u64::try_from(size).unwrap();
        self.ledgers[reader]
            .take(&self.parties[of], events, size)
            .unwrap();
    }

    /// All read everything.
    pub(crate) fn sync(&mut self) {
        for reader in 0..self.parties.len() {
            for of in 0..self.parties.len() {
                self.read(reader, of);
            }
        }
        for ledger in &self.ledgers[1..] {
            assert_eq!(picture(ledger), picture(&self.ledgers[0]));
        }
    }

    /// What `by` says, and all read it.
    pub(crate) fn said(&mut self, by: usize, object: &ObjectRef, deed: Deed) {
        self.say(by, Some(object), vec![deed]).unwrap();
        self.sync();
    }

    /// Offered by `by`, accepted by all others.
    pub(crate) fn agree(&mut self, by: usize, object: &ObjectRef, revision: Revision) -> Digest {
        let hash = revision.hash().unwrap();
        self.said(by, object, offer(revision));
        for other in (0..self.parties.len()).filter(|other| *other != by) {
            self.said(other, object, Deed::Accept { revision: hash });
        }
        assert_eq!(self.object(object).offers().agreed_hash(), Some(hash));
        hash
    }

    /// As the first party sees it.
    pub(crate) fn object(&self, id: &ObjectRef) -> &Object {
        self.ledgers[0].object(id).unwrap()
    }

    /// Why `by` may not say it.
    pub(crate) fn refused(&self, by: usize, object: &ObjectRef, deed: Deed) -> Error {
        let event = Event {
            object: Some(object.clone()),
            seen: Seen::default(),
            deeds: vec![deed],
        };
        let who = (&parsed("officer"), &parsed("Director"));
        let time = UtcTime::from_millis(self.millis);
        self.ledgers[by]
            .may(&self.parties[by], who, time, &event)
            .unwrap_err()
    }

    /// A commitment of `responsible` that all agreed.
    pub(crate) fn commitment(&mut self, responsible: usize, due: &str) -> ObjectRef {
        let id = self.open(0, Kind::Commitment, None);
        let terms = self.terms(responsible, due);
        self.agree(
            0,
            &id,
            revision("A commitment", None, Terms::Commitment(terms)),
        );
        id
    }

    pub(crate) fn terms(&self, responsible: usize, due: &str) -> CommitmentTerms {
        CommitmentTerms {
            decision: None,
            responsible: self.parties[responsible].clone(),
            function: parsed("Director of training"),
            sector: Sector::Labour,
            strand: Strand::Expertise,
            objective: Some(18),
            target: None,
            due: day(due),
            indicators: Vec::new(),
            public: false,
            closure: None,
        }
    }
}

/// Everything that the public view of an object shows; the same on two nodes that hold the same.
pub(crate) fn shown(ledger: &Ledger, object: &Object) -> String {
    let mut offers = object.offers().all().to_vec();
    offers.sort_by(|a, b| {
        (&a.made().by, a.made().index, a.made().deed).cmp(&(
            &b.made().by,
            b.made().index,
            b.made().deed,
        ))
    });
    let revisions: BTreeSet<Digest> = offers.iter().map(passerelle_group::Offer::hash).collect();
    let by_revision: Vec<String> = revisions
        .iter()
        .map(|hash| {
            let positions: Vec<_> = object.positions(hash).collect();
            let translations: Vec<_> = object.translations(hash).collect();
            format!(
                "{hash} {positions:?} {translations:?} {:?}",
                object.offers().offer_of(hash)
            )
        })
        .collect();
    let today = day("2026-03-15");
    let titles: Vec<_> = Lang::ALL.iter().map(|lang| object.title(*lang)).collect();
    let text = (
        (
            object.id(),
            object.kind(),
            object.parent(),
            object.chair(),
            object.version(),
        ),
        (
            object.opened(),
            object.changed(),
            titles,
            offers,
            by_revision,
        ),
        (
            object.offers().history(),
            object.offers().breaches(),
            object.offers().latest(),
        ),
        (
            object.facts(),
            object.stage(),
            object.paragraphs().collect::<Vec<_>>(),
            object.comments(),
        ),
        (
            object.delegates().collect::<Vec<_>>(),
            object.outcome(),
            object.reports(),
            object.verified(),
        ),
        (
            object.observations(),
            object.assessed(),
            object.answers(),
            object.reviews(),
        ),
        (
            object.window(),
            object.ignored(),
            object.progress(),
            object.due_history(),
        ),
        (
            ledger.flag(object, today),
            ledger.series(object),
            ledger.row(object, today),
            object.schedule(),
        ),
    );
    format!("{text:?}")
}

/// A ledger as people see it.
pub(crate) fn picture(ledger: &Ledger) -> BTreeMap<ObjectRef, String> {
    let objects = ledger.objects();
    objects
        .map(|object| (object.id().clone(), shown(ledger, object)))
        .collect()
}

pub(crate) fn parsed<T: std::str::FromStr>(text: &str) -> T {
    let value = text.parse().ok();
    value.unwrap()
}

pub(crate) fn day(text: &str) -> Day {
    parsed(text)
}

pub(crate) fn titled(title: &str) -> Texts {
    Texts::titled(Lang::En, parsed(title))
}

pub(crate) fn revision(title: &str, base: Option<Digest>, terms: Terms) -> Revision {
    Revision {
        base,
        texts: titled(title),
        terms,
    }
}

pub(crate) fn offer(revision: Revision) -> Deed {
    Deed::Offer {
        revision: Box::new(revision),
    }
}
