//! The form with which pictures are taken or handed in: one place for each view, with the first picture of that view beside it.

use maud::{Markup, html};
use resurface_care::chart::View;
use resurface_ledger::clinic::OpenChart;

use super::{VIEWS, address, of_view, upload, view_key, view_word};
use crate::pages::chart::sheet::Sheet;
use crate::seat::Seat;

pub(super) fn form(seat: &Seat<'_>, open: &OpenChart, sheet: Sheet) -> Markup {
    let words = seat.words();
    let today = seat.app.clinic().today();
    let megabytes = (upload::BODY_BYTES_MAX / 1_000_000).to_string();
    html! {
        details.card.taking open[open.chart.pictures.is_empty()] {
            summary { h2 { (words.text("pictures-take")) } }
            p { (words.with("pictures-take-hint", [("megabytes", megabytes.into())])) }
            form method="post" action={ "/charts/" (open.patient) "/pictures" } enctype="multipart/form-data" {
                (sheet.fields(seat))
                div.field { label for="f-on" { (words.text("pictures-on")) } input type="date" id="f-on" name="on" value=(today) max=(today) required; }
                div.views { @for view in VIEWS { (place(seat, open, view)) } }
                div.field {
                    label for="f-note" { (words.text("pictures-note")) }
                    input type="text" id="f-note" name="note" maxlength="200";
                }
                button type="submit" { (words.text("pictures-keep")) }
            }
            details { summary { (words.text("pictures-protocol")) } ul { @for statement in &seat.reader().knowledge.protocol.photographs { li { (statement.text) } } } }
            (camera(seat))
        }
    }
}

/// The place of one view.
fn place(seat: &Seat<'_>, open: &OpenChart, view: View) -> Markup {
    let words = seat.words();
    let (word, name) = (view_word(view), words.text(view_key(view)));
    let baseline = of_view(open, view)
        .first()
        .map(|(entry, taken)| (address(open.patient, *entry, "thumbnail"), address(open.patient, *entry, "display"), taken.on));
    html! {
        fieldset.view data-view=(word) data-ghost=[baseline.as_ref().map(|(_, display, _)| display)] {
            legend { (name) }
            @if let Some((thumbnail, _, on)) = &baseline {
                img src=(thumbnail) loading="lazy" width="120" height="120" alt=(words.with("pictures-alt", [("view", (&name).into()), ("date", words.date(*on).into())]));
            } @else { p.small { (words.text("pictures-first")) } }
            label for={ "f-" (word) } { (words.with("pictures-choose", [("view", (&name).into())])) }
            input type="file" id={ "f-" (word) } name=(word) accept="image/jpeg,image/png" capture="environment" multiple[view == View::CloseUp];
            button.second.camera type="button" hidden { (words.text("pictures-camera")) }
            p.small.taken role="status" {}
        }
    }
}

/// The live picture with the first one over it. It is shown by a script alone, as a camera is opened by one.
fn camera(seat: &Seat<'_>) -> Markup {
    let words = seat.words();
    html! {
        dialog.camera aria-label=(words.text("pictures-camera")) data-taken=(words.text("pictures-taken")) data-fault=(words.text("pictures-no-camera")) {
            div.stage { video autoplay muted playsinline {} img.ghost alt="" hidden; }
            p.fault role="alert" hidden {}
            label.ghostly { (words.text("pictures-ghost")) " " input type="range" min="0" max="100" value="40"; }
            div.actions {
                button.shutter type="button" { (words.text("pictures-shutter")) }
                button.turn.second type="button" { (words.text("pictures-turn")) }
                button.close.second type="button" { (words.text("cancel")) }
            }
        }
    }
}
