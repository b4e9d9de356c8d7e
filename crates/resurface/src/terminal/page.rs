use super::words::{JOINED, clean, columns, wrap};
use super::{Look, Paint, Table};

/// How a line is meant: shown in words, and in colour where that is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Nothing stands in the way.
    Clear,
    /// Go on with care, or wait.
    Caution,
    /// Do not.
    Stop,
}

/// A page being written from top to bottom.
#[derive(Debug)]
pub(crate) struct Page {
    look: Look,
    out: String,
}

/// Columns that the names of fields take.
const NAME_COLUMNS: usize = 15;

impl Page {
    /// An empty page.
    pub(crate) fn new(look: Look) -> Self {
        Self { look, out: String::new() }
    }

    /// How the page looks.
    pub(crate) fn look(&self) -> Look {
        self.look
    }

    /// The line everything else explains.
    pub(crate) fn verdict(&mut self, tone: Tone, label: &str, text: &str) {
        let label = self.clean(label);
        let colour = match tone {
            Tone::Clear => "1;32",
            Tone::Caution => "1;33",
            Tone::Stop => "1;31",
        };
        let text = self.clean(text);
        let indent = columns(&label) + 2;
        for (at, line) in wrap(&text, 0, self.look.width - indent).iter().enumerate() {
            let start = if at == 0 { format!("{label}  ") } else { " ".repeat(indent) };
            self.push_painted(colour, &format!("{start}{line}"));
        }
    }

    /// A heading with an empty line before it.
    pub(crate) fn heading(&mut self, text: &str) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.gap();
        }
        let text = self.clean(text);
        for line in wrap(&text, 0, self.look.width) {
            self.push_painted("1", &line);
        }
    }

    /// A paragraph.
    pub(crate) fn text(&mut self, text: &str) {
        self.hanging("", 0, text);
    }

    /// A name and what it stands for, the text in a column of its own.
    pub(crate) fn field(&mut self, name: &str, text: &str) {
        let name = self.clean(name);
        let pad = NAME_COLUMNS.saturating_sub(columns(&name)).max(1);
        self.hanging(&format!("  {name}{}", " ".repeat(pad)), NAME_COLUMNS + 2, text);
    }

    /// An entry of a list.
    pub(crate) fn item(&mut self, text: &str) {
        self.marked("-", text);
    }

    /// An entry of a list with a mark of its own, for example `!` or `?`.
    pub(crate) fn marked(&mut self, mark: &str, text: &str) {
        let mark = self.clean(mark);
        self.hanging(&format!("  {mark} "), 3 + columns(&mark), text);
    }

    /// A paragraph further in, under an entry of a list.
    pub(crate) fn under(&mut self, text: &str) {
        self.hanging("    ", 4, text);
    }

    /// A table.
    pub(crate) fn table(&mut self, table: &Table) {
        for (at, line) in table.lines(self.look).iter().enumerate() {
            if at == 0 { self.push_painted("1", line) } else { self.push(line) }
        }
    }

    /// An empty line.
    pub(crate) fn gap(&mut self) {
        self.out.push('\n');
    }

    /// The page as text.
    pub(crate) fn finish(self) -> String {
        self.out
    }

    fn clean(&self, text: &str) -> String {
        clean(text, self.look.charset)
    }

    fn hanging(&mut self, start: &str, indent: usize, text: &str) {
        let text = self.clean(text);
        let taken = columns(start).saturating_sub(indent);
        for (at, line) in wrap(&text, taken, self.look.width - indent).iter().enumerate() {
            let line = if at == 0 { format!("{start}{line}") } else { format!("{}{line}", " ".repeat(indent)) };
            self.push(&line);
        }
    }

    fn push(&mut self, line: &str) {
        self.out.push_str(&line.trim_end().replace(JOINED, " "));
        self.out.push('\n');
    }

    fn push_painted(&mut self, colour: &str, line: &str) {
        match self.look.paint {
            Paint::Plain => self.push(line),
            Paint::Ansi => {
                let line = format!("\u{1b}[{colour}m{}\u{1b}[0m", line.trim_end());
                self.push(&line);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Page, Tone};
    use crate::terminal::{Charset, Look, Paint};

    fn look(paint: Paint) -> Look {
        Look { width: 60, charset: Charset::Unicode, paint }
    }

    #[test]
    fn entries_hang_under_their_own_text() {
        let mut page = Page::new(look(Paint::Plain));
        page.field("interval", "28 days at the least, counted from the day of the last session in this zone");
        page.marked("!", "a finding that needs more words than fit on one line of a narrow page");
        insta::assert_snapshot!(page.finish(), @"
          interval       28 days at the least, counted from the day
                         of the last session in this zone
          ! a finding that needs more words than fit on one line of
            a narrow page
        ");
    }

    #[test]
    fn colour_adds_nothing_that_the_words_do_not_say() {
        let written = |paint| {
            let mut page = Page::new(look(paint));
            page.verdict(Tone::Stop, "DECISION", "not suitable");
            page.finish()
        };
        assert_eq!(written(Paint::Ansi).replace("\u{1b}[1;31m", "").replace("\u{1b}[0m", ""), written(Paint::Plain));
    }
}
