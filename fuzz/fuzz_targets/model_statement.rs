//! Feeds any bytes to the target `model_statement`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    passerelle_fuzz_replay::run("model_statement", bytes);
});
