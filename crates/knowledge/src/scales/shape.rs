//! The shape of `scales.toml`.

use crate::document::{Field, Shape};
use crate::fact::{citation, fact, sentences, statement};
use crate::mark::Mark;

pub(crate) fn shape() -> Shape {
    let score_only = || {
        scale(vec![
            Field::optional("bands", Shape::list(band(), 1, 20), "what a score means, lowest first"),
            Field::optional("important_difference", fact(number()), "smallest difference that matters to patients"),
        ])
    };
    Shape::table(vec![
        Field::required("jacob", jacob(), "classes of atrophic scars"),
        Field::required("goodman_baron_qualitative", graded(), "grade 1 to 4"),
        Field::required("goodman_baron_quantitative", goodman_baron(), "points from counts"),
        Field::required("ecca", ecca(), "weights times grades"),
        Field::required("scar_s", graded(), "grade 0 to 5 per site"),
        Field::required("iga", graded(), "acne, grade 0 to 4"),
        Field::required("fitzpatrick", fitzpatrick(), "skin type from ten answers"),
        Field::required("ita", ita(), "skin colour in degrees"),
        Field::required("masi", masi(), "pigmentation"),
        Field::required("dlqi", score_only(), "score only"),
        Field::required("scar_q", score_only(), "score only"),
        Field::required("face_q", score_only(), "score only"),
        Field::required("fasqol", score_only(), "score only"),
        Field::required("pahpi", score_only(), "score only"),
        Field::required("gais", score_only(), "reference only"),
        Field::required("worry", score_only(), "how bothered"),
    ])
}

/// The fields every scale has, then its own.
fn scale(own: Vec<Field>) -> Shape {
    let range = Shape::table(vec![
        Field::required("min", number(), "lowest value"),
        Field::required("max", number(), "highest value"),
        Field::required("step", number(), "smallest step; 0 for a continuous scale"),
        Field::required(
            "direction",
            Shape::one_of(["lower_is_better", "higher_is_better", "no_direction"]),
            "which way is better",
        ),
    ]);
    let licence = Shape::table(vec![
        Field::required("status", Shape::one_of(["free", "permission_needed", "scores_only"]), "what may be shown"),
        Field::required("note", Shape::text(), "in words"),
    ]);
    let mut fields = vec![
        Field::required("name", Shape::title(), "its name"),
        Field::required("measures", Shape::text(), "what it measures"),
        Field::optional("range", range, "from where to where it runs"),
        Field::required("licence", licence, "whose it is"),
        Field::optional("check", Shape::text(), "what must be held against the paper before anyone relies on it"),
        Field::optional("use", Shape::text(), "how it is used"),
    ];
    fields.extend(citation());
    fields.extend(own);
    Shape::table(fields)
}

fn jacob() -> Shape {
    let limits = [
        "ice_pick_width_below_mm",
        "boxcar_width_from_mm",
        "boxcar_width_to_mm",
        "boxcar_depth_from_mm",
        "boxcar_deep_from_mm",
        "boxcar_punch_split_mm",
        "rolling_width_above_mm",
        "rolling_width_firm_mm",
    ];
    let millimetres = || fact(Shape::number(0.0, 50.0, "mm"));
    let mut fields: Vec<Field> = limits.into_iter().map(|name| Field::required(name, millimetres(), "a limit, in mm")).collect();
    let decision = Shape::table(vec![
        Field::required("overlap", Shape::text(), "what overlaps"),
        Field::required("decided", Shape::text(), "what is decided"),
        Field::required("mark", Mark::shape(), "how far it was checked"),
    ]);
    fields.push(Field::required("decision", Shape::list(decision, 0, 20), "how overlaps are decided"));
    scale(fields)
}

fn graded() -> Shape {
    let grade = Shape::table(vec![
        Field::required("grade", Shape::whole(0, 20), "the number"),
        Field::required("name", Shape::title(), "its name"),
        Field::required("rule", Shape::text(), "when it is given"),
    ]);
    scale(vec![
        Field::required("grade", Shape::list(grade, 2, 20), "the grades, lowest first"),
        Field::optional("decision_order", sentences(), "the questions that decide the grade, in order"),
        Field::optional("sites", Shape::list(Shape::name(), 1, 10), "sites graded apart and added up"),
        Field::optional("relevant_from", Shape::whole(0, 20), "grade from which it matters"),
    ])
}

