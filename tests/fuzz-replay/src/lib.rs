//! What must hold for any bytes, one function for each parser of foreign bytes.
//!
//! **In scope**: the functions that `fuzz/fuzz_targets/` feeds with new bytes and that the tests
//! of this package feed with every file of `fuzz/corpus/`; the seeded samples from which those
//! files start. **Out of scope**: what a parser must accept or refuse in detail; the unit tests of
//! its crate say that.
//!
//! A target takes any bytes and never panics by itself: what panics is either the parser or an
//! assertion here. Four things are asserted.
//!
//! - What was read is written as the same bytes, where the format has one form for each value.
//! - What was verified is what the samples' keys really signed. No key leaves this package, so
//!   anything else that verifies is a forgery.
//! - An honest journal is never shown to have misbehaved.
//! - What is said about what was refused is short and fit for a terminal.

mod communique;
mod envelope;
mod exchange;
mod files;
mod group;
mod iati;
mod icalendar;
mod journal;
mod lanes;
mod matching;
mod model;
mod names;
mod papers;
mod register;
pub mod samples;
mod tables;

use std::fmt::Display;

use samples::{Sample, World};

/// Longest message about what was refused, in bytes.
const MAX_REFUSAL_BYTES: usize = 4096;

/// One target.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// Its name: the crate, `_`, and what is read. Files and folders are named after it.
    pub name: &'static str,
    /// Takes any bytes; whether they were read, and verified where the target verifies.
    pub run: fn(&[u8]) -> bool,
    /// Files to start from.
    pub samples: fn(&World) -> Vec<Sample>,
}

/// All targets, sorted by name.
pub const TARGETS: &[Target] = &[
    target(
        "communique_text",
        communique::text,
        samples::communique::text,
    ),
    target(
        "envelope_agreement",
        envelope::agreement,
        samples::envelope::agreement,
    ),
    target(
        "envelope_at_rest",
        envelope::at_rest,
        samples::envelope::at_rest,
    ),
    target(
        "envelope_backup",
        envelope::backup,
        samples::envelope::backup,
    ),
    target("envelope_card", envelope::card, samples::envelope::card),
    target("envelope_chunk", envelope::chunk, samples::envelope::chunk),
    target(
        "envelope_key_file",
        envelope::key_file,
        samples::envelope::key_file,
    ),
    target(
        "envelope_keyring",
        envelope::keyring,
        samples::envelope::keyring,
    ),
    target("envelope_open", envelope::open, samples::envelope::open),
    target(
        "envelope_personal",
        envelope::personal,
        samples::envelope::personal,
    ),
    target(
        "envelope_policy",
        envelope::policy,
        samples::envelope::policy,
    ),
    target(
        "envelope_record",
        envelope::record,
        samples::envelope::record,
    ),
    target(
        "envelope_spoken",
        envelope::spoken,
        samples::envelope::spoken,
    ),
    target(
        "envelope_statements",
        envelope::statements,
        samples::envelope::statements,
    ),
    target("exchange_batch", exchange::batch, samples::exchange::batch),
    target(
        "exchange_bundles",
        exchange::bundles,
        samples::exchange::bundles,
    ),
    target("exchange_chunk", exchange::chunk, samples::exchange::chunk),
    target(
        "exchange_cosigned",
        exchange::cosigned,
        samples::exchange::cosigned,
    ),
    target(
        "exchange_courier",
        exchange::courier,
        samples::exchange::courier,
    ),
    target(
        "exchange_entries",
        exchange::entries,
        samples::exchange::entries,
    ),
    target("exchange_hello", exchange::hello, samples::exchange::hello),
    target(
        "exchange_package",
        register::audit,
        samples::register::audit,
    ),
    target(
        "exchange_receipt",
        exchange::receipt,
        samples::exchange::receipt,
    ),
    target(
        "exchange_recovery",
        exchange::recovery,
        samples::exchange::recovery,
    ),
    target("exchange_register", register::turn, samples::register::turn),
    target("exchange_small", exchange::small, samples::exchange::small),
    target("files_zip", files::zip, samples::files::zip),
    target("group_event", group::event, samples::group::event),
    target(
        "iati_activities",
        iati::activities,
        samples::iati::activities,
    ),
    target("iati_tables", iati::tables, samples::iati::tables),
    target("icalendar_file", icalendar::file, samples::icalendar::file),
    target(
        "journal_checkpoint",
        journal::checkpoint,
        samples::journal::checkpoint,
    ),
    target(
        "journal_cosignature",
        journal::cosignature,
        samples::journal::cosignature,
    ),
    target(
        "journal_frontier",
        journal::frontier,
        samples::journal::frontier,
    ),
    target("journal_key", journal::key, samples::journal::key),
    target("journal_merkle", journal::merkle, samples::journal::merkle),
    target(
        "journal_misbehaviour",
        journal::misbehaviour,
        samples::journal::misbehaviour,
    ),
    target("journal_note", journal::note, samples::journal::note),
    target("journal_proof", journal::proof, samples::journal::proof),
    target("journal_tile", journal::tile, samples::journal::tile),
    target("lanes_decode", lanes::decode, samples::lanes::decode),
    target(
        "matching_answer",
        matching::answer,
        samples::matching::answer,
    ),
    target(
        "matching_buckets",
        matching::buckets,
        samples::matching::buckets,
    ),
    target("matching_fetch", matching::fetch, samples::matching::fetch),
    target(
        "matching_identifier",
        matching::identifier,
        samples::matching::identifier,
    ),
    target("matching_index", matching::index, samples::matching::index),
    target(
        "matching_manifest",
        matching::manifest,
        samples::matching::manifest,
    ),
    target("matching_order", matching::order, samples::matching::order),
    target(
        "matching_padding",
        matching::padding,
        samples::matching::padding,
    ),
    target(
        "matching_pending",
        matching::pending,
        samples::matching::pending,
    ),
    target(
        "matching_probes",
        matching::probes,
        samples::matching::probes,
    ),
    target(
        "model_agreement",
        model::agreement,
        samples::model::agreement,
    ),
    target("model_card", model::card, samples::model::card),
    target("model_json", model::json, samples::model::json),
    target("model_record", model::record, samples::model::record),
    target(
        "model_statement",
        model::statement,
        samples::model::statement,
    ),
    target(
        "model_statement_batch",
        model::statement_batch,
        samples::model::statement_batch,
    ),
    target(
        "model_statements_head",
        model::statements_head,
        samples::model::statements_head,
    ),
    target("model_text", model::text, samples::model::text),
    target("model_value", model::value, samples::model::value),
    target("names_name", names::name, samples::names::name),
    target("names_pair", names::pair, samples::names::pair),
    target("papers_read", papers::read, samples::papers::read),
    target("tables_csv", tables::csv, samples::tables::csv),
    target("tables_text", tables::text, samples::tables::text),
];

