//! Feeds any bytes to the target `matching_buckets`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    passerelle_fuzz_replay::run("matching_buckets", bytes);
});
