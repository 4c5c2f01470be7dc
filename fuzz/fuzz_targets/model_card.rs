//! Feeds any bytes to the target `model_card`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    passerelle_fuzz_replay::run("model_card", bytes);
});
