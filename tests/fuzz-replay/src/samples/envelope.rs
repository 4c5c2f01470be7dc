//! Files for cards, signatures, sealed content and keys.

use passerelle_envelope::backup::{
    BackupHead, JournalSize, Manifest, PartHead, PartName, PartsWriter,
};
use passerelle_envelope::spoken::Spoken;
use passerelle_envelope::testing::SAMPLE_TIME;
use passerelle_envelope::{KdfCost, Unlock, format_key_file};
use passerelle_model::Digest;
use sha2::{Digest as _, Sha256};

use super::world::{done, parsed};
use super::{Sample, World, bad, choosing, good, hostile_cbor, spoilt};

pub(crate) fn card(world: &World) -> Vec<Sample> {
    let card = &world.rabat.card;
    let armoured = card.armoured();
    let mut samples = signed("binary", card.bytes());
    samples.extend(spoilt("armoured", armoured.as_str()));
    samples.extend([
        good(
            "mailed",
            format!("\r\n  {}", armoured.replace('\n', "\r\n")),
        ),
        good("armoured-other", world.brussels.card.armoured()),
        bad(
            "other-label",
            armoured.replace("PASSERELLE CARD", "PASSERELLE RECEIPT"),
        ),
        bad("label-only", "-----BEGIN PASSERELLE CARD-----"),
        bad(
            "labels-overlap",
            "-----BEGIN PASSERELLE CARD----------END PASSERELLE CARD-----",
        ),
    ]);
    samples
}

pub(crate) fn record(world: &World) -> Vec<Sample> {
    let bytes = |at: usize| world.signed_records.get(at).map(|r| r.bytes().to_vec());
    let mut samples = signed("notice", &bytes(0).unwrap_or_default());
    samples.push(good("request", bytes(1).unwrap_or_default()));
    samples.push(bad("a-card", world.rabat.card.bytes()));
    samples
}

pub(crate) fn statements(world: &World) -> Vec<Sample> {
    let mut heads = world.signed_heads.iter();
    let mut samples = signed("head", heads.next().map(Vec::as_slice).unwrap_or_default());
    samples.extend(heads.map(|head| good("of-the-other", head.clone())));
    samples
}

pub(crate) fn agreement(world: &World) -> Vec<Sample> {
    let mut signatures = world.agreement_signatures.iter();
    let mut samples = signed(
        "signature",
        signatures.next().map(Vec::as_slice).unwrap_or_default(),
    );
    samples.extend(signatures.map(|signature| good("of-the-other", signature.clone())));
    samples
}

pub(crate) fn policy(world: &World) -> Vec<Sample> {
    let bytes = |at: usize| world.signed_policies.get(at).map(|held| held.bytes());
    let mut samples = signed("policy", bytes(0).unwrap_or_default());
    samples.extend([
        good("next", bytes(1).unwrap_or_default()),
        good("without-lines", bytes(2).unwrap_or_default()),
        bad("a-card", world.rabat.card.bytes()),
    ]);
    samples
}

pub(crate) fn open(world: &World) -> Vec<Sample> {
    let names = ["notice", "request", "recall", "statements"];
    let mut samples: Vec<_> = world
        .envelopes
        .iter()
        .zip(names)
        .map(|(envelope, name)| good(name, envelope.bytes.clone()))
        .collect();
    let first = world
        .envelopes
        .first()
        .map(|sealed| sealed.bytes.clone())
        .unwrap_or_default();
    let mut suite = first.clone();
    // [ bstr(header) …, and the header begins {0: 1: the suite is its third byte.
    suite.iter_mut().skip(5).take(1).for_each(|byte| *byte = 2);
    samples.push(bad("unknown-suite", suite));
    samples.extend(spoilt("again", first));
    samples.extend(hostile_cbor());
    samples
}

