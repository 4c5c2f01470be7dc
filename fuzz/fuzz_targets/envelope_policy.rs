//! Feeds any bytes to the target `envelope_policy`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    passerelle_fuzz_replay::run("envelope_policy", bytes);
});
