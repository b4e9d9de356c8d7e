use serde::Serialize;

use super::Parameters;

/// Families of parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    /// How high.
    Height,
    /// How far and in which direction alike.
    Spatial,
    /// How steep.
    Hybrid,
    /// How much material at which height.
    Functional,
    /// Hills and dales.
    Feature,
}

/// One parameter as it is told.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Row {
    /// Which family.
    pub family: Family,
    /// Its symbol in ISO 25178-2.
    pub symbol: &'static str,
    /// Its value; nothing where this surface does not determine it.
    pub value: Option<f64>,
    /// Its unit; empty for a plain number.
    pub unit: &'static str,
    /// What it means, in a few words.
    pub meaning: &'static str,
    /// How it is computed, in a few words.
    pub method: &'static str,
}

const CENTRED: &str = "mean of all measured points";
const CURVE: &str = "sorted heights, no classes";
const CORE: &str = "flattest 40 % of the curve, line by least squares";
const ACF: &str = "autocorrelation to 0.2, pairs of measured points";
const WATERSHED: &str = "watershed, 8 neighbours, Wolf pruning; no peak at the rim";
const CLOSED: &str = "watershed, Wolf pruning; hills that do not touch the rim";
const FIVE: &str = "watershed, Wolf pruning; mean of five";

impl Parameters {
    /// Every parameter with its unit, its meaning and its method.
    #[must_use]
    pub fn table(&self) -> Vec<Row> {
        let mut rows = self.height_rows();
        rows.extend(self.spatial_rows());
        rows.extend(self.hybrid_rows());
        rows.extend(self.functional_rows());
        rows.extend(self.feature_rows());
        rows
    }

    fn height_rows(&self) -> Vec<Row> {
        let it = &self.height;
        let row = rows_of(Family::Height);
        vec![
            row("Sa", Some(it.sa_um), "um", "mean distance from the mean plane", CENTRED),
            row("Sq", Some(it.sq_um), "um", "root mean square of the same", CENTRED),
            row("Ssk", it.ssk, "", "skewness: below 0 pits outweigh peaks", CENTRED),
            row("Sku", it.sku, "", "kurtosis: 3 as chance, above it few are extreme", CENTRED),
            row("Sp", Some(it.sp_um), "um", "highest peak", "one point"),
            row("Sv", Some(it.sv_um), "um", "deepest pit", "one point"),
            row("Sz", Some(it.sz_um), "um", "highest peak to deepest pit", "two points"),
        ]
    }

    fn spatial_rows(&self) -> Vec<Row> {
        let it = &self.spatial;
        let row = rows_of(Family::Spatial);
        vec![
            row("Sal", it.sal_um, "um", "distance in which it stops being alike", ACF),
            row("Str", it.str_ratio, "", "1 alike in all directions, 0 in one only", ACF),
            row("Std", it.std_degrees, "deg", "direction across ridges", "angular amplitude, sectors of 0.5 deg"),
        ]
    }

    fn hybrid_rows(&self) -> Vec<Row> {
        let it = &self.hybrid;
        let row = rows_of(Family::Hybrid);
        vec![
            row("Sdq", it.sdq, "", "root mean square slope", "differences of neighbours"),
            row("Sdr", it.sdr_percent, "%", "surface more than its projection", "triangles along both diagonals"),
        ]
    }

    fn functional_rows(&self) -> Vec<Row> {
        let it = &self.functional;
        let row = rows_of(Family::Functional);
        vec![
            row("Smr(0)", Some(it.smr0_percent), "%", "share above the mean plane", CURVE),
            row("Smc(10)", Some(it.smc10_um), "um", "height that 10 % reach", CURVE),
            row("Smc(80)", Some(it.smc80_um), "um", "height that 80 % reach", CURVE),
            row("Sxp", Some(it.sxp_um), "um", "peaks above the middle, 2.5 to 50 %", CURVE),
            row("Sk", Some(it.sk_um), "um", "height of the core", CORE),
            row("Spk", Some(it.spk_um), "um", "peaks above the core", CORE),
            row("Svk", Some(it.svk_um), "um", "pits below the core", CORE),
            row("Smr1", Some(it.smr1_percent), "%", "share that is peaks", CORE),
            row("Smr2", Some(it.smr2_percent), "%", "share down to the end of the core", CORE),
            row("Vmp", Some(it.vmp_ml_m2), "ml/m2", "material of peaks, to 10 %", CURVE),
            row("Vmc", Some(it.vmc_ml_m2), "ml/m2", "material of the core, 10 to 80 %", CURVE),
            row("Vvc", Some(it.vvc_ml_m2), "ml/m2", "void of the core, 10 to 80 %", CURVE),
            row("Vvv", Some(it.vvv_ml_m2), "ml/m2", "void of pits, from 80 %: what scars hold", CURVE),
        ]
    }

    fn feature_rows(&self) -> Vec<Row> {
        let it = &self.feature;
        let row = rows_of(Family::Feature);
        vec![
            row("Spd", Some(it.spd_per_mm2), "1/mm2", "peaks in a square millimetre", WATERSHED),
            row("Svd", Some(it.svd_per_mm2), "1/mm2", "pits in a square millimetre", WATERSHED),
            row("Spc", it.spc_per_mm, "1/mm", "curvature of peaks", WATERSHED),
            row("S5p", it.s5p_um, "um", "five highest peaks", FIVE),
            row("S5v", it.s5v_um, "um", "five deepest pits", FIVE),
            row("S10z", it.s10z_um, "um", "both together", FIVE),
            row("Sha", it.sha_mm2, "mm2", "area of a hill", CLOSED),
            row("Sda", it.sda_mm2, "mm2", "area of a dale", CLOSED),
            row("Shv", it.shv_mm3, "mm3", "volume of a hill above its saddle", CLOSED),
            row("Sdv", it.sdv_mm3, "mm3", "volume of a dale below its saddle", CLOSED),
        ]
    }
}

fn rows_of(family: Family) -> impl Fn(&'static str, Option<f64>, &'static str, &'static str, &'static str) -> Row {
    move |symbol, value, unit, meaning, method| Row { family, symbol, value, unit, meaning, method }
}
