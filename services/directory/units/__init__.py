"""Organisational units: a tree whose names and places change over the years."""
