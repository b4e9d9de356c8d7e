//! The shape of `protocol.toml`.

use crate::document::{Field, Shape};
use crate::fact::{citation, fact, sentences, statement, statements};

const DEPTH_UM_MAX: i64 = 5_000;

/// A cited table: these fields, then sources and mark.
fn cited(mut fields: Vec<Field>) -> Shape {
    fields.extend(citation());
    Shape::table(fields)
}

fn text(name: &str, about: &str) -> Field {
    Field::required(name, Shape::text(), about)
}

fn id(about: &str) -> Field {
    Field::required("id", Shape::name(), about)
}

fn depth_um() -> Shape {
    Shape::whole(1, DEPTH_UM_MAX)
}

pub(crate) fn shape() -> Shape {
    Shape::table(vec![
        Field::required("zone", Shape::list(zone(), 1, 100), "zones of face and neck"),
        Field::required("depth", depth(), "what is known about depth"),
        Field::required("technique", technique(), "passes, endpoint and how the pen is led"),
        Field::required("skin_preparation", statements(), "preparing the skin"),
        Field::required("anaesthetic", Shape::list(anaesthetic(), 0, 50), "numbing products and their limits"),
        Field::required(
            "numbing",
            Shape::table(vec![
                Field::required("rules", statements(), "what holds for every product"),
                Field::required("facts", statements(), "facts"),
            ]),
            "what holds for every numbing product",
        ),
        Field::required("course", Shape::list(course(), 0, 100), "sessions and intervals in studies"),
        Field::required("aftercare", Shape::list(aftercare(), 1, 100), "what to do and to expect, by hour"),
        Field::required("pore_closure", Shape::list(pore_closure(), 0, 20), "how long the channels stay open"),
        Field::required("follow_up", Shape::list(follow_up(), 1, 30), "when to look again"),
        Field::required("photograph", statements(), "how photographs are taken"),
        Field::required("session_record", statements(), "what is written down at a session"),
        Field::required("stop", Shape::list(course_rule(), 1, 50), "when the course ends"),
        Field::required("pause", Shape::list(course_rule(), 1, 50), "when the course waits"),
    ])
}

fn zone() -> Shape {
    let dermis = cited(vec![
        Field::required("male_um", depth_um(), "in men, in micrometres"),
        Field::required("female_um", depth_um(), "in women, in micrometres"),
        Field::required("table_zone", Shape::name(), "what the source calls the zone"),
    ]);
    let cap = || cited(vec![Field::required("um", depth_um(), "deepest setting, in micrometres"), text("why", "why this depth")]);
    Shape::table(vec![
        id("the id a consultation names the zone by"),
        text("name", "its name"),
        Field::required("site", Shape::one_of(["face", "neck", "abdomen"]), "to hold against the device's sites"),
        Field::optional("side", Shape::one_of(["left", "right"]), "the patient's left or right"),
        Field::required("needling", Shape::one_of(["allowed", "forbidden"]), "whether it may be needled at all"),
        Field::optional("dermis", dermis, "thickness of the dermis"),
        Field::optional("depth_cap", cap(), "deepest setting in this zone"),
        Field::optional("scar_island_cap", cap(), "deepest setting on scars of this zone, on the scars only"),
        Field::optional("forbidden_because", statement(), "why it is never needled"),
    ])
}

fn depth() -> Shape {
    let trial =
        cited(vec![text("what", "the study"), Field::required("depths_um", Shape::list(depth_um(), 1, 6), "in micrometres")]);
    Shape::table(vec![
        Field::required("epidermis_min_um", fact(depth_um()), "thinnest epidermis, in micrometres"),
        Field::required("epidermis_max_um", fact(depth_um()), "thickest epidermis, in micrometres"),
        Field::required("rule", statement(), "how the depth of a session is chosen"),
        Field::required("trial", Shape::list(trial, 0, 50), "depths used in trials"),
        Field::required("facts", statements(), "other facts"),
        Field::required("not_known", sentences(), "what was not found"),
    ])
}

