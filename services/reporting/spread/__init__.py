"""How the effective minutes of a unit's people are spread over a period (PRODUCT R2)."""
