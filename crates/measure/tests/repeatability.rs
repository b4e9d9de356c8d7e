//! Statistics of repeated captures against published worked examples.
#![expect(clippy::unwrap_used, reason = "a test fails where it panics")]
#![expect(
    clippy::disallowed_macros,
    clippy::print_stderr,
    reason = "these tests say how far from the published figures they are"
)]

use resurface_measure::repeatability::{Estimate, Repeatability, repeatability};

/// Peak expiratory flow of 17 people in l/min, twice with a Wright meter, twice with a mini Wright meter: Bland and Altman 1986, Lancet
/// 327:307, table 1.
const FLOW: [[f64; 4]; 17] = [
    [494.0, 490.0, 512.0, 525.0],
    [395.0, 397.0, 430.0, 415.0],
    [516.0, 512.0, 520.0, 508.0],
    [434.0, 401.0, 428.0, 444.0],
    [476.0, 470.0, 500.0, 500.0],
    [557.0, 611.0, 600.0, 625.0],
    [413.0, 415.0, 364.0, 460.0],
    [442.0, 431.0, 380.0, 390.0],
    [650.0, 638.0, 658.0, 642.0],
    [433.0, 429.0, 445.0, 432.0],
    [417.0, 420.0, 432.0, 420.0],
    [656.0, 633.0, 626.0, 605.0],
    [267.0, 275.0, 260.0, 227.0],
    [478.0, 492.0, 477.0, 467.0],
    [178.0, 165.0, 259.0, 268.0],
    [423.0, 372.0, 350.0, 370.0],
    [427.0, 421.0, 451.0, 443.0],
];

/// Six targets by four judges: Shrout and Fleiss 1979, Psychol Bull 86:420, table 2.
const JUDGES: [[f64; 4]; 6] = [
    [9.0, 2.0, 5.0, 8.0],
    [6.0, 1.0, 3.0, 2.0],
    [8.0, 4.0, 6.0, 8.0],
    [7.0, 1.0, 2.0, 6.0],
    [10.0, 5.0, 6.0, 9.0],
    [6.0, 2.0, 4.0, 7.0],
];

fn flow(first: usize, second: usize) -> Repeatability {
    repeatability(&FLOW.map(|row| vec![row[first], row[second]])).unwrap()
}

/// Holds a figure against a published one, which has so many decimals.
fn agrees(what: &str, found: f64, published: f64, decimals: i32) {
    eprintln!("{what}: {found:.5}, published {published}, error {:.1e}", found - published);
    assert!((found - published).abs() <= 0.51 * 10f64.powi(-decimals), "{what}: {found} {published}");
}

fn refused(rows: &[Vec<f64>]) -> String {
    repeatability(rows).unwrap_err().to_string()
}

#[test]
fn two_meters_agree_as_bland_and_altman_found() {
    let found = flow(0, 2).agreement.unwrap();
    agrees("bias", found.bias.value, -2.1, 1);
    agrees("its lower end", found.bias.low, -22.0, 1);
    agrees("its upper end", found.bias.high, 17.8, 1);
    agrees("sd of differences", found.sd, 38.8, 1);
    // They took 2 standard deviations, and went on with figures as rounded: 38.8, and 16.3 as standard error of a limit.
    agrees("upper limit, at 2 sd", found.upper_limit.value + 0.04 * found.sd, 75.5, 0);
    agrees("half an interval of a limit", found.upper_limit.high - found.upper_limit.value, 34.6, 0);
    assert_eq!(found.points[0], [503.0, -18.0]);
    let middle = (found.lower_limit.value + found.upper_limit.value) / 2.0;
    assert!((middle - found.bias.value).abs() < 1e-12);
}

#[test]
fn each_meter_repeats_itself_as_bland_and_altman_found() {
    // Stat Methods Med Res 1999, 8:135: within-subject standard deviations of 15.3 and 19.9, repeatability coefficients of 42 and 55
    let (wright, mini) = (flow(0, 1), flow(2, 3));
    agrees("Sw, Wright", wright.within_subject_sd.value, 15.3, 1);
    agrees("Sw, mini Wright", mini.within_subject_sd.value, 19.9, 1);
    agrees("repeatability, Wright", wright.smallest_change.value, 42.0, 0);
    agrees("repeatability, mini Wright", mini.smallest_change.value, 55.0, 0);
    // chi-square of 17 degrees of freedom: 7.564 and 30.191 (any table)
    agrees("Sw, lower end", wright.within_subject_sd.low, 15.306_669 * (17.0_f64 / 30.191).sqrt(), 3);
    agrees("Sw, upper end", wright.within_subject_sd.high, 15.306_669 * (17.0_f64 / 7.564).sqrt(), 3);
}

