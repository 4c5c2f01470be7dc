//! Both sides see whether they write alike: by the profile, and by probes of either.

use passerelle_matching::Class;
use passerelle_matching::exchange::{Epoch, MAX_PROBES, Manifest, Probes};
use passerelle_matching::index::build;

fn make(text: &str) -> String {
    Class::Phone.made_of(text)
}

#[test]
fn probes_of_either_side_are_compared() {
    let written = ["+32 460 00 00 01", "00212 600 00 00 01", "0460"];
    let theirs = Probes::of(Class::Phone, "", written, make).unwrap();
    let theirs = Probes::from_bytes(&theirs.to_bytes()).unwrap();
    assert_eq!(theirs.written().collect::<Vec<_>>(), written);
    assert_eq!((theirs.len(), theirs.class().unwrap()), (3, Class::Phone));
    assert_eq!(theirs.compare("", make).unwrap(), []);
    // A side that forgets the zeros before a country code.
    let other = |text: &str| make(text.trim_start_matches("00"));
    let differences = theirs.compare("", other).unwrap();
    assert_eq!(differences.len(), 1);
    let difference = &differences[0];
    assert_eq!(difference.written, "00212 600 00 00 01");
    assert_eq!(difference.theirs, "+212600000001");
    assert_eq!(difference.ours, "E_MATCH_IDENTIFIER");
    let refused = theirs.compare("tables 2", make).unwrap_err();
    assert_eq!(refused.code(), "E_MATCH_TABLES");
}

#[test]
fn limits_of_probes_hold() {
    let none = Probes::of(Class::Phone, "", [], make).unwrap_err();
    assert_eq!(none.code(), "E_MATCH_BATCH");
    let many = vec!["x"; MAX_PROBES + 1];
    let refused = Probes::of(Class::Phone, "", many, make).unwrap_err();
    assert_eq!(refused.code(), "E_MATCH_BATCH");
    let long = "1".repeat(5000);
    let refused = Probes::of(Class::Phone, "", [long.as_str()], make).unwrap_err();
    assert_eq!(refused.code(), "E_MATCH_FILE");
    let probes = Probes::of(Class::Phone, "tables", ["x"], make).unwrap();
    let bytes = probes.to_bytes();
    for length in 0..bytes.len() {
        assert!(Probes::from_bytes(&bytes[..length]).is_err());
    }
}

#[test]
fn the_manifest_names_what_makes_the_identifiers() {
    let epoch = Epoch::new("be.interior", "ma.interior", Class::Person, 1).unwrap();
    let key = epoch.key(&[1; 32]).unwrap();
    let index = build(Vec::new()).unwrap();
    let bare = Manifest::announce(epoch, &key, &index, "police", (1, 2)).unwrap();
    let named = bare.clone().with_source("tables 1").unwrap();
    assert_ne!(bare.hash(), named.hash());
    let read = Manifest::from_bytes(&named.to_bytes()).unwrap();
    assert!(read.check_source("tables 1").is_ok());
    let refused = read.check_source("tables 2").unwrap_err();
    assert_eq!(refused.code(), "E_MATCH_TABLES");
    assert!(refused.to_string().contains("tables 1"));
    assert!(bare.clone().with_source("a\nb").is_err());
    assert!(bare.clone().with_source(&"a".repeat(257)).is_err());
    // A manifest whose source was exchanged has another profile.
    let bytes = named.to_bytes();
    let at = bytes.windows(8).position(|w| w == b"tables 1").unwrap();
    let mut altered = bytes.clone();
    altered[at + 7] = b'2';
    let refused = Manifest::from_bytes(&altered).unwrap_err();
    assert_eq!(refused.code(), "E_MATCH_MISMATCH");
}
