//! The course proposed, down to the day and the depth.

use resurface_care::course::{ChosenBecause, GoalReach};
use resurface_care::depth::{LimitedBy, ZoneDepth};
use resurface_care::plan::{Note, Proposal, ReviewKind};
use resurface_care::sentence::Sentence;
use resurface_knowledge::protocol::{AnaestheticProduct, AnaestheticUse, Occlusion};

use super::{Extent, words};
use crate::terminal::{Align, Column, Page, Table};

/// The proposal under its heading.
pub(super) fn section(page: &mut Page, heading: &str, proposal: &Proposal, extent: Extent) {
    page.heading(heading);
    page.field("why so many", &because(proposal));
    sessions(page, proposal);
    depths(page, &proposal.depths);
    let passes = &proposal.passes;
    page.field("passes", &format!("{} to {}, {} [{}]", passes.min, passes.max, passes.directions, words::mark(passes.mark)));
    page.field("endpoint", &words::statement(&proposal.endpoint));
    let products: Vec<String> = proposal.anaesthetics.iter().map(numbing).collect();
    page.field("numbing", &format!("one of: {}", products.join("; ")));
    reviews(page, proposal);
    aftercare(page, proposal, extent);
    rules(page, proposal, extent);
    for note in &proposal.notes {
        page.marked("!", said(*note));
    }
}

fn because(proposal: &Proposal) -> String {
    let choice = &proposal.choice;
    let wanted = words::percent(choice.chance_wanted);
    let number = match choice.because {
        ChosenBecause::GoalReachedAlready => "the sessions given reach the goal".to_owned(),
        ChosenBecause::FewestThatReachGoal => format!("the fewest that reach the goal with a chance of at least {wanted}"),
        ChosenBecause::NextAddsTooLittle => {
            format!("one more would add less than {} points, the clinic's threshold", choice.gain_threshold_points)
        }
        ChosenBecause::MostAllowed => "the most that the protocol allows before a review decides".to_owned(),
    };
    let goal = match choice.goal {
        GoalReach::WithinReach { .. } => String::new(),
        GoalReach::MayBeOutOfReach { best_further_sessions, best_chance } => format!(
            ". The goal may be out of reach: the best chance is {} with {best_further_sessions} further sessions",
            words::chance(best_chance)
        ),
    };
    let stake = &proposal.price_of_uncertainty;
    format!(
        "{number}{goal}. At stake: with a chance of {} the course brings less than a quarter",
        words::chance(stake.chance_of_less_than_quarter)
    )
}

fn sessions(page: &mut Page, proposal: &Proposal) {
    let days: Vec<String> =
        proposal.sessions.iter().map(|session| format!("{} on {}", session.number, session.not_before)).collect();
    let days = if days.is_empty() { "no day is known until it has cleared".to_owned() } else { days.join(", ") };
    page.field("sessions", &format!("not before: {days}"));
}

fn depths(page: &mut Page, depths: &[ZoneDepth]) {
    let mut table = Table::new(vec![
        Column::new("zone (shallowest first)", Align::Left),
        Column::new("session 1", Align::Right),
        Column::new("later", Align::Right),
        Column::droppable("between scars", Align::Right, 1),
        Column::new("limited by", Align::Left),
    ]);
    for zone in depths.iter().filter(|zone| zone.on_scars_um.is_some()) {
        let between = zone.between_scars_um.or(zone.on_scars_um);
        table.row(vec![
            zone.name.clone(),
            words::depth(zone.first_session_um),
            words::depth(zone.on_scars_um),
            words::depth(between),
            zone.limits.first().map_or("", |limit| limited_by(limit.by)).to_owned(),
        ]);
    }
    if depths.iter().any(|zone| zone.on_scars_um.is_some()) {
        page.table(&table);
    }
    for zone in depths.iter().filter(|zone| zone.on_scars_um.is_none()) {
        let withheld: Vec<&str> = zone.withheld.iter().map(Sentence::english).collect();
        page.marked("x", &format!("{}: no depth: {}", zone.name, withheld.join("; ")));
    }
}

const fn limited_by(by: LimitedBy) -> &'static str {
    match by {
        LimitedBy::DeviceEvaluated => "the depth evaluated for the device",
        LimitedBy::Operator => "the operator's own limit",
        LimitedBy::Jurisdiction => "the law of the place",
        LimitedBy::Zone => "the zone's cap (expert setting)",
    }
}

