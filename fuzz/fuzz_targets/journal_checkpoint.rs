//! Feeds any bytes to the target `journal_checkpoint`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    passerelle_fuzz_replay::run("journal_checkpoint", bytes);
});
