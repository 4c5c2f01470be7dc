//! The firm-offer rule: how a text comes to be agreed without a server in common.
//!
//! A party *offers* a revision. Each other *accepts* or *rejects* it; the offerer may ask to
//! *withdraw* it, and another may *release* it. While an offer is open nobody can sign a sibling.
//! If two offers cross, the chair's stays and the other is void. A revision is agreed when every
//! other party has accepted it, and never ceases to be; an amendment names the agreed revision it
//! replaces, and signatures do not carry over.
//!
//! Each act counts only if it was possible *in what its author had seen*. So the outcome does not
//! depend on the order in which a node reads the journals, and what is agreed anywhere is agreed
//! everywhere once the journals arrive (`tests/it/exhaustive.rs` walks every interleaving).

use std::sync::Arc;

use passerelle_model::{Digest, PartyId};

use crate::class::Agreed;
use crate::macros::words;
use crate::{Error, Revision, Stamp, Texts};

/// Most offers on one object.
pub const MAX_OFFERS: usize = 1_024;

words! {
    /// What became of an offer.
    Standing {
        /// Waits for an answer.
        Open = "open",
        /// Accepted by all.
        Agreed = "agreed",
        /// Rejected by one.
        Rejected = "rejected",
        /// Taken back, and let go by another.
        Released = "released",
        /// Crossed an offer of the chair, or of a party before it in the order.
        Void = "void",
    }
}

/// One offer and every act on it that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    revision: Arc<Revision>,
    hash: Digest,
    made: Stamp,
    accepts: Vec<Stamp>,
    rejects: Vec<(Stamp, Option<Texts>)>,
    withdrawn: Option<Stamp>,
    releases: Vec<Stamp>,
    standing: Standing,
}

impl Offer {
    /// The revision.
    pub fn revision(&self) -> &Revision {
        &self.revision
    }

    /// Its hash.
    pub fn hash(&self) -> Digest {
        self.hash
    }

    /// Who offered it, and when.
    pub fn made(&self) -> &Stamp {
        &self.made
    }

    /// Who accepted it.
    pub fn accepts(&self) -> &[Stamp] {
        &self.accepts
    }

    /// Who rejected it and what they asked instead.
    pub fn rejects(&self) -> &[(Stamp, Option<Texts>)] {
        &self.rejects
    }

    /// When its author asked to take it back.
    pub fn withdrawn(&self) -> Option<&Stamp> {
        self.withdrawn.as_ref()
    }

    /// What became of it, as far as this node has read.
    pub fn standing(&self) -> Standing {
        self.standing
    }

    /// Parties whose answer it waits for.
    pub fn waits_for<'a>(&'a self, parties: &'a [PartyId]) -> impl Iterator<Item = &'a PartyId> {
        parties.iter().filter(move |party| {
            self.standing == Standing::Open
                && **party != self.made.by
                && !self.accepts.iter().any(|stamp| stamp.by == **party)
        })
    }
}

/// A party that signed against the rule, with the two signatures that show it. Both records have
/// receipts: anybody can check them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    /// Who.
    pub party: PartyId,
    /// What it had signed.
    pub first: Stamp,
    /// What it signed against that.
    pub second: Stamp,
}

/// What somebody does about a revision.
#[derive(Debug, Clone)]
pub enum Made {
    /// Offers it.
    Offer(Arc<Revision>),
    /// Accepts it.
    Accept(Digest),
    /// Rejects it.
    Reject(Digest, Option<Texts>),
    /// Asks to take it back.
    Withdraw(Digest),
    /// Lets its author take it back.
    Release(Digest),
}

/// A party's answer to an offer, for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Position {
    /// Offered it.
    Offers,
    /// Accepted it.
    Accepts,
    /// Rejected it.
    Rejects,
    /// Has not answered.
    Waits,
}

/// All offers on one object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offers {
    /// Every party, the chair first: of two offers that cross, the earlier in this order stays.
    order: Arc<[PartyId]>,
    offers: Vec<Offer>,
    agreed: Vec<Agreed<Revision>>,
    breaches: Vec<Breach>,
}

impl Offers {
    /// No offers yet, between these parties; the chair first.
    pub fn between(order: Arc<[PartyId]>) -> Self {
        Self {
            order,
            offers: Vec::new(),
            agreed: Vec::new(),
            breaches: Vec::new(),
        }
    }

    /// Takes an act, if it was possible in what its author had seen.
    pub fn take(&mut self, made: Made, stamp: &Stamp) -> Result<(), Error> {
        if !self.order.contains(&stamp.by) {
            return Err(Error::NotTheirs);
        }
        let taken = match made {
            Made::Offer(revision) => self.offer(revision, stamp),
            Made::Accept(hash) => self.accept(hash, stamp),
            Made::Reject(hash, reason) => self.reject(hash, reason, stamp),
            Made::Withdraw(hash) => self.withdraw(hash, stamp),
            Made::Release(hash) => self.release(hash, stamp),
        };
        self.conclude();
        taken
    }

