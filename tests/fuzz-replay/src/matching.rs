//! Private matching: identifiers as people write them, and the files of the two parties.

use passerelle_matching::Class;
use passerelle_matching::exchange::{
    AnswerFile, Fetch, Given, Manifest, Order, Padding, Pending, Probes, open,
};
use passerelle_matching::index::Index;

use crate::samples::matching::{large, sides};

/// Every class: what is canonical stays so, and what is wrong is said in short.
pub(crate) fn identifier(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return false;
    };
    let mut read = false;
    for class in Class::ALL {
        match class.canonical(text) {
            Ok(once) => {
                let again = class.canonical(once.as_str());
                assert_eq!(again.as_ref(), Ok(&once), "{class} is not its own");
                assert!(once.input().len() < 4096);
                read = true;
            }
            Err(error) => assert!(error.to_string().len() < 200, "{error}"),
        }
    }
    read
}

/// What was read is one file, holds what it says, and nothing beside it.
pub(crate) fn index(bytes: &[u8]) -> bool {
    let Ok(index) = Index::from_bytes(bytes.to_vec()) else {
        return false;
    };
    assert_eq!(index.as_bytes(), bytes);
    let tags: Vec<_> = index.tags().collect();
    assert_eq!(tags.len() as u64, index.len());
    assert!(tags.is_sorted());
    assert!(tags.iter().all(|tag| index.holds(*tag)));
    true
}

/// One encoding for each manifest.
pub(crate) fn manifest(bytes: &[u8]) -> bool {
    let Ok(manifest) = Manifest::from_bytes(bytes) else {
        return false;
    };
    assert_eq!(manifest.to_bytes(), bytes);
    true
}

/// One encoding for each order.
pub(crate) fn order(bytes: &[u8]) -> bool {
    let Ok(order) = Order::from_bytes(bytes) else {
        return false;
    };
    assert_eq!(order.to_bytes(), bytes);
    true
}

/// What was kept opens the order that it belongs to, and only with what was really asked.
pub(crate) fn pending(bytes: &[u8]) -> bool {
    let Ok(pending) = Pending::from_bytes(bytes) else {
        return false;
    };
    let sides = sides();
    match open(&sides.manifest, &sides.order, &pending) {
        Ok(_) => {
            assert_eq!(
                pending.asked, sides.pending.asked,
                "another question opened"
            );
            true
        }
        Err(error) => {
            assert!(error.to_string().len() < 200, "{error}");
            false
        }
    }
}

/// An answer that verifies was made with the key that was announced.
pub(crate) fn answer(bytes: &[u8]) -> bool {
    let Ok(answer) = AnswerFile::from_bytes(bytes) else {
        return false;
    };
    let sides = sides();
    match answer.read_with(&sides.manifest, &sides.order, &sides.pending) {
        Ok(found) => {
            assert_eq!(found, sides.found, "forged");
            true
        }
        Err(_) => false,
    }
}

/// One encoding for each request; what is served proves itself.
pub(crate) fn fetch(bytes: &[u8]) -> bool {
    let Ok(fetch) = Fetch::from_bytes(bytes) else {
        return false;
    };
    assert_eq!(fetch.to_bytes(), bytes);
    let large = large();
    match Given::of(&large.manifest, &large.index, &fetch) {
        Ok(given) => {
            assert!(given.checked(&large.manifest, &fetch).is_ok());
            true
        }
        Err(error) => {
            assert!(error.to_string().len() < 200, "{error}");
            false
        }
    }
}

/// Buckets that verify are those of the index that was announced.
pub(crate) fn buckets(bytes: &[u8]) -> bool {
    let Ok(given) = Given::from_bytes(bytes) else {
        return false;
    };
    assert_eq!(given.to_bytes(), bytes);
    let large = large();
    match given.checked(&large.manifest, &large.fetch) {
        Ok(fetched) => {
            assert_eq!(fetched.holds(large.tag), Ok(true), "forged");
            true
        }
        Err(_) => false,
    }
}

/// One encoding, and dummies of one index only.
pub(crate) fn padding(bytes: &[u8]) -> bool {
    let Ok(padding) = Padding::from_bytes(bytes) else {
        return false;
    };
    assert_eq!(padding.to_bytes(), bytes);
    match padding.dummies(sides().index()) {
        Ok(dummies) => dummies.iter().all(|tag| sides().index().holds(*tag)),
        Err(_) => false,
    }
}

/// One encoding; made anew, nothing of it breaks.
pub(crate) fn probes(bytes: &[u8]) -> bool {
    let Ok(probes) = Probes::from_bytes(bytes) else {
        return false;
    };
    assert_eq!(probes.to_bytes(), bytes);
    let class = probes.class();
    assert!(class.is_ok(), "a class that was read is known");
    let Ok(class) = class else {
        return false;
    };
    match probes.compare("", |written| class.made_of(written)) {
        Ok(differences) => differences.is_empty(),
        Err(error) => {
            assert!(error.to_string().len() < 1200, "{error}");
            false
        }
    }
}
