"""Units and sites as they stood on a date: names and tree paths are resolved here, on read."""
