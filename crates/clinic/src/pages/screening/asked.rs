//! Decisions of a prescriber against a rule: where the rule leaves it to one, and only with a reason.

use maud::{Markup, html};
use resurface_care::chart::Chart;
use resurface_care::consultation::Override;
use resurface_care::screening::{Finding, Screening};
use resurface_knowledge::contraindications::{Class, OverrideBy};
use resurface_ledger::access::Role;
use resurface_ledger::clinic::OpenChart;

use crate::form::{Form, Typed};
use crate::pages::chart::screened::standing_overrides;
use crate::seat::Seat;

/// What was decided against rules: those that are to stand on, and those that a reason was typed for.
pub(super) fn overrides(seat: &Seat<'_>, chart: &Chart, typed: &Typed) -> Vec<Override> {
    if !seat.has(&[Role::Prescriber]) {
        return Vec::new();
    }
    let prescriber = seat.user.as_ref().map_or("", |user| user.display_name.as_str());
    let on = seat.app.clinic().today();
    let kept: Vec<&str> = typed.all("_keep[]").collect();
    let mut overrides: Vec<Override> =
        standing_overrides(seat, chart).into_iter().filter(|held| kept.contains(&held.rule.as_str())).collect();
    for rule in &seat.rules.knowledge.contraindications {
        if let Some(reason) = typed.filled(&reason_field(&rule.id)) {
            overrides.retain(|held| held.rule != rule.id);
            overrides.push(Override { rule: rule.id.clone(), prescriber: prescriber.to_owned(), reason: reason.to_owned(), on });
        }
    }
    overrides
}

fn reason_field(rule: &str) -> String {
    format!("_override.{rule}")
}

/// Where a prescriber can decide otherwise. An absolute contraindication has no such field, and would be refused.
pub(super) fn override_fields(seat: &Seat<'_>, form: &Form<'_>, open: &OpenChart, screening: &Screening<'_>) -> Markup {
    let words = &seat.reader();
    let open_to_one = |finding: &&Finding<'_>| {
        finding.rule.class != Class::Absolute && finding.rule.override_by == OverrideBy::Prescriber && !finding.effect.permits()
    };
    let left: Vec<&Finding<'_>> = screening.findings.iter().filter(open_to_one).collect();
    let standing = standing_overrides(seat, &open.chart);
    html! {
        @if seat.has(&[Role::Prescriber]) {
            @if !standing.is_empty() {
                fieldset.field.checks {
                    legend { (words.text("screening-standing")) }
                    @for held in &standing {
                        label.choice {
                            input type="checkbox" name="_keep[]" value=(held.rule) checked;
                            span { (held.rule) ": " (held.reason) " (" (held.prescriber) ", " (words.short_date(held.on)) ")" }
                        }
                    }
                }
            }
            @if !left.is_empty() {
                h3 { (words.text("screening-override")) }
                p.hint { (words.text("screening-override-hint")) }
                @for finding in left {
                    (form.area(&reason_field(&finding.rule.id), &format!("{}: {}", finding.rule.id, words.says(&finding.rule.finding)), None))
                }
            }
        } @else if !left.is_empty() { p.callout.warn { (words.text("screening-override-by-prescriber")) } }
    }
}
