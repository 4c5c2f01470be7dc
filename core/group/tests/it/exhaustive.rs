//! Every interleaving of the firm-offer rule, and of the naive rule that it replaces.

use std::collections::BTreeSet;
use std::sync::Arc;

use passerelle_group::{Made, Offers, Revision, Seen, Stamp, Standing, Terms, Texts};
use passerelle_model::{Digest, Lang, PartyId, RecordId, UtcTime};

use crate::walk::{PARTIES, Read, Rule, walk};

/// The firm-offer rule, with bounds on how much is offered.
struct Firm {
    parties: Vec<PartyId>,
    /// First texts that each party may offer.
    offers: [usize; PARTIES],
    /// Amendments that each party may offer.
    amendments: [usize; PARTIES],
    /// Whether offers are taken back and let go, too.
    withdraws: bool,
    /// Whether all offer the same words, so that their hashes are the same.
    alike: bool,
}

/// What is said, without its stamp: which act, on which text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Act {
    Offer {
        number: usize,
        amends: Option<Digest>,
    },
    Accept(Digest),
    Reject(Digest),
    Withdraw(Digest),
    Release(Digest),
}

impl Firm {
    fn of(offers: &[usize], amendments: &[usize], withdraws: bool) -> Self {
        let names = ["be.chair", "ma.second", "nl.third"];
        let parties = names[..offers.len()]
            .iter()
            .map(|name| name.parse().unwrap());
        let all = |some: &[usize]| std::array::from_fn(|at| some.get(at).copied().unwrap_or(0));
        Self {
            parties: parties.collect(),
            offers: all(offers),
            amendments: all(amendments),
            withdraws,
            alike: false,
        }
    }

    fn made(&self, by: usize, act: &Act) -> Made {
        match *act {
            Act::Offer { number, amends } => {
                let title = match self.alike {
                    true => "the same".to_owned(),
                    false => format!("{number} of {by}"),
                };
                let texts = Texts::titled(Lang::En, title.parse().unwrap());
                let revision = Revision {
                    base: amends,
                    texts,
                    terms: Terms::Minutes,
                };
                let hash = revision.hash().unwrap();
                Made::Offer(Arc::new(revision), hash)
            }
            Act::Accept(hash) => Made::Accept(hash),
            Act::Reject(hash) => Made::Reject(hash, None),
            Act::Withdraw(hash) => Made::Withdraw(hash),
            Act::Release(hash) => Made::Release(hash),
        }
    }

    fn stamp(&self, by: usize, index: u32, seen: &Read) -> Stamp {
        let others = (0..self.parties.len()).filter(|other| *other != by);
        let seen = others.fold(Seen::default(), |all, other| {
            all.with(&self.parties[other], u64::from(seen[other]))
        });
        Stamp {
            by: self.parties[by].clone(),
            index: u64::from(index),
            deed: 0,
            record: RecordId::new([0; 16]),
            // Clocks say nothing here, and must not: each party lives in another year.
            time: UtcTime::from_millis(
                1_000_000_000_000 - u64::try_from(by).unwrap() * 31_536_000_000,
            ),
            officer: "o".parse().unwrap(),
            function: "f".parse().unwrap(),
            seen: Arc::new(seen),
            erased: false,
        }
    }

    fn possible(&self, view: &Offers, act: &Act, by: usize, read: &Read) -> bool {
        let stamp = self.stamp(by, read[by], read);
        view.clone().take(self.made(by, act), &stamp).is_ok()
    }
}

impl Rule for Firm {
    type Act = Act;
    type View = Offers;

    fn parties(&self) -> usize {
        self.parties.len()
    }

    fn empty(&self) -> Offers {
        Offers::between(self.parties.clone().into())
    }

    fn acts(&self, view: &Offers, party: usize, read: &Read) -> Vec<Act> {
        let base = view.agreed_hash();
        let mine = view
            .all()
            .iter()
            .filter(|offer| offer.made().by == self.parties[party]);
        let mine = mine
            .filter(|offer| offer.revision().base.is_some() == base.is_some())
            .count();
        let most = if base.is_some() {
            self.amendments[party]
        } else {
            self.offers[party]
        };
        let hashes: BTreeSet<Digest> = view.all().iter().map(|offer| offer.hash()).collect();
        let offer = (mine < most).then_some(Act::Offer {
            number: mine,
            amends: base,
        });
        let answers = hashes.into_iter().flat_map(|hash| {
            let back = [Act::Withdraw(hash), Act::Release(hash)];
            let back = back.into_iter().filter(|_| self.withdraws);
            [Act::Accept(hash), Act::Reject(hash)]
                .into_iter()
                .chain(back)
        });
        let all = offer.into_iter().chain(answers);
        all.filter(|act| self.possible(view, act, party, read))
            .collect()
    }

    fn take(&self, view: &mut Offers, act: &Act, by: usize, index: u32, seen: &Read) {
        let stamp = self.stamp(by, index, seen);
        let taken = view.take(self.made(by, act), &stamp);
        assert_eq!(
            taken,
            Ok(()),
            "what its author could say does not count elsewhere"
        );
    }

    fn same(&self, a: &Offers, b: &Offers) -> bool {
        let sorted = |view: &Offers| {
            let mut all = view.all().to_vec();
            all.sort_by(|a, b| (&a.made().by, a.made().index).cmp(&(&b.made().by, b.made().index)));
            all
        };
        sorted(a) == sorted(b)
            && a.history() == b.history()
            && a.latest() == b.latest()
            && a.breaches() == b.breaches()
    }

