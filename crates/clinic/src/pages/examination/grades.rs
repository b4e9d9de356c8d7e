//! What the counts amount to, as it is typed: every scale that the answers allow, with what was left open.

use jiff::civil::date;
use maud::{Markup, html};
use resurface_care::chart::{Chart, Registered};
use resurface_care::consultation::Sex;
use resurface_care::grading::{AtrophicCounts, Grading, Missing, Obtained, QualitativeGrade, ScarSRelevance, Span, grade};
use resurface_knowledge::Knowledge;
use resurface_knowledge::scales::About;
use resurface_words::Words;

use super::face;
use resurface_documents::Reader;

use crate::form::part::{self, Part};
use crate::form::{Faults, Typed};
use crate::page::cited::cited;
use crate::pages::chart::setting::setting;
use crate::problem::Problem;
use crate::seat::Seat;

/// The map and the scores of what is typed.
pub(super) fn view(seat: &Seat<'_>, typed: &Typed) -> Result<Markup, Problem> {
    let (words, knowledge) = (&seat.reader(), &seat.rules.knowledge);
    let graded = graded(seat, typed)?;
    Ok(html! {
        aside.grades id="grades" aria-label=(words.text("examination-grades")) {
            (face::map(words, graded.as_ref().ok()))
            div role="status" {
                @match &graded {
                    Ok(grading) => { (scores(words, grading, knowledge)) },
                    Err(faults) => { (not_graded(words, faults)) },
                }
            }
        }
    })
}

/// The scores of what is typed, or what is wrong with it.
pub(crate) fn graded(seat: &Seat<'_>, typed: &Typed) -> Result<Result<Grading, Faults>, Problem> {
    let (on, knowledge) = (seat.app.clinic().today(), &seat.rules.knowledge);
    let nobody = Chart { registered: Some(nobody()), ..Chart::default() };
    let setting = setting(seat, &nobody, &Typed::default())?;
    let read = part::read(Part::Examination, &nobody, on, &setting, typed, knowledge)?;
    Ok(read.map(|read| grade(&read, knowledge)))
}

/// Grading asks of the skin alone, so that no chart has to be read for it.
fn nobody() -> Registered {
    let born = date(1980, 1, 1);
    let name = "-".to_owned();
    Registered { on: born, number: name.clone(), name, birth_date: born, sex: Sex::Unknown, contact: None, synthetic: false }
}

/// The sources of every scale that can be shown here.
pub(super) fn sources(knowledge: &Knowledge) -> impl Iterator<Item = &String> {
    let scales = &knowledge.scales;
    let about = [
        &scales.goodman_baron_qualitative.about,
        &scales.goodman_baron_quantitative.about,
        &scales.ecca.about,
        &scales.scar_s.about,
        &scales.iga.about,
        &scales.fitzpatrick.about,
        &scales.ita.about,
    ];
    about.into_iter().flat_map(|about| &about.sources)
}

fn not_graded(words: &Words, faults: &Faults) -> Markup {
    html! { h2 { (words.text("examination-grades")) } p { (words.text("examination-cannot-grade")) } (faults.list()) }
}

fn scores(words: &Reader<'_>, grading: &Grading, knowledge: &Knowledge) -> Markup {
    let scales = &knowledge.scales;
    html! {
        h2 { (words.text("examination-grades")) }
        dl.facts {
            dt { (words.text("examination-gb-grade")) }
            dd { strong { (qualitative(words, &grading.goodman_baron_grade)) } (said_by(words, &scales.goodman_baron_qualitative.about)) }
            @if let Some(score) = &grading.goodman_baron {
                dt { (words.text("examination-gb-score")) }
                dd {
                    strong { (of_all(words, score.total, scales.goodman_baron_quantitative.maximum())) } " "
                    @let key = if score.obtained == Obtained::GivenTable { "examination-gb-table" } else { "examination-gb-derived" };
                    span.small { (words.text(key)) }
                    (said_by(words, &scales.goodman_baron_quantitative.about))
                }
            }
            @if let Some(score) = &grading.ecca {
                dt { "ECCA" }
                dd {
                    strong { (of_all(words, score.total, scales.ecca.maximum())) } " "
                    span.small { (words.with("examination-ecca-atrophic", [("points", score.atrophic.to_string().into())])) }
                    (said_by(words, &scales.ecca.about))
                }
            }
            @if let Some(score) = &grading.scar_s {
                dt { "SCAR-S" }
                dd {
                    strong { (words.with("examination-of", [("score", score.total.to_string().into()), ("most", "15".into())])) } " "
                    @let key = match score.relevance { ScarSRelevance::Relevant => "examination-scar-s-relevant", _ => "examination-scar-s-below" };
                    span.small { (words.text(key)) }
                    (said_by(words, &scales.scar_s.about))
                }
            }
            @if let Some(iga) = &grading.iga {
                dt { "IGA" }
                dd { strong { (iga.grade) } " " (words.says(&iga.name)) (said_by(words, &scales.iga.about)) }
            }
            dt { (words.text("examination-skin-category")) }
            dd { (skin(words, grading)) (said_by(words, &scales.fitzpatrick.about)) }
        }
        (shares(words, &grading.atrophic))
        @if !grading.missing.is_empty() {
            details { summary { (words.with("examination-missing", [("count", grading.missing.len().into())])) }
                ul { @for missing in &grading.missing { li { (words.text(missing_key(*missing))) } } }
            }
        }
    }
}

