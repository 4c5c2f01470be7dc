//! What waits for a person: the first page of everybody.

use std::collections::{BTreeMap, BTreeSet};

use passerelle_cases::{CaseId, Clock, clock, clock_of};
use passerelle_model::{Kind, PartyId, RecordId, Role, UnitId, Urgency, UtcTime};
use passerelle_rules::request::answered;
use passerelle_rules::second_person::may_decide;
use passerelle_rules::{Rule, may_search, may_write};
use passerelle_store::{KeyPage, MAX_PAGE};
use serde::Serialize;

use super::peeking::Peeked;
use super::{Awaited, reader};
use crate::directory::Shelf;
use crate::drafts::{DraftLine, DraftShelf, DraftState};
use crate::keeping::{Notice, Overdue};
use crate::view::Delivery;
use crate::{Actor, Error, Node};

/// Lines of one group; more are a click away.
const GROUP: usize = 20;
/// Pages of rows that are looked through for those that a person may know of.
const MAX_LOOKS: usize = 8;

/// Why something waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TodayKind {
    /// Recalls and corrections of this person that a partner has not acted upon in time.
    Overdue,
    /// Drafts that wait for a second person.
    Approve,
    /// Requests that we owe an answer.
    Answer,
    /// Questions about our requests.
    Explain,
    /// What we have not taken note of.
    Acknowledge,
    /// Own drafts: sent back, approved, or being written.
    Drafts,
    /// What the partner owes us.
    Theirs,
    /// What the data-protection officer decides.
    Keeping,
}

/// What waits for the data-protection officer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "duty", rename_all = "kebab-case")]
pub enum TodayDuty {
    /// A request of a data subject.
    Rights {
        /// Which.
        id: RecordId,
    },
    /// A breach.
    Breach {
        /// Which.
        id: RecordId,
    },
    /// Emergency openings to be judged, the oldest by this person.
    Glass {
        /// Who opened.
        by: passerelle_model::OfficerId,
    },
    /// A report in confidence.
    Confided {
        /// Which.
        id: RecordId,
    },
    /// A record is frozen: how it was used is to be dealt with.
    Frozen {
        /// Whose record.
        party: PartyId,
        /// Which.
        record: RecordId,
    },
    /// A notice or an answer is overdue.
    Overdue {
        /// What, and by whom.
        late: Overdue,
    },
    /// A review that is overdue.
    Review {
        /// Whose record.
        party: PartyId,
        /// Which.
        record: RecordId,
    },
}

/// One group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TodayGroup {
    /// Why it waits.
    pub kind: TodayKind,
    /// What waits, the first to fall due first.
    pub items: Vec<TodayItem>,
    /// Whether there is more.
    pub more: bool,
}

/// One thing that waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TodayItem {
    /// The case, where it is one.
    pub case: Option<CaseId>,
    /// The draft, where it is one.
    pub draft: Option<RecordId>,
    /// What it is about.
    pub subject: Option<String>,
    /// What it is, or will be.
    pub kind: Option<Kind>,
    /// The other side.
    pub party: Option<PartyId>,
    /// How fast.
    pub urgency: Option<Urgency>,
    /// The clock, where one runs.
    pub clock: Option<Clock>,
    /// Since when it waits.
    pub since: UtcTime,
    /// Where a draft is.
    pub state: Option<DraftState>,
    /// The rule that it breaks already, such as `E_ANSWER_OVERDUE`.
    pub alarm: Option<String>,
    /// What the data-protection officer has to do, where it is that.
    pub duty: Option<TodayDuty>,
    /// Where a record of ours stands with the other side; for screens.
    #[serde(skip)]
    pub standing: Option<Delivery>,
}

