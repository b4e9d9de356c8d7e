"""The population fit with NumPyro: four chains run together, the whole run compiled once and then timed warm."""

from importlib.metadata import version

import jax
import jax.numpy as jnp
import numpy as np
import numpyro
import numpyro.distributions as dist
import trials as tr
from numpyro.infer import MCMC, NUTS
from patients import cpu_seconds

jax.config.update("jax_enable_x64", True)
TRIALS = tr.trials()
NODES, WEIGHTS = (jnp.array(values) for values in tr.patient_nodes())
QUARTILE_CUTS = jnp.array([0.25, 0.5, 0.75])


def reached(trial, gain, rate, refractory):
    """Share of the ceiling reached, by gain node and visit."""
    elapsed = jnp.maximum(trial["t"][:, None] - trial["sessions"][None, :], 0.0)
    gaps = np.diff(trial["sessions"])
    dose = jnp.concatenate([jnp.ones(1), 1 - refractory * jnp.exp(-gaps / tr.REFRACTORY_WEEKS)])
    loss = tr.LOSS_PER_WEEK
    expressed = rate / (rate - loss) * ((jnp.exp(-loss * elapsed) - jnp.exp(-rate * elapsed)) @ dose)
    return 1 - jnp.exp(-gain[:, None] * expressed[None, :])


def repeated(se):
    return np.outer(se, se) * (tr.VISIT_CORRELATION + (1 - tr.VISIT_CORRELATION) * np.eye(len(se)))


def model():
    mu_a = numpyro.sample("mu_A", dist.Normal(np.log(0.7 / 0.3), 0.6))
    mu_g = numpyro.sample("mu_g", dist.Normal(np.log(0.30), 0.5))
    mu_k = numpyro.sample("mu_k", dist.Normal(np.log(1 / 8), 0.4))
    rho = numpyro.sample("rho", dist.Beta(2.0, 4.0))
    omega_a = numpyro.sample("omega_A", dist.LogNormal(np.log(0.7), 0.4))
    omega_g = numpyro.sample("omega_g", dist.LogNormal(np.log(0.35), 0.4))
    tau = numpyro.sample("tau", dist.HalfNormal(0.7))
    sigma_pct = numpyro.sample("sigma_pct", dist.LogNormal(np.log(0.10), 0.4))
    sigma_score = numpyro.sample("sigma_score", dist.LogNormal(np.log(0.12), 0.4))
    b_open = numpyro.sample("b_open", dist.Normal(0.05, 0.05))
    z = numpyro.sample("z", dist.Normal(0, 1).expand([len(TRIALS)]).to_event(1))
    for i, trial in enumerate(TRIALS):
        # Ceiling and gain are independent, so the moments of their product are products of moments.
        ceiling = jax.nn.sigmoid(mu_a + tau * z[i] + omega_a * NODES)
        share = reached(trial, jnp.exp(mu_g + omega_g * NODES), jnp.exp(mu_k), rho)
        mean = (WEIGHTS @ ceiling) * (WEIGHTS @ share)
        spread = (WEIGHTS @ ceiling**2) * (WEIGHTS @ share**2) - mean**2
        offset, n, kind, name = b_open * trial["open_label"], trial["n"], trial["kind"], trial["id"]
        if kind == "ratio_of_means":
            likelihood = dist.MultivariateNormal(mean + offset, repeated(trial["se"])).log_prob(trial["y"])
            m0, sd0 = trial["m0"], trial["sd0"]
            noise = (sigma_score * m0) ** 2
            baseline = jnp.maximum(sd0**2 - noise, 0.25 * sd0**2)
            variance = baseline * ((1 - mean - offset) ** 2 + spread) + m0**2 * spread + noise
            numpyro.factor(name, likelihood + reported_spread(variance, trial))
        elif kind == "score_change":
            baseline = jnp.exp(numpyro.sample("logS0_" + name, dist.Normal(*trial["s0_prior"])))
            change = dist.MultivariateNormal(baseline * (mean + offset), repeated(trial["se"]))
            variance = baseline**2 * (spread + 2 * sigma_score**2)
            numpyro.factor(name, change.log_prob(trial["y"]) + reported_spread(variance, trial))
        elif kind == "pct_mean":
            error = jnp.sqrt((spread + sigma_pct**2) / n)
            numpyro.factor(name, dist.Normal(mean + offset, error).log_prob(trial["y"]).sum())
        else:
            by_patient = ceiling[:, None, None, None] * share[None, :, :, None]
            below = jax.scipy.stats.norm.cdf((QUARTILE_CUTS - by_patient - offset) / sigma_pct)
            cumulative = jnp.einsum("a,g,agtc->tc", WEIGHTS, WEIGHTS, below)
            edge = jnp.ones((len(cumulative), 1))
            category = jnp.diff(jnp.concatenate([0 * edge, cumulative, edge], 1))
            numpyro.factor(name, (np.array(trial["counts"]) * jnp.log(jnp.clip(category, 1e-12, 1))).sum())


def reported_spread(variance, trial):
    """A reported SD is a scaled chi-square of the variance; repeated visits count once."""
    freedom = trial["n"] - 1
    return (-freedom / 2 * jnp.log(variance) - freedom * trial["sd"] ** 2 / (2 * variance)).mean()


@jax.jit
def sample(key):
    mcmc = MCMC(
        NUTS(model, target_accept_prob=tr.TARGET_ACCEPT),
        num_warmup=tr.WARMUP, num_samples=tr.DRAWS, num_chains=tr.CHAINS,
        chain_method="vectorized", progress_bar=False,
    )  # fmt: skip
    mcmc.run(key)
    return mcmc.get_samples(group_by_chain=True), mcmc.get_extra_fields()["diverging"]


if __name__ == "__main__":
    before = cpu_seconds()
    compiled = sample.lower(jax.random.PRNGKey(0)).compile()
    first_use = cpu_seconds() - before
    before = cpu_seconds()
    draws, diverging = jax.block_until_ready(compiled(jax.random.PRNGKey(1)))
    tr.score("NumPyro", version("numpyro"), draws, cpu_seconds() - before, first_use, int(diverging.sum()))
