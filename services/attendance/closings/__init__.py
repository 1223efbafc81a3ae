"""Periods close with a signature; what arrives later is a dated adjustment of the next one (PRODUCT A15, ADR 29)."""
