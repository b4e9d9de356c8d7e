//! Who is suitable, who waits and until when, who is not, and what nobody can say.

mod screening_patients;

use jiff::ToSpan;
use jiff::civil::date;
use resurface_care::consultation::*;
use resurface_care::screening::{Decision, OverrideOutcome, Reason, Screening, SettingReason, Until, screen};
use resurface_knowledge::contraindications::{Class, LookedAt, Trigger};
use screening_patients::*;

/// The decision about a well patient after one change.
fn after(change: impl FnOnce(&mut Consultation)) -> Decision {
    let mut patient = a_well_patient();
    change(&mut patient);
    screen(&patient, knowledge()).decision
}

/// The decision once a finding is present, with its day where one is given.
fn with(id: &str, on: Option<jiff::civil::Date>) -> Decision {
    after(|patient| answer(patient, rule(id), Answer::Yes, on))
}

#[test]
fn a_well_patient_is_suitable_and_the_reason_says_so() {
    let patient = a_well_patient();
    let screening = screen(&patient, knowledge());
    assert_eq!(screening.decision, Decision::Suitable, "{:?} {:?}", screening.findings, screening.unanswered);
    assert_eq!(screening.reasons(), [Reason::NothingFound { rules: screening.rules_looked_at }]);
}

#[test]
fn an_absolute_finding_decides_and_no_override_frees_it() {
    let mut patient = a_well_patient();
    patient.patient.pregnant = Answer::Yes;
    patient.overrides.push(an_override("CI-PREG"));
    let screening = screen(&patient, knowledge());
    assert_eq!(screening.decision, Decision::NotSuitable);
    assert_eq!(screening.overrides[0].outcome, OverrideOutcome::RefusedAbsolute);
}

#[test]
fn a_relative_finding_is_a_named_prescribers_to_decide() {
    assert_eq!(with("CI-KELOID", None), Decision::NotSuitable);
    let overridden = |change: fn(&mut Override, &mut Consultation)| {
        let mut patient = a_well_patient();
        answer(&mut patient, rule("CI-KELOID"), Answer::Yes, None);
        let mut written = an_override("CI-KELOID");
        change(&mut written, &mut patient);
        patient.overrides.push(written);
        let screening = screen(&patient, knowledge());
        (screening.decision, screening.overrides[0].outcome)
    };
    let refused = |outcome| (Decision::NotSuitable, outcome);
    assert_eq!(overridden(|_, _| {}), (Decision::SuitableWithPrecautions, OverrideOutcome::Stands));
    assert_eq!(overridden(|written, _| written.reason = " ".into()), refused(OverrideOutcome::RefusedNoNameOrReason));
    assert_eq!(overridden(|written, _| written.prescriber = String::new()), refused(OverrideOutcome::RefusedNoNameOrReason));
    assert_eq!(overridden(|written, _| written.on = date(2026, 11, 21)), refused(OverrideOutcome::RefusedDatedLater));
    let by_a_nurse = overridden(|written, patient| {
        patient.operator.profession = Profession::Nurse;
        written.prescriber = patient.operator.name.clone();
    });
    assert_eq!(by_a_nurse, refused(OverrideOutcome::RefusedNotAPrescriber));
    assert_eq!(overridden(|written, _| written.rule = "CI-NONE".into()), refused(OverrideOutcome::RefusedNoSuchRule));
    assert_eq!(overridden(|written, _| written.reason = " - ".into()), refused(OverrideOutcome::RefusedNoNameOrReason));
    let respelt = overridden(|written, patient| {
        patient.operator.profession = Profession::Nurse;
        written.prescriber = patient.operator.name.to_uppercase().replace(' ', "  ");
    });
    assert_eq!(respelt, refused(OverrideOutcome::RefusedNotAPrescriber));
    let stands = (Decision::SuitableWithPrecautions, OverrideOutcome::Stands);
    assert_eq!(overridden(|written, _| written.on = days_ago(180)), stands);
    assert_eq!(overridden(|written, _| written.on = days_ago(181)), refused(OverrideOutcome::RefusedTooOld));
}

