//! What holds for every file: nothing is missing, nothing is unknown, no id stands twice.

use std::collections::{BTreeMap, BTreeSet};

use crate::Files;
use crate::document::{FaultReport, Node, Value};
use crate::near::{nearest, suggest};
use crate::table;

/// Faults of the folder as a whole: files that are missing or that nobody reads.
pub(crate) fn files(files: &Files) -> Vec<FaultReport> {
    let required: BTreeSet<&str> = Files::required().collect();
    let missing = required.iter().filter(|name| files.text(name).is_none()).map(|name| table::missing(name));
    let unknown = files
        .iter()
        .map(|(name, _)| name)
        .filter(|name| !required.contains(name) && !name.starts_with("guide/") && !is_translation(name));
    let unknown = unknown.map(|name| {
        let mut report = FaultReport::new(name);
        let near = nearest(name, required.iter().copied());
        report.add(1, "", "nothing reads this file", suggest(&near, "the names of the program's own files"));
        report
    });
    missing.chain(unknown).collect()
}

/// Whether a file stands in the folder of a language, such as `de/`. What is in there is read when that language is asked for.
pub(crate) fn is_translation(name: &str) -> bool {
    name.split_once('/').is_some_and(|(folder, _)| folder.len() == 2 && folder.bytes().all(|letter| letter.is_ascii_lowercase()))
}

/// Reports that hold a fault, one per file, in the order of the file names.
pub(crate) fn in_order(reports: Vec<FaultReport>) -> Vec<FaultReport> {
    let mut by_file: BTreeMap<String, FaultReport> = BTreeMap::new();
    for report in reports {
        let whole = by_file.entry(report.file().to_owned()).or_insert_with(|| FaultReport::new(report.file()));
        for fault in report.faults() {
            whole.add(fault.line, &fault.field, fault.problem.as_str(), fault.allowed.as_str());
        }
    }
    by_file.into_values().filter_map(|report| report.into_result(()).err()).collect()
}

/// Adds a fault for every id of a table that stands there twice or that another file has already.
pub(crate) fn ids(ids: &[&str], claimed: &mut BTreeMap<String, String>, root: &Node, report: &mut FaultReport) {
    let file = report.file().to_owned();
    let mut here = BTreeSet::new();
    for id in ids {
        let earlier = claimed.get(&id.to_lowercase());
        if earlier.is_none_or(|earlier| *earlier == file) && here.insert(id.to_lowercase()) {
            continue;
        }
        let place = earlier.map_or("further up".to_owned(), |earlier| format!("in {earlier}"));
        let line = lines_of(id, root).last().copied().unwrap_or(1);
        report.add(line, "id", format!("the id {id} is taken already, {place}"), "an id that no other entry of any file has");
    }
    claimed.extend(here.into_iter().map(|id| (id, file.clone())));
}

/// Lines on which a field `id` holds this id.
fn lines_of(id: &str, node: &Node) -> Vec<usize> {
    match &node.value {
        Value::List(elements) => elements.iter().flat_map(|element| lines_of(id, element)).collect(),
        Value::Table(fields) => fields
            .iter()
            .flat_map(|(key, field)| {
                let here = key.name == "id" && field.text().is_some_and(|text| text.eq_ignore_ascii_case(id));
                if here { vec![field.line] } else { lines_of(id, field) }
            })
            .collect(),
        _ => Vec::new(),
    }
}
