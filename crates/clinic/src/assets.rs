//! Styles and scripts, built in. Their address holds a hash of what they say, so that a browser keeps them for good.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use sha2::{Digest as _, Sha256};

use crate::problem::Problem;
use crate::routes::{Need, Route};

/// The one style sheet: every part of it, in order.
const STYLE: &str = concat!(
    include_str!("../assets/style/tokens.css"),
    include_str!("../assets/style/base.css"),
    include_str!("../assets/style/shell.css"),
    include_str!("../assets/style/forms.css"),
    include_str!("../assets/style/chart.css"),
    include_str!("../assets/style/treatment.css"),
    include_str!("../assets/style/patient.css"),
    include_str!("../assets/style/pictures.css"),
    include_str!("../assets/style/measure.css"),
    include_str!("../assets/style/visit.css"),
    include_str!("../assets/style/running.css"),
);

/// Name, type and content of every file.
const FILES: &[(&str, &str, &[u8])] = &[
    ("style.css", "text/css; charset=utf-8", STYLE.as_bytes()),
    ("htmx.js", "text/javascript; charset=utf-8", include_bytes!("../assets/htmx.min.js")),
    ("camera.js", "text/javascript; charset=utf-8", include_bytes!("../assets/camera.js")),
    ("compare.js", "text/javascript; charset=utf-8", include_bytes!("../assets/compare.js")),
    #[cfg(feature = "measure")]
    ("scans.mjs", "text/javascript; charset=utf-8", include_bytes!("../assets/scans.min.mjs")),
    ("timer.js", "text/javascript; charset=utf-8", include_bytes!("../assets/timer.js")),
    ("passkey.js", "text/javascript; charset=utf-8", include_bytes!("../assets/passkey.js")),
    ("signature.js", "text/javascript; charset=utf-8", include_bytes!("../assets/signature.js")),
    ("icon.svg", "image/svg+xml", include_bytes!("../assets/icon.svg")),
];

/// The first 16 hexadecimal characters of the hash of each file.
static HASHES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let hash = |content: &[u8]| Sha256::digest(content).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    FILES.iter().map(|(_, _, content)| hash(content)).collect()
});

/// The address of a file.
pub(crate) fn address(name: &str) -> String {
    let at = FILES.iter().position(|(known, ..)| *known == name).unwrap_or_default();
    format!("/assets/{}/{}", HASHES[at], FILES[at].0)
}

pub(crate) fn routes() -> Vec<Route> {
    vec![Route::new("/assets/{hash}/{name}", Need::Anybody, "a style sheet or a script", get(file))]
}

async fn file(Path((hash, name)): Path<(String, String)>) -> Result<Response, Problem> {
    let found = FILES.iter().zip(HASHES.iter()).find(|((known, ..), known_hash)| *known == name && **known_hash == hash);
    let ((_, kind, content), _) = found.ok_or_else(Problem::no_such_page)?;
    Ok(([(CONTENT_TYPE, *kind), (CACHE_CONTROL, "public, max-age=31536000, immutable")], *content).into_response())
}

#[cfg(test)]
mod tests {
    use sha2::{Digest as _, Sha256};

    use super::{FILES, address};

    /// Every bundled file is the one that `VENDOR.md` names.
    #[test]
    fn what_is_bundled_is_what_was_bundled() {
        let told = include_str!("../assets/VENDOR.md");
        for (name, content) in [
            ("htmx.min.js", &include_bytes!("../assets/htmx.min.js")[..]),
            ("scans.min.mjs", include_bytes!("../assets/scans.min.mjs")),
        ] {
            let hash: String = Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect();
            let row = told.lines().find(|line| line.starts_with(&format!("| `{name}`"))).unwrap_or_default();
            assert!(row.contains(&hash), "{name} is {hash}");
        }
    }

    #[test]
    fn a_file_has_an_address_of_its_own() {
        for (name, ..) in FILES {
            assert!(address(name).ends_with(name), "{name}");
        }
    }
}
