//! The scale beside a map: a bar of its colours, five numbers and the unit, in a font of 3 by 5 dots.

use super::{Drawn, ramp};

/// Side of a dot of the font, in pixels.
const DOT: usize = 3;
/// Width of the bar, in pixels.
const BAR: usize = 24;
/// Free space around and between, in pixels.
const GAP: usize = 12;
/// Characters of the longest number or unit.
const CHARACTERS: usize = 5;
/// Height of the smallest map that numbers fit beside.
const HEIGHT_MIN: usize = 160;

const INK: [u8; 3] = [20, 20, 20];
const PAPER: [u8; 3] = [255, 255, 255];

/// Five rows of three dots, of every character that numbers and units here are written with.
const fn glyph(character: char) -> [u8; 5] {
    match character {
        '0' => [0b111, 0b101, 0b101, 0b101, 0b111],
        '1' => [0b010, 0b110, 0b010, 0b010, 0b111],
        '2' => [0b111, 0b001, 0b111, 0b100, 0b111],
        '3' => [0b111, 0b001, 0b111, 0b001, 0b111],
        '4' => [0b101, 0b101, 0b111, 0b001, 0b001],
        '5' => [0b111, 0b100, 0b111, 0b001, 0b111],
        '6' => [0b111, 0b100, 0b111, 0b101, 0b111],
        '7' => [0b111, 0b001, 0b010, 0b010, 0b010],
        '8' => [0b111, 0b101, 0b111, 0b101, 0b111],
        '9' => [0b111, 0b101, 0b111, 0b001, 0b111],
        '+' => [0b000, 0b010, 0b111, 0b010, 0b000],
        '-' => [0b000, 0b000, 0b111, 0b000, 0b000],
        '*' => [0b101, 0b010, 0b101, 0b000, 0b000],
        'd' => [0b001, 0b001, 0b111, 0b101, 0b111],
        'a' => [0b000, 0b111, 0b001, 0b111, 0b111],
        'L' => [0b100, 0b100, 0b100, 0b100, 0b111],
        'E' => [0b111, 0b100, 0b110, 0b100, 0b111],
        'I' => [0b111, 0b010, 0b010, 0b010, 0b111],
        'M' => [0b101, 0b111, 0b111, 0b101, 0b101],
        _ => [0; 5],
    }
}

/// The map with its scale at the right.
pub(super) fn beside(
    width: usize,
    height: usize,
    pixel: impl Fn(usize) -> [u8; 3],
    lowest: f64,
    highest: f64,
    unit: &str,
) -> Drawn {
    let full = width + 3 * GAP + BAR + CHARACTERS * 4 * DOT;
    let tall = height.max(HEIGHT_MIN);
    let mut drawn = Drawn { width: full, height: tall, rgb: PAPER.repeat(full * tall) };
    for y in 0..height {
        for x in 0..width {
            drawn.set(x, y, pixel(y * width + x));
        }
    }
    let (top, bottom) = (2 * GAP + 5 * DOT, tall - GAP - 5 * DOT / 2);
    let left = width + GAP;
    drawn.write(left, GAP, unit);
    for y in top..bottom {
        let value = highest + (lowest - highest) * (y - top) as f64 / (bottom - top - 1) as f64;
        for x in left..left + BAR {
            drawn.set(x, y, ramp::colour(value / highest));
        }
    }
    for quarter in 0..=4 {
        let value = highest + (lowest - highest) * f64::from(quarter) / 4.0;
        let y = top + (bottom - top - 1) * quarter as usize / 4;
        for x in left + BAR..left + BAR + GAP / 2 {
            drawn.set(x, y, INK);
        }
        let text = if value > 0.0 && lowest < 0.0 { format!("+{value}") } else { format!("{value}") };
        drawn.write(left + BAR + GAP, y - 5 * DOT / 2, &text);
    }
    drawn
}

impl Drawn {
    fn set(&mut self, x: usize, y: usize, colour: [u8; 3]) {
        let at = 3 * (y * self.width + x);
        self.rgb[at..at + 3].copy_from_slice(&colour);
    }

    fn write(&mut self, left: usize, top: usize, text: &str) {
        for (place, character) in text.chars().enumerate() {
            for (row, dots) in glyph(character).into_iter().enumerate() {
                for column in (0..3).filter(|column| dots >> (2 - column) & 1 == 1) {
                    for at in 0..DOT * DOT {
                        self.set(left + (4 * place + column) * DOT + at % DOT, top + row * DOT + at / DOT, INK);
                    }
                }
            }
        }
    }
}
