//! One photograph measured, or two compared.

use serde::Serialize;

use super::align::{self, Alignment};
use super::colour::{Lab, SkinColour, ciede2000};
use super::error::{Error, Which};
use super::laid::{self, Laid, Window};
use super::map::{ChangeMap, maps};
use super::numbers::{
    CellSize, Context, Kind, OF_TWO_REPEATS, Outcome, Sight, TextureZone, Withheld, ZoneNumbers, read_zone, texture, with_error,
};
use super::overview::Overview;
use super::photograph::Photograph;
use super::plane::{Plane, quantile};
use super::quality::{self, Code, Finding, Quality, Weight};
use super::read::{Camera, Format, ProfileUsed, read};
use super::settings::{Repeatability, Settings};
use super::skin::Region;
use crate::quantity::{Quantity, Verdict};

/// Version of the methods here: a number is compared with one of the same version.
pub const METHODS_VERSION: &str = "photo 1";

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The baseline, or the only picture, is read and judged.
    Baseline,
    /// The follow-up is read and judged.
    FollowUp,
    /// The follow-up is laid on the baseline.
    Aligning,
    /// All pixels are gone through.
    Pixels,
    /// Numbers are read.
    Numbers,
    /// Maps are drawn.
    Maps,
}

/// What is known of one picture.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Capture {
    /// Width held upright, in pixels.
    pub width_px: usize,
    /// Height held upright, in pixels.
    pub height_px: usize,
    /// Format of its file.
    pub format: Format,
    /// Where the meaning of its colours comes from.
    pub profile: ProfileUsed,
    /// What the camera wrote.
    pub camera: Camera,
    /// What was measured of its quality.
    pub quality: Quality,
    /// What is wrong with it.
    pub findings: Vec<Finding>,
}

/// One picture, measured.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Measurement {
    /// Version of the methods.
    pub version: &'static str,
    /// The picture.
    pub capture: Capture,
    /// Its zones.
    pub zones: Vec<ZoneMeasured>,
}

/// A zone of one picture.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ZoneMeasured {
    /// Its name.
    pub name: String,
    /// Skin in it, in pixels.
    pub skin_px: usize,
    /// Category of skin colour, where a card allows one.
    pub skin_colour: Option<SkinColour>,
    /// Its numbers.
    pub numbers: Vec<Number>,
}

/// A number of one picture.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Number {
    /// Which.
    pub kind: Kind,
    /// Its unit.
    pub unit: &'static str,
    /// How it is computed.
    pub method: &'static str,
    /// Its value, or why there is none.
    pub outcome: Outcome,
    /// Where its smallest detectable change is from.
    pub smallest_change_from: &'static str,
}

/// Two pictures, compared.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// Version of the methods.
    pub version: &'static str,
    /// The earlier picture.
    pub baseline: Capture,
    /// The later picture.
    pub follow_up: Capture,
    /// How the later lies on the earlier.
    pub alignment: Alignment,
    /// What is wrong with the two together.
    pub findings: Vec<Finding>,
    /// Whether colours are absolute or made equal.
    pub colour: ColourMode,
    /// The zones.
    pub zones: Vec<ZoneCompared>,
    /// Maps of change over the baseline.
    pub maps: Vec<ChangeMap>,
}

/// What the colours of two pictures rest on.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(tag = "mode", rename_all = "snake_case")]
pub enum ColourMode {
    /// A card in each corrects it.
    ByCard,
    /// No card: the skin of the follow-up is made equal to that of the baseline by one gain for each channel, so that a change of all
    /// of the skin cannot be told.
    MadeEqual {
        /// Gains of red, green and blue in linear light.
        gains: [f64; 3],
    },
}

/// A zone of two pictures.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ZoneCompared {
    /// Its name.
    pub name: String,
    /// Skin in it that both show, in pixels of the baseline.
    pub skin_px: usize,
    /// Category of skin colour in each, where cards allow one.
    pub skin_colour: [Option<SkinColour>; 2],
    /// Difference of the mean colours (CIEDE2000), where cards allow one.
    pub colour_difference: Option<ColourDifference>,
    /// Its numbers.
    pub changes: Vec<Change>,
}