    /// What all accepted last.
    pub fn agreed(&self) -> Option<&Agreed<Revision>> {
        self.agreed.last()
    }

    /// Its hash.
    pub fn agreed_hash(&self) -> Option<Digest> {
        self.agreed_known(|_| true)
    }

    /// Everything that was agreed, oldest first; each replaced the one before.
    pub fn history(&self) -> &[Agreed<Revision>] {
        &self.agreed
    }

    /// All offers, in the order in which this node read them.
    pub fn all(&self) -> &[Offer] {
        &self.offers
    }

    /// The offer that waits for an answer; there is at most one.
    pub fn open(&self) -> Option<&Offer> {
        let mut offers = self.offers.iter();
        offers.find(|offer| offer.standing == Standing::Open)
    }

    /// The open offer, else the one that was read last.
    pub fn latest(&self) -> Option<&Offer> {
        self.open().or_else(|| self.offers.last())
    }

    /// The offer with `hash` that was read last.
    pub fn offer_of(&self, hash: &Digest) -> Option<&Offer> {
        self.offers.iter().rfind(|offer| offer.hash == *hash)
    }

    /// Signatures against the rule.
    pub fn breaches(&self) -> &[Breach] {
        &self.breaches
    }

    /// Whose signatures are needed; the chair first.
    pub fn parties(&self) -> &[PartyId] {
        &self.order
    }

    /// What `party` did about an offer.
    pub fn position(&self, offer: &Offer, party: &PartyId) -> Position {
        let by = |stamp: &Stamp| stamp.by == *party;
        if by(&offer.made) {
            Position::Offers
        } else if offer.accepts.iter().any(by) {
            Position::Accepts
        } else if offer.rejects.iter().any(|(stamp, _)| by(stamp)) {
            Position::Rejects
        } else {
            Position::Waits
        }
    }

    fn offer(&mut self, revision: Arc<Revision>, stamp: &Stamp) -> Result<(), Error> {
        if self.offers.len() >= MAX_OFFERS {
            return Err(Error::TooMany {
                what: "offers",
                found: self.offers.len() + 1,
                limit: MAX_OFFERS,
            });
        }
        let hash = revision.hash()?;
        if revision.base != self.agreed_known(|other| stamp.knows(other)) {
            return Err(Error::Base);
        }
        let standing = self
            .offers
            .iter()
            .find(|offer| self.is_open_for(offer, stamp));
        if let Some(offer) = standing {
            if offer.made.by == stamp.by {
                self.breaches.push(Breach {
                    party: stamp.by.clone(),
                    first: offer.made.clone(),
                    second: stamp.clone(),
                });
            }
            return Err(Error::OfferOpen);
        }
        self.offers.push(Offer {
            revision,
            hash,
            made: stamp.clone(),
            accepts: Vec::new(),
            rejects: Vec::new(),
            withdrawn: None,
            releases: Vec::new(),
            standing: Standing::Open,
        });
        Ok(())
    }

    fn accept(&mut self, hash: Digest, stamp: &Stamp) -> Result<(), Error> {
        let offer = self.answerable(hash, stamp)?;
        offer.accepts.push(stamp.clone());
        Ok(())
    }

    fn reject(&mut self, hash: Digest, reason: Option<Texts>, stamp: &Stamp) -> Result<(), Error> {
        let offer = self.answerable(hash, stamp)?;
        offer.rejects.push((stamp.clone(), reason));
        Ok(())
    }

    fn withdraw(&mut self, hash: Digest, stamp: &Stamp) -> Result<(), Error> {
        let place = self.place_of(hash, stamp)?;
        let offer = self.offers.get_mut(place).ok_or(Error::NotOffered)?;
        if offer.made.by != stamp.by {
            return Err(Error::NotTheirs);
        }
        if offer.withdrawn.is_some() {
            return Err(Error::Again);
        }
        offer.withdrawn = Some(stamp.clone());
        Ok(())
    }

    fn release(&mut self, hash: Digest, stamp: &Stamp) -> Result<(), Error> {
        let offer = self.answerable(hash, stamp)?;
        match &offer.withdrawn {
            Some(asked) if stamp.knows(asked) => {
                offer.releases.push(stamp.clone());
                Ok(())
            }
            _ => Err(Error::TooEarly),
        }
    }

    /// An offer of another party that is open in what `stamp` had seen and that its author has
    /// not answered.
    fn answerable(&mut self, hash: Digest, stamp: &Stamp) -> Result<&mut Offer, Error> {
        let place = match self.place_of(hash, stamp) {
            Ok(place) => place,
            Err(error) => {
                self.contradicts(hash, stamp);
                return Err(error);
            }
        };
        let offer = self.offers.get_mut(place).ok_or(Error::NotOffered)?;
        if offer.made.by == stamp.by {
            return Err(Error::NotTheirs);
        }
        let answered = offer.accepts.iter().find(|other| other.by == stamp.by);
        if let Some(first) = answered.cloned() {
            self.breaches.push(Breach {
                party: stamp.by.clone(),
                first,
                second: stamp.clone(),
            });
            return Err(Error::Again);
        }
        Ok(offer)
    }

