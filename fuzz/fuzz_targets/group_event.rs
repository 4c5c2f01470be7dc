//! Feeds any bytes to the target `group_event`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    passerelle_fuzz_replay::run("group_event", bytes);
});