fn numbing(product: &AnaestheticProduct) -> String {
    let amount = product.amount_max_g.as_ref().map(|amount| format!("at most {} g", amount.value));
    let shortest = product.contact_min_minutes.as_ref().map(|minutes| minutes.value);
    let longest = product.contact_max_minutes.as_ref().map(|minutes| minutes.value);
    let contact = match (shortest, longest) {
        (Some(low), Some(high)) => Some(format!("{low} to {high} min")),
        (Some(low), None) => Some(format!("from {low} min")),
        (None, Some(high)) => Some(format!("up to {high} min")),
        (None, None) => None,
    };
    let cover = match product.occlusion.value {
        Occlusion::Allowed => None,
        Occlusion::NotAllowed => Some("not covered".to_owned()),
    };
    let who = match product.use_ {
        AnaestheticUse::PrescriberOnly => Some("prescriber only".to_owned()),
        AnaestheticUse::WithinLimits | AnaestheticUse::NotUsed => None,
    };
    let limits: Vec<String> = [amount, contact, cover, who].into_iter().flatten().collect();
    if limits.is_empty() { product.name.clone() } else { format!("{} ({})", product.name, limits.join(", ")) }
}

fn reviews(page: &mut Page, proposal: &Proposal) {
    let each: Vec<String> = proposal
        .reviews
        .iter()
        .map(|review| {
            let what = match review.what {
                ReviewKind::WithinCourse => "within the course",
                ReviewKind::Verdict => "verdict",
                ReviewKind::BetterVerdict => "better verdict",
                ReviewKind::Durability => "does it last",
            };
            match review.not_before {
                Some(day) => format!("{what} {day}"),
                None => format!("{what} after session {}", review.after_session),
            }
        })
        .collect();
    page.field("reviews", &format!("not before: {}. No verdict of failure before its day", each.join(", ")));
}

fn aftercare(page: &mut Page, proposal: &Proposal, extent: Extent) {
    let steps = match extent {
        Extent::Full => proposal.aftercare.len(),
        Extent::Glance => 1,
    };
    for step in proposal.aftercare.iter().take(steps) {
        page.field("after-care", &format!("{}: {}", words::hours(step.from_hour, step.to_hour), step.practitioner));
    }
    if steps < proposal.aftercare.len() {
        page.field("", "and on, to `--details` or `resurface guide`");
    }
}

fn rules(page: &mut Page, proposal: &Proposal, extent: Extent) {
    match extent {
        Extent::Full => {
            for (name, rules) in [("stop if", &proposal.stops), ("pause if", &proposal.pauses)] {
                for rule in rules {
                    page.field(name, &format!("{}: {} [{}; {}]", rule.when, rule.then, rule.id, words::mark(rule.mark)));
                }
            }
            for rule in &proposal.numbing_rules {
                page.field("numbing", &words::statement(rule));
            }
        }
        Extent::Glance => {
            let when = |rules: &[resurface_knowledge::protocol::CourseRule]| {
                rules.iter().map(|rule| rule.when.trim_end_matches('.')).collect::<Vec<_>>().join("; ")
            };
            page.field("stop if", &format!("{} [expert setting]", when(&proposal.stops)));
            page.field("pause if", &format!("{} [expert setting]", when(&proposal.pauses)));
        }
    }
}

const fn said(note: Note) -> &'static str {
    match note {
        Note::GoalMayBeOutOfReach => "The goal may be out of reach of needling: speak of the other options below.",
        Note::GoalNeedsMoreSessions => {
            "More sessions would reach the goal with the chance wanted, each adding less than the clinic asks of one."
        }
        Note::FewerThanTrials => "Fewer sessions than trials usually gave.",
        Note::AfterWantedDay => "The verdict comes after the day by which the patient wants it.",
        Note::FirstDayNotKnown => "The first session waits for a state; its day is not known.",
        Note::LongerInterval => {
            "The longer interval holds for this skin, or because darker marks after needling were not ruled out."
        }
        Note::DepthWithheld => "Some zone has no depth until what is missing is recorded.",
        Note::ShorterIntervalsNotAllowed => "Two-week intervals are compared only; they are not allowed here.",
    }
}
