"""Records that could not be folded, for the operator's hands."""
