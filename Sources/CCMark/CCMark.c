// Replaced by the first function of this target.
