//! What the scars say: young, mostly ice pick, hypertrophic.

use super::{Detail, Fact, Facts};
use crate::consultation::ZoneScars;
use crate::grading::AtrophicCounts;

impl<'a> Facts<'a> {
    /// Scars younger than the label's year.
    pub(super) fn young_scars(&self) -> Fact<'a> {
        let young_under_months = self.knowledge.settings.scar_young_months.whole();
        match self.consultation.scars.age_months {
            None => Fact::missing("scars.age_months"),
            Some(months) if u32::from(months) < young_under_months => Fact::yes(Detail::ScarAge { months, young_under_months }),
            Some(_) => Fact::no(),
        }
    }

    /// More than the setting's share of atrophic scars are ice picks. The Goodman-Baron table does not tell them apart.
    pub(super) fn mostly_ice_pick(&self) -> Fact<'a> {
        let zones = &self.consultation.scars.zones;
        if zones.is_empty() {
            return Fact::missing("scars.zones");
        }
        let edges = &self.knowledge.scales.jacob;
        let counts = zones.iter().map(|zone| AtrophicCounts::of_zone(zone, edges));
        let all = counts.fold(AtrophicCounts::default(), |sum, zone| sum.plus(&zone));
        let (count, among) = (all.ice_pick, all.total());
        let share_percent = if among == 0 { 0.0 } else { 100.0 * f64::from(count) / f64::from(among) };
        if share_percent > self.knowledge.settings.ice_pick_majority_percent.value {
            return Fact::yes(Detail::Scars { count, among });
        }
        Fact::no()
    }

    /// Any hypertrophic, papular or keloidal scar, in a zone or in the count table.
    pub(super) fn hypertrophic(&self) -> Fact<'a> {
        let scars = &self.consultation.scars;
        let in_zone = |zone: &ZoneScars| zone.hypertrophic > 0 || zone.keloidal_area_cm2 > 0.0;
        let table = scars.goodman_baron.as_ref();
        if let Some(zone) = scars.zones.iter().find(|zone| in_zone(zone)) {
            return Fact::yes(Detail::Zone(&zone.zone));
        }
        if table.is_some_and(|table| table.papular > 0 || table.keloidal_area_cm2 > 0.0) {
            return Fact::yes(Detail::Nothing);
        }
        if scars.ecca.is_some_and(|ecca| ecca.hypertrophic_young > 0 || ecca.keloid_old > 0) {
            return Fact::yes(Detail::Nothing);
        }
        if scars.zones.is_empty() && table.is_none() {
            return Fact::missing("scars.zones");
        }
        Fact::no()
    }
}
