//! Single marks of a page.

use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Point, Rect, Size, Transform};
use krilla::paint::{Fill, Stroke, StrokeDash};
use krilla::surface::Surface;
use resurface_figure::{Colour, Weight};

use super::figure;
use crate::flow::Op;
use crate::fonts::Fonts;
use crate::ink::{INK, QUIET};
use crate::text::Standing;

/// Width of a pen on the sheet of a signature.
const PEN_WIDTH: f32 = 2.5;

/// Draws one mark.
pub(super) fn draw(surface: &mut Surface<'_>, op: &Op, fonts: &Fonts) {
    match op {
        Op::Words { at, size, segment } => {
            let piece = &segment.piece;
            text(surface, *at, (*size, piece.weight, piece.colour), &piece.words, fonts);
            if piece.standing == Standing::StruckOut {
                let y = at.1 - 0.33 * size;
                let end = at.0 + fonts.face(piece.weight).width(piece.words.trim_end(), *size);
                line(surface, &[(at.0, y), (end, y)], stroke(QUIET, 0.7, &[]));
            }
        }
        Op::Rule { from, to, width, colour } => line(surface, &[*from, *to], stroke(*colour, *width, &[])),
        Op::Fill { corner, size, colour } => shape(surface, rectangle(*corner, *size), Some(*colour), None),
        Op::Square { corner, side } => {
            shape(surface, rectangle(*corner, (*side, *side)), None, Some(stroke(INK, 0.8, &[])));
        }
        Op::Figure { at, scale, drawing } => {
            surface.push_transform(&Transform::from_row(*scale, 0.0, 0.0, *scale, at.0, at.1));
            drawing.marks.iter().for_each(|mark| figure::draw(surface, mark, fonts));
            surface.pop();
        }
        Op::Strokes { at, scale, strokes } => {
            surface.push_transform(&Transform::from_row(*scale, 0.0, 0.0, *scale, at.0, at.1));
            strokes.iter().for_each(|points| line(surface, points, stroke(INK, PEN_WIDTH, &[])));
            surface.pop();
        }
        Op::Picture { at, size, image } => {
            if let Some(size) = Size::from_wh(size.0, size.1) {
                surface.push_transform(&Transform::from_translate(at.0, at.1));
                surface.draw_image(image.clone(), size);
                surface.pop();
            }
        }
    }
}

/// Draws a text from a place on its baseline on.
pub(super) fn text(
    surface: &mut Surface<'_>,
    at: (f32, f32),
    (size, weight, colour): (f32, Weight, Colour),
    words: &str,
    fonts: &Fonts,
) {
    let face = fonts.face(weight);
    surface.set_fill(Some(fill(colour)));
    surface.set_stroke(None);
    surface.draw_glyphs(Point::from_xy(at.0, at.1), &face.glyphs(words), face.font(), words, size, false);
}

/// Draws a line through points.
pub(super) fn line(surface: &mut Surface<'_>, points: &[(f32, f32)], stroke: Stroke) {
    let mut path = PathBuilder::new();
    trace(&mut path, points);
    shape(surface, path.finish(), None, Some(stroke));
}

/// Goes along points.
pub(super) fn trace(path: &mut PathBuilder, points: &[(f32, f32)]) {
    for (at, (x, y)) in points.iter().enumerate() {
        if at == 0 { path.move_to(*x, *y) } else { path.line_to(*x, *y) }
    }
}

/// Fills a shape, and draws its edge.
pub(super) fn shape(surface: &mut Surface<'_>, path: Option<Path>, inside: Option<Colour>, edge: Option<Stroke>) {
    let Some(path) = path else { return };
    surface.set_fill(inside.map(fill));
    surface.set_stroke(edge);
    surface.draw_path(&path);
}

/// A rectangle.
pub(super) fn rectangle(corner: (f32, f32), size: (f32, f32)) -> Option<Path> {
    let mut path = PathBuilder::new();
    path.push_rect(Rect::from_xywh(corner.0, corner.1, size.0, size.1)?);
    path.finish()
}

fn paint_of(Colour { red, green, blue }: Colour) -> rgb::Color {
    rgb::Color::new(red, green, blue)
}

fn fill(colour: Colour) -> Fill {
    Fill { paint: paint_of(colour).into(), ..Fill::default() }
}

/// A line of a colour, a width and a pattern.
pub(super) fn stroke(colour: Colour, width: f32, dash: &[f64]) -> Stroke {
    let array: Vec<f32> = dash.iter().map(|length| *length as f32).collect();
    let dash = (!array.is_empty()).then_some(StrokeDash { array, offset: 0.0 });
    Stroke { paint: paint_of(colour).into(), width, dash, ..Stroke::default() }
}
