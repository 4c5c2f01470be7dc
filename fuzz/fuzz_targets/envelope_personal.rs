//! Feeds any bytes to the target `envelope_personal`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    passerelle_fuzz_replay::run("envelope_personal", bytes);
});
