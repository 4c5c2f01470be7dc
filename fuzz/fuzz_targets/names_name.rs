//! Feeds any bytes to the target `names_name`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    passerelle_fuzz_replay::run("names_name", bytes);
});
