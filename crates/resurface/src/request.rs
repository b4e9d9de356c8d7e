//! What was typed, and what it means here: terminal, environment and defaults resolved once.

use std::io::{self, IsTerminal as _};
use std::path::PathBuf;

use crate::arguments::{Arguments, Colour, Command, Shared};
use crate::clinic::Access;
use crate::terminal::{Charset, Look, Paint, WIDTH_MAX, WIDTH_MIN};

/// Columns of a page that is not shown on a terminal.
const WIDTH_DEFAULT: usize = 100;

/// One run of the program.
#[derive(Debug)]
pub(crate) struct Request {
    /// What to do.
    pub(crate) command: Command,
    /// Folder with the knowledge to use; nothing for what is built in.
    pub(crate) knowledge: Option<PathBuf>,
    /// Which clinic, and who acts in it.
    pub(crate) access: Access,
    /// In which form to answer.
    pub(crate) form: Form,
    /// How a page is to look.
    pub(crate) look: Look,
}

/// In which form to answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// A page to read.
    Page,
    /// JSON with a version.
    Json,
}

impl From<Arguments> for Request {
    fn from(typed: Arguments) -> Self {
        let Arguments { command, clinic, shared } = typed;
        let look = Look { width: width(&shared), charset: charset(&shared), paint: paint(&shared) };
        let form = if shared.json { Form::Json } else { Form::Page };
        Self { command, knowledge: shared.knowledge, access: Access::of(clinic), form, look }
    }
}

fn width(shared: &Shared) -> usize {
    let of_terminal = || terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0));
    let width = shared.width.map(usize::from).or_else(of_terminal).unwrap_or(WIDTH_DEFAULT);
    width.clamp(WIDTH_MIN, WIDTH_MAX)
}

fn charset(shared: &Shared) -> Charset {
    if shared.ascii { Charset::Ascii } else { Charset::Unicode }
}

fn paint(shared: &Shared) -> Paint {
    #[expect(clippy::disallowed_methods, reason = "the program reads the environment so that no room has to")]
    let no_colour = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    match shared.color {
        Colour::Always => Paint::Ansi,
        Colour::Auto if io::stdout().is_terminal() && !no_colour => Paint::Ansi,
        Colour::Auto | Colour::Never => Paint::Plain,
    }
}
