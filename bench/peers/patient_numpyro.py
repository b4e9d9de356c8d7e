"""One patient with NumPyro: the whole of MCMC.run is compiled once by jax.jit, each patient is new data.

Called as its manual shows, MCMC.run compiles again for every patient (some 6 CPU seconds). Tracing the run inside
jax.jit pays for that once, so this is NumPyro at its best.
"""

from importlib.metadata import version

import jax
import jax.numpy as jnp
import numpy as np
import numpyro
import numpyro.distributions as dist
import patients as p
from numpyro.infer import MCMC, NUTS

jax.config.update("jax_enable_x64", True)


def model(dt, y, dose):
    th, loss = p.THETA, p.THETA["k_out"]
    u = numpyro.sample("u", dist.Normal(0, 1).expand([4]).to_event(1))
    ceiling = jax.nn.sigmoid(th["mu_A"] + th["sd_A"] * u[0])
    gain = jnp.exp(th["mu_g"] + th["sd_g"] * u[1])
    rate = jnp.exp(th["mu_k"] + th["sd_k"] * u[2])
    baseline = jnp.exp(th["mu_logS0"] + th["sd_logS0"] * u[3])
    expressed = rate / (rate - loss) * ((jnp.exp(-loss * dt) - jnp.exp(-rate * dt)) @ dose)
    mean = baseline * (1 - ceiling * (1 - jnp.exp(-gain * expressed)))
    numpyro.sample("y", dist.Normal(mean, jnp.sqrt(th["sigma_add"] ** 2 + (th["sigma_prop"] * mean) ** 2)), obs=y)


@jax.jit
def sample(key, dt, y, dose):
    mcmc = MCMC(
        NUTS(model, target_accept_prob=p.TARGET_ACCEPT),
        num_warmup=p.WARMUP, num_samples=p.DRAWS, num_chains=p.CHAINS,
        chain_method="vectorized", progress_bar=False,
    )  # fmt: skip
    mcmc.run(key, dt, y, dose)
    return mcmc.get_samples()["u"]


def update(patient_id, seed):
    return np.asarray(sample(jax.random.PRNGKey(seed), *p.observed(patient_id)))


if __name__ == "__main__":
    before = p.cpu_seconds()
    update(p.MEASURED[0], 0)
    p.measure("NumPyro (jit)", version("numpyro"), update, 5, p.cpu_seconds() - before)
