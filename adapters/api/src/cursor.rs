//! Pages of inbox and outbox: newest first, each beginning after the last line of the one before.

use http::HeaderValue;
use passerelle_model::{RecordId, Side, UtcTime};
use passerelle_service::view::Line;
use serde_json::Value;

/// A line after which a page begins: `<RFC 3339 time with milliseconds>~<record>`. A record is
/// never moved, so a page stays the same page while others arrive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cursor {
    time: UtcTime,
    record: RecordId,
}

impl Cursor {
    /// What the node asks for.
    pub(crate) fn parts(self) -> (UtcTime, RecordId) {
        (self.time, self.record)
    }

    /// `Link` (RFC 8288) to the page after `lines`; none where the page was not full.
    pub(crate) fn next(
        lines: &[Line],
        limit: usize,
        path: &str,
        side: Side,
    ) -> Option<HeaderValue> {
        let last = lines.last().filter(|_| lines.len() >= limit)?;
        let cursor = Self {
            time: last.time,
            record: last.record,
        };
        let side = match side {
            Side::Cases => "",
            Side::Group => "&side=group",
        };
        let link = format!("<{path}?before={cursor}&limit={limit}{side}>; rel=\"next\"");
        HeaderValue::try_from(link).ok()
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Only the JSON spelling of a time keeps its milliseconds.
        match serde_json::to_value(self.time) {
            Ok(Value::String(time)) => write!(f, "{time}~{}", self.record),
            _ => Err(std::fmt::Error),
        }
    }
}

impl std::str::FromStr for Cursor {
    type Err = passerelle_model::Error;

    fn from_str(text: &str) -> Result<Self, passerelle_model::Error> {
        let (time, record) = text.split_once('~').unwrap_or((text, ""));
        Ok(Self {
            time: time.parse()?,
            record: record.parse()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CURSOR: &str = "2024-04-15T20:00:00.123Z~018ee3c9d07b00112233445566778899";

    fn line() -> Line {
        let (time, record) = CURSOR.parse::<Cursor>().unwrap().parts();
        Line {
            record,
            channel: "ma-be-security".parse().unwrap(),
            from: "ma.interior".parse().unwrap(),
            index: 0,
            time,
            erased: true,
            kind: None,
            subject: None,
            urgency: None,
            attachments: 0,
            deliveries: Vec::new(),
        }
    }

    #[test]
    fn cursors_read_back_to_the_millisecond() {
        let cursor: Cursor = CURSOR.parse().unwrap();
        assert_eq!(cursor.parts().0.millis(), 1_713_211_200_123);
        assert_eq!(cursor.to_string(), CURSOR);
    }

    #[test]
    fn anything_else_is_refused() {
        for bad in ["", "~", "2024-04-15T20:00:00Z", "x~018ee3", "2024-04-15~00"] {
            assert!(bad.parse::<Cursor>().is_err(), "{bad}");
        }
    }

    #[test]
    fn only_a_full_page_has_a_next_one() {
        let lines = [line(), line()];
        let link = Cursor::next(&lines, 2, "/v1/records/inbox", Side::Cases).unwrap();
        let expected = format!("</v1/records/inbox?before={CURSOR}&limit=2>; rel=\"next\"");
        assert_eq!(link, expected.as_str());
        assert!(Cursor::next(&lines, 3, "/", Side::Cases).is_none());
        assert!(Cursor::next(&[], 0, "/", Side::Cases).is_none());
    }
}
