//! The pages of the guide, which are written in a little Markdown: headings, lists, paragraphs, words in bold.

use maud::{Markup, html};

/// One piece of a page.
#[derive(Debug, PartialEq, Eq)]
enum Block<'a> {
    Heading(&'a str),
    Bullets(Vec<String>),
    Numbered(Vec<String>),
    Paragraph(String),
}

/// The text of a page; its own title, the first heading, is left out.
pub(crate) fn prose(text: &str) -> Markup {
    html! {
        @for block in blocks(text) {
            @match block {
                Block::Heading(title) => { h2 { (inline(title)) } },
                Block::Bullets(items) => { ul { @for item in &items { li { (inline(item)) } } } },
                Block::Numbered(items) => { ol { @for item in &items { li { (inline(item)) } } } },
                Block::Paragraph(text) => { p { (inline(&text)) } },
            }
        }
    }
}

fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    let mut begins = true;
    for line in text.lines().filter(|line| !line.starts_with("# ")) {
        let plain = line.trim();
        if plain.is_empty() {
            begins = true;
            continue;
        }
        if let Some(title) = plain.strip_prefix("## ") {
            blocks.push(Block::Heading(title));
        } else if let Some(item) = plain.strip_prefix("- ") {
            match blocks.last_mut() {
                Some(Block::Bullets(items)) => items.push(item.to_owned()),
                _ => blocks.push(Block::Bullets(vec![item.to_owned()])),
            }
        } else if let Some(item) = numbered(plain) {
            match blocks.last_mut() {
                Some(Block::Numbered(items)) => items.push(item.to_owned()),
                _ => blocks.push(Block::Numbered(vec![item.to_owned()])),
            }
        } else {
            match blocks.last_mut().filter(|_| !begins) {
                Some(Block::Bullets(items) | Block::Numbered(items)) => go_on(items.last_mut(), plain),
                Some(Block::Paragraph(text)) => go_on(Some(text), plain),
                _ => blocks.push(Block::Paragraph(plain.to_owned())),
            }
        }
        begins = false;
    }
    blocks
}

fn go_on(text: Option<&mut String>, more: &str) {
    if let Some(text) = text {
        text.push(' ');
        text.push_str(more);
    }
}

fn numbered(line: &str) -> Option<&str> {
    let (number, item) = line.split_once(". ")?;
    (!number.is_empty() && number.bytes().all(|sign| sign.is_ascii_digit())).then_some(item)
}

/// Words between two pairs of stars are bold.
fn inline(text: &str) -> Markup {
    html! { @for (at, part) in text.split("**").enumerate() { @if at % 2 == 1 { strong { (part) } } @else { (part) } } }
}

#[cfg(test)]
mod tests {
    use super::prose;

    #[test]
    fn a_page_of_the_guide_becomes_headings_lists_and_paragraphs() {
        let page = "# Title\n\nOne\ntwo **bold** <b>.\n\n## Part\n\n- first\n  goes on\n- second\n\n1. a\n2. b\n";
        let shown = prose(page).into_string();
        let expected = "<p>One two <strong>bold</strong> &lt;b&gt;.</p><h2>Part</h2>\
                        <ul><li>first goes on</li><li>second</li></ul><ol><li>a</li><li>b</li></ol>";
        assert_eq!(shown, expected);
    }
}
