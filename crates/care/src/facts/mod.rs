//! What the fields of a consultation say to each rule: the finding is there, is not there, or nobody knows.

mod detail;
mod operator;
mod scars;

use jiff::ToSpan;
use jiff::civil::Date;
use resurface_knowledge::Knowledge;
use resurface_knowledge::contraindications::{Class, Contraindication, DerivedFact, Trigger};
use resurface_knowledge::devices::Device;
use resurface_knowledge::jurisdictions::Jurisdiction;

use crate::anaesthetic;
use crate::consultation::{Answer, Consultation, EarlierTreatment, Skin};
pub use detail::Detail;
pub(crate) use detail::{deeper_than_operator, not_answered};

/// Treatments that needle the skin (ids in `treatments.toml`): after them, wherever they were given, the interval holds and
/// what can follow a session is asked.
const NEEDLING: &[&str] = &["microneedling", "prp_microneedling", "subcision_microneedling", "rf_microneedling"];

/// Needling among the treatments given before.
pub(crate) fn needling_elsewhere(consultation: &Consultation) -> impl Iterator<Item = &EarlierTreatment> {
    consultation.earlier_treatments.iter().filter(|earlier| NEEDLING.contains(&earlier.treatment.as_str()))
}

/// Key of the finding "darker marks after needling, at any time": no rule of its own, but the longer interval holds unless
/// it is answered no.
pub const PIGMENTATION_HISTORY: &str = "pigmentation_after_needling_ever";

/// Its question.
pub const PIGMENTATION_QUESTION: &str =
    "Did the skin ever turn darker after needling? Unless the answer is no, the longer interval between sessions holds.";

/// What one rule asked of the consultation, and the answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact<'a> {
    /// Whether the finding is present.
    pub answer: Answer,
    /// Day of the event, or day it ended; `None` when not known.
    pub on: Option<Date>,
    /// How it counts here, where that differs from the rule's own class.
    pub counts_as: Option<Class>,
    /// The wait that settings ask for in place of the rule's own.
    pub wait: Option<PolicyWait>,
    /// What exactly was found, or which field is missing.
    pub detail: Detail<'a>,
}

/// A wait that a clinic's settings ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PolicyWait {
    /// Days after the event.
    pub days: u32,
    /// Fewest days a prescriber may shorten it to; `None` where no number is named.
    pub override_from_days: Option<u32>,
    /// Whether time alone ends it, or an answer of no as well.
    pub ends: WaitEnds,
}

/// What ends a wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaitEnds {
    /// Its last day.
    ByTime,
    /// Its last day, and then an answer of no.
    ByTimeAndState,
}

impl<'a> Fact<'a> {
    fn of(answer: Answer, detail: Detail<'a>) -> Self {
        Self { answer, on: None, counts_as: None, wait: None, detail }
    }

    pub(crate) fn yes(detail: Detail<'a>) -> Self {
        Self::of(Answer::Yes, detail)
    }

    pub(crate) fn no() -> Self {
        Self::of(Answer::No, Detail::Nothing)
    }

    pub(crate) fn missing(field: &'static str) -> Self {
        Self::of(Answer::Unknown, Detail::Missing(field))
    }
}

/// Everything that rules ask of one consultation, read once.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    pub(crate) consultation: &'a Consultation,
    pub(crate) knowledge: &'a Knowledge,
    /// The device named, when the knowledge has it.
    pub device: Option<&'a Device>,
    /// The jurisdiction named, when the knowledge has it.
    pub jurisdiction: Option<&'a Jurisdiction>,
    /// Fitzpatrick type, 1 to 6: the darker of what was judged and what the questionnaire gives.
    pub skin_type: Option<u8>,
    /// Age in whole years on the day of the consultation.
    pub age_years: i16,
}

impl<'a> Facts<'a> {
    /// Reads what many rules share.
    #[must_use]
    pub fn of(consultation: &'a Consultation, knowledge: &'a Knowledge) -> Self {
        Self {
            consultation,
            knowledge,
            device: knowledge.device(&consultation.device),
            jurisdiction: knowledge.jurisdiction(&consultation.jurisdiction),
            skin_type: skin_type(&consultation.skin, knowledge),
            age_years: age_years(consultation.patient.birth_date, consultation.date),
        }
    }

