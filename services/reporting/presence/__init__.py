"""Who is in: the employee's day, and the totals per unit, site and terminal that follow from it."""
