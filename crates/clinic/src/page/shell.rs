//! The frame: what stands above, beside and below the content of every page.

use axum::response::{Html, IntoResponse, Response};
use maud::{DOCTYPE, Markup, html};
use resurface_ledger::access::Role;
use resurface_words::Language;

use super::encoded;
use super::frame::{Demonstration, Frame};
use crate::assets;

/// Which part of the program a page belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Area {
    Worklist,
    NewChart,
    Chart,
    Recall,
    Outcomes,
    Users,
    Settings,
    Audit,
    Account,
    /// Pages of a patient, and the doors.
    Outside,
}

const TEAM: &[Role] = &[Role::Practitioner, Role::Prescriber, Role::Assistant];
const LEAD: &[Role] = &[Role::Lead];

/// The ways through the program: area, address, label, and who finds them there.
const WAYS: [(Area, &str, &str, &[Role]); 7] = [
    (Area::Worklist, "/worklist", "nav-worklist", TEAM),
    (Area::NewChart, "/charts/new", "nav-new-chart", TEAM),
    (Area::Recall, "/recall", "nav-recall", LEAD),
    (Area::Outcomes, "/outcomes", "nav-outcomes", LEAD),
    (Area::Users, "/users", "nav-users", LEAD),
    (Area::Settings, "/settings", "nav-settings", LEAD),
    (Area::Audit, "/audit", "nav-audit", LEAD),
];

/// A page that is being made.
pub(crate) struct Page<'a> {
    frame: Frame<'a>,
    area: Area,
    title: String,
    scripts: Vec<&'static str>,
}

impl<'a> Page<'a> {
    pub(crate) fn new(frame: Frame<'a>, area: Area, title: &str) -> Self {
        Self { frame, area, title: title.to_owned(), scripts: Vec::new() }
    }

    /// A script of the page, besides that of every page.
    pub(crate) fn script(mut self, name: &'static str) -> Self {
        self.scripts.push(name);
        self
    }

    /// The whole page.
    pub(crate) fn body(self, body: &Markup) -> Response {
        Html(document(&self.frame, self.area, &self.title, &self.scripts, body).into_string()).into_response()
    }

    /// The whole page, with a status: a form that was not right is a 422.
    pub(crate) fn with_status(self, status: axum::http::StatusCode, body: &Markup) -> Response {
        (status, self.body(body)).into_response()
    }
}

/// A page outside the ways of the program.
pub(crate) fn whole(frame: &Frame<'_>, title: &str, body: &Markup) -> Html<String> {
    Html(document(frame, Area::Outside, title, &[], body).into_string())
}

fn document(frame: &Frame<'_>, area: Area, title: &str, scripts: &[&str], body: &Markup) -> Markup {
    let words = frame.words;
    html! {
        (DOCTYPE)
        html lang=(words.language().code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="htmx-config" content=r#"{"includeIndicatorCSS":false}"#;
                title { (title) " \u{2013} " (words.text("product")) }
                link rel="icon" href=(assets::address("icon.svg")) type="image/svg+xml";
                link rel="stylesheet" href=(assets::address("style.css"));
                script src=(assets::address("htmx.js")) defer {}
                @for script in scripts {
                    script src=(assets::address(script)) type=[script.ends_with(".mjs").then_some("module")] defer {}
                }
            }
            body {
                a.skip href="#content" { (words.text("skip-to-content")) }
                (header(frame, area))
                @if frame.demonstration == Demonstration::Yes { p.demonstration { (words.text("demonstration")) } }
                main id="content" tabindex="-1" { (body) }
                (footer(frame))
            }
        }
    }
}

fn header(frame: &Frame<'_>, area: Area) -> Markup {
    let words = frame.words;
    html! {
        header.top {
            a.brand href=[frame.name.map(|_| "/worklist")] {
                img src=(assets::address("icon.svg")) alt="" width="28" height="28";
                span { (words.text("product")) }
            }
            @if frame.name.is_some() {
                nav.ways aria-label=(words.text("menu")) {
                    ul {
                        @for (of, address, label, roles) in WAYS {
                            @if frame.has(roles) {
                                li { a href=(address) aria-current=[(of == area).then_some("page")] { (words.text(label)) } }
                            }
                        }
                    }
                }
            }
            div.who {
                (languages(frame))
                @if let Some(name) = frame.name {
                    a.name href="/account" aria-current=[(area == Area::Account).then_some("page")] {
                        span.visually-hidden { (words.text("nav-account")) ": " } (name)
                    }
                    form method="post" action="/sign-out" { (frame.form_seal) button.quiet type="submit" { (words.text("sign-out")) } }
                }
            }
        }
    }
}

/// The other languages: which one this is, everybody sees.
fn languages(frame: &Frame<'_>) -> Markup {
    html! {
        nav.languages aria-label=(frame.words.text("language")) {
            @for language in Language::ALL.into_iter().filter(|language| *language != frame.words.language()) {
                a href={ "/language/" (language.code()) "?next=" (encoded(frame.asked)) } lang=(language.code())
                    hreflang=(language.code()) { (language.own_name()) }
            }
        }
    }
}

fn footer(frame: &Frame<'_>) -> Markup {
    let words = frame.words;
    html! {
        footer.bottom {
            p { (words.text("footer-decides")) }
            p.small {
                (words.with("footer-version", [("version", frame.program.into()), ("knowledge", (&frame.knowledge).into())]))
            }
        }
    }
}
