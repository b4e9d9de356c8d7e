//! How a consent was signed: a name that was typed, and a hand that drew.

use serde::{Deserialize, Serialize};

/// How a consent was signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// The name that was typed.
    pub name: String,
    /// The signature drawn by hand, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drawn: Option<Drawn>,
}

/// A signature drawn by hand on a [sheet](Drawn::SHEET): the path of an SVG picture, of straight lines alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Drawn(String);

/// A text that is no drawn signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is no signature: a path of moves and straight lines is expected, as `M12 30L14 33`")]
pub struct NotDrawn;

impl Drawn {
    /// Width and height of the sheet.
    pub const SHEET: (f32, f32) = (600.0, 180.0);
    /// Most signs of a path.
    pub const SIGNS_MAX: usize = 16_000;

    /// The path.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.0
    }

    /// The points of each stroke, from the upper left corner of the sheet.
    #[must_use]
    pub fn strokes(&self) -> Vec<Vec<(f32, f32)>> {
        strokes(&self.0).unwrap_or_default()
    }
}

/// `M12 30L14 33M40 30L41 30`: each stroke begins with `M`, each further point with `L`.
fn strokes(path: &str) -> Option<Vec<Vec<(f32, f32)>>> {
    let number = |text: &str| text.parse::<f32>().ok().filter(|number| number.is_finite());
    let point = |text: &str| text.split_once(' ').and_then(|(x, y)| Some((number(x)?, number(y)?)));
    path.strip_prefix('M')?.split('M').map(|stroke| stroke.split('L').map(point).collect()).collect()
}

impl TryFrom<String> for Drawn {
    type Error = NotDrawn;

    fn try_from(path: String) -> Result<Self, NotDrawn> {
        let plain = path.bytes().all(|sign| matches!(sign, b'M' | b'L' | b' ' | b'-' | b'.' | b'0'..=b'9'));
        if plain && path.len() <= Self::SIGNS_MAX && strokes(&path).is_some() { Ok(Self(path)) } else { Err(NotDrawn) }
    }
}

impl From<Drawn> for String {
    fn from(drawn: Drawn) -> Self {
        drawn.0
    }
}

#[cfg(test)]
mod tests {
    use super::{Drawn, NotDrawn};

    #[test]
    fn a_drawn_signature_is_strokes_and_nothing_else() {
        let drawn = Drawn::try_from("M12 30L14 33L20.5 -1M7 8".to_owned()).unwrap();
        assert_eq!(drawn.strokes(), [vec![(12.0, 30.0), (14.0, 33.0), (20.5, -1.0)], vec![(7.0, 8.0)]]);
        for other in ["", "<script>", "M1 2\"/><x", "12 30", "Z", "M", "M1", "M1 2L", "M1 2 3", "Minf 2", "M1e9 2"] {
            assert_eq!(Drawn::try_from(other.to_owned()), Err(NotDrawn), "{other}");
        }
        assert_eq!(Drawn::try_from(format!("M1 2{}", "L1 2".repeat(4_000))), Err(NotDrawn));
    }
}
