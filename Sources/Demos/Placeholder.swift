// First file of this target; replaced by its first type.
