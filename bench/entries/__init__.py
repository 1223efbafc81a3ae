"""Recording: daily activities by employees, ratings by citizens, with everything else running."""
