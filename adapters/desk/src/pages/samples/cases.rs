//! The list of cases, and one case.

use super::*;
use crate::render::{Content, Sample, sample};
use passerelle_service::view::Standing;

pub(crate) fn all(p: &Page, content: &Content) -> Vec<Sample> {
    let row = |n: usize| Row {
        href: format!("/cases/ma.interior~{n}"),
        subject: content.line.clone(),
        stage: p.t("stage-asked"),
        stage_tone: "soon",
        urgency: Some((content.line.clone(), "late")),
        parties: content.line.clone(),
        records: p.tn("count-records", n),
        changed: p.at(&p.now),
        ours: n.is_multiple_of(2),
        standing: Some(line(p, Standing::Read)),
    };
    let list = Cases {
        writes: true,
        rows: content.many(row),
        next: content.some(|| "after=x".to_owned()),
        p: p.clone(),
    };
    vec![sample("cases", &list), sample("case", &case(p, content))]
}

fn case(p: &Page, content: &Content) -> Case {
    let due = |n: usize| Due {
        ours: n.is_multiple_of(2),
        words: content.line.clone(),
        clock: Some(p.clock(p.now, "late")),
    };
    Case {
        id: "ma.interior~01a20e9d74a4e4de3b9982d866381d22".to_owned(),
        subject: content.line.clone(),
        stage: p.t("stage-recalled"),
        stage_tone: "stop",
        channel: content.line.clone(),
        letter: Letter {
            from: p.party.clone(),
            to: content.line.clone(),
            reference: "ma.interior~01a20e9d74a4e4de3b9982d866381d22".to_owned(),
        },
        due: content.many(due),
        named: content.some(|| content.line.clone()),
        writes: true,
        keeps: true,
        earlier: content.some(|| 50),
        later: content.some(|| 150),
        outlets: super::super::cases::outlets(p),
        uses: crate::pages::uses::reports(p),
        rows: content.many(|n| entry(p, content, n)),
        p: p.clone(),
    }
}

fn entry(p: &Page, content: &Content, n: usize) -> Entry {
    let opens = !n.is_multiple_of(3);
    let file = |n: usize| File {
        n,
        name: content.line.clone(),
        size: size(2048),
        ready: n.is_multiple_of(2),
    };
    let stand = |standing: Standing| Stand {
        party: content.line.clone(),
        partner: "be.interior".to_owned(),
        line: line(p, standing),
        refused: Some(content.text.clone()),
        receipted: Some(content.line.clone()),
        erasure: Some(("done", content.line.clone())),
    };
    let standings = [Standing::Erased, Standing::Refused, Standing::Held];
    Entry {
        id: format!("{n:032x}"),
        place: format!("/records/ma.interior/{n:032x}"),
        from: "ma.interior".to_owned(),
        ours: n.is_multiple_of(2),
        party: content.line.clone(),
        kind: p.t("kind-request"),
        time: p.at(&p.now),
        machine: p.machine(&p.now),
        author: content.line.clone(),
        subject: if opens {
            content.line.clone()
        } else {
            String::new()
        },
        text: if opens {
            content.text.clone()
        } else {
            String::new()
        },
        lang: "nl",
        tlp: "TLP:AMBER+STRICT".to_owned(),
        tlp_class: "tlp-amber-strict".to_owned(),
        marks: vec!["PAP:AMBER".to_owned(), "H1".to_owned()],
        facts: content.many(|_| (content.line.clone(), content.text.clone())),
        files: content.many(file),
        closed: (!opens).then(|| content.text.clone()),
        conditions: (!opens).then(|| vec![content.text.clone()]),
        recalled: n.is_multiple_of(2),
        restricted: true,
        stands: standings.into_iter().map(stand).collect(),
        replies: vec![("correction", p.t("write-correction"))],
        reports: true,
    }
}

fn line(p: &Page, standing: Standing) -> BeadLine {
    let delivery = Delivery {
        party: "be.interior".parse().unwrap(),
        standing,
        code: Some("E_PURPOSE".to_owned()),
        receipted: Some(p.now),
        stated: Some(p.now),
        steps: vec![("accepted".to_owned(), p.now)],
    };
    BeadLine::of_delivery(p, &delivery, Some(p.now), Some(None))
}
