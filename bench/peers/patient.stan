// One patient: improvement by the closed-form turnover model, scores with additive and proportional error.
data {
  int<lower=1> T;
  int<lower=1> J;
  matrix[T, J] dt; // weeks from session to visit, 0 before the session
  vector[T] y;
  vector[J] dose;
  real mu_A; real sd_A; real mu_g; real sd_g; real mu_k; real sd_k; real mu_S; real sd_S;
  real k_out; real s_add; real s_prop;
}
parameters {
  vector[4] u;
}
model {
  real A = inv_logit(mu_A + sd_A * u[1]);
  real g = exp(mu_g + sd_g * u[2]);
  real k = exp(mu_k + sd_k * u[3]);
  real S0 = exp(mu_S + sd_S * u[4]);
  vector[T] expressed = k / (k - k_out) * ((exp(-k_out * dt) - exp(-k * dt)) * dose);
  vector[T] m = S0 * (1 - A * (1 - exp(-g * expressed)));
  u ~ std_normal();
  y ~ normal(m, sqrt(square(s_add) + square(s_prop * m)));
}
