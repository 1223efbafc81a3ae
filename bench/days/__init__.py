"""Punches becoming assessed days: the `days` workload."""
