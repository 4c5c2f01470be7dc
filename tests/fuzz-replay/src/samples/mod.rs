//! Two parties, an agreement and a journal, always the same, and the files a search starts from.

mod chain;
pub(crate) mod communique;
pub(crate) mod envelope;
pub(crate) mod exchange;
pub(crate) mod files;
pub(crate) mod group;
pub(crate) mod iati;
pub(crate) mod icalendar;
pub(crate) mod journal;
pub(crate) mod lanes;
pub(crate) mod matching;
pub(crate) mod model;
pub(crate) mod names;
pub(crate) mod papers;
pub(crate) mod register;
pub(crate) mod tables;
pub(crate) mod world;

pub use world::World;
pub(crate) use world::world;

/// One file of a corpus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// Name of the file: what is right or wrong with it.
    pub name: String,
    /// Whether the target takes it; none where that depends on the format.
    pub taken: Option<bool>,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// The files a target starts from: the same in every run.
pub fn of(target: &crate::Target) -> Vec<Sample> {
    (target.samples)(world())
}

/// A file that the target takes.
fn good(name: &str, bytes: impl Into<Vec<u8>>) -> Sample {
    Sample {
        taken: Some(true),
        ..any(name, bytes)
    }
}

/// A file that the target refuses.
fn bad(name: &str, bytes: impl Into<Vec<u8>>) -> Sample {
    Sample {
        taken: Some(false),
        ..any(&format!("bad-{name}"), bytes)
    }
}

/// A file that the target takes or refuses.
fn any(name: &str, bytes: impl Into<Vec<u8>>) -> Sample {
    Sample {
        name: name.to_owned(),
        taken: None,
        bytes: bytes.into(),
    }
}

/// Puts `choice` before every file.
fn choosing(choice: u8, samples: Vec<Sample>) -> Vec<Sample> {
    let chosen = |sample: Sample| Sample {
        bytes: [&[choice], &sample.bytes[..]].concat(),
        ..sample
    };
    samples.into_iter().map(chosen).collect()
}

/// A file, and the ways in which any file may be spoilt: cut, one byte longer, one bit changed.
fn spoilt(name: &str, bytes: impl Into<Vec<u8>>) -> Vec<Sample> {
    let bytes = bytes.into();
    let cut = bytes
        .iter()
        .copied()
        .take(bytes.len() / 2)
        .collect::<Vec<_>>();
    let longer = [&bytes[..], b"\n"].concat();
    let mut changed = bytes.clone();
    let middle = bytes.len() / 2;
    changed
        .iter_mut()
        .skip(middle)
        .take(1)
        .for_each(|byte| *byte ^= 1);
    vec![
        any(&format!("{name}-cut"), cut),
        any(&format!("{name}-longer"), longer),
        any(&format!("{name}-changed"), changed),
        good(name, bytes),
    ]
}

/// CBOR that no parser may take, whatever it expects: nested too deep, announcing more than
/// there is, of indefinite length, nothing at all.
fn hostile_cbor() -> Vec<Sample> {
    let mut deep_tags = vec![0xc1; 64];
    deep_tags.push(0);
    vec![
        bad("deep", vec![0x81; 64]),
        bad("deep-maps", [0xa1, 0x00].repeat(40)),
        bad("deep-tags", deep_tags),
        bad("claims-much", [&[0x9b, 0x7f][..], &[0xff; 7]].concat()),
        bad(
            "claims-many-bytes",
            [&[0xa1, 0x00, 0x5b, 0x7f][..], &[0xff; 7]].concat(),
        ),
        bad("indefinite", vec![0xbf, 0x00, 0x07, 0xff]),
        bad("empty", vec![]),
    ]
}

/// A CBOR map with its first key written in two bytes: the same value, in another form.
fn long_key(map: &[u8]) -> Sample {
    let (head, rest) = map.split_at(1.min(map.len()));
    let after_key = rest.get(1..).unwrap_or_default();
    bad("long-form-key", [head, &[0x18, 0x00], after_key].concat())
}

/// A CBOR map with one more field than it announces.
fn unknown_field(map: &[u8]) -> Sample {
    let mut bytes = map.to_vec();
    match bytes.first().copied() {
        Some(0xb8) => bytes
            .iter_mut()
            .skip(1)
            .take(1)
            .for_each(|count| *count += 1),
        _ => bytes.iter_mut().take(1).for_each(|head| *head += 1),
    }
    bytes.extend([0x18, 0x63, 0x00]);
    bad("unknown-field", bytes)
}

/// All of these for one object that is a CBOR map.
fn object(name: &str, bytes: Vec<u8>) -> Vec<Sample> {
    let mut samples = vec![long_key(&bytes), unknown_field(&bytes)];
    samples.extend(spoilt(name, bytes));
    samples.extend(hostile_cbor());
    samples
}
