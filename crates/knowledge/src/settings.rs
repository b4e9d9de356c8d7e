//! Every number that is a clinic's to decide: `settings.toml`, one named field per setting.

use serde::{Deserialize, Serialize};

use crate::document::{FaultReport, Field, Shape};
use crate::explain::Explanation;
use crate::fact::{check_citations, citation};
use crate::mark::Mark;
use crate::scales::FitzpatrickVariant;
use crate::table::{Place, Table};
use crate::{Files, Knowledge};

/// A number that a clinic can change within its limits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Setting {
    /// What it is, in words.
    pub name: String,
    /// The value in force, in `unit`.
    pub value: f64,
    /// Its unit in words.
    pub unit: String,
    /// Smallest value a clinic may set.
    pub min: f64,
    /// Largest value a clinic may set.
    pub max: f64,
    /// `ours` where no source gives the number.
    pub mark: Mark,
    /// What the number was taken or chosen from; ids in `sources.toml`.
    pub sources: Vec<String>,
    /// Why this value.
    pub why: String,
}

/// A decision between words that a clinic can change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice<T> {
    /// What it is, in words.
    pub name: String,
    /// The choice in force.
    pub value: T,
    /// `ours` where no source decides it.
    pub mark: Mark,
    /// What it was chosen from; ids in `sources.toml`.
    pub sources: Vec<String>,
    /// Why this one.
    pub why: String,
}

/// With which neighbour a scar exactly on a boundary counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BoundarySide {
    /// With the narrower type.
    Narrower,
    /// With the wider type.
    Wider,
}

/// Whether the clinic measures what changed on pictures and scans.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measuring {
    /// It does, where the program can.
    Offered,
    /// It does not.
    Off,
}

impl Setting {
    /// The value as a whole number, rounded down; for days, sessions, grades and micrometres.
    #[must_use]
    pub fn whole(&self) -> u32 {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the shape allows 0 to 100,000")]
        let whole = self.value as u32;
        whole
    }
}

