//! The JSON interface: the same desks and the same table as the pages, for programs. Who asks shows a token of a sign-in.

mod answers;
mod charts;
mod description;
mod links;
mod pictures;
mod running;
mod sent;
mod sign_in;

use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use resurface_ledger::access::Operation;

use crate::routes::{Call, Content, Need, Route};

/// Every address of the interface.
pub(crate) fn routes() -> Vec<Route> {
    let staff = Need::Staff;
    let about_pictures = post(pictures::take).layer(DefaultBodyLimit::max(pictures::bytes_max()));
    vec![
        Route::new("/api/v1/openapi.json", Need::Anybody, "this description", get(description::show))
            .calls([Call::get("", Content::Json)]),
        Route::new("/api/v1/sign-in", Need::Anybody, "a token for name, password and code", post(sign_in::sign_in))
            .calls([Call::post("", Content::Json)]),
        Route::new("/api/v1/sign-out", Need::Anybody, "end a sign-in", post(sign_in::sign_out))
            .calls([Call::post("", Content::Nothing)]),
        Route::new("/api/v1/step-up", staff(Operation::ManageOwnAccount), "password and code once more", post(sign_in::step_up))
            .calls([Call::post("", Content::Json)]),
        Route::new("/api/v1/worklist", staff(Operation::ReadWorklist), "every chart's next step", get(running::worklist))
            .calls([Call::get("", Content::Json)]),
        Route::new("/api/v1/patients", staff(Operation::SearchPatients), "charts by name or number", get(charts::find))
            .calls([Call::get("q", Content::Json)]),
        Route::new("/api/v1/charts", staff(Operation::RegisterPatient), "register a patient", post(charts::register))
            .calls([Call::post("", Content::Registration)]),
        Route::new(
            "/api/v1/charts/{patient}",
            staff(Operation::OpenChart),
            "what is known of a patient, and what comes next",
            get(charts::show),
        )
        .calls([Call::get("", Content::Json)]),
        Route::new(
            "/api/v1/charts/{patient}/entries",
            staff(Operation::OpenChart),
            "every entry of a chart",
            get(charts::entries),
        )
        .calls([Call::get("", Content::Json)]),
        Route::new(
            "/api/v1/charts/{patient}/entries/{id}",
            staff(Operation::OpenChart),
            "add an entry under an id of one's own",
            axum::routing::put(charts::add),
        )
        .calls([Call::put("seen", Content::Entry)]),
        Route::new(
            "/api/v1/charts/{patient}/consultations/{id}",
            staff(Operation::Screen),
            "add a consultation, and what is decided with it",
            axum::routing::put(charts::consult),
        )
        .calls([Call::put("seen plan review reason", Content::Consultation)]),
        Route::new(
            "/api/v1/charts/{patient}/screening",
            staff(Operation::Screen),
            "what screening says today; nothing is kept",
            get(answers::screening),
        )
        .calls([Call::get("jurisdiction device operator", Content::Json)]),
        Route::new(
            "/api/v1/charts/{patient}/plan",
            staff(Operation::AdoptPlan),
            "the plan as it would be proposed today; nothing is kept",
            get(answers::plan),
        )
        .calls([Call::get("jurisdiction device operator", Content::Json)]),
        Route::new(
            "/api/v1/charts/{patient}/gate",
            staff(Operation::GateSession),
            "what the gate says to a treatment day; nothing is kept",
            post(answers::gate),
        )
        .calls([Call::post("jurisdiction device operator", Content::Json)]),
        Route::new(
            "/api/v1/charts/{patient}/review",
            staff(Operation::Review),
            "what a review says today; nothing is kept",
            get(answers::review),
        )
        .calls([Call::get("jurisdiction device operator", Content::Json)]),
        Route::new("/api/v1/charts/{patient}/pictures", staff(Operation::TakePicture), "take a picture in", about_pictures)
            .calls([Call::post("view on note", Content::Picture)]),
        Route::new(
            "/api/v1/charts/{patient}/pictures/{entry}",
            staff(Operation::SeePicture),
            "one form of a picture",
            get(pictures::show),
        )
        .calls([Call::get("form", Content::Picture)]),
        Route::new(
            "/api/v1/charts/{patient}/links",
            staff(Operation::MakePatientLink),
            "links of a patient",
            get(links::list).post(links::make),
        )
        .calls([Call::get("", Content::Json), Call::post("", Content::Json)]),
        Route::new(
            "/api/v1/charts/{patient}/links/{link}",
            staff(Operation::RevokePatientLink),
            "revoke a link",
            axum::routing::delete(links::revoke),
        )
        .calls([Call::delete()]),
        Route::new("/api/v1/recall", staff(Operation::RecallLot), "who was treated with a lot", get(running::recall))
            .calls([Call::get("lot", Content::Json)]),
        Route::new("/api/v1/users", staff(Operation::ListUsers), "who works here", get(running::users))
            .calls([Call::get("", Content::Json)]),
        Route::new(
            "/api/v1/settings",
            staff(Operation::ChangeSettings),
            "how the clinic works",
            get(running::settings).post(running::change_setting),
        )
        .calls([Call::get("", Content::Json), Call::post("", Content::Json)]),
        Route::new("/api/v1/outcomes", staff(Operation::ClinicOutcomes), "what became of the patients", get(running::outcomes))
            .calls([Call::get("", Content::Json)]),
        Route::new("/api/v1/access-log", staff(Operation::ReadAccessLog), "who did what, newest first", get(running::access_log))
            .calls([Call::get("patient outcome lines", Content::Json)]),
        Route::new("/api/v1/verify", staff(Operation::Verify), "check that no record was changed", post(running::verify))
            .calls([Call::post("", Content::Nothing)]),
    ]
}
