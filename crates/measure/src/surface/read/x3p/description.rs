use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::FORMAT;
use crate::Error;
use crate::limits::{DESCRIPTION_DEPTH_MAX, FIELD_BYTES_MAX, POINTS_MAX};
use crate::surface::read::binary::NumberType;

/// What a description says about its points.
pub(super) struct Record {
    pub(super) feature: Feature,
    pub(super) axes: [Axis; 3],
    pub(super) size: Size,
    pub(super) link: Option<Link>,
}

/// What kind of points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Feature {
    Surface,
    Profile,
    PointCloud,
}

/// One axis: x, y or z.
#[derive(Clone, Copy, Debug)]
pub(super) struct Axis {
    pub(super) kind: AxisKind,
    /// How its coordinates are kept, where they are.
    pub(super) number: NumberType,
    pub(super) increment_m: f64,
    pub(super) offset_m: f64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AxisKind {
    Incremental,
    Absolute,
}

impl Axis {
    /// Metres of a coordinate as it is kept.
    pub(super) fn metres(&self, raw: f64) -> f64 {
        if self.number.is_integer() { self.offset_m + raw * self.increment_m } else { self.offset_m + raw }
    }

    /// Metres of a place that is counted and not kept.
    pub(super) fn counted_m(&self, index: f64) -> f64 {
        self.offset_m + index * self.increment_m
    }
}

/// How many points, and whether they lie in rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Size {
    Matrix { x: u64, y: u64 },
    List(u64),
}

/// Where the bytes of the points are.
#[derive(Clone, Debug)]
pub(super) struct Link {
    pub(super) points: String,
    pub(super) points_md5: Option<String>,
    pub(super) valid: Option<String>,
    pub(super) valid_md5: Option<String>,
}

/// One point of a list in the description: up to three coordinates, none where it is missing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Datum {
    pub(super) count: u8,
    pub(super) raw: [f64; 3],
}

/// Reads a description.
pub(super) fn parse(xml: &[u8]) -> Result<(Record, Vec<Datum>), Error> {
    let mut walk = Walk::default();
    let xml = std::str::from_utf8(xml)
        .map_err(|error| Error::Description { at: error.valid_up_to() as u64, reason: "this is no UTF-8".to_owned() })?;
    let mut reader = Reader::from_str(xml.strip_prefix('\u{feff}').unwrap_or(xml));
    loop {
        let event = reader.read_event();
        match event {
            Ok(Event::Eof) if walk.path.is_empty() => break,
            Ok(Event::Eof) => return Err(unreadable(&reader, "it ends inside of an element".to_owned())),
            Ok(event) => walk.step(&event)?,
            Err(error) => return Err(unreadable(&reader, error.to_string())),
        }
    }
    let record = Fields(&walk.fields).record()?;
    Ok((record, walk.data))
}

fn unreadable(reader: &Reader<&[u8]>, reason: String) -> Error {
    Error::Description { at: reader.buffer_position(), reason }
}

/// A walk through the elements: what stands in them by their path below the root, and the points of a list.
#[derive(Default)]
struct Walk {
    path: Vec<String>,
    text: String,
    fields: BTreeMap<String, String>,
    data: Vec<Datum>,
}

impl Walk {
    fn step(&mut self, event: &Event<'_>) -> Result<(), Error> {
        match event {
            Event::Start(element) => self.enter(element.local_name().as_ref())?,
            Event::Empty(element) => {
                self.enter(element.local_name().as_ref())?;
                self.leave()?;
            }
            Event::End(_) => self.leave()?,
            Event::Text(text) => self.say(text)?,
            Event::CData(text) => self.say(text)?,
            // No value that matters here holds a character that has to be written as an entity.
            Event::GeneralRef(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) | Event::Eof => {}
        }
        Ok(())
    }

    fn enter(&mut self, name: &str) -> Result<(), Error> {
        if self.path.len() >= DESCRIPTION_DEPTH_MAX {
            let (size, limit) = (self.path.len() as u64 + 1, DESCRIPTION_DEPTH_MAX as u64);
            return Err(Error::TooLarge { what: "elements in one another", size, limit });
        }
        self.path.push(name.to_owned());
        self.text.clear();
        Ok(())
    }

    fn say(&mut self, text: &str) -> Result<(), Error> {
        if self.text.len() + text.len() > FIELD_BYTES_MAX {
            let size = (self.text.len() + text.len()) as u64;
            return Err(Error::TooLarge { what: "a value of the description", size, limit: FIELD_BYTES_MAX as u64 });
        }
        self.text.push_str(text);
        Ok(())
    }

    fn leave(&mut self) -> Result<(), Error> {
        let below_root = self.path.get(1..).unwrap_or_default().join("/");
        self.path.pop();
        let text = std::mem::take(&mut self.text);
        if below_root == "Record3/DataList/Datum" {
            if self.data.len() as u64 == POINTS_MAX {
                return Err(Error::TooLarge { what: "points", size: POINTS_MAX + 1, limit: POINTS_MAX });
            }
            self.data.push(datum(&text)?);
        } else if below_root.starts_with("Record") && !text.trim().is_empty() && below_root.len() <= FIELD_BYTES_MAX {
            self.fields.entry(below_root).or_insert_with(|| text.trim().to_owned());
        }
        Ok(())
    }
}

