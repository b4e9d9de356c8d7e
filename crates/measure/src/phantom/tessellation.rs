//! Points and triangles over the sheet.

use super::chance::Chance;
use crate::Error;
use crate::limits::SCAN_POINTS_MAX;

/// How points and triangles lie.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tessellation {
    /// Points on a square grid, every square cut along the same diagonal.
    #[default]
    Grid,
    /// Points off the grid by chance, squares cut along either diagonal by chance.
    Scattered,
}

/// Round holes in places by chance.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Holes {
    /// Share of the sheet that they take, from 0 to 0.9.
    pub share: f64,
    /// Radius of each in millimetres.
    pub radius_mm: f64,
}

/// Points off the grid by at most this share of the spacing: squares stay convex below a quarter.
const OFF_GRID_SHARE: f64 = 0.24;

/// Places on the sheet and triangles of them, counter-clockwise seen from outside.
pub(super) struct Sheet {
    pub(super) places_mm: Vec<[f64; 2]>,
    pub(super) triangles: Vec<[u32; 3]>,
    pub(super) holes_mm: Vec<[f64; 2]>,
}

impl Sheet {
    pub(super) fn new(
        seed: u64,
        middle_mm: [f64; 2],
        half_sides_mm: [f64; 2],
        spacing_mm: f64,
        tessellation: Tessellation,
        holes: Holes,
    ) -> Result<Self, Error> {
        let impossible = |reason| Err(Error::PhantomImpossible { reason });
        if !(spacing_mm > 0.0 && half_sides_mm.iter().all(|half| *half > spacing_mm && half.is_finite())) {
            return impossible("its points are further apart than its sides are long");
        }
        if !(0.0..=0.9).contains(&holes.share) || (holes.share > 0.0 && (holes.radius_mm.is_nan() || holes.radius_mm <= 0.0)) {
            return impossible("its holes take more than 90 %, or have no size");
        }
        let mut chance = Chance::of(seed, 2);
        let [columns, rows] = half_sides_mm.map(|half| (2.0 * half / spacing_mm).floor() as u64);
        if columns.saturating_mul(rows) > SCAN_POINTS_MAX {
            return Err(Error::TooLarge { what: "points", size: columns.saturating_mul(rows), limit: SCAN_POINTS_MAX });
        }
        let (columns, rows) = (columns as usize, rows as usize);
        // Where the first point lies between two lines of the grid.
        let mut begin = |axis: usize| middle_mm[axis] - half_sides_mm[axis] + spacing_mm * chance.share();
        let begin = [begin(0), begin(1)];
        let mut sheet = Self { places_mm: Vec::with_capacity(columns * rows), triangles: Vec::new(), holes_mm: Vec::new() };
        for at in 0..columns * rows {
            let mut on_grid = |steps: usize, begin: f64| match tessellation {
                Tessellation::Grid => begin + steps as f64 * spacing_mm,
                Tessellation::Scattered => begin + (steps as f64 + chance.between(-OFF_GRID_SHARE, OFF_GRID_SHARE)) * spacing_mm,
            };
            let place = [on_grid(at % columns, begin[0]), on_grid(at / columns, begin[1])];
            sheet.places_mm.push(place);
        }
        sheet.cut_squares(&mut chance, columns, rows, tessellation);
        sheet.tear(&mut chance, middle_mm, half_sides_mm, holes);
        Ok(sheet)
    }

    fn cut_squares(&mut self, chance: &mut Chance, columns: usize, rows: usize, tessellation: Tessellation) {
        for row in 1..rows {
            for column in 1..columns {
                let [a, b, c, d] =
                    [(0, 0), (1, 0), (1, 1), (0, 1)].map(|(right, up)| ((row - 1 + up) * columns + column - 1 + right) as u32);
                let other = tessellation == Tessellation::Scattered && chance.share() < 0.5;
                self.triangles.extend(if other { [[a, b, d], [b, c, d]] } else { [[a, b, c], [a, c, d]] });
            }
        }
    }

    /// Takes out what lies in holes, and the points that are left without triangle.
    fn tear(&mut self, chance: &mut Chance, middle_mm: [f64; 2], half_sides_mm: [f64; 2], holes: Holes) {
        let total = self.places_mm.len();
        let mut kept = vec![true; total];
        let mut lost = 0;
        while (lost as f64) < holes.share * total as f64 {
            let mut along = |axis: usize| middle_mm[axis] + chance.between(-half_sides_mm[axis], half_sides_mm[axis]);
            let middle = [along(0), along(1)];
            for (place, kept) in self.places_mm.iter().zip(&mut kept).filter(|(_, kept)| **kept) {
                if libm::hypot(place[0] - middle[0], place[1] - middle[1]) < holes.radius_mm {
                    *kept = false;
                    lost += 1;
                }
            }
            self.holes_mm.push(middle);
        }
        if lost == 0 {
            return;
        }
        self.triangles.retain(|triangle| triangle.iter().all(|corner| kept[*corner as usize]));
        let mut used = vec![false; total];
        self.triangles.iter().flatten().for_each(|corner| used[*corner as usize] = true);
        let before = |next: &mut u32, used: &bool| Some(std::mem::replace(next, *next + u32::from(*used)));
        let renamed: Vec<u32> = used.iter().scan(0, before).collect();
        self.triangles.iter_mut().flatten().for_each(|corner| *corner = renamed[*corner as usize]);
        let mut used = used.into_iter();
        self.places_mm.retain(|_| used.next() == Some(true));
    }
}
