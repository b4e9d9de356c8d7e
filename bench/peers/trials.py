"""The six trials of studies.json, prepared alike for every peer, and how a fit is scored."""

import json
from pathlib import Path

import arviz as az
import numpy as np
from scipy.stats import t as student_t

FIXTURES = Path(__file__).resolve().parents[2] / "crates/evidence/tests/fixtures"
SHARED = ["mu_A", "mu_g", "mu_k", "rho", "omega_A", "omega_g", "tau", "sigma_pct", "sigma_score", "b_open"]
CHAINS, WARMUP, DRAWS, TARGET_ACCEPT = 4, 1000, 1000, 0.95
LOSS_PER_WEEK, REFRACTORY_WEEKS, VISIT_CORRELATION = np.log(2) / 520, 4.0, 0.8
_KINDS = {"ratio_of_means": 1, "score_change": 2, "pct_mean": 3, "quartile_counts": 4}


def trials():
    """Each trial with its improvement `y`, standard error `se` and spread `sd`, by visit."""
    prepared = []
    for trial in json.loads((FIXTURES / "studies.json").read_text())["studies"]:
        trial["sessions"], trial["t"] = np.array(trial["sessions"], float), np.array(trial["t"], float)
        n = trial["n"]
        if trial["kind"] == "ratio_of_means":
            m0, sd0, m1, sd1 = trial["m0"], trial["sd0"], np.array(trial["m1"]), np.array(trial["sd1"])
            relative = sd1**2 / m1**2 + sd0**2 / m0**2 - 2 * trial["r"] * sd0 * sd1 / (m0 * m1)
            trial |= {"y": 1 - m1 / m0, "se": m1 / m0 * np.sqrt(relative / n), "sd": sd1}
        elif trial["kind"] == "score_change":
            low, high = np.array(trial["ci"]).T
            se = (high - low) / 2 / student_t.ppf(0.975, n - 1)
            trial |= {"y": np.array(trial["d"]), "se": se, "sd": se * np.sqrt(n)}
        elif trial["kind"] == "pct_mean":
            trial["y"] = np.array(trial["y"])
        prepared.append(trial)
    return prepared


def patient_nodes():
    """Nine Gauss-Hermite nodes and weights, used for the ceiling and for the gain of patients alike."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(9)
    return nodes, weights / weights.sum()


def stan_data():
    """The same trials padded into the arrays of population.stan."""

    def pad(values, length):
        return [float(v) for v in values] + [0.0] * (length - len(values))

    rows = trials()
    nodes, weights = patient_nodes()
    return {
        "Q": len(nodes), "X": nodes.tolist(), "W": weights.tolist(), "ko": LOSS_PER_WEEK,
        "S": len(rows), "n": [r["n"] for r in rows], "J": [len(r["sessions"]) for r in rows],
        "T": [len(r["t"]) for r in rows], "ts": [pad(r["sessions"], 20) for r in rows],
        "tt": [pad(r["t"], 5) for r in rows], "open_label": [r["open_label"] for r in rows],
        "kind": [_KINDS[r["kind"]] for r in rows], "y": [pad(r.get("y", []), 5) for r in rows],
        "se": [pad(r.get("se", []), 5) for r in rows], "sd1": [pad(r.get("sd", []), 5) for r in rows],
        "m0": [r.get("m0", 1.0) for r in rows], "sd0": [r.get("sd0", 1.0) for r in rows],
        "cnt": next(r["counts"][0] for r in rows if r["kind"] == "quartile_counts"),
    }  # fmt: skip


def score(peer, version, draws, sampling_cpu_s, first_use_cpu_s, divergences):
    """One JSON line from draws by name (chains x draws): effective samples of the slowest shared parameter."""
    draws = {name: np.asarray(draws[name]) for name in SHARED}
    effective = {name: float(az.ess(values, method="bulk")) for name, values in draws.items()}
    slowest = min(effective, key=effective.get)
    result = {
        "peer": peer,
        "version": version,
        "sampling_cpu_s": sampling_cpu_s,
        "first_use_cpu_s": first_use_cpu_s,
        "slowest": slowest,
        "ess_min": effective[slowest],
        "ess_per_cpu_s": effective[slowest] / sampling_cpu_s,
        "r_hat_max": max(float(az.rhat(values)) for values in draws.values()),
        "divergences": divergences,
        "mean": {name: float(values.mean()) for name, values in draws.items()},
        "sd": {name: float(values.std()) for name, values in draws.items()},
    }
    print(json.dumps(result))
