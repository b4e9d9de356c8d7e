//! A rich example of every document: a first visit, a course that does not respond, a chart with corrections.

use std::collections::BTreeSet;
use std::io::Cursor;

use image::{ImageFormat, Rgb, RgbImage};
use jiff::civil::{Date, date};
use resurface_care::chart::{
    Adoption, Amended, Basis, Body, ConsentWithdrawn, Consented, Drawn, EntryId, Intake, Message, Penned, PlanAdopted,
    PlanAnswer, Purpose, Registered, SessionDelivered, Setting, Signature, View,
};
use resurface_care::consultation::{Consultation, SessionGiven, Sex};
use resurface_care::plan::{Plan, plan};
use resurface_care::{form, grading, screening};
use resurface_documents::{
    AdoptedBy, AftercareSheet, ChartEntry, ChartSheet, ConsentPart, ConsentSheet, DocumentError, GivenConsent, Letterhead,
    Picture, PicturePair, PlanSheet, ProgressSheet, Reader, aftercare, chart, consent, plan as plan_document, progress,
};
use resurface_figure::judged_error_percent;
use resurface_forecast::{BasePoints, Population};
use resurface_knowledge::Knowledge;
use resurface_knowledge::document::Format;
use resurface_words::{Language, Words};
use uuid::Uuid;

const FIRST_VISIT: &str = include_str!("../../../../examples/consultation.toml");
const NOT_RESPONDING: &str = include_str!("../../../../examples/not_responding.toml");
const PREGNANT: &str = include_str!("../../../../examples/pregnant.toml");
pub(crate) const CHAIN_END: &str = "9f3c1d0aa6f6d7c1b7f1e7f5a4d2b3c4958677f0e1d2c3b4a5968778695a4b3c";

/// Everything that a document may be made from.
pub(crate) struct Example {
    knowledge: Knowledge,
    german: Knowledge,
    letterhead: Letterhead,
    patient: Registered,
    judged_error_percent: f64,
}

impl Example {
    pub(crate) fn new() -> Self {
        let knowledge = Knowledge::built_in().unwrap();
        let population = population(&knowledge);
        Self {
            letterhead: Letterhead {
                clinic: "Hautpraxis Dr. Öztürk & Weiß".to_owned(),
                printed_on: date(2026, 11, 20).at(9, 30, 0, 0),
                program: "0.1.0".to_owned(),
                knowledge: knowledge.version.full().to_owned(),
                model: Some(population.data_sha256().to_owned()),
                seed: Some(1),
            },
            patient: Registered {
                on: date(2026, 11, 20),
                number: "A-1042".to_owned(),
                name: "Nora Łukasiewicz".to_owned(),
                birth_date: date(1994, 3, 2),
                sex: Sex::Female,
                contact: None,
                synthetic: true,
            },
            judged_error_percent: judged_error_percent(&population),
            german: knowledge.translated("de").unwrap(),
            knowledge,
        }
    }

    /// The same, about somebody real.
    pub(crate) fn real(mut self) -> Self {
        self.patient.synthetic = false;
        self
    }

    /// The same, about somebody with another name.
    pub(crate) fn named(mut self, name: &str) -> Self {
        name.clone_into(&mut self.patient.name);
        self
    }

