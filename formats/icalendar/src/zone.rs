//! Time zones of the IANA database, and what a file must say about one.

use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone, TimeZoneDatabase};
use passerelle_model::UtcTime;

use crate::Error;
use crate::time::{instant, timestamp};

/// The tables that are in the program.
static BUNDLED: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// Zones that Windows names in its own way (Unicode CLDR, `windowsZones`): those that offices in
/// Europe and around the Mediterranean have.
const WINDOWS: &[(&str, &str)] = &[
    ("Central Europe Standard Time", "Europe/Budapest"),
    ("Central European Standard Time", "Europe/Warsaw"),
    ("Eastern Standard Time", "America/New_York"),
    ("Egypt Standard Time", "Africa/Cairo"),
    ("FLE Standard Time", "Europe/Kyiv"),
    ("GMT Standard Time", "Europe/London"),
    ("GTB Standard Time", "Europe/Bucharest"),
    ("Greenwich Standard Time", "Africa/Abidjan"),
    ("Morocco Standard Time", "Africa/Casablanca"),
    ("Romance Standard Time", "Europe/Brussels"),
    ("Turkey Standard Time", "Europe/Istanbul"),
    ("UTC", "UTC"),
    ("W. Central Africa Standard Time", "Africa/Lagos"),
    ("W. Europe Standard Time", "Europe/Berlin"),
];

/// A time zone with its name in the IANA database.
#[derive(Debug, Clone)]
pub struct Zone {
    name: String,
    rules: TimeZone,
}

/// Times of one kind of change: from one offset to another under one name.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Observance {
    pub(crate) summer: bool,
    pub(crate) from: Offset,
    pub(crate) to: Offset,
    pub(crate) name: String,
    /// When it begins, by the clock before the change; never empty.
    pub(crate) begins: Vec<DateTime>,
}

impl Zone {
    /// A zone of the tables that are in the program. `E_ICAL_ZONE`.
    pub fn named(name: &str) -> Result<Self, Error> {
        let rules = BUNDLED.get(name).map_err(|_| Error::Zone)?;
        let name = rules.iana_name().unwrap_or(name).to_owned();
        Ok(Self { name, rules })
    }

    /// A zone by newer tables than those in the program: a file of `zoneinfo` (RFC 9636).
    /// `E_ICAL_ZONE`.
    pub fn from_tzif(name: &str, data: &[u8]) -> Result<Self, Error> {
        let plain = |c: char| c.is_ascii_alphanumeric() || "/_+-".contains(c);
        if name.is_empty() || name.len() > 64 || !name.chars().all(plain) {
            return Err(Error::Zone);
        }
        let rules = TimeZone::tzif(name, data).map_err(|_| Error::Zone)?;
        let name = name.to_owned();
        Ok(Self { name, rules })
    }

    /// Coordinated universal time.
    #[must_use]
    pub fn utc() -> Self {
        Self {
            name: "UTC".to_owned(),
            rules: TimeZone::UTC,
        }
    }

    /// Its name, such as `Africa/Casablanca`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The zone that a file means by a name of the IANA database or of Windows.
    pub(crate) fn meant_by(name: &str) -> Result<Self, Error> {
        let windows = WINDOWS.iter().find(|(theirs, _)| *theirs == name);
        Self::named(windows.map_or(name, |(_, ours)| ours))
    }

    pub(crate) fn is_utc(&self) -> bool {
        self.name == "UTC"
    }

    pub(crate) fn rules(&self) -> &TimeZone {
        &self.rules
    }

    /// What the clock shows at that instant.
    pub(crate) fn clock(&self, at: UtcTime) -> DateTime {
        self.rules.to_datetime(timestamp(at))
    }

    /// The instant at which the clock shows that: the first one where it does so twice, and where
    /// it never does, by the offset before the gap (RFC 5545 §3.3.5).
    pub(crate) fn instant(&self, clock: DateTime) -> Option<UtcTime> {
        instant(self.rules.to_ambiguous_timestamp(clock).compatible().ok()?)
    }

    /// The changes of the years from `first` to `last`, and the one before them.
    pub(crate) fn observances(&self, first: i16, last: i16) -> Vec<Observance> {
        let (Some(from), Some(until)) = (new_year(first), new_year(last.saturating_add(1))) else {
            return Vec::new();
        };
        let before = self.rules.preceding(from).next();
        let after = self.rules.following(just_before(from));
        let all = before.into_iter().chain(after);
        let mut found: Vec<Observance> = Vec::new();
        for change in all.take_while(|change| change.timestamp() < until) {
            let at = change.timestamp();
            let from = self.rules.to_offset(just_before(at));
            let summer = change.dst().is_dst();
            let next = Observance {
                summer,
                from,
                to: change.offset(),
                name: change.abbreviation().to_owned(),
                begins: vec![from.to_datetime(at)],
            };
            add(&mut found, next);
        }
        if found.is_empty() {
            found.push(self.unchanging(from));
        }
        found
    }

    fn unchanging(&self, at: Timestamp) -> Observance {
        let info = self.rules.to_offset_info(at);
        Observance {
            summer: false,
            from: info.offset(),
            to: info.offset(),
            name: info.abbreviation().to_owned(),
            begins: vec![jiff::civil::date(1970, 1, 1).at(0, 0, 0, 0)],
        }
    }
}

impl PartialEq for Zone {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Zone {}

fn add(found: &mut Vec<Observance>, next: Observance) {
    let same = found.iter_mut().find(|old| {
        let kind = (old.summer, old.from, old.to, &old.name);
        kind == (next.summer, next.from, next.to, &next.name)
    });
    match same {
        Some(old) => old.begins.extend(next.begins),
        None => found.push(next),
    }
}

/// A day before the year begins in UTC, so that it has not begun anywhere.
fn new_year(year: i16) -> Option<Timestamp> {
    let day = jiff::civil::Date::new(year, 1, 1).ok()?;
    Offset::UTC.to_timestamp(day.at(0, 0, 0, 0)).ok()
}

fn just_before(at: Timestamp) -> Timestamp {
    let second = jiff::SignedDuration::from_secs(1);
    at.checked_sub(second).unwrap_or(Timestamp::MIN)
}