fn goodman_baron() -> Shape {
    let row = Shape::table(vec![
        Field::required("item", Shape::one_of(GOODMAN_BARON_ITEMS), "the lesion"),
        Field::required("group", Shape::one_of(["A", "B", "C", "D"]), "its group"),
        Field::required("few", points(), "points for few lesions"),
        Field::required("some", points(), "points for some"),
        Field::required("many", points(), "points for many"),
        Field::required("words", Shape::text(), "in words"),
    ]);
    let area = || Shape::number(0.0, 500.0, "cm2");
    scale(vec![
        Field::required("agreement", statement(), "how well raters agree"),
        Field::required("count_few_max", Shape::whole(1, 1_000), "1 to this many are few"),
        Field::required("count_some_max", Shape::whole(1, 1_000), "to this many are some, above are many"),
        Field::required("rows", Shape::list(row, 10, 10), "the rows"),
        Field::required("area_small_below_cm2", area(), "a keloidal area below this is small"),
        Field::required("area_medium_to_cm2", area(), "to this is medium, above is large"),
        Field::required("area_small_points", points(), "points for a small area"),
        Field::required("area_medium_points", points(), "points for a medium area"),
        Field::required("area_large_points", points(), "points for a large area"),
    ])
}

const GOODMAN_BARON_ITEMS: [&str; 10] = [
    "macular",
    "mild_dish",
    "moderate_dish",
    "punched_shallow",
    "shallow_broad",
    "punched_deep_normal_base",
    "punched_deep_abnormal_base",
    "linear_or_trough",
    "deep_broad",
    "papular",
];

fn ecca() -> Shape {
    let items = ["v", "u", "m", "elastolysis", "hypertrophic_young", "keloid_old"];
    let item = Shape::table(vec![
        Field::required("item", Shape::one_of(items), "the item"),
        Field::required("weight", points(), "its weight"),
        Field::required("words", Shape::text(), "in words"),
    ]);
    let width = || Shape::number(0.0, 50.0, "mm");
    scale(vec![
        Field::required("agreement", statement(), "how well raters agree"),
        Field::required("narrow_below_mm", width(), "narrower than this is V"),
        Field::required("broad_above_mm", width(), "wider than this is M"),
        Field::required("count_few_max", Shape::whole(1, 1_000), "1 to this many are grade 1"),
        Field::required("count_limited_max", Shape::whole(1, 1_000), "to this many are grade 2, above grade 3"),
        Field::required("items", Shape::list(item, 6, 6), "the items"),
    ])
}

fn fitzpatrick() -> Shape {
    let band = Shape::table(vec![
        Field::required("types", Shape::list(Shape::whole(1, 6), 1, 2), "the type, or two that are not told apart"),
        Field::required("from", Shape::whole(0, 40), "lowest total"),
        Field::required("to", Shape::whole(0, 40), "highest total"),
    ]);
    let variant = Shape::table(vec![
        Field::required("variant", Shape::one_of(["zero_to_six", "zero_to_seven"]), "which"),
        Field::required("mark", Mark::shape(), "how far it was checked"),
        Field::required("note", Shape::text(), "what is odd about it"),
        Field::required("bands", Shape::list(band, 5, 6), "the bands, lowest first"),
    ]);
    scale(vec![
        Field::required("questions", Shape::list(Shape::text(), 10, 10), "the ten questions, in our words"),
        Field::required("variant", Shape::list(variant, 2, 2), "the published sets of cut-offs"),
    ])
}

fn ita() -> Shape {
    let class = Shape::table(vec![
        Field::required("name", Shape::title(), "its name"),
        Field::optional("above_degrees", Shape::number(-90.0, 90.0, "degrees"), "the angle is above this; not in the last class"),
    ]);
    scale(vec![
        Field::required("classes_mark", Mark::shape(), "how far the limits were checked"),
        Field::required("classes", Shape::list(class, 2, 12), "the classes, lightest first"),
    ])
}

fn masi() -> Shape {
    let area = Shape::table(vec![
        Field::required("area", Shape::name(), "which"),
        Field::required("weight", Shape::number(0.0, 1.0, ""), "its weight"),
    ]);
    let grade = || Shape::whole(1, 10);
    scale(vec![
        Field::required("modified_max", number(), "highest modified MASI"),
        Field::required("area_max", grade(), "highest grade of area"),
        Field::required("darkness_max", grade(), "highest grade of darkness"),
        Field::required("homogeneity_max", grade(), "highest grade of homogeneity"),
        Field::required("areas", Shape::list(area, 1, 10), "areas and their weights"),
    ])
}

fn band() -> Shape {
    Shape::table(vec![
        Field::required("name", Shape::title(), "in words"),
        Field::required("from", number(), "lowest score"),
        Field::required("to", number(), "highest score"),
    ])
}

fn number() -> Shape {
    Shape::number(-1_000.0, 1_000.0, "")
}

fn points() -> Shape {
    Shape::whole(0, 100)
}
