"""The demo city's terminals."""
