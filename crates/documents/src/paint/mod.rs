//! Finished pages as PDF: every mark tagged as what it is, or as decoration.

mod figure;
mod frame;
mod marks;

use std::num::NonZeroU16;

use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::Point;
use krilla::metadata::{DateTime, Metadata};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, ListNumbering, Node, SpanTag, TableHeaderScope, Tag, TagGroup, TagTree,
};
use krilla::{Document, SerializeSettings};
use resurface_words::{Language, Words};

pub(crate) use frame::Frame;

use crate::error::DocumentError;
use crate::flow::{Bookmark, Branch, Child, Flow, Op, PAGE, Placed, Role};
use crate::fonts::Fonts;
use crate::letterhead::Letterhead;
use crate::text::Tongue;

/// Writes the pages: PDF/UA-1, so that a rule of accessible PDF that is broken is an error and no document.
pub(crate) fn pdf(
    flow: &Flow,
    title: &str,
    frame: &Frame,
    letterhead: &Letterhead,
    words: &Words,
) -> Result<Vec<u8>, DocumentError> {
    let refused = |error: &dyn std::fmt::Debug| DocumentError::Pages(format!("{error:?}"));
    let configuration =
        ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1).finish().map_err(|error| refused(&error))?;
    let mut document = Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    let mut leaves: Vec<Option<Identifier>> = Vec::new();
    for (at, page) in flow.pages.iter().enumerate() {
        let size = PageSettings::from_wh(PAGE.0, PAGE.1).ok_or_else(|| DocumentError::Pages("page size".to_owned()))?;
        let mut sheet = document.start_page_with(size);
        let mut surface = sheet.surface();
        frame.draw(&mut surface, &flow.fonts, (at + 1, flow.pages.len()), words);
        for placed in page {
            let identifier = paint(&mut surface, placed, &flow.fonts, words.language());
            if let Some(leaf) = placed.leaf {
                leaves.resize(leaves.len().max(leaf + 1), None);
                leaves[leaf] = Some(identifier);
            }
        }
        surface.finish();
        sheet.finish();
    }
    document.set_metadata(metadata(title, letterhead, words));
    document.set_outline(outline(&flow.bookmarks));
    let language = words.language().code().to_owned();
    let mut tree = TagTree::new().with_lang(Some(language));
    flow.parts.iter().filter_map(|part| node(part, &leaves)).for_each(|part| tree.push(part));
    document.set_tag_tree(tree);
    document.finish().map_err(|error| refused(&error))
}

fn paint(surface: &mut Surface<'_>, placed: &Placed, fonts: &Fonts, language: Language) -> Identifier {
    let Placed { op, leaf } = placed;
    let identifier = match (op, leaf) {
        (_, None) => surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout))),
        (Op::Words { segment, .. }, Some(_)) => {
            let english = segment.piece.tongue == Tongue::English && language != Language::English;
            let span = SpanTag::empty().with_lang(english.then_some(Language::English.code()));
            surface.start_tagged(ContentTag::Span(span))
        }
        (_, Some(_)) => surface.start_tagged(ContentTag::Other),
    };
    marks::draw(surface, op, fonts);
    surface.end_tagged();
    identifier
}

fn metadata(title: &str, letterhead: &Letterhead, words: &Words) -> Metadata {
    let when = letterhead.printed_on;
    let part = |number: i8| number.unsigned_abs();
    let date = DateTime::new(when.year().unsigned_abs())
        .month(part(when.month()))
        .day(part(when.day()))
        .hour(part(when.hour()))
        .minute(part(when.minute()))
        .second(part(when.second()));
    Metadata::new()
        .title(title.to_owned())
        .language(words.language().code().to_owned())
        .authors(vec![letterhead.clinic.clone()])
        .creator(letterhead.versions())
        .creation_date(date)
}

/// Headings as bookmarks, each under the one before it that is higher.
fn outline(bookmarks: &[Bookmark]) -> Outline {
    let mut outline = Outline::new();
    nodes(bookmarks).into_iter().for_each(|node| outline.push_child(node));
    outline
}

fn nodes(bookmarks: &[Bookmark]) -> Vec<OutlineNode> {
    let Some(first) = bookmarks.first() else { return Vec::new() };
    let top = |mark: &Bookmark| mark.level <= first.level;
    let mut rest = bookmarks;
    let mut made = Vec::new();
    while let Some((head, after)) = rest.split_first() {
        let inside = after.iter().position(top).unwrap_or(after.len());
        let mut node = OutlineNode::new(head.text.clone(), XyzDestination::new(head.page, Point::from_xy(0.0, head.y)));
        nodes(&after[..inside]).into_iter().for_each(|child| node.push_child(child));
        made.push(node);
        rest = &after[inside..];
    }
    made
}

fn node(part: &Child, leaves: &[Option<Identifier>]) -> Option<Node> {
    match part {
        Child::Leaf(leaf) => leaves.get(*leaf).copied().flatten().map(Node::from),
        Child::Branch(branch) => Some(group(branch, leaves).into()),
    }
}

fn group(branch: &Branch, leaves: &[Option<Identifier>]) -> TagGroup {
    let inside: Vec<Node> = branch.children.iter().filter_map(|child| node(child, leaves)).collect();
    match &branch.role {
        Role::Heading(level, title) => {
            let level = NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN);
            TagGroup::with_children(Tag::Hn(level, Some(title.clone())), inside)
        }
        Role::Paragraph => TagGroup::with_children(Tag::P, inside),
        Role::List => TagGroup::with_children(Tag::L(ListNumbering::None), inside),
        Role::Item => TagGroup::with_children(Tag::LI, inside),
        Role::Label => TagGroup::with_children(Tag::Lbl, inside),
        Role::ItemBody => TagGroup::with_children(Tag::LBody, inside),
        Role::Table => TagGroup::with_children(Tag::Table, inside),
        Role::TableHead => TagGroup::with_children(Tag::THead, inside),
        Role::TableBody => TagGroup::with_children(Tag::TBody, inside),
        Role::Row => TagGroup::with_children(Tag::TR, inside),
        Role::ColumnHead => TagGroup::with_children(Tag::TH(TableHeaderScope::Column), inside),
        Role::RowHead => TagGroup::with_children(Tag::TH(TableHeaderScope::Row), inside),
        Role::Cell => TagGroup::with_children(Tag::TD, inside),
        Role::Figure(alt) => TagGroup::with_children(Tag::Figure(Some(alt.clone())), inside),
    }
}
