//! A text as a code that a telephone reads, drawn as SVG.

use maud::{Markup, html};
use qrcode::{Color, EcLevel, QrCode};

/// Free room around the code, in its own squares, as the standard asks for.
const QUIET: usize = 4;

/// The code of a text; nothing where it is too long for one.
pub(crate) fn qr(text: &str, label: &str) -> Markup {
    let Ok(code) = QrCode::with_error_correction_level(text, EcLevel::M) else { return html! {} };
    let width = code.width();
    let side = width + 2 * QUIET;
    let dark = code.to_colors().into_iter().enumerate().filter(|(_, colour)| *colour == Color::Dark);
    let squares: String = dark.map(|(at, _)| format!("M{} {}h1v1h-1z", at % width + QUIET, at / width + QUIET)).collect();
    html! {
        svg.qr xmlns="http://www.w3.org/2000/svg" viewBox={ "0 0 " (side) " " (side) } role="img" aria-label=(label) shape-rendering="crispEdges" {
            rect width=(side) height=(side) fill="#fff" {}
            path d=(squares) fill="#000" {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::qr;

    #[test]
    fn a_code_has_its_three_corners_and_its_quiet_room() {
        let drawn = qr("https://clinic.example/l/plan/1/2", "code").into_string();
        assert!(drawn.contains("M4 4h1v1h-1z"), "the first corner begins after four free squares");
        assert!(!drawn.contains("M3 ") && !drawn.contains("M0 "), "nothing is drawn into the free room");
        assert!(qr(&"x".repeat(10_000), "code").into_string().is_empty(), "too long for a code");
    }
}
