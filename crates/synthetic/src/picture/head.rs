//! The head, its neck and gown, and the wall behind. Light falls from the upper left.
//!
//! What is smooth is worked out on every fourth pixel and spread between; what has an edge is worked out on each.

use super::{Canvas, Colour, HEIGHT, Look, WIDTH};

/// Centre and half axes of the head, in pixels.
pub(super) const CENTRE: (f32, f32) = (192.0, 236.0);
pub(super) const AXES: (f32, f32) = (124.0, 164.0);
/// Where the light comes from: left, above, in front.
pub(super) const LIGHT: (f32, f32, f32) = (-0.40, -0.42, 0.815);

/// Skin in daylight by Fitzpatrick type, I to VI. Ours, by eye.
const TONES: [Colour; 6] = [
    [0.957, 0.847, 0.792],
    [0.925, 0.776, 0.690],
    [0.851, 0.671, 0.541],
    [0.722, 0.522, 0.384],
    [0.553, 0.376, 0.267],
    [0.427, 0.290, 0.222],
];
const WALL: Colour = [0.780, 0.808, 0.824];
const CAP: Colour = [0.690, 0.800, 0.806];
const GOWN: Colour = [0.604, 0.725, 0.745];

/// Pixels between two points of the coarse grid.
const COARSE: usize = 4;
const COLUMNS: usize = WIDTH / COARSE + 1;
const ROWS: usize = HEIGHT / COARSE + 1;

/// A soft bump or hollow of the face: place on the unit ellipsoid (right, down, forward), width, height.
struct Bump {
    at: (f32, f32, f32),
    width: (f32, f32),
    height: f32,
}

const fn bump(at: (f32, f32, f32), width: (f32, f32), height: f32) -> Bump {
    Bump { at, width, height }
}

/// Brows, sockets, nose, cheekbones, lips, chin, ears.
const FEATURES: [Bump; 19] = [
    bump((0.34, -0.24, 0.92), (0.17, 0.060), 0.045),
    bump((-0.34, -0.24, 0.92), (0.17, 0.060), 0.045),
    bump((0.36, -0.10, 0.90), (0.15, 0.085), -0.080),
    bump((-0.36, -0.10, 0.90), (0.15, 0.085), -0.080),
    bump((0.0, 0.02, 1.04), (0.055, 0.17), 0.085),
    bump((0.0, 0.205, 1.10), (0.085, 0.065), 0.120),
    bump((0.095, 0.225, 1.00), (0.050, 0.045), 0.040),
    bump((-0.095, 0.225, 1.00), (0.050, 0.045), 0.040),
    bump((0.56, 0.06, 0.80), (0.17, 0.11), 0.050),
    bump((-0.56, 0.06, 0.80), (0.17, 0.11), 0.050),
    bump((0.0, 0.435, 0.96), (0.15, 0.038), 0.040),
    bump((0.0, 0.520, 0.94), (0.13, 0.045), 0.050),
    bump((0.0, 0.600, 0.92), (0.16, 0.035), -0.030),
    bump((0.0, 0.760, 0.80), (0.17, 0.10), 0.060),
    bump((0.0, -0.55, 0.85), (0.50, 0.22), 0.030),
    bump((0.96, 0.02, -0.16), (0.050, 0.120), 0.110),
    bump((-0.96, 0.02, -0.16), (0.050, 0.120), 0.110),
    bump((0.95, 0.01, -0.10), (0.022, 0.070), -0.050),
    bump((-0.95, 0.01, -0.10), (0.022, 0.070), -0.050),
];

/// Soft dark lines: from, over, to (x and y on the ellipsoid), half width in pixels, darkness.
struct Line {
    from: (f32, f32),
    bend: f32,
    to: (f32, f32),
    half_width: f32,
    darkness: f32,
}

const LINES: [Line; 5] = [
    Line { from: (0.22, -0.085), bend: 0.035, to: (0.50, -0.085), half_width: 1.4, darkness: 0.42 },
    Line { from: (-0.50, -0.085), bend: 0.035, to: (-0.22, -0.085), half_width: 1.4, darkness: 0.42 },
    Line { from: (-0.19, 0.478), bend: 0.012, to: (0.19, 0.478), half_width: 1.3, darkness: 0.34 },
    Line { from: (0.045, 0.272), bend: 0.008, to: (0.095, 0.262), half_width: 1.8, darkness: 0.30 },
    Line { from: (-0.095, 0.262), bend: 0.008, to: (-0.045, 0.272), half_width: 1.8, darkness: 0.30 },
];

