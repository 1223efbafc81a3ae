"""Outages of terminals, sites and the system itself: found or told, marked on the days they may have spoiled, and
decided in bulk by the personnel agency (amnesty)."""
