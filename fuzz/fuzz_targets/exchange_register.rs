//! Feeds any bytes to the target `exchange_register`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    passerelle_fuzz_replay::run("exchange_register", bytes);
});
