//! The course: its days, its depths, and when it pauses or ends.

use jiff::ToSpan as _;
use jiff::civil::Date;
use resurface_care::course::{ChosenBecause, GoalReach};
use resurface_care::depth::ZoneDepth;
use resurface_care::plan::{Proposal, ReviewKind};
use resurface_knowledge::protocol::{AnaestheticProduct, AnaestheticUse, CourseRule, Occlusion};
use resurface_words::Words;

use super::AdoptedBy;
use crate::flow::{Align, Column, Table};
use crate::paper::Paper;
use crate::phrases;
use crate::reader::Reader;
use crate::sources::Sources;
use crate::text::Text;

/// Why so many sessions.
pub(super) fn because(proposal: &Proposal, words: &Words) -> String {
    let choice = &proposal.choice;
    let number = match choice.because {
        ChosenBecause::FewestThatReachGoal => {
            words.with("document-because-fewest", [("chance", words.percent(choice.chance_wanted).into())])
        }
        ChosenBecause::NextAddsTooLittle => {
            words.with("document-because-little", [("points", words.number(choice.gain_threshold_points, 0).into())])
        }
        ChosenBecause::GoalReachedAlready => words.text("document-because-reached"),
        ChosenBecause::MostAllowed => words.text("document-because-most"),
    };
    let reach = match choice.goal {
        GoalReach::WithinReach { .. } => None,
        GoalReach::MayBeOutOfReach { best_further_sessions, best_chance } => {
            let parts = [("chance", words.chance(best_chance).into()), ("sessions", best_further_sessions.into())];
            Some(words.with("document-out-of-reach", parts))
        }
    };
    let stake = words.chance(proposal.price_of_uncertainty.chance_of_less_than_quarter);
    let stake = words.with("document-at-stake", [("chance", stake.into())]);
    [Some(number), reach, Some(stake)].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// A day of the course.
struct Day {
    what: Text,
    not_before: Option<Date>,
    why: Text,
}

/// The days of the course that is followed: of the proposal, or of what was taken instead.
pub(super) fn dates(paper: &mut Paper<'_>, proposal: &Proposal, adopted: Option<AdoptedBy<'_>>) {
    let words = paper.words;
    let days = match adopted.and_then(|adopted| adopted.entry.course()) {
        Some(course) => {
            let given = |number: usize| course.sessions.iter().find(|session| session.number == number);
            let reviews = course.reviews.iter().map(|review| {
                let after = given(review.after_session).map(|session| session.not_before);
                let day = after.and_then(|day| day.checked_add(i64::from(review.after_days).days()).ok());
                looked_at(review.what, review.after_session, day, words)
            });
            course.sessions.iter().map(|session| needled(session.number, session.not_before, words)).chain(reviews).collect()
        }
        None => {
            let reviews = proposal.reviews.iter();
            let reviews = reviews.map(|review| looked_at(review.what, review.after_session, review.not_before, words));
            let sessions = proposal.sessions.iter();
            sessions.map(|session| needled(session.number, session.not_before, words)).chain(reviews).collect()
        }
    };
    let mut days: Vec<Day> = days;
    days.sort_by_key(|day| (day.not_before.is_none(), day.not_before));
    paper.chapter("document-dates");
    let mut table = Table::new(vec![
        Column::new(words.text("document-what"), 0.2, Align::Left),
        Column::new(words.text("document-not-before"), 0.18, Align::Left),
        Column::new(words.text("document-what-for"), 0.62, Align::Left),
    ]);
    for day in days {
        table.row(vec![day.what, phrases::day(day.not_before, words).into(), day.why]);
    }
    paper.flow.table(&table);
    for note in &proposal.notes {
        paper.flow.small(phrases::named("note", note, words));
    }
}

fn needled(number: usize, not_before: Date, words: &Words) -> Day {
    let what = Text::strong(words.with("document-session", [("number", number.into())]));
    Day { what, not_before: Some(not_before), why: words.text("document-session-for").into() }
}

fn looked_at(kind: ReviewKind, after_session: usize, not_before: Option<Date>, words: &Words) -> Day {
    let why = words.with("document-after-session", [("number", after_session.into())]);
    let why = format!("{why}: {}", phrases::named("review-for", &kind, words));
    Day { what: phrases::named("review", &kind, words).into(), not_before, why: why.into() }
}

/// How deep, how often, and how the skin is numbed.
pub(super) fn technique(paper: &mut Paper<'_>, proposal: &Proposal, reader: Reader<'_>, sources: &mut Sources) {
    let words = paper.words;
    paper.chapter("document-technique");
    depths(paper, &proposal.depths, reader);
    let mut table = Table::fields();
    let passes = &proposal.passes;
    sources.cite(&passes.sources);
    sources.cite(&proposal.endpoint.sources);
    let number = words.span(f64::from(passes.min), f64::from(passes.max));
    let said = Text::plain(format!("{number}; {}", reader.says(&passes.directions)));
    table.field(words.text("document-passes"), said.then(phrases::cited(&passes.sources)));
    let endpoint = Text::plain(reader.says(&proposal.endpoint.text)).then(phrases::cited(&proposal.endpoint.sources));
    table.field(words.text("document-endpoint"), endpoint);
    let products: Vec<String> = proposal.anaesthetics.iter().map(|product| numbing(product, reader)).collect();
    table.field(words.text("document-numbing"), products.join("; "));
    paper.flow.table(&table);
}

fn depths(paper: &mut Paper<'_>, depths: &[ZoneDepth], reader: Reader<'_>) {
    let words = paper.words;
    let mut table = Table::new(vec![
        Column::new(words.text("document-zone"), 0.26, Align::Left),
        Column::new(words.text("document-next-session"), 0.16, Align::Right),
        Column::new(words.text("document-later-sessions"), 0.16, Align::Right),
        Column::new(words.text("document-between-scars"), 0.16, Align::Right),
        Column::new(words.text("document-limited-by"), 0.26, Align::Left),
    ]);
    for zone in depths.iter().filter(|zone| zone.on_scars_um.is_some()) {
        let between = zone.between_scars_um.or(zone.on_scars_um);
        let limit = zone.limits.first().map_or_else(String::new, |limit| phrases::named("limit", &limit.by, words));
        table.row(vec![
            Text::strong(reader.says(&zone.name)),
            phrases::depth(zone.first_session_um, words).into(),
            phrases::depth(zone.on_scars_um, words).into(),
            phrases::depth(between, words).into(),
            limit.into(),
        ]);
    }
    paper.flow.table(&table);
    let withheld = depths.iter().filter(|zone| zone.on_scars_um.is_none());
    let withheld = withheld.map(|zone| {
        let no_depth = Text::plain(format!("{}: ", words.text("document-no-depth")));
        let because: Vec<String> = zone.withheld.iter().map(|why| reader.say(why)).collect();
        no_depth.then(format!("{}: {}", reader.says(&zone.name), because.join("; ")))
    });
    paper.flow.list(withheld.collect());
}

fn numbing(product: &AnaestheticProduct, reader: Reader<'_>) -> String {
    let words = reader.words;
    let amount = product.amount_max_g.as_ref().map(|amount| format!("≤ {} g", words.number(amount.value, 0)));
    let contact = match (product.contact_min_minutes.as_ref(), product.contact_max_minutes.as_ref()) {
        (Some(low), Some(high)) => Some(format!("{}–{} min", low.value, high.value)),
        (Some(low), None) => Some(format!("≥ {} min", low.value)),
        (None, Some(high)) => Some(format!("≤ {} min", high.value)),
        (None, None) => None,
    };
    let cover = (product.occlusion.value == Occlusion::NotAllowed).then(|| words.text("document-not-covered"));
    let who = (product.use_ == AnaestheticUse::PrescriberOnly).then(|| words.text("document-prescriber-only"));
    let limits: Vec<String> = [amount, contact, cover, who].into_iter().flatten().collect();
    let name = reader.says(&product.name);
    if limits.is_empty() { name.to_owned() } else { format!("{name} ({})", limits.join(", ")) }
}

/// When the course pauses, and when it ends.
pub(super) fn rules(paper: &mut Paper<'_>, proposal: &Proposal, reader: Reader<'_>, sources: &mut Sources) {
    let words = paper.words;
    paper.chapter("document-pause-and-stop");
    let mut table = Table::new(vec![
        Column::new("", 0.12, Align::Left),
        Column::new(words.text("document-when"), 0.44, Align::Left),
        Column::new(words.text("document-then"), 0.44, Align::Left),
    ]);
    for (key, rules) in [("document-pause", &proposal.pauses), ("document-stop", &proposal.stops)] {
        for CourseRule { when, then, sources: cited, .. } in rules {
            sources.cite(cited);
            let then = Text::plain(reader.says(then)).then(phrases::cited(cited));
            table.row(vec![Text::strong(words.text(key)), reader.says(when).into(), then]);
        }
    }
    paper.flow.table(&table);
}
