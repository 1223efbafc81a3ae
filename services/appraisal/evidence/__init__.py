"""Evidence of daily activities: files known by their content, kept whole, never shown as a page (P3)."""