    fn reader(&self, language: Language) -> Reader<'_> {
        let knowledge = if language == Language::German { &self.german } else { &self.knowledge };
        Reader { words: Words::of(language), knowledge }
    }

    fn planned(&self, text: &str) -> (Consultation, Plan) {
        let consultation = form::read("example.toml", text, Format::Toml, &self.knowledge).unwrap();
        let screening = screening::screen(&consultation, &self.knowledge);
        let grading = grading::grade(&consultation, &self.knowledge);
        let population = population(&self.knowledge);
        let plan = plan(&consultation, &self.knowledge, &screening, &grading, &population, &BasePoints::new(1)).unwrap();
        (consultation, plan)
    }

    /// The plan of a first visit, adopted.
    pub(crate) fn plan(&self, language: Language) -> Vec<u8> {
        let (consultation, plan) = self.planned(FIRST_VISIT);
        let entry = adopted(&consultation, &plan);
        let adopted = Some(AdoptedBy { entry: &entry, by: "Dr Ada Example" });
        self.plan_of(&consultation, &plan, adopted, language)
    }

    /// A plan that is withheld.
    pub(crate) fn withheld(&self, language: Language) -> Vec<u8> {
        let (consultation, plan) = self.planned(PREGNANT);
        self.plan_of(&consultation, &plan, None, language)
    }

    fn plan_of(&self, consultation: &Consultation, plan: &Plan, adopted: Option<AdoptedBy<'_>>, language: Language) -> Vec<u8> {
        let sheet = PlanSheet { consultation, plan, adopted, judged_error_percent: self.judged_error_percent };
        plan_document(&self.letterhead, &self.patient, &sheet, self.reader(language)).unwrap()
    }

    /// A consent with a purpose that was taken back, and a signature that was drawn.
    pub(crate) fn consent(&self, language: Language) -> Vec<u8> {
        let entry = consented();
        let withdrawn =
            [ConsentWithdrawn { on: date(2026, 12, 1), purposes: BTreeSet::from([Purpose::PicturesForTeaching]), reason: None }];
        let given = Some(GivenConsent { entry: &entry, by: "Dr Ada Example" });
        self.consent_of(given, &withdrawn, language)
    }

    /// A form that is still to be signed.
    pub(crate) fn consent_form(&self, language: Language) -> Vec<u8> {
        self.consent_of(None, &[], language)
    }

    /// A consent that was signed by typing, to a text that is another one by now.
    pub(crate) fn old_consent(&self, language: Language) -> Vec<u8> {
        let signature = Some(Signature { name: "N. Example".to_owned(), drawn: None });
        let entry = Consented { document: Some("consent 3, English".to_owned()), signature, ..consented() };
        self.consent_of(Some(GivenConsent { entry: &entry, by: "Dr Ada Example" }), &[], language)
    }

    fn consent_of(&self, given: Option<GivenConsent<'_>>, withdrawn: &[ConsentWithdrawn], language: Language) -> Vec<u8> {
        let said = ["Pictures are a separate yes or no.".to_owned()];
        let known = ["Infection: rare".to_owned(), "Dark marks: more often on dark skin".to_owned()];
        let text = [ConsentPart { title: "What can go wrong", said: &said, known: &known }];
        let sheet = ConsentSheet { given, withdrawn, text: &text, version: "consent 4, English" };
        consent(&self.letterhead, &self.patient, &sheet, self.reader(language)).unwrap()
    }

    /// After-care for a session whose day is known.
    pub(crate) fn aftercare(&self, language: Language) -> Vec<u8> {
        let sheet = AftercareSheet { session: Some(date(2026, 11, 27)) };
        aftercare(&self.letterhead, &self.patient, &sheet, self.reader(language)).unwrap()
    }

    /// Progress of a course that does not respond, with pictures.
    pub(crate) fn progress(&self, language: Language) -> Vec<u8> {
        self.progress_with(&jpeg(Rgb([222, 184, 166]), (320, 400)), language).unwrap()
    }

    /// The same with this latest picture.
    pub(crate) fn progress_with(&self, after: &[u8], language: Language) -> Result<Vec<u8>, DocumentError> {
        let (consultation, plan) = self.planned(NOT_RESPONDING);
        let sessions: Vec<SessionDelivered> = consultation.sessions.iter().map(delivered).collect();
        let before = jpeg(Rgb([214, 170, 150]), (320, 400));
        let picture = |jpeg, on: Date| Picture { jpeg, on, view: View::LeftOblique };
        let pictures = [PicturePair { before: picture(&before, date(2026, 2, 2)), after: picture(after, date(2026, 11, 20)) }];
        let sheet = ProgressSheet {
            consultation: &consultation,
            plan: &plan,
            sessions: &sessions,
            reviewed: None,
            pictures: &pictures,
            judged_error_percent: self.judged_error_percent,
        };
        progress(&self.letterhead, &self.patient, &sheet, self.reader(language))
    }

    /// A chart in which one entry was struck out and one corrected.
    pub(crate) fn chart(&self, language: Language) -> Vec<u8> {
        let (consultation, plan) = self.planned(FIRST_VISIT);
        let bodies = self.bodies(&consultation, &plan);
        let entries: Vec<ChartEntry<'_>> = bodies
            .iter()
            .zip(1..)
            .map(|(body, seq)| ChartEntry {
                seq,
                id: id(seq),
                by: if seq == 3 { "Nora Łukasiewicz" } else { "Dr Ada Example" },
                at: body.day().at(10, 5, 0, 0),
                body,
            })
            .collect();
        let sheet = ChartSheet { entries: &entries, end: CHAIN_END };
        chart(&self.letterhead, &self.patient, &sheet, Words::of(language)).unwrap()
    }

    fn bodies(&self, consultation: &Consultation, plan: &Plan) -> Vec<Body> {
        let on = consultation.date;
        let message = |text: &str| Body::Message(Message { on, from: Penned::Patient, text: text.to_owned() });
        vec![
            Body::Registered(self.patient.clone()),
            Body::Intake(Intake {
                on,
                pregnant: consultation.patient.pregnant,
                breast_feeding: consultation.patient.breast_feeding,
                findings: consultation.findings.clone(),
                earlier_treatments: Vec::new(),
                goal: consultation.goal.clone(),
                answered_by: Penned::Clinic,
            }),
            message("Can I come on Monday?"),
            Body::PlanAdopted(adopted(consultation, plan)),
            Body::Consented(consented()),
            Body::Amended(Amended { on, entry: id(3), reason: "meant for somebody else".to_owned(), becomes: None }),
            message(&"one more postscript from the patient ".repeat(120)),
        ]
    }
}

