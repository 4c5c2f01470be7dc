//! Feeds any bytes to the target `tables_csv`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    passerelle_fuzz_replay::run("tables_csv", bytes);
});
