//! A whole demonstration clinic: every fate, every next step, and no rule broken.
#![expect(clippy::unwrap_used, reason = "a test fails where it panics")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use resurface_care::chart::{Bench, Body, Chart, EntryId, Kind, Milestones, Recorded, Replayed, Setting, Step, replay};
use resurface_care::consultation::OutcomeScale;
use resurface_care::gate::Permit;
use resurface_care::grading::grade;
use resurface_care::prior::{ForecastInputs, ReadAs};
use resurface_forecast::{BasePoints, Clinic, Effort, Outcome, Population, update};
use resurface_knowledge::Knowledge;
use resurface_synthetic::{Fate, Scenario, StaffMember, SyntheticError, SyntheticPatient, What, patient};

const SCENARIO: Scenario = Scenario { patients: 200, seed: 1, until: date(2026, 11, 20) };

fn bench() -> Bench<'static> {
    static SHIPPED: OnceLock<(Knowledge, Population, BasePoints)> = OnceLock::new();
    let (knowledge, population, points) = SHIPPED.get_or_init(|| {
        let knowledge = Knowledge::built_in().unwrap();
        let population = Population::from_json(knowledge.files.text("population.json").unwrap()).unwrap();
        (knowledge, population, BasePoints::new(20_261_120))
    });
    Bench { knowledge, population, points, program: "0.1.0" }
}

fn made(number: u32) -> SyntheticPatient {
    patient(number, &SCENARIO, &bench()).unwrap_or_else(|error| panic!("{error}"))
}

fn entries(patient: &SyntheticPatient) -> Vec<(EntryId, &Body)> {
    let entry = |what| match what {
        &What::Entry(id, ref body) => Some((id, body)),
        What::Picture { .. } => None,
    };
    patient.happenings.iter().filter_map(|happening| entry(&happening.what)).collect()
}

fn fold(entries: &[(EntryId, &Body)]) -> Chart {
    Chart::fold(entries.iter().map(|(id, body)| Recorded { id: *id, body }))
}

#[test]
fn two_hundred_patients_hold_every_fate_and_every_next_step_and_break_no_rule() {
    let half = |first: u32| (first..=SCENARIO.patients).step_by(2).map(made).collect::<Vec<_>>();
    let (odd, even) = std::thread::scope(|scope| {
        let odd = scope.spawn(|| half(1));
        let even = half(2);
        (odd.join().unwrap(), even)
    });
    let clinic: Vec<SyntheticPatient> = odd.into_iter().chain(even).collect();
    for patient in &clinic {
        says_that_it_is_synthetic(patient);
        happens_in_order_and_in_working_hours(patient);
        hangs_together(patient);
        every_session_was_permitted(patient);
    }
    every_fate_and_every_next_step_is_there(&clinic);
    a_recall_finds_several_patients(&clinic);
    first_reviews_are_as_forecast(&clinic);
}

fn says_that_it_is_synthetic(patient: &SyntheticPatient) {
    let all = entries(patient);
    let Body::Registered(registered) = all[0].1 else { panic!("a chart begins with its registration") };
    assert!(registered.synthetic && registered.name.ends_with("(synthetic)") && registered.number.starts_with("DEMO-"));
    assert_eq!(registered.contact, None);
    assert_eq!(all.iter().filter(|(_, body)| body.kind() == Kind::Registered).count(), 1);
}

fn happens_in_order_and_in_working_hours(patient: &SyntheticPatient) {
    assert!(patient.happenings.windows(2).all(|pair| pair[0].at < pair[1].at));
    for happening in &patient.happenings {
        let at = happening.at.to_zoned(TimeZone::UTC);
        assert!(at.date() <= SCENARIO.until && (8..18).contains(&at.hour()), "{at}");
        match &happening.what {
            What::Entry(id, body) => {
                let written = body.to_json().unwrap();
                let on: Date = match &written["on"] {
                    serde_json::Value::String(on) => on.parse().unwrap(),
                    _ => written["outcome"]["date"].as_str().unwrap().parse().unwrap(),
                };
                assert_eq!(on, at.date(), "{}", body.kind().word());
                let (seconds, _) = id.0.get_timestamp().unwrap().to_unix();
                assert_eq!(i64::try_from(seconds).unwrap(), happening.at.as_second());
            }
            What::Picture { on, .. } => assert_eq!(*on, at.date()),
        }
        let by_patient = happening.by == StaffMember::Patient;
        let may = !matches!(&happening.what, What::Entry(_, body) if by_patient && body.kind() == Kind::SessionGated);
        assert!(may, "patients do not hold the gate");
    }
}

/// Nothing refers to what is not there, ids are not used twice, and every body reads back as it was written.
fn hangs_together(patient: &SyntheticPatient) {
    let all = entries(patient);
    let ids: BTreeSet<EntryId> = all.iter().map(|(id, _)| *id).collect();
    assert_eq!(ids.len(), all.len());
    for (at, (_, body)) in all.iter().enumerate() {
        let refers = match body {
            Body::AdverseEventFollowed(followed) => Some(followed.event),
            Body::Amended(amended) => Some(amended.entry),
            Body::SessionDelivered(session) => session.gate,
            _ => None,
        };
        assert!(refers.is_none_or(|id| all[..at].iter().any(|(earlier, _)| *earlier == id)));
        let kind = body.kind();
        assert_eq!(&Body::read(kind.word(), kind.version(), &body.to_bytes().unwrap()).unwrap(), *body);
    }
    let chart = fold(&all);
    assert_eq!(chart.entries, all.len());
    assert_eq!(chart.sessions.len(), all.iter().filter(|(_, body)| body.kind() == Kind::SessionDelivered).count());
}

