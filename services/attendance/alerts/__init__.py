"""Conditions of terminals that a person should know of."""
