"""What every peer shares: the fixed patients, the check against the quadrature reference, and a CPU clock."""

import json
import resource
import statistics
import time
from pathlib import Path

import numpy as np
import psutil

FIXTURES = Path(__file__).resolve().parents[2] / "crates/forecast/tests/fixtures"
_FIXTURE = json.loads((FIXTURES / "patients.json").read_text())
_REFERENCE = json.loads((FIXTURES / "patients_reference.json").read_text())
THETA = _FIXTURE["theta"]
PATIENTS = {patient["id"]: patient for patient in _FIXTURE["patients"]}
# The patients measured on one continuous scale: every peer can take their likelihood as it is.
MEASURED = ["P1_typical", "P2_nonresponder", "P4_strong"]
CHAINS, WARMUP, DRAWS, TARGET_ACCEPT = 4, 1000, 1000, 0.9


def _session_weights(weeks):
    """The share of a standard session that each one delivers when it follows the last too closely."""
    weights = np.ones(len(weeks))
    weights[1:] -= THETA["rho"] * np.exp(-np.diff(weeks) / THETA["tau_rho"])
    return weights


def observed(patient_id):
    """Weeks since each session (visits x sessions), scores (visits), and delivered dose (sessions)."""
    patient = PATIENTS[patient_id]
    sessions = np.array(patient["sessions"], float)
    visits = np.array([week for week, _ in patient["score"]], float)
    scores = np.array([score for _, score in patient["score"]], float)
    dose = _session_weights(sessions) * np.array(patient["dose"], float)
    return np.maximum(visits[:, None] - sessions[None, :], 0.0), scores, dose


def improvement_after_six(u):
    """Improvement 12 weeks after session 6, for standard-normal draws u (N x 4: ceiling, gain, rate, baseline)."""
    weeks = np.arange(6) * 4.0
    elapsed = weeks[-1] + 12 - weeks
    ceiling = 1 / (1 + np.exp(-(THETA["mu_A"] + THETA["sd_A"] * u[:, 0])))
    gain = np.exp(THETA["mu_g"] + THETA["sd_g"] * u[:, 1])
    rate = np.exp(THETA["mu_k"] + THETA["sd_k"] * u[:, 2])[:, None]
    loss = THETA["k_out"]
    expressed = rate / (rate - loss) * (np.exp(-loss * elapsed) - np.exp(-rate * elapsed))
    return ceiling * (1 - np.exp(-gain * (expressed @ _session_weights(weeks))))


def cpu_seconds():
    """User and system time of this process, of its children that ended and of those still alive."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    total = time.process_time() + ended.ru_utime + ended.ru_stime
    for child in psutil.Process().children(recursive=True):
        try:
            times = child.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += sum(times[:4])  # user, system, and both for its own ended children
    return total


def measure(peer, version, update, repeats, first_use_cpu_s):
    """Times update(patient, seed) -> draws for every patient, checks each posterior, prints one JSON line."""
    patients = {}
    for patient_id in MEASURED:
        update(patient_id, 0)  # warm: whatever still is compiled for this patient is not counted
        seconds, means = [], []
        for seed in range(1, repeats + 1):
            before = cpu_seconds()
            u = update(patient_id, seed)
            seconds.append(cpu_seconds() - before)
            means.append(float(improvement_after_six(u).mean()))
        expected = _REFERENCE[patient_id]["reference"]["forecast"][1]["E_mean_sd"][0]
        patients[patient_id] = {
            "cpu_s": statistics.median(seconds),
            "e_mean": statistics.fmean(means),
            "e_mean_expected": expected,
            "e_mean_error": abs(statistics.fmean(means) - expected),
        }
    print(json.dumps({"peer": peer, "version": version, "first_use_cpu_s": first_use_cpu_s, "patients": patients}))
