//! Feeds any bytes to the target `journal_misbehaviour`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    passerelle_fuzz_replay::run("journal_misbehaviour", bytes);
});
