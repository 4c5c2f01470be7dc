//! Feeds any bytes to the target `model_statements_head`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    passerelle_fuzz_replay::run("model_statements_head", bytes);
});
