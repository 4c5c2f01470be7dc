//! Following up a commitment: the responsible party reports, only the other side verifies, and
//! late, at risk and blocked are computed.

use passerelle_model::{Day, Digest, FileName, UtcTime};
use serde::{Deserialize, Serialize};

use crate::class::{Derived, Own, newest, newest_of_each};
use crate::macros::words;
use crate::terms::bounded;
use crate::{Closure, CommitmentTerms, Error, Ledger, Object, Stage, Terms, Texts};

words! {
    /// What the responsible party says.
    Reported {
        /// Begun.
        UnderWay = "under-way",
        /// Cannot go on.
        Blocked = "blocked",
        /// Done.
        Done = "done",
    }
}

words! {
    /// What the other side found.
    Verification {
        /// Fulfilled.
        Fulfilled = "fulfilled",
        /// In part.
        Partly = "partly",
        /// Not fulfilled.
        NotFulfilled = "not-fulfilled",
    }
}

/// One report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// How it stands.
    pub state: Reported,
    /// In words.
    pub text: Texts,
    /// Evidence: name and SHA-256 of files that travel with the record or lie elsewhere.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<(FileName, Digest)>,
}

impl Report {
    pub(crate) fn check(&self) -> Result<(), Error> {
        bounded("pieces of evidence", self.evidence.len())
    }
}

/// One verification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Verified {
    /// What was found.
    pub found: Verification,
    /// In words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Texts>,
}

words! {
    /// Where a commitment stands.
    Progress {
        /// Written here, offered to nobody.
        Draft = "draft",
        /// Offered, not agreed.
        Proposed = "proposed",
        /// Rejected or taken back.
        Dropped = "dropped",
        /// Agreed, nothing reported.
        Agreed = "agreed",
        /// Reported as begun.
        UnderWay = "under-way",
        /// Reported done; the other side has not verified.
        ReportedDone = "reported-done",
        /// Verified.
        Fulfilled = "fulfilled",
        /// Verified in part.
        Partly = "partly",
        /// Verified as not done.
        NotFulfilled = "not-fulfilled",
        /// Replaced or withdrawn together.
        Ended = "ended",
    }
}

impl Progress {
    /// Nothing more is expected.
    pub fn is_over(self) -> bool {
        matches!(
            self,
            Self::Dropped | Self::Fulfilled | Self::Partly | Self::NotFulfilled | Self::Ended
        )
    }
}

words! {
    /// What follows from dates, reports and actions.
    Flag {
        /// Nothing speaks against it.
        OnTrack = "on-track",
        /// Due within thirty days and not begun, or a step towards it is late.
        AtRisk = "at-risk",
        /// The responsible party says so, or a step waits for one that was called off.
        Blocked = "blocked",
        /// Due and not reported done.
        Late = "late",
        /// Somebody objects to what is agreed. A reservation is no dispute.
        Disputed = "disputed",
    }
}

/// Days before the due day within which something should have begun.
const SOON_DAYS: u32 = 30;

impl Object {
    /// The terms that are agreed, else those that are offered last.
    pub fn commitment(&self) -> Option<&CommitmentTerms> {
        let revision = match self.agreed() {
            Some(agreed) => agreed.value(),
            None => self.offers().latest()?.revision(),
        };
        match &revision.terms {
            Terms::Commitment(terms) => Some(terms),
            _ => None,
        }
    }

    /// How the commitment stands.
    pub fn progress(&self) -> Derived<Progress> {
        Derived::new(self.stands())
    }

    fn stands(&self) -> Progress {
        let Some(agreed) = self.agreed() else {
            return match self.offers().latest() {
                None => Progress::Draft,
                Some(offer) if offer.standing() == crate::Standing::Open => Progress::Proposed,
                Some(_) => Progress::Dropped,
            };
        };
        let Terms::Commitment(terms) = &agreed.value().terms else {
            return Progress::Draft;
        };
        match terms.closure {
            Some(Closure::Fulfilled) => return Progress::Fulfilled,
            Some(Closure::Partly) => return Progress::Partly,
            Some(Closure::NotFulfilled) => return Progress::NotFulfilled,
            Some(Closure::Replaced | Closure::Withdrawn) => return Progress::Ended,
            None => {}
        }
        let Some(report) = newest(self.reports().iter()) else {
            return Progress::Agreed;
        };
        match (report.value().state, self.found(report)) {
            (Reported::Done, None) => Progress::ReportedDone,
            (Reported::Done, Some(Verification::Fulfilled)) => Progress::Fulfilled,
            (Reported::Done, Some(Verification::Partly)) => Progress::Partly,
            (Reported::Done, Some(Verification::NotFulfilled)) => Progress::NotFulfilled,
            (Reported::UnderWay | Reported::Blocked, _) => Progress::UnderWay,
        }
    }

