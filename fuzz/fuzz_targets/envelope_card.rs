//! Feeds any bytes to the target `envelope_card`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    passerelle_fuzz_replay::run("envelope_card", bytes);
});
