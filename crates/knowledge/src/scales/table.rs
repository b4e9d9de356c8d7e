//! Reading `scales.toml`, holding its tables against their own sums, and explaining its ids.

use super::{About, Direction, FitzpatrickBands, Range, Scales, shape};
use crate::Knowledge;
use crate::document::{FaultReport, Shape};
use crate::explain::Explanation;
use crate::fact::check_citations;
use crate::table::{Place, Table};

impl Scales {
    /// Every scale with its id, in the order of the file.
    pub fn all(&self) -> impl Iterator<Item = (&'static str, &About)> {
        [
            ("jacob", &self.jacob.about),
            ("goodman_baron_qualitative", &self.goodman_baron_qualitative.about),
            ("goodman_baron_quantitative", &self.goodman_baron_quantitative.about),
            ("ecca", &self.ecca.about),
            ("scar_s", &self.scar_s.about),
            ("iga", &self.iga.about),
            ("fitzpatrick", &self.fitzpatrick.about),
            ("ita", &self.ita.about),
            ("masi", &self.masi.about),
            ("dlqi", &self.dlqi.about),
            ("scar_q", &self.scar_q.about),
            ("face_q", &self.face_q.about),
            ("fasqol", &self.fasqol.about),
            ("pahpi", &self.pahpi.about),
            ("gais", &self.gais.about),
            ("worry", &self.worry.about),
        ]
        .into_iter()
    }
}

impl Table for Scales {
    const FILE: &'static str = "scales.toml";

    fn shape() -> Shape {
        shape::shape()
    }

    fn decode(root: serde_json::Value) -> Result<Self, serde_json::Error> {
        serde_json::from_value(root)
    }

    fn cross_check(&self, knowledge: &Knowledge, root: Place<'_>, report: &mut FaultReport) {
        check_citations(&root, knowledge, report);
        let sums = [
            ("goodman_baron_quantitative", f64::from(self.goodman_baron_quantitative.maximum())),
            ("ecca", f64::from(self.ecca.maximum())),
        ];
        for (id, sum) in sums {
            let range = self.all().find(|(other, _)| *other == id).and_then(|(_, about)| about.range);
            if range.map(|range| range.max) != Some(sum) {
                root.field(id).field("range").fault(report, format!("the table adds up to {sum}"), "a range with that maximum");
            }
        }
        for (bands, place) in self.fitzpatrick.variants.iter().zip(root.field("fitzpatrick").field("variant").elements()) {
            check_bands(bands, &place.field("bands"), report);
        }
        let weights: f64 = self.masi.areas.iter().map(|area| area.weight).sum();
        if (weights - 1.0).abs() > 1e-9 {
            root.field("masi").field("areas").fault(
                report,
                format!("the weights add up to {weights}"),
                "weights that add up to 1",
            );
        }
    }

    fn ids(&self) -> Vec<&str> {
        self.all().map(|(id, _)| id).collect()
    }

    fn explain(&self, id: &str, knowledge: &Knowledge) -> Option<Explanation> {
        let (_, about) = self.all().find(|(other, _)| *other == id)?;
        let mut page = Explanation::new(id, "scale", &about.name);
        page.fact("measures", &about.measures, None);
        page.fact("range", about.range.map_or("not known".to_owned(), range_in_words), None);
        page.fact("licence", &about.licence.note, None);
        about.use_.iter().for_each(|words| page.fact("use", words, None));
        about.check.iter().for_each(|check| page.fact("check before release", check, None));
        for decision in self.jacob.decisions.iter().filter(|_| id == "jacob") {
            page.fact(&decision.overlap, &decision.decided, Some(decision.mark));
        }
        page.cite(&about.sources, knowledge);
        page.mark = Some(about.mark);
        Some(page)
    }
}

/// The bands run from 0 to 40 without a gap or an overlap.
fn check_bands(variant: &FitzpatrickBands, place: &Place<'_>, report: &mut FaultReport) {
    let mut next = 0;
    for (band, place) in variant.bands.iter().zip(place.elements()) {
        if band.from != next || band.to < band.from {
            place.fault(
                report,
                format!("the band runs from {} to {}", band.from, band.to),
                format!("a band that begins at {next}"),
            );
        }
        next = band.to + 1;
    }
    if next != 41 {
        place.fault(report, format!("the bands end at {}", next.saturating_sub(1)), "bands that end at 40");
    }
}

fn range_in_words(range: Range) -> String {
    let better = match range.direction {
        Direction::LowerIsBetter => ", lower is better",
        Direction::HigherIsBetter => ", higher is better",
        Direction::NoDirection => "",
    };
    format!("{} to {}{better}", range.min, range.max)
}
