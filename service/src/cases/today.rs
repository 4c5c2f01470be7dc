//! What waits for a person: the first page of everybody.

use passerelle_cases::{CaseId, Clock, clock, clock_of};
use passerelle_model::{Kind, PartyId, RecordId, Role, Urgency, UtcTime};
use passerelle_rules::second_person::may_decide;
use passerelle_rules::{may_search, may_write};
use passerelle_store::KeyPage;
use serde::Serialize;

use super::reader;
use crate::directory::Shelf;
use crate::drafts::DraftState;
use crate::view::Delivery;
use crate::{Actor, Error, Node};

/// Lines of one group; more are a click away.
const GROUP: usize = 20;

/// Why something waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TodayKind {
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
        let mut groups = Vec::new();
        groups.extend(self.drafts_today(actor).await?);
        if may_search(actor.roles()).is_ok() {
            for (kind, word) in [
                (TodayKind::Answer, "answer"),
                (TodayKind::Explain, "explain"),
                (TodayKind::Acknowledge, "acknowledge"),
                (TodayKind::Theirs, "theirs"),
            ] {
                groups.push(self.waits_today(actor, kind, word).await?);
            }
        }
        if actor.is(Role::DataProtection) {
            groups.push(self.keeping_today(actor).await?);
        }
        groups.retain(|group| !group.items.is_empty());
        groups.sort_by_key(|group| group.kind);
        Ok(groups)
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

    async fn drafts_today(&self, actor: &Actor) -> Result<Vec<TodayGroup>, Error> {
        let (mut approve, mut own) = (Vec::new(), Vec::new());
        for draft in self.drafts(actor).await? {
            let decides = match &draft.state {
                DraftState::ToApprove { by, .. } => {
                    let writers = [draft.author.clone()].into();
                    may_decide(&reader(actor), &writers, by).is_ok()
                }
                _ => false,
            };
            let item = TodayItem {
                case: None,
                draft: Some(draft.id),
                subject: Some(draft.form.text(crate::Field::Subject).to_owned())
                    .filter(|text| !text.is_empty()),
                kind: Some(draft.kind),
                party: None,
                urgency: draft.form.text(crate::Field::Urgency).parse().ok(),
                clock: None,
                since: draft.changed,
                state: Some(draft.state),
                duty: None,
                standing: None,
            };
            if decides {
                approve.push(item);
            } else if may_write(actor.roles()).is_ok() {
                own.push(item);
            }
        }
        let group = |kind, mut items: Vec<TodayItem>| {
            let more = items.len() > GROUP;
            items.truncate(GROUP);
            TodayGroup { kind, items, more }
        };
        Ok(vec![
            group(TodayKind::Approve, approve),
            group(TodayKind::Drafts, own),
        ])
    }

    async fn waits_today(
        &self,
        actor: &Actor,
        kind: TodayKind,
        word: &str,
    ) -> Result<TodayGroup, Error> {
        let mut keys = Vec::new();
        for unit in actor.units() {
            let page = KeyPage {
                prefix: format!("w/{unit}/{word}/"),
                limit: GROUP + 1,
                ..KeyPage::default()
            };
            let documents = self.store.page(Shelf::WAITS, page).await?;
            keys.extend(
                documents
                    .into_iter()
                    .filter_map(|document| Waiting::of(&document.key)),
            );
        }
        keys.sort();
        keys.dedup_by(|a, b| a.about == b.about && a.case == b.case);
        let more = keys.len() > GROUP;
        keys.truncate(GROUP);
        let mut items = Vec::new();
        for waiting in keys {
            items.extend(self.waiting_item(actor, waiting).await?);
        }
        Ok(TodayGroup { kind, items, more })
    }

    async fn waiting_item(
        &self,
        actor: &Actor,
        waiting: Waiting,
    ) -> Result<Option<TodayItem>, Error> {
        let Some((document, _)) = self.case_document(&waiting.case).await? else {
            return Ok(None);
        };
        if !self.sees_case(actor, &waiting.case, &document).await? {
            return Ok(None);
        }
        let (party, record) = (&waiting.about.party, &waiting.about.record);
        let line = document
            .case
            .lines()
            .iter()
            .find(|line| line.party == *party && line.record == *record);
        let Some(line) = line else { return Ok(None) };
        let other = if *party == self.party {
            line.to.first().cloned()
        } else {
            Some(party.clone())
        };
        let clock = match line.urgency {
            Some(urgency) => {
                let start = self.taken_in(line).await?.unwrap_or(line.time);
                let deadlines = self.deadlines(&document.channel);
                Some(clock(&deadlines, urgency, start, self.now()))
            }
            None => None,
        };
        let standing = match &other {
            Some(other) if *party == self.party => self.standing_with(record, other).await?,
            _ => None,
        };
        Ok(Some(TodayItem {
            standing,
            subject: self.subject(actor, party, record).await?,
            case: Some(waiting.case.clone()),
            draft: None,
            kind: Some(line.kind),
            party: other,
            urgency: line.urgency,
            clock,
            since: line.time,
            state: None,
            duty: None,
        }))
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
        duty: Some(duty),
        standing: None,
    }
}

/// A key of what waits, read back.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Waiting {
    due: u64,
    case: CaseId,
    about: CaseId,
}

impl Waiting {
    fn of(key: &str) -> Option<Self> {
        let mut parts = key.split('/').skip(3);
        Some(Self {
            due: parts.next()?.parse().ok()?,
            case: parts.next()?.parse().ok()?,
            about: parts.next()?.parse().ok()?,
        })
    }
}
