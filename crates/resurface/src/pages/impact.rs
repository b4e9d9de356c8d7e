//! The page of `resurface impact`.

use resurface_care::course::CourseLimits;
use resurface_ledger::clinic::{Direction, Impact, RuleImpact, RuleSays, Standing};

use super::{clinic, words};
use crate::envelope::Origin;
use crate::run::impact::Compared;
use crate::terminal::{Align, Column, Look, Page, Table, Tone};

/// Whose decision would change, and by which rules.
pub(crate) fn page(compared: &Compared<'_>, origin: &Origin, demonstration: bool, look: Look) -> String {
    let report = compared.report;
    let mut page = clinic::begin(demonstration, look);
    verdict(&mut page, compared, origin);
    for patient in &report.unreadable {
        page.marked("!", &format!("the chart {patient} cannot be read, and may be concerned as well: `resurface verify`"));
    }
    page.gap();
    page.field("charts", &format!("{}, {} screened both ways", report.charts, report.screened));
    page.field("not screened", &format!("{}: never screened, or not yet examined", report.not_screened));
    for (direction, name) in [
        (Direction::Stricter, "stricter"),
        (Direction::MorePermissive, "more open"),
        (Direction::Otherwise, "otherwise"),
        (Direction::LimitsOnly, "limits only"),
    ] {
        page.field(name, &report.count(direction).to_string());
    }
    if !report.changed.is_empty() {
        page.gap();
        changed(&mut page, &report.changed);
    }
    page.gap();
    page.text(&words::origin(origin));
    page.text(&format!("compared with knowledge {}", compared.other.get(..12).unwrap_or(compared.other)));
    page.finish()
}

fn verdict(page: &mut Page, compared: &Compared<'_>, origin: &Origin) {
    let today = compared.today;
    match compared.report.changed.len() {
        0 if compared.other == origin.knowledge => {
            page.verdict(Tone::Clear, "IMPACT", &format!("{today}: nobody; the other rules are those that are built in"));
        }
        0 => page.verdict(Tone::Clear, "IMPACT", &format!("{today}: nobody would be decided otherwise")),
        1 => page.verdict(Tone::Caution, "IMPACT", &format!("{today}: 1 patient is concerned")),
        concerned => page.verdict(Tone::Caution, "IMPACT", &format!("{today}: {concerned} patients are concerned")),
    }
}

fn changed(page: &mut Page, changed: &[Impact]) {
    let mut table = Table::new(vec![
        Column::new("number", Align::Left),
        Column::new("was", Align::Left),
        Column::new("would be", Align::Left),
        Column::new("because of", Align::Left),
    ])
    .last_at_least(24);
    for impact in changed {
        let decided = |standing: &Standing| standing.decision.to_string();
        table.row(vec![impact.number.clone(), decided(&impact.was), decided(&impact.becomes), because(impact)]);
    }
    page.table(&table);
}

fn because(impact: &Impact) -> String {
    let rules = impact.rules.iter().map(rule);
    let limits = limits(&impact.was.limits, &impact.becomes.limits);
    rules.chain(limits).collect::<Vec<_>>().join("; ")
}

fn rule(rule: &RuleImpact) -> String {
    format!("{}: {}, would be: {}", rule.rule, says(rule.was), says(rule.becomes))
}

fn says(says: RuleSays) -> String {
    match says {
        RuleSays::Nothing => "nothing".to_owned(),
        RuleSays::Counts(decision) => decision.to_string(),
        RuleSays::NotAnswered => "not answered".to_owned(),
    }
}

fn limits(was: &CourseLimits, becomes: &CourseLimits) -> Vec<String> {
    let days = |days: u32| format!("{days} days");
    let sessions = |sessions: usize| sessions.to_string();
    let each = [
        ("shortest interval", days(was.interval_min_days), days(becomes.interval_min_days)),
        ("longest interval", days(was.interval_max_days), days(becomes.interval_max_days)),
        ("most further sessions", sessions(was.further_sessions_max), sessions(becomes.further_sessions_max)),
        ("most sessions in all", sessions(was.total_sessions_max), sessions(becomes.total_sessions_max)),
    ];
    let differing = each.into_iter().filter(|(_, was, becomes)| was != becomes);
    differing.map(|(what, was, becomes)| format!("{what}: {was}, would be: {becomes}")).collect()
}
