//! Published trials to a pooled effect and to the population a forecast starts from. Pure maths.
