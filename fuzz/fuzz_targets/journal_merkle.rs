//! Feeds any bytes to the target `journal_merkle`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    passerelle_fuzz_replay::run("journal_merkle", bytes);
});
