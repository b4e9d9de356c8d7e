//! The folder and the list of files in the program are the same.

use std::path::Path;

use resurface_knowledge::Files;

#[test]
#[expect(clippy::disallowed_methods, reason = "this test compares the folder with what was built in")]
fn every_file_of_the_folder_is_built_in() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../knowledge");
    let mut files = Files::default();
    let mut folders = vec![(folder, String::new())];
    while let Some((folder, prefix)) = folders.pop() {
        for entry in folder.read_dir().expect("the folder") {
            let entry = entry.expect("an entry");
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                folders.push((entry.path(), format!("{name}/")));
            } else if Files::belongs(&name) {
                files.insert(&name, std::fs::read_to_string(entry.path()).expect("text"));
            }
        }
    }
    let names = |files: &Files| files.iter().map(|(name, _)| name.to_owned()).collect::<Vec<_>>();
    assert_eq!(names(&files), names(&Files::built_in()));
    assert!(files == Files::built_in());
}
