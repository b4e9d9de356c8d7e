//! Adverse events: noticed, seen to, over or not.

use jiff::ToSpan;
use jiff::civil::Date;
use resurface_care::chart::{AdverseEventFollowed, AdverseEventNoticed, Body, EntryId, Penned, ReportedBy, Severity};

use super::Walk;
use super::answers::Asked;
use crate::happening::{StaffMember, SyntheticError};

/// An event that may be, in a patient's words and in the clinic's.
struct Kind {
    id: &'static str,
    severity: Severity,
    /// Days after the session.
    onset_days: (i64, i64),
    /// Days until it is over; nothing when it does not get there.
    lasts_days: Option<(i64, i64)>,
    /// The question that it answers while it lasts.
    answers: Option<&'static str>,
    noticed: &'static str,
    followed: &'static str,
}

/// Onsets lie within those of `adverse_events.toml`; how long each lasts is ours.
const KINDS: [Kind; 7] = [
    Kind {
        id: "pih",
        severity: Severity::Moderate,
        onset_days: (12, 24),
        lasts_days: Some((60, 110)),
        answers: Some("pigmentation_since_session"),
        noticed: "Brown patches on both cheeks since two weeks after the session.",
        followed: "Paler. Azelaic acid and sunscreen go on.",
    },
    Kind {
        id: "erythema",
        severity: Severity::Mild,
        onset_days: (8, 11),
        lasts_days: Some((5, 14)),
        answers: Some("redness_over_7_days"),
        noticed: "Still red on the cheeks after more than a week.",
        followed: "Redness fading, no sign of infection.",
    },
    Kind {
        id: "herpes",
        severity: Severity::Moderate,
        onset_days: (3, 8),
        lasts_days: Some((9, 16)),
        answers: Some("cold_sore_now"),
        noticed: "Tingling, then small blisters beside the mouth.",
        followed: "Crusts dry, antiviral finished.",
    },
    Kind {
        id: "pih",
        severity: Severity::Mild,
        onset_days: (14, 26),
        lasts_days: None,
        answers: Some("pigmentation_since_session"),
        noticed: "The skin over the cheekbones has become darker.",
        followed: "Unchanged. Sunscreen every day; pictures compared.",
    },
    Kind {
        id: "acne_flare",
        severity: Severity::Mild,
        onset_days: (5, 18),
        lasts_days: Some((20, 40)),
        answers: None,
        noticed: "Several new spots along the jaw.",
        followed: "Fewer spots with adapalene.",
    },
    Kind {
        id: "granuloma",
        severity: Severity::Severe,
        onset_days: (14, 40),
        lasts_days: None,
        answers: Some("nodules_since_session"),
        noticed: "Firm bumps on the left cheek that do not go away.",
        followed: "Biopsy taken; patch test arranged.",
    },
    Kind {
        id: "bruising",
        severity: Severity::Mild,
        onset_days: (1, 3),
        lasts_days: Some((5, 8)),
        answers: None,
        noticed: "A bruise at the right temple.",
        followed: "Yellow, nearly gone.",
    },
];

/// What has gone wrong with a patient.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Trouble {
    noticed: Option<Noticed>,
    /// First day on which darker marks were seen.
    pub(super) pigmentation_seen: Option<Date>,
}

#[derive(Clone, Copy, Debug)]
struct Noticed {
    kind: usize,
    id: EntryId,
    over: Option<Date>,
}

impl Trouble {
    /// Whether it has not happened yet.
    pub(super) const fn is_ahead(&self) -> bool {
        self.noticed.is_none()
    }

    /// Questions that it answers with yes on a day.
    pub(super) fn answered_yes(&self, today: Date) -> impl Iterator<Item = &'static str> {
        let noticed = self.noticed.filter(|noticed| noticed.over.is_none_or(|over| today < over));
        noticed.and_then(|noticed| KINDS[noticed.kind].answers).into_iter()
    }
}

impl Walk<'_> {
    /// The event is noticed, by the patient at home or at a visit.
    pub(super) fn notice_event(&mut self, which: u32) -> Result<bool, SyntheticError> {
        let at = which as usize % KINDS.len();
        let kind = &KINDS[at];
        let Some(session) = self.chart.sessions.last().map(|session| session.on) else { return Ok(false) };
        let days = self.random.whole(kind.onset_days.0, kind.onset_days.1);
        if !self.go_to(session.saturating_add(days.days())) {
            return Ok(false);
        }
        let by_patient = self.random.chance(0.7);
        let noticed = AdverseEventNoticed {
            on: self.today,
            event: Some(kind.id.to_owned()),
            severity: kind.severity,
            session: Some(session),
            reported_by: if by_patient { ReportedBy::Patient } else { ReportedBy::Clinic },
            text: kind.noticed.to_owned(),
        };
        let by = if by_patient { StaffMember::Patient } else { self.treats() };
        let id = self.record(by, Body::AdverseEvent(noticed))?;
        let over = kind.lasts_days.map(|(least, most)| {
            let lasts = self.random.whole(least, most);
            self.today.saturating_add(lasts.days())
        });
        self.trouble.noticed = Some(Noticed { kind: at, id, over });
        if kind.id == "pih" {
            self.trouble.pigmentation_seen = Some(self.today);
        }
        Ok(true)
    }

    /// Looks at it within days, then every few weeks until it is over.
    pub(super) fn see_to_event(&mut self) -> Result<bool, SyntheticError> {
        let Some(Noticed { kind, id, over }) = self.trouble.noticed else { return Ok(false) };
        let kind = &KINDS[kind];
        let seen_before = self.chart.events.iter().any(|event| event.id == id && !event.followed.is_empty());
        let next =
            self.today.saturating_add(if seen_before { self.random.whole(14, 28) } else { self.random.whole(1, 4) }.days());
        let next = over.filter(|over| *over > self.today && *over < next).unwrap_or(next);
        if !self.go_to(next) {
            return Ok(false);
        }
        let resolved = over.is_some_and(|over| over <= self.today);
        let text = if resolved { "Gone, nothing left to see.".to_owned() } else { kind.followed.to_owned() };
        let followed = AdverseEventFollowed { on: self.today, event: id, resolved, text };
        self.record(self.treats(), Body::AdverseEventFollowed(followed))?;
        if resolved || !seen_before {
            self.ask(Asked::Again, Penned::Clinic)?;
        }
        Ok(true)
    }
}
