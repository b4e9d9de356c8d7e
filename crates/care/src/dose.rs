//! What a session delivers, as the forecast counts it: how much of the scarring was treated, how deep, with how many passes.

use jiff::civil::Date;
use resurface_forecast as forecast;
use resurface_knowledge::protocol::Technique;
use serde::Serialize;

use crate::consultation::{Endpoint, SessionGiven};
use crate::depth::ZoneDepth;
use crate::grading::Grading;

/// Shallowest needle that the forecast counts as needling, in micrometres.
const DEPTH_MIN_UM: f64 = 50.0;

/// The dose of one session, averaged over the zones by the number of their atrophic scars.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SessionDose {
    /// Day it was given; nothing for a planned session.
    pub date: Option<Date>,
    /// Share of the atrophic scars that lie in treated zones, 0 to 1.
    pub treated_share: f64,
    /// Needle depth, in micrometres.
    pub depth_um: f64,
    /// Passes.
    pub passes: f64,
    /// Endpoint reached on most scars.
    pub endpoint: Endpoint,
    /// What was not recorded and was taken as usual.
    pub assumed: Vec<Assumed>,
}

/// What was not recorded about a session and was taken as usual, so that the forecast may be off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Assumed {
    /// No scars are counted in any treated zone: all scars count as treated.
    AllScarsTreated,
    /// Passes not recorded: the usual number.
    UsualPasses,
    /// Endpoint not recorded: pinpoint bleeding.
    PinpointBleeding,
    /// No depth could be planned: a standard session.
    StandardSession,
}

impl SessionDose {
    /// The dose of a session that was given.
    #[must_use]
    pub fn delivered(session: &SessionGiven, grading: &Grading, technique: &Technique) -> Self {
        let zones: Vec<Treated> = session
            .zones
            .iter()
            .map(|zone| Treated {
                scars: grading.atrophic_in(&zone.zone),
                depth_um: f64::from(zone.depth_um),
                passes: zone.passes.map(f64::from),
                endpoint: zone.endpoint,
            })
            .collect();
        Self::averaged(Some(session.date), &zones, f64::from(grading.atrophic.total()), usual_passes(technique))
    }

    /// The dose of a planned session at these depths, to the endpoint of the protocol.
    #[must_use]
    pub fn planned(depths: &[ZoneDepth], which: WhichSession, grading: &Grading, technique: &Technique) -> Self {
        let passes = usual_passes(technique);
        let zones: Vec<Treated> = depths
            .iter()
            .filter_map(|zone| {
                let depth_um = match which {
                    WhichSession::First => zone.first_session_um,
                    WhichSession::Later => zone.on_scars_um,
                }?;
                Some(Treated {
                    scars: grading.atrophic_in(&zone.zone),
                    depth_um: f64::from(depth_um),
                    passes: Some(passes),
                    endpoint: Some(Endpoint::PinpointBleeding),
                })
            })
            .collect();
        if zones.is_empty() {
            return Self::standard(passes);
        }
        Self::averaged(None, &zones, f64::from(grading.atrophic.total()), passes)
    }

    /// A standard session of the model.
    fn standard(passes: f64) -> Self {
        Self {
            date: None,
            treated_share: 1.0,
            depth_um: forecast::REFERENCE_DEPTH_UM,
            passes,
            endpoint: Endpoint::PinpointBleeding,
            assumed: vec![Assumed::StandardSession],
        }
    }

    fn averaged(date: Option<Date>, zones: &[Treated], all_scars: f64, usual_passes: f64) -> Self {
        let mut assumed = Vec::new();
        let scarred: f64 = zones.iter().map(|zone| zone.scars).sum();
        let weight = |zone: &Treated| if scarred > 0.0 { zone.scars / scarred } else { 1.0 / zones.len() as f64 };
        if scarred <= 0.0 {
            assumed.push(Assumed::AllScarsTreated);
        }
        if zones.iter().any(|zone| zone.passes.is_none()) {
            assumed.push(Assumed::UsualPasses);
        }
        if zones.iter().any(|zone| zone.endpoint.is_none()) {
            assumed.push(Assumed::PinpointBleeding);
        }
        let erythema_only: f64 = zones.iter().filter(|zone| zone.endpoint == Some(Endpoint::ErythemaOnly)).map(weight).sum();
        Self {
            date,
            treated_share: if scarred > 0.0 { (scarred / all_scars.max(scarred)).min(1.0) } else { 1.0 },
            depth_um: zones.iter().map(|zone| weight(zone) * zone.depth_um).sum(),
            passes: zones.iter().map(|zone| weight(zone) * zone.passes.unwrap_or(usual_passes)).sum(),
            endpoint: if erythema_only > 0.5 { Endpoint::ErythemaOnly } else { Endpoint::PinpointBleeding },
            assumed,
        }
    }

