//! Statistics of requests, as Directive (EU) 2023/977, Article 18, asks for them: how many
//! were asked and answered, in time or late, and for which reasons they were refused, by
//! partner, direction and urgency. No person, subject or case is in them.
//!
//! What is settled is counted month by month when a case changes, so that a page reads a
//! few small documents however many cases there are. What is open has one key each, by the
//! time at which it is due.

mod counting;

use std::collections::BTreeMap;

use passerelle_cases::Outcome;
use passerelle_model::{PartyId, RefusalReason, Urgency, UtcTime};
use passerelle_store::{KeyPage, MAX_PAGE};
use serde::{Deserialize, Serialize};

pub(crate) use counting::{Counted, is_open_key};

use crate::directory::Shelf;
use crate::{Actor, Error, Node};

/// Longest period of one question, in months.
pub const MAX_STATISTICS_MONTHS: u32 = 120;

/// A calendar month, in UTC, such as `2024-04`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Month {
    year: u16,
    month: u8,
}

/// Who asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// We asked the partner.
    Sent,
    /// The partner asked us.
    Received,
}

/// Counts of one partner, direction and urgency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatisticsRow {
    /// The partner.
    pub partner: PartyId,
    /// Who asked.
    pub direction: Direction,
    /// How fast an answer was owed.
    pub urgency: Urgency,
    /// Requests in all.
    pub asked: u64,
    /// Answered in time.
    pub on_time: u64,
    /// Answered late.
    pub late: u64,
    /// Refused.
    pub refused: u64,
    /// Open, in time.
    pub open: u64,
    /// Open, late.
    pub overdue: u64,
}

/// Refusals of one partner, direction and reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedRow {
    /// The partner.
    pub partner: PartyId,
    /// Who asked.
    pub direction: Direction,
    /// The reason that was given.
    pub reason: RefusalReason,
    /// How many.
    pub count: u64,
}

/// Statistics of the requests of a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatisticsView {
    /// First month.
    pub from: Month,
    /// Last month.
    pub until: Month,
    /// By partner, direction and urgency.
    pub rows: Vec<StatisticsRow>,
    /// Refusals by reason.
    pub refusals: Vec<RefusedRow>,
}

impl StatisticsRow {
    /// Answers in time, of a hundred answers; none where nothing was answered.
    pub fn on_time_percent(&self) -> Option<u64> {
        percent(self.on_time, self.late)
    }
}

impl StatisticsView {
    /// Answers in time, of a hundred answers of this direction.
    pub fn on_time_percent(&self, direction: Direction) -> Option<u64> {
        let rows = self.rows.iter().filter(|row| row.direction == direction);
        let (on_time, late) = rows.fold((0, 0), |(on_time, late), row| {
            (on_time + row.on_time, late + row.late)
        });
        percent(on_time, late)
    }

    /// One line for each partner, direction and urgency, then one for each reason of refusal,
    /// as RFC 4180 has it.
    pub fn csv(&self) -> String {
        let head =
            "from,until,partner,direction,urgency,asked,on_time,late,refused,open,overdue\r\n";
        let mut text = head.to_owned();
        let (from, until) = (self.from, self.until);
        for row in &self.rows {
            let StatisticsRow {
                partner,
                urgency,
                asked,
                on_time,
                late,
                refused,
                open,
                overdue,
                ..
            } = row;
            let direction = row.direction.word();
            text.push_str(&format!(
                "{from},{until},{partner},{direction},{urgency},{asked},{on_time},{late},{refused},\
                 {open},{overdue}\r\n"
            ));
        }
        text.push_str("\r\nfrom,until,partner,direction,reason,refused\r\n");
        for row in &self.refusals {
            let (direction, reason) = (row.direction.word(), row.reason);
            let (partner, count) = (&row.partner, row.count);
            text.push_str(&format!(
                "{from},{until},{partner},{direction},{reason},{count}\r\n"
            ));
        }
        text
    }
}

impl Direction {
    /// The word in keys and files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Received => "received",
        }
    }
}

