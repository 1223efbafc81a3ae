"""Performance: what was done day by day, and what superiors say to it."""
