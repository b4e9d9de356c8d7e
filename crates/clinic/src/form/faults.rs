//! What is wrong with what was typed, field by field.

use std::cell::RefCell;
use std::collections::BTreeMap;

use maud::{Markup, html};
use resurface_knowledge::document::FaultReport;
use resurface_words::Words;

use super::Typed;

/// What is wrong with what was typed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Faults(Vec<Fault>, RefCell<Labels>);

/// Where fields with faults are on the page, and what they are called there, by the field of the fault: each field says so when
/// it is shown.
type Labels = BTreeMap<String, (String, Markup)>;

/// One thing that is wrong.
#[derive(Clone, Debug)]
pub(crate) struct Fault {
    /// The field; empty for the form as a whole.
    field: String,
    pub(crate) problem: String,
    pub(crate) allowed: String,
    /// English, where it is said by whatever reads files; nothing in the reader's own language.
    pub(crate) language: Option<&'static str>,
}

impl From<FaultReport> for Faults {
    fn from(report: FaultReport) -> Self {
        let of_file = |fault: &resurface_knowledge::document::Fault| Fault {
            field: fault.field.clone(),
            problem: fault.problem.clone(),
            allowed: fault.allowed.clone(),
            language: Some("en"),
        };
        Self(report.faults().iter().map(of_file).collect(), RefCell::default())
    }
}

impl Faults {
    /// One thing that is wrong, with a field or with the form as a whole (an empty name), in the reader's language.
    pub(crate) fn one(field: &str, problem: impl Into<String>) -> Self {
        let fault = Fault { field: field.to_owned(), problem: problem.into(), allowed: String::new(), language: None };
        Self(vec![fault], RefCell::default())
    }

    /// The same of an error, which says it in English.
    pub(crate) fn of_error(field: &str, error: &dyn std::fmt::Display) -> Self {
        let mut faults = Self::one(field, error.to_string());
        faults.0.iter_mut().for_each(|fault| fault.language = Some("en"));
        faults
    }

    /// The same, with each fault of a list at the place that its element has in the form: a report counts only elements of which
    /// something was typed.
    pub(crate) fn placed(mut self, typed: &Typed) -> Self {
        for fault in &mut self.0 {
            let mut placed = String::with_capacity(fault.field.len());
            let mut rest = fault.field.as_str();
            while let Some((before, after)) = rest.split_once('[') {
                let Some((number, after)) = after.split_once(']') else { break };
                placed.push_str(before);
                let place = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
                let in_form = place.and_then(|place| typed.elements(&dotted(&placed)).into_iter().nth(place));
                placed.push_str(&in_form.map_or_else(|| format!("[{number}]"), |place| format!("[{}]", place + 1)));
                rest = after;
            }
            placed.push_str(rest);
            fault.field = placed;
        }
        self
    }

    /// These and others.
    pub(crate) fn and(mut self, others: Self) -> Self {
        self.0.extend(others.0);
        self
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The same as a report, for whoever sent the fields as JSON; what is wrong with the whole is said apart.
    pub(crate) fn report(self, file: &str) -> (FaultReport, Option<String>) {
        let (of_fields, of_all): (Vec<Fault>, Vec<Fault>) = self.0.into_iter().partition(|fault| !fault.field.is_empty());
        let mut report = FaultReport::new(file);
        for Fault { field, problem, allowed, .. } in of_fields {
            report.add(0, field.trim_start_matches('_'), problem, allowed);
        }
        let of_all: Vec<String> = of_all.into_iter().map(|fault| fault.problem).collect();
        (report, (!of_all.is_empty()).then(|| of_all.join("; ")))
    }

    /// What is wrong with a field, by its name in the form.
    pub(crate) fn of(&self, name: &str) -> Option<&Fault> {
        self.0.iter().find(|fault| is_of(&fault.field, name))
    }

    /// What is wrong, without where.
    pub(crate) fn problems(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|fault| fault.problem.as_str())
    }

