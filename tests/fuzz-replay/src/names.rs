//! Lines with names.

use passerelle_names::{Index, explain, k1, k4, read_name, read_pair, score};

use crate::{chosen, taken};

/// `read_pair`, `score`, `explain`; first byte odd: with birth dates.
pub(crate) fn pair(bytes: &[u8]) -> bool {
    let Some((choice, line)) = chosen(bytes) else {
        return false;
    };
    let Some(pair) = taken(read_pair(line, choice % 2 == 1)) else {
        return false;
    };
    let (a, b) = ((&pair.a, pair.born_a), (&pair.b, pair.born_b));
    let found = score(a, b);
    assert_eq!(found, score(b, a), "not symmetric");
    assert!((0.0..=1.0).contains(&found.probability()));
    for why in [explain(a, b), explain(b, a)] {
        assert_eq!(why.score, found, "explained another score");
        let sum: i32 = why.lines.iter().map(|line| line.units).sum();
        assert_eq!(sum, found.units(), "lines that do not add up");
    }
    let text = std::str::from_utf8(line).unwrap_or_default();
    let columns: Vec<&str> = text.split('\t').collect();
    let second = if choice % 2 == 1 { 2 } else { 1 };
    let shown = explain(a, b).text(
        columns.first().copied().unwrap_or_default(),
        columns.get(second).copied().unwrap_or_default(),
    );
    assert!(
        !shown.contains(|c: char| c.is_control() && c != '\n'),
        "an explanation that moves the cursor: {shown:?}"
    );
    true
}

/// `read_name`, keys and the index; first byte odd: with a birth date.
pub(crate) fn name(bytes: &[u8]) -> bool {
    let Some((choice, line)) = chosen(bytes) else {
        return false;
    };
    let Some((name, born)) = taken(read_name(line, choice % 2 == 1)) else {
        return false;
    };
    let (few, many) = (k1(&name), k4(&name));
    assert!(few.is_sorted() && many.is_sorted());
    let text = std::str::from_utf8(line).unwrap_or_default();
    let text = text.split('\t').next().unwrap_or_default();
    for (range, _) in name.parts() {
        assert!(text.get(range).is_some(), "a part that is no part");
    }
    let mut index = Index::new();
    assert_eq!(index.add(text, born), Ok(0));
    let hits = index.search((&name, born), 10);
    assert!(hits.len() <= 1);
    true
}
