//! Stages that a party moves an object through, and who may.
//!
//! What is agreed has no stage here: it is agreed or not. What follows from facts (late, at
//! risk, blocked, done) is computed.

use std::collections::{BTreeMap, VecDeque};

use passerelle_model::PartyId;

use crate::macros::words;
use crate::{Kind, Object, Stamp};

use Stage as S;
use Who::{Any, Chair, Opener, Other};

words! {
    /// Where an object stands.
    Stage {
        /// Being written.
        Draft = "draft",
        /// Called.
        Convened = "convened",
        /// Going on.
        InSession = "in-session",
        /// Over.
        Ended = "ended",
        /// Put off.
        Postponed = "postponed",
        /// Called off.
        Cancelled = "cancelled",
        /// Proposed.
        Proposed = "proposed",
        /// Taken.
        Accepted = "accepted",
        /// Not taken.
        Declined = "declined",
        /// For a later meeting.
        Deferred = "deferred",
        /// Dealt with.
        Discussed = "discussed",
        /// Prepared by the secretariats.
        Prepared = "prepared",
        /// Sent round; amendments are taken.
        Circulated = "circulated",
        /// To do.
        ToDo = "to-do",
        /// Being done.
        Doing = "doing",
        /// Done.
        Done = "done",
        /// Being prepared (IATI 1).
        Pipeline = "pipeline",
        /// Going on (IATI 2).
        Implementation = "implementation",
        /// Being wound up (IATI 3).
        Finalisation = "finalisation",
        /// Over (IATI 4).
        Closed = "closed",
        /// Stopped for now (IATI 6).
        Suspended = "suspended",
        /// Looked at by a peer.
        Reviewed = "peer-reviewed",
        /// Public between the parties.
        Published = "published",
        /// To be looked at again.
        ToRefresh = "to-refresh",
        /// Handed in.
        Submitted = "submitted",
        /// Sent back with a question.
        Clarify = "clarify",
        /// Somebody was found.
        Matched = "matched",
        /// Done for those who asked.
        Delivered = "delivered",
        /// Evaluated, six months later.
        Evaluated = "evaluated",
        /// The report is there.
        Reported = "reported",
        /// Answers are taken.
        Open = "open",
        /// What came of it was told.
        Answered = "answered",
        /// Works.
        Active = "active",
    }
}

/// Who may move it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// The party that opened it.
    Opener,
    /// Any other party.
    Other,
    /// The chair.
    Chair,
    /// Every party.
    Any,
}

impl Who {
    /// Whether `party` is meant.
    pub fn is(self, party: &PartyId, object: &Object) -> bool {
        match self {
            Self::Opener => *party == object.id.party,
            Self::Other => *party != object.id.party,
            Self::Chair => *party == object.chair,
            Self::Any => true,
        }
    }
}

/// Steps from one stage to the next, and who takes them.
type Steps = &'static [(Stage, Stage, Who)];

/// First stage of each kind, and every step from one to the next.
pub fn transitions(kind: Kind) -> (Stage, &'static [(Stage, Stage, Who)]) {
    match kind {
        Kind::Group => (S::Active, GROUP),
        Kind::Meeting => (S::Draft, MEETING),
        Kind::Item => (S::Proposed, ITEM),
        Kind::Minutes => (S::Draft, MINUTES),
        Kind::Action => (S::ToDo, ACTION),
        Kind::Programme => (S::Pipeline, PROGRAMME),
        Kind::Practice => (S::Draft, PRACTICE),
        Kind::Request => (S::Draft, REQUEST),
        Kind::Mission => (S::Proposed, MISSION),
        Kind::Consultation => (S::Draft, CONSULTATION),
        Kind::Expert | Kind::Competence => (S::Active, AVAILABILITY),
        Kind::Topic => (S::Open, TOPIC),
        Kind::Decision | Kind::Commitment | Kind::Communique | Kind::Indicator => (S::Draft, &[]),
    }
}

