"""Receipts of punches: sealed in a signed chain, kept by employees, verified by anybody (ADR 27)."""
