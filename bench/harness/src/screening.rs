//! Consultations screened again and again, and the same facts laid out for another rule engine to decide.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, ensure};
use resurface_care::consultation::{Answer, Consultation};
use resurface_care::facts::Facts;
use resurface_care::form;
use resurface_care::screening::{Visit, screen, screen_for};
use resurface_knowledge::Knowledge;
use resurface_knowledge::contraindications::{Class, ClearsBy, Contraindication, LookedAt};
use resurface_knowledge::document::Format;
use serde::Serialize;

use crate::clock::median_cpu_ms;
use crate::read;

/// How often each consultation is screened in one measurement.
const ROUNDS: usize = 1000;
const REPEATS: usize = 11;

/// What was measured, and the problem as any rule engine could read it.
#[derive(Serialize)]
struct Measured<'a> {
    /// Decisions in a CPU second, consultations taken in turn.
    decisions_per_cpu_s: f64,
    rules: Vec<PlainRule<'a>>,
    consultations: Vec<PlainConsultation<'a>>,
}

/// A rule without its words.
#[derive(Serialize)]
struct PlainRule<'a> {
    id: &'a str,
    class: Class,
    window_days: Option<u16>,
    /// Days after which time alone clears the finding.
    wait_days: Option<u16>,
}

/// One consultation as answers to rules, and what was decided.
#[derive(Serialize)]
struct PlainConsultation<'a> {
    file: String,
    answers: BTreeMap<&'a str, PlainAnswer>,
    decision: &'static str,
}

#[derive(Serialize)]
struct PlainAnswer {
    answer: Answer,
    days_since: Option<i32>,
    /// How the finding counts here, where that differs from the rule's own class.
    counts_as: Option<Class>,
    overridden: bool,
}

/// Screens every consultation in a folder.
pub(crate) fn measure(folder: &str, knowledge: &Knowledge) -> Result<String> {
    let consultations: Vec<(String, Consultation)> =
        consultation_files(folder)?.into_iter().map(|path| consultation(&path, knowledge)).collect::<Result<_>>()?;
    ensure!(!consultations.is_empty(), "{folder} holds no consultation");
    let round_ms = median_cpu_ms(REPEATS, || {
        for _ in 0..ROUNDS {
            for (_, consultation) in &consultations {
                std::hint::black_box(screen(std::hint::black_box(consultation), knowledge));
            }
        }
    });
    let measured = Measured {
        decisions_per_cpu_s: (ROUNDS * consultations.len()) as f64 / (round_ms / 1e3),
        rules: knowledge.contraindications.iter().map(plain_rule).collect(),
        consultations: consultations.iter().map(|(file, it)| plain(file, it, knowledge)).collect(),
    };
    Ok(serde_json::to_string(&measured)?)
}

fn plain_rule(rule: &Contraindication) -> PlainRule<'_> {
    let by_time = matches!(rule.class, Class::Defer | Class::Precaution) && rule.clears.by == ClearsBy::Time;
    PlainRule {
        id: &rule.id,
        class: rule.class,
        window_days: rule.window_days,
        wait_days: rule.wait.as_ref().filter(|_| by_time).map(|wait| wait.days),
    }
}

fn plain<'a>(file: &str, consultation: &'a Consultation, knowledge: &'a Knowledge) -> PlainConsultation<'a> {
    let facts = Facts::of(consultation, knowledge);
    let screening = screen_for(Visit::Consultation, &facts);
    let overridden = |id: &str| screening.findings.iter().any(|found| found.rule.id == id && found.overridden.is_some());
    let answers: BTreeMap<_, _> = knowledge
        .contraindications
        .iter()
        .filter(|rule| rule_is_asked(rule, consultation))
        .map(|rule| {
            let fact = facts.about(rule);
            let days_since = fact.on.map(|on| (consultation.date - on).get_days());
            let answer =
                PlainAnswer { answer: fact.answer, days_since, counts_as: fact.counts_as, overridden: overridden(&rule.id) };
            (rule.id.as_str(), answer)
        })
        .collect();
    PlainConsultation { file: file.to_owned(), answers, decision: screening.decision.word() }
}

fn rule_is_asked(rule: &Contraindication, consultation: &Consultation) -> bool {
    match rule.looked_at {
        LookedAt::Consultation | LookedAt::ConsultationAndDay => true,
        LookedAt::Day => false,
        LookedAt::AfterASession => !consultation.sessions.is_empty(),
    }
}

fn consultation(path: &Path, knowledge: &Knowledge) -> Result<(String, Consultation)> {
    let name = path.file_name().context("a file has a name")?.to_string_lossy().into_owned();
    let format = if name.ends_with(".json") { Format::Json } else { Format::Toml };
    let read = form::read(&name, &read(path)?, format, knowledge);
    read.map(|consultation| (name, consultation)).map_err(|report| anyhow!("{report:?}"))
}

fn consultation_files(folder: &str) -> Result<Vec<PathBuf>> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .with_context(|| format!("cannot list {folder}"))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|kind| kind == "toml" || kind == "json"))
        .collect();
    files.sort();
    Ok(files)
}
