//! Where the needle may go today, and how deep: the least of the device's evaluated depth, the operator's limit and the
//! cap of the zone. Deeper than the plan would begin is a precaution.

use resurface_knowledge::protocol::{Needling, Zone};

use super::{Check, Says, Subject, Verdict, ours};
use crate::consultation::{PlannedZone, Profession, TreatmentDay};
use crate::depth::{ZoneDepth, planned_depths};
use crate::facts::{Detail, Facts};
use crate::grading::grade;

pub(super) fn check<'a>(day: &'a TreatmentDay, facts: &Facts<'a>, checks: &mut Vec<Check<'a>>) {
    if day.zones.is_empty() {
        checks.push(ours(Subject::Day, Verdict::Unknown, Says::Found(Detail::Missing("day.zones"))));
    }
    let proposed = proposed(facts);
    for planned in &day.zones {
        let subject = Subject::Zone(&planned.zone);
        match facts.knowledge.protocol.zone(&planned.zone) {
            None => checks.push(ours(subject, Verdict::Refuses, Says::ZoneNotKnown)),
            Some(zone) if zone.needling == Needling::Forbidden => checks.push(forbidden(subject, zone)),
            Some(zone) => {
                let before = checks.len();
                device(planned, zone, facts, checks);
                operator(planned, facts, checks);
                cap(planned, zone, facts, checks);
                if checks[before..].iter().all(|check| check.verdict < Verdict::Unknown) {
                    deeper_than_proposed(planned, &proposed, checks);
                }
                if checks.len() == before {
                    checks.push(ours(subject, Verdict::Passes, Says::DepthWithinLimits { planned_um: planned.depth_um }));
                }
            }
        }
    }
}

fn forbidden<'a>(subject: Subject<'a>, zone: &'a Zone) -> Check<'a> {
    match &zone.forbidden_because {
        Some(why) => Check {
            subject,
            verdict: Verdict::Refuses,
            says: Says::ZoneForbidden(&why.text),
            sources: &why.sources,
            mark: why.mark,
        },
        None => ours(subject, Verdict::Refuses, Says::ZoneForbidden("this zone is not needled")),
    }
}

/// Not deeper than was evaluated for the label, and not on a site that the label leaves out without saying so.
fn device<'a>(planned: &'a PlannedZone, zone: &'a Zone, facts: &Facts<'a>, checks: &mut Vec<Check<'a>>) {
    let subject = Subject::Zone(&planned.zone);
    let planned_um = planned.depth_um;
    match facts.device.and_then(|device| device.depth_evaluated_um.as_ref()) {
        None => checks.push(ours(subject, Verdict::Unknown, Says::EvaluatedDepthNotKnown)),
        Some(evaluated) if planned_um > evaluated.value => checks.push(Check {
            subject,
            verdict: Verdict::Refuses,
            says: Says::DeeperThanEvaluated { planned_um, evaluated_um: evaluated.value },
            sources: &evaluated.sources,
            mark: evaluated.mark,
        }),
        Some(_) => {}
    }
    if let Some(sites) = facts.device.and_then(|device| device.sites.as_ref()).filter(|sites| !sites.value.contains(&zone.site)) {
        let says = Says::SiteOffLabel;
        checks.push(Check { subject, verdict: Verdict::Precaution, says, sources: &sites.sources, mark: sites.mark });
    }
}

fn operator<'a>(planned: &'a PlannedZone, facts: &Facts<'a>, checks: &mut Vec<Check<'a>>) {
    let subject = Subject::Zone(&planned.zone);
    let planned_um = planned.depth_um;
    match facts.consultation.operator.depth_limit_um {
        None => checks.push(ours(subject, Verdict::Unknown, Says::Found(Detail::Missing("operator.depth_limit_um")))),
        Some(limit_um) if planned_um > limit_um => {
            checks.push(ours(subject, Verdict::Refuses, Says::DeeperThanOperator { planned_um, limit_um }));
        }
        Some(_) => {}
    }
}

/// Above the cap on scars alone; above that cap only where a prescriber treats.
fn cap<'a>(planned: &'a PlannedZone, zone: &'a Zone, facts: &Facts<'a>, checks: &mut Vec<Check<'a>>) {
    let subject = Subject::Zone(&planned.zone);
    let planned_um = planned.depth_um;
    let Some(cap) = &zone.depth_cap else {
        checks.push(ours(subject, Verdict::Unknown, Says::CapNotKnown));
        return;
    };
    let prescribes = matches!(facts.consultation.operator.profession, Profession::Dermatologist | Profession::Doctor);
    let deepest = zone.scar_island_cap.as_ref().filter(|island| island.um > cap.um).unwrap_or(cap);
    let (verdict, says) = match planned_um {
        depth if depth <= cap.um => return,
        depth if depth <= deepest.um => (Verdict::Precaution, Says::OnScarsOnly { planned_um, cap_um: cap.um }),
        _ if prescribes => (Verdict::Precaution, Says::AboveCapByPrescriber { planned_um, cap_um: deepest.um }),
        _ => (Verdict::Refuses, Says::AboveCap { planned_um, cap_um: deepest.um }),
    };
    checks.push(Check { subject, verdict, says, sources: &deepest.sources, mark: deepest.mark });
}

/// The depths that a plan made today would begin with.
fn proposed(facts: &Facts<'_>) -> Vec<ZoneDepth> {
    let consultation = facts.consultation;
    planned_depths(consultation, &grade(consultation, facts.knowledge), facts.knowledge, consultation.date)
}

/// A first session, dark skin and darker marks each begin a step shallower: going deeper is a decision to be seen.
fn deeper_than_proposed<'a>(planned: &'a PlannedZone, proposed: &[ZoneDepth], checks: &mut Vec<Check<'a>>) {
    let zone = proposed.iter().find(|depth| depth.zone == planned.zone);
    if let Some(proposed_um) = zone.and_then(|zone| zone.first_session_um).filter(|um| planned.depth_um > *um) {
        let says = Says::DeeperThanProposed { planned_um: planned.depth_um, proposed_um };
        checks.push(ours(Subject::Zone(&planned.zone), Verdict::Precaution, says));
    }
}
