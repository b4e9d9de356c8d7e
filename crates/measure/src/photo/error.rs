//! What can go wrong with a photograph, in words for whoever holds the camera.

use super::quality::Finding;
use super::read::Format;

/// Why a photograph could not be read, or two not be compared. No message carries bytes of a picture or text out of its file.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Error {
    /// The file is larger than is read.
    #[error("the picture file has {bytes} bytes, more than the {bytes_max} that are read: export it smaller")]
    TooManyBytes {
        /// Size of the file, in bytes.
        bytes: usize,
        /// What is read, in bytes.
        bytes_max: usize,
    },
    /// The file is neither JPEG nor PNG.
    #[error("the picture file {found}")]
    WrongFormat {
        /// What it looks like and what to do.
        found: &'static str,
    },
    /// More pixels, or a longer side, than is read.
    #[error(
        "the picture says it is {width_px} x {height_px} pixels; at most {pixels_max} pixels and {side_px_max} on a side are \
         read: export it smaller"
    )]
    TooManyPixels {
        /// Width as the file says, in pixels.
        width_px: u32,
        /// Height as the file says, in pixels.
        height_px: u32,
        /// Pixels that are read.
        pixels_max: u64,
        /// Longest side that is read, in pixels.
        side_px_max: u32,
    },
    /// The picture would take more memory than is allowed.
    #[error("the picture would take more than {bytes_max} bytes of memory: export it smaller, or with 8 bits per channel")]
    TooMuchMemory {
        /// Memory that is allowed, in bytes.
        bytes_max: u64,
    },
    /// The colour profile is larger than any camera writes.
    #[error("the picture's colour profile has {bytes} bytes, more than the {bytes_max} that are read: export it as sRGB")]
    ProfileTooLarge {
        /// Size of the profile, in bytes.
        bytes: usize,
        /// What is read, in bytes.
        bytes_max: usize,
    },
    /// The file holds a moving picture.
    #[error("the PNG file holds an animation: take a still picture")]
    Animated,
    /// The file ends before the picture does.
    #[error("the {format} file ends before the picture does: copy it from the camera again")]
    Truncated {
        /// Its format.
        format: Format,
    },
    /// The file contradicts its format.
    #[error("the {format} file is damaged ({what}): copy it from the camera again")]
    Corrupt {
        /// Its format.
        format: Format,
        /// Which part is wrong.
        what: &'static str,
    },
    /// A rare kind that cannot be measured faithfully.
    #[error("the {format} file is of a kind that is not read ({what}): export it as an ordinary RGB picture")]
    RareKind {
        /// Its format.
        format: Format,
        /// Which kind.
        what: &'static str,
    },
    /// A picture that nothing can be measured on.
    #[error("the {which} cannot be measured: {}", said(.findings))]
    NotMeasurable {
        /// Which of the pictures.
        which: Which,
        /// Everything that was found wrong with it, what refuses first.
        findings: Vec<Finding>,
    },
    /// Two pictures that cannot be laid over one another.
    #[error("the pictures cannot be compared: {}", .finding.message)]
    NotComparable {
        /// Why.
        finding: Box<Finding>,
    },
    /// A zone that is none.
    #[error("zone {name:?}: {reason}")]
    Zone {
        /// Its name.
        name: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// Settings that cannot be.
    #[error("{field} is {found}, and should be {expected}")]
    Setting {
        /// Which one.
        field: &'static str,
        /// What it says.
        found: f64,
        /// What it may say.
        expected: &'static str,
    },
    /// A map could not be written as a picture.
    #[error("a map could not be written as a picture: report this as a fault of the program")]
    NotDrawn,
}

/// Which of the pictures is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// The only one.
    Picture,
    /// The earlier one.
    Baseline,
    /// The later one.
    FollowUp,
}

impl std::fmt::Display for Which {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(match self {
            Self::Picture => "picture",
            Self::Baseline => "baseline picture",
            Self::FollowUp => "follow-up picture",
        })
    }
}

fn said(findings: &[Finding]) -> String {
    findings.iter().map(|finding| finding.message.as_str()).collect::<Vec<_>>().join("; ")
}
