//! The demonstration clinic itself: one place, one device, two who treat, its stock of cartridges and its hours.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use resurface_care::chart::Setting;
use resurface_care::consultation::{Answer, Cartridge, Operator, ProductUsed, Profession};

use crate::happening::StaffMember;
use crate::random::Random;

/// Who treats a patient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Treating {
    /// The dermatologist.
    Dermatologist,
    /// The nurse.
    Nurse,
}

/// Name of the dermatologist.
pub(crate) const DERMATOLOGIST: &str = "Dr Noor Demo";
const NURSE: &str = "Sam Demo, RN";
const JURISDICTION: &str = "us";
const DEVICE: &str = "skinpen_precision";

/// Days after which the clinic opens a new lot of cartridges.
const LOT_DAYS: i64 = 42;
/// The number of a device that is no device: GS1 gives it as an example.
const DEVICE_NUMBER: &str = "09506000134352";
/// Days from delivery to the last day of use.
const SHELF_DAYS: i64 = 640;

impl Treating {
    /// Place, device and operator.
    pub(crate) fn setting(self, until: Date) -> Setting {
        let (name, profession, depth_limit_um) = match self {
            Self::Dermatologist => (DERMATOLOGIST, Profession::Dermatologist, 1500),
            Self::Nurse => (NURSE, Profession::Nurse, 1000),
        };
        Setting {
            jurisdiction: JURISDICTION.to_owned(),
            device: DEVICE.to_owned(),
            operator: Operator {
                name: name.to_owned(),
                profession,
                trained: Answer::Yes,
                training_valid_until: Some(until.saturating_add(400.days())),
                depth_limit_um: Some(depth_limit_um),
                premises_permitted: Answer::Yes,
            },
        }
    }

    /// Who writes things down.
    pub(crate) const fn writes(self) -> StaffMember {
        match self {
            Self::Dermatologist => StaffMember::Prescriber,
            Self::Nurse => StaffMember::Practitioner,
        }
    }
}

/// A cartridge of the lot in use, now and then of the one before it.
pub(crate) fn cartridge(day: Date, until: Date, random: &mut Random) -> Cartridge {
    let lots_ago = (until - day).get_days().div_euclid(LOT_DAYS as i32);
    from_lot(i64::from(lots_ago) + i64::from(random.chance(0.2)), until)
}

/// A cartridge that was left over from a lot that has expired.
pub(crate) fn expired_cartridge(day: Date, until: Date) -> Cartridge {
    let days = i64::from((until - day).get_days()) + SHELF_DAYS;
    from_lot(days / LOT_DAYS + 2, until)
}

fn from_lot(lots_ago: i64, until: Date) -> Cartridge {
    let delivered = until.saturating_sub(((lots_ago + 1) * LOT_DAYS).days());
    let lot = format!("LOT-{:02}-{:02}{:02}", delivered.year() % 100, delivered.month(), delivered.day());
    let expires = delivered.saturating_add(SHELF_DAYS.days());
    Cartridge {
        udi: Some(format!("(01){DEVICE_NUMBER}(17){}(10){lot}", expires.strftime("%y%m%d"))),
        lot: Some(lot),
        expires: Some(expires),
        sterile_pack_intact: Answer::Yes,
        used_before: Answer::No,
    }
}

/// The gel that a needle glides on, of the lot of that quarter.
pub(crate) fn gel(day: Date) -> ProductUsed {
    let lot = format!("GEL-{:02}-{}", day.year() % 100, (day.month() + 2) / 3);
    ProductUsed { name: "Sterile hyaluronic acid gel".to_owned(), lot: Some(lot) }
}

/// The next day on which the clinic is open: no weekends.
pub(crate) fn open_day(day: Date) -> Date {
    match day.weekday() {
        Weekday::Saturday => day.saturating_add(2.days()),
        Weekday::Sunday => day.saturating_add(1.days()),
        _ => day,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::random::Stream;

    #[test]
    fn one_lot_serves_many_days_and_is_in_date() {
        let (until, mut random) = (date(2026, 11, 20), Random::new(1, 1, Stream::Walk));
        let mut lots = std::collections::BTreeSet::new();
        for days_ago in 0..700 {
            let day = until.saturating_sub(days_ago.days());
            let cartridge = cartridge(day, until, &mut random);
            assert!(cartridge.expires > Some(day), "{day}");
            lots.extend(cartridge.lot);
            assert!(expired_cartridge(day, until).expires < Some(day), "{day}");
        }
        assert!((15..25).contains(&lots.len()), "{lots:?}");
    }
}
