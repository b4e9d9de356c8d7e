// The population model: arm means, spreads and quartile counts of six trials, with the spread between patients
// integrated over Q nodes each for ceiling and gain. Kinds: 1 ratio of means, 2 change of a score, 3 mean percentage, 4 counts by quartile.
functions {
  // Share of the ceiling reached, by gain node and visit.
  matrix reached(matrix dt, vector dose, vector g, real k, real ko) {
    row_vector[rows(dt)] expressed = (k / (k - ko) * ((exp(-ko * dt) - exp(-k * dt)) * dose))';
    return 1 - exp(-g * expressed);
  }
  real reported_spread(real variance, real sd, real freedom) {
    return -freedom / 2 * log(variance) - freedom * square(sd) / (2 * variance);
  }
}
data {
  int Q;
  vector[Q] X;
  vector[Q] W;
  real ko;
  int S;
  array[S] int n;
  array[S] int J;
  array[S] int T;
  array[S] vector[20] ts;
  array[S] vector[5] tt;
  array[S] int open_label;
  array[S] int kind;
  array[S] vector[5] y;
  array[S] vector[5] se;
  array[S] vector[5] sd1;
  array[S] real m0;
  array[S] real sd0;
  array[4] int cnt;
}
parameters {
  real mu_A;
  real mu_g;
  real mu_k;
  real<lower=0, upper=1> rho;
  real<lower=0> omega_A;
  real<lower=0> omega_g;
  real<lower=0> tau;
  real<lower=0> sigma_pct;
  real<lower=0> sigma_score;
  real b_open;
  vector[S] z;
  real logS0;
}
model {
  mu_A ~ normal(log(0.7 / 0.3), 0.6);
  mu_g ~ normal(log(0.3), 0.5);
  mu_k ~ normal(log(1 / 8.0), 0.4);
  rho ~ beta(2, 4);
  omega_A ~ lognormal(log(0.7), 0.4);
  omega_g ~ lognormal(log(0.35), 0.4);
  tau ~ normal(0, 0.7);
  sigma_pct ~ lognormal(log(0.1), 0.4);
  sigma_score ~ lognormal(log(0.12), 0.4);
  b_open ~ normal(0.05, 0.05);
  z ~ std_normal();
  logS0 ~ normal(2.7, 0.4);
  for (s in 1 : S) {
    int Ts = T[s];
    int Js = J[s];
    real b = b_open * open_label[s];
    matrix[Ts, Js] dt;
    vector[Js] dose;
    for (t in 1 : Ts) for (j in 1 : Js) dt[t, j] = fmax(tt[s][t] - ts[s][j], 0);
    dose[1] = 1;
    for (j in 2 : Js) dose[j] = 1 - rho * exp(-(ts[s][j] - ts[s][j - 1]) / 4.0);
    // Ceiling and gain are independent, so the moments of their product are products of moments.
    vector[Q] A = inv_logit(mu_A + tau * z[s] + omega_A * X);
    matrix[Q, Ts] H = reached(dt, dose, exp(mu_g + omega_g * X), exp(mu_k), ko);
    vector[Ts] M = (W' * A) * (W' * H)';
    vector[Ts] V = (W' * square(A)) * (W' * square(H))' - square(M);
    if (kind[s] <= 2) {
      matrix[Ts, Ts] C;
      real nu = n[s] - 1;
      real S0 = exp(logS0);
      real noise = square(sigma_score * m0[s]);
      real v0 = fmax(square(sd0[s]) - noise, 0.25 * square(sd0[s]));
      real spread = 0;
      for (a in 1 : Ts) for (c in 1 : Ts) C[a, c] = se[s][a] * se[s][c] * (a == c ? 1.0 : 0.8);
      if (kind[s] == 1) y[s][1 : Ts] ~ multi_normal(M + b, C);
      else y[s][1 : Ts] ~ multi_normal(S0 * (M + b), C);
      for (t in 1 : Ts) {
        real variance = kind[s] == 1
          ? v0 * (square(1 - M[t] - b) + V[t]) + square(m0[s]) * V[t] + noise
          : square(S0) * (V[t] + 2 * square(sigma_score));
        spread += reported_spread(variance, sd1[s][t], nu);
      }
      target += spread / Ts;
    } else if (kind[s] == 3) {
      y[s][1 : Ts] ~ normal(M + b, sqrt((V + square(sigma_pct)) / n[s]));
    } else {
      vector[3] below;
      matrix[Q, Q] F = A * H[ : , 1]';
      for (c in 1 : 3) below[c] = W' * Phi((0.25 * c - F - b) / sigma_pct) * W;
      vector[4] share = [below[1], below[2] - below[1], below[3] - below[2], 1 - below[3]]';
      for (c in 1 : 4) target += cnt[c] * log(fmax(share[c], 1e-12));
    }
  }
}
