//! Points in time and days, always UTC; capitals' clocks are a matter of display.

use jiff::civil::Date;
use jiff::tz::Offset;
use minicbor::{Decode, Encode};

use crate::Error;

/// Milliseconds since 1970-01-01T00:00:00Z; foreign ones are taken up to the year 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UtcTime(u64);

impl UtcTime {
    /// Last instant that is decoded, 9999-12-30T22:00:00.999Z: the last that can be shown in
    /// every time zone.
    const LAST: u64 = 253_402_207_200_999;

    /// From milliseconds since the epoch.
    pub const fn from_millis(millis: u64) -> Self {
        Self(millis)
    }

    /// Milliseconds since the epoch.
    pub const fn millis(self) -> u64 {
        self.0
    }

    /// Whole seconds since the epoch.
    pub const fn seconds(self) -> u64 {
        self.0 / 1000
    }

    /// This time and `millis` more.
    pub const fn plus_millis(self, millis: u64) -> Self {
        Self(self.0.saturating_add(millis))
    }

    /// The UTC day it falls on.
    pub fn day(self) -> Day {
        Day((self.0 / Day::MILLIS) as u32)
    }

    fn timestamp(self) -> jiff::Timestamp {
        let millis = i64::try_from(self.0).unwrap_or(i64::MAX);
        jiff::Timestamp::from_millisecond(millis).unwrap_or(jiff::Timestamp::MAX)
    }
}

/// RFC 3339 with seconds and `Z`.
impl std::fmt::Display for UtcTime {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.0}", self.timestamp())
    }
}

impl std::str::FromStr for UtcTime {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        text.parse::<jiff::Timestamp>()
            .ok()
            .and_then(|at| u64::try_from(at.as_millisecond()).ok())
            .map(Self)
            .ok_or_else(|| Error::Date(crate::error::shown(text)))
    }
}

impl<C> Encode<C> for UtcTime {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.u64(self.0)?.ok()
    }
}

impl<'b, C> Decode<'b, C> for UtcTime {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        match d.u64()? {
            millis if millis <= Self::LAST => Ok(Self(millis)),
            _ => Err(minicbor::decode::Error::message(
                "a time after the year 9999",
            )),
        }
    }
}

/// In JSON a time is its RFC 3339 text with milliseconds, so that nothing is lost.
impl serde::Serialize for UtcTime {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(&format_args!("{:.3}", self.timestamp()))
    }
}

impl<'de> serde::Deserialize<'de> for UtcTime {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(d)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// A UTC day: days since 1970-01-01 in CBOR, `YYYY-MM-DD` in text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(u32);

impl Day {
    const MILLIS: u64 = 86_400_000;
    /// Last day that is taken (9999-12-30), so that arithmetic and display stay in range.
    const LAST: u32 = 2_932_895;

    /// First instant of the day.
    pub fn start(self) -> UtcTime {
        UtcTime(u64::from(self.0) * Self::MILLIS)
    }

    /// This day and `days` more, never after 9999-12-30.
    pub fn plus_days(self, days: u32) -> Self {
        Self(self.0.saturating_add(days).min(Self::LAST))
    }

    /// The same day `months` later, or the last of that month where it is shorter; never after
    /// 9999-12-30.
    pub fn plus_months(self, months: u32) -> Self {
        let date = Offset::UTC.to_datetime(self.start().timestamp()).date();
        let later = date.saturating_add(jiff::Span::new().months(months.min(12_000)));
        let days = later.since(date).map_or(0, |span| span.get_days());
        self.plus_days(u32::try_from(days).unwrap_or(0))
    }

    /// This day and `days` less, never before 1970-01-01.
    pub fn minus_days(self, days: u32) -> Self {
        Self(self.0.saturating_sub(days))
    }

    /// Whole days from `earlier` to this day; zero where `earlier` is later.
    pub fn days_since(self, earlier: Self) -> u32 {
        self.0.saturating_sub(earlier.0)
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let date = Offset::UTC.to_datetime(self.start().timestamp()).date();
        write!(f, "{date}")
    }
}

impl std::str::FromStr for Day {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let refused = || Error::Date(crate::error::shown(text));
        if text.len() != 10 {
            return Err(refused());
        }
        let date: Date = text.parse().map_err(|_| refused())?;
        let start = Offset::UTC
            .to_timestamp(date.to_datetime(jiff::civil::Time::midnight()))
            .map_err(|_| refused())?;
        let seconds = u64::try_from(start.as_second()).map_err(|_| refused())?;
        u32::try_from(seconds / 86_400)
            .map(Self)
            .map_err(|_| refused())
    }
}

impl<C> Encode<C> for Day {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.u32(self.0)?.ok()
    }
}

impl<'b, C> Decode<'b, C> for Day {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        match d.u32()? {
            days if days <= Self::LAST => Ok(Self(days)),
            _ => Err(minicbor::decode::Error::message(
                "a day after the year 9999",
            )),
        }
    }
}

impl serde::Serialize for Day {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Day {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(d)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_read_and_write() {
        let day: Day = "2024-04-15".parse().unwrap();
        assert_eq!(day.to_string(), "2024-04-15");
        assert_eq!(day.start().to_string(), "2024-04-15T00:00:00Z");
        assert_eq!(day.plus_days(30).to_string(), "2024-05-15");
        assert_eq!(day.plus_days(30).days_since(day), 30);
        assert_eq!(day.minus_days(15).to_string(), "2024-03-31");
        let end: Day = "2024-01-31".parse().unwrap();
        assert_eq!(end.plus_months(1).to_string(), "2024-02-29");
        assert_eq!(end.plus_months(14).to_string(), "2025-03-31");
        for bad in ["2024-02-30", "15/04/2024", "2024-4-15", "", "1969-12-31"] {
            assert_eq!(bad.parse::<Day>().unwrap_err().code(), "E_DATE", "{bad}");
        }
    }

    #[test]
    fn foreign_times_end_with_the_year_9999() {
        use crate::codec::{from_canonical, to_canonical};
        let last = to_canonical(&UtcTime::from_millis(UtcTime::LAST));
        assert!(from_canonical::<UtcTime>(&last, 20).is_ok());
        let after = to_canonical(&UtcTime::from_millis(UtcTime::LAST + 1));
        assert!(from_canonical::<UtcTime>(&after, 20).is_err());
    }

    #[test]
    fn times_keep_their_milliseconds_in_json() {
        let at = UtcTime::from_millis(1_713_211_200_123);
        let json = serde_json::to_string(&at).unwrap();
        assert_eq!(json, "\"2024-04-15T20:00:00.123Z\"");
        assert_eq!(serde_json::from_str::<UtcTime>(&json).unwrap(), at);
        assert_eq!(UtcTime::from_millis(u64::MAX).to_string().len(), 20);
    }
}
