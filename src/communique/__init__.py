"""communique reads open reporting on defence diplomacy and turns it into records that can be counted and checked."""
