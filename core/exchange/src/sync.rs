//! What to do next with one partner in one channel.
//!
//! A [`Sync`] sees only sizes and roots. The driver asks [`Sync::step`], does it, and reports
//! what came of it with [`Sync::on`]; any report may be lost and asked for again. Whoever
//! dials does the work for both directions, so that it does not matter who can reach whom.

use crate::message::{ChannelState, JournalState};

/// What the driver should do now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Tell where we stand and learn where they do.
    Hello,
    /// Hand over our entries from `start`.
    Push {
        /// First index to hand over.
        start: u64,
    },
    /// Ask for their entries from `start`.
    Pull {
        /// First index to ask for.
        start: u64,
    },
    /// Hand over the co-signature that is due. May wait a moment: it rides on a push.
    Cosign,
    /// Hand over chunks they miss.
    OfferChunks,
    /// Ask for chunks we miss.
    TakeChunks,
    /// Say hello once more and compare counts and roots of both journals.
    Compare,
    /// Nothing to do until something changes.
    Rest,
    /// The partner holds less of its own journal than we do: it was restored from an old copy.
    /// Hand its entries back from `start`.
    GiveBack {
        /// First index to hand back.
        start: u64,
    },
    /// The partner holds more of our journal than we do: this node was restored from an old
    /// copy. Nothing may be appended until it has recovered.
    Behind {
        /// Size that the partner holds of our journal.
        held: u64,
    },
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The partner answered a hello.
    Greeted(ChannelState),
    /// Our journal has this size now.
    Grew(u64),
    /// The partner says it holds our journal up to this size.
    Confirmed(u64),
    /// We hold the partner's co-signature on our journal up to this size, durably.
    Receipted(u64),
    /// We hold the partner's journal up to `held` and a co-signature is due.
    Took {
        /// Size held now.
        held: u64,
    },
    /// What is held of the partner's journal, and up to where our co-signature was handed
    /// over; the listening side may have taken more meanwhile.
    Held {
        /// Size held.
        size: u64,
        /// Size up to which the partner has our co-signature.
        cosigned: u64,
    },
    /// The partner's journal is known to have this size.
    TheyHave(u64),
    /// The partner says that its own journal has this size; less than what is held of it where
    /// it was set back.
    TheirOwn(u64),
    /// Our co-signature was handed over.
    Cosigned,
    /// Chunks were handed over; so many blobs are still missing there.
    Offered {
        /// Blobs the partner still misses.
        missing: u64,
    },
    /// Chunks were taken; so many blobs are still missing here.
    TookChunks {
        /// Blobs we still miss.
        missing: u64,
    },
    /// The partner answered the comparison; `View` is what we hold ourselves.
    Compared(ChannelState, View),
    /// The connection or a step failed: what was reported before may not have arrived.
    Failed,
}

/// Both journals as this node holds them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct View {
    /// Our journal.
    pub mine: JournalState,
    /// What we hold of theirs.
    pub held: JournalState,
    /// Blobs we miss.
    pub missing_blobs: u64,
    /// Size of our journal up to which we hold the partner's co-signature.
    pub receipted: u64,
}

/// Both nodes hold the same two journals and every blob: counts and roots were compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Complete {
    /// Entries of our journal.
    pub mine: u64,
    /// Entries of theirs.
    pub theirs: u64,
}

/// State towards one partner in one channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sync {
    greeted: bool,
    mine: u64,
    confirmed: u64,
    receipted: u64,
    theirs: u64,
    /// Where its own journal ends, for a partner that was set back.
    set_back: Option<u64>,
    held: u64,
    cosign_due: bool,
    they_miss: u64,
    we_miss: u64,
    complete: Option<Complete>,
}

impl Sync {
    /// From what this node holds at the start.
    pub fn new(view: &View) -> Self {
        Self {
            greeted: false,
            mine: view.mine.size,
            confirmed: 0,
            receipted: view.receipted,
            theirs: view.held.size,
            set_back: None,
            held: view.held.size,
            cosign_due: view.held.size > 0,
            they_miss: 0,
            we_miss: view.missing_blobs,
            complete: None,
        }
    }

    /// What to do now.
    pub fn step(&self) -> Step {
        if !self.greeted {
            Step::Hello
        } else if self.confirmed > self.mine {
            Step::Behind {
                held: self.confirmed,
            }
        } else if let Some(start) = self.set_back {
            Step::GiveBack { start }
        } else if self.confirmed < self.mine || self.receipted < self.mine {
            // Held there but not receipted here: the answer got lost, an empty batch asks for
            // the co-signature again.
            Step::Push {
                start: self.confirmed,
            }
        } else if self.held < self.theirs {
            Step::Pull { start: self.held }
        } else if self.cosign_due {
            Step::Cosign
        } else if self.they_miss > 0 {
            Step::OfferChunks
        } else if self.we_miss > 0 {
            Step::TakeChunks
        } else if self.complete.is_none() {
            Step::Compare
        } else {
            Step::Rest
        }
    }