/// How different two mean colours look.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ColourDifference {
    /// CIEDE2000.
    pub quantity: Quantity,
    /// What may be said of it.
    pub verdict: Verdict,
}

/// A number of both pictures.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Change {
    /// Which.
    pub kind: Kind,
    /// Its unit.
    pub unit: &'static str,
    /// How it is computed.
    pub method: &'static str,
    /// At baseline.
    pub baseline: Outcome,
    /// At follow-up.
    pub follow_up: Outcome,
    /// Follow-up minus baseline, where both were measured.
    pub difference: Option<Quantity>,
    /// What may be said of it.
    pub verdict: Verdict,
    /// Where the smallest detectable change is from.
    pub smallest_change_from: &'static str,
}

const OWN: &str = "this clinic's own repeats";
/// Smallest difference of mean colours that can be told, CIEDE2000 (differences that are just noticed: 2.3 in CIE 1976).
const COLOUR_DIFFERENCE: f64 = 2.0;
/// Name of the zone if none is given.
const ALL_SKIN: &str = "all skin in view";
/// Side light (design 2.3: 5 %; ours: 15 % between two visits without a rig).
const LIGHT_DIFFERS: f64 = 0.15;
/// One blur over the other (ours).
const SHARPNESS_DIFFERS: f64 = 1.5;

/// A picture that was read, judged and not refused.
struct Judged {
    photograph: Photograph,
    overview: Overview,
    region: Region,
    capture: Capture,
}

impl Judged {
    fn read(bytes: &[u8], which: Which) -> Result<Self, Error> {
        let photograph = read(bytes)?;
        let overview = Overview::of(&photograph);
        let refuse = |findings: Vec<Finding>| Error::NotMeasurable { which, findings };
        if let Some(finding) = quality::of_picture(&overview, photograph.width, photograph.height) {
            return Err(refuse(vec![finding]));
        }
        let region = Region::of(&overview).ok_or_else(|| refuse(vec![quality::no_skin()]))?;
        let quality = quality::quality(&overview, &region);
        let mut findings = quality::of_skin(&quality, &overview, &region);
        if findings.iter().any(|finding| finding.weight == Weight::Refuses) {
            findings.sort_by_key(|finding| finding.weight == Weight::Warns);
            return Err(refuse(findings));
        }
        let capture = Capture {
            width_px: photograph.width,
            height_px: photograph.height,
            format: photograph.format,
            profile: photograph.profile_used,
            camera: photograph.camera,
            quality,
            findings,
        };
        Ok(Self { photograph, overview, region, capture })
    }

    fn blur_px(&self) -> f64 {
        self.capture.quality.blur_px.unwrap_or(0.0)
    }
}

/// Measures one photograph (JPEG or PNG).
///
/// # Errors
/// What is wrong with the file, the picture or the settings, and what to do.
pub fn measure(bytes: &[u8], settings: &Settings, progress: &mut dyn FnMut(Stage)) -> Result<Measurement, Error> {
    settings.check()?;
    let pixel_mm = settings.scale.pixel_mm()?;
    progress(Stage::Baseline);
    let judged = Judged::read(bytes, Which::Picture)?;
    let zones = zones(settings, &judged.overview, &judged.region.bare);
    progress(Stage::Pixels);
    let window = window(&zones, judged.overview.width)?;
    let blur_px = judged.blur_px();
    let laid = laid::baseline(&judged.photograph, &judged.overview, window);
    progress(Stage::Numbers);
    let factor = judged.overview.factor;
    let cell = CellSize::new(pixel_mm, factor, judged.region.across());
    let textures = textures(&laid.lightness, &zones, window, &judged.overview, pixel_mm, [blur_px; 2]);
    let sight = sight(laid, &judged.overview, &judged.region, None);
    let own = &settings.repeatability;
    let zones = zones
        .into_iter()
        .zip(textures)
        .map(|((name, skin), texture)| {
            let read = read_zone(&sight, &skin, cell, None, own);
            let texture = texture_outcomes(&texture, pixel_mm, read.mean, own);
            let numbers = read.numbers.into_iter().chain(texture).map(|(kind, outcome)| number(kind, outcome, own)).collect();
            ZoneMeasured { name, skin_px: count(&skin) * factor * factor, skin_colour: read.skin_colour, numbers }
        })
        .collect();
    Ok(Measurement { version: METHODS_VERSION, capture: judged.capture, zones })
}