pub(crate) fn keyring(world: &World) -> Vec<Sample> {
    let mut files = world.keyring_files.iter();
    let key_file = files.next().cloned().unwrap_or_default();
    let mut samples = choosing(0, spoilt("key-file", key_file.clone()));
    let passphrase = files.next().cloned().unwrap_or_default();
    samples.extend(choosing(0, vec![good("passphrase", passphrase.clone())]));
    for (name, file) in [("key-file", key_file), ("passphrase", passphrase)] {
        samples.extend(choosing(
            1,
            spoilt(&format!("{name}-locked-part"), locked_part(&file)),
        ));
    }
    // [[0, [[memory, passes, lanes]]], salt, sealed] with more work than any machine has.
    let much = [0x1a, 0xff, 0xff, 0xff, 0xff].repeat(3);
    let head = [
        &[0x83, 0x82, 0x00, 0x81, 0x83][..],
        &much,
        &[0x50],
        &[0; 16],
        &[0x40],
    ]
    .concat();
    samples.extend(choosing(1, vec![bad("asks-for-much-work", head)]));
    samples.extend(choosing(1, hostile_cbor()));
    samples
}

pub(crate) fn backup(world: &World) -> Vec<Sample> {
    let unlock = Unlock::KeyFile([0xa5; 32].into());
    let (head, _) = done(BackupHead::new(&unlock, KdfCost::default(), [3; 16]));
    let mut samples = choosing(0, spoilt("head", head.bytes()));
    let newer = [b"passerelle backup v2\n".as_slice(), &[0; 40]].concat();
    let long = [b"passerelle backup v1\n".as_slice(), &[0xff; 40]].concat();
    let heads = vec![bad("newer-version", newer), bad("long-head", long)];
    samples.extend(choosing(0, heads));
    let manifest = Manifest {
        party: world.rabat.party.clone(),
        time: SAMPLE_TIME,
        journals: vec![JournalSize {
            channel: parsed("ma-be-security"),
            party: world.rabat.party.clone(),
            size: 13,
        }],
    };
    let manifest = manifest.to_bytes();
    samples.extend(choosing(1, vec![good("manifest", manifest.clone())]));
    samples.extend(choosing(1, hostile_cbor()));
    let parts = [
        (PartName::Manifest, manifest.as_slice()),
        (PartName::Config, b"party = \"ma.interior\"\n"),
        (PartName::Keyring, b"keyring"),
        (PartName::Store, b"store"),
    ];
    samples.extend(choosing(2, spoilt("parts", stream(&parts))));
    samples.extend(choosing(2, vec![bad("no-store", stream(&parts[..3]))]));
    samples
}

fn stream(parts: &[(PartName, &[u8])]) -> Vec<u8> {
    let (mut writer, mut out) = (PartsWriter::new(), Vec::new());
    for (name, bytes) in parts {
        let sha256 = Digest::new(Sha256::digest(bytes).into());
        out.extend(writer.head(&PartHead {
            name: *name,
            bytes: bytes.len() as u64,
            sha256,
        }));
        out.extend_from_slice(bytes);
    }
    out.extend(writer.end());
    out
}

pub(crate) fn key_file(world: &World) -> Vec<Sample> {
    let text = format_key_file(&world.key_file);
    let mut samples = spoilt("key", text.as_bytes());
    samples.extend([
        good("upper-case", "A5".repeat(32)),
        good("carriage-returns", text.replace('\n', "\r\n")),
        bad("two-keys", format!("{0}\n{0}\n", "a5".repeat(32))),
        bad("too-long", "# x\n".repeat(300)),
        bad("no-digits", "z".repeat(64)),
        bad("not-ascii", "é".repeat(32)),
    ]);
    samples
}