    /// As the forecast takes it.
    #[must_use]
    pub fn to_forecast(&self) -> forecast::Dose {
        if self.assumed.contains(&Assumed::StandardSession) {
            return forecast::Dose::STANDARD;
        }
        if self.depth_um < DEPTH_MIN_UM {
            return forecast::Dose::Relative(0.0);
        }
        forecast::Dose::Delivered(forecast::DeliveredDose {
            treated_share: self.treated_share,
            endpoint: match self.endpoint {
                Endpoint::PinpointBleeding => forecast::Endpoint::PinpointBleeding,
                Endpoint::ErythemaOnly => forecast::Endpoint::Erythema,
            },
            depth_um: self.depth_um,
            passes: self.passes.clamp(1.0, 30.0),
        })
    }
}

/// Whether a planned session is the first of its course, which starts one step shallower.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhichSession {
    /// The first one.
    First,
    /// A later one.
    Later,
}

struct Treated {
    scars: f64,
    depth_um: f64,
    passes: Option<f64>,
    endpoint: Option<Endpoint>,
}

/// The middle of the passes that the protocol asks for.
fn usual_passes(technique: &Technique) -> f64 {
    f64::from(technique.passes.min).midpoint(f64::from(technique.passes.max))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consultation::ZoneDose;
    use crate::grading::grade;
    use crate::people::{TODAY, a_cheek, a_consultation, a_session, knowledge};

    fn delivered(session: &SessionGiven) -> SessionDose {
        let mut person = a_consultation();
        person.scars.zones.push(a_cheek("forehead")); // thirty scars, ten in each zone
        SessionDose::delivered(session, &grade(&person, knowledge()), &knowledge().protocol.technique)
    }

    #[test]
    fn zones_left_out_lower_the_treated_share() {
        let dose = delivered(&a_session(TODAY));
        assert!((dose.treated_share - 2.0 / 3.0).abs() < 1e-12);
        assert_eq!((dose.depth_um, dose.passes, dose.assumed.len()), (1500.0, 5.0, 0));
    }

    #[test]
    fn depth_is_averaged_over_the_scars() {
        let mut session = a_session(TODAY);
        session.zones[1].depth_um = 1000;
        assert!((delivered(&session).depth_um - 1250.0).abs() < 1e-9);
    }

    #[test]
    fn what_was_not_recorded_is_taken_as_usual_and_said() {
        let mut session = a_session(TODAY);
        session.zones[0] = ZoneDose { passes: None, endpoint: None, ..session.zones[0].clone() };
        let dose = delivered(&session);
        assert_eq!(dose.assumed, [Assumed::UsualPasses, Assumed::PinpointBleeding]);
        assert_eq!((dose.passes, dose.endpoint), (5.0, Endpoint::PinpointBleeding));
    }

    #[test]
    fn redness_on_most_scars_is_redness() {
        let mut session = a_session(TODAY);
        session.zones.iter_mut().for_each(|zone| zone.endpoint = Some(Endpoint::ErythemaOnly));
        assert_eq!(delivered(&session).endpoint, Endpoint::ErythemaOnly);
        session.zones[0].endpoint = Some(Endpoint::PinpointBleeding);
        assert_eq!(delivered(&session).endpoint, Endpoint::PinpointBleeding);
    }

    #[test]
    fn a_session_beside_the_scars_counts_whole_and_a_needle_that_does_not_enter_counts_nothing() {
        let mut session = a_session(TODAY);
        session.zones.iter_mut().for_each(|zone| zone.zone = "nose".into());
        let beside = delivered(&session);
        assert_eq!((beside.treated_share, beside.assumed.as_slice()), (1.0, &[Assumed::AllScarsTreated][..]));
        session.zones.iter_mut().for_each(|zone| zone.depth_um = 0);
        assert_eq!(delivered(&session).to_forecast(), forecast::Dose::Relative(0.0));
    }
}
