//! Whether what the entries of a chart name is there: what they amend, follow up and rest on.

use std::collections::BTreeMap;

use resurface_care::chart::{Body, EntryId, Kind};

use super::What;
use super::facts::Line;

/// Kinds of the entries that stand before one.
type Before = BTreeMap<EntryId, Kind>;

/// What refers to nothing, with the place of the entry that refers.
pub(super) fn loose_ends(lines: &[Line]) -> Vec<(u32, What)> {
    let (mut before, mut found) = (Before::new(), Vec::new());
    for line in lines {
        let Some(body) = &line.body else { continue };
        let registers = matches!(body, Body::Registered(_));
        match line.seq {
            1 if !registers => found.push((line.seq, What::NotRegistered)),
            2.. if registers => found.push((line.seq, What::RegisteredAgain)),
            _ => found.extend(names_nothing(body, &before).map(|what| (line.seq, what))),
        }
        before.insert(line.id, body.kind());
    }
    found
}

fn names_nothing(body: &Body, before: &Before) -> Option<What> {
    let is = |id: &EntryId, kind| before.get(id) == Some(&kind);
    match body {
        Body::Amended(amended) => match (before.get(&amended.entry), &amended.becomes) {
            (None, _) => Some(What::AmendsNothing(amended.entry)),
            (Some(kind), Some(becomes)) if becomes.kind() != *kind => Some(What::AmendsAnotherKind(amended.entry)),
            (Some(_), Some(becomes)) => names_nothing(becomes, before),
            (Some(_), None) => None,
        },
        Body::AdverseEventFollowed(followed) if !is(&followed.event, Kind::AdverseEvent) => {
            Some(What::FollowsNothing(followed.event))
        }
        Body::SessionDelivered(session) => session.gate.filter(|gate| !is(gate, Kind::SessionGated)).map(What::NoSuchGate),
        _ => None,
    }
}
