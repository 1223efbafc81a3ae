"""Phones: one installation of the app is an employee's own; another becomes it when a person approves the change."""