fn population(knowledge: &Knowledge) -> Population {
    Population::from_json(knowledge.files.text("population.json").unwrap()).unwrap()
}

fn id(seq: u64) -> EntryId {
    EntryId(Uuid::from_u64_pair(1, seq))
}

fn adopted(consultation: &Consultation, plan: &Plan) -> PlanAdopted {
    PlanAdopted {
        on: consultation.date,
        setting: Setting {
            jurisdiction: consultation.jurisdiction.clone(),
            device: consultation.device.clone(),
            operator: consultation.operator.clone(),
        },
        overrides: Vec::new(),
        basis: Basis { program: "0.1.0".to_owned(), knowledge: plan.knowledge_version.full().to_owned(), seed: Some(1) },
        answer: PlanAnswer::of(plan).unwrap(),
        adoption: Adoption::Adopted,
    }
}

fn consented() -> Consented {
    Consented {
        on: date(2026, 11, 20),
        purposes: BTreeSet::from([Purpose::Treatment, Purpose::PicturesForCare, Purpose::PicturesForTeaching]),
        document: Some("consent 4, English".to_owned()),
        discussion: Some("Asked about dark marks; understood that improvement takes months.".to_owned()),
        signature: Some(Signature {
            name: "Nora Example".to_owned(),
            drawn: Drawn::try_from("M12 30L14 33M40 30L41 30".to_owned()).ok(),
        }),
    }
}

fn delivered(session: &SessionGiven) -> SessionDelivered {
    SessionDelivered {
        on: session.date,
        zones: session.zones.clone(),
        device: "skinpen_precision".to_owned(),
        operator: "Dr Ada Example".to_owned(),
        cartridge: None,
        anaesthetic: None,
        products: Vec::new(),
        note: None,
        gate: None,
    }
}

fn jpeg(colour: Rgb<u8>, (width, height): (u32, u32)) -> Vec<u8> {
    let picture = RgbImage::from_fn(width, height, |x, y| {
        let wave = 10.0 * (f64::from(x) / 17.0).sin() * (f64::from(y) / 23.0).cos();
        Rgb(colour.0.map(|part| (f64::from(part) + wave).clamp(0.0, 255.0) as u8))
    });
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}
