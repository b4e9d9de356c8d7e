//! Points and their weights, a few at a time so that the arithmetic runs side by side.

#![expect(clippy::needless_range_loop, reason = "lists of lanes are indexed together")]

use crate::elementary::{exp, ln_positive, sqrt};
use crate::normal;
use crate::patient::{OBSERVATIONS_LIMIT, SCALES_LIMIT};
use crate::points::PointSet;
use crate::posterior::Particles;
use crate::proposals::Proposals;
use crate::record::{Event, Prior, RatingRecord, Record};
use crate::update::away_from_loss;

/// Points worked on together.
const LANES: usize = 8;
type Lanes = [f64; LANES];
const ZERO: Lanes = [0.0; LANES];

/// How often the small fit is repeated at every point.
const INNER_ITERATIONS: usize = 2;
/// How often the log baseline is improved once `A` is drawn.
const BASELINE_ITERATIONS: usize = 2;
/// Scores whose variances are multiplied before a logarithm is taken: few enough never to overflow.
const VARIANCES_PER_LOGARITHM: usize = 8;

/// Draws and weighs all points.
pub(crate) fn sample(record: &Record, proposals: &Proposals, points: &PointSet) -> Particles {
    let mut particles = Particles::zeros(points.len(), record.scales.len());
    let mut block = Block::new(record, proposals, points);
    for start in (0..points.len()).step_by(LANES) {
        block.place(start);
        block.follow_course();
        block.fit_ceiling_and_baselines();
        block.place_ceiling(start);
        for k in 0..record.scales.len() {
            block.place_baseline(k, start);
        }
        block.store(start, &mut particles);
    }
    particles.normalise();
    particles
}

/// The points being worked on.
struct Block<'a> {
    record: &'a Record,
    proposals: &'a Proposals,
    points: &'a PointSet,
    draw: [usize; LANES],
    priors: [&'a Prior; LANES],
    from_prior: [bool; LANES],
    log_g: Lanes,
    log_k: Lanes,
    logit_a: Lanes,
    ceiling: Lanes,
    log_baselines: [Lanes; SCALES_LIMIT],
    log_weight: Lanes,
    /// Signal not yet expressed right after the last session, per unit gain.
    unexpressed: Lanes,
    decays: Vec<Lanes>,
    /// Closed fraction of the ceiling at each week seen.
    closed: [Lanes; OBSERVATIONS_LIMIT],
    /// Variance of scores that grows with the square of the baseline.
    baseline_variance: [Lanes; SCALES_LIMIT],
    /// Best `logit A` given `g` and `k`, and its standard deviation.
    best_ceiling: Lanes,
    ceiling_sd: Lanes,
    /// How the best log baselines follow `logit A`.
    baseline_slope: [Lanes; SCALES_LIMIT],
}

impl<'a> Block<'a> {
    fn new(record: &'a Record, proposals: &'a Proposals, points: &'a PointSet) -> Self {
        Self {
            record,
            proposals,
            points,
            draw: [0; LANES],
            priors: [&record.priors[0]; LANES],
            from_prior: [false; LANES],
            log_g: ZERO,
            log_k: ZERO,
            logit_a: ZERO,
            ceiling: ZERO,
            log_baselines: [ZERO; SCALES_LIMIT],
            log_weight: ZERO,
            unexpressed: ZERO,
            decays: vec![[1.0; LANES]; record.gaps.len()],
            closed: [ZERO; OBSERVATIONS_LIMIT],
            baseline_variance: [ZERO; SCALES_LIMIT],
            best_ceiling: ZERO,
            ceiling_sd: [1.0; LANES],
            baseline_slope: [ZERO; SCALES_LIMIT],
        }
    }

    /// Chooses draws, `g` and `k`, and where to start looking for the rest.
    fn place(&mut self, start: usize) {
        for l in 0..LANES {
            let i = start + l;
            let m = self.proposals.draw(self.points.draw[i]);
            let (prior, proposal) = (&self.record.priors[m], &self.proposals.draws[m]);
            self.draw[l] = m;
            self.priors[l] = prior;
            self.from_prior[l] = self.points.mixture[i] < self.proposals.defensive;
            let [first, below, second] = proposal.spread;
            if self.from_prior[l] {
                self.log_g[l] = prior.mean[1] + prior.sd[1] * self.points.normal(0)[i];
                self.log_k[l] = prior.mean[2] + prior.sd[2] * self.points.normal(1)[i];
            } else {
                let (x, y) = (self.points.student(0).deviate[i], self.points.student(1).deviate[i]);
                self.log_g[l] = proposal.mean[1] + first * x;
                self.log_k[l] = proposal.mean[2] + below * x + second * y;
            }
            let (delta_g, delta_k) = (self.log_g[l] - proposal.mean[1], self.log_k[l] - proposal.mean[2]);
            let shift = |row: usize| proposal.regression[row][0] * delta_g + proposal.regression[row][1] * delta_k;
            self.best_ceiling[l] = proposal.mean[0] + shift(0);
            self.log_weight[l] = proposal.log_share;
            for (k, scale) in self.record.scales.iter().enumerate() {
                self.log_baselines[k][l] = proposal.baselines[k] + shift(1 + k);
                self.baseline_variance[k][l] = scale.variance(prior.sigma_score).baseline;
            }
        }
    }

