//! The shipped population: complete, converged, and honest about what it rests on.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use resurface_evidence::model::PRIORS;
use serde_json::Value;

fn shipped() -> Value {
    serde_json::from_str(include_str!("../../../knowledge/population.json")).unwrap()
}

#[test]
fn it_has_every_column_and_two_thousand_draws() {
    let file = shipped();
    assert_eq!(file["schema"], "resurface.population/1");
    let columns: Vec<&str> = file["columns"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
    assert_eq!(columns, PRIORS.map(|prior| prior.name));
    let draws = file["draws"].as_array().unwrap();
    assert_eq!(draws.len(), 2000);
    assert!(draws.iter().all(|draw| draw.as_array().unwrap().iter().all(|value| value.as_f64().unwrap().is_finite())));
}

#[test]
fn its_chains_agree() {
    let file = shipped();
    assert_eq!(file["divergences"], 0);
    for (name, diagnostic) in file["diagnostics"].as_object().unwrap() {
        if let Some(r_hat) = diagnostic["r_hat"].as_f64() {
            assert!(r_hat < 1.01, "{name}: R-hat {r_hat}");
            assert!(diagnostic["ess_bulk"].as_f64().unwrap() > 400.0, "{name}");
        }
    }
}

#[test]
fn what_stays_at_its_prior_is_flagged() {
    let file = shipped();
    for (name, diagnostic) in file["diagnostics"].as_object().unwrap() {
        let contraction = diagnostic["contraction"].as_f64().unwrap();
        assert_eq!(diagnostic["flag"] == "data", contraction >= 0.5, "{name}");
    }
    for name in ["beta_sev", "dose_depth_exponent", "dose_passes_exponent"] {
        assert_eq!(file["diagnostics"][name]["flag"], "assumption only");
    }
    assert!(!file["left_out"].as_array().unwrap().is_empty());
}