#[test]
fn a_decision_about_one_session_does_not_shorten_the_wait_after_the_next() {
    let mut patient = a_well_patient();
    patient.sessions = vec![a_session(days_ago(40)), a_session(days_ago(15))];
    patient.overrides.push(Override { on: days_ago(25), ..an_override("CI-LASTSESS") });
    let screening = screen(&patient, knowledge());
    assert_eq!(screening.overrides[0].outcome, OverrideOutcome::RefusedDatedBeforeTheEvent);
    assert_eq!(screening.decision, Decision::Defer(Until::Date(days_ago(15).saturating_add(28.days()))));
}

#[test]
fn a_planned_combination_sets_the_wait_aside_when_its_day_is_known() {
    let peeled = |on, decided| {
        after(|patient| {
            answer(patient, rule("CI-PEEL-DEEP"), Answer::Yes, on);
            patient.overrides.push(Override { on: decided, ..an_override("CI-PEEL-DEEP") });
        })
    };
    assert_eq!(peeled(Some(days_ago(3)), days_ago(1)), Decision::SuitableWithPrecautions);
    assert_eq!(peeled(Some(days_ago(3)), days_ago(4)), Decision::Defer(Until::DateAndState(date(2027, 2, 15))));
    assert_eq!(peeled(None, days_ago(1)), Decision::Defer(Until::DateAndState(date(2027, 2, 18))));
}

#[test]
fn needling_elsewhere_holds_the_interval_and_asks_what_followed_it() {
    let needled = |treatment: &str, on| {
        let mut patient = a_well_patient();
        patient.earlier_treatments = vec![EarlierTreatment { treatment: treatment.to_owned(), on, result: None }];
        patient
    };
    let decision = |treatment, on| screen(&needled(treatment, on), knowledge()).decision;
    assert_eq!(decision("microneedling", Some(days_ago(3))), Decision::Defer(Until::Date(date(2026, 12, 15))));
    assert_eq!(decision("rf_microneedling", Some(days_ago(28))), Decision::Suitable);
    assert_eq!(decision("prp_microneedling", None), Decision::CannotDecide);
    assert_eq!(decision("no_treatment", None), Decision::Suitable);
    let mut patient = needled("microneedling", Some(days_ago(60)));
    answer(&mut patient, rule("CI-GRAN"), Answer::Yes, None);
    assert_eq!(screen(&patient, knowledge()).decision, Decision::NotSuitable);
}

#[test]
fn after_an_infection_or_a_fever_the_settings_wait_runs_from_the_day_it_had_healed() {
    let mut patient = a_treatment_day();
    answer(&mut patient, rule("CI-FEVER"), Answer::Yes, Some(days_ago(1)));
    let facts = resurface_care::facts::Facts::of(&patient, knowledge());
    let screening = resurface_care::screening::screen_for(resurface_care::screening::Visit::TreatmentDay, &facts);
    assert_eq!(screening.decision, Decision::Defer(Until::DateAndState(date(2026, 11, 21))));
    for (id, days) in [("CI-BACT", 14), ("CI-HSV-ACT", 14)] {
        assert_eq!(
            with(id, Some(days_ago(4))),
            Decision::Defer(Until::DateAndState(days_ago(4).saturating_add(days.days()))),
            "{id}"
        );
        assert_eq!(with(id, None), Decision::Defer(Until::DateAndState(TODAY.saturating_add(days.days()))), "{id}");
        assert_eq!(with(id, Some(days_ago(days))), Decision::Defer(Until::State), "{id}");
    }
}

#[test]
fn a_wait_of_the_settings_is_never_cut_off_by_the_window_of_its_rule() {
    let mut knowledge = knowledge().clone();
    knowledge.settings.isotretinoin_wait_days.value = 365.0;
    let mut patient = a_well_patient();
    answer(&mut patient, rule("CI-ISO-6M"), Answer::Yes, Some(days_ago(200)));
    assert_eq!(screen(&patient, &knowledge).decision, Decision::Defer(Until::Date(days_ago(200).saturating_add(365.days()))));
}

#[test]
fn an_override_of_an_unanswered_rule_changes_nothing() {
    let decision = after(|patient| {
        answer(patient, rule("CI-KELOID"), Answer::Unknown, None);
        patient.overrides.push(an_override("CI-KELOID"));
    });
    assert_eq!(decision, Decision::CannotDecide);
}

