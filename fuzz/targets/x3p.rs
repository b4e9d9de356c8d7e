#![no_main]
mod read;

use std::io::{Cursor, Write as _};

use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

// the description up to the first 0, the points after it
libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let end = data.iter().position(|byte| *byte == 0).unwrap_or(data.len());
    let (xml, points) = data.split_at(end);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, part) in [("main.xml", xml), ("bindata/data.bin", points)] {
        archive.start_file(name, stored).expect("a file in memory");
        archive.write_all(part).expect("memory");
    }
    read::surface(archive.finish().expect("memory").get_ref());
    read::surface(&[b"PK\x03\x04", data].concat());
});
