"""A deterministic demo city."""
