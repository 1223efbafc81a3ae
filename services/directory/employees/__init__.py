"""Employees: numbers, ranks, posts held, superiors."""