/// A point of the ellipsoid after the head has turned.
pub(super) fn turn((x, y, z): (f32, f32, f32), (cosine, sine): (f32, f32)) -> (f32, f32, f32) {
    (x * cosine - z * sine, y, x * sine + z * cosine)
}

/// How far forward the ellipsoid is at a place, 0 at its outline.
pub(super) fn forward(x: f32, y: f32) -> f32 {
    (1.0 - x * x - y * y).max(0.0).sqrt()
}

pub(super) fn paint(turned: (f32, f32), look: &Look) -> Canvas {
    let tone = TONES[usize::from(look.fitzpatrick.clamp(1, 6)) - 1];
    let grid = Grid::new(turned, tone, look);
    let mut canvas = Canvas { pixels: vec![[0.0; 3]; WIDTH * HEIGHT] };
    for (row, line) in canvas.pixels.chunks_exact_mut(WIDTH).enumerate() {
        let y = row as f32;
        wall(line, y);
        gown(line, y);
        neck(line, y, tone);
        if turned.1 == 0.0 {
            ears(line, y, tone);
        }
        head(line, row, &grid);
    }
    for line in &LINES {
        draw(&mut canvas, line, turned);
    }
    canvas
}

fn wall(line: &mut [Colour], y: f32) {
    let shade = 1.04 - 0.20 * (y / HEIGHT as f32);
    for (column, pixel) in line.iter_mut().enumerate() {
        let shade = shade - 0.0004 * (column as f32 - CENTRE.0);
        *pixel = WALL.map(|channel| channel * shade);
    }
}

fn gown(line: &mut [Colour], y: f32) {
    let below = y - 416.0;
    if below <= 0.0 {
        return;
    }
    for (column, pixel) in line.iter_mut().enumerate() {
        let across = (column as f32 - CENTRE.0) / 188.0;
        let inside = below - 11.0 - 60.0 * across * across;
        if inside > -2.0 {
            let shade = 0.88 - 0.22 * across + 0.10 * (below / 96.0);
            *pixel = mix(*pixel, GOWN.map(|channel| channel * shade), edge(inside, 1.0));
        }
    }
}

fn neck(line: &mut [Colour], y: f32, tone: Colour) {
    if !(300.0..490.0).contains(&y) {
        return;
    }
    let half = 54.0 + 20.0 * ((y - 416.0) / 72.0).clamp(0.0, 1.0).powi(2);
    let lower = ((y - 384.0) / 88.0).clamp(0.0, 1.0);
    for (column, pixel) in line.iter_mut().enumerate() {
        let across = (column as f32 - CENTRE.0) / half;
        let inside = half * (1.0 - across.abs());
        if inside > -2.0 {
            let collar = 454.0 + 27.0 * (1.0 - across * across);
            let shade = 0.64 - 0.16 * across - 0.10 * across * across + 0.14 * lower;
            *pixel = mix(*pixel, tone.map(|channel| channel * shade), edge(inside.min(collar - y), 1.0));
        }
    }
}

/// From the front both ears show beside the head.
fn ears(line: &mut [Colour], y: f32, tone: Colour) {
    let along = (y - CENTRE.1 - 6.0) / 25.0;
    if along.abs() > 1.1 {
        return;
    }
    for side in [-1.0, 1.0] {
        let middle = CENTRE.0 + side * (AXES.0 - 1.0);
        for (column, pixel) in line.iter_mut().enumerate().skip((middle - 13.0) as usize).take(27) {
            let across = (column as f32 - middle) / 11.0;
            let distance = (across * across + along * along).sqrt();
            let rim = 1.0 - (distance - 0.75).abs();
            let shade = 0.60 - 0.16 * side + 0.14 * rim;
            *pixel = mix(*pixel, tone.map(|channel| channel * shade), edge(11.0 * (1.0 - distance), 1.0));
        }
    }
}

