//! How much the scars are likely to improve: the course table with its intervals, and what the forecast rests on.

use resurface_care::course::{CourseRow, NotAllowed, Outlook};
use resurface_care::plan::{ForecastLabel, PatientForecast, Plan, RestsOn, Standing, Trust};

use super::{Extent, words};
use crate::terminal::{Align, Column, Interval, IntervalPlot, Page, Table};

/// The trial data of the fit that [`OUT_OF_SAMPLE`] speaks of.
const FITTED_DATA_SHA256: &str = "8bd82b0d46baf8d9523a473deb94ec63609917dbcdb032db043975690325f806";
/// How the fit did on studies it had not seen, as `--validate` prints it. Of the population that comes with the program: seed
/// 20240601. Earlier samplers and other lengths of the chains gave 13 and 14: some studies lie on the border.
const OUT_OF_SAMPLE: &str = "each study predicted from the others fell inside its 90 % interval in 12 of 17 cases, where about 15 \
                             were due: the intervals between studies are somewhat too narrow, so read the wider ones \
                             (`resurface evidence fit --validate`, in a build with `--features fit`)";

/// The fewest columns in which intervals are drawn.
const PLOT_COLUMNS_MIN: usize = 21;
/// The most columns in which they are drawn.
const PLOT_COLUMNS_MAX: usize = 51;

/// The forecast, or why there is none.
pub(super) fn section(page: &mut Page, plan: &Plan, extent: Extent) {
    let Some(forecast) = &plan.forecast else {
        page.heading("No forecast");
        for why in &plan.extrapolation {
            page.marked("x", why.words());
        }
        if plan.extrapolation.is_empty() {
            page.marked("x", "no interval between sessions is allowed for this patient, so there is no course to forecast");
        }
        return;
    };
    let label = match forecast.label {
        ForecastLabel::ForThisPatient => "How much better, for this patient",
        ForecastLabel::IfItBecameSuitable => "How much better, if needling became suitable (not a proposal)",
    };
    page.heading(&format!("{label}: 3 months after n sessions, one every {} weeks", forecast.interval_weeks));
    warnings(page, plan, forecast);
    table(page, plan, forecast);
    three_intervals(page, forecast);
    intervals_compared(page, forecast);
    inputs(page, plan, forecast, extent);
}

fn warnings(page: &mut Page, plan: &Plan, forecast: &PatientForecast) {
    if forecast.computation.trust == Trust::Doubtful {
        page.marked("x", "DO NOT TRUST these numbers: the computation says they may be off by more than its stated error.");
    }
    for why in &plan.extrapolation {
        page.marked("!", &format!("{}.", sentence(why.words())));
    }
}

/// One row for each number of sessions: numbers on the left, the same drawn on the right.
fn table(page: &mut Page, plan: &Plan, forecast: &PatientForecast) {
    let goal = f64::from(plan.goal.improvement_percent);
    let look = page.look();
    let empty = Table::new(vec![
        Column::new(" ", Align::Left),
        Column::new("n", Align::Right),
        Column::new("median", Align::Right),
        Column::droppable("half", Align::Right, 6),
        Column::droppable("80 in 100", Align::Right, 1),
        Column::droppable("95 in 100", Align::Right, 5),
        Column::droppable("≥ 25 %", Align::Right, 3),
        Column::droppable("≥ 50 %", Align::Right, if goal == 50.0 { 7 } else { 4 }),
        Column::new(&format!("goal {goal:.0} %"), Align::Right),
        Column::droppable("adds", Align::Right, 2),
        Column::new("", Align::Left),
    ])
    .last_at_least(PLOT_COLUMNS_MIN);
    let plot = IntervalPlot { axis: (0.0, 100.0), goal: Some(goal), width: PLOT_COLUMNS_MIN, charset: look.charset };
    let mut measured = empty.clone();
    rows(plan, forecast, &plot).into_iter().for_each(|row| measured.row(row));
    let plot = IntervalPlot { width: measured.last_width(look).min(PLOT_COLUMNS_MAX), ..plot };
    let mut table = empty;
    rows(plan, forecast, &plot).into_iter().for_each(|row| table.row(row));
    page.table(&table);
    page.text(&format!("{}.", plot.legend()));
    let chosen = chosen(plan).map(|_| "> the course chosen. ").unwrap_or_default();
    page.text(&format!(
        "{chosen}n: sessions in all. A row in brackets: more than the protocol allows. goal: chance of reaching it. adds: points \
         that the last session adds to the mean. All in percent of the severity {}.",
        words::counted_from(plan.goal.counted_from)
    ));
}

