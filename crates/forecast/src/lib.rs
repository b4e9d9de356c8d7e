//! How scars respond to sessions: simulate, update for one patient, compare courses. Pure maths.