impl Node {
    /// What waits for this person.
    pub async fn today(&self, actor: &Actor) -> Result<Vec<TodayGroup>, Error> {
        self.project().await?;
        let (drafts, waits) = tokio::try_join!(self.drafts_today(actor), self.waits_today(actor))?;
        let mut groups = [drafts, waits].concat();
        groups.push(self.overdue_today(actor).await?);
        if actor.is(Role::DataProtection) {
            groups.push(self.keeping_today(actor).await?);
        }
        groups.retain(|group| !group.items.is_empty());
        groups.sort_by_key(|group| group.kind);
        Ok(groups)
    }

    /// Notices of this person that somebody has not acted upon; the data-protection officer has
    /// those of everybody in their own group.
    async fn overdue_today(&self, actor: &Actor) -> Result<TodayGroup, Error> {
        let late = match may_write(actor.roles()).is_ok() {
            true => self.own_overdue(actor).await?,
            false => Vec::new(),
        };
        let more = late.len() > GROUP;
        let mut items = Vec::new();
        for one in late.into_iter().take(GROUP) {
            let case = self.case_of(&one.party, &one.record).await?;
            items.push(TodayItem {
                case: case.map(|(party, record)| CaseId { party, record }),
                ..self.overdue_item(one)
            });
        }
        Ok(TodayGroup {
            kind: TodayKind::Overdue,
            items,
            more,
        })
    }

    fn overdue_item(&self, late: Overdue) -> TodayItem {
        let clock = hours(late.since, late.due, self.now());
        let (party, kind, code) = (late.by.clone(), late.notice, late.code.clone());
        let since = late.since;
        TodayItem {
            party: Some(party),
            kind: Some(match kind {
                Notice::Recall => Kind::Recall,
                Notice::Correction => Kind::Correction,
                Notice::Request => Kind::Request,
            }),
            alarm: Some(code),
            ..duty_item(TodayDuty::Overdue { late }, None, (since, Some(clock)))
        }
    }

    async fn keeping_today(&self, actor: &Actor) -> Result<TodayGroup, Error> {
        let room = self.keeping_room(actor).await?;
        let now = self.now();
        let mut items = Vec::new();
        for breach in room.breaches {
            let duty = TodayDuty::Breach { id: breach.id };
            let clock = (!breach.is_settled()).then(|| hours(breach.known, breach.due, now));
            let title = Some(breach.title.to_string());
            items.push(duty_item(duty, title, (breach.known, clock)));
        }
        for request in room.rights {
            let duty = TodayDuty::Rights { id: request.id };
            let due = request.due.plus_days(1).start();
            let clock = Some(hours(request.received.start(), due, now));
            let subject = Some(request.subject.to_string());
            items.push(duty_item(duty, subject, (request.received.start(), clock)));
        }
        for glass in room.glass {
            let duty = TodayDuty::Glass {
                by: glass.opened.by,
            };
            items.push(duty_item(duty, None, (glass.opened.at, None)));
        }
        for report in room.confided {
            let duty = TodayDuty::Confided { id: report.id };
            // The day only: the hour may tell who it was.
            let day = report.received.day().start();
            items.push(duty_item(duty, None, (day, None)));
        }
        for frozen in room.frozen {
            let since = frozen.reports.first().map_or(now, |first| first.at);
            let (party, record) = (frozen.row.party, frozen.row.record);
            let duty = TodayDuty::Frozen { party, record };
            items.push(TodayItem {
                alarm: Some(Rule::Frozen.code().to_owned()),
                ..duty_item(duty, None, (since, None))
            });
        }
        items.extend(room.late.into_iter().map(|late| self.overdue_item(late)));
        for row in room.overdue {
            let since = row.day.plus_days(1).start().min(now);
            let (party, record) = (row.party, row.record);
            let duty = TodayDuty::Review { party, record };
            items.push(duty_item(duty, None, (since, None)));
        }
        let more = items.len() > GROUP;
        items.truncate(GROUP);
        Ok(TodayGroup {
            kind: TodayKind::Keeping,
            items,
            more,
        })
    }

