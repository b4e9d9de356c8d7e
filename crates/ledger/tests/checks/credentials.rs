//! A password and a second factor that are changed at the same moment: neither change undoes the other.

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use jiff::Timestamp;
use resurface_ledger::access::Role;
use resurface_ledger::clinic::{Clinic, LedgerError, LostFactor, Proof};
use resurface_ledger::surroundings::Surroundings;

use crate::clinic_stories::{AClinic, PASSWORD, Still, key_file};

const NEW_PASSWORD: &str = "another sentence that nobody guesses";

/// How often chance is asked for while a password or a second factor is changed, and a few times more.
const MOMENTS: i64 = 8;

/// Surroundings in which somebody else does something, once, at a moment: before chance is asked for the so-manieth time.
struct Interrupted {
    still: Arc<Still>,
    until: AtomicI64,
    meanwhile: Mutex<Option<Box<dyn FnOnce() + Send>>>,
}

impl Interrupted {
    fn clinic(of: &AClinic) -> (Arc<Self>, Clinic) {
        let surroundings =
            Arc::new(Self { still: of.surroundings.clone(), until: AtomicI64::new(0), meanwhile: Mutex::default() });
        let clinic = Clinic::open(&of.folder, &key_file(), surroundings.clone()).unwrap();
        (surroundings, clinic)
    }

    fn at(&self, moment: i64, meanwhile: impl FnOnce() + Send + 'static) {
        *self.meanwhile.lock().unwrap() = Some(Box::new(meanwhile));
        self.until.store(moment, Ordering::SeqCst);
    }
}

impl Surroundings for Interrupted {
    fn now(&self) -> Timestamp {
        self.still.now()
    }

    fn fill(&self, bytes: &mut [u8]) {
        if self.until.fetch_sub(1, Ordering::SeqCst) == 0 {
            let meanwhile = self.meanwhile.lock().unwrap().take();
            meanwhile.into_iter().for_each(|meanwhile| meanwhile());
        }
        self.still.fill(bytes);
    }
}

#[test]
fn a_second_factor_that_is_confirmed_while_a_password_is_given_stays() {
    let mut both = 0;
    for moment in 0..MOMENTS {
        // given somebody who confirms a second factor while whoever leads gives them another password
        let clinic = AClinic::founded(&format!("credentials_factor_{moment}"));
        clinic.add_user("ben", &[Role::Assistant]);
        let token = clinic.sign_in("ben");
        let new = clinic.clinic.desk_of(&token).unwrap().new_second_factor().unwrap();
        let code = new.secret.code_at(clinic.surroundings.now());
        let (surroundings, other) = Interrupted::clinic(&clinic);
        let (bens, confirmed) = (clinic.opened_again(), Arc::new(AtomicBool::new(false)));
        let done = Arc::clone(&confirmed);
        surroundings.at(moment, move || {
            let kept = bens.desk_of(&token).and_then(|desk| desk.confirm_second_factor(&new, &code));
            done.store(kept.is_ok(), Ordering::SeqCst);
        });
        // when the password is given
        let console = other.desk(resurface_ledger::access::Actor::at_the_console());
        console.reset_password("ben", NEW_PASSWORD, LostFactor::Kept).unwrap();
        // then a factor that was confirmed is asked for
        if confirmed.load(Ordering::SeqCst) {
            both += 1;
            let without = clinic.clinic.sign_in("ben", Proof { password: NEW_PASSWORD, code: None });
            assert!(matches!(without, Err(LedgerError::CodeNeeded)), "moment {moment}");
        }
    }
    assert!(both > 1, "the two met at {both} moments only");
}

#[test]
fn a_password_that_is_given_while_a_second_factor_is_confirmed_stays() {
    for moment in 0..MOMENTS {
        // given whoever leads, who gives somebody another password while they confirm a second factor
        let clinic = AClinic::founded(&format!("credentials_password_{moment}"));
        clinic.add_user("ben", &[Role::Assistant]);
        let token = clinic.sign_in("ben");
        let (surroundings, other) = Interrupted::clinic(&clinic);
        let desk = other.desk_of(&token).unwrap();
        let new = desk.new_second_factor().unwrap();
        let code = new.secret.code_at(clinic.surroundings.now());
        let leads = clinic.opened_again();
        surroundings.at(moment, move || {
            let console = leads.desk(resurface_ledger::access::Actor::at_the_console());
            console.reset_password("ben", NEW_PASSWORD, LostFactor::Kept).unwrap();
        });
        // when the factor is confirmed
        desk.confirm_second_factor(&new, &code).unwrap();
        if surroundings.meanwhile.lock().unwrap().is_some() {
            continue;
        }
        // then the new password counts, with the new factor, and the old one does not
        clinic.surroundings.pass_seconds(90);
        let code = new.secret.code_at(clinic.surroundings.now());
        let sign_in = |password| clinic.clinic.sign_in("ben", Proof { password, code: Some(&code) });
        assert!(matches!(sign_in(PASSWORD), Err(LedgerError::WrongSignIn)), "moment {moment}");
        assert!(sign_in(NEW_PASSWORD).is_ok(), "moment {moment}");
    }
}
