//! What two clocks show at one instant.

use std::fmt;

use passerelle_model::UtcTime;

use crate::Zone;
use crate::time::timestamp;

/// One clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// Year.
    pub year: i16,
    /// Month, from 1.
    pub month: i8,
    /// Day of the month, from 1.
    pub day: i8,
    /// Hour, from 0.
    pub hour: i8,
    /// Minute.
    pub minute: i8,
    /// Minutes ahead of UTC, rounded towards it.
    pub offset: i32,
}

/// Two clocks at one instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clocks {
    /// The first.
    pub one: Clock,
    /// The second.
    pub other: Clock,
    /// Minutes that the second is ahead of the first.
    pub ahead: i32,
}

/// The clocks of two zones, such as `Africa/Casablanca` and `Europe/Brussels`, at an instant.
#[must_use]
pub fn clocks(at: UtcTime, one: &Zone, other: &Zone) -> Clocks {
    let (one, other) = (clock(at, one), clock(at, other));
    let ahead = other.offset - one.offset;
    Clocks { one, other, ahead }
}

/// `2026-02-20 10:00 +01:00`.
impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.offset < 0 { '-' } else { '+' };
        let (hours, minutes) = (self.offset.abs() / 60, self.offset.abs() % 60);
        write!(f, "{:04}-{:02}-{:02} ", self.year, self.month, self.day)?;
        write!(f, "{:02}:{:02} ", self.hour, self.minute)?;
        write!(f, "{sign}{hours:02}:{minutes:02}")
    }
}

fn clock(at: UtcTime, zone: &Zone) -> Clock {
    let shown = zone.clock(at);
    Clock {
        year: shown.year(),
        month: shown.month(),
        day: shown.day(),
        hour: shown.hour(),
        minute: shown.minute(),
        offset: zone.rules().to_offset(timestamp(at)).seconds() / 60,
    }
}
