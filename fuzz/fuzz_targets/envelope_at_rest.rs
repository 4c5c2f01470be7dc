//! Feeds any bytes to the target `envelope_at_rest`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    passerelle_fuzz_replay::run("envelope_at_rest", bytes);
});
