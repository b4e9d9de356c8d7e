//! What clinicians own: cited facts, read and validated into types; every fact carries its source and its mark.
//!
//! ```
//! use resurface_knowledge::{Files, Knowledge};
//!
//! let knowledge = Knowledge::read(&Files::built_in()).unwrap();
//! assert!(knowledge.explain("CI-PREG").is_some());
//!
//! let mut broken = Files::built_in();
//! broken.remove("sources.toml");
//! let reports = Knowledge::read(&broken).unwrap_err();
//! assert_eq!(reports[0].file(), "sources.toml");
//! ```

pub mod adverse_events;
mod check;
mod check_rules;
mod check_words;
pub mod contraindications;
pub mod devices;
pub mod document;
pub mod explain;
mod explain_rules;
pub mod fact;
mod files;
pub mod guide;
pub mod jurisdictions;
mod mark;
mod near;
pub mod protocol;
pub mod scales;
pub mod settings;
pub mod sources;
mod table;
mod translation;
pub mod treatments;
pub mod values;
mod version;

use std::collections::BTreeMap;

use document::FaultReport;
pub use files::Files;
pub use mark::{EvidenceCode, Mark};
use table::{Place, Table};
pub use version::Version;

/// Makes [`Knowledge`] out of one line per table: its field, its type, and so its file, shape, checks and explanations.
macro_rules! tables {
    ($($(#[$about:meta])* $field:ident: $table:ty,)+) => {
        /// Everything that is known: one typed table per file, and the version that every answer names.
        #[derive(Clone, Debug)]
        pub struct Knowledge {
            /// Hash of all files.
            pub version: Version,
            /// The texts themselves, for what is not a table: data files and the pages of the guide.
            pub files: Files,
            /// The guide for patients, with the facts of the tables put in.
            pub guide: guide::Guide,
            $($(#[$about])* pub $field: $table,)+
            /// What is said for each English text, where this is knowledge in another language.
            said: BTreeMap<String, String>,
        }

        impl Knowledge {
            /// Reads and checks every file.
            ///
            /// # Errors
            /// One report per faulty file, in the order of the file names: what disagrees with the files' shapes, or,
            /// once every shape is right, what disagrees between them.
            pub fn read(files: &Files) -> Result<Self, Vec<FaultReport>> {
                let mut reports = check::files(files);
                $(let $field = table::read::<$table>(files).map_err(|report| reports.push(report)).ok();)+
                let ($(Some($field),)+) = ($($field,)+) else { return Err(check::in_order(reports)) };
                let mut knowledge = Self {
                    version: Version::of(files),
                    files: files.clone(),
                    guide: guide::Guide::default(),
                    $($field: $field.0,)+
                    said: BTreeMap::new(),
                };
                let mut claimed = BTreeMap::new();
                $(
                    let mut report = FaultReport::new(<$table as Table>::FILE);
                    check::ids(&Table::ids(&knowledge.$field), &mut claimed, &$field.1, &mut report);
                    knowledge.$field.cross_check(&knowledge, Place::root(&$field.1), &mut report);
                    reports.push(report);
                )+
                reports.extend(check_words::all(&knowledge));
                match guide::read(&knowledge) {
                    Ok(guide) => knowledge.guide = guide,
                    Err(faulty) => reports.extend(faulty),
                }
                let reports = check::in_order(reports);
                if reports.is_empty() { Ok(knowledge) } else { Err(reports) }
            }

            /// The knowledge that came with this version.
            ///
            /// # Errors
            /// None for a version that was tested; the reports otherwise.
            pub fn built_in() -> Result<Self, Vec<FaultReport>> {
                Self::read(&Files::built_in())
            }

            /// The same knowledge with its texts in another language, from the folder of that name (`de`): every fact is
            /// the one of these tables, and only what people read is said otherwise.
            ///
            /// # Errors
            /// One report per faulty file of the folder: a text without a translation, a translation of a text that is not
            /// there (any more), a number or a name that got lost.
            pub fn translated(&self, language: &str) -> Result<Self, Vec<FaultReport>> {
                let mut reports = translation::files(&self.files, language);
                reports.extend(check_words::translated(self, language));
                let mut said = BTreeMap::new();
                $(
                    let $field = translation::table::<$table>(&self.files, language, &mut said);
                    let $field = $field.map_err(|report| reports.push(report)).ok();
                )+
                let phrases = guide::phrases(&self.files, language).map_err(|report| reports.push(report)).ok();
                let ($(Some($field),)+ Some(phrases)) = ($($field,)+ phrases) else { return Err(check::in_order(reports)) };
                let mut knowledge = Self {
                    version: self.version.clone(),
                    files: self.files.clone(),
                    guide: guide::Guide::default(),
                    $($field,)+
                    said,
                };
                match guide::translated(&knowledge, language, &phrases) {
                    Ok(guide) => knowledge.guide = guide,
                    Err(faulty) => reports.extend(faulty),
                }
                let reports = check::in_order(reports);
                if reports.is_empty() { Ok(knowledge) } else { Err(reports) }
            }

            /// An English text of a table in the language of this knowledge; another text as it is.
            #[must_use]
            pub fn says<'a>(&'a self, english: &'a str) -> &'a str {
                self.said.get(english).map_or(english, String::as_str)
            }

            /// Names of the tables' files.
            pub(crate) fn tables() -> impl Iterator<Item = &'static str> {
                [$(<$table as Table>::FILE),+].into_iter()
            }

            /// Every id that [`Knowledge::explain`] answers to.
            #[must_use]
            pub fn ids(&self) -> Vec<&str> {
                let mut ids = Vec::new();
                $(ids.extend(Table::ids(&self.$field));)+
                ids
            }

            fn explain_in_tables(&self, id: &str) -> Option<explain::Explanation> {
                None$(.or_else(|| Table::explain(&self.$field, id, self)))+
            }
        }
    };
}

tables! {
    /// Who says so.
    sources: Vec<sources::Source>,
    /// Who must wait, who must not, and what to look out for.
    contraindications: Vec<contraindications::Contraindication>,
    /// What can go wrong, what to do, and how soon.
    adverse_events: adverse_events::AdverseEvents,
    /// What each device's label allows.
    devices: Vec<devices::Device>,
    /// What the law of each place asks.
    jurisdictions: Vec<jurisdictions::Jurisdiction>,
    /// How needling is done.
    protocol: protocol::Protocol,
    /// Scales and the tables that grading reads.
    scales: scales::Scales,
    /// Numbers that are a clinic's to decide.
    settings: settings::Settings,
    /// What serves which scar, and when needling is not the best.
    treatments: treatments::Treatments,
}
