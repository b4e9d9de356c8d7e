//! What else could be done, what could go wrong, and what would change the plan.

use maud::{Markup, html};
use resurface_care::alternatives::{Alternatives, ForScar, Shown};
use resurface_care::plan::{Change, Plan, Standing};
use resurface_care::risk::{Risks, SkinAgainstStudy};
use resurface_documents::Reader;
use resurface_knowledge::treatments::{Evidence, Treatment};
use resurface_words::Words;

use crate::page::cited::{cited, named, stated};

/// Other treatments by type of scar, and doing nothing, which is always one.
pub(super) fn alternatives(words: &Reader<'_>, alternatives: &Alternatives) -> Markup {
    html! {
        section.card {
            h2 { (words.text("plan-alternatives")) }
            @for concern in &alternatives.concerns {
                @let tone = if concern.shown == Shown::Holds { "warn" } else { "" };
                p.callout.(tone) {
                    @if concern.shown == Shown::Unanswered { strong { (words.text("plan-concern-open")) ": " } }
                    (words.say(&concern.found)) " " (named(&concern.sources))
                }
            }
            @if !alternatives.by_scar.is_empty() {
                div.scroll tabindex="0" { table {
                    thead { tr {
                        th scope="col" { (words.text("plan-scar")) }
                        th scope="col" { (words.text("plan-needling")) }
                        th scope="col" { (words.text("plan-others")) }
                    } }
                    tbody { @for scar in &alternatives.by_scar { (by_scar(words, scar, alternatives)) } }
                } }
            }
            @if let Some(nothing) = &alternatives.do_nothing {
                h3 { (words.text("plan-nothing")) }
                p { (words.says(&nothing.what)) }
                (evidence(words, nothing))
            }
            @if !alternatives.treatments.is_empty() {
                h3 { (words.text("plan-each-treatment")) }
                @for treatment in &alternatives.treatments {
                    details {
                        summary { (words.says(&treatment.name)) }
                        p { (words.says(&treatment.what)) }
                        p.patient-voice { q { (words.says(&treatment.patient)) } }
                        (evidence(words, treatment))
                    }
                }
            }
            @if !alternatives.disagreements.is_empty() {
                h3 { (words.text("screening-sides")) }
                ul { @for disagreement in &alternatives.disagreements {
                    li {
                        strong { (words.says(&disagreement.about)) } ": "
                        @for (at, side) in disagreement.sides.iter().enumerate() { @if at > 0 { " / " } (words.says(&side.says)) " " (named(&side.sources)) }
                    }
                } }
            }
            @for statement in &alternatives.quality { p.small { (stated(words, statement)) } }
        }
    }
}

fn by_scar(words: &Reader<'_>, scar: &ForScar, alternatives: &Alternatives) -> Markup {
    let name = |id: &str| alternatives.treatments.iter().find(|known| known.id == id).map(|known| words.says(&known.name));
    html! {
        tr {
            th scope="row" { (words.named("document-scar", &scar.scar)) " (" (scar.count) ")" }
            td { @match scar.needling { Some(place) => { (words.named("document-place", &place)) }, None => { "\u{2013}" } } }
            td { ul.plain { @for option in &scar.options {
                li { (words.named("document-place", &option.place.place)) ": " (name(&option.treatment).unwrap_or(&option.treatment)) " " (cited(words, &option.place.sources, option.place.mark)) }
            } } }
        }
    }
}

fn evidence(words: &Reader<'_>, treatment: &Treatment) -> Markup {
    html! {
        @if !treatment.evidence.is_empty() || !treatment.risks.is_empty() {
            ul {
                @for found in &treatment.evidence { li { (effect(words, found)) " " (cited(words, &found.sources, found.mark)) } }
                @for risk in treatment.risks.iter().chain(&treatment.cautions) { li { (words.text("plan-risk")) ": " (stated(words, risk)) } }
            }
        }
    }
}