    fn agreed(&self, view: &Offers) -> Vec<u32> {
        let hash = |revision: &Revision| *revision.hash().unwrap().as_bytes();
        let first = |bytes: [u8; 32]| u32::from_le_bytes(bytes[..4].try_into().unwrap());
        let history = view.history().iter();
        history.map(|agreed| first(hash(agreed.value()))).collect()
    }

    fn check(&self, view: &Offers) {
        let with = |standing| {
            view.all()
                .iter()
                .filter(move |offer| offer.standing() == standing)
        };
        assert!(with(Standing::Open).count() <= 1, "two open offers");
        assert_eq!(with(Standing::Agreed).count(), view.history().len());
        assert_eq!(view.breaches(), []);
        for agreed in view.history() {
            let signed: BTreeSet<&PartyId> =
                agreed.signatures().iter().map(|stamp| &stamp.by).collect();
            assert_eq!(signed.len(), self.parties.len());
        }
    }

    /// Where an offer is open, everybody it waits for can accept and reject it; where none is,
    /// everybody can make one.
    fn check_end(&self, view: &Offers, read: &Read) {
        let base = view.agreed_hash();
        let number = usize::MAX;
        for (by, party) in self.parties.iter().enumerate() {
            match view.open() {
                None => assert!(self.possible(
                    view,
                    &Act::Offer {
                        number,
                        amends: base
                    },
                    by,
                    read
                )),
                Some(offer) if offer.waits_for(&self.parties).any(|other| other == party) => {
                    assert!(self.possible(view, &Act::Accept(offer.hash()), by, read));
                    assert!(self.possible(view, &Act::Reject(offer.hash()), by, read));
                }
                Some(_) => {}
            }
        }
        let settled = |standing| standing != Standing::Open && standing != Standing::Agreed;
        let explicit = view.all().iter().any(|offer| settled(offer.standing()));
        assert!(base.is_some() || view.open().is_some() || explicit || view.all().is_empty());
    }
}

/// The naive rule: everybody may sign anything at any time, and what the newest signature of
/// each party says is agreed.
struct Naive {
    offers: u32,
    signatures: usize,
}

/// Signatures of each party on texts, oldest first; a text is its first signatory and a number.
type Signed = [Vec<(usize, u32)>; PARTIES];

impl Rule for Naive {
    type Act = (usize, u32);
    type View = Signed;

    fn parties(&self) -> usize {
        2
    }

    fn empty(&self) -> Signed {
        Signed::default()
    }

    fn acts(&self, view: &Signed, party: usize, _: &Read) -> Vec<(usize, u32)> {
        if view[party].len() >= self.signatures {
            return Vec::new();
        }
        let mine = view[party].iter().filter(|(by, _)| *by == party);
        let next = u32::try_from(mine.count()).unwrap();
        let known: BTreeSet<_> = view.iter().flatten().copied().collect();
        let new = (next < self.offers).then_some((party, next));
        known.into_iter().chain(new).collect()
    }

    fn take(&self, view: &mut Signed, act: &(usize, u32), by: usize, _: u32, _: &Read) {
        view[by].push(*act);
    }

    fn same(&self, a: &Signed, b: &Signed) -> bool {
        a == b
    }

    fn agreed(&self, view: &Signed) -> Vec<u32> {
        let newest = view[..2].iter().map(|signed| signed.last());
        let newest: BTreeSet<_> = newest.collect();
        match newest.first() {
            Some(Some((by, number))) if newest.len() == 1 => {
                vec![u32::try_from(*by).unwrap() * 100 + number]
            }
            _ => Vec::new(),
        }
    }

    fn check(&self, _: &Signed) {}

    fn check_end(&self, _: &Signed, _: &Read) {}
}

fn is_sound(name: &str, rule: &Firm) {
    let found = walk(rule);
    println!("{name}: {found:?}");
    assert_eq!((found.bad, found.ceased), (0, 0));
    assert!(found.agreed > 0 && found.agreed < found.ends);
}

#[test]
fn two_parties_with_two_offers_each_and_an_amendment() {
    is_sound("two parties", &Firm::of(&[2, 2], &[1, 0], true));
}

#[test]
fn two_parties_that_offer_the_same_words() {
    let rule = Firm::of(&[2, 2], &[0, 0], true);
    is_sound(
        "the same words",
        &Firm {
            alike: true,
            ..rule
        },
    );
}

#[test]
fn two_parties_that_amend_what_they_agreed() {
    is_sound("amendments", &Firm::of(&[1, 1], &[1, 1], true));
}

#[test]
fn three_parties_with_an_offer_each() {
    is_sound("three parties", &Firm::of(&[1, 1, 1], &[0, 0, 0], false));
}

#[test]
fn three_parties_that_take_back_and_let_go() {
    is_sound("three, taken back", &Firm::of(&[1, 0, 1], &[0, 0, 0], true));
}

#[test]
fn three_parties_that_amend_what_they_agreed() {
    is_sound("three, amended", &Firm::of(&[0, 1, 1], &[1, 0, 1], false));
}

#[test]
fn the_newest_signature_of_each_is_not_enough() {
    let found = walk(&Naive {
        offers: 2,
        signatures: 3,
    });
    println!("naive: {found:?}");
    assert!(found.bad > 0, "the walk finds no fault where there is one");
    assert!(found.ceased > 0);
}
