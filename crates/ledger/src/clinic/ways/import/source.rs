//! The folder of an export as it is read: nothing but the files that are listed, each as it is listed, none larger than it
//! may be.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Read};
use std::path::{Path, PathBuf};

use resurface_care::chart::Digest;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use super::super::WayFault;
use super::super::export::{EXPORT_FILE, EXPORT_SCHEMA, ExportJson, FileJson};
use super::super::fault::shown;
use super::super::partial::open;
use crate::clinic::LedgerError;
use crate::clinic::files::fault;
use crate::pictures::digest_of;

/// Largest list that is read, in bytes.
const LIST_BYTES_MAX: u64 = 256 << 20;

/// Largest file that is read into memory, in bytes: more than the largest picture that is kept.
const FILE_BYTES_MAX: u64 = 256 << 20;

/// Folders within folders that an export has: `knowledge/VERSION/guide`.
const DEPTH_MAX: usize = 4;

/// An export that is being read.
pub(super) struct Source {
    folder: PathBuf,
    json: ExportJson,
    read: BTreeSet<String>,
}

impl Source {
    /// Reads the list, and holds it against the files that are there.
    pub(super) fn open(folder: &Path) -> Result<Self, LedgerError> {
        let list = folder.join(EXPORT_FILE);
        let metadata = fs::symlink_metadata(&list).map_err(|_| WayFault::NotAnExport)?;
        if !metadata.is_file() {
            return Err(WayFault::NotAnExport.into());
        }
        let bytes = read_whole(&list, EXPORT_FILE, metadata.len(), LIST_BYTES_MAX)?;
        let source = Self { folder: folder.to_owned(), json: list_of(&bytes)?, read: BTreeSet::new() };
        let mut found = BTreeSet::from([EXPORT_FILE.to_owned()]);
        source.walk(folder, "", DEPTH_MAX, &mut found)?;
        match source.json.files.keys().find(|name| !found.contains(*name)) {
            Some(missing) => Err(WayFault::Missing(missing.clone()).into()),
            None => Ok(source),
        }
    }

    /// What the export says of itself.
    pub(super) const fn json(&self) -> &ExportJson {
        &self.json
    }

    /// An export that says of itself that something in it does not check is not taken over.
    pub(super) fn refuse_faults(&self) -> Result<(), LedgerError> {
        let problems = self.json.faults.iter().map(|fault| match fault.entry {
            Some(entry) => format!("{}, {entry}: {}", shown(fault.file.as_bytes()), shown(fault.problem.as_bytes())),
            None => format!("{}: {}", shown(fault.file.as_bytes()), shown(fault.problem.as_bytes())),
        });
        let problems: Vec<String> = problems.collect();
        if problems.is_empty() { Ok(()) } else { Err(WayFault::Unsound(problems).into()) }
    }

    /// Listed files of a folder with an ending, in order.
    pub(super) fn names_in(&self, folder: &str, ending: &str) -> Vec<String> {
        let within = |name: &str| name.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        self.json.files.keys().filter(|name| within(name) && name.ends_with(ending)).cloned().collect()
    }

    /// A file whole, as it is listed.
    pub(super) fn bytes(&mut self, name: &str) -> Result<Vec<u8>, LedgerError> {
        let listed = self.listed(name)?;
        let bytes = read_whole(&self.folder.join(name), name, listed.bytes, FILE_BYTES_MAX)?;
        if digest_of(&bytes) != listed.sha256 {
            return Err(WayFault::Altered(name.to_owned()).into());
        }
        Ok(bytes)
    }

    /// A file line by line. It is as listed only once it was read to its end.
    pub(super) fn lines(&mut self, name: &'static str, line_bytes_max: usize) -> Result<Lines, LedgerError> {
        let listed = self.listed(name)?;
        let file = BufReader::new(open(&self.folder.join(name))?);
        Ok(Lines { name, file, listed, line: Vec::new(), line_bytes_max, bytes: 0, hasher: Sha256::new() })
    }

    /// Checks the files that are there for people only, and that no other was left unread.
    pub(super) fn check_the_rest(&mut self) -> Result<(), LedgerError> {
        let rest: Vec<String> = self.json.files.keys().filter(|name| !self.read.contains(*name)).cloned().collect();
        for name in rest {
            if !for_people(&name) {
                return Err(WayFault::Unknown(name).into());
            }
            let listed = self.listed(&name)?;
            let path = self.folder.join(&name);
            let mut file = open(&path)?.take(listed.bytes.saturating_add(1));
            let (mut hasher, mut buffer) = (Sha256::new(), vec![0; 1 << 16]);
            loop {
                let count = file.read(&mut buffer).map_err(fault(Path::new(&name), "read"))?;
                if count == 0 {
                    break;
                }
                hasher.update(&buffer[..count]);
            }
            if Digest::new(hasher.finalize().into()) != listed.sha256 {
                return Err(WayFault::Altered(name).into());
            }
        }
        Ok(())
    }

