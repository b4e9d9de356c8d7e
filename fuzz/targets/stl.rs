#![no_main]
mod read;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    read::scan(&[b"solid\n", data, b"\nendsolid"].concat());
    let count = (data.len() as u32 / 50).to_le_bytes();
    read::scan(&[&[0; 80], &count[..], &data[..data.len() / 50 * 50]].concat());
});
