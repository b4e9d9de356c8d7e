//! The clinic in a browser: pages, the JSON interface and the doors.
//!
//! Pages are rendered here and work without scripts. What they show is asked at a desk of the ledger, so that every reading
//! and writing is asked of one table and logged; what they decide is asked of `care`. Nothing is computed a second time here.

mod api;
mod app;
mod assets;
mod doors;
mod form;
#[cfg(feature = "measure")]
mod measuring;
mod page;
mod pages;
mod pending;
mod problem;
mod routes;
mod seat;
mod serve;
mod set_up;
#[cfg(feature = "tls")]
mod tls;

pub use app::{App, NoRules, Rules};
pub use routes::{Need, Route, all as routes};
pub use serve::{Stopping, router, serve};
#[cfg(feature = "tls")]
pub use tls::{Certificate, serve_over_tls};
