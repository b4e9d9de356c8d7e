//! The frame of every page, and the parts that several pages share.

mod banner;
pub(crate) mod cited;
mod csv;
mod frame;
mod prose;
mod qr;
mod shell;

pub(crate) use banner::patient_banner;
pub(crate) use csv::csv;
pub(crate) use frame::Frame;
pub(crate) use prose::prose;
pub(crate) use qr::qr;
pub(crate) use shell::{Area, Page, whole};

/// A text as part of an address.
pub(crate) fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => out.push(char::from(byte)),
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// Where a page leads on to after it was asked for in `next`: only ever a page of this program.
pub(crate) fn onward(next: &str) -> &str {
    let of_here = next.starts_with('/') && !next.starts_with("//") && !next.contains('\\') && !next.bytes().any(|byte| byte < 32);
    if of_here { next } else { "/worklist" }
}

#[cfg(test)]
mod tests {
    use super::{encoded, onward};

    #[test]
    fn nobody_is_sent_to_another_site() {
        assert_eq!(onward("/charts/1?x=2"), "/charts/1?x=2");
        for elsewhere in ["https://evil.example", "//evil.example", "/\\evil.example", "", "/a\r\nSet-Cookie: x"] {
            assert_eq!(onward(elsewhere), "/worklist");
        }
    }

    #[test]
    fn a_query_inside_a_query_stays_whole() {
        assert_eq!(encoded("/charts?a=b&c"), "/charts%3Fa%3Db%26c");
    }
}
