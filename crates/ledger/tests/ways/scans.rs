//! A scan is kept, looked at, exported, imported and sealed anew as a picture is.

use std::fs;

use resurface_care::chart::{ScanFormat, ScanInstrument, ScanTaken};
use resurface_ledger::access::Actor;
use resurface_ledger::clinic::{Check, Depth, LedgerError, Pictures, import};
use resurface_ledger::pictures::digest_of;

use crate::house::{Around, House, TODAY, a_clinic, holds, key, place, silent, the_lead_again};

const CHECK: Check = Check { depth: Depth::Facts, pictures: Pictures::Open, noted: None };
const BYTES: &[u8] = b"ply: what is in it is not the ledger's to know";

fn taken() -> ScanTaken {
    ScanTaken {
        on: TODAY,
        instrument: ScanInstrument::Stereo,
        original: digest_of(BYTES),
        format: ScanFormat::Ply,
        unit_told: None,
        original_bytes: BYTES.len() as u64,
        points: 3,
        triangles: 1,
        note: Some("left cheek".to_owned()),
    }
}

/// A clinic, and a scan in its first chart.
fn with_a_scan(name: &str) -> (House, std::path::PathBuf) {
    let place = place(name);
    let house = a_clinic(&place);
    let desk = house.clinic.desk_of(&house.token).unwrap();
    let open = desk.open_chart(house.patients[0]).unwrap();
    desk.take_scan(open, desk.entry_id(), BYTES, taken()).unwrap();
    drop(desk);
    (house, place)
}

#[test]
fn a_scan_goes_out_and_in_again_and_is_sealed_at_rest() {
    let (house, place) = with_a_scan("scan-out-and-in");
    let name = digest_of(BYTES).to_string();
    let kept = place.join("clinic/pictures").join(&name[..2]).join(&name[2..]);
    assert!(!holds(&fs::read(&kept).unwrap(), "what is in it"));
    assert!(house.export(&place.join("export")).faults.is_empty());
    assert_eq!(fs::read(place.join(format!("export/pictures/{name}.ply"))).unwrap(), BYTES);
    assert!(fs::read_to_string(place.join("export/scans.csv")).unwrap().contains("left cheek"));
    let clinic = import(&place.join("export"), &place.join("again"), &key(), Around::seeded(9), &mut silent()).unwrap();
    let token = the_lead_again(&clinic);
    let desk = clinic.desk_of(&token).unwrap();
    let open = desk.open_chart(house.patients[0]).unwrap();
    let (entry, held) = &open.chart.scans[0];
    assert_eq!(*held, taken());
    assert_eq!(desk.scan(open.patient, *entry).unwrap().1, BYTES);
}

#[test]
fn a_scan_that_is_damaged_or_another_one_is_found() {
    let (house, place) = with_a_scan("scan-damaged");
    let faults = || house.clinic.desk(Actor::at_the_console()).verify(&CHECK, &mut |_| {}).unwrap().faults.total;
    assert_eq!(faults(), 0);
    let desk = house.clinic.desk_of(&house.token).unwrap();
    let open = || desk.open_chart(house.patients[0]).unwrap();
    let other = desk.take_scan(open(), desk.entry_id(), b"another file", taken());
    assert!(matches!(other, Err(LedgerError::Picture(_))));
    assert_eq!(open().chart.scans.len(), 1);
    let name = digest_of(BYTES).to_string();
    let kept = place.join("clinic/pictures").join(&name[..2]).join(&name[2..]);
    let mut bytes = fs::read(&kept).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    fs::write(&kept, bytes).unwrap();
    assert_eq!(faults(), 1);
}
