"""Tests mirror the names of what they test; `tests.stack` brings up the real broker and database for them."""
