//! Who treats, with which cartridge, where and how deep.

use resurface_knowledge::devices::DeviceKind;
use resurface_knowledge::jurisdictions::Law;
use resurface_knowledge::protocol::Needling;

use super::detail::{CartridgeFault, OperatorLacks};
use super::{Detail, Fact, Facts};
use crate::consultation::Answer;

impl<'a> Facts<'a> {
    /// Training and its date, the operator's own depth limit, and the permission of the place at every planned depth.
    pub(super) fn operator(&self) -> Fact<'a> {
        let operator = &self.consultation.operator;
        let planned_um = self.deepest_planned_um();
        let lacks = |lacks| Fact::yes(Detail::Operator(lacks));
        if operator.trained == Answer::No {
            return lacks(OperatorLacks::Training);
        }
        if let Some(day) = operator.training_valid_until.filter(|day| *day < self.consultation.date) {
            return lacks(OperatorLacks::TrainingSince(day));
        }
        if let Some(limit_um) = operator.depth_limit_um.filter(|limit| planned_um > *limit) {
            return lacks(OperatorLacks::Depth { planned_um, limit_um });
        }
        let permission_needed = self.permission_needed();
        if permission_needed && operator.premises_permitted == Answer::No {
            return lacks(OperatorLacks::Permission { planned_um });
        }
        if operator.trained == Answer::Unknown {
            return Fact::missing("operator.trained");
        }
        if operator.training_valid_until.is_none() {
            return Fact::missing("operator.training_valid_until");
        }
        if operator.depth_limit_um.is_none() {
            return Fact::missing("operator.depth_limit_um");
        }
        if permission_needed && operator.premises_permitted == Answer::Unknown {
            return Fact::missing("operator.premises_permitted");
        }
        Fact::no()
    }

    /// Depths planned for the day, or, before a day is planned, the deepest that the caps would let a plan set.
    fn planned_depths_um(&self) -> impl Iterator<Item = u32> + use<'a> {
        let day = self.consultation.day.as_ref().filter(|day| !day.zones.is_empty());
        let planned = day.into_iter().flat_map(|day| day.zones.iter().map(|zone| zone.depth_um));
        let facts = *self;
        let scarred = self.consultation.scars.zones.iter().filter(move |_| day.is_none());
        planned.chain(scarred.filter_map(move |zone| facts.cap_um(&zone.zone)))
    }

    fn deepest_planned_um(&self) -> u32 {
        self.planned_depths_um().max().unwrap_or(0)
    }

    /// The least of the device's evaluated depth, the operator's limit and the cap of the zone, in micrometres.
    fn cap_um(&self, zone: &str) -> Option<u32> {
        let zone = self.knowledge.protocol.zone(zone)?;
        let cap = zone.scar_island_cap.as_ref().or(zone.depth_cap.as_ref())?.um;
        let evaluated = self.device.and_then(|device| device.depth_evaluated_um.as_ref()).map(|depth| depth.value);
        [Some(cap), evaluated, self.consultation.operator.depth_limit_um].into_iter().flatten().min()
    }

    /// Whether the place asks for a permission at a planned depth. Where what bears on it was not read, it may, so it is asked.
    fn permission_needed(&self) -> bool {
        let not_read = self.jurisdiction.is_none_or(|place| match place.law {
            Law::Read => false,
            Law::PartlyRead => place.depth_gates.is_empty(),
            Law::NotRead => true,
        });
        let kind = self.device.map_or(DeviceKind::Mechanical, |device| device.kind);
        let places = self.knowledge.jurisdiction_and_wider(&self.consultation.jurisdiction);
        let gates = || places.iter().flat_map(|place| &place.depth_gates);
        let held = |depth_um| gates().any(|gate| gate.holds_for(depth_um, kind, self.consultation.date));
        not_read || self.planned_depths_um().any(held)
    }

    /// No zone is planned where needles must not go. Before a day is planned nothing is, and a plan leaves them out.
    pub(super) fn forbidden_zone(&self) -> Fact<'a> {
        let planned = self.consultation.day.as_ref().map_or(&[][..], |day| &day.zones);
        let forbidden = |id: &str| self.knowledge.protocol.zone(id).is_none_or(|zone| zone.needling == Needling::Forbidden);
        match planned.iter().find(|zone| forbidden(&zone.zone)) {
            Some(zone) => Fact::yes(Detail::Zone(&zone.zone)),
            None => Fact::no(),
        }
    }

    /// New, sterile, in date, and with its lot recorded.
    pub(super) fn cartridge(&self) -> Fact<'a> {
        let Some(cartridge) = self.consultation.day.as_ref().and_then(|day| day.cartridge.as_ref()) else {
            return Fact::missing("day.cartridge");
        };
        let fault = |fault| Fact::yes(Detail::Cartridge(fault));
        if cartridge.used_before == Answer::Yes {
            return fault(CartridgeFault::Used);
        }
        if cartridge.sterile_pack_intact == Answer::No {
            return fault(CartridgeFault::NotSterile);
        }
        if let Some(day) = cartridge.expires.filter(|day| *day < self.consultation.date) {
            return fault(CartridgeFault::Expired(day));
        }
        if cartridge.lot.as_deref().is_none_or(|lot| lot.trim().is_empty()) {
            return fault(CartridgeFault::NoLot);
        }
        if cartridge.used_before == Answer::Unknown {
            return Fact::missing("day.cartridge.used_before");
        }
        if cartridge.sterile_pack_intact == Answer::Unknown {
            return Fact::missing("day.cartridge.sterile_pack_intact");
        }
        if cartridge.expires.is_none() {
            return Fact::missing("day.cartridge.expires");
        }
        Fact::no()
    }
}
