//! Colours: linear light, CIELAB, and how different two of them are.

mod difference;
mod indices;
mod lab;

pub use difference::ciede2000;
pub use indices::{SkinColour, individual_typology_angle};
pub(super) use indices::{erythema_index, melanin_index};
pub use lab::{Lab, lab_of, linear_of};
pub(super) use lab::{lab_f32, linear_to_srgb, srgb_to_linear};

/// Three rows of three.
pub(super) type Matrix = [[f64; 3]; 3];

/// XYZ relative to D65 from linear sRGB (IEC 61966-2-1, to the digits of its primaries).
pub(super) const SRGB_TO_XYZ: Matrix = [
    [0.412_390_799_265_96, 0.357_584_339_383_88, 0.180_480_788_401_83],
    [0.212_639_005_871_51, 0.715_168_678_767_76, 0.072_192_315_360_73],
    [0.019_330_818_715_59, 0.119_194_779_794_63, 0.950_532_152_249_66],
];
/// Linear sRGB from XYZ relative to D65: the inverse of the above.
pub(super) const XYZ_TO_SRGB: Matrix = [
    [3.240_969_941_904_52, -1.537_383_177_570_09, -0.498_610_760_293_00],
    [-0.969_243_636_280_88, 1.875_967_501_507_72, 0.041_555_057_407_18],
    [0.055_630_079_696_99, -0.203_976_958_888_98, 1.056_971_514_242_88],
];
/// From D50, to which profiles relate, to D65: Bradford (ICC.1:2022, annex E).
pub(super) const D50_TO_D65: Matrix = [
    [0.955_576_6, -0.023_039_3, 0.063_163_6],
    [-0.028_289_5, 1.009_941_6, 0.021_007_7],
    [0.012_298_2, -0.020_483_0, 1.329_909_8],
];

/// From XYZ relative to D50 to linear sRGB.
pub(super) fn xyz_d50_to_srgb() -> Matrix {
    multiply(&XYZ_TO_SRGB, &D50_TO_D65)
}

pub(super) fn multiply(a: &Matrix, b: &Matrix) -> Matrix {
    [0, 1, 2].map(|row| [0, 1, 2].map(|column| (0..3).map(|at| a[row][at] * b[at][column]).sum()))
}

pub(super) fn apply(matrix: &Matrix, to: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| row[0] * to[0] + row[1] * to[1] + row[2] * to[2])
}