    /// Takes note of what happened.
    pub fn on(&mut self, event: Event) {
        match event {
            Event::Greeted(theirs) => self.greeted(&theirs),
            Event::Grew(size) if size != self.mine => {
                self.mine = size;
                self.complete = None;
            }
            Event::Grew(_) => {}
            Event::Confirmed(held) => self.confirmed = held,
            Event::Receipted(size) => self.receipted = self.receipted.max(size),
            Event::Took { held } => self.took(held),
            Event::Held { size, cosigned } => {
                if size != self.held {
                    self.complete = None;
                }
                self.held = size;
                self.theirs = self.theirs.max(size);
                self.cosign_due = cosigned < size;
            }
            Event::TheyHave(size) => self.theirs = self.theirs.max(size),
            Event::TheirOwn(size) => self.has_itself(size),
            Event::Cosigned => self.cosign_due = false,
            Event::Offered { missing } => self.they_miss = missing,
            Event::TookChunks { missing } => self.we_miss = missing,
            Event::Compared(theirs, ours) => self.compared(&theirs, &ours),
            Event::Failed => self.greeted = false,
        }
    }

    /// Set only after counts and roots of both journals were found equal, and cleared as soon
    /// as anything grows.
    pub fn complete(&self) -> Option<Complete> {
        self.complete
    }

    /// Entries of ours that the partner has not confirmed.
    pub fn waiting(&self) -> u64 {
        self.mine.saturating_sub(self.confirmed)
    }

    fn greeted(&mut self, theirs: &ChannelState) {
        self.greeted = true;
        self.confirmed = theirs.yours.size;
        self.theirs = theirs.mine.size;
        self.has_itself(theirs.mine.size);
        self.they_miss = theirs.missing_blobs;
        self.complete = None;
    }

    /// A partner's own journal is never shorter than what is held of it, unless it was set back.
    fn has_itself(&mut self, size: u64) {
        self.set_back = (size < self.held).then_some(size);
    }

    fn took(&mut self, held: u64) {
        if held != self.held {
            self.complete = None;
        }
        self.held = held;
        self.theirs = self.theirs.max(held);
        self.cosign_due = true;
    }

    fn compared(&mut self, theirs: &ChannelState, ours: &View) {
        self.held = ours.held.size;
        self.greeted(theirs);
        self.mine = ours.mine.size;
        self.receipted = self.receipted.max(ours.receipted);
        self.we_miss = ours.missing_blobs;
        let same = theirs.yours == ours.mine && theirs.mine == ours.held;
        let receipted = self.receipted >= self.mine;
        if same && receipted && theirs.missing_blobs == 0 && ours.missing_blobs == 0 {
            let (mine, theirs) = (ours.mine.size, ours.held.size);
            self.complete = Some(Complete { mine, theirs });
        }
    }
}

#[cfg(test)]
mod tests {
    use passerelle_model::Digest;
    use proptest::prelude::*;

    use super::*;

    /// The root stands for the content: equal sizes have equal roots in an honest world.
    fn journal(size: u64) -> JournalState {
        let mut root = [0; 32];
        root[..8].copy_from_slice(&size.to_be_bytes());
        JournalState {
            size,
            root: Digest::new(root),
        }
    }

    fn state(mine: u64, yours: u64, missing_blobs: u64) -> ChannelState {
        ChannelState {
            channel: "ma-be".parse().unwrap(),
            agreement: None,
            mine: journal(mine),
            yours: journal(yours),
            missing_blobs,
            proof: None,
        }
    }

    fn view(mine: u64, held: u64) -> View {
        View {
            mine: journal(mine),
            held: journal(held),
            missing_blobs: 0,
            receipted: 0,
        }
    }

    #[test]
    fn works_through_everything_before_it_compares() {
        let mut sync = Sync::new(&view(5, 0));
        assert_eq!(sync.step(), Step::Hello);
        sync.on(Event::Greeted(state(3, 2, 1)));
        assert_eq!(sync.step(), Step::Push { start: 2 });
        sync.on(Event::Confirmed(5));
        assert_eq!(
            sync.step(),
            Step::Push { start: 5 },
            "held, but the receipt is missing"
        );
        sync.on(Event::Receipted(5));
        assert_eq!(sync.step(), Step::Pull { start: 0 });
        sync.on(Event::Took { held: 3 });
        assert_eq!(sync.step(), Step::Cosign);
        sync.on(Event::Cosigned);
        assert_eq!(sync.step(), Step::OfferChunks);
        sync.on(Event::Offered { missing: 0 });
        assert_eq!(sync.step(), Step::Compare);
        assert_eq!(sync.complete(), None);
        sync.on(Event::Compared(state(3, 5, 0), view(5, 3)));
        assert_eq!(sync.complete(), Some(Complete { mine: 5, theirs: 3 }));
        assert_eq!(sync.step(), Step::Rest);
        sync.on(Event::Grew(6));
        assert_eq!(sync.step(), Step::Push { start: 5 });
        assert_eq!(sync.complete(), None);
    }

