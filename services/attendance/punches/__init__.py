"""From a line of bytes to a `PunchRecorded` fact."""
