"""Evidence of daily activities (P3): which entry lists a file, and until when that may change."""
