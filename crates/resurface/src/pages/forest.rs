//! The forest plot of `resurface evidence --svg`.

use resurface_evidence::answer::{Answer, ForestRow, GroupBy};
use resurface_evidence::trials::Blinding;
use resurface_figure::{ForestGroup, ForestPlot, ForestStudy, Judged, Pooled};

use super::evidence::study_name;
use super::words;
use crate::envelope::Origin;

/// The plot: blinded and other raters apart, each with what they say together.
pub(crate) fn plot(evidence: &Answer, origin: &Origin) -> ForestPlot {
    let groups = [Judged::Blinded, Judged::Open].map(|judged| group(evidence, judged)).to_vec();
    let pooled = &evidence.pooled;
    let mean = pooled.estimate_pct.unwrap_or_default();
    let [low, high] = pooled.ci_pct.unwrap_or_default();
    ForestPlot {
        title: "Does microneedling help atrophic acne scars?".to_owned(),
        subtitle: "Improvement of scar severity after needling alone, before against after, as published".to_owned(),
        description: format!(
            "Forest plot of {} arms with {} patients. Pooled mean improvement {mean:.0} percent, 95 percent interval {low:.0} to \
             {high:.0}. {}",
            pooled.k,
            pooled.n,
            groups.iter().map(described).collect::<Vec<_>>().join(" "),
        ),
        groups,
        notes: vec![
            "Random effects (REML), Hartung-Knapp intervals, prediction interval with k - 1 degrees of freedom. Weights are shares of the pooled effect of all arms.".to_owned(),
            "Before against after: what would have come without treatment, or from the hope of patients and raters, is in these numbers.".to_owned(),
            words::origin(origin),
        ],
    }
}

fn group(evidence: &Answer, judged: Judged) -> ForestGroup {
    let studies: Vec<ForestStudy> = evidence.forest.iter().filter(|row| judged_of(row) == judged).map(study).collect();
    let by_rater = evidence.subgroups.iter().find(|groups| groups.by == GroupBy::Blinding);
    let pooled = by_rater.and_then(|groups| groups.groups.iter().find(|group| group.k > 1 && group.k == studies.len())).and_then(
        |group| {
            Some(Pooled {
                name: format!("pooled, {} arms", group.k),
                percent: group.estimate_pct?,
                interval: group.ci_pct.map(|[low, high]| (low, high))?,
                prediction: group.prediction_pct.map(|[low, high]| (low, high)),
            })
        },
    );
    let (name, empty) = match judged {
        Judged::Blinded => ("Rater stated to be blinded", "none gives a percentage that can be pooled"),
        Judged::Open => ("Rater not blinded, or not said", "no arm"),
    };
    let remark = studies.is_empty().then(|| empty.to_owned());
    ForestGroup { name: name.to_owned(), studies, pooled, remark }
}

fn judged_of(row: &ForestRow) -> Judged {
    match row.blinding {
        Blinding::RaterBlinded => Judged::Blinded,
        Blinding::Open | Blinding::Unclear | Blinding::NotStated => Judged::Open,
    }
}

fn study(row: &ForestRow) -> ForestStudy {
    let sessions = row.sessions.map_or_else(|| "not said".to_owned(), |sessions| sessions.to_string());
    ForestStudy {
        name: study_name(&row.study_id),
        detail: format!("{}, {sessions}", row.n),
        percent: row.estimate_pct,
        interval: (row.ci_pct[0], row.ci_pct[1]),
        weight: row.weight_pct / 100.0,
        judged: judged_of(row),
    }
}

fn described(group: &ForestGroup) -> String {
    let studies: Vec<String> = group.studies.iter().map(|study| format!("{} {:.0} percent", study.name, study.percent)).collect();
    match &group.remark {
        Some(remark) => format!("{}: {remark}.", group.name),
        None => format!("{}: {}.", group.name, studies.join(", ")),
    }
}
