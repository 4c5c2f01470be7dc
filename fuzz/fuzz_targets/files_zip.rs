//! Feeds any bytes to the target `files_zip`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    passerelle_fuzz_replay::run("files_zip", bytes);
});
