//! Past decisions computed again.

use resurface_knowledge::Files;

use super::*;
use crate::consultation::OutcomeScale;

/// The knowledge with one text of one file replaced by another.
fn knowledge_with(file: &str, text: &str, becomes: &str) -> Knowledge {
    let mut files = Files::built_in();
    let before = files.text(file).unwrap().to_owned();
    let after = before.replacen(text, becomes, 1);
    assert_ne!(before, after, "{file} does not hold {text:?}");
    files.insert(file, after);
    Knowledge::read(&files).unwrap_or_else(|reports| panic!("{reports:?}"))
}

/// A chart with one decision of each kind: screened, planned, gated, a session given, reviewed.
pub(super) fn a_chart_with_decisions() -> Entries {
    let mut person = a_hopeful_person();
    person.skin.fitzpatrick = Some(4);
    let setting = setting_of(&person);
    let bench = bench(knowledge());
    let entries = Entries::of(&person);
    let screened = bench.screen(&entries.chart(), TODAY, &setting, &[]).unwrap();
    let entries = entries.then(Body::Screened(screened));
    let plan = bench.plan(&entries.chart(), TODAY, &setting, &[], Wish::Adopt).unwrap();
    let entries = entries.then(Body::PlanAdopted(plan)).then(consented(TODAY));
    let gated = bench.gate(&entries.chart(), TODAY, &setting, &[], &a_prepared_day(TODAY)).unwrap();
    let entries = entries.then(Body::SessionGated(gated)).then(delivered(TODAY));
    let later = days_later(TODAY, 95);
    let seen = a_blinded_outcome(later, OutcomeScale::ImprovementPercent, 31.7);
    let entries = entries.then(Body::Measured(Measured::outcome(seen))).then(examined(&person, later));
    let reviewed = bench.review(&entries.chart(), later, &setting, &[], None).unwrap();
    entries.then(Body::Reviewed(reviewed))
}

fn replayed(entries: &Entries, kind: Kind, bench: &Bench<'_>) -> Replayed {
    let id = entries.latest(kind);
    let body = &entries.0.iter().find(|(known, _)| *known == id).unwrap().1;
    replay(&Chart::before(id, entries.recorded_entries()), body, bench).unwrap().unwrap()
}

pub(super) const DECISIONS: [Kind; 4] = [Kind::Screened, Kind::PlanAdopted, Kind::SessionGated, Kind::Reviewed];

#[test]
fn every_decision_is_computed_again_to_the_same_answer() {
    let entries = a_chart_with_decisions();
    for kind in DECISIONS {
        assert_eq!(replayed(&entries, kind, &bench(knowledge())), Replayed::Same, "{kind:?}");
    }
    let (id, body) = &entries.0[0];
    assert_eq!(replay(&Chart::before(*id, entries.recorded_entries()), body, &bench(knowledge())).unwrap(), None);
}

#[test]
fn a_decision_read_from_its_bytes_is_computed_again_to_the_same_answer() {
    let entries = a_chart_with_decisions();
    let kept = entries
        .0
        .iter()
        .map(|(id, body)| (*id, Body::read(body.kind().word(), body.kind().version(), &body.to_bytes().unwrap()).unwrap()));
    let kept = Entries(kept.collect());
    for kind in DECISIONS {
        assert_eq!(replayed(&kept, kind, &bench(knowledge())), Replayed::Same, "{kind:?}");
    }
}

/// What came out otherwise, by name.
fn names(replayed: &Replayed) -> Vec<&'static str> {
    match replayed {
        Replayed::Same => Vec::new(),
        Replayed::Different(found) => found.iter().map(|difference| difference.what).collect(),
    }
}

#[test]
fn a_rule_of_another_class_is_named_in_every_decision_that_it_changes() {
    // given a screening that permits a person with diabetes
    let mut person = a_hopeful_person();
    person.findings.get_mut("diabetes").unwrap().answer = Answer::Yes;
    let entries = Entries::of(&person);
    let screened = bench(knowledge()).screen(&entries.chart(), TODAY, &setting_of(&person), &[]).unwrap();
    let then = screened.answer.decision;
    let entries = entries.then(Body::Screened(screened));
    // when the rule about diabetes becomes absolute
    let rule = |class: &str| format!("class = \"{class}\"\ntrigger = {{ asked = \"diabetes\" }}");
    let stricter = knowledge_with("contraindications.toml", &rule("precaution"), &rule("absolute"));
    let found = replayed(&entries, Kind::Screened, &bench(&stricter));
    // then the decision is named, as it was and as it would be
    let Replayed::Different(differences) = &found else { panic!("{found:?}") };
    assert!(found.decides_otherwise());
    assert_eq!(differences[0], Difference { what: "decision", recorded: then.to_string(), now: "not suitable".into() });
}

#[test]
fn a_setting_of_another_value_is_named_where_it_decides_and_only_there() {
    let entries = a_chart_with_decisions();
    let chance = |value: &str| format!("name = \"Chance of reaching the goal that a course should have\"\nvalue = {value}");
    let bolder = knowledge_with("settings.toml", &chance("0.7"), &chance("0.5"));
    let plan = replayed(&entries, Kind::PlanAdopted, &bench(&bolder));
    assert_eq!(names(&plan)[0], "course proposed", "{plan:?}");
    // screening does not ask for that chance: only the version of the knowledge differs
    let screening = replayed(&entries, Kind::Screened, &bench(&bolder));
    assert_eq!(names(&screening), [Difference::REST]);
    assert!(plan.decides_otherwise() && !screening.decides_otherwise() && !Replayed::Same.decides_otherwise());
}

#[test]
fn a_consent_that_grows_old_sooner_is_named_at_the_gate() {
    let person = a_suitable_person();
    let entries = Entries::of(&person);
    let day = a_prepared_day(days_later(TODAY, -100));
    let gated = bench(knowledge()).gate(&entries.chart(), TODAY, &setting_of(&person), &[], &day).unwrap();
    let entries = entries.then(Body::SessionGated(gated));
    let text = knowledge().files.text("settings.toml").unwrap();
    let from = text.find("[consent_valid_days]").unwrap();
    let setting = &text[from..from + text[from..].find("unit").unwrap()];
    let stricter = knowledge_with("settings.toml", setting, &setting.replace("180", "90"));
    assert_eq!(names(&replayed(&entries, Kind::SessionGated, &bench(&stricter))), ["permit", "checks against"]);
}

#[test]
fn another_seed_is_another_computation() {
    let entries = a_chart_with_decisions();
    let other = resurface_forecast::BasePoints::new(7);
    let found = replayed(&entries, Kind::PlanAdopted, &Bench { points: &other, ..bench(knowledge()) });
    assert_ne!(found, Replayed::Same);
}