    /// What a field is called that is shown now, for every fault of it.
    pub(crate) fn shown_at(&self, name: &str, label: &Markup) {
        let of_it = self.0.iter().filter(|fault| is_of(&fault.field, name));
        self.1.borrow_mut().extend(of_it.map(|fault| (fault.field.clone(), (id_of(name), label.clone()))));
    }

    /// A form with everything that is wrong above it; each leads to its field, by the name that the field has there. The focus
    /// begins there, so that nobody looks for it.
    pub(crate) fn above(&self, words: &Words, form: &Markup) -> Markup {
        html! {
            @if !self.0.is_empty() {
                div.faults role="alert" tabindex="-1" id="faults" autofocus {
                    h2 { (words.with("faults-title", [("count", self.0.len().into())])) }
                    p { (words.text("faults-kept")) }
                    (self.list())
                }
            }
            (form)
        }
    }

    /// Everything that is wrong; each leads to its field, by its name in a file where it is not shown here.
    pub(crate) fn list(&self) -> Markup {
        let labels = self.1.borrow();
        html! {
            ul {
                @for fault in &self.0 {
                    @let problem = html! { span lang=[fault.language] { (fault.problem) } };
                    li {
                        @if let Some((id, label)) = labels.get(&fault.field) { a href={ "#" (id) } { (label) ": " (problem) } }
                        @else if fault.field.is_empty() { (problem) }
                        @else { a href={ "#" (id_of(&dotted(&fault.field))) } { (fault.field) ": " (problem) } }
                    }
                }
            }
        }
    }
}

/// Whether a fault at a path is one of the field with a name.
fn is_of(path: &str, name: &str) -> bool {
    let path = dotted(path);
    let name = plain(name);
    path == name
        || path.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'))
        || name.strip_prefix(&path) == Some(".answer")
}

/// A path as forms write it: `zones[2].depth_um` is `zones.1.depth_um`.
fn dotted(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('[') {
        let Some((number, after)) = after.split_once(']') else { break };
        out.push_str(before);
        let at = number.parse::<usize>().map_or(0, |number| number.saturating_sub(1));
        out.push_str(&format!(".{at}"));
        rest = after;
    }
    out.push_str(rest);
    out
}

/// A name without its mark.
fn plain(name: &str) -> &str {
    [":n", ":b", ":id", "[]"].iter().find_map(|mark| name.strip_suffix(mark)).unwrap_or(name)
}

/// The id of a field on the page.
pub(super) fn id_of(name: &str) -> String {
    let name = plain(name);
    let name = name.strip_suffix(".answer").unwrap_or(name);
    format!("f-{}", name.replace('.', "-"))
}

#[cfg(test)]
mod tests {
    use super::{Faults, id_of};
    use crate::form::Typed;

    #[test]
    fn a_fault_of_a_list_finds_its_place_among_elements_that_were_left_empty() {
        let fields = [
            ("day.zones.3.zone:id", "nose"),
            ("day.zones.3.depth_um:n", " "),
            ("day.zones.7.zone:id", "chin"),
            ("day.zones.7.depth_um:n", "9"),
            ("day.zones.12.depth_um:n", "8"),
        ];
        let typed = Typed::new(fields.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec());
        let faults = Faults::one("day.zones[2].depth_um", "too shallow").placed(&typed);
        assert!(faults.of("day.zones.12.depth_um:n").is_some());
        assert!(faults.of("day.zones.1.depth_um:n").is_none());
    }

    #[test]
    fn a_fault_finds_its_field() {
        let faults = Faults::one("day.zones[2].depth_um", "too deep");
        assert!(faults.of("day.zones.1.depth_um:n").is_some());
        assert!(faults.of("day.zones.0.depth_um:n").is_none());
        assert!(Faults::one("findings.isotretinoin", "?").of("findings.isotretinoin.answer").is_some());
        assert_eq!(id_of("day.zones.1.depth_um:n"), "f-day-zones-1-depth_um");
    }
}
