//! Files for the words and documents.

use passerelle_model::StableCode;
use passerelle_model::codec::to_canonical;
use passerelle_model::{CardContent, Names, Record, Said, Statement, StatementBatch};

use super::{Sample, World, any, bad, choosing, good, hostile_cbor, object, spoilt};

pub(crate) fn record(world: &World) -> Vec<Sample> {
    let [short, full, recall] = ["notice", "request", "recall"];
    let bytes = |at: usize| {
        world
            .records
            .get(at)
            .map(Record::to_bytes)
            .unwrap_or_default()
    };
    let mut samples = object(short, bytes(0));
    samples.extend(spoilt(full, bytes(1)));
    samples.push(good(recall, bytes(2)));
    let broken = |change: fn(&mut Record)| {
        let mut record = world.records.get(1).cloned();
        record.iter_mut().for_each(change);
        record.map(|record| record.to_bytes()).unwrap_or_default()
    };
    samples.extend([
        bad("recipients-twice", broken(|r| r.to.extend(r.to.clone()))),
        bad("request-without-urgency", broken(|r| r.urgency = None)),
        bad(
            "attachment-too-long",
            broken(|r| r.attachments.iter_mut().for_each(|a| a.bytes = u64::MAX)),
        ),
        bad(
            "data-deep",
            broken(|r| r.data.iter_mut().for_each(|d| d.json = "[".repeat(200))),
        ),
        bad(
            "data-open-string",
            broken(|r| r.data.iter_mut().for_each(|d| d.json = "\"\\".into())),
        ),
    ]);
    samples
}

pub(crate) fn statement(world: &World) -> Vec<Sample> {
    let first = world.batch.statements.first();
    let mut samples = object(
        "files-complete",
        first.map(Statement::to_bytes).unwrap_or_default(),
    );
    let kinds = [
        ("accepted", Said::Accepted),
        (
            "refused",
            Said::Refused {
                code: StableCode::of("E_PURPOSE"),
            },
        ),
        ("read", Said::Read),
        ("erased", Said::Erased),
        (
            "erasure-refused",
            Said::ErasureRefused {
                code: StableCode::of("E_KEPT"),
            },
        ),
        (
            "use-reported",
            Said::UseReported {
                code: StableCode::of("E_USE_CAPITAL_CHARGE"),
            },
        ),
    ];
    for (name, said) in kinds {
        let statement = first
            .cloned()
            .map(|statement| Statement { said, ..statement });
        samples.push(good(
            name,
            statement.map(|s| s.to_bytes()).unwrap_or_default(),
        ));
    }
    samples
}

pub(crate) fn statement_batch(world: &World) -> Vec<Sample> {
    let mut samples = object("batch", world.batch.to_bytes());
    let empty = StatementBatch {
        statements: vec![],
        ..world.batch.clone()
    };
    samples.push(bad("without-statements", empty.to_bytes()));
    samples
}

pub(crate) fn statements_head(world: &World) -> Vec<Sample> {
    let cards = world.cards();
    let heads = world.signed_heads.iter();
    let read = heads.filter_map(|head| passerelle_envelope::verify_statements(head, &cards).ok());
    let bytes: Vec<_> = read.map(|read| read.head().to_bytes()).collect();
    object("head", bytes.first().cloned().unwrap_or_default())
}

pub(crate) fn card(world: &World) -> Vec<Sample> {
    let content = world.rabat.card.content();
    let mut samples = object("card", content.to_bytes());
    let broken = |change: fn(&mut CardContent)| {
        let mut content = content.clone();
        change(&mut content);
        content.to_bytes()
    };
    samples.extend([
        good("without-address", broken(|card| card.address = None)),
        bad("without-units", broken(|card| card.units.clear())),
        bad("units-unsorted", broken(|card| card.units.reverse())),
        bad(
            "three-tls-keys",
            broken(|card| card.tls_keys = vec![card.root; 3]),
        ),
        bad("expires-at-once", broken(|card| card.expires = card.issued)),
        bad("number-zero", broken(|card| card.number = 0)),
    ]);
    samples
}

pub(crate) fn agreement(world: &World) -> Vec<Sample> {
    let text = world.agreement.text();
    let mut samples = spoilt("agreement", text);
    let changed = |from: &str, to: &str| text.replacen(from, to, 1);
    samples.extend([
        bad("carriage-returns", text.replace('\n', "\r\n")),
        bad("unknown-field", changed("revision = 1", "revison = 1")),
        bad("decomposed", changed("é", "e\u{301}")),
        bad(
            "undefined-basis",
            changed("bases = [\"convention-2014\"]", "bases = [\"other\"]"),
        ),
        bad(
            "number-beyond-64-bits",
            changed("= 365", "= 99999999999999999999"),
        ),
        bad("negative", changed("= 365", "= -365")),
        bad("dotted-keys-deep", vec!["a"; 300].join(".") + " = 1"),
        bad(
            "dotted-header-deep",
            format!("[{}]", vec!["a"; 300].join(".")),
        ),
        bad("arrays-deep", format!("id = {}", "[".repeat(300))),
        bad("inline-tables-deep", format!("id = {}", "{a=".repeat(300))),
        bad("date-of-no-month", changed("2022-06-01", "2022-13-01")),
        good(
            "open-ended",
            changed("in_force_until = \"2032-05-31\"\n", ""),
        ),
    ]);
    samples
}

