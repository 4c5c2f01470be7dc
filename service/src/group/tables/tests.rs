//! What is exported is imported unchanged; what is changed is told; what may not come in is
//! refused with its place.

mod samples;

use passerelle_model::{PartyId, UtcTime};
use passerelle_tables::{Format, Table, read, write};
use proptest::prelude::*;

use samples::{PARTIES, full};
pub(crate) use samples::{Talk, programme, texts};

use super::*;

fn planned(talk: &Talk, who: usize, list: GroupList, table: &Table) -> Plan {
    let me: PartyId = PARTIES[who].parse().unwrap();
    let speaker = Speaker {
        me: &me,
        officer: &"secretary".parse().unwrap(),
        function: &"Secretary".parse().unwrap(),
        time: UtcTime::from_millis(99_000),
    };
    plan(&talk.ledger, &speaker, list, table)
}

fn exported(talk: &Talk, list: GroupList) -> Table {
    let bytes = write(&table_of(&talk.ledger, list), Format::default()).unwrap();
    judged(list, &bytes).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever people wrote, a file that comes back as it went out proposes nothing.
    #[test]
    fn what_went_out_comes_back_unchanged(
        title in "[ -~é؀-ي]{0,30}[a-z]",
        body in "[ -~éا-ي\n\\\\-]{0,60}z",
        dashes in "(\\\\{0,2}---\n){0,3}",
    ) {
        let title: String = passerelle_model::tidy(&title);
        let body = passerelle_model::tidy(&format!("{dashes}{body}"));
        prop_assume!(title.parse::<passerelle_model::Name>().is_ok());
        let talk = full(&title, &body);
        for list in GroupList::ALL.iter().copied() {
            let table = exported(&talk, list);
            prop_assert_eq!(table.rows.len(), 2, "{:?}", list);
            for who in [0, 1] {
                let plan = planned(&talk, who, list, &table);
                prop_assert_eq!(&plan.preview.refused, &vec![], "{:?}", list);
                prop_assert_eq!(&plan.preview.changes, &vec![], "{:?}", list);
                prop_assert_eq!(plan.preview.unchanged, 2);
            }
        }
    }
}

/// Puts a text into the first row of the party's own.
fn with(table: &Table, party: &str, column: &str, text: &str) -> Table {
    let mut table = table.clone();
    let place = |name: &str| {
        table
            .headers
            .iter()
            .position(|header| header == name)
            .unwrap()
    };
    let (party_at, at) = (place("object"), place(column));
    let row = table
        .rows
        .iter()
        .position(|row| row[party_at].starts_with(party))
        .unwrap();
    table.rows[row][at] = text.to_owned();
    table
}

#[test]
fn a_changed_row_says_what_it_becomes() {
    let talk = full("Un titre", "Un texte");
    for (list, column, text, becomes) in [
        (
            GroupList::Commitments,
            "due",
            "2026-01-01",
            RowBecomes::Offer,
        ),
        (
            GroupList::Programmes,
            "code",
            "15130",
            RowBecomes::Description,
        ),
        (
            GroupList::Programmes,
            "stage",
            "finalisation",
            RowBecomes::Step,
        ),
        (
            GroupList::Observations,
            "actual",
            "16",
            RowBecomes::Observation,
        ),
        (
            GroupList::Practices,
            "title-nl",
            "Een titel",
            RowBecomes::Description,
        ),
        (GroupList::Experts, "object", "", RowBecomes::New),
    ] {
        let mut table = with(&exported(&talk, list), "ma.", column, text);
        if becomes == RowBecomes::New {
            table = with_column(&table, "title-fr", "Autre");
        }
        let plan = planned(&talk, 0, list, &table);
        assert_eq!(plan.preview.refused, [], "{list:?}");
        let rows: Vec<RowBecomes> = plan.preview.changes.iter().map(|one| one.becomes).collect();
        assert_eq!(rows, [becomes], "{list:?}");
        assert_eq!(plan.preview.unchanged, 1);
        if becomes == RowBecomes::Step {
            // By way of every stage between.
            assert_eq!(plan.planned[0].deeds.len(), 2);
        }
    }
}

fn with_column(table: &Table, column: &str, text: &str) -> Table {
    let mut table = table.clone();
    let at = table
        .headers
        .iter()
        .position(|header| header == column)
        .unwrap();
    let nameless = table.rows.iter_mut().find(|row| row[0].is_empty());
    nameless.unwrap()[at] = text.to_owned();
    table
}