    /// Follows the signal through sessions and visits.
    fn follow_course(&mut self) {
        let loss = self.record.turnover.loss_per_week;
        let (mut rate, mut scale) = (ZERO, ZERO);
        for l in 0..LANES {
            rate[l] = away_from_loss(exp(self.log_k[l]), loss);
            scale[l] = exp(self.log_g[l]) * rate[l] / (rate[l] - loss);
        }
        // the first gap is always 0
        for (decay, gap) in self.decays.iter_mut().zip(&self.record.gaps).skip(1) {
            for l in 0..LANES {
                decay[l] = exp(-rate[l] * gap);
            }
        }
        let doses: [&[f64]; LANES] = core::array::from_fn(|l| self.record.doses_of(self.draw[l]));
        let unlost: [&[f64]; LANES] = core::array::from_fn(|l| self.record.unlost_of(self.draw[l]));
        let mut signal = ZERO;
        self.unexpressed = ZERO;
        for step in &self.record.steps {
            let decay = &self.decays[step.gap];
            for l in 0..LANES {
                signal[l] *= decay[l];
            }
            match step.event {
                Event::Session(j) => {
                    for l in 0..LANES {
                        signal[l] += doses[l][j];
                    }
                    self.unexpressed = signal;
                }
                Event::Seen(seen) => {
                    let closed = &mut self.closed[seen];
                    for l in 0..LANES {
                        closed[l] = unlost[l][seen];
                    }
                    for l in 0..LANES {
                        closed[l] = 1.0 - exp(-scale[l] * (closed[l] - signal[l]));
                    }
                }
            }
        }
    }

    /// Fisher scoring in `logit A` and the log baselines with `g` and `k` held.
    fn fit_ceiling_and_baselines(&mut self) {
        for _ in 0..INNER_ITERATIONS {
            let (mut ceiling, mut by_logit, mut slope, mut information) = (ZERO, ZERO, ZERO, ZERO);
            for l in 0..LANES {
                let prior = self.priors[l];
                information[l] = 1.0 / (prior.sd[0] * prior.sd[0]);
                slope[l] = information[l] * (prior.mean[0] - self.best_ceiling[l]);
            }
            for l in 0..LANES {
                ceiling[l] = 1.0 / (1.0 + exp(-self.best_ceiling[l]));
                by_logit[l] = ceiling[l] * (1.0 - ceiling[l]);
            }
            for rating in &self.record.ratings {
                self.add_rating(rating, &ceiling, &by_logit, &mut slope, &mut information);
            }
            let mut steps = [ZERO; SCALES_LIMIT];
            for (k, steps) in steps.iter_mut().enumerate().take(self.record.scales.len()) {
                self.add_scores(k, &ceiling, &by_logit, &mut slope, &mut information, steps);
            }
            for l in 0..LANES {
                let step = (slope[l] / information[l]).clamp(-2.0, 2.0);
                self.best_ceiling[l] += step;
                self.ceiling_sd[l] = 1.0 / sqrt(information[l]);
                for k in 0..self.record.scales.len() {
                    let own = steps[k][l] + self.baseline_slope[k][l] * step;
                    self.log_baselines[k][l] += own.clamp(-1.0, 1.0);
                }
            }
        }
    }

    fn add_rating(&self, rating: &RatingRecord, ceiling: &Lanes, by_logit: &Lanes, slope: &mut Lanes, information: &mut Lanes) {
        let closed = &self.closed[rating.seen];
        for l in 0..LANES {
            let prior = self.priors[l];
            let expected = ceiling[l] * closed[l] + prior.optimism(rating.rater);
            let (first, second) = rating.rating.curvature(expected, prior.sigma_pct);
            let by = closed[l] * by_logit[l];
            slope[l] += first * by;
            information[l] += second * by * by;
        }
    }

