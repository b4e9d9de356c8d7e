//! The scars of a face: how many of which type in which zone, how severe they are, and what is seen of them later.

use resurface_care::consultation::{Answer, Scars, ZoneScars};
use resurface_forecast::Covariates;
use resurface_knowledge::settings::Settings;

use crate::random::Random;

/// Types of atrophic scar that are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ScarKind {
    /// Narrow and deep.
    IcePick,
    /// Sharp walls, up to half a millimetre deep.
    BoxcarShallow,
    /// Sharp walls, deeper.
    BoxcarDeep,
    /// Broad and soft.
    Rolling,
}

/// One scar.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scar {
    /// Its zone, as an id of `protocol.toml`.
    pub(crate) zone: &'static str,
    /// Its type before treatment.
    pub(crate) kind: ScarKind,
    /// How stubborn it is, 0 to 1: it is counted until the improvement passes what this stands for.
    pub(crate) stubborn: f64,
}

/// The scars of one face before treatment.
#[derive(Clone, Debug)]
pub(crate) struct Face {
    pub(crate) scars: Vec<Scar>,
    /// True severity, in points of the Goodman-Baron quantitative score.
    pub(crate) severity: f64,
    age_months: u16,
    macular: u16,
}

/// Zones with the share of scars that lie in each where they are affected, and how often they are. Ours: acne scars lie on the
/// cheeks first.
const ZONES: [(&str, f64, f64); 10] = [
    ("cheek_left", 1.0, 1.0),
    ("cheek_right", 1.0, 1.0),
    ("malar_left", 0.35, 0.35),
    ("malar_right", 0.35, 0.35),
    ("temple_left", 0.35, 0.45),
    ("temple_right", 0.35, 0.45),
    ("jaw", 0.25, 0.30),
    ("chin", 0.25, 0.30),
    ("forehead", 0.30, 0.25),
    ("nose", 0.15, 0.12),
];

/// Counted scars for each point of severity: what makes zone counts and score tell about the same story.
const SCARS_PER_POINT: f64 = 2.2;
/// Share of the improvement that shows as fewer scars rather than as shallower ones. Ours.
const SHOWS_IN_COUNTS: f64 = 0.6;
/// Severity from which scars are obvious at a conversation's distance, and from which make-up no longer covers them. Ours.
const OBVIOUS_FROM: f64 = 4.5;
const NOT_COVERED_FROM: f64 = 9.0;
/// Severity from which scars do not flatten on stretching, and the improvement that makes them. Ours.
const DOES_NOT_FLATTEN_FROM: f64 = 16.0;
const FLATTENS_AFTER: f64 = 0.3;

impl Face {
    /// A face whose severity is usual for those who come.
    pub(crate) fn new(settings: &Settings, mostly_ice_pick: Mix, random: &mut Random) -> Self {
        let usual = libm::log(settings.goodman_baron_usual_score.value);
        let severity = libm::exp(usual + settings.goodman_baron_usual_spread.value * random.normal()).clamp(2.5, 60.0);
        let count = ((SCARS_PER_POINT * severity) as usize).max(4);
        let affected: Vec<(&'static str, f64)> =
            ZONES.iter().filter(|(_, _, often)| random.chance(*often)).map(|(zone, share, _)| (*zone, *share)).collect();
        let shares: Vec<f64> = affected.iter().map(|(_, share)| *share).collect();
        let kinds = match mostly_ice_pick {
            Mix::Usual => {
                let (ice_pick, rolling) = (random.between(0.03, 0.35), random.between(0.12, 0.50));
                [ice_pick, (1.0 - ice_pick - rolling) * 0.7, (1.0 - ice_pick - rolling) * 0.3, rolling]
            }
            Mix::MostlyIcePick => [0.75, 0.10, 0.05, 0.10],
        };
        let kind = [ScarKind::IcePick, ScarKind::BoxcarShallow, ScarKind::BoxcarDeep, ScarKind::Rolling];
        let mut scars: Vec<Scar> = (0..count)
            .map(|_| Scar {
                zone: affected[random.weighted(&shares)].0,
                kind: kind[random.weighted(&kinds)],
                stubborn: random.uniform(),
            })
            .collect();
        if mostly_ice_pick == Mix::Usual {
            keep_ice_picks_few(&mut scars, settings.ice_pick_majority_percent.value / 100.0);
        }
        Self { scars, severity, age_months: random.whole(14, 260) as u16, macular: random.whole(-6, 6).max(0) as u16 }
    }

    /// What the forecast is told of these scars.
    pub(crate) fn covariates(&self) -> Covariates {
        let share = |kinds: &[ScarKind]| {
            self.scars.iter().filter(|scar| kinds.contains(&scar.kind)).count() as f64 / self.scars.len().max(1) as f64
        };
        Covariates {
            ice_pick_share: share(&[ScarKind::IcePick]),
            rolling_share: share(&[ScarKind::Rolling]),
            boxcar_share: share(&[ScarKind::BoxcarShallow, ScarKind::BoxcarDeep]),
            severity_z: 0.0,
        }
    }

    /// What is counted and seen once this share of the severity is gone, `months` after registration.
    pub(crate) fn examined(&self, improvement: f64, months: u16) -> Scars {
        let severity = self.severity * (1.0 - improvement);
        let flattens = self.severity < DOES_NOT_FLATTEN_FROM || improvement > FLATTENS_AFTER;
        let answer = |yes: bool| if yes { Answer::Yes } else { Answer::No };
        let mut zones: Vec<ZoneScars> = Vec::new();
        for scar in &self.scars {
            if !zones.iter().any(|zone| zone.zone == scar.zone) {
                zones.push(ZoneScars {
                    zone: scar.zone.to_owned(),
                    tethered: answer(!flattens && self.severity > 1.5 * DOES_NOT_FLATTEN_FROM),
                    flattens_on_stretch: answer(flattens),
                    ..ZoneScars::default()
                });
            }
            let counted = SHOWS_IN_COUNTS * improvement < scar.stubborn;
            if let Some(zone) = zones.iter_mut().find(|zone| zone.zone == scar.zone && counted) {
                *count_of(zone, scar.kind) += 1;
            }
        }
        zones.sort_by(|one, other| one.zone.cmp(&other.zone));
        if let Some(zone) = zones.first_mut() {
            zone.macular = self.macular;
        }
        Scars {
            age_months: Some(self.age_months + months),
            visible_at_50_cm: answer(severity >= OBVIOUS_FROM),
            easily_covered: answer(severity < NOT_COVERED_FROM),
            zones,
            ..Scars::default()
        }
    }
}

/// Which types of scar there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mix {
    /// All of them, ice picks in the minority.
    Usual,
    /// Ice picks above all.
    MostlyIcePick,
}

/// Ice picks stay clearly in the minority, also when other scars are no longer counted.
fn keep_ice_picks_few(scars: &mut [Scar], majority: f64) {
    let most = (0.8 * majority * scars.len() as f64) as usize;
    for scar in scars.iter_mut().filter(|scar| scar.kind == ScarKind::IcePick).skip(most) {
        scar.kind = ScarKind::BoxcarShallow;
    }
}

fn count_of(zone: &mut ZoneScars, kind: ScarKind) -> &mut u16 {
    match kind {
        ScarKind::IcePick => &mut zone.ice_pick,
        ScarKind::BoxcarShallow => &mut zone.boxcar_shallow,
        ScarKind::BoxcarDeep => &mut zone.boxcar_deep,
        ScarKind::Rolling => &mut zone.rolling,
    }
}
