mod files;
mod intake;
mod keeping;
mod mutation;
mod refusal;
