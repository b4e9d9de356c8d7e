//! The program: command line and wiring, nothing else.
//!
//! What was typed (`arguments`) becomes what it means (`request`), which is then run (`run`). Only this crate reads and
//! writes files, looks at the terminal, prints and exits; every answer is made by the rooms it wires together.

use std::process::ExitCode;

use clap::Parser as _;

mod arguments;
mod clinic;
mod ending;
mod envelope;
mod files;
mod pages;
mod progress;
mod request;
mod run;
mod terminal;

/// Memory that many threads take and give back at once, as those of `serve` do, costs a fifth of a request with the system's
/// allocator, and stays taken.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let request = request::Request::from(arguments::Arguments::parse());
    match run::run(&request) {
        Ok(answer) => answer.deliver(),
        Err(failure) => failure.deliver(),
    }
}
