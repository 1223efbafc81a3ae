"""What stops a start: each is one line that says what is wrong and what to do about it."""


class CannotStart(Exception):
    """The machine or its settings do not allow a start; the message names the remedy. Exit code 2."""


class NotHealthy(Exception):
    """A part was started and did not become healthy in its time; the message names its log file."""
