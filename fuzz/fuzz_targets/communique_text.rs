//! Feeds any bytes to the target `communique_text`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    passerelle_fuzz_replay::run("communique_text", bytes);
});
