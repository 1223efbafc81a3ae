"""Files that show something: known by their content, kept whole, never shown as a page."""
