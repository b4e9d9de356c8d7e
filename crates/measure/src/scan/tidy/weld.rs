//! Points at the very same place.

use crate::scan::Mesh;

/// Lets the triangles of points at the same place share the first of them, and returns how many others there were. The points
/// themselves stay, without triangles.
pub(super) fn weld(mesh: &mut Mesh) -> usize {
    // 0 and -0 are one place.
    let bits = |number: f64| (number + 0.0).to_bits();
    let rest = |at: u32| mesh.vertices[at as usize].map(bits);
    let mut order: Vec<(u64, u32)> = (0u32..).zip(&mesh.vertices).map(|(at, point)| (bits(point[0]), at)).collect();
    order.sort_unstable();
    let mut first_of: Vec<u32> = (0..mesh.vertices.len() as u32).collect();
    let mut welded = 0;
    for alike in order.chunk_by_mut(|a, b| a.0 == b.0).filter(|alike| alike.len() > 1) {
        alike.sort_unstable_by_key(|(_, at)| (rest(*at), *at));
        for same in alike.chunk_by(|a, b| rest(a.1) == rest(b.1)) {
            same[1..].iter().for_each(|(_, at)| first_of[*at as usize] = same[0].1);
            welded += same.len() - 1;
        }
    }
    if welded > 0 {
        mesh.triangles.iter_mut().flatten().for_each(|corner| *corner = first_of[*corner as usize]);
    }
    welded
}
