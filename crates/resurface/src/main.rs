//! The program: command line and wiring, nothing else.

fn main() {}
