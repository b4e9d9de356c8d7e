#![no_main]
mod read;

// the description up to the first 0, the binary part after it
libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let end = data.iter().position(|byte| *byte == 0).unwrap_or(data.len());
    let (json, binary) = data.split_at(end);
    let word = |number: usize| (number as u32).to_le_bytes();
    let file = word(28 + data.len());
    let header = [b"glTF\x02\0\0\0", &file[..]].concat();
    read::scan(&[&header, &word(json.len())[..], b"JSON", json, &word(binary.len()), b"BIN\0", binary].concat());
});
