use super::Look;
use super::words::{clean, columns, wrap};

/// On which side the cells of a column line up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Align {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// One column.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    head: String,
    align: Align,
    /// 0 always shown; of the others, the highest goes first when the page is narrow.
    keep: u8,
}

impl Column {
    /// A column that is always shown.
    pub(crate) fn new(head: &str, align: Align) -> Self {
        Self { head: head.to_owned(), align, keep: 0 }
    }

    /// A column that is left out of a narrow page, the highest `order` first.
    pub(crate) fn droppable(head: &str, align: Align, order: u8) -> Self {
        Self { head: head.to_owned(), align, keep: order }
    }
}

/// A table: the last column takes what is left of the width and wraps.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    columns: Vec<Column>,
    rows: Vec<Vec<String>>,
    last_min: usize,
}

/// Columns between two columns.
const BETWEEN: usize = 2;
/// Columns before the first column.
const INDENT: usize = 2;

impl Table {
    /// A table without rows.
    pub(crate) fn new(columns: Vec<Column>) -> Self {
        Self { columns, rows: Vec::new(), last_min: 0 }
    }

    /// Gives the last column at least so many columns, by leaving droppable ones out.
    pub(crate) fn last_at_least(mut self, columns: usize) -> Self {
        self.last_min = columns;
        self
    }

    /// Adds a row; it has as many cells as the table has columns.
    pub(crate) fn row(&mut self, cells: Vec<String>) {
        debug_assert_eq!(cells.len(), self.columns.len());
        self.rows.push(cells);
    }

    /// Columns left for the last column on a page of `look`, for whoever draws into it.
    pub(crate) fn last_width(&self, look: Look) -> usize {
        let (shown, widths) = self.measure(look);
        let taken: usize = shown.iter().rev().skip(1).map(|&at| widths[at] + BETWEEN).sum();
        look.width.saturating_sub(INDENT + taken)
    }

    /// The head and the rows as lines.
    pub(crate) fn lines(&self, look: Look) -> Vec<String> {
        let (shown, widths) = self.measure(look);
        let last_width = self.last_width(look);
        let head: Vec<String> = self.columns.iter().map(|column| column.head.clone()).collect();
        std::iter::once(&head)
            .chain(&self.rows)
            .flat_map(|cells| self.row_lines(cells, &shown, &widths, last_width, look))
            .collect()
    }

    fn row_lines(&self, cells: &[String], shown: &[usize], widths: &[usize], last_width: usize, look: Look) -> Vec<String> {
        let mut start = " ".repeat(INDENT);
        let Some((&last, before)) = shown.split_last() else { return Vec::new() };
        for &at in before {
            start.push_str(&pad(&drawn(&cells[at], look), widths[at], self.columns[at].align));
            start.push_str(&" ".repeat(BETWEEN));
        }
        let indent = columns(&start);
        let cell = drawn(&cells[last], look);
        let wrapped = if columns(&cell) <= last_width { vec![cell] } else { wrap(&cell, 0, last_width.max(1)) };
        wrapped
            .iter()
            .enumerate()
            .map(|(at, line)| {
                let line = pad(line, widths[last].min(last_width), self.columns[last].align);
                let line = if at == 0 { format!("{start}{line}") } else { format!("{}{line}", " ".repeat(indent)) };
                line.trim_end().to_owned()
            })
            .collect()
    }

    /// Which columns are shown, and the width of each column.
    fn measure(&self, look: Look) -> (Vec<usize>, Vec<usize>) {
        let widths: Vec<usize> = (0..self.columns.len())
            .map(|at| {
                let cells = self.rows.iter().map(|row| columns(&drawn(&row[at], look)));
                cells.chain([columns(&drawn(&self.columns[at].head, look))]).max().unwrap_or(0)
            })
            .collect();
        let mut shown: Vec<usize> = (0..self.columns.len()).collect();
        loop {
            let Some(&last) = shown.last() else { return (shown, widths) };
            let before: usize = shown.iter().filter(|&&at| at != last).map(|&at| widths[at] + BETWEEN).sum();
            let last_needs =
                if self.last_min > 0 && last + 1 == self.columns.len() { self.last_min } else { widths[last].min(20) };
            let widest = shown.iter().copied().filter(|&at| self.columns[at].keep > 0).max_by_key(|&at| self.columns[at].keep);
            match widest {
                Some(drop) if INDENT + before + last_needs > look.width => shown.retain(|&at| at != drop),
                _ => return (shown, widths),
            }
        }
    }
}

/// A cell as it is written; drawings keep their spaces.
fn drawn(cell: &str, look: Look) -> String {
    if cell.starts_with(' ') || cell.contains("  ") {
        return match look.charset {
            super::Charset::Unicode => cell.to_owned(),
            super::Charset::Ascii => super::to_ascii(cell),
        };
    }
    clean(cell, look.charset)
}

fn pad(text: &str, width: usize, align: Align) -> String {
    let blank = " ".repeat(width.saturating_sub(columns(text)));
    match align {
        Align::Left => format!("{text}{blank}"),
        Align::Right => format!("{blank}{text}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Align, Column, Table};
    use crate::terminal::words::JOINED;
    use crate::terminal::{Charset, Look, Paint};

    fn table() -> Table {
        let mut table = Table::new(vec![
            Column::new("sessions", Align::Right),
            Column::droppable("half of such patients", Align::Left, 1),
            Column::new("in words", Align::Left),
        ]);
        table.row(vec!["4".into(), "30 to 55 %".into(), "the usual course, one session every four weeks".into()]);
        table.row(vec!["12".into(), "40 to 70 %".into(), "more than anyone gives".into()]);
        table
    }

    #[test]
    fn numbers_line_up_and_the_last_column_wraps() {
        let look = Look { width: 62, charset: Charset::Unicode, paint: Paint::Plain };
        insta::assert_snapshot!(table().lines(look).join("\n").replace(JOINED, " "), @"
          sessions  half of such patients  in words
                 4  30 to 55 %             the usual course, one
                                           session every four weeks
                12  40 to 70 %             more than anyone gives
        ");
    }

    #[test]
    fn a_narrow_page_leaves_the_droppable_column_out() {
        let look = Look { width: 60, charset: Charset::Unicode, paint: Paint::Plain };
        let lines = table().last_at_least(40).lines(look);
        assert!(lines.iter().all(|line| !line.contains("half of")), "{lines:?}");
    }
}
