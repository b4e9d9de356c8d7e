//! The shape of `treatments.toml`.

use crate::document::{Field, Shape};
use crate::fact::{citation, sentences, statements};
use crate::mark::source_ids;

pub(crate) fn shape() -> Shape {
    Shape::table(vec![
        Field::required("quality", statements(), "how good the evidence is as a whole"),
        Field::required("guidelines", statements(), "what guidelines and consensus papers say"),
        Field::required("not_known", sentences(), "what was not seen"),
        Field::required("treatment", Shape::list(treatment(), 1, 100), "the treatments"),
        Field::required("not_best", Shape::list(not_best(), 0, 50), "when needling is not the best choice"),
        Field::required("disagreement", Shape::list(disagreement(), 0, 50), "where the evidence disagrees"),
    ])
}

fn cited(mut fields: Vec<Field>) -> Shape {
    fields.extend(citation());
    Shape::table(fields)
}

fn text(name: &str, about: &str) -> Field {
    Field::required(name, Shape::text(), about)
}

fn treatment() -> Shape {
    let scars = [
        "ice_pick",
        "boxcar_shallow",
        "boxcar_deep",
        "rolling",
        "rolling_tethered",
        "wide_soft",
        "hypertrophic",
        "keloidal",
        "macular",
        "with_active_acne",
    ];
    let serves = cited(vec![
        Field::required("scar", Shape::one_of(scars), "type of scar"),
        Field::required("place", Shape::one_of(["first_choice", "option", "adjunct", "poor", "not_for"]), "its place"),
        Field::optional("note", Shape::text(), "what the place alone would hide"),
    ]);
    Shape::table(vec![
        Field::required("id", Shape::name(), "the id a consultation names it by"),
        text("name", "its name"),
        Field::required("kind", Shape::one_of(["planned_here", "alternative", "combination", "no_treatment"]), "its kind"),
        text("what", "what it is, for the clinician"),
        text("patient", "what it is, for the patient"),
        Field::required("serves", Shape::list(serves, 1, 20), "its place for each type of scar"),
        Field::optional("evidence", Shape::list(evidence(), 0, 50), "what studies found"),
        Field::required("risks", statements(), "what it risks"),
        Field::optional("cautions", statements(), "regulators' cautions"),
    ])
}

fn evidence() -> Shape {
    let number = || Shape::number(-1_000.0, 1_000.0, "");
    cited(vec![
        text("comparison", "what was compared with what, in whom"),
        text("outcome", "what was measured"),
        text("effect_type", "of what kind the effect is, with its unit"),
        Field::optional("effect", number(), "the effect"),
        Field::optional("ci_low", number(), "lower limit of the 95 % interval"),
        Field::optional("ci_high", number(), "upper limit of the 95 % interval"),
        Field::optional("note", Shape::text(), "what the numbers alone would hide"),
    ])
}

fn not_best() -> Shape {
    cited(vec![
        Field::required("id", Shape::name(), "not_best_…"),
        text("when", "when"),
        text("patient", "in the patient's words"),
        Field::required("instead", Shape::list(Shape::name(), 1, 10), "ids of treatments to speak of instead"),
    ])
}

fn disagreement() -> Shape {
    let side = Shape::table(vec![text("says", "what this side says"), Field::required("sources", source_ids(), "who says it")]);
    Shape::table(vec![
        text("about", "about what"),
        Field::required("sides", Shape::list(side, 2, 6), "the sides"),
        text("common", "what both sides leave standing"),
        Field::required("sources", source_ids(), "who says that"),
    ])
}
