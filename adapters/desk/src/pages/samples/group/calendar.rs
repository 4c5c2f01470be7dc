//! A month with its due days.

use super::*;
use crate::render::{Content, Sample, sample};

pub(crate) fn all(p: &Page, content: &Content) -> Vec<Sample> {
    let channel = "ma-be-gmmp".parse().unwrap();
    let day = |n: usize| Cell {
        number: (n + 1).to_string(),
        machine: format!("2024-04-{:02}", n + 1),
        full: p.day(format!("2024-04-{:02}", n + 1)),
        today: n == 1,
        things: content.many(|_| Thing {
            href: "/group/ma-be-gmmp".to_owned(),
            title: content.line.clone(),
            tag: p.t("group-flag-late"),
            tone: "stop",
        }),
        more: content.some(|| p.tn("group-more", 3)),
    };
    let place = |n: usize| if n > 29 { blank() } else { day(n) };
    let week = |week: usize| (week * 7..week * 7 + 7).map(place).collect();
    let shows = Shows {
        p: p.clone(),
        tabs: tabs(p, &channel, "/commitments"),
        bar: super::super::follow::samples::bar(p, content, "/calendar"),
        month: "2024".to_owned(),
        before: "/group/ma-be-gmmp/calendar?month=2024-03".to_owned(),
        next: "/group/ma-be-gmmp/calendar?month=2024-05".to_owned(),
        weekdays: (0..7).map(|day| p.word("group-weekday", day)).collect(),
        weeks: (0..5).map(week).collect(),
        empty: content.rows == 0,
    };
    vec![sample("group/calendar", &shows)]
}