    /// Whoever answers once more what they have rejected, accepted or released contradicts
    /// themselves, if the two answers differ; the records show it.
    ///
    /// So does whoever answers a sibling of their own open offer.
    fn contradicts(&mut self, hash: Digest, stamp: &Stamp) {
        let mine = |other: &&Stamp| other.by == stamp.by && stamp.knows(other);
        let answers = |offer: &Offer| {
            let rejects = offer.rejects.iter().map(|(stamp, _)| stamp);
            let all = rejects.chain(&offer.accepts).chain(&offer.releases);
            all.cloned().collect::<Vec<Stamp>>()
        };
        let of_it = self.offers.iter().filter(|offer| offer.hash == hash);
        let siblings = self.offers.iter().filter(|offer| {
            let open = self.is_open_for(offer, stamp);
            let sibling = |it: &Offer| it.hash == hash && it.revision.base == offer.revision.base;
            open && offer.hash != hash && self.offers.iter().any(sibling)
        });
        let mut signed = of_it
            .flat_map(answers)
            .chain(siblings.map(|offer| offer.made.clone()));
        let first = signed.find(|stamp| mine(&stamp));
        if let Some(first) = first {
            self.breaches.push(Breach {
                party: stamp.by.clone(),
                first,
                second: stamp.clone(),
            });
        }
    }

    fn place_of(&self, hash: Digest, stamp: &Stamp) -> Result<usize, Error> {
        let known = |offer: &Offer| offer.hash == hash && stamp.knows(&offer.made);
        if !self.offers.iter().any(known) {
            return Err(Error::NotOffered);
        }
        self.offers
            .iter()
            .position(|offer| known(offer) && self.is_open_for(offer, stamp))
            .ok_or(Error::NotOpen)
    }

    /// Open in what `stamp` had seen.
    fn is_open_for(&self, offer: &Offer, stamp: &Stamp) -> bool {
        let known = |other: &Stamp| stamp.knows(other);
        known(&offer.made) && self.standing_known(offer, known) == Standing::Open
    }

    /// Sets what became of each offer in the light of everything read.
    fn conclude(&mut self) {
        let standings: Vec<Standing> = self
            .offers
            .iter()
            .map(|offer| self.standing_known(offer, |_| true))
            .collect();
        for (offer, standing) in self.offers.iter_mut().zip(standings) {
            offer.standing = standing;
        }
        let agreed: Vec<Agreed<Revision>> = self.chain(|_| true).map(agreed).collect();
        self.agreed = agreed;
    }

    fn standing_known(&self, offer: &Offer, known: impl Fn(&Stamp) -> bool) -> Standing {
        let accepted = |party: &PartyId| {
            *party == offer.made.by
                || offer
                    .accepts
                    .iter()
                    .any(|stamp| stamp.by == *party && known(stamp))
        };
        if self.order.iter().all(accepted) {
            Standing::Agreed
        } else if offer.rejects.iter().any(|(stamp, _)| known(stamp)) {
            Standing::Rejected
        } else if offer.releases.iter().any(&known) {
            Standing::Released
        } else if self
            .offers
            .iter()
            .any(|other| known(&other.made) && self.voids(other, offer))
        {
            Standing::Void
        } else {
            Standing::Open
        }
    }

    /// Whether `other` crossed `offer` and comes before it in the order. It does so for ever,
    /// whatever becomes of `other`: otherwise an offer could come to life again unseen.
    fn voids(&self, other: &Offer, offer: &Offer) -> bool {
        let rank = |party: &PartyId| self.order.iter().position(|one| one == party);
        other.revision.base == offer.revision.base
            && rank(&other.made.by) < rank(&offer.made.by)
            && other.made.crosses(&offer.made)
    }

    /// Hash of what is agreed as far as `known` goes.
    fn agreed_known(&self, known: impl Fn(&Stamp) -> bool) -> Option<Digest> {
        self.chain(known).last().map(|offer| offer.hash)
    }

    /// Agreed offers, each building on the one before.
    fn chain(&self, known: impl Fn(&Stamp) -> bool) -> impl Iterator<Item = &Offer> {
        let mut base = None;
        let mut left = self.offers.len();
        std::iter::from_fn(move || {
            left = left.checked_sub(1)?;
            let next = self.offers.iter().find(|offer| {
                offer.revision.base == base
                    && known(&offer.made)
                    && self.standing_known(offer, &known) == Standing::Agreed
            })?;
            base = Some(next.hash);
            Some(next)
        })
    }
}

fn agreed(offer: &Offer) -> Agreed<Revision> {
    Agreed {
        value: offer.revision.as_ref().clone(),
        by: std::iter::once(&offer.made)
            .chain(&offer.accepts)
            .cloned()
            .collect(),
    }
}
