//! What each document is made of.

use std::collections::BTreeMap;

use resurface_care::chart::{Body, ConsentWithdrawn, EntryId, PictureTaken, PlanAdopted, Purpose, Registered, Reviewed, View};
use resurface_care::plan::Plan;
use resurface_documents::{
    AdoptedBy, AftercareSheet, ChartEntry, ChartSheet, ConsentSheet, DocumentError, GivenConsent, Letterhead, Picture,
    PicturePair, PlanSheet, ProgressSheet, ReviewedBy,
};
use resurface_figure::judged_error_percent;
use resurface_ledger::clinic::{Attributed, Form, OpenChart};

use crate::pages::chart::timeline::author;
use crate::pages::consent::ConsentText;
use crate::pages::plan::{Asked, asked_lately};
use crate::problem::{Problem, What};
use crate::seat::Seat;

/// A document; nothing where the chart does not hold yet what it is about.
type Made = Result<Option<Vec<u8>>, Problem>;

impl From<DocumentError> for Problem {
    fn from(error: DocumentError) -> Self {
        Self::new(What::Broken, error.to_string())
    }
}

/// The course proposed and what was made of it, as it would be asked now.
pub(super) fn plan(seat: &Seat<'_>, open: &OpenChart) -> Made {
    let Some(asked) = asked_lately(seat, open)? else { return Ok(None) };
    let Some(plan) = planned(seat, &asked) else { return Ok(None) };
    let adopted = latest(seat, open, |body| match body {
        Body::PlanAdopted(entry) => Some(entry),
        _ => None,
    });
    let sheet = PlanSheet {
        consultation: &asked.consultation,
        plan: &plan,
        adopted: adopted.as_ref().map(|(entry, by): &(&PlanAdopted, String)| AdoptedBy { entry, by }),
        judged_error_percent: judged_error_percent(&seat.rules.population),
    };
    let letterhead = letterhead(seat, Some(&plan))?;
    Ok(Some(resurface_documents::plan(&letterhead, registered(open)?, &sheet, seat.reader())?))
}

/// What the patient consented to, and what was taken back.
pub(super) fn consent(seat: &Seat<'_>, open: &OpenChart) -> Made {
    let given = open.standing().into_iter().rev().find_map(|(entry, body)| match body {
        Body::Consented(consented) => Some((entry, consented, author(seat, entry))),
        _ => None,
    });
    let text = match &given {
        Some((entry, consented, _)) => ConsentText::read_before(seat, open, entry.id, consented.on)?,
        None => ConsentText::of(seat, open)?,
    };
    let withdrawn = open.standing().into_iter().filter_map(|(_, body)| match body {
        Body::ConsentWithdrawn(body) => Some(body.clone()),
        _ => None,
    });
    let withdrawn: Vec<ConsentWithdrawn> = withdrawn.collect();
    let sheet = ConsentSheet {
        given: given.as_ref().map(|(_, entry, by)| GivenConsent { entry, by }),
        withdrawn: &withdrawn,
        text: &text.parts(),
        version: &text.version(),
    };
    let letterhead = letterhead(seat, None)?;
    Ok(Some(resurface_documents::consent(&letterhead, registered(open)?, &sheet, seat.reader())?))
}

/// What to do after a session, by hour and day.
pub(super) fn aftercare(seat: &Seat<'_>, open: &OpenChart) -> Made {
    let sheet = AftercareSheet { session: open.chart.sessions.last().map(|session| session.on) };
    let letterhead = letterhead(seat, None)?;
    Ok(Some(resurface_documents::aftercare(&letterhead, registered(open)?, &sheet, seat.reader())?))
}

/// What came of the course so far, with the first and the latest picture of each view.
pub(super) fn progress(seat: &Seat<'_>, open: &OpenChart) -> Made {
    let Some(asked) = asked_lately(seat, open)? else { return Ok(None) };
    let Some(plan) = planned(seat, &asked) else { return Ok(None) };
    let reviewed = latest(seat, open, |body| match body {
        Body::Reviewed(entry) => Some(entry),
        _ => None,
    });
    let pairs = pairs(seat, open)?;
    let pictures: Vec<PicturePair<'_>> =
        pairs.iter().map(|(before, after)| PicturePair { before: before.shown(), after: after.shown() }).collect();
    let sheet = ProgressSheet {
        consultation: &asked.consultation,
        plan: &plan,
        sessions: &open.chart.sessions,
        reviewed: reviewed.as_ref().map(|(entry, by): &(&Reviewed, String)| ReviewedBy { entry, by }),
        pictures: &pictures,
        judged_error_percent: judged_error_percent(&seat.rules.population),
    };
    let letterhead = letterhead(seat, Some(&plan))?;
    Ok(Some(resurface_documents::progress(&letterhead, registered(open)?, &sheet, seat.reader())?))
}