/// The head of one row, its cap above the brow.
fn head(line: &mut [Colour], row: usize, grid: &Grid) {
    let y = row as f32;
    let v = (y - CENTRE.1) / AXES.1;
    let egg = 1.0 + NARROWER_BELOW * v.max(0.0) * v.max(0.0);
    let half = ((1.03 - v * v) / egg).max(0.0).sqrt() * AXES.0 + 2.0;
    if v.abs() > 1.015 {
        return;
    }
    let (left, right) = ((CENTRE.0 - half).max(0.0) as usize, ((CENTRE.0 + half) as usize).min(WIDTH - 1));
    for (column, pixel) in line.iter_mut().enumerate().take(right + 1).skip(left) {
        let u = (column as f32 - CENTRE.0) / AXES.0;
        let inside = (1.0 - (u * u * egg + v * v).sqrt()) * AXES.0;
        if inside > -1.0 {
            let (mut colour, shade) = grid.at(column, row);
            let cap = (CAP_EDGE + 0.16 * u * u - v) * AXES.1;
            if cap > -3.0 {
                let shade = shade * 1.02 - 0.03 * edge(6.0 - cap, 3.0);
                colour = mix(colour, CAP.map(|channel| channel * shade), edge(cap, 1.0));
            }
            *pixel = mix(*pixel, colour, edge(inside, 1.0));
        }
    }
}

/// The outline is an egg: how much narrower the jaw is than the brow.
const NARROWER_BELOW: f32 = 0.32;
/// Edge of the cap at its middle.
const CAP_EDGE: f32 = -0.62;

/// Light on a place of the head, the bumps with it.
fn lit(u: f32, v: f32, bumps: &[Bump]) -> f32 {
    let radius = (u * u + v * v).sqrt().max(1e-6);
    let inward = if radius > 0.985 { 0.985 / radius } else { 1.0 };
    let (x, y) = (u * inward, v * inward);
    let z = forward(x, y);
    let (mut across, mut along) = (x, y);
    for Bump { at, width, height } in bumps {
        let (dx, dy) = ((x - at.0) / width.0, (y - at.1) / width.1);
        let squared = dx * dx + dy * dy;
        if squared < 9.0 {
            let swell = height * fast_exp(-0.5 * squared);
            across += swell * dx / width.0;
            along += swell * dy / width.1;
        }
    }
    let length = (across * across + along * along + z * z).sqrt().max(1e-6);
    let facing = ((across * LIGHT.0 + along * LIGHT.1 + z * LIGHT.2) / length).max(0.0);
    let sheen = facing * facing * facing * facing;
    0.42 + 0.56 * facing + 0.10 * sheen * sheen * sheen
}

/// `exp(x)` for `x` of at most 0, close enough for shading.
pub(super) fn fast_exp(x: f32) -> f32 {
    let base = (1.0 + x / 16.0).max(0.0);
    let squared = base * base;
    let fourth = squared * squared;
    let eighth = fourth * fourth;
    eighth * eighth
}

/// Skin and bare light on every fourth pixel.
struct Grid {
    skin: Vec<Colour>,
    light: Vec<f32>,
}

impl Grid {
    fn new(turned: (f32, f32), tone: Colour, look: &Look) -> Self {
        let bumps: Vec<Bump> = FEATURES.iter().filter_map(|feature| feature.turned(turned)).collect();
        let flush = redness_places(turned);
        let redness = look.redness as f32;
        let mut grid = Self { skin: Vec::with_capacity(COLUMNS * ROWS), light: Vec::with_capacity(COLUMNS * ROWS) };
        for row in 0..ROWS {
            let v = ((row * COARSE) as f32 - CENTRE.1) / AXES.1;
            for column in 0..COLUMNS {
                let u = ((column * COARSE) as f32 - CENTRE.0) / AXES.0;
                if u * u + v * v > 1.3 {
                    grid.skin.push([0.0; 3]);
                    grid.light.push(0.0);
                    continue;
                }
                let shade = lit(u, v, &bumps);
                let near = |&(x, y): &(f32, f32)| fast_exp(-6.0 * ((u - x) * (u - x) + (v - y) * (v - y)));
                let flushed = flush.iter().map(near).fold(0.0, f32::max);
                // lips and cheeks are a little warmer, and all of it redder after a session
                let warm = 0.10 * flushed + redness * (0.25 + 0.75 * flushed);
                let tint = [1.0 + 0.05 * warm, 1.0 - 0.30 * warm, 1.0 - 0.26 * warm];
                grid.skin.push(core::array::from_fn(|channel| tone[channel] * shade * tint[channel]));
                grid.light.push(lit(u, v, &[]));
            }
        }
        grid
    }

