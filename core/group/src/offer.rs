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
use crate::stamp::put;
use crate::{Error, Revision, Stamp, Texts};

/// Most offers of one party on one object.
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

    fn signature_of(&self, party: &PartyId) -> Option<&Stamp> {
        let mut signed = std::iter::once(&self.made).chain(&self.accepts);
        signed.find(|stamp| stamp.by == *party)
    }

    /// Parties whose answer it waits for.
    pub fn waits_for<'a>(&'a self, parties: &'a [PartyId]) -> impl Iterator<Item = &'a PartyId> {
        parties.iter().filter(move |party| {
            self.standing == Standing::Open && self.signature_of(party).is_none()
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
    /// Offers it, under its hash: of an erased text only that is left.
    Offer(Arc<Revision>, Digest),
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
            Made::Offer(revision, hash) => self.offer((revision, hash), stamp),
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

    /// The open offer, else the newest: the one that no other offer knew of. Of several that
    /// crossed, the one that comes first in the order of parties.
    pub fn latest(&self) -> Option<&Offer> {
        self.newest(|_| true)
    }

    /// The same among offers of one revision: a text can be offered again.
    pub fn offer_of(&self, hash: &Digest) -> Option<&Offer> {
        self.newest(|offer| offer.hash == *hash)
    }

    fn newest(&self, wanted: impl Fn(&Offer) -> bool) -> Option<&Offer> {
        let all: Vec<&Offer> = self.offers.iter().filter(|offer| wanted(offer)).collect();
        let known = |offer: &Offer| all.iter().any(|other| other.made.knows(&offer.made));
        let open = all.iter().find(|offer| offer.standing == Standing::Open);
        let newest = all.iter().filter(|offer| !known(offer));
        let newest = newest.min_by_key(|offer| self.rank(&offer.made.by));
        open.or(newest).copied()
    }

    /// Signatures against the rule, by party and journal.
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

    fn offer(
        &mut self,
        (revision, hash): (Arc<Revision>, Digest),
        stamp: &Stamp,
    ) -> Result<(), Error> {
        let mine = |offer: &&Offer| offer.made.by == stamp.by;
        let found = self.offers.iter().filter(mine).count() + 1;
        if found > MAX_OFFERS {
            return Err(Error::TooMany {
                what: "offers of one party",
                found,
                limit: MAX_OFFERS,
            });
        }
        if revision.base != self.agreed_known(|other| stamp.knows(other)) {
            return Err(Error::Base);
        }
        let standing = self
            .offers
            .iter()
            .find(|offer| self.is_open_for(offer, stamp));
        if let Some(offer) = standing {
            if let Some(first) = offer.signature_of(&stamp.by).cloned() {
                self.breach(first, stamp);
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
        let offer = self.answerable(hash, stamp, true)?;
        put(&mut offer.accepts, stamp.clone(), |stamp| stamp);
        Ok(())
    }

    fn reject(&mut self, hash: Digest, reason: Option<Texts>, stamp: &Stamp) -> Result<(), Error> {
        let offer = self.answerable(hash, stamp, false)?;
        put(&mut offer.rejects, (stamp.clone(), reason), |(stamp, _)| {
            stamp
        });
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
        let offer = self.answerable(hash, stamp, false)?;
        match &offer.withdrawn {
            Some(asked) if stamp.knows(asked) => {
                put(&mut offer.releases, stamp.clone(), |stamp| stamp);
                Ok(())
            }
            _ => Err(Error::TooEarly),
        }
    }

    /// An offer of another party that is open in what `stamp` had seen and that its author has
    /// not accepted.
    fn answerable(
        &mut self,
        hash: Digest,
        stamp: &Stamp,
        accepts: bool,
    ) -> Result<&mut Offer, Error> {
        let refused = match self.place_of(hash, stamp) {
            Err(error) => error,
            Ok(place) => {
                let offer = self.offers.get(place).ok_or(Error::NotOffered)?;
                if offer.made.by == stamp.by {
                    return Err(Error::NotTheirs);
                }
                if offer.signature_of(&stamp.by).is_none() {
                    return self.offers.get_mut(place).ok_or(Error::NotOffered);
                }
                Error::Again
            }
        };
        if let Some(first) = self.contradicted(hash, stamp, accepts).cloned() {
            self.breach(first, stamp);
        }
        Err(refused)
    }

    /// What the author of `stamp` had signed that this answer contradicts: the other answer to
    /// the same text, or a sibling that is still open. Saying the same twice is no contradiction.
    fn contradicted(&self, hash: Digest, stamp: &Stamp, accepts: bool) -> Option<&Stamp> {
        let of_it = self.offers.iter().filter(|offer| offer.hash == hash);
        let answers = of_it.flat_map(|offer| {
            let rejects = offer.rejects.iter().map(|(stamp, _)| (false, stamp));
            let releases = offer.releases.iter().map(|stamp| (false, stamp));
            let accepts = offer.accepts.iter().map(|stamp| (true, stamp));
            rejects.chain(releases).chain(accepts)
        });
        let last = answers
            .filter(|(_, answer)| answer.by == stamp.by && stamp.knows(answer))
            .max_by_key(|(_, answer)| (answer.index, answer.deed));
        match last {
            Some((accepted, answer)) if accepted != accepts => Some(answer),
            None if accepts => self.sibling_signed(hash, stamp),
            _ => None,
        }
    }

    /// The signature of the author of `stamp` on another revision of the same text, where that
    /// is open.
    fn sibling_signed(&self, hash: Digest, stamp: &Stamp) -> Option<&Stamp> {
        let mut bases = self.offers.iter().filter(|offer| offer.hash == hash);
        let base = bases.next()?.revision.base;
        let siblings = self.offers.iter().filter(|offer| {
            offer.hash != hash && offer.revision.base == base && self.is_open_for(offer, stamp)
        });
        let mut signed = siblings.filter_map(|offer| offer.signature_of(&stamp.by));
        signed.find(|first| stamp.knows(first))
    }

    fn breach(&mut self, first: Stamp, second: &Stamp) {
        let breach = Breach {
            party: second.by.clone(),
            first,
            second: second.clone(),
        };
        let before = |held: &Breach| held.party <= breach.party;
        let at = self.breaches.partition_point(before);
        self.breaches.insert(at, breach);
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
        // What is agreed never ceases, and its signatures are complete: only new ones are added.
        let news = self.chain(|_| true).skip(self.agreed.len()).map(agreed);
        let news: Vec<Agreed<Revision>> = news.collect();
        self.agreed.extend(news);
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
        other.revision.base == offer.revision.base
            && self.rank(&other.made.by) < self.rank(&offer.made.by)
            && other.made.crosses(&offer.made)
    }

    /// The chair is 0.
    fn rank(&self, party: &PartyId) -> Option<usize> {
        self.order.iter().position(|one| one == party)
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
