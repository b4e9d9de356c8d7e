//! The only place that touches files: read whole, written whole.
#![expect(clippy::disallowed_methods, reason = "the program reads and writes files so that no room has to")]

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use resurface_knowledge::Files;
use resurface_knowledge::document::TEXT_BYTES_MAX;
use zeroize::Zeroizing;

use crate::ending::{Exit, Failure};

/// The largest secret text that is read, in bytes: a key file takes a quarter of it.
const SECRET_BYTES_MAX: usize = 4096;

/// A text and the name under which it is spoken of.
#[derive(Debug)]
pub(crate) struct Text {
    /// `consultation.toml`, or `standard input`.
    pub(crate) name: String,
    /// The text.
    pub(crate) text: String,
}

/// Reads a text; `-` is standard input.
pub(crate) fn read(path: &Path) -> Result<Text, Failure> {
    let (name, bytes) = match path.to_str() {
        Some("-") => ("standard input".to_owned(), at_most(io::stdin().lock())),
        _ => (path.display().to_string(), File::open(path).and_then(at_most)),
    };
    let bytes = bytes.map_err(|error| unreadable(&name, &error))?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let line = error.as_bytes()[..error.utf8_error().valid_up_to()].iter().filter(|byte| **byte == b'\n').count() + 1;
        Failure::new(Exit::InputFaults, format!("{name}:{line}: this text is not UTF-8"))
            .hint("save the file as UTF-8 and try again")
    })?;
    Ok(Text { name, text: text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text) })
}

/// Reads every file of a knowledge folder that belongs to the knowledge.
pub(crate) fn read_knowledge(folder: &Path) -> Result<Files, Failure> {
    let mut files = Files::default();
    let mut folders = vec![folder.to_owned()];
    while let Some(here) = folders.pop() {
        let name = here.display().to_string();
        let entries = fs::read_dir(&here).map_err(|error| unreadable(&name, &error))?;
        let mut paths = entries
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<io::Result<Vec<PathBuf>>>()
            .map_err(|error| unreadable(&name, &error))?;
        paths.sort();
        for path in paths {
            let name = relative(folder, &path);
            if path.is_dir() {
                folders.push(path);
            } else if Files::belongs(&name) {
                files.insert(name, read(&path)?.text);
            }
        }
    }
    Ok(files)
}

/// Writes a file whole or not at all: first beside it under another name, then renamed.
pub(crate) fn write(path: &Path, content: impl AsRef<[u8]>) -> Result<(), Failure> {
    let failed = |error: &io::Error| unwritable(path, error);
    let beside = beside(path).ok_or_else(|| failed(&io::ErrorKind::InvalidInput.into()))?;
    let written = File::create(&beside)
        .and_then(|mut file| file.write_all(content.as_ref()).and_then(|()| file.sync_all()))
        .and_then(|()| fs::rename(&beside, path));
    written.map_err(|error| {
        // What is left of a failed attempt helps nobody; that it may never have been made is no second fault.
        let _ = fs::remove_file(&beside);
        failed(&error)
    })
}

/// Makes a folder that is not there yet, or is empty.
#[cfg(feature = "measure")]
pub(crate) fn make_folder(folder: &Path) -> Result<(), Failure> {
    if !is_free(folder) {
        return Err(unwritable(folder, &io::ErrorKind::AlreadyExists.into()));
    }
    fs::create_dir_all(folder).map_err(|error| unwritable(folder, &error))
}

/// The path without links and dots; the folder has to be there.
pub(crate) fn canonical(folder: &Path) -> Result<PathBuf, Failure> {
    folder.canonicalize().map_err(|error| unreadable(&folder.display().to_string(), &error))
}

/// Whether something is there.
pub(crate) fn is_there(path: &Path) -> bool {
    path.exists()
}

/// Whether a folder can be made there: there is nothing, or an empty folder.
pub(crate) fn is_free(path: &Path) -> bool {
    match fs::read_dir(path) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    }
}

/// A folder that only its owner may look into, and that is removed where this is dropped.
pub(crate) struct Temporary(PathBuf);

impl Temporary {
    /// Makes a folder of this name among those that this machine does not keep.
    pub(crate) fn folder(name: &str) -> Result<Self, Failure> {
        let folder = std::env::temp_dir().join(name);
        make_private(&folder).map_err(|error| unwritable(&folder, &error))?;
        Ok(Self(folder))
    }