#[test]
fn judges_agree_as_shrout_and_fleiss_found() {
    let found = repeatability(&JUDGES.map(Vec::from)).unwrap();
    let Estimate { value, low, high } = found.correlation.unwrap();
    agrees("ICC(2,1)", value, 0.29, 2);
    // the interval that the R packages irr and psych give these data
    agrees("its lower end", low, 0.019, 3);
    agrees("its upper end", high, 0.761, 3);
    // mean square within targets 6.26, by their table 3
    agrees("mean square within", found.within_subject_sd.value.powi(2), 6.26, 2);
    assert_eq!(found.agreement, None);
}

#[test]
fn captures_may_be_missing() {
    let mut rows = FLOW.map(|row| vec![row[0], row[1]]).to_vec();
    rows.push(vec![400.0, f64::NAN]);
    assert_eq!(repeatability(&rows).unwrap(), flow(0, 1));
    // a subject with two of three counts for the error within subjects, and not for the correlation
    let three = vec![vec![1.0, 2.0, 3.0], vec![5.0, 4.0, 6.0], vec![8.0, f64::NAN, 10.0]];
    let found = repeatability(&three).unwrap();
    assert_eq!((found.subjects, found.captures), (3, 8));
    assert!((found.within_subject_sd.value - ((2.0 + 2.0 + 2.0) / 5.0_f64).sqrt()).abs() < 1e-12);
    assert_eq!(found.correlation, repeatability(&three[..2]).unwrap().correlation);
}

#[test]
fn the_unit_does_not_matter_and_the_order_of_subjects_neither() {
    let mm = FLOW.map(|row| vec![row[0] / 1e3, row[1] / 1e3]);
    let (small, large) = (repeatability(&mm).unwrap(), flow(0, 1));
    assert!((small.smallest_change.value * 1e3 / large.smallest_change.value - 1.0).abs() < 1e-12);
    assert!((small.correlation.unwrap().low - large.correlation.unwrap().low).abs() < 1e-9);
    let mut turned = FLOW.map(|row| vec![row[0], row[1]]);
    turned.reverse();
    let turned = repeatability(&turned).unwrap();
    assert!((turned.within_subject_sd.high / large.within_subject_sd.high - 1.0).abs() < 1e-12);
}

#[test]
fn one_subject_says_something_about_its_own_error_and_nothing_about_others() {
    let found = repeatability(&[vec![0.30, 0.34]]).unwrap();
    assert!((found.within_subject_sd.value - 0.04 / 2f64.sqrt()).abs() < 1e-12);
    // one degree of freedom: the true error may be thirty times as large
    assert!(found.smallest_change.high > 30.0 * found.smallest_change.value);
    assert_eq!((found.correlation, found.agreement), (None, None));
}

#[test]
fn what_says_nothing_is_refused() {
    assert_eq!(refused(&[]), "no subject was captured twice, so nothing can be said about repeats");
    assert_eq!(refused(&[vec![1.0], vec![2.0]]), "no subject was captured twice, so nothing can be said about repeats");
    assert_eq!(refused(&[vec![1.0, f64::NAN]]), "no subject was captured twice, so nothing can be said about repeats");
    assert_eq!(refused(&[vec![1.0, 2.0], vec![3.0]]), "subject 2 has 1 captures, and the first has 2: leave a missing one empty");
    assert_eq!(refused(&[vec![1.0, 2.0], vec![3.0, f64::INFINITY]]), "a capture of subject 2 is no number");
    let alike = refused(&[vec![0.3, 0.3], vec![0.4, 0.4]]);
    assert_eq!(
        alike,
        "all repeated captures are exactly alike, as copies of one are: capture again, the instrument put down in between"
    );
}
