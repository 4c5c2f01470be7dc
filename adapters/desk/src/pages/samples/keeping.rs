//! The room of the data-protection officer, one record, its content, an emergency.

use super::super::glass::Emergency;
use super::*;
use crate::render::{Content, Sample, sample};

pub(crate) fn all(p: &Page, content: &Content) -> Vec<Sample> {
    let opened = Opened {
        place: PLACE.to_owned(),
        subject: content.line.clone(),
        text: content.text.clone(),
        lang: "ar",
        marks: content.many(|_| content.line.clone()),
        facts: content.many(|_| (p.t("keeping-file"), content.line.clone())),
        until: content.some(|| p.at(&p.now)),
        p: p.clone(),
    };
    let emergency = Emergency {
        parties: content.many(|n| (format!("p{n}.interior"), content.line.clone(), n == 1)),
        record: content.line.clone(),
        p: p.clone(),
    };
    let mut samples = vec![
        sample("keeping", &room(p, content)),
        sample("keeping-open", &opened),
        sample("break-glass", &emergency),
    ];
    let all = [(false, false), (true, false), (true, true)];
    samples.extend(all.map(|state| sample("keeping-record", &record(p, content, state))));
    samples
}

const PLACE: &str = "/keeping/ma.interior/01a20e9d74a4e4de3b9982d866381d22";

fn room(p: &Page, content: &Content) -> Room {
    let row = |_| Row {
        href: PLACE.to_owned(),
        title: content.line.clone(),
        detail: content.text.clone(),
        tags: content.many(|_| (content.line.clone(), "late")),
    };
    let section = |key: &'static str| Section {
        key,
        title: p.t(&format!("keeping-{key}")),
        empty: p.t(&format!("keeping-{key}-empty")),
        rows: content.many(row),
    };
    let glass = |n: usize| Glass {
        name: format!("o-17~ma.interior~01~{n}"),
        href: PLACE.to_owned(),
        who: content.line.clone(),
        time: p.at(&p.now),
        why: content.text.clone(),
        own: n == 0,
    };
    Room {
        sections: [
            "frozen",
            "late",
            "confided",
            "overdue",
            "soon",
            "restricted",
            "held",
            "pending",
        ]
        .map(section)
        .into(),
        glass: content.many(glass),
        rights: content.many(row),
        answered: content.many(row),
        kinds: requests::kinds(p),
        breaches: content.many(row),
        closed: content.many(row),
        partners: content.many(|n| (format!("p{n}.interior"), content.line.clone())),
        today: p.now.day().to_string(),
        p: p.clone(),
    }
}

/// Neither held nor restricted; restricted; that and held.
fn record(p: &Page, content: &Content, (limited, held): (bool, bool)) -> One {
    let erased = content.rows == 0 && held;
    One {
        place: PLACE.to_owned(),
        id: "01a20e9d74a4e4de3b9982d866381d22".to_owned(),
        party: content.line.clone(),
        watches: true,
        erased,
        facts: content.many(|_| (p.t("keeping-reviewed-by"), content.text.clone())),
        restriction: limited.then(|| p.t(restriction(Restriction::Overdue))),
        partners: content.many(|_| (content.line.clone(), content.text.clone(), "stop")),
        last: "2030-01-01".to_owned(),
        tomorrow: "2026-01-01".to_owned(),
        may_review: !erased,
        may_restrict: !erased,
        is_restricted: limited,
        contested: held,
        is_held: held,
        own_copy: !erased,
        uses: content.many(|n| Use {
            what: p.word("use", "e-use-capital-charge"),
            who: content.line.clone(),
            time: p.at(&p.now),
            said: content.some(|| content.text.clone()),
            written: (n > 0).then(|| content.text.clone()),
        }),
        use_waits: !erased,
        p: p.clone(),
    }
}
