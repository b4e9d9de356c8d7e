# One patient with JAGS through rjags. Nothing to compile; 5000 draws a chain because its draws are more correlated.
suppressMessages({library(rjags); library(jsonlite)})
fixtures <- commandArgs(trailingOnly = TRUE)[1]
fixture <- fromJSON(file.path(fixtures, "patients.json"), simplifyVector = FALSE)
reference <- fromJSON(file.path(fixtures, "patients_reference.json"), simplifyVector = FALSE)
th <- fixture$theta
repeats <- 5

session_weights <- function(weeks) {
  weights <- rep(1, length(weeks))
  weights[-1] <- 1 - th$rho * exp(-diff(weeks) / th$tau_rho)
  weights
}
observed <- function(patient) {
  sessions <- unlist(patient$sessions)
  visits <- sapply(patient$score, function(s) s[[1]])
  list(
    T = length(visits), J = length(sessions), dt = pmax(outer(visits, sessions, "-"), 0),
    y = sapply(patient$score, function(s) s[[2]]), dose = session_weights(sessions) * unlist(patient$dose),
    mu_A = th$mu_A, sd_A = th$sd_A, mu_g = th$mu_g, sd_g = th$sd_g, mu_k = th$mu_k, sd_k = th$sd_k,
    mu_S = th$mu_logS0, sd_S = th$sd_logS0, k_out = th$k_out, s_add = th$sigma_add, s_prop = th$sigma_prop
  )
}
improvement_after_six <- function(u) {
  weeks <- (0:5) * 4
  elapsed <- weeks[6] + 12 - weeks
  k <- exp(th$mu_k + th$sd_k * u[, 3])
  expressed <- k / (k - th$k_out) * (rep(1, length(k)) %o% exp(-th$k_out * elapsed) - exp(-outer(k, elapsed)))
  plogis(th$mu_A + th$sd_A * u[, 1]) * (1 - exp(-exp(th$mu_g + th$sd_g * u[, 2]) * (expressed %*% session_weights(weeks))))
}
model <- "model {
  for (i in 1:4) { u[i] ~ dnorm(0, 1) }
  logit(A) <- mu_A + sd_A * u[1]
  g <- exp(mu_g + sd_g * u[2])
  k <- exp(mu_k + sd_k * u[3])
  S0 <- exp(mu_S + sd_S * u[4])
  for (t in 1:T) {
    for (j in 1:J) { B[t, j] <- k / (k - k_out) * (exp(-k_out * dt[t, j]) - exp(-k * dt[t, j])) * dose[j] }
    m[t] <- S0 * (1 - A * (1 - exp(-g * sum(B[t, ]))))
    y[t] ~ dnorm(m[t], 1 / (s_add * s_add + s_prop * s_prop * m[t] * m[t]))
  }
}"
update_patient <- function(patient, seed) {
  inits <- lapply(1:4, function(chain) list(.RNG.name = "base::Mersenne-Twister", .RNG.seed = 10 * seed + chain))
  compiled <- jags.model(textConnection(model), data = observed(patient), inits = inits, n.chains = 4, n.adapt = 1000, quiet = TRUE)
  as.matrix(coda.samples(compiled, "u", n.iter = 5000, progress.bar = "none"))
}
cpu_seconds <- function() sum(proc.time()[c(1, 2, 4, 5)], na.rm = TRUE)

results <- list()
for (id in c("P1_typical", "P2_nonresponder", "P4_strong")) {
  patient <- Filter(function(p) p$id == id, fixture$patients)[[1]]
  invisible(update_patient(patient, 0))
  seconds <- means <- numeric(repeats)
  for (seed in 1:repeats) {
    before <- cpu_seconds()
    u <- update_patient(patient, seed)
    seconds[seed] <- cpu_seconds() - before
    means[seed] <- mean(improvement_after_six(u))
  }
  e <- reference[[id]]$reference$forecast[[2]]$E_mean_sd[[1]]
  results[[id]] <- list(cpu_s = median(seconds), e_mean = mean(means), e_mean_expected = e, e_mean_error = abs(mean(means) - e))
}
cat(toJSON(list(peer = "JAGS", version = as.character(jags.version()), first_use_cpu_s = 0, patients = results), auto_unbox = TRUE, digits = 8), "\n")
