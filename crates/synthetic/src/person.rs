//! Who a synthetic patient is: name, age, skin, wishes and history. Shares are ours, chosen to show every rule at work.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;
use resurface_care::chart::Purpose;
use resurface_care::consultation::{Answer, Answered, EarlierTreatment, Goal, Sex};

use crate::clinic::Treating;
use crate::random::Random;
use crate::script::{Obstacle, Part, Script};

/// Who a patient is.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) number: String,
    pub(crate) name: String,
    pub(crate) birth_date: Date,
    pub(crate) sex: Sex,
    pub(crate) fitzpatrick: u8,
    pub(crate) goal: Goal,
    pub(crate) treating: Treating,
    /// Answers that are yes and stay so.
    pub(crate) history: BTreeMap<String, Answered>,
    pub(crate) earlier: Vec<EarlierTreatment>,
    /// What the patient consents to, when asked.
    pub(crate) purposes: BTreeSet<Purpose>,
    /// Questions left open at the first intake.
    pub(crate) left_open: BTreeSet<String>,
}

const FEMALE: [&str; 24] = [
    "Adaeze", "Aiko", "Alma", "Amara", "Beatriz", "Chiara", "Divya", "Elif", "Farah", "Greta", "Hana", "Ines", "Jamila", "Katya",
    "Leilani", "Maeve", "Nadia", "Oksana", "Priya", "Rosa", "Salma", "Thandi", "Yuna", "Zofia",
];
const MALE: [&str; 24] = [
    "Adil", "Bao", "Callum", "Dario", "Emeka", "Felix", "Goran", "Hamid", "Ivo", "Jonas", "Kofi", "Luca", "Mateo", "Nikhil",
    "Omar", "Pavel", "Quentin", "Ravi", "Sipho", "Tomas", "Uri", "Viktor", "Wei", "Yusuf",
];

/// Findings that leave treatment possible, with the share of patients who have each, and how many days ago at most where a day
/// belongs to it.
const COMMON_FINDINGS: [(&str, f64, Option<i64>); 11] = [
    ("topical_retinoid_or_acid", 0.14, None),
    ("cold_sores_before", 0.10, None),
    ("acne_controlled_recently", 0.08, Some(150)),
    ("nsaid_recently", 0.08, None),
    ("piercing_in_area", 0.07, None),
    ("raised_lesion_in_area", 0.05, None),
    ("nickel_allergy", 0.05, None),
    ("irritant_topical", 0.05, None),
    ("tattoo_in_area", 0.02, None),
    ("diabetes", 0.02, None),
    ("epilepsy", 0.01, None),
];

/// Questions that are forgotten at a first visit.
const FORGOTTEN: [&str; 6] =
    ["keloid_tendency", "anticoagulant", "cold_sores_before", "isotretinoin_ended_recently", "lidocaine_risk", "steel_allergy"];

