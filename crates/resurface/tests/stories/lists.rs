//! Lists over all charts, as they are printed.

use crate::a_clinic::AClinic;
use crate::visits::Visits;

#[test]
fn a_worklist_keeps_name_and_next_step_on_a_narrow_page_and_says_how_much_is_shown() {
    // given three charts, one of them of somebody with a long name
    let clinic = AClinic::founded("worklist_narrow");
    let names = ["Vera Visit", "Anna-Maria Theodora von und zu Hohenstein-Langenburg the Younger", "Kim Short"];
    for (at, name) in names.into_iter().enumerate() {
        let visit = Visits::of_example("consultation.toml").numbered(&format!("W-{at}"));
        clinic.open_chart(&visit.write(&clinic.folder, "visit.json"), name);
    }
    for width in ["60", "80", "100", "120"] {
        // when the worklist is printed
        let page = clinic.page(&["worklist", "--width", width]);
        // then each line fits, and begins with whom it is about and what comes next
        assert!(page.lines().all(|line| line.chars().count() <= width.parse().unwrap()), "{width}: {page}");
        assert!(page.contains("  name ") && page.contains("next step") && page.contains("number"), "{width}: {page}");
        for shown in ["  Vera Visit  ", "  Anna-Maria Theod", "ask history and wishes", "W-1"] {
            assert!(page.contains(shown), "{width}, {shown}: {page}");
        }
    }
    assert!(clinic.page(&["worklist", "--width", "80"]).contains(" due "));
    // and a part says of how many
    assert!(clinic.page(&["worklist", "--limit", "2"]).contains(": showing 2 of 3; in all 3 due"));
    assert!(clinic.page(&["worklist", "--step", "review"]).contains(": showing 0 of 3; in all 3 due"));
    assert!(!clinic.page(&["worklist"]).contains("showing"));
}

#[test]
fn a_lot_of_blanks_is_no_lot() {
    let clinic = AClinic::founded("blank_lot");
    for blank in ["", "  \t"] {
        let said = clinic.refused(&["recall", blank], 2);
        assert!(said.contains("the lot is blank: type the number that is printed on the cartridge"), "{said}");
    }
}
