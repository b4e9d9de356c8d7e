//! Figures, pictures beside each other, and places to sign.

use krilla::image::Image;
use resurface_figure::Drawing;

use super::{BODY, Flow, LEFT, Op, Role, SMALL, WIDTH, ascent, leading};
use crate::ink::INK;
use crate::text::Text;
use crate::wrap::wrap;

/// A picture with what is said of it.
pub(crate) struct Shown {
    pub(crate) image: Image,
    /// In words, what it shows.
    pub(crate) alt: String,
    /// What stands under it.
    pub(crate) caption: String,
}

/// What stands on the line where somebody signed.
pub(crate) enum Signed {
    /// Strokes of a pen on a sheet of this size, and in words whose they are.
    Drawn { strokes: Vec<Vec<(f32, f32)>>, sheet: (f32, f32), alt: String },
    /// A name that was typed.
    Typed(String),
}

impl Flow {
    /// A figure over the whole width.
    pub(crate) fn figure(&mut self, drawing: Drawing) {
        let scale = WIDTH / drawing.width as f32;
        let height = scale * drawing.height as f32;
        self.ensure(height);
        let at = (LEFT, self.y);
        self.part(Role::Figure(drawing.description.clone()), |flow| {
            flow.read(Op::Figure { at, scale, drawing: Box::new(drawing) });
        });
        self.space(height + 6.0);
    }

    /// Pictures beside each other, of one height, no higher than 200 points.
    pub(crate) fn pictures(&mut self, row: Vec<Shown>) {
        const GAP: f32 = 12.0;
        const NARROWEST: f32 = 150.0;
        if row.is_empty() {
            return;
        }
        let each = (WIDTH - GAP * (row.len() - 1) as f32) / row.len() as f32;
        let shape = |image: &Image| image.size().0 as f32 / image.size().1 as f32;
        let height = row.iter().map(|shown| each / shape(&shown.image)).fold(200.0, f32::min);
        self.ensure(height + 2.0 * leading(SMALL) + 8.0);
        let top = self.y;
        let mut x = LEFT;
        for shown in row {
            let width = height * shape(&shown.image);
            let slot = width.max(NARROWEST);
            let caption = wrap(&Text::plain(shown.caption).quiet(), SMALL, slot, &self.fonts);
            self.part(Role::Figure(shown.alt), |flow| {
                flow.read(Op::Picture { at: (x, top), size: (width, height), image: shown.image });
            });
            self.part(Role::Paragraph, |flow| {
                for (at, line) in caption.iter().take(2).enumerate() {
                    flow.line((x, top + height + 3.0 + ascent(SMALL) + leading(SMALL) * at as f32), SMALL, line);
                }
            });
            x += slot + GAP;
        }
        self.y = top + height + 2.0 * leading(SMALL) + 10.0;
    }

    /// Places to sign beside each other: a line, and under it who signs. What somebody signed with stands on the line.
    pub(crate) fn signatures(&mut self, places: Vec<(String, Option<Signed>)>) {
        const GAP: f32 = 24.0;
        const ROOM: f32 = 46.0;
        self.ensure(ROOM + 2.0 * leading(BODY) + 10.0);
        let count = places.len().max(1) as f32;
        let width = (WIDTH - GAP * (count - 1.0)) / count;
        let base = self.y + ROOM;
        for (at, (who, signature)) in places.into_iter().enumerate() {
            let x = LEFT + at as f32 * (width + GAP);
            match signature {
                Some(Signed::Drawn { strokes, sheet, alt }) => self.part(Role::Figure(alt), |flow| {
                    let scale = ((ROOM - 6.0) / sheet.1).min((width - 8.0) / sheet.0);
                    flow.read(Op::Strokes { at: (x + 4.0, base - scale * sheet.1 - 1.0), scale, strokes });
                }),
                Some(Signed::Typed(name)) => {
                    let lines = wrap(&Text::plain(name), BODY, width - 8.0, &self.fonts);
                    self.part(Role::Paragraph, |flow| {
                        lines.iter().take(1).for_each(|line| flow.line((x + 4.0, base - 5.0), BODY, line));
                    });
                }
                None => {}
            }
            self.decorate(Op::Rule { from: (x, base), to: (x + width, base), width: 0.7, colour: INK });
            let lines = wrap(&Text::plain(who).quiet(), SMALL, width, &self.fonts);
            self.part(Role::Paragraph, |flow| {
                for (number, line) in lines.iter().enumerate() {
                    flow.line((x, base + 3.0 + ascent(SMALL) + leading(SMALL) * number as f32), SMALL, line);
                }
            });
        }
        self.y = base + 2.0 * leading(SMALL) + 12.0;
    }
}
