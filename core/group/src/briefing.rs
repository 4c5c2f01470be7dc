//! The minister's page: what was agreed, what is on track, late or in dispute since the last
//! meeting, and what waits for whose signature.

use passerelle_model::{Day, PartyId, UtcTime};

use crate::board::Row;
use crate::{Flag, Kind, Ledger, Object, ObjectRef, Progress, Stage};

/// Most lines under one heading; the count says how many there are.
pub const MAX_LINES: usize = 8;

/// One heading.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// How many in all.
    pub count: usize,
    /// The first of them.
    pub first: Vec<ObjectRef>,
}

impl Line {
    fn add(&mut self, id: &ObjectRef) {
        self.count += 1;
        if self.first.len() < MAX_LINES {
            self.first.push(id.clone());
        }
    }

    fn of<'a>(ids: impl Iterator<Item = &'a ObjectRef>) -> Self {
        let mut line = Self::default();
        ids.for_each(|id| line.add(id));
        line
    }
}

/// One page since a day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Briefing {
    /// Decisions and commitments agreed since.
    pub agreed: Line,
    /// Commitments on track.
    pub on_track: Line,
    /// At risk or blocked.
    pub at_risk: Line,
    /// Late.
    pub late: Line,
    /// In dispute.
    pub disputed: Line,
    /// Verified as fulfilled since.
    pub fulfilled: Line,
    /// Offers that wait for our signature.
    pub ours_to_sign: Line,
    /// Offers that wait for theirs.
    pub theirs_to_sign: Line,
    /// Topics on which the views diverge.
    pub diverging: Line,
    /// The next meeting that is convened.
    pub next_meeting: Option<ObjectRef>,
    /// The next commitments to fall due.
    pub next_due: Line,
}

impl Ledger {
    /// For `me`, since an instant, on `today`.
    pub fn briefing(&self, me: &PartyId, rows: &[Row], since: UtcTime, today: Day) -> Briefing {
        let with = |flag: Flag| {
            let going = rows
                .iter()
                .filter(move |row| row.flag == flag && begun(row.progress));
            Line::of(going.map(|row| &row.id))
        };
        let mut briefing = Briefing {
            on_track: with(Flag::OnTrack),
            late: with(Flag::Late),
            disputed: with(Flag::Disputed),
            ..Briefing::default()
        };
        for row in rows.iter().filter(|row| begun(row.progress)) {
            if matches!(row.flag, Flag::AtRisk | Flag::Blocked) {
                briefing.at_risk.add(&row.id);
            }
            if row.due >= today {
                briefing.next_due.add(&row.id);
            }
        }
        for kind in [
            Kind::Decision,
            Kind::Commitment,
            Kind::Minutes,
            Kind::Communique,
        ] {
            for object in self.of_kind(kind) {
                self.signed(me, object, since, &mut briefing);
            }
        }
        for kind in [Kind::Group, Kind::Meeting, Kind::Indicator] {
            for object in self.of_kind(kind) {
                waits(me, object, &mut briefing);
            }
        }
        briefing.diverging = Line::of(self.diverging().map(Object::id));
        briefing.next_meeting = self.next_meeting(today);
        briefing
    }

    fn signed(&self, me: &PartyId, object: &Object, since: UtcTime, briefing: &mut Briefing) {
        waits(me, object, briefing);
        let signed = object.agreed().and_then(|agreed| {
            let all = agreed.signatures().iter();
            all.map(|stamp| stamp.time).max()
        });
        if signed.is_some_and(|time| time >= since) {
            briefing.agreed.add(object.id());
        }
        let verified = object.verified().last().map(|one| one.stamp().time);
        // Closed by agreement without that, the last signature says when.
        if object.kind() == Kind::Commitment
            && object.progress().into_value() == Progress::Fulfilled
            && verified.or(signed).is_some_and(|time| time >= since)
        {
            briefing.fulfilled.add(object.id());
        }
    }

    /// Topics whose newest round diverges.
    pub fn diverging(&self) -> impl Iterator<Item = &Object> {
        self.of_kind(Kind::Topic).filter(|topic| {
            let assessed = topic.assessed();
            let verdict = assessed
                .round()
                .and_then(|round| assessed.verdict(round, self.parties()));
            verdict.is_some_and(|verdict| *verdict.value() == crate::Verdict::Diverge)
        })
    }

    /// The convened meeting that comes first on or after `today`.
    pub fn next_meeting(&self, today: Day) -> Option<ObjectRef> {
        let coming = self.of_kind(Kind::Meeting).filter_map(|meeting| {
            let start = meeting.schedule()?.start;
            let on = start.day() >= today && meeting.stage() == Stage::Convened;
            on.then(|| (start, meeting.id()))
        });
        coming.min().map(|(_, id)| id.clone())
    }
}

impl Object {
    /// When a meeting is: agreed, else offered last.
    pub fn schedule(&self) -> Option<&crate::Schedule> {
        let revision = match self.agreed() {
            Some(agreed) => agreed.value(),
            None => self.offers().latest()?.revision(),
        };
        match &revision.terms {
            crate::Terms::Meeting(schedule) => Some(schedule),
            _ => None,
        }
    }
}

fn begun(progress: Progress) -> bool {
    matches!(
        progress,
        Progress::Agreed | Progress::UnderWay | Progress::ReportedDone
    )
}

fn waits(me: &PartyId, object: &Object, briefing: &mut Briefing) {
    let offers = object.offers();
    let Some(offer) = offers.open() else { return };
    if offer.waits_for(offers.parties()).any(|party| party == me) {
        briefing.ours_to_sign.add(object.id());
    } else {
        briefing.theirs_to_sign.add(object.id());
    }
}