fn rows(plan: &Plan, forecast: &PatientForecast, plot: &IntervalPlot) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    if let Some([three_months, _]) = &forecast.stopping_now {
        let given = plan.inputs.sessions.len();
        rows.push(row("stop", &given.to_string(), three_months, None, plot));
    }
    for course in forecast.courses.iter().filter(|course| course.interval_weeks == forecast.interval_weeks) {
        let sign = if chosen(plan) == Some(course.further_sessions) { ">" } else { " " };
        let number = if course.not_allowed.is_empty() {
            course.total_sessions.to_string()
        } else {
            format!("({})", course.total_sessions)
        };
        rows.push(row(sign, &number, &course.at_three_months, Some(course.gain_of_last_session_points), plot));
    }
    let mut axis = vec![String::new(); 11];
    axis[10] = plot.axis();
    rows.push(axis);
    rows
}

fn row(sign: &str, number: &str, ahead: &Outlook, gain: Option<f64>, plot: &IntervalPlot) -> Vec<String> {
    let hundred = |span: resurface_care::course::Span| (100.0 * span.low, 100.0 * span.high);
    let interval = Interval {
        median: 100.0 * ahead.median,
        half: hundred(ahead.interval_50),
        eighty: hundred(ahead.interval_80),
        ninety_five: hundred(ahead.interval_95),
    };
    vec![
        sign.to_owned(),
        number.to_owned(),
        words::percent(ahead.median),
        words::span(ahead.interval_50),
        words::span(ahead.interval_80),
        words::span(ahead.interval_95),
        words::chance(ahead.chance_of_quarter),
        words::chance(ahead.chance_of_half),
        words::chance(ahead.chance_of_goal),
        gain.map_or_else(|| "-".to_owned(), |points| format!("+{points:.0}")),
        plot.row(&interval),
    ]
}

/// Further sessions of the course chosen, where one is.
fn chosen(plan: &Plan) -> Option<usize> {
    match &plan.standing {
        Standing::Proposed { proposal } | Standing::AfterDeferral { would_be: proposal, .. } => {
            Some(proposal.choice.further_sessions)
        }
        Standing::Withheld { .. } => None,
    }
}

/// Three intervals that must not be confused with each other.
fn three_intervals(page: &mut Page, forecast: &PatientForecast) {
    page.heading(&format!("Three intervals, {} sessions every {} weeks", forecast.total_sessions, forecast.interval_weeks));
    let said = |ahead: &Outlook| {
        format!(
            "{} (80 in 100: {}; 95 in 100: {})",
            words::percent(ahead.median),
            words::span(ahead.interval_80),
            words::span(ahead.interval_95)
        )
    };
    page.field(
        "typical",
        &format!("{}: a new patient of a clinic like the average of the trials", said(&forecast.typical_new_patient)),
    );
    page.field(
        "new clinic",
        &format!("{}: a new patient of a clinic that was in no trial; clinics differ too", said(&forecast.new_clinic)),
    );
    page.field("this patient", &format!("{}: {}", said(&forecast.this_patient), rests_on(forecast.rests_on)));
    page.field("as published", &as_published(forecast));
}

/// What an open-label study would report; where that is the same, why that is no proof of sober raters.
fn as_published(forecast: &PatientForecast) -> String {
    let (published, adjusted) =
        (words::percent(forecast.optimism.as_published_median), words::percent(forecast.optimism.bias_adjusted_median));
    if published == adjusted {
        return format!(
            "{published} as well, which proves nothing: no trial with blinded raters is in the fit, so the hope of open raters is \
             mostly assumption, and the one trial with an untreated side was kept aside. What untreated skin and hope add is \
             still in these numbers"
        );
    }
    format!("an open-label study would report about {published}; the optimism of open raters is taken off everywhere here")
}

