//! Numbers against other programs and against closed forms: the table of docs/measure-surface.md.

use crate::analytic::analytic;
use crate::consensus::consensus;
use crate::rows::Agreement;

fn all_hold(agreements: &[Agreement]) {
    let over: Vec<String> = agreements
        .iter()
        .filter(|agreement| !agreement.holds())
        .map(|it| {
            format!("{} {}: {:?} for {} of {} ({:.1e})", it.surface, it.symbol, it.found, it.expected, it.source, it.error())
        })
        .collect();
    assert!(over.is_empty(), "{over:#?}");
}

#[test]
fn measured_surfaces_agree_with_other_programs() {
    let (agreements, absent) = consensus();
    for path in absent {
        eprintln!("{path} is not here and was not compared");
    }
    assert!(agreements.len() >= 20, "the surface of this repository is always compared");
    all_hold(&agreements);
}

#[test]
fn surfaces_known_in_closed_form_have_their_parameters() {
    all_hold(&analytic());
}
