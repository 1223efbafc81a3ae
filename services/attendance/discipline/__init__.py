"""What absences and lost minutes add up to by the discipline law. It indicates; people decide."""