/// The target of that name.
pub fn find(name: &str) -> Option<&'static Target> {
    TARGETS.iter().find(|target| target.name == name)
}

/// Feeds `bytes` to the target `name`; whether it took them.
///
/// # Panics
/// The target found something, or there is none of that name.
pub fn run(name: &str, bytes: &[u8]) -> bool {
    let found = find(name);
    assert!(found.is_some(), "no target is named {name}");
    found.is_some_and(|target| (target.run)(bytes))
}

const fn target(
    name: &'static str,
    run: fn(&[u8]) -> bool,
    samples: fn(&World) -> Vec<Sample>,
) -> Target {
    Target { name, run, samples }
}

/// What was read of `bytes`, after `write` has given the same bytes again.
fn one_form<T, E: Display>(
    bytes: &[u8],
    read: Result<T, E>,
    write: impl FnOnce(&T) -> Vec<u8>,
) -> Option<T> {
    let value = taken(read)?;
    assert!(write(&value) == bytes, "read, but written as other bytes");
    Some(value)
}

/// What was not refused. A refusal is shown to people, on terminals too, and kept in logs: it is
/// short, and nothing in it moves the cursor or turns the line.
fn taken<T, E: Display>(outcome: Result<T, E>) -> Option<T> {
    let refusal = match outcome {
        Ok(value) => return Some(value),
        Err(refusal) => refusal.to_string(),
    };
    assert!(
        refusal.len() <= MAX_REFUSAL_BYTES,
        "the refusal repeats the input"
    );
    let moves = |c: char| c.is_control() && c != '\n';
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    assert!(
        !refusal.contains(|c| moves(c) || turns(c)),
        "a refusal to be shown: {refusal:?}"
    );
    None
}

/// As [`one_form`], for text.
fn one_text<T: ToString, E: Display>(
    bytes: &[u8],
    read: impl FnOnce(&str) -> Result<T, E>,
) -> Option<T> {
    let text = std::str::from_utf8(bytes).ok()?;
    one_form(bytes, read(text), |value| value.to_string().into_bytes())
}

/// The first byte, which chooses among the parsers of one target, and the rest.
fn chosen(bytes: &[u8]) -> Option<(u8, &[u8])> {
    bytes.split_first().map(|(first, rest)| (*first, rest))
}
