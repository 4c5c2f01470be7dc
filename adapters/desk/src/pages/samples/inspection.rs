//! What the authority sees.

use super::*;
use crate::render::{Content, Sample, sample};

pub(crate) fn record_of(p: &Page, content: &Content, n: usize) -> Listed {
    Listed {
        party: format!("p{n}.interior"),
        name: content.line.clone(),
        record: format!("01a20e9d74a4e4de3b9982d866381d2{n}"),
        time: p.at(&p.now),
        erased: n == 1,
        recipients: content.many(|n| (content.line.clone(), n == 0)),
    }
}

pub(crate) fn all(p: &Page, content: &Content) -> Vec<Sample> {
    let line = |_| Line {
        time: p.at(&p.now),
        machine: p.machine(&p.now),
        who: content.line.clone(),
        deed: p.word("deed", "consult"),
        record: "01a20e9d74a4e4de3b9982d866381d22".to_owned(),
        why: content.text.clone(),
    };
    let seen = Seen {
        authority: content.line.clone(),
        holder: content.line.clone(),
        until: p.at(&p.now),
        looks_until: p.at(&p.now),
        subject: content.line.clone(),
        kind: p.word("right", "access"),
        records: content.many(|n| record_of(p, content, n)),
        log: content.many(line),
    };
    let page = |seen, fault| Inspection {
        pass: "01a2-00".to_owned(),
        fault,
        seen,
        p: p.clone(),
    };
    let opened = Opened {
        pass: "01a2-00".to_owned(),
        party: "be.interior".to_owned(),
        record: "01a20e9d74a4e4de3b9982d866381d22".to_owned(),
        subject: content.line.clone(),
        text: content.text.clone(),
        lang: "ar",
        facts: content.many(|_| (p.t("keeping-file"), content.line.clone())),
        files: content.many(|n| (content.line.clone(), "12 KiB".to_owned(), n == 0)),
        p: p.clone(),
    };
    vec![
        sample("inspection", &page(Some(seen), None)),
        sample("inspection", &page(None, Some(p.t("inspection-wrong")))),
        sample("inspection-record", &opened),
    ]
}
