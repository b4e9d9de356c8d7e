//! Prints docs/measure-surface.md: how far the numbers are from what other programs compute, and from closed forms.
//!
//!     cargo run --release -p resurface-measure --example agreement > docs/measure-surface.md
#![expect(
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::print_stdout,
    reason = "an example that reads samples and prints"
)]

mod analytic;
mod consensus;
mod rows;

use rows::Agreement;

const BEFORE: &str = include_str!("before.md");

fn main() {
    println!("{BEFORE}");
    println!("## Measured surfaces against other programs\n");
    let (agreements, absent) = consensus::consensus();
    table(&agreements);
    for path in absent {
        println!("\n`{path}` was not there when this was written.");
    }
    println!("\n## Surfaces known in closed form\n");
    table(&analytic::analytic());
}

fn table(agreements: &[Agreement]) {
    println!("| surface | parameter | here | expected | error | allowed | from |");
    println!("|---|---|---|---|---|---|---|");
    for it in agreements {
        let found = it.found.map_or("none".to_owned(), |found| format!("{found:.9}"));
        let mark = if it.holds() { "" } else { " **over**" };
        println!(
            "| {} | {} | {found} | {:.9} | {:.1e}{mark} | {:.0e} | {} |",
            it.surface,
            it.symbol,
            it.expected,
            it.error(),
            it.tolerance,
            it.source
        );
    }
}
