//! How deep each zone may be needled: the least of what the device, the operator, the place and the zone allow.

use jiff::civil::Date;
use resurface_knowledge::Knowledge;
use resurface_knowledge::devices::{Device, DeviceKind};
use resurface_knowledge::jurisdictions::{Jurisdiction, Law};
use resurface_knowledge::protocol::{Needling, Zone};
use serde::Serialize;

use crate::consultation::{Answer, Consultation};
use crate::facts::PIGMENTATION_HISTORY;
use crate::grading::Grading;
use crate::sentence::Sentence;

/// Key of the finding "darker marks since the last session".
const PIGMENTATION_SINCE_SESSION: &str = "pigmentation_since_session";

/// The depth planned for one zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ZoneDepth {
    /// Id of the zone in `protocol.toml`.
    pub zone: String,
    /// Its name.
    pub name: String,
    /// On scars from the second session on, in micrometres; `None` when the zone is not needled or the depth cannot be said.
    pub on_scars_um: Option<u32>,
    /// On scars in the next session, in micrometres: one step less than later ones when it is the first of a course.
    pub first_session_um: Option<u32>,
    /// On the skin between scars, in micrometres, where it is less than on them.
    pub between_scars_um: Option<u32>,
    /// Every limit that was looked at, the binding one first.
    pub limits: Vec<DepthLimit>,
    /// Why the zone is not needled, or what must be recorded before a depth can be planned.
    pub withheld: Vec<Sentence>,
}

/// One limit to the depth.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DepthLimit {
    /// Deepest needle it allows, in micrometres.
    pub um: u32,
    /// What sets it.
    pub by: LimitedBy,
}

/// What limits a depth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LimitedBy {
    /// The depth evaluated for the device's label.
    DeviceEvaluated,
    /// The operator's own limit.
    Operator,
    /// The law of the place, without the permission it asks for.
    Jurisdiction,
    /// The cap of the zone.
    Zone,
}

/// Depths for every zone with atrophic scars, the shallowest zone first (deepest zones are needled last).
///
/// A limit that is not recorded is never read as "no limit": the depth is then withheld, and what is missing is said.
#[must_use]
pub fn planned_depths(
    consultation: &Consultation,
    grading: &Grading,
    knowledge: &Knowledge,
    first_session: Date,
) -> Vec<ZoneDepth> {
    let limits = Limits::of(consultation, knowledge, first_session);
    let mut depths: Vec<ZoneDepth> = grading
        .zones
        .iter()
        .filter(|zone| zone.atrophic.total() > 0)
        .map(|zone| match knowledge.protocol.zone(&zone.zone) {
            Some(known) => limits.depth_of(known, grading),
            None => {
                let because = Sentence::new("said-zone-not-in-protocol", "this zone is not in protocol.toml");
                ZoneDepth::withheld(&zone.zone, &zone.zone, vec![because])
            }
        })
        .collect();
    depths.sort_by_key(|depth| (depth.on_scars_um.is_none(), depth.on_scars_um));
    depths
}

/// Everything but the zone that limits the depth here.
struct Limits<'a> {
    knowledge: &'a Knowledge,
    device: Option<&'a Device>,
    places: Vec<&'a Jurisdiction>,
    premises_permitted: Answer,
    operator_um: Option<u32>,
    /// Darker marks after needling were seen, or, once a session has been given, were not ruled out.
    pigmented: bool,
    /// A session of the course has been given: the step down of the first one is over.
    begun: bool,
    on: Date,
}

impl<'a> Limits<'a> {
    fn of(consultation: &Consultation, knowledge: &'a Knowledge, on: Date) -> Self {
        Self {
            knowledge,
            device: knowledge.device(&consultation.device),
            places: knowledge.jurisdiction_and_wider(&consultation.jurisdiction),
            premises_permitted: consultation.operator.premises_permitted,
            operator_um: consultation.operator.depth_limit_um,
            pigmented: pigmented(consultation),
            begun: !consultation.sessions.is_empty(),
            on,
        }
    }