#[test]
fn a_row_that_is_taken_twice_says_nothing_twice() {
    let mut talk = full("Un titre", "Un texte");
    let table = with(&exported(&talk, GroupList::Experts), "ma.", "object", "");
    assert_eq!(
        planned(&talk, 0, GroupList::Experts, &table)
            .preview
            .unchanged,
        2
    );
    let table = with_column(&table, "title-fr", "Autre");
    let plan = planned(&talk, 0, GroupList::Experts, &table);
    let [one] = &plan.planned[..] else { panic!() };
    talk.say(0, None, one.deeds.clone());
    assert_eq!(
        planned(&talk, 0, GroupList::Experts, &table)
            .preview
            .unchanged,
        2
    );
}

#[test]
fn what_is_wrong_is_refused_at_its_place() {
    let talk = full("Un titre", "Un texte");
    for (list, party, column, text, code) in [
        (
            GroupList::Commitments,
            "ma.",
            "due",
            "31/03/2025",
            "E_TABLE_VALUE",
        ),
        (GroupList::Commitments, "ma.", "due", "", "E_TABLE_MISSING"),
        (
            GroupList::Commitments,
            "ma.",
            "public",
            "maybe",
            "E_TABLE_YES_NO",
        ),
        (GroupList::Programmes, "be.", "budget", "5", "E_NOT_THEIRS"),
        (
            GroupList::Programmes,
            "ma.",
            "partners",
            "Enabel",
            "E_TABLE_PARTNERS",
        ),
        (
            GroupList::Programmes,
            "ma.",
            "countries",
            "MA 60; BE 41",
            "E_SHAPE",
        ),
        (
            GroupList::Programmes,
            "ma.",
            "parent",
            "ma.interior~00000000000000000000000000000000",
            "E_TABLE_PARENT",
        ),
        (
            GroupList::Observations,
            "be.",
            "actual",
            "16",
            "E_NOT_THEIRS",
        ),
        (
            GroupList::Observations,
            "ma.",
            "cells",
            "7 x - -",
            "E_TABLE_CELLS",
        ),
        (
            GroupList::Practices,
            "ma.",
            "stage",
            "peer-reviewed",
            "E_STAGE",
        ),
        (
            GroupList::Experts,
            "ma.",
            "title-fr",
            "\u{7}",
            "E_TABLE_VALUE",
        ),
    ] {
        let plan = planned(
            &talk,
            0,
            list,
            &with(&exported(&talk, list), party, column, text),
        );
        let [refusal] = &plan.preview.refused[..] else {
            panic!("{list:?} {column} {text}: {:?}", plan.preview);
        };
        assert_eq!(refusal.code, code, "{list:?} {column}");
        assert!(plan.planned.is_empty());
    }
}

#[test]
fn columns_of_persons_refuse_the_file_by_strand() {
    for (strand, code) in [
        ("prevention", "E_PREVENTION_PERSON"),
        ("migration", "E_MIGRATION_PERSON"),
    ] {
        let file = format!("object,strand,Date de naissance\n,{strand},2001-01-01\n");
        let Err(TableRefused::Persons {
            code: found,
            columns,
        }) = judged(GroupList::Practices, file.as_bytes())
        else {
            panic!()
        };
        assert_eq!(
            (found, columns[0].column, columns[0].holds),
            (code, 3, "birth-date")
        );
    }
    for list in GroupList::ALL {
        assert!(person_columns(&list.columns()).is_empty(), "{list:?}");
    }
}

#[test]
fn files_that_are_no_table_of_the_list_are_refused_whole() {
    let many = format!("object\n{}", "x\n".repeat(1_000_000));
    for (file, code, row) in [
        (many.as_str(), "E_TABLE_ROWS", None),
        ("a,b\n1,2\n3\n", "E_TABLE_RAGGED", Some(3)),
        ("object,colour\n", "E_TABLE_FOREIGN_COLUMN", None),
        ("object,sectors\n", "E_TABLE_NO_COLUMN", None),
        ("", "E_TABLE_NO_HEADERS", None),
    ] {
        let Err(TableRefused::Broken {
            code: found,
            row: at,
            ..
        }) = judged(GroupList::Experts, file.as_bytes())
        else {
            panic!()
        };
        assert_eq!((found, at), (code, row));
    }
}

#[test]
fn formulas_are_neutral_and_traces_are_told() {
    let talk = full("=cmd()", "Appeler le +212 612-345678");
    let bytes = write(
        &table_of(&talk.ledger, GroupList::Experts),
        Format::default(),
    )
    .unwrap();
    assert!(String::from_utf8_lossy(&bytes).contains("\"'=cmd()\""));
    let found = traces(&read(bytes.as_slice()).unwrap());
    assert_eq!(found[0].found, "+212 612-345678");
    assert!(found[0].column.starts_with("body-") && found[0].row == 2);
}