#[test]
fn a_wait_runs_from_the_event_to_its_last_day() {
    let toxin = |days: i64| with("CI-TOXIN", Some(days_ago(days)));
    assert_eq!(toxin(0), Decision::Defer(Until::Date(date(2026, 12, 4))));
    assert_eq!(toxin(13), Decision::Defer(Until::Date(date(2026, 11, 21))));
    assert_eq!(toxin(14), Decision::Suitable);
    assert_eq!(with("CI-TOXIN", None), Decision::Defer(Until::Date(date(2026, 12, 4))));
}

#[test]
fn a_wait_that_is_over_is_listed_with_its_day() {
    let mut patient = a_well_patient();
    answer(&mut patient, rule("CI-TOXIN"), Answer::Yes, Some(days_ago(20)));
    let screening = screen(&patient, knowledge());
    assert_eq!(screening.cleared[0].rule.id, "CI-TOXIN");
    assert_eq!(screening.cleared[0].since, days_ago(6));
}

#[test]
fn a_state_waits_until_somebody_says_no() {
    assert_eq!(with("CI-HSV-ACT", Some(days_ago(400))), Decision::Defer(Until::State));
    assert_eq!(with("CI-SUN", Some(days_ago(4))), Decision::Defer(Until::DateAndState(date(2026, 11, 30))));
    assert_eq!(with("CI-SUN", Some(days_ago(40))), Decision::Defer(Until::State));
}

#[test]
fn two_waits_together_take_the_later_day_and_the_state() {
    let decision = after(|patient| {
        answer(patient, rule("CI-TOXIN"), Answer::Yes, Some(days_ago(0)));
        answer(patient, rule("CI-HSV-ACT"), Answer::Yes, None);
    });
    assert_eq!(decision, Decision::Defer(Until::DateAndState(date(2026, 12, 4))));
}

#[test]
fn isotretinoin_ended_within_half_a_year_is_a_precaution_and_shows_both_sides() {
    assert_eq!(with("CI-ISO-6M", Some(days_ago(180))), Decision::SuitableWithPrecautions);
    assert_eq!(with("CI-ISO-6M", Some(days_ago(181))), Decision::Suitable);
    let mut patient = a_well_patient();
    answer(&mut patient, rule("CI-ISO-NOW"), Answer::Yes, None);
    let screening = screen(&patient, knowledge());
    assert_eq!(screening.decision, Decision::NotSuitable);
    assert!(screening.findings[0].rule.disagreement.len() >= 2);
}

#[test]
fn a_clinic_that_keeps_a_wait_after_isotretinoin_defers_until_it_is_over() {
    let mut knowledge = knowledge().clone();
    knowledge.settings.isotretinoin_wait_days.value = 90.0;
    let decided = |days| {
        let mut patient = a_well_patient();
        answer(&mut patient, rule("CI-ISO-6M"), Answer::Yes, Some(days_ago(days)));
        screen(&patient, &knowledge).decision
    };
    assert_eq!(decided(89), Decision::Defer(Until::Date(date(2026, 11, 21))));
    assert_eq!(decided(90), Decision::SuitableWithPrecautions);
}

#[test]
fn what_is_not_a_contraindication_is_listed_and_does_not_count() {
    let mut patient = a_well_patient();
    answer(&mut patient, rule("CI-BBV"), Answer::Yes, None);
    let screening = screen(&patient, knowledge());
    assert_eq!((screening.decision, screening.not_counted[0].id.as_str()), (Decision::Suitable, "CI-BBV"));
}

#[test]
fn active_acne_needs_both_answers_to_be_ruled_out() {
    let acne = |iga, pustules_or_nodules| after(|patient| patient.lesions = Lesions { iga, pustules_or_nodules });
    assert_eq!(acne(Some(1), Answer::No), Decision::Suitable);
    assert_eq!(acne(Some(2), Answer::No), Decision::SuitableWithPrecautions);
    assert_eq!(acne(Some(3), Answer::No), Decision::Defer(Until::State));
    assert_eq!(acne(Some(0), Answer::Yes), Decision::Defer(Until::State));
    assert_eq!(acne(None, Answer::Yes), Decision::Defer(Until::State));
    assert_eq!(acne(None, Answer::No), Decision::CannotDecide);
    assert_eq!(acne(Some(2), Answer::Unknown), Decision::CannotDecide);
    assert_eq!(acne(Some(3), Answer::Unknown), Decision::Defer(Until::State));
}