    /// What the consultation says to this rule. What was not answered is unknown.
    #[must_use]
    pub fn about(&self, rule: &'a Contraindication) -> Fact<'a> {
        match &rule.trigger {
            Trigger::Asked(key) => self.asked(rule, key),
            Trigger::Derived(fact) => self.derived(*fact),
        }
    }

    fn asked(&self, rule: &Contraindication, key: &'a str) -> Fact<'a> {
        let Some(answered) = self.consultation.findings.get(key) else {
            return Fact::of(Answer::Unknown, Detail::NotAsked(key));
        };
        let detail = match (&answered.note, answered.answer) {
            (Some(note), _) => Detail::Note(note),
            (None, Answer::Unknown) => Detail::NotAsked(key),
            (None, _) => Detail::Nothing,
        };
        let (counts_as, wait) = self.policy(rule, answered.on);
        Fact { answer: answered.answer, on: answered.on, counts_as, wait, detail }
    }

    /// The waits that stand in the settings and not in the rule itself.
    ///
    /// A clinic that keeps a wait after isotretinoin defers while it runs; without one the rule is the precaution it is.
    /// After an infection or a fever the skin stays clear for a while: the day counts from when it had healed.
    fn policy(&self, rule: &Contraindication, on: Option<Date>) -> (Option<Class>, Option<PolicyWait>) {
        let settings = &self.knowledge.settings;
        let clear_for = |days| (None, Some(PolicyWait { days, override_from_days: None, ends: WaitEnds::ByTimeAndState }));
        match rule.id.as_str() {
            "CI-ISO-6M" => self.after_isotretinoin(on),
            "CI-BACT" => clear_for(settings.bacterial_wait_days.whole()),
            "CI-HSV-ACT" => clear_for(settings.herpes_wait_days.whole()),
            "CI-FEVER" => clear_for(settings.fever_well_days.whole()),
            _ => (None, None),
        }
    }

    fn after_isotretinoin(&self, on: Option<Date>) -> (Option<Class>, Option<PolicyWait>) {
        let days = self.knowledge.settings.isotretinoin_wait_days.whole();
        let over = on.is_some_and(|on| on.saturating_add(i64::from(days).days()) <= self.consultation.date);
        if days == 0 || over {
            return (None, None);
        }
        (Some(Class::Defer), Some(PolicyWait { days, override_from_days: Some(days), ends: WaitEnds::ByTime }))
    }

    /// What the consultation says to a derived fact, whether or not a rule asks for it.
    #[must_use]
    pub fn derived(&self, fact: DerivedFact) -> Fact<'a> {
        match fact {
            DerivedFact::Pregnant => answered(self.consultation.patient.pregnant, "patient.pregnant"),
            DerivedFact::BreastFeeding => answered(self.consultation.patient.breast_feeding, "patient.breast_feeding"),
            DerivedFact::ActiveAcne => self.active_acne(),
            DerivedFact::SkinTypeVOrVi => self.dark_skin(),
            DerivedFact::UnderDeviceAge => self.under(self.device.and_then(|device| Some(device.age_min_years.as_ref()?.value))),
            DerivedFact::Minor => self.under(Some(self.knowledge.minimum_age_years(&self.consultation.jurisdiction))),
            DerivedFact::YoungScars => self.young_scars(),
            DerivedFact::MostlyIcePick => self.mostly_ice_pick(),
            DerivedFact::HypertrophicOrKeloidal => self.hypertrophic(),
            DerivedFact::ForbiddenZonePlanned => self.forbidden_zone(),
            DerivedFact::OperatorNotPermitted => self.operator(),
            DerivedFact::CartridgeNotAcceptable => self.cartridge(),
            DerivedFact::AnaestheticAboveLabel => anaesthetic::fact(self),
            DerivedFact::WithinMinimumInterval => self.last_session(),
        }
    }

    /// Inflamed acne defers; mild acne is needled around; both questions have to be answered to say that there is none.
    fn active_acne(&self) -> Fact<'a> {
        let lesions = &self.consultation.lesions;
        let settings = &self.knowledge.settings;
        let at_least = |setting: u32| lesions.iga.is_some_and(|iga| u32::from(iga) >= setting);
        let detail = Detail::Acne { iga: lesions.iga, pustules_or_nodules: lesions.pustules_or_nodules };
        if lesions.pustules_or_nodules == Answer::Yes || at_least(settings.iga_defer_from.whole()) {
            return Fact::yes(detail);
        }
        if lesions.iga.is_none() {
            return Fact::missing("lesions.iga");
        }
        if lesions.pustules_or_nodules == Answer::Unknown {
            return Fact::missing("lesions.pustules_or_nodules");
        }
        if at_least(settings.iga_precaution_from.whole()) {
            return Fact { counts_as: Some(Class::Precaution), ..Fact::yes(detail) };
        }
        Fact::no()
    }

