//! Tables, and texts that may hold persons.

use passerelle_tables::{Format, person_columns, person_traces, read, write};

use crate::taken;

/// `read`; what it gave is written, if its rows are not too long with their quotes, and read as
/// the same.
pub(crate) fn csv(bytes: &[u8]) -> bool {
    let Some(table) = taken(read(bytes)) else {
        return false;
    };
    for hit in person_columns(&table.headers) {
        assert!((1..=table.headers.len()).contains(&hit.column));
    }
    if let Some(file) = taken(write(&table, Format::default())) {
        assert_eq!(read(file.as_slice()), Ok(table), "read as another");
    }
    true
}

/// `person_columns` and `person_traces` of any text; whether there was a trace.
pub(crate) fn text(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return false;
    };
    let lines: Vec<&str> = text.lines().collect();
    for hit in person_columns(&lines) {
        assert!(lines.len() >= hit.column && hit.column > 0);
    }
    let traces = person_traces(text);
    for trace in &traces {
        assert!(
            text.get(trace.place.clone())
                .is_some_and(|part| !part.is_empty())
        );
        assert!(trace.line > 0 && trace.column > 0);
    }
    let apart = traces
        .windows(2)
        .all(|two| two.first().map(|t| t.place.end) <= two.last().map(|t| t.place.start));
    assert!(apart, "traces that overlap");
    !traces.is_empty()
}