#[test]
fn dark_skin_is_a_precaution_unless_the_label_leaves_it_out() {
    let typed = |device: &str, fitzpatrick| {
        after(|patient| {
            patient.device = device.to_owned();
            patient.skin.fitzpatrick = fitzpatrick;
        })
    };
    assert_eq!(typed("skinpen_precision", Some(5)), Decision::SuitableWithPrecautions);
    assert_eq!(typed("skinpen_precision", None), Decision::CannotDecide);
    assert_eq!(typed("exceed", Some(4)), Decision::Suitable);
    assert_eq!(typed("exceed", Some(5)), Decision::NotSuitable);
}

#[test]
fn of_eye_and_questionnaire_the_darker_type_counts() {
    let decision = after(|patient| {
        patient.skin = Skin { fitzpatrick: Some(4), questionnaire: Some([3, 3, 3, 3, 3, 3, 3, 3, 3, 3]), colour: None };
    });
    assert_eq!(decision, Decision::SuitableWithPrecautions);
}

#[test]
fn ages_are_those_of_the_device_and_of_the_place() {
    let born = |birth| after(|patient| patient.patient.birth_date = birth);
    assert_eq!(born(date(2004, 11, 20)), Decision::Suitable);
    assert_eq!(born(date(2004, 11, 21)), Decision::SuitableWithPrecautions);
    assert_eq!(born(date(2008, 11, 20)), Decision::SuitableWithPrecautions);
    assert_eq!(born(date(2008, 11, 21)), Decision::NotSuitable);
}

#[test]
fn the_device_itself_can_speak_against_treatment() {
    let with_device = |device: &str| after(|patient| patient.device = device.to_owned());
    assert_eq!(with_device("rf_microneedling"), Decision::NotSuitable);
    assert_eq!(with_device("no_such_pen"), Decision::NotSuitable);
    assert_eq!(with_device("skinstylus"), Decision::SuitableWithPrecautions);
    let mut patient = a_well_patient();
    patient.device = "other_pen".to_owned();
    let screening = screen(&patient, knowledge());
    assert!(matches!(screening.setting[..], [SettingReason::LabelNotRead(_)]));
    assert_eq!(screening.decision, Decision::CannotDecide);
    assert!(matches!(screening.reasons()[..], [Reason::Setting(SettingReason::LabelNotRead(_))]));
    assert_eq!(after(|patient| patient.jurisdiction = "nowhere".to_owned()), Decision::NotSuitable);
}

#[test]
fn the_operator_is_trained_today_and_permitted_at_the_depth() {
    let operator = |change: fn(&mut Operator)| after(|patient| change(&mut patient.operator));
    assert_eq!(operator(|operator| operator.trained = Answer::No), Decision::NotSuitable);
    assert_eq!(operator(|operator| operator.trained = Answer::Unknown), Decision::CannotDecide);
    assert_eq!(operator(|operator| operator.training_valid_until = Some(TODAY)), Decision::Suitable);
    assert_eq!(operator(|operator| operator.training_valid_until = Some(days_ago(1))), Decision::NotSuitable);
    assert_eq!(operator(|operator| operator.training_valid_until = None), Decision::CannotDecide);
    assert_eq!(operator(|operator| operator.depth_limit_um = None), Decision::CannotDecide);
}

#[test]
fn scotland_asks_for_permitted_premises_from_one_and_a_half_millimetres() {
    let premises = |limit_um, premises_permitted| {
        after(|patient| {
            patient.operator.depth_limit_um = Some(limit_um);
            patient.operator.premises_permitted = premises_permitted;
        })
    };
    assert_eq!(premises(1_500, Answer::No), Decision::NotSuitable);
    assert_eq!(premises(1_500, Answer::Unknown), Decision::CannotDecide);
    assert_eq!(premises(1_499, Answer::No), Decision::Suitable);
}

#[test]
fn a_place_whose_law_was_not_read_is_asked_about() {
    let place = |jurisdiction: &str, premises_permitted| {
        after(|patient| {
            patient.jurisdiction = jurisdiction.to_owned();
            patient.operator.premises_permitted = premises_permitted;
        })
    };
    for jurisdiction in ["us", "england", "wales", "other"] {
        assert_eq!(place(jurisdiction, Answer::Unknown), Decision::CannotDecide, "{jurisdiction}");
        assert_eq!(place(jurisdiction, Answer::No), Decision::NotSuitable, "{jurisdiction}");
        assert_eq!(place(jurisdiction, Answer::Yes), Decision::Suitable, "{jurisdiction}");
    }
    let mut patient = a_well_patient();
    patient.jurisdiction = "wales".to_owned();
    assert_eq!(screen(&patient, knowledge()).law_not_known, ["The law of Wales on microneedling was not read."]);
}

