//! How many connections are open, in all and per partner.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::PeerName;

/// The places for authenticated connections.
pub(crate) struct Seats {
    total: usize,
    per_peer: usize,
    taken: Mutex<BTreeMap<PeerName, usize>>,
}

impl Seats {
    pub(crate) fn new(total: usize, per_peer: usize) -> Arc<Self> {
        Arc::new(Self {
            total,
            per_peer,
            taken: Mutex::default(),
        })
    }

    /// A place for one connection of `peer`, given back when dropped; `None` when all are
    /// taken.
    pub(crate) fn take(self: &Arc<Self>, peer: &PeerName) -> Option<Seat> {
        let mut taken = self.taken();
        let own = taken.get(peer).copied().unwrap_or(0);
        if own >= self.per_peer || taken.values().sum::<usize>() >= self.total {
            return None;
        }
        taken.insert(peer.clone(), own + 1);
        Some(Seat {
            seats: Arc::clone(self),
            peer: peer.clone(),
        })
    }

    /// The map is whole between any two statements, so a panic elsewhere cannot spoil it.
    fn taken(&self) -> MutexGuard<'_, BTreeMap<PeerName, usize>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One connection's place.
pub(crate) struct Seat {
    seats: Arc<Seats>,
    peer: PeerName,
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut taken = self.seats.taken();
        match taken.get_mut(&self.peer) {
            Some(own) if *own > 1 => *own -= 1,
            _ => drop(taken.remove(&self.peer)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seats_are_limited_per_peer_and_in_all_and_come_back() {
        let seats = Seats::new(3, 2);
        let [rabat, brussels] = ["ma.interior", "be.interior"].map(|n| PeerName::new(n).unwrap());
        let first = seats.take(&rabat).unwrap();
        let second = seats.take(&rabat).unwrap();
        assert!(seats.take(&rabat).is_none(), "two for each");
        let _third = seats.take(&brussels).unwrap();
        assert!(seats.take(&brussels).is_none(), "three in all");
        drop(first);
        assert!(seats.take(&brussels).is_some());
        drop(second);
        assert!(
            seats.taken().get(&rabat).is_none(),
            "nothing is kept of who is gone"
        );
    }
}
