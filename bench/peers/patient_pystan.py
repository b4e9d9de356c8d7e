"""One patient with Stan through PyStan: the compiled model is cached, each patient is new data."""

from importlib.metadata import version
from pathlib import Path

import numpy as np
import patients as p
import stan

CODE = (Path(__file__).parent / "patient.stan").read_text()


def update(patient_id, seed):
    dt, y, dose = p.observed(patient_id)
    th = p.THETA
    data = {
        "T": len(y), "J": len(dose), "dt": dt.tolist(), "y": y.tolist(), "dose": dose.tolist(),
        "mu_A": th["mu_A"], "sd_A": th["sd_A"], "mu_g": th["mu_g"], "sd_g": th["sd_g"],
        "mu_k": th["mu_k"], "sd_k": th["sd_k"], "mu_S": th["mu_logS0"], "sd_S": th["sd_logS0"],
        "k_out": th["k_out"], "s_add": th["sigma_add"], "s_prop": th["sigma_prop"],
    }  # fmt: skip
    model = stan.build(CODE, data=data, random_seed=seed + 1)
    fit = model.sample(num_chains=p.CHAINS, num_warmup=p.WARMUP, num_samples=p.DRAWS, delta=p.TARGET_ACCEPT)
    return np.asarray(fit["u"]).T


if __name__ == "__main__":
    before = p.cpu_seconds()
    update(p.MEASURED[0], 0)
    p.measure("Stan (pystan)", version("pystan"), update, 5, p.cpu_seconds() - before)
