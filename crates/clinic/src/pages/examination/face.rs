//! The face as a map: each zone with the scars counted in it, and a way to its row.

use maud::{Markup, html};
use resurface_care::grading::Grading;
use resurface_words::Words;

use super::zones::zone_words;

/// A zone on the map: its outline, and where its count stands. The patient's right is on the left of the map.
struct Place {
    zone: &'static str,
    outline: &'static str,
    count_at: (u16, u16),
}

const PLACES: [Place; 13] = [
    Place { zone: "neck", outline: "M70 218 Q100 232 130 218 L134 262 L66 262 Z", count_at: (100, 250) },
    Place {
        zone: "jaw",
        outline: "M42 132 C46 182 74 220 100 222 C126 220 154 182 158 132 L147 140 C142 176 124 206 100 208 C76 206 58 176 53 140 Z",
        count_at: (100, 219),
    },
    Place {
        zone: "forehead",
        outline: "M52 66 C56 34 78 22 100 22 C122 22 144 34 148 66 Q132 58 113 62 L112 54 L88 54 L87 62 Q68 58 52 66 Z",
        count_at: (100, 44),
    },
    Place { zone: "glabella", outline: "M89 56 L111 56 L109 86 L91 86 Z", count_at: (100, 76) },
    Place { zone: "temple_right", outline: "M50 68 Q58 64 66 64 L60 92 L43 106 C40 92 43 78 50 68 Z", count_at: (53, 88) },
    Place {
        zone: "temple_left",
        outline: "M150 68 Q142 64 134 64 L140 92 L157 106 C160 92 157 78 150 68 Z",
        count_at: (147, 88),
    },
    Place { zone: "nose", outline: "M92 88 L108 88 L115 126 Q114 134 100 135 Q86 134 85 126 Z", count_at: (100, 117) },
    Place { zone: "malar_right", outline: "M43 110 L60 98 Q74 106 88 104 L83 128 L60 132 L45 126 Z", count_at: (65, 119) },
    Place { zone: "malar_left", outline: "M157 110 L140 98 Q126 106 112 104 L117 128 L140 132 L155 126 Z", count_at: (135, 119) },
    Place {
        zone: "cheek_right",
        outline: "M52 132 L60 135 L82 131 Q74 144 76 160 L74 192 C62 178 54 156 52 132 Z",
        count_at: (66, 156),
    },
    Place {
        zone: "cheek_left",
        outline: "M148 132 L140 135 L118 131 Q126 144 124 160 L126 192 C138 178 146 156 148 132 Z",
        count_at: (134, 156),
    },
    Place { zone: "upper_lip", outline: "M86 137 Q100 140 114 137 L121 152 Q100 144 79 152 Z", count_at: (100, 147) },
    Place { zone: "chin", outline: "M80 172 Q100 182 120 172 L123 195 Q100 210 77 195 Z", count_at: (100, 194) },
];

/// The map. It says nothing that the table of zones does not say.
pub(super) fn map(words: &Words, grading: Option<&Grading>) -> Markup {
    html! {
        figure.face {
            svg viewBox="30 14 140 252" role="group" aria-label=(words.text("examination-map")) {
                path.head d="M38 110 C36 50 62 16 100 16 C138 16 164 50 162 110 C162 178 128 226 100 226 C72 226 38 178 38 110 Z" {}
                @for place in &PLACES { (zone(words, place, count(grading, place.zone))) }
                ellipse.feature cx="76" cy="84" rx="13" ry="6" {}
                ellipse.feature cx="124" cy="84" rx="13" ry="6" {}
                path.feature d="M80 160 Q100 150 120 160 Q100 174 80 160 Z" {}
            }
            figcaption { (words.text("examination-map-sides")) }
        }
    }
}

fn zone(words: &Words, place: &Place, count: u32) -> Markup {
    let (x, y) = place.count_at;
    let shade = match count {
        0 => "none",
        1..=9 => "few",
        10..=19 => "some",
        _ => "many",
    };
    let told = [("zone", zone_words(words, place.zone).into()), ("count", u64::from(count).to_string().into())];
    html! {
        a.zone.(shade) href={ "#zone-" (place.zone) } aria-label=(words.with("examination-map-zone", told)) {
            path d=(place.outline) {}
            @if count > 0 { text x=(x) y=(y) text-anchor="middle" font-size="9" aria-hidden="true" { (count) } }
        }
    }
}

fn count(grading: Option<&Grading>, zone: &str) -> u32 {
    let zones = grading.map_or(&[][..], |grading| &grading.zones);
    zones.iter().filter(|graded| graded.zone == zone).map(|graded| graded.atrophic.total()).sum()
}
