//! Blocks one under the other, broken into pages, with the structure that a screen reader follows.

mod figure;
mod prose;
mod table;

pub(crate) use figure::{Shown, Signed};
pub(crate) use prose::Ticked;
pub(crate) use table::{Align, Column, Table};

use krilla::image::Image;
use resurface_figure::{Colour, Drawing};

use crate::fonts::Fonts;
use crate::wrap::{Line, Segment};

/// A4, in points.
pub(crate) const PAGE: (f32, f32) = (595.276, 841.89);
pub(crate) const LEFT: f32 = 50.0;
pub(crate) const RIGHT: f32 = PAGE.0 - 50.0;
const TOP: f32 = 84.0;
const BOTTOM: f32 = PAGE.1 - 62.0;
pub(crate) const WIDTH: f32 = RIGHT - LEFT;
/// Size of running text.
pub(crate) const BODY: f32 = 9.5;
/// Size of small print.
pub(crate) const SMALL: f32 = 8.0;

/// What is painted.
#[derive(Clone, Debug)]
pub(crate) enum Op {
    /// Words on one line.
    Words { at: (f32, f32), size: f32, segment: Segment },
    /// A straight line.
    Rule { from: (f32, f32), to: (f32, f32), width: f32, colour: Colour },
    /// A filled rectangle.
    Fill { corner: (f32, f32), size: (f32, f32), colour: Colour },
    /// An empty square to tick.
    Square { corner: (f32, f32), side: f32 },
    /// A figure.
    Figure { at: (f32, f32), scale: f32, drawing: Box<Drawing> },
    /// Strokes of a pen.
    Strokes { at: (f32, f32), scale: f32, strokes: Vec<Vec<(f32, f32)>> },
    /// A picture.
    Picture { at: (f32, f32), size: (f32, f32), image: Image },
}

impl Op {
    /// Moves it up the page.
    fn raise(&mut self, up: f32) {
        match self {
            Self::Words { at, .. } | Self::Figure { at, .. } | Self::Strokes { at, .. } | Self::Picture { at, .. } => at.1 -= up,
            Self::Fill { corner, .. } | Self::Square { corner, .. } => corner.1 -= up,
            Self::Rule { from, to, .. } => (from.1, to.1) = (from.1 - up, to.1 - up),
        }
    }
}

/// Something painted, and which leaf of the structure it is; nothing for decoration.
#[derive(Clone, Debug)]
pub(crate) struct Placed {
    pub(crate) op: Op,
    pub(crate) leaf: Option<usize>,
}

/// What a part of a document is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Heading(u16, String),
    Paragraph,
    List,
    Item,
    Label,
    ItemBody,
    Table,
    TableHead,
    TableBody,
    Row,
    ColumnHead,
    RowHead,
    Cell,
    Figure(String),
}

/// A part of a document with what is inside, in the order in which it is read.
#[derive(Clone, Debug)]
pub(crate) struct Branch {
    pub(crate) role: Role,
    pub(crate) children: Vec<Child>,
}

/// What is inside a part.
#[derive(Clone, Debug)]
pub(crate) enum Child {
    Branch(Branch),
    Leaf(usize),
}

/// A heading that can be jumped to.
#[derive(Clone, Debug)]
pub(crate) struct Bookmark {
    pub(crate) level: u16,
    pub(crate) text: String,
    pub(crate) page: usize,
    pub(crate) y: f32,
}

/// Pages being filled from top to bottom.
pub(crate) struct Flow {
    pub(crate) fonts: Fonts,
    pub(crate) pages: Vec<Vec<Placed>>,
    pub(crate) parts: Vec<Child>,
    pub(crate) bookmarks: Vec<Bookmark>,
    open: Vec<Branch>,
    leaves: usize,
    y: f32,
    lead: Option<Lead>,
    leading_on: LeadingOn,
}

/// A heading, and what belongs to it, at the end of a page: it moves to the next page with what follows it.
#[derive(Clone, Copy, Debug)]
struct Lead {
    /// Marks of the page before it.
    begins: usize,
    /// Bookmarks before it.
    bookmarks: usize,
    y: f32,
}

/// Whether what is painted leads on to what follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LeadingOn {
    Yes,
    No,
}

impl Flow {
    pub(crate) fn new(fonts: Fonts) -> Self {
        let (pages, parts, bookmarks, open) = (vec![Vec::new()], Vec::new(), Vec::new(), Vec::new());
        Self { fonts, pages, parts, bookmarks, open, leaves: 0, y: TOP, lead: None, leading_on: LeadingOn::No }
    }

    /// Leaves room.
    pub(crate) fn space(&mut self, height: f32) {
        self.y += height;
    }

    /// Begins a new page where less than this height is left.
    pub(crate) fn ensure(&mut self, height: f32) {
        if self.y + height > BOTTOM && self.y > TOP {
            self.new_page();
        }
    }

    /// Begins a new page. A heading that nothing follows yet moves there.
    fn new_page(&mut self) {
        let (last, ended) = (self.pages.len() - 1, self.y);
        let lead = self.lead.take().filter(|lead| lead.y > TOP);
        self.y = TOP;
        let Some(lead) = lead else { return self.pages.push(Vec::new()) };
        let up = lead.y - TOP;
        let mut moved = self.pages[last].split_off(lead.begins);
        moved.iter_mut().for_each(|placed| placed.op.raise(up));
        for bookmark in &mut self.bookmarks[lead.bookmarks..] {
            (bookmark.page, bookmark.y) = (bookmark.page + 1, bookmark.y - up);
        }
        self.pages.push(moved);
        self.y = ended - up;
        self.lead = Some(Lead { begins: 0, y: TOP, ..lead });
    }