impl Node {
    /// Statistics for a person whose roles open records.
    pub async fn statistics_for(
        &self,
        actor: &Actor,
        from: Month,
        until: Month,
    ) -> Result<StatisticsView, Error> {
        if !actor.roles().iter().any(|role| role.opens_records()) {
            return Err(Error::state("E_ROLE", "this role sees no statistics"));
        }
        self.statistics(from, until).await
    }

    /// Statistics of the requests that were made from the first to the last month.
    /// `E_PERIOD` where that is no period, or longer than [`MAX_STATISTICS_MONTHS`].
    pub async fn statistics(&self, from: Month, until: Month) -> Result<StatisticsView, Error> {
        let months = until.number().checked_sub(from.number());
        if months.is_none_or(|months| months >= MAX_STATISTICS_MONTHS) {
            let message = format!(
                "a period begins before it ends and has at most {MAX_STATISTICS_MONTHS} months"
            );
            return Err(Error::state("E_PERIOD", message));
        }
        self.project().await?;
        let mut sums = Sums::default();
        self.add_settled(&mut sums, from, until).await?;
        self.add_open(&mut sums, from, until).await?;
        Ok(sums.view(from, until))
    }

    /// The month of now.
    pub fn this_month(&self) -> Month {
        Month::of(self.now())
    }

    async fn add_settled(&self, sums: &mut Sums, from: Month, until: Month) -> Result<(), Error> {
        // Keys begin with the month, and `!` sorts before every digit.
        let mut after = Some(format!("{from}!"));
        loop {
            let page = self.page_after(Shelf::STATISTICS, after.take()).await?;
            for document in &page {
                let Some((month, partner, direction)) = counting::parts(&document.key) else {
                    continue;
                };
                if month > until {
                    return Ok(());
                }
                let counts: BTreeMap<String, u64> = self.unsealed_json(document)?;
                for (word, count) in counts {
                    if let Some((urgency, outcome)) = counting::read(&word) {
                        sums.add((partner.clone(), direction), urgency, outcome, count);
                    }
                }
            }
            match page.last() {
                Some(last) if page.len() == MAX_PAGE => after = Some(last.key.clone()),
                _ => return Ok(()),
            }
        }
    }

    async fn add_open(&self, sums: &mut Sums, from: Month, until: Month) -> Result<(), Error> {
        let (now, mut after) = (self.now(), None);
        loop {
            let page = self.page_after(Shelf::OPEN_ASKS, after.take()).await?;
            for document in &page {
                let Some(open) = counting::Open::read(&document.key) else {
                    continue;
                };
                if (from..=until).contains(&open.month) {
                    let outcome = match open.due <= now {
                        true => Outcome::Overdue,
                        false => Outcome::Open,
                    };
                    sums.add((open.partner, open.direction), open.urgency, outcome, 1);
                }
            }
            match page.last() {
                Some(last) if page.len() == MAX_PAGE => after = Some(last.key.clone()),
                _ => return Ok(()),
            }
        }
    }

    async fn page_after(
        &self,
        kind: &'static str,
        after: Option<String>,
    ) -> Result<Vec<passerelle_store::Document>, Error> {
        let page = KeyPage {
            prefix: String::new(),
            after,
            descending: false,
            limit: MAX_PAGE,
        };
        Ok(self.store.page(kind, page).await?)
    }
}

type Between = (PartyId, Direction);

#[derive(Default)]
struct Sums {
    rows: BTreeMap<(Between, Urgency), StatisticsRow>,
    refusals: BTreeMap<(Between, RefusalReason), u64>,
}

impl Sums {
    fn add(&mut self, between: Between, urgency: Urgency, outcome: Outcome, count: u64) {
        let key = (between.clone(), urgency);
        let row = self.rows.entry(key).or_insert_with(|| StatisticsRow {
            partner: between.0.clone(),
            direction: between.1,
            urgency,
            asked: 0,
            on_time: 0,
            late: 0,
            refused: 0,
            open: 0,
            overdue: 0,
        });
        row.asked += count;
        let place = match outcome {
            Outcome::OnTime => &mut row.on_time,
            Outcome::Late => &mut row.late,
            Outcome::Open => &mut row.open,
            Outcome::Overdue => &mut row.overdue,
            Outcome::Refused(reason) => {
                *self.refusals.entry((between, reason)).or_default() += count;
                &mut row.refused
            }
        };
        *place += count;
    }