fn every_session_was_permitted(patient: &SyntheticPatient) {
    let all = entries(patient);
    for (at, (_, body)) in all.iter().enumerate() {
        let Body::SessionDelivered(session) = body else { continue };
        let before = fold(&all[..at]);
        let (id, gate) = before.gates.last().unwrap();
        assert_eq!((session.gate, session.on), (Some(*id), gate.on));
        assert_ne!(gate.answer.permit, Permit::Refused);
        assert_eq!(gate.day.cartridge, session.cartridge);
        assert!(before.screened.unwrap().answer.decision.permits(), "{}", session.on);
        assert!(before.sessions.last().is_none_or(|last| (session.on - last.on).get_days() >= 28));
    }
}

fn every_fate_and_every_next_step_is_there(clinic: &[SyntheticPatient]) {
    let fates: BTreeSet<Fate> = clinic.iter().map(|patient| patient.fate).collect();
    let missing: Vec<Fate> = Fate::ALL.into_iter().filter(|fate| !fates.contains(fate)).collect();
    assert_eq!(missing, []);
    let settings = &bench().knowledge.settings;
    let next = |patient| Milestones::of(&fold(&entries(patient))).next_step(settings, SCENARIO.until).step;
    let steps: BTreeSet<Step> = clinic.iter().map(next).collect();
    assert_eq!(steps.len(), 12, "{steps:?}");
    let kinds: BTreeSet<Kind> = clinic.iter().flat_map(entries).map(|(_, body)| body.kind()).collect();
    // the entries of pictures and scans are made by whoever takes them in; a demonstration has no scans
    let absent: Vec<&Kind> = Kind::ALL.iter().filter(|kind| !kinds.contains(kind)).collect();
    assert_eq!(absent, [&Kind::PictureTaken, &Kind::ScanTaken]);
}

fn a_recall_finds_several_patients(clinic: &[SyntheticPatient]) {
    let mut lots: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (number, patient) in clinic.iter().enumerate() {
        for session in fold(&entries(patient)).sessions {
            lots.entry(session.cartridge.unwrap().lot.unwrap()).or_default().insert(number);
        }
    }
    assert!(lots.len() < 25, "{}", lots.len());
    assert!(lots.values().filter(|patients| patients.len() >= 5).count() > 12, "{lots:?}");
}

/// The first review comes before anything was decided from an outcome: until then nothing chose among patients. Its score
/// should fall anywhere in the forecast made before treatment, evenly.
fn first_reviews_are_as_forecast(clinic: &[SyntheticPatient]) {
    let mut shares: Vec<f64> = clinic.iter().filter_map(share_at_first_review).collect();
    shares.sort_by(f64::total_cmp);
    let n = shares.len() as f64;
    assert!(n > 90.0, "{n}");
    let mean = shares.iter().sum::<f64>() / n;
    let error = 4.0 / (12.0 * n).sqrt();
    assert!((mean - 0.5).abs() < error, "{mean} is not 0.5 +- {error}");
    let worst = shares.iter().enumerate().map(|(at, share)| (share - (at as f64 + 0.5) / n).abs()).fold(0.0, f64::max);
    assert!(worst < 1.95 / n.sqrt(), "{worst}");
}

/// Share of the forecast before treatment that lies at or below the score of the first review.
fn share_at_first_review(patient: &SyntheticPatient) -> Option<f64> {
    let all = entries(patient);
    let at = all.iter().position(|(_, body)| body.kind() == Kind::Reviewed)?;
    let Body::Reviewed(reviewed) = all[at].1 else { return None };
    let (chart, setting): (Chart, &Setting) = (fold(&all[..at]), &reviewed.setting);
    let consultation = chart.consultation(reviewed.on, setting, &reviewed.overrides, None).unwrap();
    let knowledge = bench().knowledge;
    let inputs = ForecastInputs::of(&consultation, &grade(&consultation, knowledge), knowledge);
    let seen = inputs
        .used
        .iter()
        .position(|used| used.read_as == ReadAs::Score && used.scale == OutcomeScale::GoodmanBaronQuantitative)?;
    let Outcome::Score { scale, value } = inputs.patient.observations[seen].outcome else { return None };
    let mut before = inputs.patient.clone();
    before.observations.truncate(seen);
    let forecast = update(bench().population, &before, Clinic::New, bench().points, Effort::Visit).unwrap();
    Some(forecast.expected_score(scale, inputs.used[seen].week).unwrap().probability_at_most(value))
}

#[test]
fn the_same_arguments_make_the_same_patient_and_others_do_not() {
    for number in [3, 77, 200] {
        assert_eq!(made(number), made(number));
    }
    let other = Scenario { seed: 2, ..SCENARIO };
    assert_ne!(patient(3, &other, &bench()).unwrap(), made(3));
    for number in [0, 201] {
        assert!(matches!(patient(number, &SCENARIO, &bench()), Err(SyntheticError::NoSuchPatient { patients: 200, .. })));
    }
}

#[test]
fn every_decision_of_a_chart_replays_to_the_same_answer() {
    for number in [1, 40, 95, 160] {
        let patient = made(number);
        let all = entries(&patient);
        for (at, (_, body)) in all.iter().enumerate() {
            let replayed = replay(&fold(&all[..at]), body, &bench()).unwrap();
            assert!(replayed.is_none_or(|replayed| replayed == Replayed::Same), "{number}: {}", body.kind().word());
        }
    }
}