    fn depth_of(&self, zone: &Zone, grading: &Grading) -> ZoneDepth {
        if let Some(because) = forbidden(zone) {
            return ZoneDepth::withheld(&zone.id, &zone.name, vec![because]);
        }
        let missing = self.missing(zone);
        let (Some(device_um), Some(operator_um), Some(cap_um), true) =
            (self.device_um(), self.operator_um, zone_cap_um(zone), missing.is_empty())
        else {
            return ZoneDepth::withheld(&zone.id, &zone.name, missing);
        };
        let island_um = zone.scar_island_cap.as_ref().map_or(cap_um, |cap| cap.um.max(cap_um));
        let limits = |zone_um: u32| {
            let mut limits = vec![
                DepthLimit { um: device_um, by: LimitedBy::DeviceEvaluated },
                DepthLimit { um: operator_um, by: LimitedBy::Operator },
                DepthLimit { um: zone_um, by: LimitedBy::Zone },
            ];
            let least = limits.iter().map(|limit| limit.um).min().unwrap_or(0);
            let permitted = self.permitted_um(least);
            if permitted < least {
                limits.push(DepthLimit { um: permitted, by: LimitedBy::Jurisdiction });
            }
            limits.sort_by_key(|limit| (limit.um, limit.by));
            limits
        };
        let on_scars = limits(island_um);
        let least = |limits: &[DepthLimit]| limits.first().map_or(0, |limit| limit.um);
        let settings = &self.knowledge.settings;
        let darker =
            if grading.skin_type.counts_as_dark() || self.pigmented { settings.dark_skin_step_down_um.whole() } else { 0 };
        let first = if self.begun { 0 } else { settings.first_session_step_down_um.whole() };
        let later_um = self.rounded_um(least(&on_scars).saturating_sub(darker));
        let first_um = self.rounded_um(least(&on_scars).saturating_sub(darker + first));
        let between_um = self.rounded_um(least(&limits(cap_um)).saturating_sub(darker));
        ZoneDepth {
            zone: zone.id.clone(),
            name: zone.name.clone(),
            on_scars_um: later_um,
            first_session_um: first_um.or(later_um),
            between_scars_um: between_um.filter(|um| Some(*um) != later_um),
            limits: on_scars,
            withheld: if later_um.is_none() {
                vec![Sentence::new("said-no-depth-left", "the limits leave no depth at all")]
            } else {
                Vec::new()
            },
        }
    }

    /// What must be recorded before a depth can be planned.
    fn missing(&self, zone: &Zone) -> Vec<Sentence> {
        let mut missing = Vec::new();
        match self.device {
            None => missing.push(Sentence::new("said-device-not-listed", "the device is not in devices.toml")),
            Some(device) if device.kind != DeviceKind::Mechanical => {
                let english = format!("{} heats: these rules plan needles without current only", device.name);
                missing.push(Sentence::new("said-device-heats", english).text("device", &device.name));
            }
            Some(device) if self.device_um().is_none() => {
                let english = format!("the depth evaluated for the label of {} is not known", device.name);
                missing.push(Sentence::new("said-evaluated-depth-of-device", english).text("device", &device.name));
            }
            Some(_) => {}
        }
        if self.operator_um.is_none() {
            missing.push(Sentence::new("said-operator-limit-not-recorded", "the operator's depth limit is not recorded"));
        }
        if self.premises_permitted != Answer::Yes && self.places.iter().any(|place| place.law == Law::NotRead) {
            missing.push(Sentence::new(
                "said-law-not-read",
                "the law of this place was not read: record whether the premises hold the permission it asks for",
            ));
        }
        if zone_cap_um(zone).is_none() {
            missing.push(Sentence::new("said-no-cap", "no depth cap is set for this zone"));
        }
        missing
    }

    fn device_um(&self) -> Option<u32> {
        self.device.and_then(|device| device.depth_evaluated_um.as_ref()).map(|depth| depth.value)
    }

    fn step_um(&self) -> u32 {
        let own = self.device.and_then(|device| device.step_um.as_ref()).map(|step| step.value);
        own.unwrap_or_else(|| self.knowledge.settings.depth_step_um.whole()).max(1)
    }

    /// Rounded down to a setting that the device has; nothing when that is no depth.
    fn rounded_um(&self, um: u32) -> Option<u32> {
        let step = self.step_um();
        Some(um / step * step).filter(|um| *um > 0)
    }

    /// The deepest setting, at most `um`, for which the place asks no permission that is not held.
    fn permitted_um(&self, um: u32) -> u32 {
        if self.premises_permitted == Answer::Yes {
            return um;
        }
        let kind = self.device.map_or(DeviceKind::Mechanical, |device| device.kind);
        let asks = |depth_um: u32| {
            self.places.iter().flat_map(|place| &place.depth_gates).any(|gate| gate.holds_for(depth_um, kind, self.on))
        };
        let step = self.step_um();
        let mut settings = std::iter::successors(Some(um / step * step), |um| um.checked_sub(step));
        if asks(um) { settings.find(|depth_um| *depth_um < um && !asks(*depth_um)).unwrap_or(0) } else { um }
    }
}

impl ZoneDepth {
    fn withheld(zone: &str, name: &str, withheld: Vec<Sentence>) -> Self {
        Self {
            zone: zone.to_owned(),
            name: name.to_owned(),
            on_scars_um: None,
            first_session_um: None,
            between_scars_um: None,
            limits: Vec::new(),
            withheld,
        }
    }
}

