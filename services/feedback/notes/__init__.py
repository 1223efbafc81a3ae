"""Notes of feedback between superior and employee, and praise between colleagues (PRODUCT F5)."""
