//! `resurface backup`, `restore` and `export`: everything of a clinic, out of it and back.

use std::path::Path;
use std::sync::Arc;

use resurface_ledger::clinic::{
    BackedUp, BackupCounts, Charts, Clinic, ExportCounts, ExportFault, Exported, backup_opens_with, restore as restore_backup,
};
use resurface_ledger::seal::Method;
use serde::Serialize;

use super::clinic::of_clinic;
use super::lock::full;
use super::source;
use crate::clinic::{Machine, Session};
use crate::ending::{Answer, Exit, Failure};
use crate::envelope::{self, OfClinic, Origin};
use crate::files;
use crate::pages;
use crate::progress::Progress;
use crate::request::{Form, Request};

#[derive(Serialize)]
struct BackupMade<'a> {
    file: String,
    bytes: u64,
    #[serde(flatten)]
    counts: BackupCounts,
    opens_with: &'a str,
}

/// A clinic that was restored.
#[derive(Serialize)]
pub(crate) struct Restored {
    /// Its name.
    pub(crate) name: String,
    /// Its folder.
    pub(crate) folder: String,
    /// How many charts.
    pub(crate) charts: usize,
    /// How many users.
    pub(crate) users: usize,
    /// What opens it: the key file or the passphrase of the clinic that was backed up.
    pub(crate) opens_with: &'static str,
    /// The key file; nothing when a passphrase opens it.
    pub(crate) key_file: Option<String>,
    /// Everybody was signed out.
    pub(crate) sign_ins_ended: bool,
}

#[derive(Serialize)]
struct ExportMade<'a> {
    folder: String,
    files: u64,
    bytes: u64,
    plain_text: bool,
    counts: ExportCounts,
    faults: &'a [ExportFault],
}

/// What opens a clinic, in a word.
pub(crate) const fn locked_by(method: Method) -> &'static str {
    match method {
        Method::KeyFile => "key file",
        Method::Passphrase => "passphrase",
    }
}

/// Makes a backup.
pub(super) fn backup(request: &Request, file: &Path) -> Result<Answer, Failure> {
    let session = Session::open(&request.access)?;
    let progress = Progress::new("backup");
    let made = session.act(|desk| desk.backup(file, &mut |at| progress.tell(at)));
    progress.end();
    let BackedUp { file, bytes, counts, opens_with } = made?;
    let demonstration = session.is_demonstration();
    let made = BackedUp { file: files::canonical(&file).unwrap_or(file), bytes, counts, opens_with };
    let page = match request.form {
        Form::Page => pages::ways::backed_up(&made, demonstration, request.look),
        Form::Json => {
            let file = made.file.display().to_string();
            of_clinic(
                "resurface.backup_made/1",
                demonstration,
                &BackupMade { file, bytes, counts, opens_with: locked_by(opens_with) },
            )?
        }
    };
    Ok(Answer::page(page))
}

/// Makes a clinic of a backup.
pub(super) fn restore(request: &Request, file: &Path) -> Result<Answer, Failure> {
    let folder = request.access.new_folder()?;
    let method = backup_opens_with(file)?;
    let secret = request.access.secret_of(method, &folder)?;
    let progress = Progress::new("restore");
    let clinic = restore_backup(file, &folder, &secret, Arc::new(Machine::new()?), &mut |at| progress.tell(at));
    progress.end();
    let clinic = clinic?;
    let (book, demonstration) = (clinic.book()?, is_demonstration(&clinic));
    let restored = Restored {
        name: book.founded.name.clone(),
        folder: full(&folder),
        charts: clinic.chart_count()?,
        users: book.users.len(),
        opens_with: locked_by(method),
        key_file: matches!(method, Method::KeyFile).then(|| full(&request.access.key_path(&folder))),
        sign_ins_ended: true,
    };
    let page = match request.form {
        Form::Page => pages::ways::restored(&restored, demonstration, request.look),
        Form::Json => of_clinic("resurface.restored/1", demonstration, &restored)?,
    };
    Ok(Answer::page(page))
}

/// Writes everything for everybody to read. What does not check is in it as far as it can be read, and ends the program with a
/// code of its own.
pub(super) fn export(request: &Request, folder: &Path) -> Result<Answer, Failure> {
    let session = Session::open(&request.access)?;
    let knowledge = source::of_clinic(request, &session.clinic)?;
    let progress = Progress::new("export");
    let made = session.act_in_person(|desk| desk.export(folder, &knowledge.settings, &mut |at| progress.tell(at)));
    progress.end();
    let made = made?;
    let made = Exported { folder: files::canonical(&made.folder)?, ..made };
    let demonstration = session.is_demonstration();
    let answer = match request.form {
        Form::Page => Answer::page(pages::ways::exported(&made, demonstration, request.look)),
        Form::Json => {
            let answer = &ExportMade {
                folder: made.folder.display().to_string(),
                files: made.files,
                bytes: made.bytes,
                plain_text: true,
                counts: made.counts,
                faults: &made.faults,
            };
            let origin = Origin::of_knowledge(&knowledge.version);
            let page = envelope::write("resurface.export_made/1", &origin, &OfClinic { demonstration, answer })?;
            Answer::page(page).remark(format!("warning: {}", pages::ways::PLAIN_TEXT))
        }
    };
    Ok(answer.ending(if made.faults.is_empty() { Exit::Answered } else { Exit::Damaged }))
}

/// Whether nobody is behind the charts of a clinic.
pub(super) fn is_demonstration(clinic: &Clinic) -> bool {
    clinic.charts() == Charts::Synthetic
}
