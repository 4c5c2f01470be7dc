//! Feeds any bytes to the target `journal_frontier`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    passerelle_fuzz_replay::run("journal_frontier", bytes);
});