const fn rests_on(rests_on: RestsOn) -> &'static str {
    match rests_on {
        RestsOn::TrialsAlone => "trials alone, nothing of this patient's own yet",
        RestsOn::ScarTypes => "trials and this patient's scar types; no outcome of their own yet",
        RestsOn::OwnOutcomes => "trials, scar types and this patient's own outcomes",
    }
}

/// The same number of sessions at other intervals, in one line.
fn intervals_compared(page: &mut Page, forecast: &PatientForecast) {
    let same = forecast.courses.iter().filter(|course| course.total_sessions == forecast.total_sessions);
    let each: Vec<String> = same.map(compared).collect();
    if each.is_empty() {
        return;
    }
    page.field(
        "intervals",
        &format!("{}. The trials cannot tell intervals apart: safety and the calendar choose.", each.join(", ")),
    );
}

fn compared(course: &CourseRow) -> String {
    let short = course.not_allowed.contains(&NotAllowed::IntervalTooShort);
    let note = if short { " (too short for this patient)" } else { "" };
    format!("every {} weeks {}{note}", course.interval_weeks, words::percent(course.at_three_months.median))
}

/// What the forecast used, what it could not use, and what is mostly assumption.
fn inputs(page: &mut Page, plan: &Plan, forecast: &PatientForecast, extent: Extent) {
    if extent == Extent::Full {
        page.heading("What the forecast was told");
        match &plan.inputs.scar_types {
            Some(types) => page.item(&format!(
                "scar types: rolling {}, boxcar {}, ice pick {}",
                words::percent(types.rolling),
                words::percent(types.boxcar),
                words::percent(types.ice_pick)
            )),
            None => page.item("scar types: not counted, an average mix"),
        }
        if plan.inputs.used.is_empty() {
            page.item("outcomes: none that it can use");
        }
        for used in &plan.inputs.used {
            page.item(&format!(
                "{}: {} {} (read as {})",
                used.date,
                words::scale(used.scale),
                used.value,
                words::of(&used.read_as)
            ));
        }
        for session in &plan.inputs.sessions {
            let day = session.date.map(|day| day.to_string()).unwrap_or_default();
            let assumed: Vec<String> = session.assumed.iter().map(words::of).collect();
            let assumed = if assumed.is_empty() { String::new() } else { format!("; assumed: {}", assumed.join(", ")) };
            page.item(&format!(
                "{day}: session, {:.0} % of the scars, {:.0} um, {:.0} passes{assumed}",
                100.0 * session.treated_share,
                session.depth_um,
                session.passes
            ));
        }
    }
    for left in &plan.inputs.left_out {
        let value = left.value.map(|value| format!(" {value}")).unwrap_or_default();
        page.field("not used", &format!("{} {}{value}: {}", left.date, words::scale(left.scale), left.why.words()));
    }
    match extent {
        Extent::Glance => page.field(
            "assumed",
            &format!(
                "{} of the model's parameters rest mostly on assumption, among them the effect of depth, passes and interval",
                forecast.mostly_assumption.len()
            ),
        ),
        Extent::Full => {
            page.field("assumed", &format!("rest mostly on assumption: {}", words::parameters(&forecast.mostly_assumption)));
            reliability(page, plan, forecast);
        }
    }
}

/// How far the numbers can be believed: error of the computation, and how the model did on trials it had not seen.
fn reliability(page: &mut Page, plan: &Plan, forecast: &PatientForecast) {
    let computation = &forecast.computation;
    page.field(
        "computed",
        &format!(
            "{} points, worth {:.0} independent ones; error of the computation in a chance at most {:.1} points",
            computation.points,
            computation.effective_points,
            100.0 * forecast.this_patient.monte_carlo_error
        ),
    );
    let known = plan.population.data_sha256 == FITTED_DATA_SHA256;
    page.field(
        "reliability",
        if known { OUT_OF_SAMPLE } else { "not known here: this is not the population that comes with the program" },
    );
}

fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
