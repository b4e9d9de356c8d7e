"""The population fit with Stan through PyStan: the model is compiled first, then sampling is timed."""

from importlib.metadata import version
from pathlib import Path

import numpy as np
import stan
import trials as tr
from patients import cpu_seconds

if __name__ == "__main__":
    before = cpu_seconds()
    model = stan.build((Path(__file__).parent / "population.stan").read_text(), data=tr.stan_data(), random_seed=42)
    first_use = cpu_seconds() - before
    before = cpu_seconds()
    fit = model.sample(num_chains=tr.CHAINS, num_warmup=tr.WARMUP, num_samples=tr.DRAWS, delta=tr.TARGET_ACCEPT)
    sampling = cpu_seconds() - before
    # PyStan keeps draws of all chains side by side: parameter x (draw, chain).
    draws = {name: np.asarray(fit[name]).reshape(tr.DRAWS, tr.CHAINS).T for name in tr.SHARED}
    tr.score("Stan (pystan)", version("pystan"), draws, sampling, first_use, int(fit["divergent__"].sum()))