#[test]
fn the_interval_is_longer_for_dark_skin_and_after_pigmentation() {
    let until = |fitzpatrick, pigmented| {
        let mut patient = a_well_patient();
        patient.skin.fitzpatrick = Some(fitzpatrick);
        patient.sessions.push(a_session(days_ago(7)));
        let answered = Answered { answer: pigmented, ..Answered::default() };
        patient.findings.insert(resurface_care::facts::PIGMENTATION_HISTORY.to_owned(), answered);
        screen(&patient, knowledge()).decision
    };
    let days = |days: i64| Decision::Defer(Until::Date(days_ago(7).saturating_add(days.days())));
    assert_eq!(until(4, Answer::No), days(28));
    assert_eq!(until(4, Answer::Yes), days(42));
    assert_eq!(until(4, Answer::Unknown), days(42));
    assert_eq!(until(5, Answer::No), days(42));
}

#[test]
fn a_prescriber_shortens_the_interval_to_two_weeks_and_no_further() {
    let shortened = |ago| {
        after(|patient| {
            patient.sessions.push(a_session(days_ago(ago)));
            patient.overrides.push(an_override("CI-LASTSESS"));
        })
    };
    assert_eq!(shortened(7), Decision::Defer(Until::Date(date(2026, 11, 27))));
    assert_eq!(shortened(14), Decision::SuitableWithPrecautions);
    assert_eq!(shortened(28), Decision::Suitable);
}

#[test]
fn what_follows_a_session_is_asked_once_there_was_one() {
    let unanswered = |sessions: Vec<SessionGiven>| {
        let mut patient = a_well_patient();
        patient.sessions = sessions;
        for rule in knowledge().contraindications.iter().filter(|rule| after_a_session(rule)) {
            answer(&mut patient, rule, Answer::Unknown, None);
        }
        screen(&patient, knowledge()).unanswered.len()
    };
    assert_eq!(unanswered(Vec::new()), 0);
    assert_eq!(unanswered(vec![a_session(days_ago(60))]), 4);
    assert_eq!(with("CI-GRAN", None), Decision::NotSuitable, "whatever sessions the file has");
}

#[test]
fn mostly_ice_pick_and_hypertrophic_scars_are_better_treated_otherwise() {
    let scars = |change: fn(&mut ZoneScars)| after(|patient| patient.scars.zones.iter_mut().for_each(change));
    assert_eq!(scars(|zone| zone.ice_pick = 15), Decision::Suitable);
    assert_eq!(scars(|zone| zone.ice_pick = 16), Decision::NotSuitable);
    assert_eq!(scars(|zone| zone.hypertrophic = 1), Decision::NotSuitable);
    let narrow_and_deep = |zone: &mut ZoneScars| {
        zone.measured = vec![MeasuredScar { width_mm: 1.2, depth_mm: 1.8, wall: Wall::Vertical }; 20];
    };
    assert_eq!(scars(narrow_and_deep), Decision::NotSuitable, "grading calls these ice picks too");
    assert_eq!(after(|patient| patient.scars.zones.clear()), Decision::CannotDecide);
}

#[test]
fn what_the_label_did_not_evaluate_is_named() {
    let mut patient = a_well_patient();
    answer(&mut patient, rule("CI-DM"), Answer::Yes, None);
    let screening = screen(&patient, knowledge());
    assert_eq!(screening.decision, Decision::SuitableWithPrecautions);
    assert_eq!(screening.off_label[0].rule.id, "CI-DM");
}

#[test]
fn every_rule_is_reachable_and_every_decision_has_a_sourced_reason() {
    for rule in &knowledge().contraindications {
        let mut patient = a_treatment_day();
        if after_a_session(rule) {
            patient.sessions.push(a_session(days_ago(60)));
        }
        answer(&mut patient, rule, Answer::Yes, Some(TODAY));
        let facts = resurface_care::facts::Facts::of(&patient, knowledge());
        let screening = resurface_care::screening::screen_for(resurface_care::screening::Visit::TreatmentDay, &facts);
        let counted = screening.findings.iter().any(|finding| finding.rule.id == rule.id && finding.effect != Decision::Suitable);
        let listed = screening.not_counted.iter().any(|listed| listed.id == rule.id);
        assert_eq!(counted, can_change_a_decision(rule), "{}", rule.id);
        assert_eq!(listed, rule.class == Class::NotAContraindication, "{}", rule.id);
        assert_reasoned(&screening);
    }
}

