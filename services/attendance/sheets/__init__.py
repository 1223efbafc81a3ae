"""Sheets: what is asked of one employee, and excused, apart from what holds for everybody."""