    fn listed(&mut self, name: &str) -> Result<FileJson, LedgerError> {
        let listed = self.json.files.get(name).copied().ok_or_else(|| WayFault::Missing(name.to_owned()))?;
        self.read.insert(name.to_owned());
        Ok(listed)
    }

    /// Finds every file, and stops at the first that is not listed, is no plain file, or has another size.
    fn walk(&self, folder: &Path, prefix: &str, depth: usize, found: &mut BTreeSet<String>) -> Result<(), LedgerError> {
        let failed = fault(folder, "read");
        for entry in fs::read_dir(folder).map_err(&failed)? {
            let entry = entry.map_err(&failed)?;
            let part = entry.file_name();
            let name = format!("{prefix}{}", part.to_string_lossy());
            let kind = entry.file_type().map_err(&failed)?;
            if kind.is_dir() && depth > 0 {
                self.walk(&entry.path(), &format!("{name}/"), depth - 1, found)?;
            } else if !kind.is_file() {
                return Err(WayFault::NoPlainFile(shown(name.as_bytes())).into());
            } else if name != EXPORT_FILE {
                let bytes = entry.metadata().map_err(&failed)?.len();
                match self.json.files.get(&name).filter(|_| part.to_str().is_some()) {
                    None => return Err(WayFault::Unknown(shown(name.as_bytes())).into()),
                    Some(listed) if listed.bytes != bytes => return Err(WayFault::Altered(name).into()),
                    Some(_) => found.insert(name),
                };
            }
        }
        Ok(())
    }
}

/// A file that is read line by line.
pub(super) struct Lines {
    name: &'static str,
    file: BufReader<File>,
    listed: FileJson,
    line: Vec<u8>,
    line_bytes_max: usize,
    bytes: u64,
    hasher: Sha256,
}

impl Lines {
    /// The next line with its end; nothing at the end of the file.
    pub(super) fn next_line(&mut self) -> Result<Option<&[u8]>, LedgerError> {
        self.line.clear();
        let most = self.line_bytes_max as u64 + 1;
        let count = Read::by_ref(&mut self.file).take(most).read_until(b'\n', &mut self.line);
        let count = count.map_err(fault(Path::new(self.name), "read"))?;
        if count > self.line_bytes_max {
            let (bytes, bytes_max) = (count as u64, self.line_bytes_max as u64);
            return Err(WayFault::TooLarge { file: format!("a line of {}", self.name), bytes, bytes_max }.into());
        }
        self.bytes += count as u64;
        if self.bytes > self.listed.bytes {
            return Err(WayFault::Altered(self.name.to_owned()).into());
        }
        self.hasher.update(&self.line);
        Ok((count > 0).then_some(&self.line))
    }

    /// That the file was as it is listed.
    pub(super) fn end(self) -> Result<(), LedgerError> {
        if Digest::new(self.hasher.finalize().into()) == self.listed.sha256 {
            Ok(())
        } else {
            Err(WayFault::Altered(self.name.to_owned()).into())
        }
    }
}

fn list_of(bytes: &[u8]) -> Result<ExportJson, LedgerError> {
    #[derive(Deserialize)]
    struct Named {
        schema: String,
    }
    let named: Named = serde_json::from_slice(bytes).map_err(|_| WayFault::NotAnExport)?;
    if named.schema != EXPORT_SCHEMA {
        let ours = named.schema.starts_with("resurface.export/");
        return Err(if ours { WayFault::TooNew(shown(named.schema.as_bytes())) } else { WayFault::NotAnExport }.into());
    }
    Ok(serde_json::from_slice(bytes).map_err(|_| WayFault::Altered(EXPORT_FILE.to_owned()))?)
}

/// Reads a file of a known size, and no more of it than that.
fn read_whole(path: &Path, name: &str, bytes: u64, bytes_max: u64) -> Result<Vec<u8>, LedgerError> {
    if bytes > bytes_max {
        return Err(WayFault::TooLarge { file: name.to_owned(), bytes, bytes_max }.into());
    }
    let mut content = Vec::new();
    open(path)?.take(bytes.saturating_add(1)).read_to_end(&mut content).map_err(fault(Path::new(name), "read"))?;
    if content.len() as u64 == bytes { Ok(content) } else { Err(WayFault::Altered(name.to_owned()).into()) }
}

/// Files that an import does not read: they say again what the others say.
fn for_people(name: &str) -> bool {
    let table = name.ends_with(".csv") && (!name.contains('/') || name.starts_with("charts/"));
    name == "README.md" || table
}
