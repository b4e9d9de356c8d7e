//! Whom a page is about: always at the top, always the same, so that the wrong chart is noticed.

use jiff::civil::Date;
use maud::{Markup, html};
use resurface_care::chart::Chart;
use resurface_ledger::identity::PatientId;
use resurface_words::Words;

/// Whom a page is about.
pub(crate) fn patient_banner(words: &Words, patient: PatientId, chart: &Chart, today: Date) -> Markup {
    let Some(registered) = &chart.registered else { return html! {} };
    let born = registered.birth_date;
    let had_birthday = (today.month(), today.day()) >= (born.month(), born.day());
    let age = i64::from(today.year()) - i64::from(born.year()) - i64::from(!had_birthday);
    html! {
        div.banner {
            p.who-is-it { a href={ "/charts/" (patient) } { (registered.name) } }
            p {
                span { (words.with("chart-number", [("number", (&registered.number).into())])) }
                span { (words.with("chart-born", [("date", words.date(born).into()), ("age", age.to_string().into())])) }
                @if let Some(contact) = &registered.contact { span { (contact) } }
            }
        }
    }
}
