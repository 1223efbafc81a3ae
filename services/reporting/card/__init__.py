"""The performance card of a person (PRODUCT R1) and the same figures of a unit (R2), over any period of days."""
