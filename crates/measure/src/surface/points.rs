use super::{HeightMap, Spacing};
use crate::Error;
use crate::limits::{CELLS_FOR_A_POINT_MAX, POINTS_MAX, SIDE_POINTS_MAX};
use crate::units::Micrometres;

/// By how much of a step a coordinate may be off its line of the grid: more than rounding in a file, less than a doubt.
const OFF_THE_GRID_MAX: f64 = 0.01;

/// What a file holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Measured {
    /// Heights on a regular grid.
    Map(HeightMap),
    /// Heights along one line.
    Profile(Profile),
    /// Points anywhere.
    Cloud(PointCloud),
}

impl Measured {
    /// The height map, also of a cloud whose points lie on a regular grid.
    ///
    /// # Errors
    /// A profile; points on no regular grid.
    pub fn into_map(self) -> Result<HeightMap, Error> {
        match self {
            Self::Map(map) => Ok(map),
            Self::Profile(profile) => Err(Error::IsAProfile { points: profile.heights_um.len() }),
            Self::Cloud(cloud) => cloud.onto_grid(),
        }
    }
}

/// Heights along one line.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// How far apart the points are.
    pub spacing: Micrometres,
    /// Heights in micrometres; a missing point is no number.
    pub heights_um: Vec<f64>,
}

/// Points with three coordinates in micrometres; a missing height is no number.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PointCloud {
    /// Across.
    pub x_um: Vec<f64>,
    /// Along.
    pub y_um: Vec<f64>,
    /// Up.
    pub z_um: Vec<f64>,
}

impl PointCloud {
    /// Lays points that are on a regular grid onto it; a place without a point is missing.
    ///
    /// # Errors
    /// Points on no regular grid, two at one place, or a grid that would be mostly empty.
    pub fn onto_grid(&self) -> Result<HeightMap, Error> {
        let across = Axis::of(&self.x_um)?;
        let along = Axis::of(&self.y_um)?;
        let cells = across.steps.saturating_mul(along.steps);
        if cells > POINTS_MAX {
            return Err(Error::TooLarge { what: "points of the grid", size: cells, limit: POINTS_MAX });
        }
        if cells > CELLS_FOR_A_POINT_MAX * self.z_um.len() as u64 {
            return Err(Error::NotAGrid { reason: "most places of the grid would be empty" });
        }
        let columns = across.steps as usize;
        let mut heights_um = vec![f64::NAN; cells as usize];
        let mut taken = vec![false; heights_um.len()];
        for ((&x, &y), &z) in self.x_um.iter().zip(&self.y_um).zip(&self.z_um) {
            let at = along.place(y)? * columns + across.place(x)?;
            if std::mem::replace(&mut taken[at], true) {
                return Err(Error::NotAGrid { reason: "two points lie at one place" });
            }
            heights_um[at] = z;
        }
        let spacing = Spacing { x: Micrometres(across.step), y: Micrometres(along.step) };
        HeightMap::new(columns, spacing, heights_um)
    }
}

/// Equidistant places along one axis.
pub(super) struct Axis {
    first: f64,
    step: f64,
    steps: u64,
}

impl Axis {
    /// The places at which coordinates lie: the step is the mean over the whole length, so that rounding does not add up.
    pub(super) fn of(coordinates: &[f64]) -> Result<Self, Error> {
        let mut sorted: Vec<f64> = coordinates.to_vec();
        sorted.sort_unstable_by(f64::total_cmp);
        let (Some(&first), Some(&last)) = (sorted.first(), sorted.last()) else {
            return Err(Error::NotAGrid { reason: "there are no points" });
        };
        let length = last - first;
        if !(first.is_finite() && length.is_finite()) {
            return Err(Error::NotAGrid { reason: "a coordinate is no number" });
        }
        // Coordinates that differ by rounding only are one place.
        let rounding = length / SIDE_POINTS_MAX as f64 / 4.0;
        let gaps = sorted.windows(2).map(|pair| pair[1] - pair[0]);
        let smallest = gaps.filter(|gap| *gap > rounding).fold(f64::INFINITY, f64::min);
        if smallest.is_infinite() {
            return Err(Error::NotAGrid { reason: "all points lie on one line" });
        }
        let steps = (length / smallest).round();
        if steps >= SIDE_POINTS_MAX as f64 {
            return Err(Error::NotAGrid { reason: "some points are much closer together than others" });
        }
        Ok(Self { first, step: length / steps, steps: steps as u64 + 1 })
    }

    /// Distance from one place to the next.
    pub(super) const fn step(&self) -> f64 {
        self.step
    }

    /// How many places there are.
    pub(super) const fn places(&self) -> u64 {
        self.steps
    }

    pub(super) fn place(&self, coordinate: f64) -> Result<usize, Error> {
        let steps = (coordinate - self.first) / self.step;
        if (steps - steps.round()).abs() > OFF_THE_GRID_MAX {
            return Err(Error::NotAGrid { reason: "the points are not equally far apart" });
        }
        Ok(steps.round() as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::PointCloud;
    use crate::Error;

    fn cloud(points: &[(f64, f64, f64)]) -> PointCloud {
        PointCloud {
            x_um: points.iter().map(|point| point.0).collect(),
            y_um: points.iter().map(|point| point.1).collect(),
            z_um: points.iter().map(|point| point.2).collect(),
        }
    }

    #[test]
    fn points_of_a_grid_in_any_order_become_a_map_with_what_is_missing_missing() {
        let map =
            cloud(&[(2.0, 3.0, 4.0), (0.0, 0.0, 1.0), (2.0, 0.0, 2.0), (4.0, 3.0, 5.0), (4.0, 0.0, 3.0)]).onto_grid().unwrap();
        assert_eq!((map.columns(), map.rows(), map.measured()), (3, 2, 5));
        assert_eq!((map.spacing().x.0, map.spacing().y.0), (2.0, 3.0));
        assert_eq!(map.height(0, 1), None);
        assert_eq!(map.height(2, 1).unwrap().0, 5.0);
    }

    #[test]
    fn points_that_are_on_no_grid_are_refused_with_what_is_not_regular() {
        let refused = |points: &[(f64, f64, f64)]| match cloud(points).onto_grid() {
            Err(Error::NotAGrid { reason }) => reason,
            other => panic!("{other:?}"),
        };
        assert_eq!(refused(&[]), "there are no points");
        assert_eq!(refused(&[(0.0, 0.0, 0.0), (1.0, 0.0, 0.0)]), "all points lie on one line");
        assert_eq!(
            refused(&[(0.0, 0.0, 0.0), (1.0, 1.0, 0.0), (2.3, 1.0, 0.0), (0.0, 1.0, 0.0)]),
            "the points are not equally far apart"
        );
        assert_eq!(refused(&[(0.0, 0.0, 0.0), (1.0, 1.0, 0.0), (0.0, 0.0, 1.0)]), "two points lie at one place");
        assert_eq!(refused(&[(0.0, 0.0, 0.0), (1.0, 1.0, 0.0), (9.0, 9.0, 1.0)]), "most places of the grid would be empty");
    }
}
