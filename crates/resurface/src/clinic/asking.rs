//! Asking whoever sits at the terminal, without showing what they type.

use std::fmt;
use std::io::{self, BufRead as _, IsTerminal as _, Write as _};

use zeroize::Zeroizing;

use crate::ending::{Exit, Failure};

/// A secret text: wiped when it is dropped, and never shown.
#[derive(Clone)]
pub(crate) struct Hidden(Zeroizing<String>);

impl Hidden {
    /// Hides a text.
    pub(crate) fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The text.
    pub(crate) fn text(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Hidden {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Hidden")
    }
}

/// Asks for a secret; `instead` says how to give it where there is no terminal.
pub(super) fn secret(what: &str, instead: &str, exit: Exit) -> Result<Hidden, Failure> {
    if !io::stdin().is_terminal() {
        return Err(Failure::new(exit, format!("{what} is needed, and there is no terminal to ask at")).hint(instead));
    }
    let typed = rpassword::prompt_password(format!("{what}: "));
    typed.map(Hidden::new).map_err(|error| Failure::new(exit, format!("{what} could not be read: {error}")).hint(instead))
}

/// Asks for a new secret, twice.
pub(super) fn new_secret(what: &str, instead: &str, exit: Exit) -> Result<Hidden, Failure> {
    let first = secret(what, instead, exit)?;
    let second = secret(&format!("{what}, once more"), instead, exit)?;
    if first.text() == second.text() {
        return Ok(first);
    }
    Err(Failure::new(exit, "the two are not the same").hint("start again, and type the same twice"))
}

/// Shows a text on stderr and reads one line; nothing when there is none.
pub(crate) fn line(shown: &str) -> Option<Hidden> {
    // Whoever cannot read the question cannot answer it either.
    let _ = io::stderr().lock().write_all(shown.as_bytes());
    let mut line = Zeroizing::new(String::new());
    io::stdin().lock().read_line(&mut line).ok()?;
    let line = line.trim();
    (!line.is_empty()).then(|| Hidden::new(line.to_owned()))
}
