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
