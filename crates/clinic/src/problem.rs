//! What goes wrong on the way to an answer: one table from what happened to status, title and what is to be done.
//!
//! A [`Problem`] becomes a page for a browser and a problem document (RFC 9457) for a program; which of the two is decided
//! where the response leaves ([`dress`]).

use std::sync::Arc;

use axum::Json;
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_TYPE, LOCATION, RETRY_AFTER};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use maud::html;
use resurface_care::chart::DecideError;
use resurface_knowledge::document::FaultReport;
use resurface_ledger::access::{Missing, Refused};
use resurface_ledger::clinic::LedgerError;
use serde_json::json;

use crate::app::{App, NoRules};
use crate::doors::Visitor;
use crate::form::Faults;
use crate::page::{self, Frame};
use crate::pages::chart::sheet::Unwritten;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    /// Nobody is signed in.
    NotSignedIn,
    /// Password and code are needed once more.
    StepUp,
    /// A second factor has to be set up first.
    SecondFactor,
    /// The table refuses.
    Forbidden,
    /// There is nothing at this address.
    Missing,
    /// What is at this address is not asked in this way.
    Method,
    /// Somebody else wrote meanwhile.
    Moved,
    /// The form belongs to an earlier sign-in, or to another site.
    StaleForm,
    /// What was sent is not right.
    Faults,
    /// Too many tries.
    Wait,
    /// Too large.
    TooLarge,
    /// It took too long.
    TooSlow,
    /// Data or machine are at fault.
    Broken,
}

impl What {
    /// Everything that can happen.
    const ALL: [Self; 13] = [
        Self::NotSignedIn,
        Self::StepUp,
        Self::SecondFactor,
        Self::Forbidden,
        Self::Missing,
        Self::Method,
        Self::Moved,
        Self::StaleForm,
        Self::Faults,
        Self::Wait,
        Self::TooLarge,
        Self::TooSlow,
        Self::Broken,
    ];

    /// What an answer with a status amounts to that was given before any of ours was asked.
    fn of_status(status: StatusCode) -> Option<Self> {
        match status {
            StatusCode::SERVICE_UNAVAILABLE => Some(Self::TooSlow),
            StatusCode::INTERNAL_SERVER_ERROR => Some(Self::Broken),
            StatusCode::BAD_REQUEST => Some(Self::Faults),
            _ => None,
        }
    }

    /// Code, status and the key of the title.
    const fn row(self) -> (&'static str, StatusCode, &'static str) {
        match self {
            Self::NotSignedIn => ("not-signed-in", StatusCode::UNAUTHORIZED, "sign-in-title"),
            Self::StepUp => ("step-up", StatusCode::FORBIDDEN, "step-up-title"),
            Self::SecondFactor => ("second-factor", StatusCode::FORBIDDEN, "factor-title"),
            Self::Forbidden => ("forbidden", StatusCode::FORBIDDEN, "problem-forbidden"),
            Self::Missing => ("missing", StatusCode::NOT_FOUND, "problem-missing"),
            Self::Method => ("method", StatusCode::METHOD_NOT_ALLOWED, "problem-missing"),
            Self::Moved => ("moved", StatusCode::CONFLICT, "problem-moved"),
            Self::StaleForm => ("stale-form", StatusCode::FORBIDDEN, "problem-title"),
            Self::Faults => ("faults", StatusCode::UNPROCESSABLE_ENTITY, "problem-title"),
            Self::Wait => ("wait", StatusCode::TOO_MANY_REQUESTS, "problem-wait"),
            Self::TooLarge => ("too-large", StatusCode::PAYLOAD_TOO_LARGE, "problem-too-large"),
            Self::TooSlow => ("too-slow", StatusCode::SERVICE_UNAVAILABLE, "problem-too-slow"),
            Self::Broken => ("broken", StatusCode::INTERNAL_SERVER_ERROR, "problem-broken"),
        }
    }
}

/// What each kind of problem is called, for good.
pub(crate) fn kinds() -> impl Iterator<Item = String> {
    What::ALL.into_iter().map(|what| kind(what.row().0))
}