/// Compares a follow-up with its baseline (JPEG or PNG each).
///
/// # Errors
/// What is wrong with a file, a picture, the two together or the settings, and what to do.
pub fn compare(
    baseline: &[u8],
    follow_up: &[u8],
    settings: &Settings,
    progress: &mut dyn FnMut(Stage),
) -> Result<Comparison, Error> {
    settings.check()?;
    let pixel_mm = settings.scale.pixel_mm()?;
    progress(Stage::Baseline);
    let base = Judged::read(baseline, Which::Baseline)?;
    progress(Stage::FollowUp);
    let follow = Judged::read(follow_up, Which::FollowUp)?;

    progress(Stage::Aligning);
    let sides = [&base, &follow].map(|judged| judged.photograph.width.max(judged.photograph.height));
    let aligned = align::align((&base.overview, &base.region), (&follow.overview, &follow.region), sides);
    let (warp, alignment, mut findings) = aligned.map_err(|finding| Error::NotComparable { finding: Box::new(finding) })?;
    findings.extend(differ(&base.capture.quality, &follow.capture.quality, alignment.scale));
    let width = base.overview.width;
    let common: Vec<bool> = (0..base.region.bare.len())
        .map(|at| {
            let (u, v) = warp.apply((at % width) as f64, (at / width) as f64);
            base.region.bare[at] && follow.region.shows(u, v)
        })
        .collect();
    let gains = gains(&base, &follow, &common, |x, y| warp.apply(x, y));

    progress(Stage::Pixels);
    let zones = zones(settings, &base.overview, &common);
    let window = window(&zones, width)?;
    let before = laid::baseline(&base.photograph, &base.overview, window);
    let gain = gains.map(|gain| gain as f32);
    let after = laid::follow_up(&follow.photograph, &base.overview, &follow.overview, &warp, gain, window);
    let zones: Vec<(String, Vec<bool>)> = zones
        .into_iter()
        .map(|(name, skin)| (name, skin.iter().zip(&after.lab).map(|(skin, lab)| *skin && !lab[0].is_nan()).collect()))
        .collect();

    progress(Stage::Numbers);
    let factor = base.overview.factor;
    let cell = CellSize::new(pixel_mm, factor, base.region.across());
    // The blur of the follow-up in pixels of the baseline, on which it is laid.
    let size = alignment.scale * sides[1] as f64 / sides[0] as f64;
    let blurs = [base.blur_px(), follow.blur_px() / size];
    let textures_before = textures(&before.lightness, &zones, window, &base.overview, pixel_mm, blurs);
    let textures_after = textures(&after.lightness, &zones, window, &base.overview, pixel_mm, [blurs[1], blurs[0]]);
    let before = sight(before, &base.overview, &base.region, None);
    let after = sight(after, &base.overview, &base.region, None);
    let own = &settings.repeatability;
    let compared = zones.iter().zip(textures_before.iter().zip(&textures_after)).map(|((name, skin), textures)| {
        let first = read_zone(&before, skin, cell, None, own);
        let second = read_zone(&after, skin, cell, first.scars.as_deref(), own);
        let texture =
            [texture_outcomes(textures.0, pixel_mm, first.mean, own), texture_outcomes(textures.1, pixel_mm, second.mean, own)];
        zone_compared(name.clone(), count(skin) * factor * factor, [first, second], texture, own)
    });
    let compared = compared.collect();

    progress(Stage::Maps);
    let measured: Vec<bool> = (0..common.len()).map(|at| zones.iter().any(|(_, skin)| skin[at])).collect();
    let maps = maps(&base.overview, &before, &after, &measured)?;
    Ok(Comparison {
        version: METHODS_VERSION,
        baseline: base.capture,
        follow_up: follow.capture,
        alignment,
        findings,
        colour: ColourMode::MadeEqual { gains },
        zones: compared,
        maps,
    })
}

fn count(skin: &[bool]) -> usize {
    skin.iter().filter(|skin| **skin).count()
}