fn technique() -> Shape {
    let passes = cited(vec![
        Field::required("min", Shape::whole(1, 20), "fewest"),
        Field::required("max", Shape::whole(1, 20), "most"),
        text("directions", "in which directions"),
        text("why", "why this many"),
    ]);
    Shape::table(vec![
        Field::required("passes", passes, "number and direction of passes"),
        Field::required("endpoint", statement(), "when a zone has had enough"),
        Field::required("endpoint_label", statement(), "what a label says of the endpoint"),
        Field::required("steps", statements(), "step by step"),
    ])
}

fn anaesthetic() -> Shape {
    let ingredient = Shape::table(vec![
        text("name", "its name"),
        Field::required("percent", Shape::number(0.0, 100.0, "%"), "content"),
        Field::required("family", Shape::one_of(["amide", "ester"]), "chemical family"),
    ]);
    let exclusion = cited(vec![
        text("finding", "who must not have it"),
        Field::optional("rule", Shape::name(), "the rule that asks about it"),
    ]);
    let minutes = || fact(Shape::whole(1, 600));
    Shape::table(vec![
        id("the id a consultation names the product by"),
        text("name", "its name"),
        Field::required("use", Shape::one_of(["within_limits", "prescriber_only", "not_used"]), "who may use it"),
        Field::required("ingredients", Shape::list(ingredient, 1, 6), "what is in it"),
        Field::optional("amount_per_area_max_g_cm2", fact(Shape::number(0.0, 5.0, "g/cm2")), "most per skin area"),
        Field::optional("amount_max_g", fact(Shape::number(0.0, 200.0, "g")), "most in all"),
        Field::optional("area_max_cm2", fact(Shape::number(0.0, 2_000.0, "cm2")), "largest area"),
        Field::optional("contact_min_minutes", minutes(), "shortest contact that numbs"),
        Field::optional("contact_max_minutes", minutes(), "longest contact"),
        Field::required("occlusion", fact(Shape::one_of(["allowed", "not_allowed"])), "whether it may be covered"),
        Field::required("not_on", statement(), "on what skin it must not be put"),
        Field::required("exclusions", Shape::list(exclusion, 0, 20), "who must not have it"),
        Field::required("facts", statements(), "other facts"),
        Field::optional("not_known", sentences(), "what was not seen"),
    ])
}

fn course() -> Shape {
    cited(vec![
        text("study", "the study"),
        text("sessions", "sessions, as the study has them"),
        text("interval", "interval, as the study has it"),
        Field::optional("depth_um", depth_um(), "depth, in micrometres"),
        text("outcome", "what came of it"),
    ])
}

fn aftercare() -> Shape {
    let hour = || Shape::whole(0, 24 * 365);
    cited(vec![
        Field::required("from_hour", hour(), "from this hour after the session"),
        Field::required("to_hour", hour(), "to this hour after the session"),
        text("practitioner", "for the practitioner"),
        text("patient", "for the patient"),
    ])
}

fn pore_closure() -> Shape {
    let hours = || Shape::number(0.0, 240.0, "hours");
    cited(vec![
        text("what", "what was measured, and where"),
        Field::required("from_hours", hours(), "shortest"),
        Field::required("to_hours", hours(), "longest"),
    ])
}

fn follow_up() -> Shape {
    let day = || Shape::whole(0, 3_650);
    cited(vec![
        id("its id"),
        Field::required(
            "after",
            Shape::one_of(["consultation", "before_each_session", "session", "last_session"]),
            "what the days are counted from",
        ),
        Field::required("from_day", day(), "first day"),
        Field::required("to_day", day(), "last day"),
        text("what", "what is looked at"),
    ])
}

fn course_rule() -> Shape {
    cited(vec![
        id("stop_… or pause_…"),
        text("when", "when"),
        text("then", "what then"),
        Field::optional("event", Shape::name(), "id in adverse_events.toml"),
    ])
}
