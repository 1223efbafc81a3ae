"""Working time: what was required of somebody on a date, and why."""