/// Declares the settings once: the fields of [`Settings`], their names, and the way through all of them.
macro_rules! settings {
    ($($(#[$about:meta])+ $name:ident,)+) => {
        /// All settings. A setting is a field: its name cannot be misspelt.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        pub struct Settings {
            $($(#[$about])+ pub $name: Setting,)+
            /// Which published cut-offs the Fitzpatrick questionnaire is read with.
            pub fitzpatrick_variant: Choice<FitzpatrickVariant>,
            /// With which ECCA item a scar of exactly 2 mm counts.
            pub ecca_at_2_mm: Choice<BoundarySide>,
            /// With which ECCA item a scar of exactly 4 mm counts.
            pub ecca_at_4_mm: Choice<BoundarySide>,
            /// Whether the clinic measures what changed on pictures and scans.
            pub measuring: Choice<Measuring>,
        }

        impl Settings {
            /// The ids of the numeric settings, in the order of the file.
            pub const IDS: &'static [&'static str] = &[$(stringify!($name)),+];

            /// Every numeric setting with its id.
            pub fn numbers(&self) -> impl Iterator<Item = (&'static str, &Setting)> {
                [$((stringify!($name), &self.$name)),+].into_iter()
            }
        }
    };
}

settings! {
    /// Shortest time between two sessions, in days.
    interval_min_days,
    /// Shortest interval a prescriber may decide for, in days.
    interval_override_days,
    /// Shortest interval for Fitzpatrick V-VI or after pigmentation, in days.
    interval_dark_skin_or_pih_days,
    /// Longest interval the forecast is asked about, in days.
    interval_max_days,
    /// Youngest age where the law of a place names none, in years.
    minimum_age_years,
    /// Acne grade (IGA) from which treatment waits (grade).
    iga_defer_from,
    /// Acne grade (IGA) from which lesions are needled around (grade).
    iga_precaution_from,
    /// Policy wait after the last isotretinoin tablet, in days.
    isotretinoin_wait_days,
    /// HbA1c above which diabetes is referred first, in percent.
    hba1c_refer_above_percent,
    /// Oldest HbA1c that still counts, in days.
    hba1c_age_max_days,
    /// Wait after a bacterial skin infection has cleared, in days.
    bacterial_wait_days,
    /// Wait after a cold sore has healed, in days.
    herpes_wait_days,
    /// Days well after a fever, in days.
    fever_well_days,
    /// Review of a test area before treating someone with a keloid history, in days.
    keloid_test_area_days,
    /// Hours after needling before any active serum, in hours.
    serum_wait_hours,
    /// Hours the needled skin is treated as an open wound, in hours.
    wound_open_hours,
    /// Days that clinics like between the last retinoid or acid and a session, in days.
    retinoid_interval_days,
    /// Scars younger than this are young, in months.
    scar_young_months,
    /// Days of redness after a session that are expected, in days.
    erythema_normal_days,
    /// Dysmorphic Concern Questionnaire total above which concern is raised, in points.
    bdd_dcq_above,
    /// Hoped-for improvement from which expectations are talked through first, in percent.
    expectation_high_percent,
    /// Share of atrophic scars from which ice picks count as the main type, in percent.
    ice_pick_majority_percent,
    /// Chance of reaching the goal that a course should have (probability).
    chance_wanted,
    /// Improvement one more session must add, in percentage points.
    gain_threshold_points,
    /// Sessions in a course where nothing argues for another number, in sessions.
    sessions_default,
    /// Fewest sessions of a first course, in sessions.
    sessions_first_course_min,
    /// Most sessions of a first course, in sessions.
    sessions_first_course_max,
    /// Most sessions in all, in sessions.
    sessions_total_max,
    /// First review after this many sessions, in sessions.
    review_after_sessions_first,
    /// Review at the latest after this many sessions, in sessions.
    review_after_sessions_last,
    /// Earliest day after the last session for the verdict, in days.
    verdict_days,
    /// Better day after the last session for the verdict, in days.
    verdict_better_days,
    /// Chance of the goal below which another treatment is offered (probability).
    futility_chance,
    /// Sessions without a change of grade that make a plateau, in sessions.
    plateau_sessions,
    /// Furthest day of a forecast, in days.
    forecast_horizon_days,
    /// How much shallower the first session is, in um.
    first_session_step_down_um,
    /// How much shallower every session is for Fitzpatrick V-VI, in um.
    dark_skin_step_down_um,
    /// Step that depths are rounded down to when the device's own is not known, in um.
    depth_step_um,
    /// Days a written consent stays valid, in days.
    consent_valid_days,
    /// Days a prescriber's decision against a rule stays valid, in days.
    override_valid_days,
    /// Share of the anaesthetic area allowed with heart block, class III drugs or severe liver disease (share).
    arrhythmia_area_factor,
    /// Usual Goodman-Baron quantitative score of a patient who comes for treatment, in points.
    goodman_baron_usual_score,
    /// Spread of that score between patients, as the standard deviation of its logarithm.
    goodman_baron_usual_spread,
    /// Standard deviation of one reading of the Goodman-Baron quantitative score, in points.
    goodman_baron_reading_sd_points,
    /// Usual ECCA score of a patient who comes for treatment, in points.
    ecca_usual_score,
    /// Spread of that score between patients, as the standard deviation of its logarithm.
    ecca_usual_spread,
    /// Standard deviation of one reading of the ECCA, in points.
    ecca_reading_sd_points,
    /// Part of a reading's standard deviation that grows with severity, as a share of the score.
    reading_sd_share,
    /// Usual scar volume that an instrument measures in a patient who comes for treatment, in mm3.
    scar_volume_usual_mm3,
    /// Spread of that volume between patients, as the standard deviation of its logarithm.
    scar_volume_usual_spread,
    /// How far a measured volume may be from clinical severity, as a share of the volume.
    scar_volume_reading_sd_share,
    /// Share of forecasts at either end outside which an outcome is called slower or better, in percent.
    review_tail_percent,
}

/// A choice in words, whatever its type.
struct Chosen<'a> {
    id: &'static str,
    name: &'a str,
    value: &'static str,
    mark: Mark,
    sources: &'a [String],
    why: &'a str,
}

impl Chosen<'_> {
    fn explain(&self, knowledge: &Knowledge) -> Explanation {
        let mut page = Explanation::new(self.id, "setting", self.name);
        page.fact("value", self.value, Some(self.mark));
        page.clinician = Some(self.why.to_owned());
        page.cite(self.sources, knowledge);
        page.mark = Some(self.mark);
        page
    }
}

impl<T: Copy> Choice<T> {
    fn chosen(&self, id: &'static str, words: impl Fn(T) -> &'static str) -> Chosen<'_> {
        Chosen { id, name: &self.name, value: words(self.value), mark: self.mark, sources: &self.sources, why: &self.why }
    }
}

impl Settings {
    /// The settings of some files, without a look at the other tables.
    ///
    /// # Errors
    /// What is wrong with the file of the settings.
    pub fn of(files: &Files) -> Result<Self, FaultReport> {
        crate::table::read(files).map(|(settings, _)| settings)
    }

    fn choices(&self) -> [Chosen<'_>; 4] {
        let side = |side| match side {
            BoundarySide::Narrower => "narrower",
            BoundarySide::Wider => "wider",
        };
        let variant = |variant| match variant {
            FitzpatrickVariant::ZeroToSix => "0-6, 7-13, 14-20, 21-27, 28-34, 35 and more",
            FitzpatrickVariant::ZeroToSeven => "0-7, 8-16, 17-24, 25-30, 31 and more",
        };
        [
            self.fitzpatrick_variant.chosen("fitzpatrick_variant", variant),
            self.ecca_at_2_mm.chosen("ecca_at_2_mm", side),
            self.ecca_at_4_mm.chosen("ecca_at_4_mm", side),
            self.measuring.chosen("measuring", |measuring| match measuring {
                Measuring::Offered => "offered",
                Measuring::Off => "off",
            }),
        ]
    }

