//! The name that was probably meant.

/// Names within a few letters of a wrong one, nearest first, at most five. Case does not count.
pub(crate) fn nearest<'a>(wrong: &str, names: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let wrong = wrong.to_lowercase();
    let steps_max = (wrong.chars().count() / 3).min(3);
    let mut near: Vec<(usize, &str)> = names
        .into_iter()
        .map(|name| (distance(&wrong, &name.to_lowercase()), name))
        .filter(|(steps, _)| *steps <= steps_max)
        .collect();
    near.sort_unstable();
    near.dedup();
    near.into_iter().take(5).map(|(_, name)| name).collect()
}

/// What to write instead of a wrong name, in words.
pub(crate) fn suggest(near: &[&str], allowed: &str) -> String {
    match near.first() {
        Some(name) => format!("did you mean {name}? Allowed: {allowed}"),
        None => allowed.to_owned(),
    }
}

/// Edit distance (Levenshtein).
fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (at, from) in left.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = at + 1;
        for (column, to) in right.iter().enumerate() {
            let change = diagonal + usize::from(from != *to);
            diagonal = row[column + 1];
            row[column + 1] = change.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_keys_finds_the_name_that_was_meant() {
        assert_eq!(nearest("CI-PERG", ["CI-PREG", "CI-LACT"]), ["CI-PREG"]);
        assert_eq!(nearest("ci-preg", ["CI-PREG"]), ["CI-PREG"]);
        assert!(nearest("zebra", ["CI-PREG", "CI-LACT"]).is_empty());
    }

    #[test]
    fn distance_counts_letters_put_in_left_out_and_changed() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("abc", ""), 3);
    }
}
