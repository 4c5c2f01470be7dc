//! A table and a file of programmes looked through, and files that are not taken.

use super::*;
use crate::render::{Content, Sample, sample};
use passerelle_service::{
    PersonColumn, ProgrammeChange, ProgrammeRefusal, RowBecomes, TableChange,
};

pub(crate) fn all(p: &Page, content: &Content) -> Vec<Sample> {
    let channel = "ma-be-gmmp".parse().unwrap();
    let empty = || {
        let tabs = super::super::tabs(p, &channel, "/tables");
        let mut page = Preview::new(p.clone(), tabs, p.t("learn-list-experts"));
        page.action = "/group/ma-be-gmmp/tables/experts/take".to_owned();
        page.carried = vec![("file".to_owned(), "00".to_owned())];
        page.back = "/group/ma-be-gmmp/tables".to_owned();
        page.speaks = content.rows > 0;
        page
    };
    let mut table = empty();
    table.of_table(&channel, &found(content));
    table.took(2, 1, vec![("3".to_owned(), "E_OFFER_OPEN".to_owned())]);
    let mut programmes = empty();
    programmes.of_programmes(&channel, &brought(content));
    let mut persons = empty();
    persons.refuse(&TableRefused::Persons {
        code: "E_PREVENTION_PERSON",
        columns: HOLDS.map(|holds| person(content, holds)).into(),
    });
    let mut broken = empty();
    broken.refuse(&TableRefused::Broken {
        code: "E_TABLE_RAGGED",
        row: Some(3),
        column: content.some(|| content.line.clone()),
    });
    [table, programmes, persons, broken]
        .map(|page| sample("group/import-preview", &page))
        .into()
}

const HOLDS: [&str; 11] = [
    "name",
    "birth-date",
    "birth-place",
    "document",
    "register",
    "account",
    "phone",
    "email",
    "address",
    "nationality",
    "person",
];

fn person(content: &Content, holds: &'static str) -> PersonColumn {
    PersonColumn {
        column: 2,
        header: content.line.clone(),
        holds,
    }
}

fn cells(content: &Content) -> Vec<(String, String, String)> {
    content.many(|n| {
        let before = if n == 0 {
            String::new()
        } else {
            content.line.clone()
        };
        ("title-fr".to_owned(), before, content.text.clone())
    })
}

fn trace(content: &Content) -> TableTrace {
    TableTrace {
        row: 2,
        column: "title-fr".to_owned(),
        found: content.line.clone(),
    }
}

fn found(content: &Content) -> TablePreview {
    let becomes = [
        RowBecomes::Offer,
        RowBecomes::Description,
        RowBecomes::Step,
        RowBecomes::Observation,
        RowBecomes::New,
    ];
    TablePreview {
        unchanged: content.rows,
        changes: content.many(|n| TableChange {
            row: n + 2,
            object: None,
            title: content.line.clone(),
            becomes: becomes[n % becomes.len()],
            cells: cells(content),
        }),
        refused: content.many(|n| TableRefusal {
            row: n + 2,
            column: "due".to_owned(),
            code: "E_TABLE_VALUE".to_owned(),
        }),
        traces: content.many(|_| trace(content)),
    }
}

/// Every question that a file of programmes can raise.
const QUESTIONS: [&str; 12] = [
    "Q_IATI_REPEATED",
    "Q_IATI_DIFFERS",
    "Q_IATI_FAR_ABOVE",
    "Q_IATI_LONG_PERIOD",
    "Q_IATI_ABOVE_DECISION",
    "Q_IATI_NO_START",
    "Q_IATI_SHARES_ASSUMED",
    "Q_IATI_UNKNOWN_ACTIVITY",
    "Q_IATI_EMPTY_ROWS",
    "Q_IATI_LEFT_OUT",
    "Q_IATI_RULE",
    "E_ODA_FORCED_RETURN",
];

fn brought(content: &Content) -> ProgrammesPreview {
    let names = [
        "activity",
        "contracts",
        "indicator",
        "target",
        "actual",
        "below",
        "from",
        "until",
        "countries",
        "topics",
        "rule",
        "line",
        "says",
    ];
    let question = |code: &'static str| ActivityFinding {
        code,
        words: names
            .iter()
            .map(|name| (*name, content.line.clone()))
            .chain([("n", content.rows.to_string())])
            .collect(),
    };
    ProgrammesPreview {
        unchanged: content.rows,
        changes: content.many(|n| ProgrammeChange {
            identifier: content.line.clone(),
            title: content.line.clone(),
            object: (n > 0).then(|| {
                let id = "ma.interior~01a20e9d74a4e4de3b9982d866381d22";
                id.parse().unwrap()
            }),
            cells: cells(content),
        }),
        refused: content.many(|_| ProgrammeRefusal {
            identifier: content.line.clone(),
            code: "E_IATI_NO_START".to_owned(),
        }),
        findings: QUESTIONS.map(question).into(),
        indicators: content.rows,
        traces: content.many(|_| trace(content)),
    }
}
