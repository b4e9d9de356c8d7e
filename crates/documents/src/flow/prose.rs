//! Headings, paragraphs, lists, panels.

use super::{BODY, Bookmark, Flow, LEFT, Op, Role, SMALL, WIDTH, ascent, leading};
use crate::ink::{ACCENT, PANEL, RULE};
use crate::text::Text;
use crate::wrap::{Line, wrap};

/// What has to follow a heading on its page.
const AFTER_HEADING: f32 = 46.0;
const INDENT: f32 = 13.0;

impl Flow {
    /// The title of the document, with a line under it.
    pub(crate) fn title(&mut self, words: &str, under: &Text) {
        self.heading_sized(1, words, 21.0);
        self.space(1.0);
        self.paragraph_sized(&under.clone().quiet(), BODY, LEFT, WIDTH);
        self.decorate(Op::Rule { from: (LEFT, self.y + 1.0), to: (LEFT + WIDTH, self.y + 1.0), width: 1.2, colour: ACCENT });
        self.space(12.0);
    }

    /// The heading of a chapter.
    pub(crate) fn chapter(&mut self, words: &str) {
        self.space(11.0);
        self.heading_sized(2, words, 13.5);
        self.space(3.0);
    }

    /// The heading of a part of a chapter.
    pub(crate) fn heading(&mut self, words: &str) {
        self.space(6.0);
        self.heading_sized(3, words, 10.5);
        self.space(1.0);
    }

    fn heading_sized(&mut self, level: u16, words: &str, size: f32) {
        let mut text = Text::strong(words);
        text.0.iter_mut().for_each(|piece| piece.colour = ACCENT);
        let lines = wrap(&text, size, WIDTH, &self.fonts);
        self.ensure(leading(size) * lines.len() as f32 + AFTER_HEADING);
        self.leading_on(|flow| {
            let (page, y) = (flow.pages.len() - 1, flow.y);
            flow.bookmarks.push(Bookmark { level, text: words.to_owned(), page, y });
            flow.part(Role::Heading(level, words.to_owned()), |flow| flow.lines(LEFT, size, &lines));
        });
    }

    /// A paragraph.
    pub(crate) fn paragraph(&mut self, text: impl Into<Text>) {
        self.paragraph_sized(&text.into(), BODY, LEFT, WIDTH);
        self.space(4.0);
    }

    /// A paragraph in small print.
    pub(crate) fn small(&mut self, text: impl Into<Text>) {
        self.paragraph_sized(&text.into().quiet(), SMALL, LEFT, WIDTH);
        self.space(3.0);
    }

    /// A line in small print under a heading, which stays with what follows.
    pub(crate) fn under_heading(&mut self, text: impl Into<Text>) {
        let text = text.into();
        self.leading_on(|flow| flow.small(text));
    }

    fn paragraph_sized(&mut self, text: &Text, size: f32, x: f32, width: f32) {
        let lines = wrap(text, size, width, &self.fonts);
        self.part(Role::Paragraph, |flow| flow.lines(x, size, &lines));
    }

    /// A list with dots.
    pub(crate) fn list(&mut self, items: Vec<Text>) {
        let labelled = items.into_iter().map(|item| ("•".to_owned(), item)).collect();
        self.labelled_list(labelled);
    }

    /// A list with numbers.
    pub(crate) fn numbered(&mut self, items: Vec<Text>) {
        let labelled = items.into_iter().enumerate().map(|(at, item)| (format!("{}.", at + 1), item)).collect();
        self.labelled_list(labelled);
    }

    fn labelled_list(&mut self, items: Vec<(String, Text)>) {
        if items.is_empty() {
            return;
        }
        let indent = if items.len() > 9 && items[0].0 != "•" { INDENT + 6.0 } else { INDENT };
        self.part(Role::List, |flow| {
            for (label, item) in &items {
                let lines = wrap(item, BODY, WIDTH - indent, &flow.fonts);
                let label = wrap(&Text::plain(label.as_str()), BODY, indent, &flow.fonts);
                flow.ensure(leading(BODY) * lines.len().min(2) as f32);
                flow.part(Role::Item, |flow| {
                    flow.part(Role::Label, |flow| {
                        if let Some(label) = label.first() {
                            flow.line((LEFT + 1.0, flow.y + ascent(BODY)), BODY, label);
                        }
                    });
                    flow.part(Role::ItemBody, |flow| flow.lines(LEFT + indent, BODY, &lines));
                });
                flow.space(2.0);
            }
        });
        self.space(3.0);
    }

    /// What matters most, on a tinted panel: each text is a paragraph, the first one larger.
    pub(crate) fn panel(&mut self, texts: &[Text]) {
        const PAD: f32 = 10.0;
        let width = WIDTH - 2.0 * PAD;
        let size = |at: usize| if at == 0 { 11.5 } else { BODY };
        let set: Vec<(f32, Vec<Line>)> =
            texts.iter().enumerate().map(|(at, text)| (size(at), wrap(text, size(at), width, &self.fonts))).collect();
        let height = set.iter().map(|(size, lines)| leading(*size) * lines.len() as f32 + 4.0).sum::<f32>() - 4.0 + 2.0 * PAD;
        self.ensure(height);
        let corner = (LEFT, self.y);
        self.decorate(Op::Fill { corner, size: (WIDTH, height), colour: PANEL });
        self.decorate(Op::Fill { corner, size: (3.0, height), colour: ACCENT });
        self.space(PAD);
        for (size, lines) in &set {
            self.part(Role::Paragraph, |flow| flow.lines(LEFT + PAD + 2.0, *size, lines));
            self.space(4.0);
        }
        self.space(PAD + 2.0);
    }

    /// Something to tick, ticked or not: a square, then what it is for, then what was recorded.
    pub(crate) fn tick(&mut self, ticked: Ticked, text: &Text, said: &str) {
        const SIDE: f32 = 9.0;
        let lines = wrap(text, BODY, WIDTH - 22.0, &self.fonts);
        self.ensure(leading(BODY) * lines.len() as f32 + 4.0);
        let top = self.y + 1.8;
        self.decorate(Op::Square { corner: (LEFT + 1.0, top), side: SIDE });
        if ticked == Ticked::Yes {
            for (from, to) in [((2.0, 4.6), (4.2, 7.0)), ((4.2, 7.0), (7.4, 1.8))] {
                let at = |(x, y): (f32, f32)| (LEFT + 1.0 + x, top + y);
                self.decorate(Op::Rule { from: at(from), to: at(to), width: 1.3, colour: ACCENT });
            }
        }
        self.part(Role::Paragraph, |flow| flow.lines(LEFT + 20.0, BODY, &lines));
        let said = wrap(&Text::plain(said).quiet(), SMALL, WIDTH - 22.0, &self.fonts);
        self.part(Role::Paragraph, |flow| flow.lines(LEFT + 20.0, SMALL, &said));
        self.space(4.0);
    }

    /// A line across the page.
    pub(crate) fn rule(&mut self) {
        self.decorate(Op::Rule { from: (LEFT, self.y), to: (LEFT + WIDTH, self.y), width: 0.6, colour: RULE });
        self.space(6.0);
    }
}

/// Whether something is ticked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ticked {
    /// It is.
    Yes,
    /// It is not, or not yet.
    No,
}
