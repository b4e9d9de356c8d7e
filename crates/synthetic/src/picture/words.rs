//! The words that every picture carries, in a font of ten letters.

use super::{Canvas, HEIGHT, WIDTH};

/// What is burnt in.
const WORDS: &str = "SYNTHETIC DEMO";
/// Pixels of a dot of the font.
pub(super) const DOT: usize = 3;
/// Dots from one letter to the next.
const ADVANCE: usize = 6;
/// Height of the band, and of its upper edge from below, in pixels.
const BAND: usize = 37;
const FROM_BELOW: usize = 46;

/// Rows of a letter, five dots each.
const fn letter(sign: char) -> [u8; 7] {
    match sign {
        'S' => [0b01111, 0b10000, 0b10000, 0b01110, 0b00001, 0b00001, 0b11110],
        'Y' => [0b10001, 0b10001, 0b01010, 0b00100, 0b00100, 0b00100, 0b00100],
        'N' => [0b10001, 0b11001, 0b10101, 0b10101, 0b10011, 0b10001, 0b10001],
        'T' => [0b11111, 0b00100, 0b00100, 0b00100, 0b00100, 0b00100, 0b00100],
        'H' => [0b10001, 0b10001, 0b10001, 0b11111, 0b10001, 0b10001, 0b10001],
        'E' => [0b11111, 0b10000, 0b10000, 0b11110, 0b10000, 0b10000, 0b11111],
        'I' => [0b01110, 0b00100, 0b00100, 0b00100, 0b00100, 0b00100, 0b01110],
        'C' => [0b01111, 0b10000, 0b10000, 0b10000, 0b10000, 0b10000, 0b01111],
        'D' => [0b11110, 0b10001, 0b10001, 0b10001, 0b10001, 0b10001, 0b11110],
        'M' => [0b10001, 0b11011, 0b10101, 0b10101, 0b10001, 0b10001, 0b10001],
        'O' => [0b01110, 0b10001, 0b10001, 0b10001, 0b10001, 0b10001, 0b01110],
        _ => [0; 7],
    }
}

/// Burns the words into a dark band near the lower edge.
pub(super) fn burn_in(canvas: &mut Canvas) {
    let top = HEIGHT - FROM_BELOW;
    for pixel in &mut canvas.pixels[top * WIDTH..(top + BAND) * WIDTH] {
        *pixel = pixel.map(|channel| 0.28 * channel + 0.06);
    }
    let width = (WORDS.len() * ADVANCE - 1) * DOT;
    let (left, down) = ((WIDTH - width) / 2, top + (BAND - 7 * DOT) / 2);
    for (at, sign) in WORDS.chars().enumerate() {
        for (row, dots) in letter(sign).into_iter().enumerate() {
            for column in (0..5).filter(|column| dots >> (4 - column) & 1 == 1) {
                dot(canvas, left + (at * ADVANCE + column) * DOT, down + row * DOT);
            }
        }
    }
}

fn dot(canvas: &mut Canvas, left: usize, top: usize) {
    for row in top..top + DOT {
        canvas.pixels[row * WIDTH + left..row * WIDTH + left + DOT].fill([0.97; 3]);
    }
}

/// Dots of all letters of the words.
#[cfg(test)]
pub(super) fn dots() -> u32 {
    WORDS.chars().flat_map(letter).map(u8::count_ones).sum()
}
