//! What can go wrong for a caller of this room.

use crate::format::Format;
use crate::scan::read::Sides;
use crate::units::LengthUnit;

/// Why a surface could not be read, or a number not be computed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Error {
    /// None of the formats that are read.
    #[error("this is no height map in a format that is read here (X3P, SUR, AL3D, or numbers as text)")]
    UnknownFormat,
    /// The file ends before what it announces.
    #[error("{format}: the file ends early: {place} takes {needs} bytes, and {has} are there")]
    Truncated {
        /// Format.
        format: Format,
        /// What is cut off.
        place: &'static str,
        /// Bytes that it takes.
        needs: u64,
        /// Bytes that are there.
        has: u64,
    },
    /// More than is read.
    #[error("{what}: {size} is more than the {limit} that are read")]
    TooLarge {
        /// What is too large.
        what: &'static str,
        /// How large it says it is.
        size: u64,
        /// What is read at most.
        limit: u64,
    },
    /// Packed so that a small file would take all memory.
    #[error("{name}: {packed} bytes unpack to {unpacked}, which no measured surface does")]
    PackedTooTightly {
        /// Which part of the file.
        name: String,
        /// Its bytes in the file.
        packed: u64,
        /// Bytes that it says it unpacks to.
        unpacked: u64,
    },
    /// The archive cannot be opened.
    #[error("X3P: this archive is damaged: {reason}")]
    Archive {
        /// What the archive says.
        reason: String,
    },
    /// Something is not in the archive.
    #[error("X3P: there is no {name} in this archive")]
    PartMissing {
        /// Its name.
        name: String,
    },
    /// A part cannot be unpacked, or is not what was written.
    #[error("{format}: {name} is damaged: {reason}")]
    PartDamaged {
        /// Format.
        format: Format,
        /// Its name.
        name: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The description is no XML.
    #[error("X3P: main.xml cannot be read at byte {at}: {reason}")]
    Description {
        /// Byte at which reading ended.
        at: u64,
        /// What is wrong there.
        reason: String,
    },
    /// A value is not there.
    #[error("{format}: {field} is missing")]
    FieldMissing {
        /// Format.
        format: Format,
        /// The field.
        field: &'static str,
    },
    /// A value cannot be what it says.
    #[error("{format}: {field} is {found:?}, and should be {expected}")]
    FieldInvalid {
        /// Format.
        format: Format,
        /// The field.
        field: &'static str,
        /// What it says.
        found: String,
        /// What it may say.
        expected: &'static str,
    },
    /// Fewer or more points than announced.
    #[error("{format}: {expected} points are announced, and {found} are there")]
    PointCount {
        /// Format.
        format: Format,
        /// Announced.
        expected: u64,
        /// There.
        found: u64,
    },
    /// Several layers, or something that is no surface.
    #[error("{format}: this file holds {kind}, and only one surface with one height at each point is read")]
    NotOneSurface {
        /// Format.
        format: Format,
        /// What it holds.
        kind: &'static str,
    },
    /// A profile where a height map is needed.
    #[error("this file holds a profile of {points} points along one line, and areal numbers need a surface")]
    IsAProfile {
        /// Points.
        points: usize,
    },
    /// Points that lie on no regular grid.
    #[error("the points of this file lie on no regular grid ({reason}), and a height map needs one")]
    NotAGrid {
        /// What is not regular.
        reason: &'static str,
    },
    /// The unit of the heights is not known.
    #[error("{format}: the file does not say in which unit its heights are")]
    UnitNotSaid {
        /// Format.
        format: Format,
    },
    /// The distance between points is not known.
    #[error("{format}: the file does not say how far apart its points are")]
    SpacingNotSaid {
        /// Format.
        format: Format,
    },
    /// Told from outside what the file says itself.
    #[error("{format}: the file says its own unit and spacing, so none may be told")]
    SaidByTheFile {
        /// Format.
        format: Format,
    },
    /// A line of a text cannot be read.
    #[error("line {line}: {found:?} is no number")]
    NotANumber {
        /// Line, from 1.
        line: u64,
        /// What stands there.
        found: String,
    },
    /// A line of a text has another length than the first.
    #[error("line {line}: {found} values, and the lines before have {expected}")]
    UnevenLines {
        /// Line, from 1.
        line: u64,
        /// Values in the first line.
        expected: usize,
        /// Values in this line.
        found: usize,
    },
    /// A text is neither UTF-8 nor ASCII.
    #[error("line {line}: this is no text")]
    NotText {
        /// Line, from 1.
        line: u64,
    },
    /// A spacing that cannot be.
    #[error("the points are {spacing_um} um apart, and that cannot be: check the unit")]
    SpacingImpossible {
        /// Spacing in micrometres.
        spacing_um: f64,
    },
    /// A height that cannot be.
    #[error("a height of {height_um} um cannot be: check the unit")]
    HeightImpossible {
        /// Height in micrometres.
        height_um: f64,
    },
    /// Nothing to compute from.
    #[error("{found} measured points are too few: {what} needs at least {needed}")]
    TooFewPoints {
        /// What was to be computed.
        what: &'static str,
        /// Points needed.
        needed: usize,
        /// Points there.
        found: usize,
    },
    /// The degree of a form.
    #[error("a form of degree {degree} cannot be told from {found} measured points on {columns} x {rows}")]
    FormUndetermined {
        /// Degree.
        degree: u32,
        /// Measured points.
        found: usize,
        /// Columns.
        columns: usize,
        /// Rows.
        rows: usize,
    },
    /// A nesting index that this surface does not have.
    #[error("{name}: a nesting index of {nesting_um} um does not fit points {spacing_um} um apart over {side_um} um")]
    NestingIndex {
        /// Which filter.
        name: &'static str,
        /// Nesting index in micrometres.
        nesting_um: f64,
        /// Spacing in micrometres.
        spacing_um: f64,
        /// Shorter side in micrometres.
        side_um: f64,
    },
    /// A filter with an L-filter shorter than its S-filter.
    #[error("an L-filter of {l_um} um with an S-filter of {s_um} um leaves nothing: the L-filter has to be the longer")]
    NestingOrder {
        /// S nesting index in micrometres.
        s_um: f64,
        /// L nesting index in micrometres.
        l_um: f64,
    },
    /// Too few triangles with an area to make a surface.
    #[error("{found} triangles are too few for a surface: at least {needed} are needed, and a cloud of points has none")]
    TooFewTriangles {
        /// Needed.
        needed: usize,
        /// There.
        found: usize,
    },
    /// A vertex that lies nowhere.
    #[error("vertex {vertex} (from 0) lies more than a kilometre away or nowhere: check the unit")]
    PositionImpossible {
        /// Its place in the mesh.
        vertex: usize,
    },
    /// A triangle of vertices that are not there.
    #[error("triangle {triangle} (from 0) names a vertex that is not there: there are {vertices}")]
    CornerMissing {
        /// Its place in the mesh.
        triangle: usize,
        /// Vertices there are.
        vertices: usize,
    },
    /// Landmarks that leave a motion free.
    #[error("{found} landmarks leave a motion free: at least three, not on one line, are needed")]
    LandmarksUndetermined {
        /// Landmarks given.
        found: usize,
    },
    /// Scans of different zones.
    #[error(
        "only {:.0} % of the smaller scan lies on the other, and {:.0} % have to: are both of the same zone of the same face?",
        overlap * 100.0, needed * 100.0
    )]
    OverlapTooSmall {
        /// Share that lies on the other.
        overlap: f64,
        /// Share needed.
        needed: f64,
    },
    /// Scans of different faces.
    #[error(
        "the scans stay {residual_mm:.2} mm apart where they fit best, and {allowed_mm:.1} mm are allowed: are both of the same \
         face, with the same expression?"
    )]
    FitTooPoor {
        /// Spread of the distances in millimetres.
        residual_mm: f64,
        /// Allowed.
        allowed_mm: f64,
    },
    /// One scan is a mirror image.
    #[error("the mirror image of the follow-up fits better ({mirrored_mm:.2} mm) than the scan itself ({residual_mm:.2} mm)")]
    Mirrored {
        /// Distance of the mirror image in millimetres.
        mirrored_mm: f64,
        /// Distance of the scan in millimetres.
        residual_mm: f64,
    },
    /// Scans of different size.
    #[error("the follow-up is {ratio:.3} times as large as the baseline: check the units, and whether both are of the same face")]
    SizeDiffers {
        /// Size of the follow-up over that of the baseline.
        ratio: f64,
    },
    /// Scars do not move on the skin.
    #[error("only {matched} of {of} scars lie within 3 mm of one of the other visit: are both of the same face?")]
    ScarsApart {
        /// Scars found in both.
        matched: usize,
        /// Scars in the visit with fewer.
        of: usize,
    },
    /// A shape that can slide or turn on itself.
    #[error("the shapes leave open how the scans lie together: more of the face has to be in both, or landmarks given")]
    PoseUndetermined,
    /// A robust estimate that finds no scale.
    #[error("{what}: more than half of the points are exactly alike, so outlying ones cannot be told")]
    NoSpread {
        /// What was to be computed.
        what: &'static str,
    },
    /// A phantom that cannot be made.
    #[error("this phantom cannot be made: {reason}")]
    PhantomImpossible {
        /// Why.
        reason: &'static str,
    },
    /// None of the formats of scans that are read.
    #[error("this is no scan in a format that is read here (PLY, OBJ, STL or GLB)")]
    UnknownScan,
    /// Something that a format allows and that is not read here.
    #[error("{format}: {what} is not read here: save the scan as a plain mesh of triangles")]
    NotRead {
        /// Format.
        format: Format,
        /// What is not read.
        what: String,
    },
    /// A file that contradicts its format.
    #[error("{format}: {place}: {reason}")]
    ScanDamaged {
        /// Format.
        format: Format,
        /// Where.
        place: String,
        /// What is wrong there.
        reason: &'static str,
    },
    /// A triangle of a point that is not there.
    #[error("{format}: {place} names point {index}, and there are {points}")]
    PointMissing {
        /// Format.
        format: Format,
        /// Which triangle.
        place: String,
        /// Which point, as the file counts.
        index: i64,
        /// How many there are.
        points: u64,
    },
    /// A position that is no number.
    #[error("{format}: point {point} has a coordinate that is no number, and is part of a triangle")]
    NotFinite {
        /// Format.
        format: Format,
        /// Which point, from 0.
        point: u64,
    },
    /// A cloud of points.
    #[error("{format}: {points} points without any triangle are no surface: save the scan as a mesh")]
    NoSurface {
        /// Format.
        format: Format,
        /// Points that are there.
        points: u64,
    },
    /// Many pieces, none of which is the scan.
    #[error("the largest of the {pieces} pieces of this scan is {percent} % of it, and a scan has to hang together")]
    InPieces {
        /// Pieces.
        pieces: u64,
        /// Share of the area that the largest has, in percent.
        percent: u32,
    },
    /// A surface with one side only, so that in and out cannot be told.
    #[error("the triangles of this scan have no common outside: it is folded onto itself at {edges} edges")]
    NoOutside {
        /// Edges across which the triangles disagree.
        edges: u64,
    },
    /// The unit of a scan is not known.
    #[error(
        "{format}: the file does not say its unit, so it has to be told: the scan would measure {} mm in mm, {} mm in cm, {} mm in m",
        .sides,
        .sides.times(10.0),
        .sides.times(1e3)
    )]
    ScanUnitNotSaid {
        /// Format.
        format: Format,
        /// Sides of the box around it, as the file has them.
        sides: Sides,
    },
    /// A scan larger or smaller than any of a face.
    #[error(
        "in {unit} this scan would measure {sides} mm, and a scan of skin has a longest side of 10 to 1000 mm: check the unit"
    )]
    ScanSizeImpossible {
        /// Unit.
        unit: LengthUnit,
        /// Sides of the box around it, in millimetres.
        sides: Sides,
    },
}