/// What of two captures does not fit together, though they can be laid on one another.
fn differ(before: &Quality, after: &Quality, scale: f64) -> Vec<Finding> {
    let mut findings = Vec::new();
    let light = after.left_over_right / before.left_over_right;
    if (light.ln()).abs() > LIGHT_DIFFERS {
        let message = format!(
            "the light comes from another side (left over right is {light:.2} times that of the baseline, 15 % more or less are \
             allowed): place the lamps as for the baseline"
        );
        findings.push(Finding {
            code: Code::LightDiffers,
            weight: Weight::Warns,
            measured: light,
            limit: LIGHT_DIFFERS,
            message,
        });
    }
    if let (Some(before), Some(after)) = (before.blur_px, after.blur_px) {
        let sharpness = after / scale / before;
        if !(1.0 / SHARPNESS_DIFFERS..=SHARPNESS_DIFFERS).contains(&sharpness) {
            let message = format!(
                "one picture is sharper (the follow-up is blurred {sharpness:.1} times as much as the baseline): texture is compared at \
                 the sharpness of the poorer one; use the same camera and focus on the skin"
            );
            findings.push(Finding {
                code: Code::SharpnessDiffers,
                weight: Weight::Warns,
                measured: sharpness,
                limit: SHARPNESS_DIFFERS,
                message,
            });
        }
    }
    findings
}

/// The zones as cells of the baseline's overview, each with the skin in it.
fn zones(settings: &Settings, overview: &Overview, skin: &[bool]) -> Vec<(String, Vec<bool>)> {
    if settings.zones.is_empty() {
        return vec![(ALL_SKIN.to_owned(), skin.to_vec())];
    }
    let full = |at: usize| (at as f64 + 0.5) * overview.factor as f64 - 0.5;
    let mask = |zone: &super::settings::Zone| {
        (0..skin.len()).map(|at| skin[at] && zone.holds(full(at % overview.width), full(at / overview.width))).collect()
    };
    settings.zones.iter().map(|zone| (zone.name.clone(), mask(zone))).collect()
}

/// The cells that hold all zones.
fn window(zones: &[(String, Vec<bool>)], width: usize) -> Result<Window, Error> {
    let (mut left, mut right, mut top, mut bottom) = (usize::MAX, 0, usize::MAX, 0);
    for at in zones.iter().flat_map(|(_, skin)| (0..skin.len()).filter(|at| skin[*at])) {
        let (x, y) = (at % width, at / width);
        (left, right, top, bottom) = (left.min(x), right.max(x), top.min(y), bottom.max(y));
    }
    if left > right {
        let name = zones.first().map(|(name, _)| name.clone()).unwrap_or_default();
        return Err(Error::Zone {
            name,
            reason: "no zone holds skin that every picture shows: draw it on skin, in pixels of the baseline",
        });
    }
    Ok(Window { left, top, columns: right - left + 1, rows: bottom - top + 1 })
}

/// The gain of each channel that makes the skin of the follow-up as light as that of the baseline: the median over places.
fn gains(base: &Judged, follow: &Judged, common: &[bool], warp: impl Fn(f64, f64) -> (f64, f64)) -> [f64; 3] {
    let width = base.overview.width;
    let mut ratios: [Vec<f32>; 3] = [Vec::new(), Vec::new(), Vec::new()];
    for at in (0..common.len()).filter(|at| common[*at]) {
        let (u, v) = warp((at % width) as f64, (at / width) as f64);
        let (u, v) = (u.round() as usize, v.round() as usize);
        let there =
            follow.overview.linear[v.min(follow.overview.height - 1) * follow.overview.width + u.min(follow.overview.width - 1)];
        for channel in 0..3 {
            ratios[channel].push(base.overview.linear[at][channel] / there[channel].max(1e-4));
        }
    }
    ratios.map(|mut ratios| quantile(&mut ratios, 0.5).map_or(1.0, f64::from))
}

fn sight(laid: Laid, overview: &Overview, region: &Region, card_error: Option<f64>) -> Sight {
    let Laid { lab, linear, .. } = laid;
    Sight { width: overview.width, height: overview.height, lab, linear, card_error, across: region.across() }
}