    /// Types V and VI are a precaution, and more than that with a device whose label leaves them out.
    fn dark_skin(&self) -> Fact<'a> {
        let Some(fitzpatrick) = self.skin_type else { return Fact::missing("skin.fitzpatrick") };
        let left_out = self.device.and_then(|device| device.includes_skin_type(fitzpatrick)) == Some(false);
        let detail = Detail::SkinType { fitzpatrick, left_out_by_label: left_out };
        match (fitzpatrick >= 5, left_out) {
            (_, true) => Fact { counts_as: Some(Class::Relative), ..Fact::yes(detail) },
            (true, false) => Fact::yes(detail),
            (false, false) => Fact::no(),
        }
    }

    fn under(&self, minimum_years: Option<u8>) -> Fact<'a> {
        match minimum_years {
            Some(minimum) if self.age_years < i16::from(minimum) => {
                Fact::yes(Detail::Age { years: self.age_years, minimum_years: minimum })
            }
            _ => Fact::no(),
        }
    }

    /// The shortest interval that holds for this patient, in days.
    ///
    /// It is the longer one for types V and VI, for skin whose type is not known, and unless darker marks after needling
    /// were ruled out.
    #[must_use]
    pub fn interval_min_days(&self) -> u32 {
        let settings = &self.knowledge.settings;
        let light = self.skin_type.is_some_and(|fitzpatrick| fitzpatrick < 5);
        let usual = settings.interval_min_days.whole();
        if light && self.never_pigmented() { usual } else { usual.max(settings.interval_dark_skin_or_pih_days.whole()) }
    }

    fn never_pigmented(&self) -> bool {
        self.consultation.findings.get(PIGMENTATION_HISTORY).is_some_and(|found| found.answer == Answer::No)
    }

    /// The last needling, here or elsewhere. One whose day nobody knows may have been yesterday.
    fn last_session(&self) -> Fact<'a> {
        let here = self.consultation.sessions.iter().map(|session| session.date);
        let elsewhere = || needling_elsewhere(self.consultation);
        if elsewhere().any(|earlier| earlier.on.is_none()) {
            return Fact::missing("earlier_treatments (on: the day of the last needling)");
        }
        let Some(last) = here.chain(elsewhere().filter_map(|earlier| earlier.on)).max() else { return Fact::no() };
        let days = self.interval_min_days();
        let override_from_days = Some(self.knowledge.settings.interval_override_days.whole());
        let detail = Detail::Interval { last, minimum_days: days };
        let wait = PolicyWait { days, override_from_days, ends: WaitEnds::ByTime };
        Fact { on: Some(last), wait: Some(wait), ..Fact::yes(detail) }
    }
}

fn answered<'a>(answer: Answer, field: &'static str) -> Fact<'a> {
    match answer {
        Answer::Unknown => Fact::missing(field),
        answer => Fact::of(answer, Detail::Nothing),
    }
}

/// Age in whole years on `on`; negative before birth.
fn age_years(birth: Date, on: Date) -> i16 {
    let had_birthday = (on.month(), on.day()) >= (birth.month(), birth.day());
    on.year() - birth.year() - i16::from(!had_birthday)
}

/// The darker of the type that was judged and the type that the questionnaire gives.
fn skin_type(skin: &Skin, knowledge: &Knowledge) -> Option<u8> {
    let asked = skin.questionnaire.as_ref().and_then(|answers| fitzpatrick_of_questionnaire(answers, knowledge));
    skin.fitzpatrick.max(asked)
}

/// Fitzpatrick type, 1 to 6, of the ten answers (0 to 4 each) of the questionnaire, by the cut-offs that the settings pin.
///
/// Where a set of cut-offs does not tell two types apart, the darker one. `None` when the table has no such total.
#[must_use]
pub fn fitzpatrick_of_questionnaire(answers: &[u8; 10], knowledge: &Knowledge) -> Option<u8> {
    let total: u16 = answers.iter().map(|answer| u16::from(*answer)).sum();
    let bands = &knowledge.scales.fitzpatrick.bands(knowledge.settings.fitzpatrick_variant.value)?.bands;
    let band = bands.iter().find(|band| (u16::from(band.from)..=u16::from(band.to)).contains(&total))?;
    band.types.iter().copied().max()
}
