//! Place, device and operator that a question is asked for.

use maud::{Markup, html};
use resurface_care::chart::{Chart, Setting};
use resurface_care::consultation::{Answer, Operator, Profession};
use resurface_documents::Reader;

use crate::form::{Form, Typed};
use crate::problem::Problem;
use crate::seat::Seat;

/// What was typed, else what the chart was last asked for, else what the clinic has set, else the first of the knowledge; the operator is whoever is signed in
/// unless another is named, and the clinic's records say what is known of them.
pub(crate) fn setting(seat: &Seat<'_>, chart: &Chart, typed: &Typed) -> Result<Setting, Problem> {
    let knowledge = &seat.rules.knowledge;
    let last = chart.screened.as_ref().map(|screened| &screened.setting);
    let (place, device) = (seat.practice.jurisdiction.as_deref(), seat.practice.device.as_deref());
    let first_place = place.or(knowledge.jurisdictions.first().map(|place| place.id.as_str()));
    let first_device = device.or(knowledge.devices.first().map(|device| device.id.as_str()));
    let chosen = |field: &str, last: Option<&str>, first: Option<&str>| {
        typed.filled(field).or(last).or(first).unwrap_or_default().to_owned()
    };
    Ok(Setting {
        jurisdiction: chosen("_jurisdiction", last.map(|last| last.jurisdiction.as_str()), first_place),
        device: chosen("_device", last.map(|last| last.device.as_str()), first_device),
        operator: operator(seat, typed)?,
    })
}

fn operator(seat: &Seat<'_>, typed: &Typed) -> Result<Operator, Problem> {
    let own = seat.user.as_ref().map_or("", |user| user.display_name.as_str());
    let name = typed.filled("_operator").unwrap_or(own);
    let known = seat.app.clinic().operator(name)?;
    Ok(known.unwrap_or_else(|| Operator {
        name: name.to_owned(),
        profession: Profession::Practitioner,
        trained: Answer::Unknown,
        training_valid_until: None,
        depth_limit_um: None,
        premises_permitted: Answer::Unknown,
    }))
}

/// The fields in which place, device and operator are chosen.
pub(crate) fn fields(seat: &Seat<'_>, form: &Form<'_>, setting: &Setting) -> Markup {
    let Reader { words, knowledge } = seat.reader();
    let typed = form.typed.clone().or("_jurisdiction", &*setting.jurisdiction).or("_device", &*setting.device);
    let typed = typed.or("_operator", &*setting.operator.name);
    let form = Form { typed: &typed, ..*form };
    let places: Vec<_> = knowledge.jurisdictions.iter().map(|place| (place.id.as_str(), place.name.clone())).collect();
    let devices: Vec<_> = knowledge.devices.iter().map(|device| (device.id.as_str(), device.name.clone())).collect();
    let mut people: Vec<_> = seat.names.values().map(|name| (name.as_str(), name.clone())).collect();
    people.sort();
    html! {
        div.setting {
            (form.select("_jurisdiction", &words.text("setting-place"), None, &places))
            (form.select("_device", &words.text("setting-device"), None, &devices))
            (form.select("_operator", &words.text("setting-operator"), Some(&words.text("setting-operator-hint")), &people))
        }
    }
}
