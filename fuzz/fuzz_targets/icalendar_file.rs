//! Feeds any bytes to the target `icalendar_file`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    passerelle_fuzz_replay::run("icalendar_file", bytes);
});
