use std::cell::Cell;
use std::io::{self, Read};

use passerelle_tables::{Delimiter, Error, Format, MAX_COLUMNS, MAX_ROWS, Table, read, write};
use proptest::prelude::*;

fn cell() -> impl Strategy<Value = String> {
    let odd = prop::sample::select(vec![
        "=", "+", "-", "@", "\t", "\r", "\n", "\r\n", "'", "\"", ",", ";", "5", ".", "محضر", "é",
        "＝", " ", "\u{feff}", "\u{200f}",
    ]);
    prop::collection::vec(odd, 0..8).prop_map(|parts| parts.concat())
}

fn table() -> impl Strategy<Value = Table> {
    (1_usize..5).prop_flat_map(|columns| {
        let headers = prop::collection::vec(cell(), columns);
        let rows = prop::collection::vec(prop::collection::vec(cell(), columns), 0..5);
        (headers, rows).prop_map(|(headers, rows)| {
            let headers = headers.into_iter().enumerate();
            let headers = headers
                .map(|(index, header)| format!("{header}{index}"))
                .collect();
            Table { headers, rows }
        })
    })
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(
        table in table(),
        delimiter in prop::sample::select(&Delimiter::ALL),
        mark in any::<bool>(),
    ) {
        let file = write(&table, Format { delimiter, mark }).unwrap();
        prop_assert_eq!(&read(file.as_slice()).unwrap(), &table);
        let other = Format { delimiter: Delimiter::Tab, mark: !mark };
        let again = write(&read(file.as_slice()).unwrap(), other).unwrap();
        prop_assert_eq!(read(again.as_slice()).unwrap(), table);
    }

    #[test]
    fn no_written_cell_begins_as_a_formula(table in table()) {
        let file = String::from_utf8(write(&table, Format::default()).unwrap()).unwrap();
        for cell in csv_like(&file) {
            let begins = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝']);
            prop_assert!(!begins || is_signed_number(&cell), "{:?}", cell);
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(bytes.as_slice());
    }
}

/// A sign, digits, and at most one point or comma between digits.
fn is_signed_number(cell: &str) -> bool {
    let rest = cell.strip_prefix(['+', '-']).unwrap_or_default();
    let parts: Vec<&str> = rest.split(['.', ',']).collect();
    let digits = |part: &&str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    parts.len() <= 2 && parts.iter().all(digits)
}

/// What stands in quotes, by a reader that knows nothing else.
fn csv_like(file: &str) -> Vec<String> {
    let (mut cells, mut open) = (Vec::new(), None::<String>);
    let mut chars = file.chars().peekable();
    while let Some(c) = chars.next() {
        match (&mut open, c) {
            (None, '"') => open = Some(String::new()),
            (None, _) => {}
            (Some(cell), '"') if chars.next_if_eq(&'"').is_some() => cell.push('"'),
            (Some(_), '"') => cells.extend(open.take()),
            (Some(cell), _) => cell.push(c),
        }
    }
    cells
}

fn refused(file: &str) -> Error {
    read(file.as_bytes()).unwrap_err()
}

#[test]
fn files_of_others() {
    let expected = Table {
        headers: vec!["Pays".into(), "Valeur, €".into()],
        rows: vec![vec!["Maroc; المغرب".into(), "-1,5".into()]],
    };
    for file in [
        "Pays,\"Valeur, €\"\n\"Maroc; المغرب\",\"-1,5\"\n",
        "\u{feff}Pays;\"Valeur, €\"\r\n\"Maroc; المغرب\";-1,5\r\n\r\n",
        "Pays\tValeur, €\nMaroc; المغرب\t-1,5",
    ] {
        assert_eq!(read(file.as_bytes()).unwrap(), expected, "{file}");
    }
    assert_eq!(read("a\n1\n".as_bytes()).unwrap().headers, ["a"]);
}

#[test]
fn refusals_name_their_place() {
    let ragged = |row, found, expected| Error::Ragged {
        row,
        found,
        expected,
    };
    assert_eq!(refused(""), Error::NoHeaders);
    assert_eq!(refused("\u{feff}\n\n"), Error::NoHeaders);
    assert_eq!(refused("a,b\n1,2\n3\n"), ragged(3, 1, 2));
    assert_eq!(refused("a,b\n1,2,3\n"), ragged(2, 3, 2));
    assert_eq!(refused("a,,c\n"), Error::EmptyHeader { column: 2 });
    assert_eq!(refused("a, \n"), Error::EmptyHeader { column: 2 });
    let same = Error::SameHeader {
        column: 3,
        first: 1,
    };
    assert_eq!(refused("Pays,b,pays \n"), same);
    assert_eq!(
        refused("a,b\n1,\u{202e}2\n"),
        Error::Control { row: 2, column: 2 }
    );
    assert_eq!(refused("a\n\0\n"), Error::Control { row: 2, column: 1 });
    let latin = b"a,b\n1,caf\xe9\n";
    assert_eq!(
        read(latin.as_slice()),
        Err(Error::NotUtf8 { row: 2, column: 2 })
    );
    let long = format!("a\n{}\n", "x".repeat(40_000));
    assert_eq!(refused(&long), Error::CellSize { row: 2, column: 1 });
    let wide = vec!["a"; MAX_COLUMNS + 1].join(",");
    assert_eq!(refused(&wide), Error::Columns);
}

/// Gives headers and then the same bytes without end, and counts what was taken.
struct Endless<'a> {
    row: &'static [u8],
    taken: &'a Cell<usize>,
}

