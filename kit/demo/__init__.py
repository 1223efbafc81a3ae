"""What the pasts of a demo city have in common: one calendar, who is away when, and how a past is loaded.

Every service plans and writes its own stream (`services/*/demo`); that the same person is on leave in all of them comes
from here. Everything is a pure function of the seed, the person and the day.
"""
