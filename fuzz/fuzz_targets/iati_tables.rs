//! Feeds any bytes to the target `iati_tables`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    passerelle_fuzz_replay::run("iati_tables", bytes);
});
