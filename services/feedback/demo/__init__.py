"""A deterministic past of citizens' ratings and notes of feedback for the demo city."""
