//! Feeds any bytes to the target `papers_read`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    passerelle_fuzz_replay::run("papers_read", bytes);
});
