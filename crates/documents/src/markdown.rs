//! A page of the guide: the Markdown that the guide uses, and no more of it.

use resurface_figure::Weight;

use crate::flow::Flow;
use crate::text::Text;

/// Prints a page without its title, leaving out the sections whose headings `left_out` names.
pub(crate) fn page(flow: &mut Flow, markdown: &str, left_out: &[String]) {
    let mut silent = false;
    for block in blocks(markdown) {
        if let Block::Heading(words) = &block {
            silent = left_out.contains(words);
        }
        if silent {
            continue;
        }
        match block {
            Block::Heading(words) => flow.heading(&words),
            Block::Paragraph(words) => flow.paragraph(inline(&words)),
            Block::Bullets(items) => flow.list(items.iter().map(|item| inline(item)).collect()),
            Block::Numbers(items) => flow.numbered(items.iter().map(|item| inline(item)).collect()),
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Block {
    Heading(String),
    Paragraph(String),
    Bullets(Vec<String>),
    Numbers(Vec<String>),
}

fn blocks(markdown: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut apart = true;
    for line in markdown.lines() {
        let words = line.trim();
        if words.is_empty() {
            apart = true;
        } else if let Some(heading) = words.strip_prefix("## ").or_else(|| words.strip_prefix("### ")) {
            blocks.push(Block::Heading(heading.to_owned()));
            apart = true;
        } else if words.starts_with("# ") {
            apart = true;
        } else if let Some(item) = words.strip_prefix("- ") {
            match blocks.last_mut() {
                Some(Block::Bullets(items)) => items.push(item.to_owned()),
                _ => blocks.push(Block::Bullets(vec![item.to_owned()])),
            }
            apart = false;
        } else if let Some(item) = numbered(words) {
            match blocks.last_mut() {
                Some(Block::Numbers(items)) => items.push(item.to_owned()),
                _ => blocks.push(Block::Numbers(vec![item.to_owned()])),
            }
            apart = false;
        } else if apart {
            blocks.push(Block::Paragraph(words.to_owned()));
            apart = false;
        } else {
            go_on(&mut blocks, words);
        }
    }
    blocks
}

/// A line that goes on with what stands before it.
fn go_on(blocks: &mut [Block], words: &str) {
    let text = match blocks.last_mut() {
        Some(Block::Paragraph(text)) => Some(text),
        Some(Block::Bullets(items) | Block::Numbers(items)) => items.last_mut(),
        _ => None,
    };
    if let Some(text) = text {
        text.push(' ');
        text.push_str(words);
    }
}

fn numbered(line: &str) -> Option<&str> {
    let (number, rest) = line.split_once(". ")?;
    number.bytes().all(|sign| sign.is_ascii_digit()).then_some(rest)
}

/// Words with bold ones between two pairs of stars.
fn inline(words: &str) -> Text {
    let mut text = Text::default();
    for (at, part) in words.split("**").enumerate().filter(|(_, part)| !part.is_empty()) {
        let weight = if at % 2 == 1 { Weight::Bold } else { Weight::Normal };
        let piece = Text::plain(part.replace(['`', '*'], ""));
        text = text.then(if weight == Weight::Bold { piece.bold() } else { piece });
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Block, blocks, inline};

    #[test]
    fn the_guides_markdown_becomes_blocks() {
        let text = "# Title\n\nOne line\nand the next.\n\n## Part\n\n- first\n  goes on\n- second\n\n1. one\n2. two\n";
        let list = |items: [&str; 2]| items.map(str::to_owned).to_vec();
        assert_eq!(
            blocks(text),
            [
                Block::Paragraph("One line and the next.".to_owned()),
                Block::Heading("Part".to_owned()),
                Block::Bullets(list(["first goes on", "second"])),
                Block::Numbers(list(["one", "two"])),
            ]
        );
    }

    #[test]
    fn stars_make_bold_and_are_not_printed() {
        let text = inline("a **strong** word");
        assert_eq!((text.words().as_str(), text.0.len()), ("a strong word", 3));
    }
}