/// Every entry, in order.
pub(super) fn chart(seat: &Seat<'_>, open: &OpenChart) -> Made {
    let zone = seat.app.clinic().surroundings().zone();
    let authors: Vec<String> = open.entries.iter().map(|entry| author(seat, entry)).collect();
    let entry =
        |(entry, by): (&'_ Attributed, &'_ String)| (entry.seq, entry.id, by.clone(), entry.at.to_zoned(zone.clone()).datetime());
    let lines: Vec<_> = open.entries.iter().zip(&authors).map(entry).collect();
    let entries: Vec<ChartEntry<'_>> = lines
        .iter()
        .zip(&open.entries)
        .map(|((seq, id, by, at), entry)| ChartEntry { seq: u64::from(*seq), id: *id, by, at: *at, body: &entry.body })
        .collect();
    let sheet = ChartSheet { entries: &entries, end: &open.end_hash() };
    Ok(Some(resurface_documents::chart(&letterhead(seat, None)?, registered(open)?, &sheet, seat.words())?))
}

fn registered(open: &OpenChart) -> Result<&Registered, Problem> {
    open.chart.registered.as_ref().ok_or_else(Problem::no_such_page)
}

fn planned(seat: &Seat<'_>, asked: &Asked) -> Option<Plan> {
    seat.rules.bench(seat.app.program).planned(&asked.consultation).ok()
}

fn letterhead(seat: &Seat<'_>, plan: Option<&Plan>) -> Result<Letterhead, Problem> {
    let clinic = seat.app.clinic();
    Ok(Letterhead {
        clinic: clinic.book()?.founded.name.clone(),
        printed_on: clinic.surroundings().now().to_zoned(clinic.surroundings().zone()).datetime(),
        program: seat.app.program.to_owned(),
        knowledge: seat.rules.knowledge.version.full().to_owned(),
        model: plan.map(|plan| plan.population.data_sha256.clone()),
        seed: plan.map(|plan| plan.population.seed),
    })
}

/// The latest entry of a kind, as it stands now, with who wrote it.
fn latest<'a, T>(seat: &Seat<'_>, open: &'a OpenChart, of: impl Fn(&'a Body) -> Option<&'a T>) -> Option<(&'a T, String)> {
    open.standing().into_iter().rev().find_map(|(entry, body)| Some((of(body)?, author(seat, entry))))
}

/// A picture with its bytes.
struct Shown {
    taken: PictureTaken,
    bytes: Vec<u8>,
}

impl Shown {
    fn shown(&self) -> Picture<'_> {
        Picture { jpeg: &self.bytes, on: self.taken.on, view: self.taken.view }
    }
}

/// The first and the latest picture of each view, while the patient consents to pictures for the chart.
fn pairs(seat: &Seat<'_>, open: &OpenChart) -> Result<Vec<(Shown, Shown)>, Problem> {
    if !open.chart.consents.contains_key(&Purpose::PicturesForCare) {
        return Ok(Vec::new());
    }
    let mut views: BTreeMap<View, Vec<&(EntryId, PictureTaken)>> = BTreeMap::new();
    for picture in open.chart.pictures.iter().filter(|(_, taken)| taken.event.is_none()) {
        views.entry(picture.1.view).or_default().push(picture);
    }
    let mut pairs = Vec::new();
    for pictures in views.values_mut() {
        pictures.sort_by_key(|(_, taken)| taken.on);
        if let [before, .., after] = pictures[..]
            && let (Some(before), Some(after)) = (shown(seat, open, before)?, shown(seat, open, after)?)
        {
            pairs.push((before, after));
        }
    }
    Ok(pairs)
}

/// A picture as it is printed: a document holds JPEG, so a PNG stands in it as its small picture where that is one.
fn shown(seat: &Seat<'_>, open: &OpenChart, (entry, taken): &(EntryId, PictureTaken)) -> Result<Option<Shown>, Problem> {
    for form in [Form::Display, Form::Thumbnail] {
        let (_, bytes) = seat.desk.picture(open.patient, *entry, form)?;
        if bytes.starts_with(&[0xff, 0xd8]) {
            return Ok(Some(Shown { taken: taken.clone(), bytes }));
        }
    }
    Ok(None)
}