    /// Adds one scale's scores with its log baseline eliminated; leaves the step the baseline would take on its own.
    fn add_scores(
        &mut self,
        k: usize,
        ceiling: &Lanes,
        by_logit: &Lanes,
        slope: &mut Lanes,
        information: &mut Lanes,
        step: &mut Lanes,
    ) {
        let scale = &self.record.scales[k];
        let variance = scale.variance(0.0);
        let precision = 1.0 / (scale.log_sd * scale.log_sd);
        let (mut baseline, mut own, mut own_slope, mut cross) = (ZERO, ZERO, ZERO, ZERO);
        for l in 0..LANES {
            baseline[l] = exp(self.log_baselines[k][l]);
            own[l] = precision;
            own_slope[l] = precision * (scale.log_mean - self.log_baselines[k][l]);
        }
        let grows = &self.baseline_variance[k];
        for &(seen, value) in &scale.scores {
            let closed = &self.closed[seen];
            for l in 0..LANES {
                // as `likelihood::score_curvature`, side by side
                let mean = baseline[l] * (1.0 - ceiling[l] * closed[l]);
                let proportional = variance.proportional * mean;
                let with_baseline = grows[l] * baseline[l] * baseline[l];
                let inverse = 1.0 / (variance.additive + proportional * mean + with_baseline);
                let scaled = (value - mean) * inverse;
                let excess = (value - mean) * scaled - 1.0;
                let mean_by_a = -baseline[l] * closed[l] * by_logit[l];
                let variance_by_a = proportional * mean_by_a * inverse;
                let variance_by_s = (proportional * mean + with_baseline) * inverse;
                slope[l] += scaled * mean_by_a + excess * variance_by_a;
                own_slope[l] += scaled * mean + excess * variance_by_s;
                information[l] += mean_by_a * mean_by_a * inverse + 2.0 * variance_by_a * variance_by_a;
                cross[l] += mean_by_a * mean * inverse + 2.0 * variance_by_a * variance_by_s;
                own[l] += mean * mean * inverse + 2.0 * variance_by_s * variance_by_s;
            }
        }
        for l in 0..LANES {
            let inverse = 1.0 / own[l];
            step[l] = own_slope[l] * inverse;
            self.baseline_slope[k][l] = -cross[l] * inverse;
            slope[l] -= cross[l] * step[l];
            information[l] -= cross[l] * cross[l] * inverse;
        }
    }

    /// Draws `logit A`, weighs `(logit A, log g, log k)` and the ratings.
    fn place_ceiling(&mut self, start: usize) {
        let defensive = self.proposals.defensive;
        for l in 0..LANES {
            let i = start + l;
            let prior = self.priors[l];
            self.logit_a[l] = if self.from_prior[l] {
                prior.mean[0] + prior.sd[0] * self.points.normal(2)[i]
            } else {
                self.best_ceiling[l] + self.ceiling_sd[l] * self.points.student(2).deviate[i]
            };
        }
        for l in 0..LANES {
            self.ceiling[l] = 1.0 / (1.0 + exp(-self.logit_a[l]));
        }
        if defensive < 1.0 {
            let mut ratio = ZERO;
            for (l, ratio) in ratio.iter_mut().enumerate() {
                *ratio = self.log_fitted_over_prior(l, start + l);
            }
            for l in 0..LANES {
                let fitted_over_prior = exp(ratio[l]) / self.ceiling_sd[l];
                self.log_weight[l] -= ln_positive(defensive + (1.0 - defensive) * fitted_over_prior);
            }
        }
        for rating in &self.record.ratings {
            let closed = &self.closed[rating.seen];
            for l in 0..LANES {
                let prior = self.priors[l];
                let expected = self.ceiling[l] * closed[l] + prior.optimism(rating.rater);
                self.log_weight[l] += rating.rating.log_likelihood(expected, prior.sigma_pct);
            }
        }
    }

    /// Log of the fitted density of `(logit A, log g, log k)` over the prior density, but for the width of `logit A`.
    #[inline(always)]
    fn log_fitted_over_prior(&self, l: usize, i: usize) -> f64 {
        let (prior, proposal) = (self.priors[l], &self.proposals.draws[self.draw[l]]);
        let z0 = (self.logit_a[l] - prior.mean[0]) / prior.sd[0];
        let z1 = (self.log_g[l] - prior.mean[1]) / prior.sd[1];
        let z2 = (self.log_k[l] - prior.mean[2]) / prior.sd[2];
        let log_student = if self.from_prior[l] {
            let [first, below, second] = proposal.spread;
            let x = (self.log_g[l] - proposal.mean[1]) / first;
            let y = (self.log_k[l] - proposal.mean[2] - below * x) / second;
            let t = (self.logit_a[l] - self.best_ceiling[l]) / self.ceiling_sd[l];
            normal::student_log_kernel(x) + normal::student_log_kernel(y) + normal::student_log_kernel(t)
        } else {
            let kernel = |latent: usize| self.points.student(latent).log_kernel[i];
            kernel(0) + kernel(1) + kernel(2)
        };
        proposal.log_constant + log_student + 0.5 * (z0 * z0 + z1 * z1 + z2 * z2)
    }