fn datum(text: &str) -> Result<Datum, Error> {
    let mut datum = Datum { count: 0, raw: [f64::NAN; 3] };
    if text.trim().is_empty() {
        return Ok(datum);
    }
    let wrong = || Error::FieldInvalid {
        format: FORMAT,
        field: "Datum",
        found: text.to_owned(),
        expected: "up to three numbers between semicolons",
    };
    for number in text.split(';') {
        let place = datum.raw.get_mut(usize::from(datum.count)).ok_or_else(wrong)?;
        *place = number.trim().parse().map_err(|_| wrong())?;
        datum.count += 1;
    }
    Ok(datum)
}

struct Fields<'a>(&'a BTreeMap<String, String>);

impl<'a> Fields<'a> {
    fn record(&self) -> Result<Record, Error> {
        let feature = match self.text("Record1/FeatureType")? {
            "SUR" => Feature::Surface,
            "PRF" => Feature::Profile,
            "PCL" => Feature::PointCloud,
            other => return Err(invalid("Record1/FeatureType", other, "SUR, PRF or PCL")),
        };
        let axes = [
            self.axis([
                "Record1/Axes/CX/AxisType",
                "Record1/Axes/CX/DataType",
                "Record1/Axes/CX/Increment",
                "Record1/Axes/CX/Offset",
            ])?,
            self.axis([
                "Record1/Axes/CY/AxisType",
                "Record1/Axes/CY/DataType",
                "Record1/Axes/CY/Increment",
                "Record1/Axes/CY/Offset",
            ])?,
            self.axis([
                "Record1/Axes/CZ/AxisType",
                "Record1/Axes/CZ/DataType",
                "Record1/Axes/CZ/Increment",
                "Record1/Axes/CZ/Offset",
            ])?,
        ];
        if axes[2].kind == AxisKind::Incremental {
            return Err(invalid("Record1/Axes/CZ/AxisType", "I", "A"));
        }
        Ok(Record { feature, axes, size: self.size()?, link: self.link() })
    }

    fn axis(&self, [kind, number, increment, offset]: [&'static str; 4]) -> Result<Axis, Error> {
        let kind = match self.text(kind)? {
            "I" => AxisKind::Incremental,
            "A" => AxisKind::Absolute,
            other => return Err(invalid(kind, other, "I or A")),
        };
        let number = match (self.get(number), kind) {
            (Some("I"), _) => NumberType::Int16,
            (Some("L"), _) => NumberType::Int32,
            (Some("F"), _) => NumberType::Float32,
            (Some("D"), _) => NumberType::Float64,
            // The coordinates of such an axis are counted and not kept.
            (None, AxisKind::Incremental) => NumberType::Int32,
            (None, AxisKind::Absolute) => return Err(Error::FieldMissing { format: FORMAT, field: number }),
            (Some(other), _) => return Err(invalid(number, other, "I, L, F or D")),
        };
        let increment_m = match (self.number(increment)?, kind, number.is_integer()) {
            (Some(increment), ..) => increment,
            (None, AxisKind::Absolute, false) => 1.0,
            (None, ..) => return Err(Error::FieldMissing { format: FORMAT, field: increment }),
        };
        Ok(Axis { kind, number, increment_m, offset_m: self.number(offset)?.unwrap_or(0.0) })
    }

    fn size(&self) -> Result<Size, Error> {
        if self.get("Record3/ListDimension").is_some() {
            return self.count("Record3/ListDimension").map(Size::List);
        }
        let (x, y) = (self.count("Record3/MatrixDimension/SizeX")?, self.count("Record3/MatrixDimension/SizeY")?);
        match self.count("Record3/MatrixDimension/SizeZ")? {
            1 => Ok(Size::Matrix { x, y }),
            _ => Err(Error::NotOneSurface { format: FORMAT, kind: "several layers" }),
        }
    }

    fn link(&self) -> Option<Link> {
        let owned = |name| self.get(name).map(str::to_owned);
        Some(Link {
            points: owned("Record3/DataLink/PointDataLink")?,
            points_md5: owned("Record3/DataLink/MD5ChecksumPointData"),
            valid: owned("Record3/DataLink/ValidPointsLink"),
            valid_md5: owned("Record3/DataLink/MD5ChecksumValidPoints"),
        })
    }

    fn get(&self, field: &str) -> Option<&'a str> {
        self.0.get(field).map(String::as_str)
    }

    fn text(&self, field: &'static str) -> Result<&'a str, Error> {
        self.get(field).ok_or(Error::FieldMissing { format: FORMAT, field })
    }

    fn number(&self, field: &'static str) -> Result<Option<f64>, Error> {
        let Some(text) = self.get(field) else { return Ok(None) };
        let number: Option<f64> = text.parse().ok().filter(|number: &f64| number.is_finite());
        number.map(Some).ok_or_else(|| invalid(field, text, "a number"))
    }

    fn count(&self, field: &'static str) -> Result<u64, Error> {
        let text = self.text(field)?;
        text.parse().ok().filter(|count| *count > 0).ok_or_else(|| invalid(field, text, "a number above zero"))
    }
}

fn invalid(field: &'static str, found: &str, expected: &'static str) -> Error {
    Error::FieldInvalid { format: FORMAT, field, found: found.to_owned(), expected }
}
