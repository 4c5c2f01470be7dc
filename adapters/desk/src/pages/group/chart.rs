//! The figure of a series: a bar for each value, its target as a line across it.

use passerelle_service::joint::{Decimal, Measured, ObservationStanding as Standing};

use crate::frame::Page;

/// Values drawn at once, the newest.
const MAX_DRAWN: usize = 36;
/// Width of the drawing, in units of its view box.
const WIDTH: u64 = 640;
/// Height of the field in which bars stand.
const FIELD: u64 = 200;
/// Above the field, for numbers; below it, for periods.
const MARGIN: u64 = 24;

/// The whole figure.
pub(crate) struct Chart {
    pub(crate) width: u64,
    pub(crate) height: u64,
    /// Where zero is.
    pub(crate) zero: u64,
    /// Where the periods are named.
    pub(crate) foot: u64,
    pub(crate) bars: Vec<Bar>,
    /// The value aimed at in the end, across all bars.
    pub(crate) aim: Option<u64>,
}

/// One value.
pub(crate) struct Bar {
    pub(crate) class: &'static str,
    pub(crate) x: u64,
    pub(crate) y: u64,
    pub(crate) width: u64,
    pub(crate) height: u64,
    pub(crate) middle: u64,
    pub(crate) title: String,
    /// The number itself, where there is room.
    pub(crate) said: Option<String>,
    /// The period, where there is room.
    pub(crate) label: Option<String>,
    /// Where its target is.
    pub(crate) target: Option<u64>,
}

/// Of the newest values with a number; none where there is no number at all.
pub(crate) fn chart(p: &Page, values: &[Measured], aim: Option<Decimal>) -> Option<Chart> {
    let numbered = |value: &&Measured| value.period.actual.or(value.period.target).is_some();
    let all: Vec<&Measured> = values.iter().filter(numbered).collect();
    let drawn = all.get(all.len().saturating_sub(MAX_DRAWN)..)?;
    if drawn.is_empty() {
        return None;
    }
    let scale = Scale::new(drawn, aim);
    let step = WIDTH / drawn.len() as u64;
    let place = |n: u64| match p.dir() {
        "rtl" => WIDTH - (n + 1) * step,
        _ => n * step,
    };
    let bars = (0..).zip(drawn);
    let bars = bars.map(|(n, value)| bar(p, value, &scale, place(n), step));
    Some(Chart {
        width: WIDTH,
        height: FIELD + 2 * MARGIN,
        zero: scale.y(Decimal::ZERO),
        foot: FIELD + 2 * MARGIN - 6,
        bars: bars.collect(),
        aim: aim.map(|aim| scale.y(aim)),
    })
}

fn bar(p: &Page, value: &Measured, scale: &Scale, at: u64, step: u64) -> Bar {
    let period = format!(
        "{} – {}",
        p.day(value.period.from),
        p.day(value.period.until)
    );
    let standing = p.word("group-observed", *value.standing.value());
    let (zero, actual) = (scale.y(Decimal::ZERO), value.period.actual);
    let top = actual.map_or(zero, |actual| scale.y(actual));
    let thick = (step * 3 / 5).max(2);
    let roomy = step >= 56;
    Bar {
        class: match value.standing.value() {
            Standing::Validated => "validated",
            Standing::Contested => "contested",
            Standing::Preliminary | Standing::Corrected => "preliminary",
        },
        x: at + (step - thick) / 2,
        y: top.min(zero),
        width: thick,
        height: zero.abs_diff(top),
        middle: at + step / 2,
        title: match actual {
            Some(actual) => format!("{period}: {actual} · {standing}"),
            None => format!("{period}: {}", p.t("group-not-given")),
        },
        said: actual.filter(|_| roomy).map(|actual| actual.to_string()),
        label: roomy.then(|| value.period.until.to_string().chars().take(7).collect()),
        target: value.period.target.map(|target| scale.y(target)),
    }
}

/// From numbers to heights; zero always has a place.
struct Scale {
    low: i128,
    high: i128,
}

impl Scale {
    fn new(values: &[&Measured], aim: Option<Decimal>) -> Self {
        let periods = values.iter().map(|value| &value.period);
        let numbers = periods.flat_map(|period| [period.actual, period.target]);
        let numbers = numbers.chain([aim]).flatten();
        let all = numbers.map(|number| i128::from(number.millionths()));
        let (low, high) = all.fold((0, 0), |(low, high), n| (n.min(low), n.max(high)));
        Self {
            low,
            high: high.max(low + 1),
        }
    }

    fn y(&self, number: Decimal) -> u64 {
        let down = self.high - i128::from(number.millionths());
        let y = down * i128::from(FIELD) / (self.high - self.low);
        MARGIN + u64::try_from(y).unwrap_or(0).min(FIELD)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zero_and_the_highest_have_their_places() {
        let whole = |n| Decimal::whole(n).unwrap();
        let scale = Scale {
            low: 0,
            high: whole(200).millionths().into(),
        };
        assert_eq!(scale.y(whole(200)), MARGIN);
        assert_eq!(scale.y(whole(100)), MARGIN + FIELD / 2);
        assert_eq!(scale.y(Decimal::ZERO), MARGIN + FIELD);
        assert_eq!(Scale::new(&[], None).y(Decimal::ZERO), MARGIN + FIELD);
        let below = Scale::new(&[], Some(whole(-100)));
        assert_eq!(below.y(whole(-100)), MARGIN + FIELD);
        let p = crate::frame::samples::page(passerelle_model::Lang::Fr);
        assert!(chart(&p, &[], None).is_none());
    }
}