fn assert_reasoned(screening: &Screening<'_>) {
    let reasons = screening.reasons();
    assert!(!reasons.is_empty());
    for reason in reasons {
        assert!(!reason.sources().is_empty() || reason.mark() == resurface_knowledge::Mark::Ours, "{reason:?}");
        assert!(!reason.to_string().is_empty());
    }
}

#[test]
fn every_rule_that_nobody_answered_leaves_it_undecided() {
    let at_a_consultation = |rule: &&resurface_knowledge::contraindications::Contraindication| {
        rule.looked_at != LookedAt::Day && can_change_a_decision(rule) && can_be_unknown(rule)
    };
    for rule in knowledge().contraindications.iter().filter(at_a_consultation) {
        let mut patient = a_well_patient();
        if after_a_session(rule) {
            patient.sessions.push(a_session(days_ago(60)));
        }
        match &rule.trigger {
            Trigger::Asked(key) => drop(patient.findings.remove(key)),
            Trigger::Derived(fact) => derive(&mut patient, *fact, Answer::Unknown),
        }
        let screening = screen(&patient, knowledge());
        assert_eq!(screening.decision, Decision::CannotDecide, "{}", rule.id);
        assert!(screening.unanswered.iter().any(|unanswered| unanswered.rule.id == rule.id), "{}", rule.id);
        assert!(screening.unanswered.iter().all(|unanswered| !unanswered.field().is_empty()), "{}", rule.id);
        assert_reasoned(&screening);
    }
}

#[test]
fn nothing_written_advises_anybody_to_stop_a_medicine() {
    let advice = ["stop taking", "stop the", "stop your", "stop it", "discontinue", "come off", "interrupt your", "cease"];
    let negated = ["never ", "not ", "nobody should ", "do not "];
    for rule in &knowledge().contraindications {
        for text in [&rule.clinician, &rule.patient, &rule.action, &rule.clears.when, &rule.question] {
            let text = text.to_lowercase();
            for phrase in advice {
                let said = text.match_indices(phrase).any(|(at, _)| !negated.iter().any(|not| text[..at].ends_with(not)));
                let told_not_to = text.contains("never tell the patient to stop");
                assert!(!said || told_not_to, "{}: {text}", rule.id);
            }
        }
    }
}

#[test]
fn a_program_reads_the_decision_with_all_its_reasons() {
    let mut patient = a_well_patient();
    answer(&mut patient, rule("CI-TOXIN"), Answer::Yes, None);
    let read = serde_json::to_value(screen(&patient, knowledge())).unwrap();
    assert_eq!(read["decision"]["is"], "defer");
    assert_eq!(read["decision"]["until_date"], "2026-12-04");
    assert_eq!(read["findings"][0]["rule"], "CI-TOXIN");
    assert_eq!(read["reasons"][0]["sources"][0], "C9");
    assert_eq!(read["knowledge_version"], knowledge().version.full());
}

#[test]
fn a_program_reads_the_wait_that_counted() {
    let mut patient = a_well_patient();
    patient.skin.fitzpatrick = Some(5);
    patient.sessions.push(a_session(days_ago(30)));
    let read = serde_json::to_value(screen(&patient, knowledge())).unwrap();
    assert_eq!((&read["findings"][0]["rule"], &read["findings"][0]["wait_days"]), (&"CI-LASTSESS".into(), &42.into()));
    assert_eq!(read["findings"][0]["wait_mark"], "ours");
}

/// Knowledge is replaceable: rules that are not there cannot be what makes a place or device known.
#[test]
fn without_rules_the_device_still_refuses() {
    let mut knowledge = knowledge().clone();
    knowledge.contraindications.clear();
    let mut patient = a_well_patient();
    patient.device = "rf_microneedling".to_owned();
    assert_eq!(screen(&patient, &knowledge).decision, Decision::NotSuitable);
}
