//! The picture of `resurface measure surface --svg`: heights in colours, with a legend and a length.

use std::fmt::Write as _;
use std::io::Cursor;

use data_encoding::BASE64;
use image::{ExtendedColorType, ImageFormat};
use resurface_measure::surface::HeightMap;
use resurface_measure::surface::picture::{Picture, Scale, picture};

use super::surface::{filter, form, number, size};
use crate::ending::{Exit, Failure};
use crate::run::measure::SurfaceAnswer;

/// Pixels of the longer side.
const SIDE_MAX: u32 = 1024;
/// The longer side of the map on the sheet.
const MAP: f64 = 640.0;
const MARGIN: f64 = 24.0;
/// Room for title and caption.
const HEAD: f64 = 56.0;
const FOOT: f64 = 40.0;
/// Between two lines of the caption, and the mean width of a letter in it.
const LINE: f64 = 15.0;
const LETTER: f64 = 5.8;
/// Legend: width of its bar, and with its numbers.
const BAR: f64 = 18.0;
const LEGEND: f64 = 120.0;
/// Colours and numbers of the legend.
const BAR_STEPS: usize = 64;
const TICKS: usize = 5;

/// The sheet.
pub(crate) fn svg(map: &HeightMap, answer: &SurfaceAnswer) -> Result<String, Failure> {
    let scale = Scale::of(map);
    let (across, along) = (map.columns() as f64 * map.spacing().x.0, map.rows() as f64 * map.spacing().y.0);
    let (width, height) = (MAP * across / across.max(along), MAP * along / across.max(along));
    let sheet_width = (width + LEGEND).max(480.0) + 2.0 * MARGIN;
    let caption = wrapped(&caption(answer), ((sheet_width - 2.0 * MARGIN) / LETTER) as usize);
    let sheet_height = HEAD + height + FOOT + LINE * caption.len() as f64 + 8.0;
    let image = BASE64.encode(&png(&picture(map, &scale, SIDE_MAX))?);
    let title = escaped(&format!("Heights of {}", answer.file));
    let mut out = format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {sheet_width:.1} {sheet_height:.1}" role="img" aria-labelledby="title desc" font-family="system-ui, sans-serif" font-size="13" fill="#1b2733">
<title id="title">{title}</title>
<desc id="desc">{}, from {} to {} micrometres about the mean plane.</desc>
<rect width="100%" height="100%" fill="#ffffff"/>
<text x="{MARGIN}" y="26" font-size="17" font-weight="600">{title}</text>
<text x="{MARGIN}" y="45">{}</text>
<image x="{MARGIN}" y="{HEAD}" width="{width:.2}" height="{height:.2}" preserveAspectRatio="none" style="image-rendering:pixelated" href="data:image/png;base64,{image}"/>
<rect x="{MARGIN}" y="{HEAD}" width="{width:.2}" height="{height:.2}" fill="none" stroke="#5b6770"/>
"##,
        size(answer),
        number(scale.lowest_um),
        number(scale.highest_um),
        size(answer),
    );
    legend(&mut out, &scale, MARGIN + width + 20.0, height);
    length(&mut out, across, width, HEAD + height + 18.0);
    for (line, text) in caption.iter().enumerate() {
        let y = HEAD + height + FOOT + LINE * (line as f64 + 0.5);
        let _ = writeln!(out, r##"<text x="{MARGIN}" y="{y:.1}" font-size="11" fill="#44525c">{}</text>"##, escaped(text));
    }
    out.push_str("</svg>\n");
    Ok(out)
}

fn legend(out: &mut String, scale: &Scale, x: f64, height: f64) {
    let range = scale.highest_um - scale.lowest_um;
    let step = height / BAR_STEPS as f64;
    for at in 0..BAR_STEPS {
        let [red, green, blue] = scale.colour(scale.highest_um - range * (at as f64 + 0.5) / BAR_STEPS as f64);
        let y = HEAD + at as f64 * step;
        // A little taller than a step, so that no line shows between two.
        let tall = step + 0.4;
        let _ = writeln!(
            out,
            r##"<rect x="{x:.1}" y="{y:.2}" width="{BAR}" height="{tall:.2}" fill="#{red:02x}{green:02x}{blue:02x}"/>"##
        );
    }
    for at in 0..TICKS {
        let share = at as f64 / (TICKS - 1) as f64;
        let (y, um) = (HEAD + height * share, scale.highest_um - range * share);
        let (from, to, text) = (x + BAR, x + BAR + 5.0, x + BAR + 9.0);
        let _ = writeln!(
            out,
            r##"<path d="M{from:.1} {y:.1}H{to:.1}" stroke="#1b2733"/><text x="{text:.1}" y="{:.1}">{} µm</text>"##,
            y + 4.5,
            number(um)
        );
    }
}

/// A bar of a round length, a quarter of the map at the most.
fn length(out: &mut String, across_um: f64, width: f64, y: f64) {
    let quarter = across_um / 4.0;
    let decade = 10.0_f64.powf(quarter.log10().floor());
    let um = [5.0, 2.0, 1.0].into_iter().map(|part| part * decade).find(|um| *um <= quarter).unwrap_or(decade);
    let end = MARGIN + width * um / across_um;
    let text = if um >= 1e3 { format!("{} mm", um / 1e3) } else { format!("{um} µm") };
    let _ = writeln!(
        out,
        r##"<path d="M{MARGIN} {y:.1}H{end:.1}" stroke="#1b2733" stroke-width="3"/><text x="{:.1}" y="{:.1}">{text}</text>"##,
        end + 8.0,
        y + 4.5
    );
}

fn caption(answer: &SurfaceAnswer) -> String {
    let chain = &answer.chain;
    format!(
        "Form: {}. S-filter: {}. L-filter: {}. Colours: cividis, even to the eye and to the colour-blind; one point in a thousand lies \
         beyond each end; white was not measured.",
        form(chain.form),
        filter(chain.s, "nothing is too fine"),
        filter(chain.l, "nothing is too coarse")
    )
}

/// Lines of at most so many letters, broken between words.
fn wrapped(text: &str, letters: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let last = lines.len() - 1;
        if lines[last].chars().count() + 1 + word.chars().count() > letters {
            lines.push(word.to_owned());
        } else {
            let between = if lines[last].is_empty() { "" } else { " " };
            lines[last] += &format!("{between}{word}");
        }
    }
    lines
}

fn png(picture: &Picture) -> Result<Vec<u8>, Failure> {
    let mut bytes = Cursor::new(Vec::new());
    let (width, height) = (picture.width, picture.height);
    image::write_buffer_with_format(&mut bytes, &picture.rgb, width, height, ExtendedColorType::Rgb8, ImageFormat::Png)
        .map_err(|error| Failure::new(Exit::Failed, format!("the picture could not be made: {error}")))?;
    Ok(bytes.into_inner())
}

pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
