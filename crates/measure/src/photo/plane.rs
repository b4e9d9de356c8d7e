//! One number for every pixel of a picture.

/// Values row after row.
#[derive(Clone)]
pub(super) struct Plane {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) values: Vec<f32>,
}

/// How many standard deviations a Gaussian reaches: what is beyond is under 0.3 % of it.
const REACH: f64 = 3.0;

impl Plane {
    pub(super) fn new(width: usize, height: usize) -> Self {
        Self { width, height, values: vec![0.0; width * height] }
    }

    /// The value at a place between pixels, linear in both directions; places outside take the value of the rim.
    #[inline]
    pub(super) fn between(&self, x: f64, y: f64) -> f32 {
        let x = x.clamp(0.0, (self.width - 1) as f64);
        let y = y.clamp(0.0, (self.height - 1) as f64);
        let (left, top) = ((x as usize).min(self.width.saturating_sub(2)), (y as usize).min(self.height.saturating_sub(2)));
        let (right, low) = ((left + 1).min(self.width - 1), (top + 1).min(self.height - 1));
        let (u, v) = ((x - left as f64) as f32, (y - top as f64) as f32);
        let at = |x: usize, y: usize| self.values[y * self.width + x];
        let upper = at(left, top) + u * (at(right, top) - at(left, top));
        let lower = at(left, low) + u * (at(right, low) - at(left, low));
        upper + v * (lower - upper)
    }

    /// Whether a place lies within the outermost pixels.
    pub(super) fn holds(&self, x: f64, y: f64) -> bool {
        x >= 0.0 && y >= 0.0 && x <= (self.width - 1) as f64 && y <= (self.height - 1) as f64
    }

    /// Smoothed with a Gaussian of this standard deviation in pixels; the rim is repeated.
    pub(super) fn smoothed(&self, sigma: f64) -> Self {
        let kernel = kernel(sigma);
        if kernel.len() == 1 {
            return self.clone();
        }
        let reach = kernel.len() - 1;
        let (width, height) = (self.width, self.height);
        let mut across = Self::new(width, height);
        let mut padded = vec![0.0; width + 2 * reach];
        for (line, out) in self.values.chunks_exact(width).zip(across.values.chunks_exact_mut(width)) {
            padded[..reach].fill(line[0]);
            padded[reach..reach + width].copy_from_slice(line);
            padded[reach + width..].fill(line[width - 1]);
            for (value, &middle) in out.iter_mut().zip(line) {
                *value = kernel[0] * middle;
            }
            for (step, weight) in kernel.iter().enumerate().skip(1) {
                let (before, after) = (&padded[reach - step..], &padded[reach + step..]);
                for ((value, before), after) in out.iter_mut().zip(before).zip(after) {
                    *value += weight * (before + after);
                }
            }
        }
        let mut smoothed = Self::new(width, height);
        let line = |y: usize| &across.values[y * width..(y + 1) * width];
        for (y, out) in smoothed.values.chunks_exact_mut(width).enumerate() {
            for (value, &middle) in out.iter_mut().zip(line(y)) {
                *value = kernel[0] * middle;
            }
            for (step, weight) in kernel.iter().enumerate().skip(1) {
                let (before, after) = (line(y.saturating_sub(step)), line((y + step).min(height - 1)));
                for ((value, before), after) in out.iter_mut().zip(before).zip(after) {
                    *value += weight * (before + after);
                }
            }
        }
        smoothed
    }

    /// Left for right.
    pub(super) fn mirrored(&self) -> Self {
        let values = self.values.chunks_exact(self.width).flat_map(|line| line.iter().rev().copied()).collect();
        Self { width: self.width, height: self.height, values }
    }

    /// Every second pixel in both directions: smooth it first.
    pub(super) fn halved(&self) -> Self {
        let (width, height) = (self.width.div_ceil(2), self.height.div_ceil(2));
        let lines = self.values.chunks_exact(self.width).step_by(2);
        let values = lines.flat_map(|line| line.iter().step_by(2).copied()).collect();
        Self { width, height, values }
    }

    /// Shrunk or stretched to this width and height, linear between pixels.
    pub(super) fn resized(&self, width: usize, height: usize) -> Self {
        let (across, down) = (self.width as f64 / width as f64, self.height as f64 / height as f64);
        let shrunk = across.max(down);
        let source = if shrunk > 1.1 { self.smoothed(0.5 * shrunk) } else { self.clone() };
        let mut out = Self::new(width, height);
        for y in 0..height {
            for x in 0..width {
                out.values[y * width + x] = source.between((x as f64 + 0.5) * across - 0.5, (y as f64 + 0.5) * down - 0.5);
            }
        }
        out
    }
}

/// The middle and one side of a Gaussian that adds up to 1.
fn kernel(sigma: f64) -> Vec<f32> {
    if sigma < 0.2 {
        return vec![1.0];
    }
    let reach = (REACH * sigma).ceil() as usize;
    let weights: Vec<f64> = (0..=reach).map(|step| libm::exp(-0.5 * (step as f64 / sigma).powi(2))).collect();
    let sum = weights[0] + 2.0 * weights[1..].iter().sum::<f64>();
    weights.into_iter().map(|weight| (weight / sum) as f32).collect()
}

/// The value below which a share of the values lies; nothing of no values.
pub(super) fn quantile(values: &mut [f32], share: f64) -> Option<f32> {
    if values.is_empty() {
        return None;
    }
    let at = ((values.len() - 1) as f64 * share).round() as usize;
    Some(*values.select_nth_unstable_by(at, f32::total_cmp).1)
}