    /// Drafts that wait for this person's second look, and those of their units.
    async fn drafts_today(&self, actor: &Actor) -> Result<Vec<TodayGroup>, Error> {
        let mut groups = Vec::new();
        let decides = |line: &DraftLine| match &line.state {
            DraftState::ToApprove { by, .. } => {
                may_decide(&reader(actor), &line.writers, by).is_ok()
            }
            _ => false,
        };
        let most = GROUP + 1;
        let to_approve = DraftShelf::ToApprove;
        // Nobody else decides on any: their rows need not be read.
        if actor.is(Role::Approver) {
            let lines = self.draft_lines(actor, to_approve, most, decides).await?;
            groups.push(drafts_group(TodayKind::Approve, lines));
        }
        if may_write(actor.roles()).is_ok() {
            // What an approver has in the other group is not told twice.
            let rest = |line: &DraftLine| !decides(line);
            let (mut lines, rest) = tokio::try_join!(
                self.draft_lines(actor, DraftShelf::Others, most, |_| true),
                self.draft_lines(actor, to_approve, most, rest),
            )?;
            lines.extend(rest);
            lines.sort_by_key(|line| std::cmp::Reverse(line.changed));
            groups.push(drafts_group(TodayKind::Drafts, lines));
        }
        Ok(groups)
    }

    /// What waits for answers, explanations and notes, with one read of all of its records.
    async fn waits_today(&self, actor: &Actor) -> Result<Vec<TodayGroup>, Error> {
        if may_search(actor.roles()).is_err() {
            return Ok(Vec::new());
        }
        let rows = |word| self.waiting_rows(actor, word);
        let (answer, explain, acknowledge, theirs) = tokio::try_join!(
            rows("answer"),
            rows("explain"),
            rows("acknowledge"),
            rows("theirs"),
        )?;
        let groups = [
            (TodayKind::Answer, answer),
            (TodayKind::Explain, explain),
            (TodayKind::Acknowledge, acknowledge),
            (TodayKind::Theirs, theirs),
        ];
        let all = groups.iter().flat_map(|(_, rows)| rows.keys());
        let cases: BTreeSet<CaseId> = all.clone().map(|waiting| waiting.case.clone()).collect();
        let about = all.map(|waiting| (waiting.about.party.clone(), waiting.about.record));
        let peeked = self.peek(actor, about.collect(), cases).await?;
        let mut peeked = peeked.into_iter();
        let groups = groups.into_iter().map(|(kind, rows)| {
            let more = rows.len() > GROUP;
            let items = rows.into_iter().zip(peeked.by_ref());
            let items = items.map(|((row, awaited), peeked)| self.item(row, awaited, peeked));
            let mut items: Vec<TodayItem> = items.collect();
            items.truncate(GROUP);
            TodayGroup { kind, items, more }
        });
        Ok(groups.collect())
    }

    /// The first rows of all units of a person that they may know of, the first to fall due
    /// first; one more than a group shows where there are more.
    async fn waiting_rows(
        &self,
        actor: &Actor,
        word: &str,
    ) -> Result<BTreeMap<Waiting, Awaited>, Error> {
        let mut rows = BTreeMap::new();
        for unit in actor.units() {
            rows.extend(self.waiting_of(actor, unit, word).await?);
        }
        while rows.len() > GROUP + 1 {
            rows.pop_last();
        }
        Ok(rows)
    }