pub(crate) fn value(world: &World) -> Vec<Sample> {
    let record = world.records.get(1);
    let mut samples = Vec::new();
    let mut add = |choice: u8, name: &str, bytes: Option<Vec<u8>>| {
        samples.extend(choosing(
            choice,
            vec![good(name, bytes.unwrap_or_default())],
        ));
    };
    add(0, "time", record.map(|r| to_canonical(&r.time)));
    add(1, "day", record.map(|r| to_canonical(&r.review)));
    add(
        2,
        "names",
        Some(to_canonical::<Names>(&world.agreement.terms().title)),
    );
    add(
        3,
        "recipient",
        record.and_then(|r| r.to.first().map(to_canonical)),
    );
    add(4, "markings", record.map(|r| to_canonical(&r.markings)));
    add(5, "evaluation", record.map(|r| to_canonical(&r.evaluation)));
    add(6, "digest", record.map(|r| to_canonical(&r.agreement)));
    add(7, "author", record.map(|r| to_canonical(&r.author)));
    add(
        8,
        "reference",
        record.and_then(|r| r.references.first().map(to_canonical)),
    );
    add(
        9,
        "attachment",
        record.and_then(|r| r.attachments.first().map(to_canonical)),
    );
    add(
        10,
        "data",
        record.and_then(|r| r.data.as_ref().map(to_canonical)),
    );
    add(
        11,
        "sealing-key",
        world
            .rabat
            .card
            .content()
            .units
            .first()
            .map(|u| to_canonical(&u.key)),
    );
    let names = [
        0xa2, 0x62, b'f', b'r', 0x61, b'a', 0x62, b'f', b'r', 0x61, b'b',
    ];
    samples.extend(choosing(2, vec![bad("names-twice", names)]));
    let late = [0x1b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
    samples.extend(choosing(0, vec![bad("time-after-9999", late)]));
    samples.extend(choosing(4, hostile_cbor()));
    samples
}

pub(crate) fn text(_: &World) -> Vec<Sample> {
    let hex = "AB".repeat(32);
    let texts: [(u8, &str, &str); 24] = [
        (0, "party", "ma.interior"),
        (1, "unit", "liaison"),
        (3, "code", "convention-2014"),
        (4, "officer", "o-17"),
        (5, "name", "وزارة الداخلية"),
        (5, "bad-name-reversed", "a\u{202e}b"),
        (6, "subject", "Véhicule signalé"),
        (6, "bad-subject-decomposed", "Ve\u{301}hicule"),
        (7, "markdown", "# Titre\n\n\tligne\n"),
        (7, "bad-markdown-escape", "a\u{1b}[2J"),
        (8, "file-name", "plan.pdf"),
        (8, "bad-file-name-path", "..\\x"),
        (9, "media-type", "image/svg+xml"),
        (10, "country", "MA"),
        (11, "address", "[::1]:8601"),
        (11, "address-signed-port", "host:+80"),
        (12, "day", "2024-02-29"),
        (12, "bad-day", "2023-02-29"),
        (13, "recipient", "be.interior/liaison"),
        (15, "tlp", "amber+strict"),
        (17, "evaluation", "b3"),
        (18, "time", "2024-04-15T20:00:00.123Z"),
        (18, "time-with-offset", "2024-04-15T20:00:00+01:00"),
        (19, "digest-upper-case", &hex),
    ];
    texts
        .into_iter()
        .flat_map(|(choice, name, text)| named(choice, name, text))
        .collect()
}

pub(crate) fn json(world: &World) -> Vec<Sample> {
    let record = serde_json::to_value(world.records.get(1)).unwrap_or_default();
    let part = |pointer: &str| {
        record
            .pointer(pointer)
            .map(ToString::to_string)
            .unwrap_or_default()
    };
    let terms = serde_json::to_string(world.agreement.terms()).unwrap_or_default();
    let all: [(u8, &str, String); 14] = [
        (0, "terms", terms),
        (1, "markings", part("/markings")),
        (2, "author", part("/author")),
        (3, "reference", part("/references/0")),
        (4, "recipient", part("/to/0")),
        (5, "attachment", part("/attachments/0")),
        (6, "data", part("/data")),
        (7, "names", r#"{"fr":"Maroc","ar":"المغرب"}"#.into()),
        (8, "time", part("/time")),
        (9, "day", part("/review")),
        (10, "digest", part("/agreement")),
        (11, "evaluation", part("/evaluation")),
        (12, "markdown", r#""a\nb\u0301""#.into()),
        (13, "bad-deep", "[".repeat(200)),
    ];
    let mut samples = choosing(7, vec![any("names-twice", r#"{"fr":"a","fr":"b"}"#)]);
    samples.extend(
        all.into_iter()
            .flat_map(|(choice, name, text)| named(choice, name, &text)),
    );
    samples
}

/// Refused where its name says so.
fn named(choice: u8, name: &str, text: &str) -> Vec<Sample> {
    let sample = name
        .strip_prefix("bad-")
        .map_or_else(|| good(name, text), |name| bad(name, text));
    choosing(choice, vec![sample])
}
