//! The kinds of adverse events: what each looks like, what is done, how soon, and who is told.

use maud::{Markup, html};
use resurface_knowledge::adverse_events::{AdverseEvent, Report, Urgency};
use resurface_knowledge::fact::Statement;
use resurface_words::Words;

use crate::page::cited::mark_words;
use crate::seat::Seat;

/// The name of a kind, or that nobody has judged it.
pub(super) fn name(seat: &Seat<'_>, event: Option<&str>) -> Markup {
    let reader = seat.reader();
    let known = event.and_then(|id| reader.knowledge.adverse_events.event(id));
    html! {
        @match (known, event) {
            (Some(known), _) => { (known.name) },
            (None, Some(id)) => { (id) },
            (None, None) => { (seat.words().text("events-not-judged")) },
        }
    }
}

/// Every kind, to choose from; first that nobody has judged it yet.
pub(super) fn choices<'a>(seat: &'a Seat<'_>) -> Vec<(&'a str, String)> {
    let kinds = seat.reader().knowledge.adverse_events.events.iter().map(|event| (event.id.as_str(), event.name.clone()));
    std::iter::once(("", seat.words().text("events-not-judged"))).chain(kinds).collect()
}

/// How soon, in word and colour.
fn urgency(words: &Words, urgency: Urgency) -> Markup {
    let (tone, key) = match urgency {
        Urgency::Expected => ("quiet", "urgency-expected"),
        Urgency::WithinAWeek => ("warn", "urgency-week"),
        Urgency::SameDay => ("danger", "urgency-day"),
        Urgency::Emergency => ("danger", "urgency-emergency"),
    };
    html! { span.tag.(tone) { (words.text(key)) } }
}

/// What is done about one kind.
pub(super) fn what_to_do(seat: &Seat<'_>, event: &AdverseEvent, place: Option<&str>) -> Markup {
    let words = &seat.reader();
    let knowledge = words.knowledge;
    let course = match event.course {
        resurface_knowledge::adverse_events::CourseAfter::Continue => "course-continue",
        resurface_knowledge::adverse_events::CourseAfter::Pause => "course-pause",
        resurface_knowledge::adverse_events::CourseAfter::Stop => "course-stop",
    };
    html! {
        p { (urgency(words, event.urgency)) " " span.tag.quiet { (words.text(course)) } }
        dl.facts {
            dt { (words.text("events-do")) } dd { (words.says(&event.practitioner_does)) }
            dt { (words.text("events-patient-does")) } dd { (words.says(&event.patient_does)) }
            dt { (words.text("events-common")) } dd { (words.says(&event.how_common.text)) }
            dt { (words.text("events-onset")) }
            dd { (words.with("events-onset-days", [("from", u32::from(event.onset.from_day).into()), ("to", u32::from(event.onset.to_day).into())])) }
            dt { (words.text("events-authority")) }
            dd {
                @if event.report == Report::No { (words.text("events-report-no")) }
                @else {
                    @let told = authorities(seat, place);
                    @if told.is_empty() { (words.text("events-report-unknown")) }
                    @for statement in told { p { (statement.text) " (" (mark_words(words, statement.mark)) ")" } }
                }
            }
        }
        p.small { (words.with("verdict-sources", [("ids", event.how_common.sources.join(", ").into())])) ", " (mark_words(words, event.how_common.mark)) " · " (knowledge.version.to_string()) }
    }
}

/// Whom it is reported to at a place, and at the larger place that it lies in.
fn authorities<'a>(seat: &'a Seat<'_>, place: Option<&str>) -> Vec<&'a Statement> {
    let knowledge = seat.reader().knowledge;
    let find = |id: &str| knowledge.jurisdictions.iter().find(|known| known.id == id);
    let here = place.and_then(find);
    let around = here.and_then(|here| here.within.as_deref()).and_then(find);
    let of_places = here.into_iter().chain(around).flat_map(|known| &known.reporting);
    knowledge.adverse_events.reporting.iter().chain(of_places).collect()
}

/// Every kind as the patient notices it, to judge by.
pub(super) fn guide(seat: &Seat<'_>) -> Markup {
    let words = seat.words();
    html! {
        details {
            summary { (words.text("events-guide")) }
            div.scroll role="region" tabindex="0" aria-label=(words.text("events-guide")) {
                table {
                    thead { tr { @for key in ["events-what", "events-patient-notices", "events-urgency"] { th scope="col" { (words.text(key)) } } } }
                    tbody {
                        @for event in &seat.reader().knowledge.adverse_events.events {
                            tr { th scope="row" { (event.name) } td { (event.patient) } td { (urgency(words, event.urgency)) } }
                        }
                    }
                }
            }
        }
    }
}
