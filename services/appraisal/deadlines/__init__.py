"""By when superiors decide: what became overdue on whose watch, reminders before, and who is told after (P3)."""
