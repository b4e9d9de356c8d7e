//! Runs the program and keeps what it said.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What one run said.
pub(crate) struct Said {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) code: i32,
}

impl Said {
    /// Both texts and the exit code, as one text for a snapshot.
    pub(crate) fn all(&self) -> String {
        format!("exit {}\n--- stdout\n{}--- stderr\n{}", self.code, steady(&self.stdout), steady(&self.stderr))
    }
}

/// The root of the repository.
pub(crate) fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Runs the program in the root of the repository.
pub(crate) fn resurface(arguments: &[&str]) -> Said {
    resurface_in(&repository(), arguments, "")
}

/// Runs the program in `folder` with `input` on its standard input, away from any terminal.
pub(crate) fn resurface_in(folder: &Path, arguments: &[&str], input: &str) -> Said {
    resurface_with(folder, arguments, &[], input)
}

/// The same, with these variables and no others of the program in its environment.
pub(crate) fn resurface_with(folder: &Path, arguments: &[&str], variables: &[(&str, &str)], input: &str) -> Said {
    let mut child = command(folder, arguments, variables)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that does not read its input closes it: that is no failure of the test.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    Said {
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
        code: output.status.code().unwrap(),
    }
}

/// The program, ready to be run.
pub(crate) fn command(folder: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_resurface"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("RESURFACE_") {
            command.env_remove(name);
        }
    }
    command.args(arguments).current_dir(folder).env_remove("NO_COLOR").envs(variables.iter().copied());
    command
}

/// An empty folder for one test.
pub(crate) fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Every example of the repository.
pub(crate) fn examples() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(repository().join("examples"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml" || ending == "json"))
        .collect();
    files.sort();
    files
}

/// The text with every hash replaced, so that a change of knowledge does not touch a snapshot that is not about it.
pub(crate) fn steady(text: &str) -> String {
    let is_hash = |word: &str| matches!(word.len(), 12 | 64) && word.bytes().all(|sign| sign.is_ascii_hexdigit());
    let mut out = String::with_capacity(text.len());
    let mut word = String::new();
    for sign in text.chars().chain(['\0']) {
        if sign.is_ascii_alphanumeric() {
            word.push(sign);
            continue;
        }
        out.push_str(if is_hash(&word) { "HASH" } else { &word });
        word.clear();
        if sign != '\0' {
            out.push(sign);
        }
    }
    out
}