fn kind(code: &str) -> String {
    format!("urn:resurface:problem:{code}")
}

/// What went wrong.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    pub(crate) what: What,
    /// In words, for whoever asked; never anything about a patient.
    pub(crate) detail: Option<String>,
    /// What exactly in what was sent, where that is the matter.
    pub(crate) faults: Option<FaultReport>,
    /// From when on it may be tried again, where waiting helps.
    pub(crate) wait_until: Option<Timestamp>,
}

impl Problem {
    pub(crate) fn new(what: What, detail: impl Into<String>) -> Self {
        Self { what, detail: Some(detail.into()), faults: None, wait_until: None }
    }

    pub(crate) const fn plain(what: What) -> Self {
        Self { what, detail: None, faults: None, wait_until: None }
    }

    pub(crate) const fn no_such_page() -> Self {
        Self::plain(What::Missing)
    }

    pub(crate) fn faults(report: FaultReport) -> Self {
        Self { faults: Some(report), ..Self::plain(What::Faults) }
    }

    /// The document of RFC 9457.
    fn document(&self, title: &str) -> Response {
        let (code, status, _) = self.what.row();
        let mut document = json!({ "type": kind(code), "title": title, "status": status.as_u16() });
        if let Some(detail) = &self.detail {
            document["detail"] = json!(detail);
        }
        if let Some(report) = &self.faults {
            let fault = |fault: &resurface_knowledge::document::Fault| json!({ "field": fault.field, "problem": fault.problem, "allowed": fault.allowed });
            document["faults"] = report.faults().iter().map(fault).collect();
        }
        let mut response = (status, Json(document)).into_response();
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        response
    }

    /// The page for a browser.
    fn page(&self, app: &App, visitor: &Visitor) -> Response {
        let (_, status, title) = self.what.row();
        let words = visitor.words;
        let detail = match self.what {
            What::StaleForm => Some(words.text("problem-form-stale")),
            _ => self.detail.clone(),
        };
        let body = html! {
            section.card.problem {
                h1 { (words.text(title)) }
                @if let Some(detail) = detail { p lang=[(self.what != What::StaleForm).then_some("en")] { (detail) } }
                @if let Some(report) = &self.faults {
                    ul lang="en" { @for fault in report.faults() { li { strong { (fault.field) } ": " (fault.problem) } } }
                }
                @if self.what == What::Forbidden && visitor.asked.starts_with("/charts/") {
                    p { a href="/break-glass" { (words.text("glass-way")) } }
                }
                @if self.what != What::TooSlow { p { (words.text("problem-nothing-saved")) } }
                // a patient's own page leads to none of the clinic's
                @if !visitor.asked.starts_with("/my/") { p { a.button href="/worklist" { (words.text("problem-back-to-work")) } } }
            }
        };
        (status, page::whole(&Frame::of_nobody(app, visitor), &words.text(title), &body)).into_response()
    }
}

impl From<LedgerError> for Problem {
    fn from(error: LedgerError) -> Self {
        let what = match &error {
            LedgerError::Refused(Refused { missing, .. }) => match missing {
                Missing::StepUp => What::StepUp,
                Missing::SecondFactor => What::SecondFactor,
                _ => What::Forbidden,
            },
            LedgerError::LinkRefused => What::Forbidden,
            LedgerError::NotSignedIn(_) => What::NotSignedIn,
            LedgerError::NoSuchChart | LedgerError::NoSuchEntry | LedgerError::NoSuchUser => What::Missing,
            LedgerError::Moved { .. } => What::Moved,
            LedgerError::Wait(_) => What::Wait,
            LedgerError::WrongSignIn
            | LedgerError::CodeNeeded
            | LedgerError::PasskeyNeeded
            | LedgerError::Passkey(_)
            | LedgerError::NotConfirmed
            | LedgerError::IdReused
            | LedgerError::NumberTaken
            | LedgerError::DoesNotFit(_)
            | LedgerError::NoConsent
            | LedgerError::OtherOperator
            | LedgerError::Mixed(_)
            | LedgerError::Picture(_)
            | LedgerError::UserExists
            | LedgerError::LastLead
            | LedgerError::Name(_)
            | LedgerError::Password(_)
            | LedgerError::Link(_)
            | LedgerError::SeveralCharts(_) => What::Faults,
            _ => What::Broken,
        };
        let wait_until = match &error {
            LedgerError::Wait(wait) => Some(wait.until),
            _ => None,
        };
        Self { wait_until, ..Self::new(what, error.to_string()) }
    }
}