fn said_by(words: &Words, about: &About) -> Markup {
    html! { " " (cited(words, &about.sources, about.mark)) }
}

fn qualitative(words: &Words, grade: &QualitativeGrade) -> String {
    let name = |grade: u8| words.text(&format!("examination-gb-{}", grade.min(4)));
    match grade.known() {
        Some(known) => name(known),
        None => words.with("examination-open", [("lowest", name(grade.lowest).into()), ("highest", name(grade.highest).into())]),
    }
}

fn of_all(words: &Words, span: Span, most: u16) -> String {
    let score = match span.known() {
        Some(known) => known.to_string(),
        None => words
            .with("examination-open", [("lowest", span.lowest.to_string().into()), ("highest", span.highest.to_string().into())]),
    };
    words.with("examination-of", [("score", score.into()), ("most", most.to_string().into())])
}

fn skin(words: &Reader<'_>, grading: &Grading) -> Markup {
    let skin = &grading.skin_type;
    let roman = |number: u8| ["I", "II", "III", "IV", "V", "VI"].get(usize::from(number).wrapping_sub(1)).copied().unwrap_or("?");
    html! {
        @match skin.for_caution {
            Some(number) => { strong { "Fitzpatrick " (roman(number)) } },
            None => { strong { (words.text("examination-skin-unknown")) } },
        }
        @if let (Some(total), Some(pinned)) = (skin.questionnaire_total, &skin.pinned) {
            @let types: Vec<&str> = pinned.types.iter().map(|number| roman(*number)).collect();
            " " span.small { (words.with("examination-questionnaire-says", [("total", total.to_string().into()), ("types", types.join("/").into())])) }
        }
        @if let Some(angle) = &grading.typology_angle {
            " " span.small { "ITA " (words.number(angle.degrees, 1)) "\u{b0} (" (words.says(&angle.class)) ")" }
        }
    }
}

/// The shares of the atrophic types, as a table with bars: the bars repeat the numbers.
fn shares(words: &Words, counts: &AtrophicCounts) -> Markup {
    let total = counts.total();
    let kinds = [
        ("scar-rolling", counts.rolling),
        ("scar-boxcar-shallow", counts.boxcar_shallow),
        ("scar-boxcar-deep", counts.boxcar_deep),
        ("scar-ice-pick", counts.ice_pick),
    ];
    html! {
        @if total == 0 { p { (words.text("examination-no-atrophic")) } }
        @else {
            table.shares {
                caption { (words.with("examination-atrophic", [("count", u64::from(total).to_string().into())])) }
                tbody { @for (kind, count) in kinds {
                    tr {
                        th scope="row" { (words.text(kind)) }
                        td.number { (count) }
                        td.number { (words.percent(f64::from(count) / f64::from(total))) }
                        td.bar aria-hidden="true" { meter min="0" max=(total) value=(count) {} }
                    }
                } }
            }
        }
    }
}

const fn missing_key(missing: Missing) -> &'static str {
    match missing {
        Missing::ScarCounts => "examination-missing-counts",
        Missing::ObviousAt50Cm => "examination-missing-visible",
        Missing::EasilyCovered => "examination-missing-covered",
        Missing::FlattensOnStretch => "examination-missing-flattens",
        Missing::Tethered => "examination-missing-tethered",
        Missing::GoodmanBaronTable => "examination-missing-gb",
        Missing::EccaGrades => "examination-missing-ecca",
        Missing::ScarS => "examination-missing-scar-s",
        Missing::Iga => "examination-missing-iga",
        Missing::SkinType => "examination-missing-skin",
        Missing::SkinColour => "examination-missing-colour",
    }
}
