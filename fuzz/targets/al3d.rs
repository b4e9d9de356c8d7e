#![no_main]
mod read;

libfuzzer_sys::fuzz_target!(|data: &[u8]| read::surface(&[b"AliconaImaging\0", data].concat()));
