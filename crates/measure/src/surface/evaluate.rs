use serde::Serialize;

use super::HeightMap;
use super::filter::{self, Filter, Keep};
use super::form::{self, Form};
use super::parameters::{Parameters, Pruning, feature, functional, height, hybrid, level, spatial};
use crate::Error;

/// Version of the chain of operators: it changes when the same map can give other numbers.
pub const CHAIN: &str = "resurface.surface-chain/1";

/// Fewest measured points of which parameters are computed.
const POINTS_MIN: usize = 4;

/// The chain of operators: form, S-filter, L-filter, then parameters about the mean plane.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Evaluation {
    /// What form is taken off.
    pub form: Form,
    /// What is too fine.
    pub s: Option<Filter>,
    /// What is too coarse.
    pub l: Option<Filter>,
    /// How high a hill has to rise.
    pub pruning: Pruning,
}

impl Default for Evaluation {
    /// The least-squares plane off, no filter, 5 % of Sz.
    fn default() -> Self {
        Self { form: Form::PLANE, s: None, l: None, pruning: Pruning::ShareOfSz(0.05) }
    }
}

/// What came out.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluated {
    /// The surface that the parameters describe.
    pub map: HeightMap,
    /// Its parameters.
    pub parameters: Parameters,
}

/// What is being worked on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Form.
    Form,
    /// S-filter.
    SFilter,
    /// L-filter.
    LFilter,
    /// Heights, slopes and material ratio.
    Heights,
    /// Autocorrelation and directions.
    Spatial,
    /// Hills and dales.
    Features,
}

impl Stage {
    /// Stages there are, in their order.
    pub const ALL: [Self; 6] = [Self::Form, Self::SFilter, Self::LFilter, Self::Heights, Self::Spatial, Self::Features];
}

/// Evaluates a map; `tell` is called as each stage begins.
///
/// # Errors
/// Too few points, a form that they do not determine, a nesting index that does not fit.
pub fn evaluate(mut map: HeightMap, chain: &Evaluation, tell: &mut dyn FnMut(Stage)) -> Result<Evaluated, Error> {
    let found = map.measured();
    if found < POINTS_MIN {
        return Err(Error::TooFewPoints { what: "a set of areal parameters", needed: POINTS_MIN, found });
    }
    if let (Some(s), Some(l)) = (chain.s, chain.l)
        && s.nesting >= l.nesting
    {
        return Err(Error::NestingOrder { s_um: s.nesting.0, l_um: l.nesting.0 });
    }
    tell(Stage::Form);
    form::remove(&mut map, chain.form)?;
    if let Some(s) = chain.s {
        tell(Stage::SFilter);
        filter::apply(&mut map, s, Keep::Longer)?;
    }
    if let Some(l) = chain.l {
        tell(Stage::LFilter);
        filter::apply(&mut map, l, Keep::Shorter)?;
    }
    tell(Stage::Heights);
    level(&mut map)?;
    let (height, hybrid, functional) = (height(&map), hybrid(&map), functional(&map));
    tell(Stage::Spatial);
    let spatial = spatial(&map);
    tell(Stage::Features);
    let feature = feature(&map, chain.pruning, height.sz_um);
    Ok(Evaluated { map, parameters: Parameters { height, spatial, hybrid, functional, feature } })
}