impl From<Faults> for Problem {
    fn from(faults: Faults) -> Self {
        let (report, detail) = faults.report("body");
        Self { detail, faults: (!report.faults().is_empty()).then_some(report), ..Self::plain(What::Faults) }
    }
}

impl From<Unwritten> for Problem {
    fn from(unwritten: Unwritten) -> Self {
        match unwritten {
            Unwritten::Wrong(faults) => faults.into(),
            Unwritten::Changed(faults) => Self { what: What::Moved, ..faults.into() },
            Unwritten::Problem(problem) => problem,
        }
    }
}

impl From<DecideError> for Problem {
    fn from(error: DecideError) -> Self {
        Self::new(What::Faults, error.to_string())
    }
}

impl From<NoRules> for Problem {
    fn from(error: NoRules) -> Self {
        match error {
            NoRules::Ledger(error) => error.into(),
            NoRules::Knowledge(mut reports) if reports.len() == 1 => Self::faults(reports.remove(0)),
            error => Self::new(What::Faults, error.to_string()),
        }
    }
}

impl From<FaultReport> for Problem {
    fn from(report: FaultReport) -> Self {
        Self::faults(report)
    }
}

impl IntoResponse for Problem {
    /// Only says what happened: [`dress`] gives it the form that was asked for.
    fn into_response(self) -> Response {
        let mut response = self.what.row().1.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// From when on something may be tried again, on a page that says so itself.
#[derive(Clone, Copy)]
pub(crate) struct WaitUntil(pub(crate) Timestamp);

/// Gives every problem the form that was asked for: a page, a way to sign in, or a problem document.
pub(crate) async fn dress(State(app): State<Arc<App>>, visitor: Visitor, request: Request, next: Next) -> Response {
    let for_program = request.uri().path().starts_with("/api/");
    let is_reading = request.method() == Method::GET;
    let asked = request.uri().path_and_query().map_or("/", |asked| asked.as_str()).to_owned();
    let mut response = next.run(request).await;
    let ours = response.extensions_mut().remove::<Problem>();
    let Some(problem) = ours.or_else(|| What::of_status(response.status()).map(Problem::plain)) else {
        let wait = response.extensions_mut().remove::<WaitUntil>();
        return retry_after(&app, response, wait.map(|WaitUntil(until)| until));
    };
    let dressed = if for_program {
        problem.document(&visitor.words.text(problem.what.row().2))
    } else {
        match problem.what {
            What::NotSignedIn => see_other("/sign-in", if is_reading { &asked } else { "/worklist" }),
            What::StepUp => see_other("/step-up", if is_reading { &asked } else { visitor.came_from() }),
            What::SecondFactor => see_other("/account/second-factor", ""),
            _ => problem.page(&app, &visitor),
        }
    };
    retry_after(&app, dressed, problem.wait_until)
}

/// Says in how many seconds it may be tried again, where waiting helps.
fn retry_after(app: &App, mut response: Response, wait_until: Option<Timestamp>) -> Response {
    if let Some(until) = wait_until {
        let left = until.duration_since(app.clinic().surroundings().now()).as_secs_f64().ceil().max(1.0);
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(left as u64));
    }
    response
}

/// On to another page, which leads back to where somebody wanted to go.
fn see_other(to: &str, next: &str) -> Response {
    let address = format!("{to}?next={}", page::encoded(next));
    let location = HeaderValue::from_str(&address).unwrap_or_else(|_| HeaderValue::from_static("/sign-in"));
    (StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response()
}
