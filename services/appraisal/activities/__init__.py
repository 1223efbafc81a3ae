"""Daily activities: recorded by the employee, validated by the superior, counted in effective minutes (P3)."""