pub(crate) fn spoken(world: &World) -> Vec<Sample> {
    let fingerprint = world.rabat.card.fingerprint();
    let french = fingerprint.spoken(Spoken::French);
    let mut samples: Vec<_> = Spoken::ALL
        .iter()
        .map(|how| good(how.as_str(), fingerprint.spoken(*how)))
        .collect();
    let arabic = fingerprint.spoken(Spoken::Arabic);
    let mixed: Vec<_> = french
        .split(' ')
        .take(8)
        .chain(arabic.split(' ').skip(8))
        .collect();
    let digits: Vec<char> = fingerprint.spoken(Spoken::Digits).chars().collect();
    let eastern = |c: &char| {
        c.to_digit(10)
            .and_then(|d| char::from_u32(0x660 + d))
            .unwrap_or(*c)
    };
    samples.extend([
        good("shouted", french.to_uppercase().replace(' ', " - ")),
        good(
            "eastern-digits",
            digits.iter().map(eastern).collect::<String>(),
        ),
        bad("mixed", mixed.join(" ")),
        bad("one-slip", french.replacen('e', "", 1)),
        bad("group-too-large", "99999 ".repeat(8)),
        bad("only-marks", "\u{64b}\u{200f} ".repeat(100)),
        bad("too-long", "a ".repeat(600)),
        bad("many-unknown", "x ".repeat(511)),
    ]);
    samples
}

pub(crate) fn chunk(world: &World) -> Vec<Sample> {
    let sealed = &world.file.sealed;
    let mut samples = choosing(1, spoilt("only", [&[0; 8], &sealed[..]].concat()));
    samples.extend(choosing(
        0,
        vec![bad("not-last", [&[0; 8], &sealed[..]].concat())],
    ));
    samples.extend(choosing(
        1,
        vec![bad("moved", [&1_u64.to_be_bytes(), &sealed[..]].concat())],
    ));
    samples.extend(choosing(1, vec![bad("tag-only", [0; 24])]));
    samples
}

pub(crate) fn at_rest(world: &World) -> Vec<Sample> {
    let mut samples = spoilt("small", world.small.clone());
    samples.extend(spoilt("wrapped", world.wrapped.clone()));
    samples.push(bad("nonce-only", [0; 24]));
    samples
}

pub(crate) fn personal(world: &World) -> Vec<Sample> {
    let sample = &world.personal;
    let mut samples = choosing(0, spoilt("locked", sample.locked.clone()));
    samples.extend(choosing(0, hostile_cbor()));
    samples.extend(choosing(
        1,
        vec![bad("packet-only", sample.text.packets.concat())],
    ));
    let text = [sample.text.packets.concat(), sample.text.bytes.clone()].concat();
    samples.extend(choosing(1, spoilt("text", text)));
    samples
}

/// A signed object: what may be wrong with any, and with its frame.
fn signed(name: &str, bytes: &[u8]) -> Vec<Sample> {
    let untagged = bytes.get(1..).unwrap_or_default().to_vec();
    let mut samples = vec![bad("untagged", untagged)];
    // 18([protected, {}, …: something in the header that nobody signs.
    let empty_map = bytes
        .iter()
        .position(|byte| *byte == 0xa0)
        .unwrap_or_default();
    let (before, after) = bytes.split_at(empty_map);
    let after = after.get(1..).unwrap_or_default();
    samples.push(bad(
        "unprotected-header",
        [before, &[0xa1, 0x04, 0x41, 0x01], after].concat(),
    ));
    let mut scalar = bytes.to_vec();
    // The scalar half of an Ed25519 signature, above the group order.
    scalar
        .iter_mut()
        .rev()
        .take(1)
        .for_each(|byte| *byte |= 0xf0);
    samples.push(bad("malleable", scalar));
    samples.extend(spoilt(name, bytes));
    samples.extend(hostile_cbor());
    samples
}

/// The locked part of a keyring file: after the title, `[bstr(locked), bstr(hash)]`.
fn locked_part(file: &[u8]) -> Vec<u8> {
    let title = b"passerelle keyring v1\n".len();
    let frame = file.get(title..).unwrap_or_default();
    let mut decoder = minicbor::Decoder::new(frame);
    let locked = decoder.array().and_then(|_| decoder.bytes());
    locked.map(<[u8]>::to_vec).unwrap_or_default()
}
