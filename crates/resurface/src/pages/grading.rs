//! The page of `resurface grade`, and the part of it that a plan shows.

use resurface_care::consultation::Answer;
use resurface_care::grading::{AtrophicCounts, Grading, Missing, Obtained, QualitativeGrade, Span, ZoneGrading};
use resurface_knowledge::Knowledge;

use super::words;
use crate::envelope::Origin;
use crate::terminal::{Align, Column, Look, Page, Table};

/// The whole page.
pub(crate) fn page(grading: &Grading, knowledge: &Knowledge, origin: &Origin, look: Look) -> String {
    let mut page = Page::new(look);
    scores(&mut page, grading);
    zones(&mut page, grading);
    measured(&mut page, grading);
    if let Some(score) = &grading.goodman_baron {
        page.heading("Goodman-Baron, lesion by lesion");
        for row in &score.rows {
            let lesion = row.lesion.map_or_else(|| "keloidal area".to_owned(), |lesion| words::of(&lesion));
            page.item(&format!("{lesion}: {}", span(row.points, "points")));
        }
    }
    not_examined(&mut page, grading);
    page.heading("Scales shown, and who may use them");
    for (id, about) in knowledge.scales.all().filter(|(id, _)| grading.licence_notes.iter().any(|note| note == id)) {
        let check = about.check.as_deref().map(|check| format!(" To check: {check}")).unwrap_or_default();
        let sources: Vec<&str> = about.sources.iter().map(String::as_str).collect();
        let cited = format!("{id}; {}; {}", words::sources(&sources), words::mark(about.mark));
        page.item(&format!("{}: {}{check} [{cited}]", about.name, about.licence.note));
    }
    page.gap();
    page.text(&words::origin(origin));
    page.finish()
}

/// The scores, each in a line.
pub(super) fn scores(page: &mut Page, grading: &Grading) {
    page.heading("How bad");
    page.field("grade", &format!("Goodman-Baron {}", grade(&grading.goodman_baron_grade)));
    if let Some(score) = &grading.goodman_baron {
        let obtained = match score.obtained {
            Obtained::GivenTable => "from its own count table",
            Obtained::DerivedFromZones => "worked out from the zone counts, a mapping of ours",
        };
        page.field("score", &format!("Goodman-Baron {} of 84 ({obtained})", span(score.total, "")));
    }
    if let Some(score) = &grading.ecca {
        page.field("ECCA", &format!("{} of 540, of which atrophic scars {}", span(score.total, ""), score.atrophic));
    }
    if let Some(score) = &grading.scar_s {
        let [face, chest, back] = &score.categories;
        page.field("SCAR-S", &format!("{} of 15 (face {face}, chest {chest}, back {back})", score.total));
    }
    page.field("scars", &types(&grading.atrophic));
    if let Some(iga) = &grading.iga {
        page.field("acne today", &format!("IGA {} ({})", iga.grade, iga.name));
    }
    page.field("skin type", &skin_type(grading));
    for reported in &grading.patient_reported {
        let band = reported.band.as_deref().map(|band| format!(" ({band})")).unwrap_or_default();
        page.field("patient says", &format!("{} {} on {}{band}", words::name(reported.scale), reported.score, reported.date));
    }
}

fn grade(grade: &QualitativeGrade) -> String {
    let name = |grade: u8| match grade {
        0 => "0 (no scar)",
        1 => "1 (macular)",
        2 => "2 (mild)",
        3 => "3 (moderate)",
        _ => "4 (severe)",
    };
    match grade.known() {
        Some(known) => name(known).to_owned(),
        None => format!("{} to {}: the answers leave it open", name(grade.lowest), name(grade.highest)),
    }
}

fn span(span: Span, unit: &str) -> String {
    let text = match span.known() {
        Some(known) => known.to_string(),
        None => format!("{} to {}", span.lowest, span.highest),
    };
    if unit.is_empty() { text } else { format!("{text} {unit}") }
}

/// The atrophic scars by type, with their shares.
fn types(counts: &AtrophicCounts) -> String {
    let total = counts.total();
    if total == 0 {
        return "no atrophic scar counted".to_owned();
    }
    let kinds = [
        ("rolling", counts.rolling),
        ("shallow boxcar", counts.boxcar_shallow),
        ("deep boxcar", counts.boxcar_deep),
        ("ice pick", counts.ice_pick),
    ];
    let shares = kinds.iter().filter(|(_, count)| *count > 0);
    let shares: Vec<String> =
        shares.map(|(name, count)| format!("{count} {name} ({:.0} %)", 100.0 * f64::from(*count) / f64::from(total))).collect();
    format!("{total} atrophic: {}", shares.join(", "))
}

