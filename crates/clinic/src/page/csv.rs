//! A table as a file for a spreadsheet (RFC 4180).

use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

/// Rows, the first of them with the names of the columns, as a file to save under a name.
pub(crate) fn csv(name: &str, rows: &[Vec<String>]) -> Response {
    let lines: Vec<String> = rows.iter().map(|row| row.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(",")).collect();
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""));
    let disposition = disposition.unwrap_or_else(|_| HeaderValue::from_static("attachment"));
    let kind = HeaderValue::from_static("text/csv; charset=utf-8");
    ([(CONTENT_TYPE, kind), (CONTENT_DISPOSITION, disposition)], lines.join("\r\n") + "\r\n").into_response()
}

/// A cell. What a spreadsheet would compute is kept a text by the apostrophe that it leaves out when it shows it.
fn quoted(cell: &str) -> String {
    let computed = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    format!("\"{}{}\"", if computed { "'" } else { "" }, cell.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_cell_is_a_text_and_nothing_else() {
        assert_eq!(quoted("Ada \"A\", Dr"), "\"Ada \"\"A\"\", Dr\"");
        assert_eq!(quoted("=HYPERLINK(1)"), "\"'=HYPERLINK(1)\"");
    }
}
