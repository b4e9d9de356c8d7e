//! Writes two scans of one made face, before and after its scars became shallower, and the truth about them:
//!
//! ```text
//! cargo run --release -p resurface-measure --example phantoms -- FOLDER [SEED]
//! ```
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::print_stdout,
    reason = "an example writes files and says so"
)]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use resurface_measure::phantom::{Base, Capture, Count, Motion, Phantom, Relief, Skin, Tessellation};
use resurface_measure::scan::Mesh;

/// What is left of the depth of each scar.
const LEFT: f64 = 0.6;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("name a folder to write into")?;
    let seed = arguments.next().map_or(Ok(1), |seed| seed.parse())?;
    let count = Count { ice_picks: 4, boxcars: 6, rolling: 4 };
    let skin = Skin { texture: Relief { sd_mm: 0.01, length_mm: 1.0 }, ..Skin::scarred(seed, Base::Face, [50.0, 60.0], &count)? };
    let before =
        Capture { seed, spacing_mm: 0.3, tessellation: Tessellation::Scattered, white_noise_mm: 0.02, ..Capture::default() };
    let motion = Motion { turns_deg: [6.0, -4.0, 3.0], shift_mm: [8.0, -5.0, 12.0] };
    let after = Capture { seed: seed + 1, motion, ..before };
    fs::create_dir_all(&folder)?;
    let folder = Path::new(&folder);
    for (name, phantom) in [("before", before.of(&skin)?), ("after", after.of(&skin.treated(|pit| LEFT * pit.depth_mm))?)] {
        fs::write(folder.join(format!("{name}.ply")), ply(&phantom.mesh))?;
        fs::write(folder.join(format!("{name}.csv")), truth(&phantom))?;
    }
    println!("before.ply and after.ply (in mm) are in {}, with the truth in before.csv and after.csv", folder.display());
    Ok(())
}

fn ply(mesh: &Mesh) -> Vec<u8> {
    let header = format!(
        "ply\nformat binary_little_endian 1.0\ncomment a made face: nobody is behind it\nelement vertex {}\nproperty float x\n\
         property float y\nproperty float z\nelement face {}\nproperty list uchar uint vertex_indices\nend_header\n",
        mesh.vertices.len(),
        mesh.triangles.len()
    );
    let mut bytes = header.into_bytes();
    mesh.vertices.iter().flatten().for_each(|part| bytes.extend((*part as f32).to_le_bytes()));
    for triangle in &mesh.triangles {
        bytes.push(3);
        triangle.iter().for_each(|corner| bytes.extend(corner.to_le_bytes()));
    }
    bytes
}

fn truth(phantom: &Phantom) -> String {
    let mut out = "x_mm,y_mm,z_mm,type,width_mm,depth_mm,area_mm2,volume_mm3\n".to_owned();
    for scar in &phantom.scars {
        let [x, y, z] = scar.position;
        let kind = scar.scar_type.map_or_else(String::new, |kind| format!("{kind:?}"));
        // writing into a String cannot fail
        let _ = writeln!(
            out,
            "{x:.3},{y:.3},{z:.3},{kind},{:.3},{:.4},{:.4},{:.4}",
            scar.width_mm, scar.depth_mm, scar.area_mm2, scar.volume_mm3
        );
    }
    out
}
