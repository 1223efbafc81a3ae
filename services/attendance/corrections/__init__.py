"""Corrections: what an employee claims of a date, with reason and evidence, and what was decided of it (A8).

What machines and phones recorded stays as it is. An approved correction is added beside it, on the employee's sheet.
"""
