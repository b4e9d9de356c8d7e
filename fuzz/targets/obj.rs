#![no_main]
mod read;

libfuzzer_sys::fuzz_target!(|data: &[u8]| read::scan(&[b"v 0 0 0\nv 50 0 0\nv 0 50 0\n", data].concat()));
