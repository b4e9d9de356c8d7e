//! What stands beside the chains: who works here, the links that patients were handed, and the knowledge that was kept.

use std::collections::BTreeMap;

use super::table::{Row, Table};
use super::words::word;
use super::{Export, KNOWLEDGE, LINKS, LINKS_SCHEMA, LinksJson, format};
use crate::access::Role;
use crate::clinic::LedgerError;
use crate::clinic::sealed::open_record;
use crate::identity::PatientLink;
use crate::store::RecordKind;

const USERS: &[&str] = &[
    "user",
    "sign_in_name",
    "name",
    "roles",
    "switched_off",
    "profession",
    "trained",
    "training_valid_until",
    "depth_limit_um",
    "premises_permitted",
];

impl Export<'_> {
    /// Every user, without anything that they sign in with.
    pub(super) fn users(&mut self) -> Result<(), LedgerError> {
        let mut table = Table::begin(&mut self.output, "users.csv", USERS)?;
        for user in self.book.users.values() {
            let roles: Vec<&str> = user.roles.iter().copied().map(Role::words).collect();
            let operator = user.operator.as_ref();
            let row = Row::default().text(user.id).text(&user.name).text(&user.display_name).text(roles.join(", "));
            let row =
                row.text(if user.disabled { "yes" } else { "no" }).maybe(operator.map(|operator| word(&operator.profession)));
            let row = row.maybe(operator.map(|operator| word(&operator.trained)));
            let row = row.maybe(operator.and_then(|operator| operator.training_valid_until));
            let row = row.number(operator.and_then(|operator| operator.depth_limit_um));
            table.row(row.maybe(operator.map(|operator| word(&operator.premises_permitted))))?;
            self.counts.users += 1;
        }
        table.end(&mut self.output)
    }

    /// Every link that a patient was handed, with the hash of its token.
    pub(super) fn links(&mut self) -> Result<(), LedgerError> {
        let mut links = Vec::new();
        for record in self.clinic.store.records(RecordKind::Link)? {
            match open_record::<PatientLink>(&self.ring, RecordKind::Link, &record.key, &record.value) {
                Ok(link) => links.push(link),
                Err(_) => self.fault(LINKS, None, "a link cannot be opened, and is not in this export"),
            }
        }
        self.counts.links = links.len() as u64;
        let json = format::pretty(&LinksJson { schema: LINKS_SCHEMA.to_owned(), links })?;
        self.output.bytes(LINKS, &json)
    }

    /// The files of every version of the knowledge that a decision rests on.
    pub(super) fn knowledge(&mut self) -> Result<(), LedgerError> {
        for record in self.clinic.store.records(RecordKind::Knowledge)? {
            let version = String::from_utf8(record.key.clone()).ok().filter(|version| plain_part(version));
            let files: Result<BTreeMap<String, String>, _> =
                open_record(&self.ring, RecordKind::Knowledge, &record.key, &record.value);
            let plain = files.ok().filter(|files| files.keys().all(|name| name.split('/').all(plain_part)));
            let (Some(version), Some(files)) = (version, plain) else {
                self.fault(KNOWLEDGE, None, "a version of the knowledge cannot be opened, and is not in this export");
                continue;
            };
            for (name, text) in &files {
                self.output.bytes(&format!("{KNOWLEDGE}/{version}/{name}"), text.as_bytes())?;
            }
            self.counts.knowledge_versions += 1;
        }
        Ok(())
    }
}

/// Whether a name leads nowhere but into the folder it is used in.
fn plain_part(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    (1..=100).contains(&name.len()) && !name.starts_with('.') && name.bytes().all(plain)
}