    /// The interval stands in a rule as well: both say the same days.
    fn check_interval_rule(&self, knowledge: &Knowledge, root: &Place<'_>, report: &mut FaultReport) {
        let rule = knowledge.contraindications.iter().find(|rule| rule.id == "CI-LASTSESS");
        let Some(wait) = rule.and_then(|rule| rule.wait.as_ref()) else { return };
        let pairs = [
            ("interval_min_days", &self.interval_min_days, Some(wait.days)),
            ("interval_override_days", &self.interval_override_days, wait.override_from_days),
        ];
        for (id, setting, days) in pairs {
            if let Some(days) = days.filter(|days| u32::from(*days) != setting.whole()) {
                let problem = format!("the rule CI-LASTSESS says {days} days");
                root.field(id).field("value").fault(report, problem, "the same days here and in contraindications.toml");
            }
        }
    }
}

impl Table for Settings {
    const FILE: &'static str = "settings.toml";

    fn shape() -> Shape {
        shape()
    }

    fn decode(root: serde_json::Value) -> Result<Self, serde_json::Error> {
        serde_json::from_value(root)
    }

    fn cross_check(&self, knowledge: &Knowledge, root: Place<'_>, report: &mut FaultReport) {
        check_citations(&root, knowledge, report);
        self.check_interval_rule(knowledge, &root, report);
        for (id, setting) in self.numbers() {
            if !(setting.min..=setting.max).contains(&setting.value) {
                let allowed = format!("{} to {} {}", setting.min, setting.max, setting.unit);
                root.field(id).field("value").fault(report, format!("{} is outside its limits", setting.value), allowed);
            }
        }
        for (lower, upper) in [
            ("interval_override_days", "interval_min_days"),
            ("interval_min_days", "interval_dark_skin_or_pih_days"),
            ("interval_dark_skin_or_pih_days", "interval_max_days"),
            ("iga_precaution_from", "iga_defer_from"),
            ("sessions_first_course_min", "sessions_default"),
            ("sessions_default", "sessions_first_course_max"),
            ("sessions_first_course_max", "sessions_total_max"),
            ("review_after_sessions_first", "review_after_sessions_last"),
            ("verdict_days", "verdict_better_days"),
            ("wound_open_hours", "serum_wait_hours"),
        ] {
            let value = |id: &str| self.numbers().find(|(other, _)| *other == id).map(|(_, setting)| setting.value);
            if value(lower) > value(upper) {
                root.field(lower).field("value").fault(report, format!("more than {upper}"), format!("at most {upper}"));
            }
        }
    }

    fn ids(&self) -> Vec<&str> {
        Self::IDS.iter().copied().chain(self.choices().map(|chosen| chosen.id)).collect()
    }

    fn explain(&self, id: &str, knowledge: &Knowledge) -> Option<Explanation> {
        if let Some(chosen) = self.choices().into_iter().find(|chosen| chosen.id == id) {
            return Some(chosen.explain(knowledge));
        }
        let (_, setting) = self.numbers().find(|(other, _)| *other == id)?;
        let mut page = Explanation::new(id, "setting", &setting.name);
        page.fact("value", format!("{} {}", setting.value, setting.unit), Some(setting.mark));
        page.fact("a clinic may set", format!("{} to {} {}", setting.min, setting.max, setting.unit), None);
        page.clinician = Some(setting.why.clone());
        page.cite(&setting.sources, knowledge);
        page.mark = Some(setting.mark);
        Some(page)
    }
}

fn shape() -> Shape {
    let number = || Shape::number(0.0, 100_000.0, "");
    let mut setting = vec![
        Field::required("name", Shape::title(), "what it is, in words"),
        Field::required("value", number(), "the value in force"),
        Field::required("unit", Shape::title(), "its unit"),
        Field::required("min", number(), "smallest value a clinic may set"),
        Field::required("max", number(), "largest value a clinic may set"),
        Field::required("why", Shape::text(), "why this value"),
    ];
    setting.extend(citation());
    let choice = |words: [&str; 2]| {
        let mut fields = vec![
            Field::required("name", Shape::title(), "what it is, in words"),
            Field::required("value", Shape::one_of(words), "the choice in force"),
            Field::required("why", Shape::text(), "why this one"),
        ];
        fields.extend(citation());
        Shape::table(fields)
    };
    let mut fields: Vec<Field> = Settings::IDS
        .iter()
        .map(|id| Field::required(*id, Shape::table(setting.clone()), "a number that a clinic can change"))
        .collect();
    fields.push(Field::required(
        "fitzpatrick_variant",
        choice(["zero_to_six", "zero_to_seven"]),
        "cut-offs of the questionnaire",
    ));
    fields.push(Field::required("ecca_at_2_mm", choice(["narrower", "wider"]), "where exactly 2 mm counts"));
    fields.push(Field::required("ecca_at_4_mm", choice(["narrower", "wider"]), "where exactly 4 mm counts"));
    fields.push(Field::required("measuring", choice(["offered", "off"]), "whether what changed is measured"));
    Shape::table(fields)
}
