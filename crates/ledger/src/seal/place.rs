//! Where sealed bytes belong: bound into their tag, so that they open nowhere else.

use super::SealError;

/// The table, the row and the column that sealed bytes belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place<'a> {
    /// Name of the table.
    pub table: &'a str,
    /// Key of the row, as the caller writes it: the same row must always give the same bytes.
    pub row: &'a [u8],
    /// Name of the column.
    pub column: &'a str,
}

/// The longest place, in bytes: table, row and column together.
pub const PLACE_BYTES_MAX: usize = 400;

/// Length of what is bound besides the place itself: format, key number, and three lengths of four bytes.
const FRAME_BYTES: usize = 1 + 4 + 3 * 4;

/// The bytes that a tag covers besides the ciphertext, on the stack since one is made for every value read.
pub(super) struct Bound {
    bytes: [u8; FRAME_BYTES + PLACE_BYTES_MAX],
    length: usize,
}

impl Bound {
    /// Format and key number, then table, row and column, each after its length: no two places give the same bytes.
    pub(super) fn new(format: u8, key_number: u32, place: &Place<'_>) -> Result<Bound, SealError> {
        let bytes = place.table.len() + place.row.len() + place.column.len();
        if bytes > PLACE_BYTES_MAX {
            return Err(SealError::PlaceTooLong { bytes, bytes_max: PLACE_BYTES_MAX });
        }
        let mut bound = Bound { bytes: [0; FRAME_BYTES + PLACE_BYTES_MAX], length: 0 };
        bound.put(&[format]);
        bound.put(&key_number.to_be_bytes());
        for part in [place.table.as_bytes(), place.row, place.column.as_bytes()] {
            // At most PLACE_BYTES_MAX, seen above.
            bound.put(&(part.len() as u32).to_be_bytes());
            bound.put(part);
        }
        Ok(bound)
    }

    /// The bytes to authenticate.
    pub(super) fn as_bytes(&self) -> &[u8] {
        // `length` counts what `put` wrote.
        &self.bytes[..self.length]
    }

    fn put(&mut self, part: &[u8]) {
        // In bounds: the parts are the frame and a place that was measured.
        let end = self.length + part.len();
        self.bytes[self.length..end].copy_from_slice(part);
        self.length = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_run_into_each_other_are_different_places() {
        let bound = |table, row, column| Bound::new(1, 1, &Place { table, row, column }).unwrap().as_bytes().to_vec();

        assert_ne!(bound("ab", b"c", "d"), bound("a", b"bc", "d"));
        assert_ne!(bound("a", b"bc", "d"), bound("a", b"b", "cd"));
        assert_ne!(bound("", b"a", "b"), bound("a", b"", "b"));
    }

    #[test]
    fn a_place_of_the_greatest_length_is_bound_and_one_byte_more_is_refused() {
        let row = [7; PLACE_BYTES_MAX];

        assert!(Bound::new(1, 1, &Place { table: "", row: &row, column: "" }).is_ok());
        assert_eq!(
            Bound::new(1, 1, &Place { table: "t", row: &row, column: "" }).err(),
            Some(SealError::PlaceTooLong { bytes: PLACE_BYTES_MAX + 1, bytes_max: PLACE_BYTES_MAX })
        );
    }
}
