"""How heavy and how quick the pages are that people use."""
