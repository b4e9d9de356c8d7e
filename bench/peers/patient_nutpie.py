"""One patient with nutpie: the PyMC model is compiled once with numba, each patient is new data."""

import logging
import warnings
from importlib.metadata import version

warnings.filterwarnings("ignore")
logging.getLogger("pymc").setLevel(logging.ERROR)

import nutpie  # noqa: E402
import patients as p  # noqa: E402
import pymc as pm  # noqa: E402
import pytensor.tensor as pt  # noqa: E402


def model():
    dt, y, dose = p.observed(p.MEASURED[0])
    th, loss = p.THETA, p.THETA["k_out"]
    with pm.Model() as built:
        dt, y, dose = pm.Data("dt", dt), pm.Data("score", y), pm.Data("dose", dose)
        u = pm.Normal("u", 0, 1, shape=4)
        ceiling = pm.math.sigmoid(th["mu_A"] + th["sd_A"] * u[0])
        gain = pt.exp(th["mu_g"] + th["sd_g"] * u[1])
        rate = pt.exp(th["mu_k"] + th["sd_k"] * u[2])
        baseline = pt.exp(th["mu_logS0"] + th["sd_logS0"] * u[3])
        expressed = rate / (rate - loss) * pt.dot(pt.exp(-loss * dt) - pt.exp(-rate * dt), dose)
        mean = baseline * (1 - ceiling * (1 - pt.exp(-gain * expressed)))
        pm.Normal("y", mean, pt.sqrt(th["sigma_add"] ** 2 + (th["sigma_prop"] * mean) ** 2), observed=y)
    return built


if __name__ == "__main__":
    before = p.cpu_seconds()
    compiled = nutpie.compile_pymc_model(model(), backend="numba")
    first_use = p.cpu_seconds() - before

    def update(patient_id, seed):
        dt, y, dose = p.observed(patient_id)
        trace = nutpie.sample(
            compiled.with_data(dt=dt, score=y, dose=dose),
            draws=p.DRAWS, tune=p.WARMUP, chains=p.CHAINS, cores=1, seed=seed,
            progress_bar=False, target_accept=p.TARGET_ACCEPT,
        )  # fmt: skip
        return trace.posterior["u"].values.reshape(-1, 4)

    p.measure("nutpie (numba)", version("nutpie"), update, 7, first_use)
