//! What is the most that is read: every size in a file is held against these and against the bytes that are there, before
//! memory is taken.

/// Bytes of one file.
pub const FILE_BYTES_MAX: usize = 1 << 30;
/// Points of one height map, profile or cloud; 4096 by 4096 is a quarter of it.
pub const POINTS_MAX: u64 = 1 << 26;
/// Points along one side of a height map.
pub const SIDE_POINTS_MAX: u64 = 1 << 20;
/// Bytes of the description (main.xml) of an X3P archive, unpacked.
pub const DESCRIPTION_BYTES_MAX: u64 = 1 << 27;
/// Characters of one value of a description that is not a list of points.
pub const FIELD_BYTES_MAX: usize = 4096;
/// How deep the elements of a description may lie in one another.
pub const DESCRIPTION_DEPTH_MAX: usize = 32;
/// Bytes that anything packed may always have unpacked, however small it is packed.
pub const UNPACKED_BYTES_FREE: u64 = 1 << 24;
/// How many times larger than packed anything may be beyond that: more than a measured surface comes to, and less than a
/// quarter of what the method of packing allows.
pub const UNPACKED_TIMES_MAX: u64 = 250;
/// Cells of a grid for each point of a cloud that is laid onto it.
pub const CELLS_FOR_A_POINT_MAX: u64 = 4;
/// Degree of a polynomial form.
pub const FORM_DEGREE_MAX: u32 = 12;
/// Largest height in micrometres, above or below: 10 m, larger than the largest thing anybody measures here.
pub const HEIGHT_UM_MAX: f64 = 1e7;
/// Closest that points may be, in micrometres: closer than atoms.
pub const SPACING_UM_MIN: f64 = 1e-6;
/// Furthest apart that points may be, in micrometres: 10 m, as far as a height may be.
pub const SPACING_UM_MAX: f64 = 1e7;

/// Bytes of the file of a photograph.
pub const PHOTOGRAPH_BYTES_MAX: usize = 60_000_000;
/// Pixels of a photograph: more than the largest camera that clinics use gives (48 million).
pub const PHOTOGRAPH_PIXELS_MAX: u64 = 60_000_000;
/// Pixels along one side of a photograph.
pub const PHOTOGRAPH_SIDE_PX_MAX: u32 = 16_000;
/// Bytes of a photograph as it is decoded: 6 for each of 60 million pixels.
pub const PHOTOGRAPH_DECODED_BYTES_MAX: u64 = 360_000_000;
/// Bytes of the colour profile of a photograph.
pub const PROFILE_BYTES_MAX: usize = 4_000_000;
/// Scans of one JPEG file: ordinary progressive files have about ten, and a file with thousands costs minutes.
pub const JPEG_SCANS_MAX: usize = 100;
/// Bytes of what a camera wrote of the exposure.
pub const EXIF_BYTES_MAX: usize = 1 << 20;
/// Zones of one comparison, and corners of one zone.
pub const ZONES_MAX: usize = 64;
/// Points of one scan, and corners of its triangles; the finest scanners of faces give some 1 million.
pub const SCAN_POINTS_MAX: u64 = 1 << 24;
/// Triangles of one scan: twice its points.
pub const SCAN_TRIANGLES_MAX: u64 = 2 * SCAN_POINTS_MAX;
/// Bytes of the header of a PLY file, and of any one word or line of a header.
pub const SCAN_HEADER_BYTES_MAX: usize = 1 << 16;
/// Bytes of the description (JSON) of a GLB file.
pub const SCAN_DESCRIPTION_BYTES_MAX: u64 = 1 << 24;
/// Shortest longest side of a scan in millimetres: smaller than the smallest field of an instrument for skin (ours).
pub const SCAN_SIDE_MM_MIN: f64 = 10.0;
/// Longest side of a scan in millimetres: longer than any head with neck and shoulders (ours).
pub const SCAN_SIDE_MM_MAX: f64 = 1000.0;