const GROUP: Steps = &[
    (S::Active, S::Suspended, Any),
    (S::Suspended, S::Active, Any),
];
const MEETING: Steps = &[
    (S::Draft, S::Convened, Chair),
    (S::Convened, S::InSession, Chair),
    (S::InSession, S::Ended, Chair),
    (S::Convened, S::Postponed, Any),
    (S::Postponed, S::Convened, Chair),
    (S::Draft, S::Cancelled, Chair),
    (S::Convened, S::Cancelled, Any),
    (S::Postponed, S::Cancelled, Any),
];
const ITEM: Steps = &[
    (S::Proposed, S::Accepted, Chair),
    (S::Proposed, S::Declined, Chair),
    (S::Proposed, S::Deferred, Chair),
    (S::Accepted, S::Discussed, Chair),
    (S::Accepted, S::Deferred, Chair),
    (S::Deferred, S::Accepted, Chair),
    (S::Deferred, S::Declined, Chair),
];
const MINUTES: Steps = &[
    (S::Draft, S::Prepared, Chair),
    (S::Prepared, S::Circulated, Chair),
    (S::Circulated, S::Prepared, Chair),
    (S::Prepared, S::Draft, Chair),
];
const ACTION: Steps = &[
    (S::ToDo, S::Doing, Opener),
    (S::Doing, S::Done, Opener),
    (S::Done, S::Doing, Opener),
    (S::ToDo, S::Done, Opener),
    (S::ToDo, S::Cancelled, Opener),
    (S::Doing, S::Cancelled, Opener),
];
const PROGRAMME: Steps = &[
    (S::Pipeline, S::Implementation, Opener),
    (S::Implementation, S::Finalisation, Opener),
    (S::Finalisation, S::Closed, Opener),
    (S::Implementation, S::Suspended, Opener),
    (S::Suspended, S::Implementation, Opener),
    (S::Pipeline, S::Cancelled, Opener),
    (S::Implementation, S::Cancelled, Opener),
    (S::Suspended, S::Cancelled, Opener),
];
const PRACTICE: Steps = &[
    (S::Draft, S::Submitted, Opener),
    (S::Submitted, S::Draft, Opener),
    (S::Submitted, S::Reviewed, Other),
    (S::Reviewed, S::Published, Opener),
    (S::Published, S::ToRefresh, Any),
    (S::ToRefresh, S::Submitted, Opener),
];
const REQUEST: Steps = &[
    (S::Draft, S::Submitted, Opener),
    (S::Submitted, S::Clarify, Other),
    (S::Clarify, S::Submitted, Opener),
    (S::Submitted, S::Accepted, Other),
    (S::Submitted, S::Declined, Other),
    (S::Accepted, S::Matched, Any),
    (S::Matched, S::Delivered, Opener),
    (S::Delivered, S::Evaluated, Opener),
    (S::Submitted, S::Cancelled, Opener),
    (S::Clarify, S::Cancelled, Opener),
];
const MISSION: Steps = &[
    (S::Proposed, S::Accepted, Other),
    (S::Proposed, S::Declined, Other),
    (S::Accepted, S::Doing, Opener),
    (S::Doing, S::Reported, Opener),
    (S::Accepted, S::Cancelled, Any),
    (S::Proposed, S::Cancelled, Opener),
];
const CONSULTATION: Steps = &[
    (S::Draft, S::Open, Opener),
    (S::Open, S::Closed, Opener),
    (S::Closed, S::Answered, Opener),
];
const AVAILABILITY: Steps = &[
    (S::Active, S::Suspended, Opener),
    (S::Suspended, S::Active, Opener),
    (S::Active, S::Closed, Opener),
];
const TOPIC: Steps = &[(S::Open, S::Closed, Any), (S::Closed, S::Open, Any)];

impl Object {
    /// Where it stands: every move that was possible, in one order that all nodes compute alike.
    /// Of two that crossed, the earlier by its party's clock comes first, then the party's name.
    pub fn stage(&self) -> Stage {
        self.stage_known(|_| true)
    }

    /// When it was moved to a stage last, by its authors' clocks.
    pub fn moved_to(&self, stage: Stage) -> Option<&Stamp> {
        let to = self.moves.iter().filter(|(to, _)| *to == stage);
        to.map(|(_, stamp)| stamp)
            .max_by(|a, b| a.place().cmp(&b.place()))
    }

    /// The same as far as whoever stamped knew.
    pub(crate) fn stage_known(&self, known: impl Fn(&Stamp) -> bool) -> Stage {
        let (mut at, steps) = transitions(self.kind);
        let mut left: BTreeMap<&PartyId, VecDeque<&(Stage, Stamp)>> = BTreeMap::new();
        for one in self.moves.iter().filter(|(_, stamp)| known(stamp)) {
            left.entry(&one.1.by).or_default().push_back(one);
        }
        while let Some((to, stamp)) = next_move(&mut left) {
            let step = |(from, aim, who): &&(Stage, Stage, Who)| {
                *from == at && aim == to && who.is(&stamp.by, self)
            };
            if steps.iter().any(|one| step(&one)) {
                at = *to;
            }
        }
        at
    }

    /// What brought it to where it stands: the last move there, else its opening.
    pub fn since(&self) -> &Stamp {
        let at = self.stage();
        let mut moves = self.moves.iter().rev();
        let there = moves.find(|(stage, _)| *stage == at);
        there.map_or(&self.opened, |(_, stamp)| stamp)
    }

    /// Stages that `party` may move it to now.
    pub fn steps(&self, party: &PartyId) -> Vec<Stage> {
        let at = self.stage();
        let (_, steps) = transitions(self.kind);
        let open = steps
            .iter()
            .filter(|(from, _, who)| *from == at && who.is(party, self));
        open.map(|(_, to, _)| *to).collect()
    }
}

/// Takes the next of the parties' moves, each in the order of its journal: the first by the clock
/// among those that know none of the others.
fn next_move<'a>(
    left: &mut BTreeMap<&PartyId, VecDeque<&'a (Stage, Stamp)>>,
) -> Option<&'a (Stage, Stamp)> {
    let heads = || left.values().filter_map(|moves| moves.front());
    let ready = |stamp: &Stamp| !heads().any(|(_, other)| stamp.knows(other));
    let next = heads().filter(|(_, stamp)| ready(stamp));
    let (_, first) = next.min_by(|a, b| a.1.place().cmp(&b.1.place()))?;
    left.get_mut(&first.by)?.pop_front()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stage_named_is_reached() {
        for kind in Kind::ALL {
            let (first, steps) = transitions(*kind);
            let mut reached = vec![first];
            for _ in 0..steps.len() {
                for (from, to, _) in steps {
                    if reached.contains(from) && !reached.contains(to) {
                        reached.push(*to);
                    }
                }
            }
            for (from, to, _) in steps {
                assert!(reached.contains(from) && reached.contains(to), "{kind}");
            }
        }
    }
}
