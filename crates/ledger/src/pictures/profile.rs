//! The colour profile, kept if it is one and fits the picture: two screens must show the same red.

/// Header of a profile and its number of tags, in bytes (ICC.1:2022, 7.2).
const HEADER_BYTES: usize = 132;

/// What the channels of a picture mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Channels {
    /// Grey alone.
    Grey,
    /// Red, green, blue.
    Rgb,
}

/// The profile, cut to the size it gives itself; nothing if it is no profile or is meant for other channels, in which
/// case every viewer would ignore it too.
pub(super) fn fitting(mut profile: Vec<u8>, channels: Channels) -> Option<Vec<u8>> {
    let bytes = u32::from_be_bytes(*profile.first_chunk()?) as usize;
    let colour_space: &[u8] = match channels {
        Channels::Grey => b"GRAY",
        Channels::Rgb => b"RGB ",
    };
    let sound = bytes >= HEADER_BYTES
        && bytes <= profile.len()
        && profile.get(16..20) == Some(colour_space)
        && profile.get(36..40) == Some(b"acsp");
    profile.truncate(bytes);
    sound.then_some(profile)
}
