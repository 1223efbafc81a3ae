"""How fast a loaded topic becomes a view, and how fresh the view is when it is live."""