impl Person {
    /// The patient with this number and part.
    pub(crate) fn new(number: u32, part: &Part, random: &mut Random) -> Self {
        let obstacle = part.script.obstacle();
        let sex = match obstacle {
            Some(Obstacle::Pregnant | Obstacle::BreastFeeding) => Sex::Female,
            _ => [Sex::Female, Sex::Male, Sex::Other, Sex::Unknown][random.weighted(&[0.60, 0.36, 0.02, 0.02])],
        };
        let given = match sex {
            Sex::Female => random.one_of(&FEMALE, "Ada"),
            Sex::Male => random.one_of(&MALE, "Ben"),
            Sex::Other | Sex::Unknown => {
                let both = [&FEMALE[..], &MALE[..]].concat();
                random.one_of(&both, "Sasha")
            }
        };
        let years = 19.0 + 40.0 * random.uniform() * random.uniform().sqrt();
        let fitzpatrick = 1 + random.weighted(&[0.08, 0.20, 0.26, 0.22, 0.15, 0.09]) as u8;
        let mut person = Self {
            number: format!("DEMO-{number:04}"),
            name: format!("{given} Demo {number} (synthetic)"),
            birth_date: part.registered.saturating_sub(((years * 365.25) as i64).days()),
            sex,
            fitzpatrick,
            goal: goal(part.registered, random),
            treating: if random.chance(0.55) { Treating::Dermatologist } else { Treating::Nurse },
            history: BTreeMap::new(),
            earlier: Vec::new(),
            purposes: purposes(random),
            left_open: BTreeSet::new(),
        };
        for (key, share, days_ago) in COMMON_FINDINGS {
            if random.chance(share) {
                let on = days_ago.map(|most| part.registered.saturating_sub(random.whole(20, most).days()));
                person.answer_yes(key, on, None);
            }
        }
        person.treated_before(part.registered, random);
        let forgets = part.script == Script::Undecided || random.chance(0.10);
        if forgets {
            person.left_open = (0..2).map(|_| random.one_of(&FORGOTTEN, "keloid_tendency").to_owned()).collect();
        }
        match obstacle {
            Some(Obstacle::KeloidTendency) => {
                person.answer_yes("keloid_tendency", None, Some("left shoulder, after a vaccination"))
            }
            Some(Obstacle::SteelAllergy) => {
                person.answer_yes("steel_allergy", None, Some("rash under a watch, patch test positive"))
            }
            Some(Obstacle::BleedingDisorder) => person.answer_yes("bleeding_disorder", None, Some("von Willebrand disease")),
            _ => {}
        }
        person
    }

    /// Whether pregnancy is asked.
    pub(crate) fn may_be_pregnant(&self) -> bool {
        self.sex != Sex::Male
    }

    fn answer_yes(&mut self, key: &str, on: Option<Date>, note: Option<&str>) {
        self.history.insert(key.to_owned(), Answered { answer: Answer::Yes, on, note: note.map(str::to_owned) });
    }

    fn treated_before(&mut self, registered: Date, random: &mut Random) {
        const EARLIER: [(&str, &str); 4] = [
            ("nonablative_laser", "little change"),
            ("acne_control", "acne quiet since"),
            ("filler", "better for some months"),
            ("topical_pigment", "marks faded"),
        ];
        if random.chance(0.25) {
            let (treatment, result) = EARLIER[random.whole(0, 3) as usize];
            let on = registered.saturating_sub(random.whole(250, 2000).days());
            self.earlier.push(EarlierTreatment {
                treatment: treatment.to_owned(),
                on: Some(on),
                result: Some(result.to_owned()),
            });
        }
    }
}

fn goal(registered: Date, random: &mut Random) -> Goal {
    let steps = random.weighted(&[0.10, 0.25, 0.20, 0.30, 0.10, 0.05]);
    let improvement_percent = [25.0, 30.0, 40.0, 50.0, 60.0, 75.0][steps];
    let by = random.chance(0.2).then(|| registered.saturating_add(random.whole(200, 500).days()));
    Goal { improvement_percent, by, worry: Some(random.whole(2, 9) as u8) }
}

fn purposes(random: &mut Random) -> BTreeSet<Purpose> {
    let mut purposes = BTreeSet::from([Purpose::Treatment]);
    if random.chance(0.85) {
        purposes.insert(Purpose::PicturesForCare);
        if random.chance(0.4) {
            purposes.insert(Purpose::PicturesForTeaching);
        }
        if random.chance(0.1) {
            purposes.insert(Purpose::PicturesForPublication);
        }
    }
    purposes
}

impl Script {
    /// What stands in the way at the first consultation.
    pub(crate) const fn obstacle(self) -> Option<Obstacle> {
        match self {
            Self::DeferredThenTreated(obstacle) | Self::StillDeferred(obstacle) | Self::NotSuitable(obstacle) => Some(obstacle),
            _ => None,
        }
    }
}