    /// The folder.
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        // What cannot be removed now is the machine's to remove.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Reads a picture, or whatever else is no text; one byte more than `bytes_max` at most, so that its reader can refuse it.
pub(crate) fn read_bytes(path: &Path, bytes_max: usize) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(bytes_max as u64 + 1).read_to_end(&mut bytes));
    read.map(|_| bytes).map_err(|error| unreadable(&path.display().to_string(), &error))
}

/// Reads a small secret text; nothing when there is none.
pub(crate) fn read_secret(path: &Path) -> Result<Option<Zeroizing<String>>, Failure> {
    let name = path.display().to_string();
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(&name, &error)),
    };
    let mut text = Zeroizing::new(String::with_capacity(SECRET_BYTES_MAX));
    let read = file.take(SECRET_BYTES_MAX as u64).read_to_string(&mut text);
    read.map(|_| Some(text)).map_err(|error| unreadable(&name, &error))
}

/// Writes a text that only its owner may read, whole or not at all; makes the folder where it is missing.
pub(crate) fn write_private(path: &Path, text: &str) -> Result<(), Failure> {
    write_private_bytes(path, text.as_bytes())
}

/// Writes bytes that only their owner may read, whole or not at all; makes the folder where it is missing.
pub(crate) fn write_private_bytes(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let failed = |error: io::Error| unwritable(path, &error);
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.is_dir()) {
        make_private(folder).map_err(failed)?;
    }
    let beside = beside(path).ok_or_else(|| failed(io::ErrorKind::InvalidInput.into()))?;
    // What an attempt that was cut off left behind is nobody's.
    let _ = fs::remove_file(&beside);
    let written = create_private(&beside)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .and_then(|()| fs::rename(&beside, path));
    written.map_err(|error| {
        let _ = fs::remove_file(&beside);
        failed(error)
    })
}

/// Writes a new file that only its owner may read. What is there already is never written over.
pub(crate) fn write_new_private(path: &Path, text: &str) -> Result<(), Failure> {
    let mut file = create_private(path).map_err(|error| unwritable(path, &error))?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(|error| {
        let _ = fs::remove_file(path);
        unwritable(path, &error)
    })
}

/// Removes a file; that it is not there is no fault.
pub(crate) fn remove(path: &Path) -> Result<(), Failure> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(Failure::new(Exit::File, format!("{} could not be removed: {error}", path.display())))
        }
        _ => Ok(()),
    }
}

fn create_private(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn make_private(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

fn beside(path: &Path) -> Option<PathBuf> {
    let mut beside = std::ffi::OsString::from(".");
    beside.push(path.file_name()?);
    beside.push(format!(".{}.partial", std::process::id()));
    Some(path.with_file_name(beside))
}

fn unwritable(path: &Path, error: &io::Error) -> Failure {
    let hint = match error.kind() {
        io::ErrorKind::AlreadyExists => "it is there already, and is not written over: name another",
        _ => "choose a folder that exists and may be written to",
    };
    Failure::new(Exit::File, format!("{} could not be written: {error}", path.display())).hint(hint)
}

/// Says before long work that its file could not be written in the end.
#[cfg(feature = "fit")]
pub(crate) fn check_writable(path: &Path) -> Result<(), Failure> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if folder.is_dir() {
        return Ok(());
    }
    let error = format!("{} could not be written: there is no folder {}", path.display(), folder.display());
    Err(Failure::new(Exit::File, error).hint("make the folder, or name another with --out"))
}

/// At most one byte more than any text may have, so that the reader of the text can say that it is too long.
fn at_most(source: impl io::Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.take(8 * TEXT_BYTES_MAX as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn relative(folder: &Path, path: &Path) -> String {
    let parts = path.strip_prefix(folder).unwrap_or(path).components();
    parts.map(|part| part.as_os_str().to_string_lossy().into_owned()).collect::<Vec<_>>().join("/")
}

fn unreadable(name: &str, error: &io::Error) -> Failure {
    let hint = match error.kind() {
        io::ErrorKind::NotFound => "check the spelling of the path",
        io::ErrorKind::PermissionDenied => "ask for the right to read it",
        io::ErrorKind::IsADirectory => "name a file in that folder",
        _ => "check that it is a file that can be read",
    };
    Failure::new(Exit::File, format!("{name} could not be read: {error}")).hint(hint)
}
