//! What clinicians own: cited facts, read and validated into types; every fact carries its source and its mark.
