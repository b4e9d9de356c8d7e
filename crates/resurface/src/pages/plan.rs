//! The page of `resurface plan`: whether, why, how bad, how much, which course, what else, what could go wrong.

use std::collections::BTreeSet;

use resurface_care::grading::Grading;
use resurface_care::plan::{Plan, Proposal, Standing, Withheld};
use resurface_care::screening::Screening;
use resurface_knowledge::{Knowledge, Mark};

use super::{Extent, grading, others, outlook, proposal, review, screening, words};
use crate::envelope::Origin;
use crate::terminal::{Look, Page};

/// Everything that a plan's page is made from.
pub(crate) struct Parts<'a> {
    /// What screening decided.
    pub(crate) screening: &'a Screening<'a>,
    /// How bad the scars are.
    pub(crate) grading: &'a Grading,
    /// The plan.
    pub(crate) plan: &'a Plan,
    /// What it rests on.
    pub(crate) knowledge: &'a Knowledge,
}

/// The whole page.
pub(crate) fn page(parts: &Parts<'_>, origin: &Origin, extent: Extent, look: Look) -> String {
    let Parts { screening: screened, grading: graded, plan, .. } = parts;
    let mut page = Page::new(look);
    screening::decision(&mut page, screened);
    standing(&mut page, plan);
    screening::why(&mut page, screened, extent);
    screening::missing(&mut page, screened, extent);
    screening::off_label(&mut page, screened);
    screening::overrides(&mut page, screened);
    grading::scores(&mut page, graded);
    if extent == Extent::Full {
        grading::not_examined(&mut page, graded);
    }
    if let Some(reviewed) = &plan.review {
        review::section(&mut page, reviewed);
    }
    outlook::section(&mut page, plan, extent);
    match &plan.standing {
        Standing::Proposed { proposal: proposed } => proposal::section(&mut page, "Proposal", proposed, extent),
        Standing::AfterDeferral { would_be, .. } => {
            proposal::section(&mut page, "What would be proposed once it clears (not a proposal for today)", would_be, extent);
        }
        Standing::Withheld { .. } => {}
    }
    others::alternatives(&mut page, &plan.alternatives, extent);
    others::risks(&mut page, &plan.risks, extent);
    others::changes(&mut page, &plan.what_would_change);
    sources(&mut page, parts, extent);
    page.gap();
    page.text(&words::origin(origin));
    page.finish()
}

/// The line under the decision: what is proposed, or why nothing is.
fn standing(page: &mut Page, plan: &Plan) {
    let line = match &plan.standing {
        Standing::Proposed { proposal } => format!("{}; the practitioner decides", course(proposal)),
        Standing::AfterDeferral { not_before, would_be } => {
            let when = not_before.map_or_else(|| "once it has cleared".to_owned(), |day| format!("not before {day}"));
            format!("nothing today; {when}: {}", course(would_be))
        }
        Standing::Withheld { because } => withheld(*because).to_owned(),
    };
    page.field("proposal", &line);
}

/// A course in a few words.
fn course(proposal: &Proposal) -> String {
    let choice = &proposal.choice;
    let further = choice.further_sessions;
    let sessions = if further == 1 { "1 session".to_owned() } else { format!("{further} sessions") };
    let more = if proposal.total_sessions > further { " more" } else { "" };
    let apart = if further > 1 { format!(", one every {} weeks", choice.interval_weeks) } else { String::new() };
    let ahead = &proposal.at_three_months;
    format!(
        "{sessions}{more}{apart}; {} better three months later (80 in 100: {}), chance of the goal {}",
        words::percent(ahead.median),
        words::span(ahead.interval_80),
        words::chance(ahead.chance_of_goal),
    )
}

const fn withheld(because: Withheld) -> &'static str {
    match because {
        Withheld::NotSuitable => "none: needling is not suitable; the forecast below is what it might do if it became so",
        Withheld::CannotDecide => "none until the missing answers are there; the forecast below is what needling might do",
        Withheld::NoForecast => "none: no forecast can be made for this patient, see below",
        Withheld::NoIntervalAllowed => "none: no interval between sessions is allowed for this patient",
        Withheld::NoSessionWorthIt => "no further session: none is expected to add what the clinic asks of one",
        Withheld::GoalReached => "no further session: the goal is reached with the chance wanted",
    }
}

/// Every source behind the page: its mark beside it, and in full where everything is shown.
fn sources(page: &mut Page, parts: &Parts<'_>, extent: Extent) {
    let ids = cited(parts);
    let mut sources: Vec<_> = ids.iter().filter_map(|id| parts.knowledge.source(id)).collect();
    sources.sort_by_key(|source| in_order(&source.id));
    if sources.is_empty() {
        return;
    }
    page.heading("Sources");
    match extent {
        Extent::Full => {
            for source in sources {
                page.field(&source.id, &format!("{} [{}]", source.citation, words::mark(source.mark)));
            }
        }
        Extent::Glance => {
            for mark in [Mark::Seen, Mark::Recalled] {
                let ids: Vec<&str> =
                    sources.iter().filter(|source| source.mark == mark).map(|source| source.id.as_str()).collect();
                if !ids.is_empty() {
                    page.field(words::mark(mark), &ids.join(", "));
                }
            }
            page.text("`resurface explain ID` shows a source or a rule; `--details` writes out everything on this page.");
        }
    }
}

/// A letter, then a number: A4 before A10.
fn in_order(id: &str) -> (&str, u32) {
    let (letter, number) = id.split_at(id.find(|sign: char| sign.is_ascii_digit()).unwrap_or(id.len()));
    (letter, number.parse().unwrap_or(0))
}

fn cited(parts: &Parts<'_>) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    let screening = parts.screening;
    ids.extend(screening.findings.iter().flat_map(|finding| finding.rule.sources.iter().cloned()));
    ids.extend(screening.setting.iter().flat_map(|reason| reason.sources().iter().cloned()));
    let plan = parts.plan;
    ids.extend(plan.risks.pigmentation.sources.iter().cloned());
    ids.extend(
        plan.alternatives.by_scar.iter().flat_map(|scar| &scar.options).flat_map(|option| option.place.sources.iter().cloned()),
    );
    ids.extend(plan.alternatives.concerns.iter().flat_map(|concern| concern.sources.iter().cloned()));
    if let Standing::Proposed { proposal } | Standing::AfterDeferral { would_be: proposal, .. } = &plan.standing {
        ids.extend(proposal.endpoint.sources.iter().chain(&proposal.passes.sources).cloned());
        ids.extend(proposal.stops.iter().flat_map(|rule| rule.sources.iter().cloned()));
    }
    ids
}
