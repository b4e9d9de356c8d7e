//! The marks of a figure, as [`resurface_figure`] places them.

use krilla::geom::{PathBuilder, Transform};
use krilla::surface::Surface;
use resurface_figure::{Anchor, Colour, Mark, Place, Stroke, Type};

use super::marks::{line, rectangle, shape, stroke, text, trace};
use crate::fonts::Fonts;

/// A quarter of a circle as one curve: how far its handles reach, in parts of the radius.
const QUARTER: f32 = 0.552_285;

/// Draws one mark, in the units of its sheet.
pub(super) fn draw(surface: &mut Surface<'_>, mark: &Mark, fonts: &Fonts) {
    match mark {
        Mark::Line { from, to, stroke } => line(surface, &[on(*from), on(*to)], edge(*stroke)),
        Mark::Polyline { points, stroke } => {
            let points: Vec<_> = points.iter().copied().map(on).collect();
            line(surface, &points, edge(*stroke));
        }
        Mark::Rect { corner, size, fill, stroke } => {
            shape(surface, rectangle(on(*corner), on(*size)), Some(*fill), stroke.map(edge));
        }
        Mark::Circle { centre, radius, fill, stroke } => circle(surface, on(*centre), *radius as f32, *fill, *stroke),
        Mark::Polygon { points, fill, stroke } => {
            let points: Vec<_> = points.iter().copied().map(on).collect();
            let mut path = PathBuilder::new();
            trace(&mut path, &points);
            path.close();
            shape(surface, path.finish(), Some(*fill), stroke.map(edge));
        }
        Mark::Text { at, text, kind } => words(surface, on(*at), text, *kind, fonts),
        Mark::UpwardText { at, text, kind } => {
            let (x, y) = on(*at);
            surface.push_transform(&Transform::from_row(0.0, -1.0, 1.0, 0.0, x, y));
            words(surface, (0.0, 0.0), text, *kind, fonts);
            surface.pop();
        }
    }
}

fn circle(surface: &mut Surface<'_>, (x, y): (f32, f32), r: f32, fill: Colour, stroke: Option<Stroke>) {
    let k = QUARTER * r;
    let mut path = PathBuilder::new();
    path.move_to(x + r, y);
    path.cubic_to(x + r, y + k, x + k, y + r, x, y + r);
    path.cubic_to(x - k, y + r, x - r, y + k, x - r, y);
    path.cubic_to(x - r, y - k, x - k, y - r, x, y - r);
    path.cubic_to(x + k, y - r, x + r, y - k, x + r, y);
    path.close();
    shape(surface, path.finish(), Some(fill), stroke.map(edge));
}

fn words(surface: &mut Surface<'_>, (x, y): (f32, f32), said: &str, kind: Type, fonts: &Fonts) {
    let size = kind.size as f32;
    let width = fonts.face(kind.weight).width(said, size);
    let begins = match kind.anchor {
        Anchor::Start => x,
        Anchor::Middle => x - 0.5 * width,
        Anchor::End => x - width,
    };
    text(surface, (begins, y), (size, kind.weight, kind.colour), said, fonts);
}

fn on((x, y): Place) -> (f32, f32) {
    (x as f32, y as f32)
}

fn edge(Stroke { colour, width, dash }: Stroke) -> krilla::paint::Stroke {
    stroke(colour, width as f32, dash)
}