    /// What is verified holds for the report it knew; a newer report asks again. Where several
    /// parties verified, the least of what they found.
    fn found(&self, report: &Own<Report>) -> Option<Verification> {
        let since = |verified: &&Own<Verified>| verified.stamp().knows(report.stamp());
        let each = newest_of_each(self.verified().iter().filter(since));
        each.values().map(|verified| verified.value().found).max()
    }

    /// Every due day that was agreed, oldest first, with the instant of the last signature.
    pub fn due_history(&self) -> Vec<(Day, UtcTime)> {
        let mut history: Vec<(Day, UtcTime)> = Vec::new();
        for agreed in self.offers().history() {
            let Terms::Commitment(terms) = &agreed.value().terms else {
                continue;
            };
            let signed = agreed.signatures().iter().map(|stamp| stamp.time).max();
            if history.last().is_none_or(|(due, _)| *due != terms.due) {
                history.extend(signed.map(|time| (terms.due, time)));
            }
        }
        history
    }
}

impl Ledger {
    /// What follows for a commitment on `today`: computed, never typed.
    pub fn flag(&self, object: &Object, today: Day) -> Derived<Flag> {
        Derived::new(self.flagged(object, today))
    }

    fn flagged(&self, object: &Object, today: Day) -> Flag {
        let progress = object.stands();
        let Some(terms) = object.commitment() else {
            return Flag::OnTrack;
        };
        if progress.is_over() || progress == Progress::Draft {
            return Flag::OnTrack;
        }
        if self.disputed(object) {
            return Flag::Disputed;
        }
        if progress == Progress::Proposed || progress == Progress::ReportedDone {
            return Flag::OnTrack;
        }
        if terms.due < today {
            return Flag::Late;
        }
        let blocked = |report: &Own<Report>| report.value().state == Reported::Blocked;
        if newest(object.reports().iter()).is_some_and(blocked) {
            return Flag::Blocked;
        }
        let actions = || {
            self.children(object.id())
                .filter(|child| child.action().is_some())
        };
        if actions().any(|action| self.held_up(action)) {
            return Flag::Blocked;
        }
        let soon = progress == Progress::Agreed && terms.due <= today.plus_days(SOON_DAYS);
        if soon || actions().any(|action| action.overdue(today)) {
            return Flag::AtRisk;
        }
        Flag::OnTrack
    }

    /// An action that waits for one that was called off.
    fn held_up(&self, action: &Object) -> bool {
        let waits = matches!(action.stage(), Stage::ToDo | Stage::Doing);
        let earlier = action.action().into_iter().flat_map(|facts| &facts.after);
        waits
            && earlier
                .filter_map(|id| self.object(id))
                .any(|before| before.stage() == Stage::Cancelled)
    }

    fn disputed(&self, object: &Object) -> bool {
        let Some(hash) = object.offers().agreed_hash() else {
            return false;
        };
        object
            .positions(&hash)
            .any(|(stance, _, _)| stance == crate::Stance::Objects)
    }
}

impl Object {
    /// The facts of an action.
    pub fn action(&self) -> Option<&crate::Action> {
        match self.facts()?.value() {
            crate::Facts::Action(action) => Some(action),
            _ => None,
        }
    }

    /// An action whose day has passed.
    pub fn overdue(&self, today: Day) -> bool {
        let Some(action) = self.action() else {
            return false;
        };
        let end = action.revised.unwrap_or(action.planned);
        end < today && matches!(self.stage(), Stage::ToDo | Stage::Doing)
    }
}