fn skin_type(grading: &Grading) -> String {
    let skin = &grading.skin_type;
    let roman = |number: u8| ["I", "II", "III", "IV", "V", "VI"].get(usize::from(number).wrapping_sub(1)).copied().unwrap_or("?");
    let mut parts = Vec::new();
    match skin.for_caution {
        Some(number) => parts.push(format!("Fitzpatrick {}", roman(number))),
        None => parts.push("not known; counts as dark until it is".to_owned()),
    }
    if let (Some(total), Some(pinned)) = (skin.questionnaire_total, &skin.pinned) {
        let types: Vec<&str> = pinned.types.iter().map(|number| roman(*number)).collect();
        let other: Vec<&str> = skin.other.iter().flat_map(|other| &other.types).map(|number| roman(*number)).collect();
        parts.push(format!(
            "questionnaire {total} of 40: {} by the cut-offs used here, {} by the other published ones",
            types.join(" or "),
            other.join(" or ")
        ));
    }
    if let Some(angle) = &grading.typology_angle {
        parts.push(format!("typology angle {:.1}° ({}; {})", angle.degrees, angle.class, words::mark(angle.classes_mark)));
    }
    parts.join("; ")
}

fn zones(page: &mut Page, grading: &Grading) {
    if grading.zones.is_empty() {
        return;
    }
    page.heading("Zone by zone");
    let mut table = Table::new(vec![
        Column::new("zone", Align::Left),
        Column::new("rolling", Align::Right),
        Column::new("boxcar s/d", Align::Right),
        Column::new("ice pick", Align::Right),
        Column::droppable("marks", Align::Right, 2),
        Column::droppable("raised", Align::Right, 1),
        Column::new("tethered, flattens", Align::Left),
    ]);
    for zone in &grading.zones {
        table.row(zone_row(zone));
    }
    page.table(&table);
}

fn zone_row(zone: &ZoneGrading) -> Vec<String> {
    let raised = if zone.keloidal_area_cm2 > 0.0 {
        format!("{} + {} cm²", zone.hypertrophic, zone.keloidal_area_cm2)
    } else {
        zone.hypertrophic.to_string()
    };
    vec![
        words::name(&zone.zone),
        zone.atrophic.rolling.to_string(),
        format!("{}/{}", zone.atrophic.boxcar_shallow, zone.atrophic.boxcar_deep),
        zone.atrophic.ice_pick.to_string(),
        zone.macular.to_string(),
        raised,
        format!("{}, {}", answer(zone.tethered), answer(zone.flattens_on_stretch)),
    ]
}

const fn answer(answer: Answer) -> &'static str {
    match answer {
        Answer::No => "no",
        Answer::Unknown => "not known",
        Answer::Yes => "yes",
    }
}

fn measured(page: &mut Page, grading: &Grading) {
    let scars = grading.zones.iter().flat_map(|zone| zone.measured.iter().map(move |scar| (&zone.zone, scar)));
    let mut first = true;
    for (zone, scar) in scars {
        if std::mem::take(&mut first) {
            page.heading("Scars measured one by one (Jacob's classes)");
        }
        let might = scar.might_be.map(|class| format!("; might be {}", words::of(&class))).unwrap_or_default();
        let soft: Vec<String> = scar.soft.iter().map(words::of).collect();
        let soft = if soft.is_empty() { String::new() } else { format!(" ({})", soft.join(", ")) };
        let size = format!("{} mm wide, {} mm deep", scar.measured.width_mm, scar.measured.depth_mm);
        page.item(&format!("{}, {size}: {}{might}{soft}", words::name(zone), words::of(&scar.class)));
    }
}

/// What was not examined, and what it would tell.
pub(super) fn not_examined(page: &mut Page, grading: &Grading) {
    if grading.missing.is_empty() {
        return;
    }
    page.heading("Not examined");
    for missing in &grading.missing {
        page.marked("?", would_tell(*missing));
    }
}

const fn would_tell(missing: Missing) -> &'static str {
    match missing {
        Missing::ScarCounts => "scars per zone: without counts there is no score, and no scar type",
        Missing::ObviousAt50Cm => "obvious at 50 cm or not: tells mild from moderate",
        Missing::EasilyCovered => "easily covered or not: tells mild from moderate",
        Missing::FlattensOnStretch => "flattens on stretching or not: tells moderate from severe",
        Missing::Tethered => "rolling scars tethered or not: tethered ones want subcision first",
        Missing::GoodmanBaronTable => "the Goodman-Baron count table: the score is then its own, not worked out",
        Missing::EccaGrades => "the ECCA grades that counts cannot give: narrow the ECCA range",
        Missing::ScarS => "SCAR-S: chest and back",
        Missing::Iga => "acne today (IGA): needling waits for it",
        Missing::SkinType => "skin type: depth, interval and the risk of dark marks depend on it",
        Missing::SkinColour => "skin colour by colorimeter: the typology angle",
    }
}
