"""Terminals: their protocol, their registration, their heartbeat."""
