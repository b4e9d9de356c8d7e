//! What is wrong with a mesh is mended and counted where that is safe, and refused where it is not.

use resurface_measure::phantom::{Base, Capture, Holes, Skin};
use resurface_measure::scan::read::Scan;
use resurface_measure::scan::{Mended, Mesh, Outside};

use crate::made::{cap, ply_lowest_first, refused, scan};

fn written(mesh: &Mesh) -> Scan {
    scan(&ply_lowest_first(mesh))
}

fn apart(mesh: &Mesh, others: &Mesh) -> Mesh {
    let begin = mesh.vertices.len() as u32;
    let mut both = mesh.clone();
    both.vertices.extend(&others.vertices);
    both.triangles.extend(others.triangles.iter().map(|triangle| triangle.map(|corner| corner + begin)));
    both
}

fn shifted(mesh: &Mesh, by: f64, times: f64) -> Mesh {
    Mesh { vertices: mesh.vertices.iter().map(|[x, y, z]| [x * times + by, y * times, z * times]).collect(), ..mesh.clone() }
}

fn turned(mut mesh: Mesh, which: impl Fn(usize) -> bool) -> Mesh {
    mesh.triangles.iter_mut().enumerate().filter(|(at, _)| which(*at)).for_each(|(_, triangle)| triangle.swap(1, 2));
    mesh
}

/// A cap with every triangle on points of its own.
fn soup(mesh: &Mesh) -> Mesh {
    let vertices = mesh.triangles.iter().flatten().map(|corner| mesh.vertices[*corner as usize]).collect();
    let triangles = (0..mesh.triangles.len() as u32).map(|at| [3 * at, 3 * at + 1, 3 * at + 2]).collect();
    Mesh { vertices, triangles, colours: None }
}

#[test]
fn nothing_is_done_to_a_sound_scan() {
    let found = written(&cap());
    assert_eq!(found.condition.mended, Mended::default());
    assert_eq!((found.mesh.vertices.len(), found.mesh.triangles), (cap().vertices.len(), cap().triangles));
}

#[test]
fn points_at_one_place_become_one() {
    let found = written(&soup(&cap()));
    assert_eq!(found.mesh.vertices.len(), cap().vertices.len());
    let welded = 3 * cap().triangles.len() - cap().vertices.len();
    assert_eq!(found.condition.mended, Mended { points_welded: welded, ..Mended::default() });
    assert_eq!((found.condition.pieces, found.condition.borders), (1, 1));
}

#[test]
fn a_million_stray_points_are_dropped_and_counted() {
    let mut mesh = cap();
    // some of them far away, some of them no numbers: the size of the scan is that of its surface
    mesh.vertices.extend((0..1_000_000).map(|at| [f64::from(at), 1e6 / f64::from(at % 1000), f64::from(at % 77)]));
    let found = written(&mesh);
    assert_eq!(found.condition.mended, Mended { points_stray: 1_000_000, ..Mended::default() });
    assert_eq!(found.mesh.vertices.len(), cap().vertices.len());
}

#[test]
fn small_pieces_apart_are_dropped_and_larger_ones_kept() {
    let with_crumbs = (1..=5).fold(cap(), |mesh, at| apart(&mesh, &shifted(&cap(), 100.0 + 20.0 * f64::from(at), 0.05)));
    let found = written(&with_crumbs);
    let expected = Mended { islands: 5, island_triangles: 5 * cap().triangles.len(), ..Mended::default() };
    assert_eq!((found.condition.mended, found.condition.pieces), (expected, 1));
    assert_eq!(found.mesh.vertices.len(), cap().vertices.len());
    assert_eq!(written(&apart(&cap(), &shifted(&cap(), 120.0, 0.5))).condition.pieces, 2);
}

#[test]
fn a_scan_that_does_not_hang_together_is_refused() {
    let shards = (0..3).fold(Mesh::default(), |mesh, at| apart(&mesh, &shifted(&cap(), 120.0 * f64::from(at), 1.0)));
    assert_eq!(
        refused(&ply_lowest_first(&shards)),
        "the largest of the 3 pieces of this scan is 33 % of it, and a scan has to hang together"
    );
}

#[test]
fn triangles_that_look_the_other_way_are_turned() {
    let expected = cap();
    let some = |at: usize| at.is_multiple_of(7);
    let found = written(&turned(expected.clone(), some));
    let count = (0..expected.triangles.len()).filter(|at| some(*at)).count();
    assert_eq!(found.condition.mended, Mended { triangles_turned: count, ..Mended::default() });
    assert_eq!(found.mesh.triangles, turned(turned(expected, some), some).triangles);
    assert_eq!(found.condition.outside, Outside::AsShaped);
}

#[test]
fn a_face_that_is_inside_out_is_turned_and_a_hollow_stays_one() {
    let found = written(&turned(cap(), |_| true));
    assert_eq!(found.condition.outside, Outside::Turned);
    assert_eq!(found.mesh.triangles, cap().triangles);
    // a hollow of 50 mm, as between nose and cheek, looks the same as a bulge inside out
    let hollow = written(&turned(shifted(&cap(), 0.0, 0.5), |_| true));
    assert_eq!(hollow.condition.outside, Outside::AsInFile);
    assert_eq!(hollow.mesh.triangles, turned(cap(), |_| true).triangles);
}

