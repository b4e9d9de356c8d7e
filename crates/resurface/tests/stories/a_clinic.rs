//! A clinic in a folder of its own, and the program run in it as whoever is signed in.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::program::{Said, folder, resurface_with};

/// The password of the lead, who also prescribes.
pub(crate) const PASSWORD: &str = "a long quiet evening";
/// The password of everybody else.
pub(crate) const OTHER_PASSWORD: &str = "seven small boats";

/// A clinic.
pub(crate) struct AClinic {
    /// The folder in which the clinic's folder, its key and the files of the test are.
    pub(crate) folder: PathBuf,
}

impl AClinic {
    /// Founded, with Dr Ada signed in, who leads and prescribes.
    pub(crate) fn founded(name: &str) -> Self {
        Self::founded_as(name, &[])
    }

    /// The same, with more options.
    pub(crate) fn founded_as(name: &str, more: &[&str]) -> Self {
        let clinic = Self { folder: folder(name) };
        let init = ["clinic", "init", "clinic", "--name", "Harbour Skin", "--lead", "ada", "--lead-name", "Dr Ada Example"];
        let operator = ["--profession", "dermatologist", "--trained", "yes", "--training-valid-until", "2028-06-30"];
        let limits = ["--depth-limit-um", "1500", "--premises-permitted", "yes"];
        let arguments = [&init[..], &["--also", "prescriber"], &operator, &limits, more].concat();
        let said = clinic.run_with(&arguments, &[("RESURFACE_NEW_PASSWORD", PASSWORD)], "");
        assert_eq!(said.code, 0, "{}", said.stderr);
        clinic.sign_in("ada", PASSWORD);
        clinic
    }

    /// Runs the program.
    pub(crate) fn run(&self, arguments: &[&str]) -> Said {
        self.run_with(arguments, &[], "")
    }

    /// Runs the program with other variables than usual; the later of two of a name counts.
    pub(crate) fn run_with(&self, arguments: &[&str], variables: &[(&str, &str)], input: &str) -> Said {
        let usual = [
            ("RESURFACE_PASSWORD", PASSWORD),
            ("RESURFACE_NEW_PASSWORD", OTHER_PASSWORD),
            ("RESURFACE_SIGN_IN_FILE", "signed-in"),
            ("RESURFACE_CLINIC", "clinic"),
        ];
        // The clinic is founded by naming its folder.
        let usual =
            if arguments.first() == Some(&"clinic") && arguments.get(1) == Some(&"init") { &usual[..3] } else { &usual[..] };
        resurface_with(&self.folder, arguments, &[usual, variables].concat(), input)
    }

    /// Runs the program and reads its answer; it has to be one.
    pub(crate) fn json(&self, arguments: &[&str]) -> Value {
        let said = self.run(&[arguments, &["--json"]].concat());
        serde_json::from_str(&said.stdout).unwrap_or_else(|error| panic!("{arguments:?}: {error}: {}", said.stderr))
    }

    /// Runs the program, which has to succeed, and gives its page.
    pub(crate) fn page(&self, arguments: &[&str]) -> String {
        let said = self.run(arguments);
        assert_eq!(said.code, 0, "{arguments:?}: {}", said.stderr);
        said.stdout
    }

    /// Runs the program, which has to refuse: with this exit code, nothing on stdout; gives what is said.
    pub(crate) fn refused(&self, arguments: &[&str], code: i32) -> String {
        let said = self.run(arguments);
        assert_eq!((said.code, said.stdout.as_str()), (code, ""), "{arguments:?}: {}", said.stderr);
        said.stderr
    }

    /// Adds a user with one role.
    pub(crate) fn add_user(&self, name: &str, role: &str) {
        self.page(&["user", "add", name, "--display-name", &format!("{name} of the clinic"), "--role", role]);
    }

    /// Signs somebody in.
    pub(crate) fn sign_in(&self, name: &str, password: &str) {
        let said = self.run_with(&["sign-in", "--user", name], &[("RESURFACE_PASSWORD", password)], "");
        assert_eq!(said.code, 0, "{}", said.stderr);
    }

    /// Opens a chart from a consultation.
    pub(crate) fn open_chart(&self, file: &str, name: &str) {
        self.page(&["chart", "new", file, "--name", name]);
    }

    /// Writes a file into the folder of the test, and gives its name.
    pub(crate) fn write<'a>(&self, name: &'a str, text: &str) -> &'a str {
        fs::write(self.folder.join(name), text).unwrap();
        name
    }

    /// The folder of the clinic itself.
    pub(crate) fn clinic_folder(&self) -> PathBuf {
        self.folder.join("clinic")
    }
}

/// Every file below a folder, by its name within it, with its bytes.
pub(crate) fn files_in(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = every_file(folder).into_iter();
    files.map(|file| (file.strip_prefix(folder).unwrap().to_owned(), fs::read(file).unwrap())).collect()
}

/// Every file below a folder.
pub(crate) fn every_file(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(every_file(&path)) } else { files.push(path) }
    }
    files
}
