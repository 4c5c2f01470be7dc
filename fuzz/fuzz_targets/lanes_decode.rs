//! Feeds any bytes to the target `lanes_decode`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    passerelle_fuzz_replay::run("lanes_decode", bytes);
});
