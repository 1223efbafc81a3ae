"""Fixtures for every test: the real broker and database, started once in a session (tests/stack/fixtures.py)."""

pytest_plugins = ["tests.stack.fixtures"]
