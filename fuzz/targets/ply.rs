#![no_main]
mod read;

libfuzzer_sys::fuzz_target!(|data: &[u8]| read::scan(&[b"ply\n", data].concat()));
