"""A deterministic past of daily activities for the demo city."""
