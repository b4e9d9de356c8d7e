//! Whatever a page does a program can do: every page names its counterpart in the interface, or why it has none.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use resurface_clinic::routes;

use crate::builder::AClinic;

/// A line for each way to call a page: the page, and after the arrow what a program calls or, in brackets, why it needs nothing.
const TABLE: &str = "
GET /language/{code} -> (a cookie of a browser: a program sends accept-language)
GET / -> (leads a browser on)
GET /sign-in -> (a form)
POST /sign-in -> POST /api/v1/sign-in
GET /step-up -> (a form)
POST /step-up -> POST /api/v1/step-up
POST /sign-out -> POST /api/v1/sign-out
GET /set-up/{token} -> (for whoever is at the clinic's machine, once: there, `resurface user add` does the same)
POST /set-up/{token} -> (as above)
GET /account -> GET /api/v1/account
POST /account/password -> POST /api/v1/account/password
GET /account/second-factor -> (a form)
POST /account/second-factor -> POST /api/v1/account/second-factor
POST /account/second-factor/confirm -> POST /api/v1/account/second-factor/confirm
GET /account/passkeys -> (the browser and its authenticator make a passkey: a program has none)
POST /account/passkeys -> (as above)
POST /account/passkeys/ask -> (as above)
POST /sign-in/passkey -> (as above)
POST /sign-in/passkey/ask -> (as above)
POST /step-up/passkey -> (as above)
POST /step-up/passkey/ask -> (as above)

GET /worklist -> GET /api/v1/worklist
GET /charts/new -> (a form)
POST /charts/new -> POST /api/v1/charts
GET /charts/{patient} -> GET /api/v1/charts/{patient}
GET /charts/{patient}/entries/{entry} -> GET /api/v1/charts/{patient}/entries
POST /charts/{patient}/entries/{entry} -> PUT /api/v1/charts/{patient}/entries/{id}
GET /charts/{patient}/intake -> GET /api/v1/charts/{patient}/intake
POST /charts/{patient}/intake -> PUT /api/v1/charts/{patient}/intake/{id}
GET /charts/{patient}/examination -> GET /api/v1/charts/{patient}/entries
POST /charts/{patient}/examination -> PUT /api/v1/charts/{patient}/examination/{id}
POST /charts/{patient}/examination/grades -> POST /api/v1/charts/{patient}/examination/grades
GET /charts/{patient}/screening -> GET /api/v1/charts/{patient}/screening
POST /charts/{patient}/screening -> PUT /api/v1/charts/{patient}/screening/{id}
GET /charts/{patient}/plan -> GET /api/v1/charts/{patient}/plan
POST /charts/{patient}/plan -> PUT /api/v1/charts/{patient}/plan/{id}
GET /charts/{patient}/forecast.svg -> GET /api/v1/charts/{patient}/forecast.svg
GET /charts/{patient}/consent -> GET /api/v1/charts/{patient}/consent
POST /charts/{patient}/consent -> PUT /api/v1/charts/{patient}/consent/{id}
GET /charts/{patient}/consent/withdrawal -> GET /api/v1/charts/{patient}/withdrawal
POST /charts/{patient}/consent/withdrawal -> PUT /api/v1/charts/{patient}/withdrawal/{id}
GET /charts/{patient}/treatment -> GET /api/v1/charts/{patient}/entries, POST /api/v1/charts/{patient}/gate
POST /charts/{patient}/treatment -> PUT /api/v1/charts/{patient}/treatment/{id}
GET /charts/{patient}/treatment/cartridge -> GET /api/v1/cartridge
GET /charts/{patient}/session -> (a form)
POST /charts/{patient}/session -> PUT /api/v1/charts/{patient}/session/{id}
GET /charts/{patient}/review -> GET /api/v1/charts/{patient}/review
POST /charts/{patient}/review -> PUT /api/v1/charts/{patient}/review/{id}
POST /charts/{patient}/review/outcome -> PUT /api/v1/charts/{patient}/outcomes/{id}
GET /charts/{patient}/events -> GET /api/v1/charts/{patient}/events
POST /charts/{patient}/events -> PUT /api/v1/charts/{patient}/events/{id}
GET /charts/{patient}/events/{entry} -> GET /api/v1/charts/{patient}/events
POST /charts/{patient}/events/{entry} -> PUT /api/v1/charts/{patient}/follow-ups/{id}, PUT /api/v1/charts/{patient}/entries/{id}
GET /charts/{patient}/messages -> GET /api/v1/charts/{patient}/messages
POST /charts/{patient}/messages -> PUT /api/v1/charts/{patient}/messages/{id}
GET /charts/{patient}/pictures -> GET /api/v1/charts/{patient}/pictures
POST /charts/{patient}/pictures -> POST /api/v1/charts/{patient}/pictures
GET /charts/{patient}/pictures/compare -> GET /api/v1/charts/{patient}/pictures
GET /charts/{patient}/pictures/{entry}/{form} -> GET /api/v1/charts/{patient}/pictures/{entry}
GET /charts/{patient}/documents -> (names five documents: the description does)
GET /charts/{patient}/documents/{name} -> GET /api/v1/charts/{patient}/documents/{name}
GET /charts/{patient}/links -> GET /api/v1/charts/{patient}/links
POST /charts/{patient}/links -> POST /api/v1/charts/{patient}/links
POST /charts/{patient}/links/{link}/revoke -> DELETE /api/v1/charts/{patient}/links/{link}
GET /break-glass -> GET /api/v1/patients
POST /break-glass -> POST /api/v1/charts/{patient}/break-glass

GET /l/{purpose}/{patient}/{token} -> (keeps a link in a browser: a program sends it in a header)
GET /my/intake -> (a form)
POST /my/intake -> PUT /api/v1/my/intake/{id}
GET /my/plan -> GET /api/v1/my/plan
GET /my/guide/{topic} -> GET /api/v1/my/guide/{topic}
GET /my/report -> (a form; when to call stands in the plan)
POST /my/report -> PUT /api/v1/my/report/{id}

GET /recall -> GET /api/v1/recall
GET /recall/table.csv -> GET /api/v1/recall/table.csv
GET /users -> GET /api/v1/users
GET /users/new -> (a form)
POST /users/new -> PUT /api/v1/users/{user}
GET /users/{user} -> GET /api/v1/users
POST /users/{user} -> POST /api/v1/users/{user}, POST /api/v1/users/{user}/password, POST /api/v1/users/{user}/end-sign-ins
GET /audit -> GET /api/v1/access-log
GET /audit/emergencies -> GET /api/v1/access-log/emergencies
GET /settings -> GET /api/v1/settings
POST /settings -> POST /api/v1/settings
POST /settings/second-factor -> POST /api/v1/settings/second-factor
GET /settings/{setting} -> GET /api/v1/settings
POST /settings/{setting} -> POST /api/v1/settings
GET /outcomes -> GET /api/v1/outcomes
GET /outcomes/table.csv -> GET /api/v1/outcomes/table.csv
";

/// The same of measuring, which a build can leave out.
#[cfg(feature = "measure")]
const MEASURING: &str = "
POST /charts/{patient}/scans -> POST /api/v1/charts/{patient}/scans
GET /charts/{patient}/scans/{entry} -> GET /api/v1/charts/{patient}/scans/{entry}
POST /charts/{patient}/measure/pictures -> POST /api/v1/charts/{patient}/measure/pictures
POST /charts/{patient}/measure/scans -> POST /api/v1/charts/{patient}/measure/scans
GET /charts/{patient}/measured/{key} -> GET /api/v1/charts/{patient}/measured/{key}
POST /charts/{patient}/measured/{key} -> PUT /api/v1/charts/{patient}/outcomes/{id}
GET /charts/{patient}/measured/{key}/maps/{number} -> (a picture for whoever looks: a program has the numbers, and both files)
GET /charts/{patient}/measured/{key}/surfaces/{number} -> (as above)
";
#[cfg(not(feature = "measure"))]
const MEASURING: &str = "";

/// The pages by the ways in which they answer.
fn pages(clinic: &AClinic) -> BTreeSet<String> {
    let nobody = clinic.nobody();
    let pages = routes().into_iter().map(|route| route.path);
    let pages = pages.filter(|path| !path.starts_with("/api/") && !path.starts_with("/assets/"));
    let ways = pages.flat_map(|path| {
        clinic.surroundings.pass_seconds(5);
        let answers = [("GET", nobody.get(path)), ("POST", nobody.post(path, &[]))];
        let there = answers.into_iter().filter(|(_, reply)| reply.status != StatusCode::METHOD_NOT_ALLOWED);
        there.map(move |(method, _)| format!("{method} {path}")).collect::<Vec<_>>()
    });
    ways.collect()
}

#[test]
fn every_page_has_a_counterpart_for_programs_or_says_why_it_needs_none() {
    let clinic = AClinic::empty("every_page_has_a_counterpart");
    let lines: Vec<(&str, &str)> = TABLE.lines().chain(MEASURING.lines()).filter_map(|line| line.split_once(" -> ")).collect();
    // given every page, each has one line
    let named: BTreeSet<String> = lines.iter().map(|(page, _)| (*page).to_owned()).collect();
    assert_eq!(named.len(), lines.len(), "a page stands there twice");
    assert_eq!(named, pages(&clinic));
    // and what a line names is an address of the interface
    let description = clinic.nobody().get("/api/v1/openapi.json").json();
    for (page, counterparts) in lines.iter().filter(|(_, counterparts)| !counterparts.starts_with('(')) {
        for counterpart in counterparts.split(", ") {
            let (method, address) = counterpart.split_once(' ').unwrap();
            let call = &description["paths"][address][method.to_lowercase()];
            assert!(call.is_object(), "{page}: there is no {counterpart}");
        }
    }
}