#[test]
fn triangles_without_area_and_triangles_written_twice_are_dropped() {
    let mut mesh = cap();
    mesh.triangles.push([3, 3, 9]);
    let [a, b, c] = mesh.triangles[10];
    mesh.triangles.push([b, c, a]);
    mesh.triangles.push([a, c, b]);
    let found = written(&mesh);
    let expected = Mended { triangles_flat: 1, triangles_double: 2, ..Mended::default() };
    assert_eq!((found.condition.mended, found.condition.crowded_edges), (expected, 0));
    assert_eq!(found.mesh.triangles, cap().triangles);
}

#[test]
fn a_band_with_one_side_only_is_refused() {
    // a Moebius band of 40 steps
    let at = |step: u32, side: f64| {
        let angle = std::f64::consts::TAU * f64::from(step) / 40.0;
        let across = 15.0 * side;
        let out = 60.0 + across * (angle / 2.0).cos();
        [out * angle.cos(), out * angle.sin(), across * (angle / 2.0).sin()]
    };
    let vertices = (0..40).flat_map(|step| [at(step, -1.0), at(step, 1.0)]).collect();
    let triangles = (0..40u32).flat_map(|step| {
        let (a, b) = (2 * step, 2 * step + 1);
        let (c, d) = if step < 39 { (a + 2, b + 2) } else { (1, 0) };
        [[a, c, b], [b, c, d]]
    });
    let band = Mesh { vertices, triangles: triangles.collect(), colours: None };
    let refusal = refused(&ply_lowest_first(&band));
    assert!(refusal.starts_with("the triangles of this scan have no common outside"), "{refusal}");
}

#[test]
fn holes_are_counted_and_a_ragged_edge_is_said() {
    let skin = Skin::smooth(Base::Sphere { radius_mm: 80.0 }, [60.0, 60.0]);
    let mut mesh = Capture { spacing_mm: 2.0, ..Capture::default() }.of(&skin).unwrap().mesh;
    let whole = written(&mesh).condition;
    assert_eq!(whole.borders, 1);
    assert!((whole.longest_border_mm / 440.0 - 1.0).abs() < 0.05, "{}", whole.longest_border_mm);
    let middle = mesh.vertices.len() as u32 / 2 + 30;
    for corner in [middle, middle + 500] {
        mesh.triangles.retain(|triangle| !triangle.contains(&corner));
    }
    let torn = written(&mesh).condition;
    assert_eq!((torn.borders, torn.mended.points_stray), (3, 2));

    // a fin: one edge with a third triangle
    let [a, _, b] = mesh.triangles[100];
    mesh.vertices.push([0.0, 0.0, 340.0]);
    mesh.triangles.push([a, b, mesh.vertices.len() as u32 - 1]);
    assert_eq!(written(&mesh).condition.crowded_edges, 1);

    let ragged = Capture { spacing_mm: 2.0, holes: Holes { share: 0.05, radius_mm: 3.0 }, ..Capture::default() };
    assert!(written(&ragged.of(&skin).unwrap().mesh).condition.borders > 5);
}

#[test]
fn area_and_spacing_are_those_of_the_surface() {
    let skin = Skin::smooth(Base::Sphere { radius_mm: 80.0 }, [60.0, 60.0]);
    let mesh = Capture { spacing_mm: 1.0, ..Capture::default() }.of(&skin).unwrap().mesh;
    let condition = written(&mesh).condition;
    // the azimuthal sheet shrinks across by sin(r/R)/(r/R): its area is the integral of that
    let steps = 400;
    let place = |at: i32| (f64::from(at) + 0.5) * 120.0 / f64::from(steps) - 60.0;
    let shrunk = |u: f64, v: f64| (u.hypot(v) / 80.0).sin() / (u.hypot(v) / 80.0);
    let cells = (0..steps).flat_map(|row| (0..steps).map(move |column| shrunk(place(column), place(row))));
    let area = cells.sum::<f64>() * (120.0 / f64::from(steps)).powi(2);
    // rim: at most a point lacks at each end
    assert!((condition.area_mm2 / area - 1.0).abs() < 0.025, "{} {area}", condition.area_mm2);
    assert!((condition.spacing_mm - 1.0).abs() < 0.05);
}

#[test]
fn points_alone_are_no_surface() {
    let cloud = Mesh { triangles: Vec::new(), ..cap() };
    let points = cloud.vertices.len();
    assert_eq!(
        refused(&ply_lowest_first(&cloud)),
        format!("PLY: {points} points without any triangle that has an area are no surface: save the scan as a mesh")
    );
    let flat = Mesh { triangles: vec![[1, 1, 2]], ..cap() };
    assert!(refused(&ply_lowest_first(&flat)).contains("points without any triangle that has an area are no surface"));
    let line = Mesh { vertices: [0.0, 20.0, 40.0].map(|x| [x, x, 0.0]).to_vec(), triangles: vec![[0, 1, 2]], colours: None };
    assert!(refused(&ply_lowest_first(&line)).contains("points without any triangle that has an area are no surface"));
}
