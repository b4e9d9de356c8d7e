//! How different two colours look: CIEDE2000 (ISO/CIE 11664-6), with all weights 1.

use super::Lab;

/// 25^7.
const CHROMA_KNEE: f64 = 6_103_515_625.0;

/// The difference of two colours.
#[must_use]
pub fn ciede2000(one: Lab, other: Lab) -> f64 {
    let hypot = |a: f64, b: f64| (a * a + b * b).sqrt();
    let seventh = |chroma: f64| {
        let cubed = chroma * chroma * chroma;
        cubed * cubed * chroma
    };
    let saturation = |chroma: f64| (seventh(chroma) / (seventh(chroma) + CHROMA_KNEE)).sqrt();

    let stretch = 1.0 + 0.5 * (1.0 - saturation(f64::midpoint(hypot(one.a, one.b), hypot(other.a, other.b))));
    let (a1, a2) = (one.a * stretch, other.a * stretch);
    let (c1, c2) = (hypot(a1, one.b), hypot(a2, other.b));
    let (h1, h2) = (hue(a1, one.b), hue(a2, other.b));
    let grey = c1 * c2 == 0.0;

    let turn = match h2 - h1 {
        _ if grey => 0.0,
        turn if turn > 180.0 => turn - 360.0,
        turn if turn < -180.0 => turn + 360.0,
        turn => turn,
    };
    let d_hue = 2.0 * (c1 * c2).sqrt() * libm::sin((turn / 2.0).to_radians());
    let (d_light, d_chroma) = (other.l - one.l, c2 - c1);

    let hue = match h1 + h2 {
        sum if grey => sum,
        sum if (h1 - h2).abs() <= 180.0 => sum / 2.0,
        sum if sum < 360.0 => (sum + 360.0) / 2.0,
        sum => (sum - 360.0) / 2.0,
    };
    let chroma = f64::midpoint(c1, c2);
    let cos = |degrees: f64| libm::cos(degrees.to_radians());
    let t = 1.0 - 0.17 * cos(hue - 30.0) + 0.24 * cos(2.0 * hue) + 0.32 * cos(3.0 * hue + 6.0) - 0.20 * cos(4.0 * hue - 63.0);
    let from_50 = (f64::midpoint(one.l, other.l) - 50.0).powi(2);
    let light = d_light / (1.0 + 0.015 * from_50 / (20.0 + from_50).sqrt());
    let chroma_share = d_chroma / (1.0 + 0.045 * chroma);
    let hue_share = d_hue / (1.0 + 0.015 * chroma * t);
    let blue = libm::exp(-((hue - 275.0) / 25.0).powi(2));
    let rotation = -libm::sin((60.0 * blue).to_radians()) * 2.0 * saturation(chroma);
    (light * light + chroma_share * chroma_share + hue_share * hue_share + rotation * chroma_share * hue_share).max(0.0).sqrt()
}

/// Hue angle in degrees from 0 to 360; 0 for grey.
fn hue(a: f64, b: f64) -> f64 {
    let angle = libm::atan2(b, a).to_degrees();
    if angle < 0.0 { angle + 360.0 } else { angle }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_34_pairs_of_sharma_come_out_to_the_fourth_digit() {
        let table = include_str!("sharma_2005.csv");
        let pairs = table.lines().filter(|line| !line.starts_with('#'));
        let mut count = 0;
        for line in pairs {
            let values: Vec<f64> = line.split(',').map(|value| value.trim().parse().unwrap()).collect();
            let [l1, a1, b1, l2, a2, b2, known] = values[..] else { panic!("{line}") };
            let (one, other) = (Lab { l: l1, a: a1, b: b1 }, Lab { l: l2, a: a2, b: b2 });
            for found in [ciede2000(one, other), ciede2000(other, one)] {
                assert!((found - known).abs() < 5e-5 + 1e-9, "{line}: {found}");
            }
            count += 1;
        }
        assert_eq!(count, 34);
    }
}
