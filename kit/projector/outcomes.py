"""The three ways a record can fail, and the two ways a projector can lose its right to go on.

Anything else that is raised is a bug and ends the process loudly.
"""


class Retry(Exception):
    """Infrastructure is away: hold the same batch and try again, for ever."""


class Poison(Exception):
    """This record can never be folded. The message is kept with the dead letter: say what is wrong with it."""


class Fenced(Exception):
    """Somebody else owns this position now: drop everything that was worked out and load anew."""


class Tripped(Exception):
    """Too many records are poison: a dead-letter box that swallows everything is an outage in disguise."""
