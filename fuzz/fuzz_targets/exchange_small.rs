//! Feeds any bytes to the target `exchange_small`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    passerelle_fuzz_replay::run("exchange_small", bytes);
});