    /// The same of one unit. Rows of cases that are kept from this person are passed over, so
    /// that what they owe themselves does not stand behind them unseen.
    async fn waiting_of(
        &self,
        actor: &Actor,
        unit: &UnitId,
        word: &str,
    ) -> Result<Vec<(Waiting, Awaited)>, Error> {
        let (mut seen, mut after, mut limit) = (Vec::new(), None, GROUP + 1);
        for _ in 0..MAX_LOOKS {
            let page = KeyPage {
                prefix: format!("w/{unit}/{word}/"),
                after: after.take(),
                descending: false,
                limit,
            };
            let documents = self.store.page(Shelf::WAITS, page).await?;
            let mut rows: Vec<(Waiting, Awaited)> = Vec::with_capacity(documents.len());
            for document in &documents {
                if let Some(waiting) = Waiting::of(&document.key) {
                    rows.push((waiting, self.unsealed_json(document)?));
                }
            }
            let cases = rows.iter().map(|(row, _)| row.case.clone());
            let readers = self.readers_of(cases.collect()).await?;
            rows.retain(|(row, awaited)| {
                let named = readers.get(&row.case);
                let named = named.and_then(|readers| readers.named.as_ref());
                self.sees(actor, &awaited.classes, named)
            });
            seen.extend(rows);
            if documents.len() < limit || seen.len() > GROUP {
                break;
            }
            after = documents.last().map(|document| document.key.clone());
            limit = MAX_PAGE;
        }
        Ok(seen)
    }

    fn item(&self, row: Waiting, awaited: Awaited, peeked: Option<Peeked>) -> TodayItem {
        let taken = peeked.as_ref().and_then(Peeked::taken_in);
        let start = taken.unwrap_or(awaited.since);
        let deadlines = self.deadlines(&awaited.channel);
        let clock = awaited
            .urgency
            .map(|urgency| clock(&deadlines, urgency, start, self.now()));
        let held = peeked.as_ref().zip(awaited.other.as_ref());
        let late = taken.zip(clock).filter(|(_, clock)| {
            awaited.kind == Kind::Request && answered(start, clock.hours, None, self.now()).is_err()
        });
        TodayItem {
            alarm: late.map(|_| Rule::AnswerOverdue.code().to_owned()),
            standing: held.and_then(|(held, other)| held.standing_with(&self.party, other)),
            subject: peeked.and_then(|peeked| peeked.subject()),
            case: Some(row.case),
            draft: None,
            kind: Some(awaited.kind),
            party: awaited.other,
            urgency: awaited.urgency,
            clock,
            since: awaited.since,
            state: None,
            duty: None,
        }
    }
}

fn drafts_group(kind: TodayKind, lines: Vec<DraftLine>) -> TodayGroup {
    let item = |line: DraftLine| TodayItem {
        case: None,
        draft: Some(line.id),
        subject: Some(line.subject).filter(|text| !text.is_empty()),
        kind: Some(line.kind),
        party: None,
        urgency: line.urgency.parse().ok(),
        clock: None,
        since: line.changed,
        state: Some(line.state),
        alarm: None,
        duty: None,
        standing: None,
    };
    TodayGroup {
        kind,
        more: lines.len() > GROUP,
        items: lines.into_iter().take(GROUP).map(item).collect(),
    }
}

/// A clock that the law sets.
fn hours(start: UtcTime, due: UtcTime, now: UtcTime) -> Clock {
    let millis = due.millis().saturating_sub(start.millis());
    clock_of(
        u32::try_from(millis / 3_600_000).unwrap_or(u32::MAX),
        start,
        now,
    )
}

fn duty_item(
    duty: TodayDuty,
    subject: Option<String>,
    (since, clock): (UtcTime, Option<Clock>),
) -> TodayItem {
    TodayItem {
        case: None,
        draft: None,
        subject,
        kind: None,
        party: None,
        urgency: None,
        clock,
        since,
        state: None,
        alarm: None,
        duty: Some(duty),
        standing: None,
    }
}

/// A key of what waits, read back.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Waiting {
    pub(crate) due: u64,
    pub(crate) case: CaseId,
    pub(crate) about: CaseId,
}

impl Waiting {
    pub(crate) fn of(key: &str) -> Option<Self> {
        let mut parts = key.split('/').skip(3);
        Some(Self {
            due: parts.next()?.parse().ok()?,
            case: parts.next()?.parse().ok()?,
            about: parts.next()?.parse().ok()?,
        })
    }
}