    /// Between the points of the grid.
    fn at(&self, x: usize, y: usize) -> (Colour, f32) {
        let start = (y / COARSE) * COLUMNS + x / COARSE;
        let (right, down) = ((x % COARSE) as f32 / COARSE as f32, (y % COARSE) as f32 / COARSE as f32);
        let corners = [start, start + 1, start + COLUMNS, start + COLUMNS + 1];
        let weights = [(1.0 - right) * (1.0 - down), right * (1.0 - down), (1.0 - right) * down, right * down];
        let (mut colour, mut light) = ([0.0; 3], 0.0);
        for (corner, weight) in corners.into_iter().zip(weights) {
            let skin = self.skin[corner];
            colour = core::array::from_fn(|channel| colour[channel] + weight * skin[channel]);
            light += weight * self.light[corner];
        }
        (colour, light)
    }
}

impl Bump {
    /// Where it is once the head has turned; nothing when it is behind.
    fn turned(&self, turned: (f32, f32)) -> Option<Self> {
        let (x, y, z) = turn(self.at, turned);
        let narrow = (z / self.at.2.max(0.2)).clamp(0.45, 1.0);
        (z > 0.05).then_some(Self { at: (x, y, z), width: (self.width.0 * narrow, self.width.1), height: self.height })
    }
}

/// Both cheeks and the lips, where they are in this view.
fn redness_places(turned: (f32, f32)) -> [(f32, f32); 3] {
    [(0.48, 0.22), (-0.48, 0.22), (0.0, 0.48)].map(|(x, y)| {
        let (x, y, _) = turn((x, y, forward(x, y)), turned);
        (x, y)
    })
}

/// 0 outside, 1 inside, soft over so many pixels.
fn edge(inside: f32, soft: f32) -> f32 {
    (0.5 + inside / (2.0 * soft)).clamp(0.0, 1.0)
}

fn mix(below: Colour, above: Colour, share: f32) -> Colour {
    core::array::from_fn(|channel| below[channel] + share * (above[channel] - below[channel]))
}

/// A bent line, soft at its sides and its ends.
fn draw(canvas: &mut Canvas, line: &Line, turned: (f32, f32)) {
    const STEPS: usize = 32;
    let mut darkened = vec![];
    for step in 0..=STEPS {
        let share = step as f32 / STEPS as f32;
        let x = line.from.0 + share * (line.to.0 - line.from.0);
        let y = line.from.1 + share * (line.to.1 - line.from.1) + line.bend * 4.0 * share * (1.0 - share);
        let (x, y, z) = turn((x, y, forward(x, y)), turned);
        if z > 0.15 {
            let ends = (4.0 * share * (1.0 - share)).sqrt();
            darkened.push((CENTRE.0 + AXES.0 * x, CENTRE.1 + AXES.1 * y, line.half_width * (0.5 + 0.5 * ends), ends));
        }
    }
    let reach = 4.0 * line.half_width;
    let Some((left, top, right, bottom)) = bounds(darkened.iter().map(|point| (point.0, point.1)), reach) else { return };
    for row in top..bottom {
        for column in left..right {
            let (x, y) = (column as f32, row as f32);
            let near = |&(px, py, half, ends): &(f32, f32, f32, f32)| {
                let squared = ((x - px) * (x - px) + (y - py) * (y - py)) / (half * half);
                if squared > 9.0 { 0.0 } else { ends * fast_exp(-0.5 * squared) }
            };
            let dark = line.darkness * darkened.iter().map(near).fold(0.0, f32::max);
            let pixel = &mut canvas.pixels[row * WIDTH + column];
            *pixel = pixel.map(|channel| channel * (1.0 - dark));
        }
    }
}

/// Left, top, right and bottom of the pixels within reach of points; nothing when there are none.
pub(super) fn bounds(points: impl Iterator<Item = (f32, f32)>, reach: f32) -> Option<(usize, usize, usize, usize)> {
    let all = points.fold(None, |all: Option<(f32, f32, f32, f32)>, (x, y)| {
        let (left, top, right, bottom) = all.unwrap_or((x, y, x, y));
        Some((left.min(x), top.min(y), right.max(x), bottom.max(y)))
    });
    let (left, top, right, bottom) = all?;
    let pixel = |value: f32, most: usize| (value.max(0.0) as usize).min(most);
    Some((
        pixel(left - reach, WIDTH),
        pixel(top - reach, HEIGHT),
        pixel(right + reach + 1.0, WIDTH),
        pixel(bottom + reach + 1.0, HEIGHT),
    ))
}
