//! The course proposed, down to the day and the depth.

use maud::{Markup, html};
use resurface_care::course::{ChosenBecause, GoalReach};
use resurface_care::depth::{LimitedBy, ZoneDepth};
use resurface_care::plan::{Note, Proposal, ReviewKind, Withheld};
use resurface_documents::Reader;
use resurface_knowledge::protocol::CourseRule;
use resurface_words::Words;

use crate::page::cited::{cited, stated};
use crate::pages::examination::zone_words;

/// A course in one sentence.
pub(super) fn sentence(words: &Words, proposal: &Proposal) -> String {
    let (choice, ahead) = (&proposal.choice, &proposal.at_three_months);
    let key = if proposal.total_sessions > choice.further_sessions { "plan-sentence-more" } else { "plan-sentence" };
    words.with(
        key,
        [
            ("sessions", choice.further_sessions.into()),
            ("weeks", words.number(choice.interval_weeks, 0).into()),
            ("better", words.percent(ahead.median).into()),
            ("eighty", words.percent_span(ahead.interval_80.low, ahead.interval_80.high).into()),
            ("chance", words.chance(ahead.chance_of_goal).into()),
        ],
    )
}

pub(super) const fn withheld_key(because: Withheld) -> &'static str {
    match because {
        Withheld::NotSuitable => "plan-withheld-not-suitable",
        Withheld::CannotDecide => "plan-withheld-cannot-decide",
        Withheld::NoForecast => "plan-withheld-no-forecast",
        Withheld::NoIntervalAllowed => "plan-withheld-no-interval",
        Withheld::NoSessionWorthIt => "plan-withheld-not-worth-it",
        Withheld::GoalReached => "plan-withheld-goal-reached",
    }
}

/// The proposal under its heading.
pub(super) fn section(words: &Reader<'_>, heading: &str, proposal: &Proposal) -> Markup {
    html! {
        section.card {
            h2 { (words.text(heading)) }
            p { (because(words, proposal)) }
            @for note in &proposal.notes { p.callout.warn { (words.text(note_key(*note))) } }
            div.columns {
                div {
                    h3 { (words.text("plan-sessions-when")) }
                    @if proposal.sessions.is_empty() { p { (words.text("plan-no-day-yet")) } }
                    @else {
                        ol.days { @for session in &proposal.sessions {
                            li value=(session.number) { time datetime=(session.not_before) { (words.date(session.not_before)) } }
                        } }
                    }
                    h3 { (words.text("plan-reviews")) }
                    ul { @for review in &proposal.reviews {
                        li {
                            strong { (words.text(review_key(review.what))) } " "
                            @match review.not_before {
                                Some(day) => { (words.date(day)) },
                                None => { (words.with("plan-after-session", [("number", review.after_session.to_string().into())])) },
                            }
                            ": " (words.say(&review.about))
                        }
                    } }
                    p.small { (words.text("plan-no-verdict-before")) }
                }
                div { (depths(words, &proposal.depths)) }
            }
            (how(words, proposal))
        }
    }
}

fn because(words: &Words, proposal: &Proposal) -> String {
    let choice = &proposal.choice;
    let number = match choice.because {
        ChosenBecause::GoalReachedAlready => words.text("plan-because-reached"),
        ChosenBecause::FewestThatReachGoal => {
            words.with("plan-because-fewest", [("chance", words.percent(choice.chance_wanted).into())])
        }
        ChosenBecause::NextAddsTooLittle => {
            words.with("plan-because-little", [("points", words.number(choice.gain_threshold_points, 1).into())])
        }
        ChosenBecause::MostAllowed => words.text("plan-because-most"),
    };
    let goal = match choice.goal {
        GoalReach::WithinReach { .. } => String::new(),
        GoalReach::MayBeOutOfReach { best_further_sessions, best_chance } => words.with(
            "plan-goal-out-of-reach",
            [("chance", words.chance(best_chance).into()), ("sessions", best_further_sessions.to_string().into())],
        ),
    };
    let stake = words.chance(proposal.price_of_uncertainty.chance_of_less_than_quarter);
    format!("{number} {goal} {}", words.with("plan-at-stake", [("chance", stake.into())]))
}

