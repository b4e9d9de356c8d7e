//! Documents to hand out and to file, as accessible PDF: the plan, consent, after-care, a progress report, the whole chart.
//!
//! A document takes what `care` and `knowledge` say, the letterhead of the clinic and the words of a language, and gives the
//! bytes of a PDF: A4, tagged for screen readers (PDF/UA-1), with its title, its language and bookmarks. The same input gives
//! the same bytes. Nothing is decided here, and nothing is read from a disk or a clock.
//!
//! What is computed holds clinical texts in English, as `knowledge/` has them; a [`Reader`] brings the same knowledge in their
//! language, and what is printed is said in it. Citations stay in the words of their source, marked as English for screen
//! readers.
//!
//! ```
//! use jiff::civil::date;
//! use resurface_care::chart::Registered;
//! use resurface_care::consultation::Sex;
//! use resurface_documents::{AftercareSheet, Letterhead, Reader, aftercare};
//! use resurface_knowledge::Knowledge;
//! use resurface_words::{Language, Words};
//!
//! let knowledge = Knowledge::built_in().unwrap();
//! let letterhead = Letterhead {
//!     clinic: "Example Skin Clinic".to_owned(),
//!     printed_on: date(2026, 11, 20).at(9, 30, 0, 0),
//!     program: "0.1.0".to_owned(),
//!     knowledge: knowledge.version.full().to_owned(),
//!     model: None,
//!     seed: None,
//! };
//! let patient = Registered {
//!     on: date(2026, 11, 20),
//!     number: "A-1042".to_owned(),
//!     name: "Nora Example".to_owned(),
//!     birth_date: date(1994, 3, 2),
//!     sex: Sex::Female,
//!     contact: None,
//!     synthetic: true,
//! };
//! let sheet = AftercareSheet { session: Some(date(2026, 11, 27)) };
//! let german = knowledge.translated("de").unwrap();
//! let reader = Reader { words: Words::of(Language::German), knowledge: &german };
//! let pdf = aftercare(&letterhead, &patient, &sheet, reader).unwrap();
//! assert!(pdf.starts_with(b"%PDF-1.7"));
//! ```

mod aftercare;
mod chart;
mod consent;
mod error;
mod facts;
mod flow;
mod fonts;
mod ink;
mod letterhead;
mod markdown;
mod paint;
mod paper;
mod phrases;
mod picture;
mod plan;
mod progress;
mod reader;
mod sources;
mod text;
mod wrap;

pub use aftercare::{AftercareSheet, aftercare};
pub use chart::{ChartEntry, ChartSheet, chart};
pub use consent::{ConsentPart, ConsentSheet, GivenConsent, consent};
pub use error::DocumentError;
pub use letterhead::Letterhead;
pub use picture::{Picture, PicturePair};
pub use plan::{AdoptedBy, PlanSheet, plan};
pub use progress::{ProgressSheet, ReviewedBy, progress};
pub use reader::Reader;
