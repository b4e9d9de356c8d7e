#![no_main]
mod read;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    read::surface(&[b"DIGITAL SURF", data].concat());
    read::surface(&[b"DSCOMPRESSED", data].concat());
});