const fn note_key(note: Note) -> &'static str {
    match note {
        Note::GoalMayBeOutOfReach => "plan-note-out-of-reach",
        Note::GoalNeedsMoreSessions => "plan-note-more-sessions",
        Note::FewerThanTrials => "plan-note-fewer",
        Note::AfterWantedDay => "plan-note-after-day",
        Note::FirstDayNotKnown => "plan-note-no-day",
        Note::LongerInterval => "plan-note-longer",
        Note::DepthWithheld => "plan-note-no-depth",
        Note::ShorterIntervalsNotAllowed => "plan-note-shorter",
    }
}

const fn review_key(what: ReviewKind) -> &'static str {
    match what {
        ReviewKind::WithinCourse => "plan-review-within",
        ReviewKind::Verdict => "plan-review-verdict",
        ReviewKind::BetterVerdict => "plan-review-better",
        ReviewKind::Durability => "plan-review-durability",
    }
}

fn depths(words: &Reader<'_>, depths: &[ZoneDepth]) -> Markup {
    let mm = |um: Option<u32>| {
        um.map_or_else(|| "\u{2013}".to_owned(), |um| format!("{}\u{a0}mm", words.number(f64::from(um) / 1000.0, 2)))
    };
    html! {
        h3 { (words.text("plan-depths")) }
        div.scroll tabindex="0" { table {
            thead { tr {
                th scope="col" { (words.text("examination-zone")) }
                th.number scope="col" { (words.text("plan-depth-first")) }
                th.number scope="col" { (words.text("plan-depth-later")) }
                th scope="col" { (words.text("plan-limited-by")) }
            } }
            tbody { @for zone in depths { tr {
                th scope="row" { (zone_words(words, &zone.zone)) }
                @if zone.on_scars_um.is_some() {
                    td.number { (mm(zone.first_session_um)) }
                    td.number { (mm(zone.on_scars_um)) }
                    td { @if let Some(limit) = zone.limits.first() { (words.text(limit_key(limit.by))) } }
                } @else { td colspan="3" { (words.text("plan-no-depth")) ": " (zone.withheld.iter().map(|why| words.say(why)).collect::<Vec<_>>().join("; ")) } }
            } } }
        } }
    }
}

const fn limit_key(by: LimitedBy) -> &'static str {
    match by {
        LimitedBy::DeviceEvaluated => "plan-limit-device",
        LimitedBy::Operator => "plan-limit-operator",
        LimitedBy::Jurisdiction => "plan-limit-place",
        LimitedBy::Zone => "plan-limit-zone",
    }
}

/// How the sessions are given, and when the course waits or ends.
fn how(words: &Reader<'_>, proposal: &Proposal) -> Markup {
    let passes = &proposal.passes;
    html! {
        details {
            summary { (words.text("plan-how")) }
            dl.facts {
                dt { (words.text("plan-passes")) }
                dd { (words.span(f64::from(passes.min), f64::from(passes.max))) ", " (words.says(&passes.directions)) " " (cited(words, &passes.sources, passes.mark)) }
                dt { (words.text("plan-endpoint")) } dd { (stated(words, &proposal.endpoint)) }
                dt { (words.text("plan-numbing")) }
                dd { ul { @for product in &proposal.anaesthetics { li { (words.says(&product.name)) } } } }
                dt { (words.text("plan-aftercare")) }
                dd { ul { @for step in &proposal.aftercare { li { (step.from_hour) "\u{2013}" (step.to_hour) " h: " (words.says(&step.practitioner)) } } } }
            }
        }
        details {
            summary { (words.text("plan-stop-or-pause")) }
            (rules(words, "plan-stop-if", &proposal.stops))
            (rules(words, "plan-pause-if", &proposal.pauses))
        }
    }
}

fn rules(words: &Reader<'_>, heading: &str, rules: &[CourseRule]) -> Markup {
    html! {
        h3 { (words.text(heading)) }
        ul { @for rule in rules { li { (words.says(&rule.when)) " \u{2192} " (words.says(&rule.then)) " " (cited(words, &rule.sources, rule.mark)) } } }
    }
}
