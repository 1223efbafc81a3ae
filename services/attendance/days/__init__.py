"""The assessed day: what somebody's punches come to against what was required."""
