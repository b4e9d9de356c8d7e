//! The names a consultation may use, taken from the knowledge it is read against.

/// The names a consultation may use.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vocabulary {
    /// Keys of findings that some rule asks for.
    pub findings: Vec<String>,
    /// Devices and the depths they can be set to.
    pub devices: Vec<DepthRange>,
    /// Ids of jurisdictions.
    pub jurisdictions: Vec<String>,
    /// Ids of zones.
    pub zones: Vec<String>,
    /// Ids of treatments.
    pub treatments: Vec<String>,
    /// Ids of anaesthetic products, `none` among them.
    pub anaesthetics: Vec<String>,
    /// Ids of rules.
    pub rules: Vec<String>,
    /// Pairs of findings that cannot both be present, with the reason.
    pub exclusive: Vec<(String, String, &'static str)>,
}

/// A device and the deepest setting it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DepthRange {
    /// Id of the device.
    pub device: String,
    /// Deepest setting, in micrometres; `None` when it is not known.
    pub depth_max_um: Option<u32>,
}