/// Next session shallower after pigmentation (`pause_pih` in `protocol.toml`).
fn pigmented(consultation: &Consultation) -> bool {
    let answer = |key: &str| consultation.findings.get(key).map_or(Answer::Unknown, |found| found.answer);
    let answers = [answer(PIGMENTATION_HISTORY), answer(PIGMENTATION_SINCE_SESSION)];
    answers.contains(&Answer::Yes) || (!consultation.sessions.is_empty() && answers.contains(&Answer::Unknown))
}

fn forbidden(zone: &Zone) -> Option<Sentence> {
    let not_needled = || Sentence::new("said-zone-not-needled", "this zone is not needled");
    (zone.needling == Needling::Forbidden)
        .then(|| zone.forbidden_because.as_ref().map_or_else(not_needled, |because| Sentence::known(&because.text)))
}

fn zone_cap_um(zone: &Zone) -> Option<u32> {
    zone.depth_cap.as_ref().map(|cap| cap.um)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::consultation::ZoneScars;
    use crate::grading::grade;
    use crate::people::{TODAY, a_cheek, a_consultation, a_session, a_suitable_person, knowledge};

    fn depths_on(person: &Consultation, on: Date) -> Vec<ZoneDepth> {
        planned_depths(person, &grade(person, knowledge()), knowledge(), on)
    }

    fn cheek(person: &Consultation) -> ZoneDepth {
        depths_on(person, TODAY).remove(0)
    }

    #[test]
    fn the_least_limit_binds_and_is_named() {
        let mut person = a_consultation();
        assert_eq!((cheek(&person).on_scars_um, cheek(&person).limits[0].um), (Some(1500), 1500));
        person.operator.depth_limit_um = Some(600);
        let limited = cheek(&person);
        assert_eq!((limited.on_scars_um, limited.limits[0].by), (Some(500), LimitedBy::Operator));
        assert_eq!(limited.between_scars_um, None);
        person.operator.depth_limit_um = Some(200);
        assert_eq!(cheek(&person).on_scars_um, None);
    }

    #[test]
    fn a_limit_that_is_not_recorded_withholds_the_depth() {
        let mut person = a_consultation();
        person.operator.depth_limit_um = None;
        let withheld = cheek(&person);
        assert_eq!((withheld.on_scars_um, withheld.first_session_um), (None, None));
        assert!(withheld.withheld[0].english().contains("depth limit"));
    }

    #[test]
    fn darker_marks_and_a_first_session_each_cost_a_step() {
        let mut person = a_suitable_person();
        let steps = |person: &Consultation| (cheek(person).first_session_um, cheek(person).on_scars_um);
        assert_eq!(steps(&person), (Some(1250), Some(1500)));
        person.sessions = vec![a_session(date(2026, 6, 1))];
        assert_eq!(steps(&person), (Some(1500), Some(1500)));
        for answer in [Answer::Yes, Answer::Unknown] {
            person.findings.entry(PIGMENTATION_SINCE_SESSION.into()).or_default().answer = answer;
            assert_eq!(steps(&person), (Some(1250), Some(1250)));
        }
    }

    #[test]
    fn devices_that_heat_or_whose_label_is_not_known_get_no_depth() {
        for device in ["rf_microneedling_device", "other_pen", "no such device"] {
            let person = Consultation { device: device.into(), ..a_consultation() };
            assert_eq!(cheek(&person).on_scars_um, None, "{device}");
        }
    }

    #[test]
    fn nothing_is_planned_inside_the_orbital_rim() {
        let mut person = a_consultation();
        person.scars.zones = vec![a_cheek("orbital"), a_cheek("forehead")];
        let depths = depths_on(&person, TODAY);
        assert_eq!((depths[0].zone.as_str(), depths[0].on_scars_um), ("forehead", Some(1000)));
        assert_eq!((depths[1].zone.as_str(), depths[1].on_scars_um), ("orbital", None));
        assert!(!depths[1].withheld[0].english().is_empty());
    }

    #[test]
    fn zones_without_atrophic_scars_are_left_alone() {
        let mut person = a_consultation();
        person.scars.zones.push(ZoneScars { zone: "nose".into(), macular: 4, hypertrophic: 1, ..ZoneScars::default() });
        assert!(depths_on(&person, TODAY).iter().all(|zone| zone.zone != "nose"));
    }

    #[test]
    fn the_place_binds_where_its_permission_is_not_held() {
        let mut person = Consultation { jurisdiction: "scotland".into(), ..a_consultation() };
        assert_eq!(cheek(&person).on_scars_um, Some(1500));
        for answer in [Answer::No, Answer::Unknown] {
            person.operator.premises_permitted = answer;
            let limited = cheek(&person);
            assert_eq!((limited.on_scars_um, limited.limits[0].by), (Some(1250), LimitedBy::Jurisdiction));
            assert_eq!(depths_on(&person, date(2027, 9, 6))[0].on_scars_um, None, "from then on any depth needs a licence");
        }
    }
}
