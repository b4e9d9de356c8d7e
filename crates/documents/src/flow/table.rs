//! Tables with heads that are tagged as such, over as many pages as they need.

use super::{BODY, Flow, LEFT, Op, Role, SMALL, WIDTH, ascent, leading};
use crate::ink::{PANEL, RULE};
use crate::text::Text;
use crate::wrap::{Line, wrap};

const PAD: (f32, f32) = (5.0, 3.2);
/// Rows that stay together at the beginning of a table.
const BEGIN_TOGETHER: usize = 3;
/// A row that is higher than this may be broken, after so many lines at least.
const TALL: f32 = 110.0;
const BREAK_AFTER: usize = 4;

/// On which side the texts of a column stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Right,
}

/// A column of a table.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    head: Text,
    /// Its part of the width, against those of the others.
    share: f32,
    align: Align,
}

impl Column {
    pub(crate) fn new(head: impl Into<Text>, share: f32, align: Align) -> Self {
        Self { head: head.into().bold(), share, align }
    }
}

/// A table. The first cell of a row is the head of the row.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    columns: Vec<Column>,
    rows: Vec<Vec<Text>>,
    heads: Heads,
    /// Size of its words.
    size: f32,
}

/// Whether columns have heads of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Heads {
    Shown,
    None,
}

impl Table {
    pub(crate) const fn new(columns: Vec<Column>) -> Self {
        Self { columns, rows: Vec::new(), heads: Heads::Shown, size: BODY - 0.5 }
    }

    /// Two columns without heads: what it is, and what is said of it.
    pub(crate) fn fields() -> Self {
        let column = |share| Column::new("", share, Align::Left);
        Self { columns: vec![column(0.28), column(0.72)], rows: Vec::new(), heads: Heads::None, size: BODY - 0.5 }
    }

    /// The same in small print.
    pub(crate) const fn small(mut self) -> Self {
        self.size = SMALL;
        self
    }

    pub(crate) fn row(&mut self, cells: Vec<Text>) {
        self.rows.push(cells);
    }

    /// Adds what it is, and what is said of it.
    pub(crate) fn field(&mut self, label: impl Into<Text>, said: impl Into<Text>) {
        self.rows.push(vec![label.into().bold(), said.into()]);
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Where each column begins, and how wide it is.
    fn places(&self) -> Vec<(f32, f32)> {
        let all: f32 = self.columns.iter().map(|column| column.share).sum();
        let mut x = LEFT;
        self.columns
            .iter()
            .map(|column| {
                let (begins, width) = (x, WIDTH * column.share / all);
                x += width;
                (begins, width)
            })
            .collect()
    }
}

impl Flow {
    /// A table; nothing when it has no rows.
    pub(crate) fn table(&mut self, table: &Table) {
        if table.is_empty() {
            return;
        }
        let heads: Vec<Text> = table.columns.iter().map(|column| column.head.clone()).collect();
        let heads = self.set(&heads, table);
        let rows: Vec<Vec<Vec<Line>>> = table.rows.iter().map(|row| self.set(row, table)).collect();
        let begins: f32 = rows.iter().take(BEGIN_TOGETHER).map(|row| self.height(row, table).min(TALL)).sum();
        self.ensure(begins + if table.heads == Heads::Shown { self.height(&heads, table) } else { 0.0 });
        self.part(Role::Table, |flow| {
            if table.heads == Heads::Shown {
                flow.part(Role::TableHead, |flow| {
                    flow.shade(flow.height(&heads, table));
                    flow.part(Role::Row, |flow| flow.cells(&heads, table, Kind::Head));
                });
            }
            flow.part(Role::TableBody, |flow| rows.into_iter().for_each(|row| flow.body_row(row, &heads, table)));
        });
        self.space(8.0);
    }

    /// A row, on the next page where it does not fit here; a long one begins here and goes on there.
    fn body_row(&mut self, mut row: Vec<Vec<Line>>, heads: &[Vec<Line>], table: &Table) {
        loop {
            let height = self.height(&row, table);
            let room = ((super::BOTTOM - self.y - 2.0 * PAD.1) / leading(table.size)) as usize;
            if self.y + height <= super::BOTTOM {
                return self.part(Role::Row, |flow| flow.cells(&row, table, Kind::Body));
            }
            if height > TALL && room >= BREAK_AFTER {
                let rest = row.iter_mut().map(|cell| cell.split_off(cell.len().min(room))).collect();
                self.part(Role::Row, |flow| flow.cells(&row, table, Kind::Body));
                row = rest;
            }
            self.new_page();
            self.repeat(heads, table);
        }
    }

    /// The heads once more at the top of a page, for the eye alone.
    fn repeat(&mut self, heads: &[Vec<Line>], table: &Table) {
        if table.heads == Heads::None {
            return;
        }
        self.shade(self.height(heads, table));
        self.draw_cells(heads, table, &mut |flow, _, ops| ops.into_iter().for_each(|op| flow.decorate(op)));
    }

    fn shade(&mut self, height: f32) {
        self.decorate(Op::Fill { corner: (LEFT, self.y), size: (WIDTH, height), colour: PANEL });
    }

    /// The lines of every cell of a row.
    fn set(&self, row: &[Text], table: &Table) -> Vec<Vec<Line>> {
        let places = table.places();
        row.iter().zip(places).map(|(text, (_, width))| wrap(text, table.size, width - 2.0 * PAD.0, &self.fonts)).collect()
    }

    fn height(&self, row: &[Vec<Line>], table: &Table) -> f32 {
        row.iter().map(Vec::len).max().unwrap_or(1) as f32 * leading(table.size) + 2.0 * PAD.1
    }

    fn cells(&mut self, row: &[Vec<Line>], table: &Table, kind: Kind) {
        self.draw_cells(row, table, &mut |flow, at, ops| {
            let role = match kind {
                Kind::Head => Role::ColumnHead,
                Kind::Body if at == 0 => Role::RowHead,
                Kind::Body => Role::Cell,
            };
            flow.part(role, |flow| ops.into_iter().for_each(|op| flow.read(op)));
        });
    }

    /// Draws the cells of a row, each through `put`, and the line under them.
    fn draw_cells(&mut self, row: &[Vec<Line>], table: &Table, put: &mut dyn FnMut(&mut Self, usize, Vec<Op>)) {
        let (top, size) = (self.y + PAD.1, table.size);
        for (at, (lines, (x, width))) in row.iter().zip(table.places()).enumerate() {
            let align = table.columns[at].align;
            let ops = lines.iter().enumerate().flat_map(|(number, line)| {
                let begins = match align {
                    Align::Left => x + PAD.0,
                    Align::Right => x + width - PAD.0 - line.width,
                };
                let y = top + number as f32 * leading(size) + ascent(size);
                line.segments.iter().map(move |segment| Op::Words { at: (begins + segment.x, y), size, segment: segment.clone() })
            });
            put(self, at, ops.collect());
        }
        self.y += self.height(row, table);
        let colour = RULE;
        self.decorate(Op::Rule { from: (LEFT, self.y), to: (LEFT + WIDTH, self.y), width: 0.5, colour });
    }
}

/// Which row it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Head,
    Body,
}