    #[test]
    fn partial_is_never_complete() {
        let mut sync = Sync::new(&view(5, 3));
        sync.on(Event::Compared(state(3, 5, 0), view(5, 3)));
        assert_eq!(sync.complete(), None, "receipt missing");
        sync.on(Event::Receipted(5));
        sync.on(Event::Compared(state(3, 4, 0), view(5, 3)));
        assert_eq!(
            (sync.complete(), sync.step()),
            (None, Step::Push { start: 4 })
        );
        let mut other_root = state(3, 5, 0);
        other_root.yours.root = Digest::new([9; 32]);
        sync.on(Event::Compared(other_root, view(5, 3)));
        assert_eq!(sync.complete(), None);
        sync.on(Event::Compared(state(3, 5, 1), view(5, 3)));
        assert_eq!(sync.complete(), None);
    }

    #[test]
    fn a_restored_node_notices_that_it_is_behind() {
        let mut sync = Sync::new(&view(5, 3));
        sync.on(Event::Greeted(state(3, 9, 0)));
        assert_eq!(sync.step(), Step::Behind { held: 9 });
        sync.on(Event::Grew(9));
        assert_eq!(sync.step(), Step::Push { start: 9 }, "for the receipt");
    }

    #[test]
    fn a_partner_that_was_set_back_gets_its_own_entries_first() {
        let mut sync = Sync::new(&view(5, 9));
        sync.on(Event::Greeted(state(4, 2, 0)));
        assert_eq!(sync.step(), Step::GiveBack { start: 4 });
        sync.on(Event::TheirOwn(7));
        assert_eq!(sync.step(), Step::GiveBack { start: 7 });
        sync.on(Event::TheirOwn(9));
        assert_eq!(sync.step(), Step::Push { start: 2 });
    }

    /// Two journals and what each side truly holds; steps may fail or their answers be lost.
    struct World {
        mine: u64,
        theirs: u64,
        they_hold: u64,
        we_hold: u64,
        they_miss: u64,
    }

    impl World {
        fn run(&mut self, sync: &mut Sync, done: bool, answered: bool) {
            let step = sync.step();
            if done {
                match step {
                    Step::Push { start } if start == self.they_hold => {
                        self.they_hold = self.mine.min(start + 2);
                    }
                    Step::Pull { start } if start == self.we_hold => {
                        self.we_hold = self.theirs.min(start + 2);
                    }
                    Step::OfferChunks => self.they_miss = self.they_miss.saturating_sub(1),
                    _ => {}
                }
            }
            if !answered {
                return sync.on(Event::Failed);
            }
            let theirs = state(self.theirs, self.they_hold, self.they_miss);
            let event = match step {
                Step::Hello => Event::Greeted(theirs),
                Step::Push { .. } => {
                    sync.on(Event::Receipted(self.they_hold));
                    Event::Confirmed(self.they_hold)
                }
                Step::Pull { .. } => Event::Took { held: self.we_hold },
                Step::Cosign => Event::Cosigned,
                Step::OfferChunks => Event::Offered {
                    missing: self.they_miss,
                },
                Step::TakeChunks => Event::TookChunks { missing: 0 },
                Step::Compare => Event::Compared(theirs, view(self.mine, self.we_hold)),
                Step::Rest | Step::Behind { .. } | Step::GiveBack { .. } => return,
            };
            sync.on(event);
        }
    }

    proptest! {
        #[test]
        fn any_loss_heals_and_complete_means_equal(
            sizes in (0_u64..20, 0_u64..20),
            faults in proptest::collection::vec((any::<bool>(), any::<bool>(), 0_u64..2), 0..60),
        ) {
            let mut world =
                World { mine: sizes.0, theirs: sizes.1, they_hold: 0, we_hold: 0, they_miss: 2 };
            let mut sync = Sync::new(&view(world.mine, 0));
            for (done, answered, grow) in faults {
                world.mine += grow;
                sync.on(Event::Grew(world.mine));
                world.run(&mut sync, done || answered, answered);
                if sync.complete().is_some() {
                    prop_assert_eq!((world.they_hold, world.we_hold), (world.mine, world.theirs));
                    prop_assert_eq!(world.they_miss, 0);
                }
            }
            for _ in 0..200 {
                world.run(&mut sync, true, true);
            }
            prop_assert_eq!(sync.step(), Step::Rest);
            prop_assert_eq!((world.they_hold, world.we_hold), (world.mine, world.theirs));
        }
    }
}
