//! Activity files and tables of programmes.

use std::collections::BTreeSet;

use jiff::civil::date;
use passerelle_iati::{
    Activities, MAX_FINDINGS, Reporter, Tree,
    codes::OrganisationKind,
    eutf::{Import, import},
    read,
    rules::{Facts, check},
    structure, write,
};

use crate::{chosen, taken};

/// `read`; what was read is written, and read again as the same. Every rule is judged, whatever
/// the structure.
pub(crate) fn activities(bytes: &[u8]) -> bool {
    let Some(tree) = taken(Tree::read(bytes)) else {
        return false;
    };
    let none = BTreeSet::new();
    let facts = Facts {
        now: date(2026, 1, 1).at(0, 0, 0, 0),
        organisations: &none,
        agencies: Some(&none),
    };
    assert!(check(&tree, &facts).len() <= MAX_FINDINGS);
    let faults = structure::faults(&tree);
    let Some(found) = taken(read(bytes)) else {
        return false;
    };
    assert!(faults.is_empty(), "read, but the structure is wrong");
    again(&found.file);
    true
}

/// `eutf::import`; the first byte says how many bytes of the rest are the first table, in
/// sixteenths of it.
pub(crate) fn tables(bytes: &[u8]) -> bool {
    let Some((choice, rest)) = chosen(bytes) else {
        return false;
    };
    let middle = rest.len() * usize::from(choice % 17) / 16;
    let Some((projects, results)) = rest.split_at_checked(middle) else {
        return false;
    };
    let reporter = Reporter {
        reference: "XX".to_owned(),
        kind: OrganisationKind::Government,
        secondary: None,
        name: vec![passerelle_iati::Narrative::new("fr", "x")],
    };
    let day = date(2026, 1, 1);
    let Some(imported) = taken(import(projects, results, &Import { reporter, day })) else {
        return false;
    };
    again(&Activities {
        generated: None,
        activities: imported.activities,
    });
    true
}

/// What can be written is read as it was. Some of what tables say cannot be: no date at all,
/// control characters.
fn again(file: &Activities) {
    let Some(text) = taken(write(file)) else {
        return;
    };
    let read = read(text.as_bytes());
    assert!(read.is_ok_and(|read| read.file == *file), "read as another");
}