    /// Draws one log baseline near its best value given `A`, and weighs it with the scale's scores.
    fn place_baseline(&mut self, k: usize, start: usize) {
        let scale = &self.record.scales[k];
        if scale.scores.is_empty() {
            for l in 0..LANES {
                self.log_baselines[k][l] = scale.log_mean + scale.log_sd * self.points.normal(3 + k)[start + l];
            }
            return;
        }
        let (mut at, mut information) = self.best_baseline(k);
        for l in 0..LANES {
            at[l] += self.points.student(3 + k).deviate[start + l] / sqrt(information[l]);
        }
        let variance = scale.variance(0.0);
        let (mut baseline, mut squares, mut logs) = (ZERO, ZERO, ZERO);
        for l in 0..LANES {
            baseline[l] = exp(at[l]);
            let z = (at[l] - scale.log_mean) / scale.log_sd;
            squares[l] = z * z;
        }
        // `information` goes on as the product under the logarithm
        for (n, &(seen, value)) in scale.scores.iter().enumerate() {
            let closed = &self.closed[seen];
            for l in 0..LANES {
                let mean = baseline[l] * (1.0 - self.ceiling[l] * closed[l]);
                let v = variance.additive
                    + variance.proportional * mean * mean
                    + self.baseline_variance[k][l] * baseline[l] * baseline[l];
                squares[l] += (value - mean) * (value - mean) / v;
                information[l] *= v;
            }
            if n % VARIANCES_PER_LOGARITHM == VARIANCES_PER_LOGARITHM - 1 {
                for l in 0..LANES {
                    logs[l] += ln_positive(information[l]);
                    information[l] = 1.0;
                }
            }
        }
        let constant = -(scale.scores.len() as f64 + 1.0) * normal::HALF_LN_TWO_PI
            - crate::elementary::ln(scale.log_sd)
            - normal::student_log_constant();
        let kernel = &self.points.student(3 + k).log_kernel[start..start + LANES];
        for l in 0..LANES {
            logs[l] += ln_positive(information[l]);
            self.log_weight[l] += constant - kernel[l] - 0.5 * (squares[l] + logs[l]);
        }
        self.log_baselines[k] = at;
    }

    /// Best log baseline at the `A` that was drawn, and its information.
    fn best_baseline(&self, k: usize) -> (Lanes, Lanes) {
        let scale = &self.record.scales[k];
        let variance = scale.variance(0.0);
        let precision = 1.0 / (scale.log_sd * scale.log_sd);
        let (mut at, mut information) = (ZERO, ZERO);
        for l in 0..LANES {
            // a straight line in `A` stays sensible where `logit A` was drawn far out; in `logit A` it would not
            let best = 1.0 / (1.0 + exp(-self.best_ceiling[l]));
            let slope = self.baseline_slope[k][l] / (best * (1.0 - best)).max(1e-6);
            at[l] = self.log_baselines[k][l] + (slope * (self.ceiling[l] - best)).clamp(-2.0, 2.0);
        }
        for _ in 0..BASELINE_ITERATIONS {
            let (mut baseline, mut slope) = (ZERO, ZERO);
            for l in 0..LANES {
                baseline[l] = exp(at[l]);
                slope[l] = precision * (scale.log_mean - at[l]);
                information[l] = precision;
            }
            for &(seen, value) in &scale.scores {
                let closed = &self.closed[seen];
                for l in 0..LANES {
                    let mean = baseline[l] * (1.0 - self.ceiling[l] * closed[l]);
                    let growing = variance.proportional * mean * mean + self.baseline_variance[k][l] * baseline[l] * baseline[l];
                    let inverse = 1.0 / (variance.additive + growing);
                    let by_s = growing * inverse;
                    let scaled = (value - mean) * inverse;
                    slope[l] += scaled * mean + ((value - mean) * scaled - 1.0) * by_s;
                    information[l] += mean * mean * inverse + 2.0 * by_s * by_s;
                }
            }
            for l in 0..LANES {
                at[l] += (slope[l] / information[l]).clamp(-1.0, 1.0);
            }
        }
        (at, information)
    }

    fn store(&self, start: usize, particles: &mut Particles) {
        let range = start..start + LANES;
        particles.logit_a[range.clone()].copy_from_slice(&self.logit_a);
        particles.log_g[range.clone()].copy_from_slice(&self.log_g);
        particles.log_k[range.clone()].copy_from_slice(&self.log_k);
        particles.unexpressed[range.clone()].copy_from_slice(&self.unexpressed);
        for (list, lanes) in particles.log_baselines.iter_mut().zip(&self.log_baselines).take(self.record.scales.len()) {
            list[range.clone()].copy_from_slice(lanes);
        }
        for l in 0..LANES {
            particles.draw[start + l] = self.draw[l] as u32;
            let log_weight = self.log_weight[l];
            particles.log_weights[start + l] = if log_weight.is_nan() { f64::NEG_INFINITY } else { log_weight };
        }
    }
}