    fn view(self, from: Month, until: Month) -> StatisticsView {
        let refusals = self.refusals.into_iter();
        StatisticsView {
            from,
            until,
            rows: self
                .rows
                .into_values()
                .filter(|row| row.asked > 0)
                .collect(),
            refusals: refusals
                .filter(|(_, count)| *count > 0)
                .map(|(((partner, direction), reason), count)| RefusedRow {
                    partner,
                    direction,
                    reason,
                    count,
                })
                .collect(),
        }
    }
}

fn percent(part: u64, rest: u64) -> Option<u64> {
    let whole = part + rest;
    (whole > 0).then(|| (part * 200 + whole) / (whole * 2))
}

impl Month {
    /// The month of a time.
    pub fn of(time: UtcTime) -> Self {
        // A day is written YYYY-MM-DD, so this is never the other branch.
        let day = time.day().to_string();
        day.get(..7)
            .and_then(|text| text.parse().ok())
            .unwrap_or(Self {
                year: 1970,
                month: 1,
            })
    }

    /// The month so many months earlier.
    pub fn earlier(self, months: u32) -> Self {
        let number = self.number().saturating_sub(months);
        Self {
            year: u16::try_from(number / 12).unwrap_or(u16::MAX),
            month: u8::try_from(number % 12 + 1).unwrap_or(12),
        }
    }

    fn number(self) -> u32 {
        u32::from(self.year) * 12 + u32::from(self.month) - 1
    }
}

impl std::fmt::Display for Month {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl std::str::FromStr for Month {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let wrong = || Error::state("E_PERIOD", "write a month as YYYY-MM");
        let (year, month) = text.split_once('-').ok_or_else(wrong)?;
        let digits = |text: &str, length| {
            text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit())
        };
        if !digits(year, 4) || !digits(month, 2) {
            return Err(wrong());
        }
        let (year, month) = (
            year.parse().map_err(|_| wrong())?,
            month.parse().map_err(|_| wrong())?,
        );
        match (1..=12).contains(&month) {
            true => Ok(Self { year, month }),
            false => Err(wrong()),
        }
    }
}

impl TryFrom<String> for Month {
    type Error = Error;

    fn try_from(text: String) -> Result<Self, Error> {
        text.parse()
    }
}

impl From<Month> for String {
    fn from(month: Month) -> Self {
        month.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_read_written_and_counted() {
        let month: Month = "2024-01".parse().unwrap();
        assert_eq!(month.to_string(), "2024-01");
        assert_eq!(month.earlier(1).to_string(), "2023-12");
        assert_eq!(month.earlier(13).to_string(), "2022-12");
        assert_eq!(
            Month::of(UtcTime::from_millis(1_713_211_200_000)).to_string(),
            "2024-04"
        );
        for bad in ["2024", "2024-13", "2024-00", "24-01", "2024-1", "+024-01"] {
            assert!(bad.parse::<Month>().is_err(), "{bad}");
        }
    }

    #[test]
    fn sums_add_up_and_rates_round() {
        let mut sums = Sums::default();
        let between = || ("be.interior".parse().unwrap(), Direction::Sent);
        let reason = RefusalReason::Scope;
        for (outcome, count) in [
            (Outcome::OnTime, 2),
            (Outcome::Late, 1),
            (Outcome::Refused(reason), 3),
            (Outcome::Open, 4),
            (Outcome::Overdue, 5),
        ] {
            sums.add(between(), Urgency::Urgent, outcome, count);
        }
        let month: Month = "2024-04".parse().unwrap();
        let view = sums.view(month, month);
        let row = &view.rows[0];
        let parts = row.on_time + row.late + row.refused + row.open + row.overdue;
        assert_eq!((row.asked, parts), (15, 15));
        assert_eq!(row.on_time_percent(), Some(67));
        assert_eq!(view.on_time_percent(Direction::Received), None);
        assert_eq!(view.refusals[0].count, 3);
        let csv = view.csv();
        assert!(csv.contains("2024-04,2024-04,be.interior,sent,urgent,15,2,1,3,4,5\r\n"));
        assert!(csv.contains("be.interior,sent,scope,3\r\n"));
    }
}