fn effect(words: &Reader<'_>, found: &Evidence) -> String {
    let effect = found.effect.map(|effect| format!(" {}", as_written(words, effect))).unwrap_or_default();
    let interval = found.ci_low.zip(found.ci_high).map(|(low, high)| {
        let ends = [("low", as_written(words, low).into()), ("high", as_written(words, high).into())];
        format!(" ({})", words.with("plan-evidence-interval", ends))
    });
    let note = found.note.as_deref().map(|note| format!("; {}", words.says(note))).unwrap_or_default();
    format!(
        "{}, {}: {}{effect}{}{note}",
        words.says(&found.comparison),
        words.says(&found.outcome),
        words.says(&found.effect_type),
        interval.unwrap_or_default()
    )
}

/// A number with as many decimals as it was written with.
fn as_written(words: &Words, number: f64) -> String {
    let decimals = number.to_string().split_once('.').map_or(0, |(_, decimals)| decimals.len());
    words.number(number, decimals)
}

/// What could go wrong over the course.
pub(super) fn risks(words: &Reader<'_>, risks: &Risks) -> Markup {
    let pigment = &risks.pigmentation;
    let skin = match pigment.skin {
        SkinAgainstStudy::AsStudied => "plan-skin-as-studied",
        SkinAgainstStudy::Lighter => "plan-skin-lighter",
        SkinAgainstStudy::Darker => "plan-skin-darker",
        SkinAgainstStudy::NotKnown => "plan-skin-unknown",
    };
    html! {
        section.card {
            h2 { (words.with("plan-risks", [("sessions", risks.sessions.into())])) }
            h3 { (words.text("plan-dark-marks")) }
            p {
                strong { (words.percent(pigment.mean)) } " "
                (words.with("plan-dark-marks-says", [
                    ("span", words.percent_span(pigment.interval_95.low, pigment.interval_95.high).into()),
                    ("session", words.percent(pigment.mean_per_session).into()),
                    ("seen", pigment.seen[0].to_string().into()),
                    ("patients", pigment.seen[1].to_string().into()),
                ])) " " (words.text(skin)) " " (cited(words, &pigment.sources, pigment.mark))
            }
            h3 { (words.text("plan-other-risks")) }
            ul.risks { @for event in &risks.others {
                li { details {
                    summary { (words.says(&event.name)) " \u{2013} " span.small { (words.named("document-urgency", &event.urgency)) } }
                    p { (stated(words, &event.how_common)) }
                    p { (words.says(&event.practitioner_does)) }
                    p.patient-voice { q { (words.says(&event.patient)) } }
                } }
            } }
        }
    }
}

/// Which answers and measurements would change the plan.
pub(super) fn changes(words: &Reader<'_>, changes: &[Change]) -> Markup {
    html! {
        @if !changes.is_empty() {
            section.card {
                h2 { (words.text("plan-would-change")) }
                ul { @for change in changes { li { (words.with("plan-change", [("if", words.say(&change.if_so).into()), ("then", words.say(&change.then).into())])) } } }
            }
        }
    }
}

/// The sources that the plan names.
pub(super) fn sources(plan: &Plan) -> Vec<&String> {
    let alternatives = &plan.alternatives;
    let mut ids: Vec<&String> = plan.risks.pigmentation.sources.iter().collect();
    ids.extend(plan.risks.others.iter().flat_map(|event| &event.how_common.sources));
    ids.extend(alternatives.concerns.iter().flat_map(|concern| &concern.sources));
    ids.extend(alternatives.by_scar.iter().flat_map(|scar| &scar.options).flat_map(|option| &option.place.sources));
    for treatment in alternatives.treatments.iter().chain(&alternatives.do_nothing) {
        ids.extend(treatment.evidence.iter().flat_map(|found| &found.sources));
        ids.extend(treatment.risks.iter().chain(&treatment.cautions).flat_map(|risk| &risk.sources));
    }
    ids.extend(alternatives.quality.iter().flat_map(|statement| &statement.sources));
    ids.extend(alternatives.disagreements.iter().flat_map(|known| known.sides.iter().flat_map(|side| &side.sources)));
    if let Standing::Proposed { proposal } | Standing::AfterDeferral { would_be: proposal, .. } = &plan.standing {
        ids.extend(proposal.passes.sources.iter().chain(&proposal.endpoint.sources));
        ids.extend(proposal.stops.iter().chain(&proposal.pauses).flat_map(|rule| &rule.sources));
    }
    ids
}
