//! A drawing: marks with places on a white sheet, in the order in which they are painted.

/// Across and down, from the upper left corner of the sheet.
pub type Place = (f64, f64);

/// A colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour {
    /// Red.
    pub red: u8,
    /// Green.
    pub green: u8,
    /// Blue.
    pub blue: u8,
}

impl Colour {
    /// White.
    pub const WHITE: Self = Self::of(0x00ff_ffff);

    /// The colour of a number written as on the web: `0x1b2733`.
    #[must_use]
    pub const fn of(rgb: u32) -> Self {
        let [_, red, green, blue] = rgb.to_be_bytes();
        Self { red, green, blue }
    }
}

/// On which side of its place a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// It begins there.
    Start,
    /// Its middle is there.
    Middle,
    /// It ends there.
    End,
}

/// How heavy a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// As usual.
    Normal,
    /// Bold.
    Bold,
}

/// How a text is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Type {
    /// Size in units of the sheet.
    pub size: f64,
    /// On which side of its place it stands.
    pub anchor: Anchor,
    /// How heavy it is.
    pub weight: Weight,
    /// Its colour.
    pub colour: Colour,
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    /// Its colour.
    pub colour: Colour,
    /// Its width in units of the sheet.
    pub width: f64,
    /// Lengths of dash and gap; empty for a solid line.
    pub dash: &'static [f64],
}

impl Stroke {
    /// A solid line.
    #[must_use]
    pub const fn solid(colour: Colour, width: f64) -> Self {
        Self { colour, width, dash: &[] }
    }
}

/// One mark of a drawing.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    /// A straight line.
    Line {
        /// One end.
        from: Place,
        /// The other.
        to: Place,
        /// How it is drawn.
        stroke: Stroke,
    },
    /// A rectangle.
    Rect {
        /// Its upper left corner.
        corner: Place,
        /// Width and height.
        size: (f64, f64),
        /// What it is filled with.
        fill: Colour,
        /// Its edge, if it has one.
        stroke: Option<Stroke>,
    },
    /// A circle.
    Circle {
        /// Its middle.
        centre: Place,
        /// Its radius.
        radius: f64,
        /// What it is filled with.
        fill: Colour,
        /// Its edge, if it has one.
        stroke: Option<Stroke>,
    },
    /// A line through points.
    Polyline {
        /// The points.
        points: Vec<Place>,
        /// How it is drawn.
        stroke: Stroke,
    },
    /// A closed shape.
    Polygon {
        /// Its corners.
        points: Vec<Place>,
        /// What it is filled with.
        fill: Colour,
        /// Its edge, if it has one.
        stroke: Option<Stroke>,
    },
    /// A text in one line.
    Text {
        /// Where it stands, on its baseline.
        at: Place,
        /// What it says.
        text: String,
        /// How it is set.
        kind: Type,
    },
    /// A text that reads upwards.
    UpwardText {
        /// Where it stands, on its baseline.
        at: Place,
        /// What it says.
        text: String,
        /// How it is set.
        kind: Type,
    },
}

/// A drawing: marks in the order in which they are painted.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    /// Width of the sheet.
    pub width: f64,
    /// Height of the sheet.
    pub height: f64,
    /// Its name.
    pub title: String,
    /// In words, what it shows.
    pub description: String,
    /// The marks; the first is the white sheet.
    pub marks: Vec<Mark>,
}

impl Drawing {
    /// An empty white sheet. `title` names the figure, `description` says in words what it shows.
    #[must_use]
    pub fn new(size: (f64, f64), title: &str, description: &str) -> Self {
        let sheet = Mark::Rect { corner: (0.0, 0.0), size, fill: Colour::WHITE, stroke: None };
        Self { width: size.0, height: size.1, title: title.to_owned(), description: description.to_owned(), marks: vec![sheet] }
    }

    pub(crate) fn line(&mut self, from: Place, to: Place, stroke: Stroke) {
        self.marks.push(Mark::Line { from, to, stroke });
    }

    pub(crate) fn rect(&mut self, corner: Place, size: (f64, f64), fill: Colour, stroke: Option<Stroke>) {
        self.marks.push(Mark::Rect { corner, size, fill, stroke });
    }

    pub(crate) fn circle(&mut self, centre: Place, radius: f64, fill: Colour, stroke: Option<Stroke>) {
        self.marks.push(Mark::Circle { centre, radius, fill, stroke });
    }

    pub(crate) fn polyline(&mut self, points: &[Place], stroke: Stroke) {
        self.marks.push(Mark::Polyline { points: points.to_vec(), stroke });
    }

    pub(crate) fn polygon(&mut self, points: &[Place], fill: Colour, stroke: Option<Stroke>) {
        self.marks.push(Mark::Polygon { points: points.to_vec(), fill, stroke });
    }

    /// A band between a lower and an upper line over the same positions.
    pub(crate) fn band(&mut self, lower: &[Place], upper: &[Place], fill: Colour) {
        let around: Vec<Place> = lower.iter().chain(upper.iter().rev()).copied().collect();
        self.polygon(&around, fill, None);
    }

    pub(crate) fn diamond(&mut self, centre: Place, half: (f64, f64), fill: Colour, stroke: Option<Stroke>) {
        let ((x, y), (w, h)) = (centre, half);
        self.polygon(&[(x - w, y), (x, y - h), (x + w, y), (x, y + h)], fill, stroke);
    }

    pub(crate) fn text(&mut self, at: Place, text: &str, kind: Type) {
        self.marks.push(Mark::Text { at, text: text.to_owned(), kind });
    }

    pub(crate) fn upward_text(&mut self, at: Place, text: &str, kind: Type) {
        self.marks.push(Mark::UpwardText { at, text: text.to_owned(), kind });
    }
}

#[cfg(test)]
mod tests {
    use super::Colour;

    #[test]
    fn a_colour_is_written_as_on_the_web() {
        assert_eq!(Colour::of(0x001b_2733), Colour { red: 0x1b, green: 0x27, blue: 0x33 });
    }
}
