//! What can go wrong with a picture, in words for whoever holds the camera or keeps the disk.

use resurface_care::chart::{Digest, MediaType};

use super::FileKind;

/// A picture that was refused, or that the store cannot keep or give back.
///
/// No message carries bytes of a picture or text out of its file.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// The file is larger than is taken in.
    #[error("the picture file has {bytes} bytes, more than the {bytes_max} that are taken in: export it smaller")]
    TooManyBytes {
        /// Size of the file, in bytes.
        bytes: usize,
        /// What is taken in, in bytes.
        bytes_max: usize,
    },
    /// The file is neither JPEG nor PNG.
    #[error("the picture file is {found}, and only JPEG and PNG are taken in: {}", found.advice())]
    WrongFormat {
        /// What it looks like.
        found: FileKind,
    },
    /// The picture has more pixels, or a longer side, than is taken in.
    #[error(
        "the picture says it is {width_px} x {height_px} pixels; at most {pixels_max} pixels and {side_px_max} on a side \
         are taken in: export it smaller"
    )]
    TooManyPixels {
        /// Width as the file says, in pixels.
        width_px: u32,
        /// Height as the file says, in pixels.
        height_px: u32,
        /// Pixels that are taken in.
        pixels_max: u64,
        /// Longest side that is taken in, in pixels.
        side_px_max: u32,
    },
    /// The picture would take more memory than is allowed for one picture.
    #[error("the picture would take more than {bytes_max} bytes of memory: export it smaller, or with 8 bits per channel")]
    TooMuchMemory {
        /// Memory that is allowed, in bytes.
        bytes_max: u64,
    },
    /// The colour profile is larger than any camera writes.
    #[error("the picture's colour profile has {bytes} bytes, more than the {bytes_max} that are taken in: export it as sRGB")]
    ProfileTooLarge {
        /// Size of the profile, in bytes.
        bytes: usize,
        /// What is taken in, in bytes.
        bytes_max: usize,
    },
    /// The file holds a moving picture.
    #[error("the PNG file holds an animation: take a still picture")]
    Animated,
    /// The file ends before the picture does.
    #[error("the {} file ends before the picture does: copy it from the camera again", name_of(*.media_type))]
    Truncated {
        /// Its format.
        media_type: MediaType,
    },
    /// The file contradicts its format.
    #[error("the {} file is damaged ({what}): copy it from the camera again", name_of(*.media_type))]
    Corrupt {
        /// Its format.
        media_type: MediaType,
        /// Which part is wrong.
        what: &'static str,
    },
    /// The file is sound but of a rare kind that cannot be shown faithfully.
    #[error("the {} file is of a kind that is not taken in ({what}): export it as an ordinary RGB picture", name_of(*.media_type))]
    RareKind {
        /// Its format.
        media_type: MediaType,
        /// Which kind.
        what: &'static str,
    },
    /// The picture was read but could not be written anew.
    #[error("the picture was read but could not be written anew as {}: report this as a fault of the program", name_of(*.media_type))]
    NotRedrawn {
        /// The format it was to be written in.
        media_type: MediaType,
    },

    /// The bytes to be kept are not those the name stands for.
    #[error("the bytes to be kept as picture {name} have the digest {found}: report this as a fault of the program")]
    WrongName {
        /// The name they came with.
        name: Digest,
        /// What they are.
        found: Digest,
    },
    /// Nothing is kept under this name.
    #[error("picture {name} is not in {place}: restore it from a backup")]
    Missing {
        /// Which picture.
        name: Digest,
        /// Which store.
        place: String,
    },
    /// What is kept does not open, or opens to other bytes. A [`Sealing`](super::Sealing) says this when a seal it has the
    /// key for does not hold.
    #[error("what is kept as picture {name} is damaged: restore it from a backup")]
    Damaged {
        /// Which picture.
        name: Digest,
    },
    /// The key that the bytes were sealed with is not at hand.
    #[error("picture {name} is sealed with a key that is not in the keyring: bring back the keyring that belongs to this store")]
    KeyMissing {
        /// Which picture.
        name: Digest,
    },
    /// The bytes could not be sealed.
    #[error("picture {name} could not be sealed, and was not kept: check the keyring and try again")]
    NotSealed {
        /// Which picture.
        name: Digest,
    },
    /// The folder of the store is not there.
    #[error("the picture folder {place} is not there: is its disk connected? Nothing was written")]
    FolderMissing {
        /// The folder.
        place: String,
    },
    /// The store does not answer, or refuses.
    #[error("the picture store {place} cannot be used ({doing}): check that its disk is connected, writable and not full")]
    Unreachable {
        /// Which store.
        place: String,
        /// What was being done.
        doing: &'static str,
        /// What the store or the system said.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

const fn name_of(media_type: MediaType) -> &'static str {
    match media_type {
        MediaType::Jpeg => "JPEG",
        MediaType::Png => "PNG",
    }
}