    /// Paints what leads on to what follows: a heading, or a line under it.
    fn leading_on(&mut self, inside: impl FnOnce(&mut Self)) {
        let (page, bookmarks, y) = (self.pages.len() - 1, self.bookmarks.len(), self.y);
        let begins = self.pages[page].len();
        self.lead.get_or_insert(Lead { begins, bookmarks, y });
        self.leading_on = LeadingOn::Yes;
        inside(self);
        self.leading_on = LeadingOn::No;
    }

    /// Adds what `inside` adds as one part of the structure.
    fn part(&mut self, role: Role, inside: impl FnOnce(&mut Self)) {
        self.open.push(Branch { role, children: Vec::new() });
        inside(self);
        let Some(branch) = self.open.pop() else { return };
        match self.open.last_mut() {
            Some(around) => around.children.push(Child::Branch(branch)),
            None => self.parts.push(Child::Branch(branch)),
        }
    }

    /// Paints something that is read, as the next leaf of the part that is open.
    fn read(&mut self, op: Op) {
        let leaf = self.leaves;
        self.leaves += 1;
        match self.open.last_mut() {
            Some(around) => around.children.push(Child::Leaf(leaf)),
            None => self.parts.push(Child::Leaf(leaf)),
        }
        self.paint(op, Some(leaf));
    }

    /// Paints something that is only seen.
    fn decorate(&mut self, op: Op) {
        self.paint(op, None);
    }

    fn paint(&mut self, op: Op, leaf: Option<usize>) {
        if self.leading_on == LeadingOn::No {
            self.lead = None;
        }
        if let Some(page) = self.pages.last_mut() {
            page.push(Placed { op, leaf });
        }
    }

    /// Paints the words of a line that begins at a place.
    fn line(&mut self, at: (f32, f32), size: f32, line: &Line) {
        for segment in &line.segments {
            let at = (at.0 + segment.x, at.1);
            self.read(Op::Words { at, size, segment: segment.clone() });
        }
    }

    /// Paints lines one under the other from the current place on, over as many pages as they need.
    fn lines(&mut self, x: f32, size: f32, lines: &[Line]) {
        for (at, line) in lines.iter().enumerate() {
            // The first two lines stay together.
            self.ensure(if at == 0 && lines.len() > 1 { 2.0 } else { 1.0 } * leading(size));
            self.line((x, self.y + ascent(size)), size, line);
            self.y += leading(size);
        }
    }
}

/// From one line to the next.
pub(crate) fn leading(size: f32) -> f32 {
    1.42 * size
}

/// From the top of a line to its baseline.
pub(crate) fn ascent(size: f32) -> f32 {
    1.05 * size
}

#[cfg(test)]
mod tests {
    use super::{BOTTOM, Flow, Op, TOP, Table};
    use crate::fonts::Fonts;

    fn words(flow: &Flow, page: usize) -> String {
        let said = flow.pages[page].iter().filter_map(|placed| match &placed.op {
            Op::Words { segment, .. } => Some(segment.piece.words.as_str()),
            _ => None,
        });
        said.collect()
    }

    fn a_table(rows: usize) -> Table {
        let mut table = Table::fields();
        (0..rows).for_each(|row| table.field(format!("row {row}"), "said"));
        table
    }

    #[test]
    fn a_heading_goes_to_the_next_page_with_what_follows_it() {
        let mut flow = Flow::new(Fonts::built_in().unwrap());
        // given a page on which a heading still fits, but not the table after it
        flow.paragraph("before");
        flow.y = BOTTOM - 75.0;
        // when both are set
        flow.heading("Outcomes");
        flow.under_heading("line under it");
        flow.table(&a_table(3));
        // then the heading, the line under it and its bookmark are on the page of the table
        assert_eq!(words(&flow, 0), "before");
        assert!(words(&flow, 1).starts_with("Outcomesline under itrow 0"));
        assert!(flow.bookmarks[0].page == 1 && flow.bookmarks[0].y == TOP);
    }

    #[test]
    fn a_long_table_repeats_nothing_and_loses_nothing() {
        let mut flow = Flow::new(Fonts::built_in().unwrap());
        // given a table of a hundred rows / when it is set / then every row stands on some page, once
        flow.table(&a_table(100));
        let said: String = (0..flow.pages.len()).map(|page| words(&flow, page)).collect();
        assert!(flow.pages.len() > 2);
        assert!((0..100).all(|row| said.matches(&format!("row {row}said")).count() == 1));
    }

    #[test]
    fn a_row_that_is_higher_than_a_page_goes_on_on_the_next() {
        let mut flow = Flow::new(Fonts::built_in().unwrap());
        let mut table = Table::fields();
        table.field("message", "word ".repeat(2_000));
        flow.table(&table);
        let said: String = (0..flow.pages.len()).map(|page| words(&flow, page)).collect();
        assert_eq!(said.matches("word").count(), 2_000);
        assert!(flow.pages.iter().flatten().all(|placed| match placed.op {
            Op::Words { at, .. } => at.1 < BOTTOM,
            _ => true,
        }));
    }
}
