//! Feeds any bytes to the target `iati_activities`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    passerelle_fuzz_replay::run("iati_activities", bytes);
});