/// Texture of each zone, where the scale is known. `blurs`: of this picture and of the other, in pixels of the baseline.
fn textures(
    lightness: &Plane,
    zones: &[(String, Vec<bool>)],
    window: Window,
    overview: &Overview,
    pixel_mm: Option<f64>,
    blurs: [f64; 2],
) -> Vec<Vec<(Kind, Option<f64>)>> {
    let Some(pixel_mm) = pixel_mm else { return vec![Vec::new(); zones.len()] };
    let cut = |skin: &[bool]| -> Vec<bool> {
        (0..window.columns * window.rows)
            .map(|at| skin[(window.top + at / window.columns) * overview.width + window.left + at % window.columns])
            .collect()
    };
    let cells: Vec<Vec<bool>> = zones.iter().map(|(_, skin)| cut(skin)).collect();
    let zones: Vec<TextureZone<'_>> = cells
        .iter()
        .map(|cells| TextureZone { cells, columns: window.columns, rows: window.rows, factor: overview.factor, pixel_mm })
        .collect();
    texture(lightness, &zones, blurs[0], blurs[0].max(blurs[1]))
}

fn texture_outcomes(
    found: &[(Kind, Option<f64>)],
    pixel_mm: Option<f64>,
    mean: Option<Lab>,
    own: &Repeatability,
) -> Vec<(Kind, Outcome)> {
    Kind::TEXTURES
        .into_iter()
        .map(|kind| {
            let value = found.iter().find(|(of, _)| *of == kind).and_then(|(_, value)| *value);
            let outcome = match (pixel_mm, value, mean) {
                (None, _, _) => Outcome::Withheld { why: Withheld::NoScale },
                (_, Some(value), Some(mean)) => {
                    Outcome::Measured(with_error(kind, value, &Context { mean, card_error: None, spots: 0 }, own))
                }
                _ => Outcome::Withheld { why: Withheld::NotResolved },
            };
            (kind, outcome)
        })
        .collect()
}

fn source(kind: Kind, own: &Repeatability) -> &'static str {
    if own.contains_key(&kind) { OWN } else { kind.source() }
}

fn number(kind: Kind, outcome: Outcome, own: &Repeatability) -> Number {
    Number { kind, unit: kind.unit(), method: kind.method(), outcome, smallest_change_from: source(kind, own) }
}

fn zone_compared(
    name: String,
    skin_px: usize,
    [before, after]: [ZoneNumbers; 2],
    [texture_before, texture_after]: [Vec<(Kind, Outcome)>; 2],
    own: &Repeatability,
) -> ZoneCompared {
    let skin_colour = [before.skin_colour, after.skin_colour];
    let absolute = skin_colour.iter().all(Option::is_some);
    let colour_difference = before.mean.zip(after.mean).filter(|_| absolute).map(|(before, after)| {
        let quantity = Quantity {
            value: ciede2000(before, after),
            uncertainty: COLOUR_DIFFERENCE / OF_TWO_REPEATS,
            smallest_change: COLOUR_DIFFERENCE,
        };
        let none = Quantity { value: 0.0, ..quantity };
        ColourDifference { quantity, verdict: Verdict::of(&none, &quantity) }
    });
    let pairs = before.numbers.into_iter().chain(texture_before).zip(after.numbers.into_iter().chain(texture_after));
    let changes = pairs.map(|((kind, before), (_, after))| change(kind, before, after, own)).collect();
    ZoneCompared { name, skin_px, skin_colour, colour_difference, changes }
}

fn change(kind: Kind, baseline: Outcome, follow_up: Outcome, own: &Repeatability) -> Change {
    let both = baseline.quantity().zip(follow_up.quantity());
    let difference = both.map(|(before, after)| Quantity {
        value: after.value - before.value,
        uncertainty: before.uncertainty.hypot(after.uncertainty),
        smallest_change: before.smallest_change.max(after.smallest_change),
    });
    let verdict = both.map_or(Verdict::CannotBeTold, |(before, after)| Verdict::of(before, after));
    let (unit, method) = (kind.unit(), kind.method());
    Change { kind, unit, method, baseline, follow_up, difference, verdict, smallest_change_from: source(kind, own) }
}