impl Read for Endless<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let start = self.taken.get();
        for (index, byte) in buffer.iter_mut().enumerate() {
            *byte = self.row[(start + index) % self.row.len()];
        }
        self.taken.set(start + buffer.len());
        Ok(buffer.len())
    }
}

#[test]
fn a_table_without_end_is_refused_when_a_limit_is_passed() {
    let taken = Cell::new(0);
    let rows = Endless {
        row: b"abcd,12345\n",
        taken: &taken,
    };
    assert_eq!(read(rows), Err(Error::Rows));
    assert!(
        taken.get() < (MAX_ROWS + 2) * 11 + 100_000,
        "{} bytes",
        taken.get()
    );
    taken.set(0);
    let open = b"a\n\"".chain(Endless {
        row: b"b",
        taken: &taken,
    });
    assert_eq!(read(open), Err(Error::RowSize { row: 2 }));
    assert!(taken.get() < 1_200_000, "{} bytes", taken.get());
}

#[test]
fn what_would_not_be_read_back_is_not_written() {
    let table = |headers: &[&str], cell: &str| Table {
        headers: headers.iter().map(|&one| one.into()).collect(),
        rows: vec![headers.iter().map(|_| cell.into()).collect()],
    };
    let code = |table: &Table| write(table, Format::default()).map_err(Error::code).err();
    assert_eq!(code(&table(&["a"], "b")), None);
    assert_eq!(code(&table(&[], "")), Some("E_TABLE_NO_HEADERS"));
    assert_eq!(code(&table(&["a", "A"], "")), Some("E_TABLE_SAME_HEADER"));
    assert_eq!(code(&table(&["a"], "\u{7}")), Some("E_TABLE_CONTROL"));
    let mut ragged = table(&["a", "b"], "");
    ragged.rows[0].pop();
    assert_eq!(code(&ragged), Some("E_TABLE_RAGGED"));
    let headers: Vec<String> = (0..MAX_COLUMNS).map(|index| index.to_string()).collect();
    let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
    assert_eq!(
        code(&table(&headers, &"x".repeat(6_000))),
        Some("E_TABLE_ROW_SIZE")
    );
    assert_eq!(code(&table(&headers, &"x".repeat(5_000))), None);
    let mut long = table(&["a"], "1");
    long.rows = vec![vec!["1".into()]; MAX_ROWS + 1];
    assert_eq!(code(&long), Some("E_TABLE_ROWS"));
    long.rows.pop();
    let file = write(&long, Format::default()).unwrap();
    assert_eq!(read(file.as_slice()).unwrap().rows.len(), MAX_ROWS);
}
