//! The pathway: intake, screen, grade, plan, treat, review; what is done, what is now, what is to come.

use jiff::civil::Date;
use maud::{Markup, html};
use resurface_care::chart::{Milestones, NextStep, Step};
use resurface_ledger::clinic::OpenChart;
use resurface_words::Words;

/// One station: its word, its page, the day it was last done, and whether it is what comes next.
struct Station {
    word: &'static str,
    page: &'static str,
    done: Option<Date>,
    steps: &'static [Step],
}

pub(super) fn rail(words: &Words, open: &OpenChart, milestones: &Milestones, next: &NextStep) -> Markup {
    html! {
        nav.rail aria-label=(words.text("chart-pathway")) {
            ol {
                @for station in stations(milestones) {
                    @let now = station.steps.contains(&next.step);
                    li.done[station.done.is_some()].now[now] aria-current=[now.then_some("step")] {
                        a href={ "/charts/" (open.patient) "/" (station.page) } { (words.text(station.word)) }
                        span.state {
                            @if now { (words.text("rail-now")) }
                            @else if let Some(day) = station.done { (words.with("rail-done", [("date", words.short_date(day).into())])) }
                            @else { (words.text("rail-open")) }
                        }
                    }
                }
            }
        }
    }
}

fn stations(milestones: &Milestones) -> [Station; 6] {
    let screened = milestones.screened.as_ref().map(|(on, _)| *on).filter(|_| milestones.unscreened_since.is_none());
    let reviewed = milestones.reviewed.as_ref().map(|(on, _)| *on);
    [
        Station { word: "rail-intake", page: "intake", done: milestones.intake, steps: &[Step::Intake, Step::AnswerMissing] },
        Station { word: "rail-screen", page: "screening", done: screened, steps: &[Step::Screen, Step::WaitUntilCleared] },
        Station { word: "rail-grade", page: "examination", done: milestones.examined, steps: &[Step::Examine] },
        Station {
            word: "rail-plan",
            page: "plan",
            done: milestones.plan.as_ref().map(|plan| plan.on),
            steps: &[Step::Plan, Step::OfferAlternatives],
        },
        Station {
            word: "rail-treat",
            page: "treatment",
            done: milestones.sessions.last().copied(),
            steps: &[Step::Session, Step::Consent],
        },
        Station { word: "rail-review", page: "review", done: reviewed, steps: &[Step::Review] },
    ]
}
