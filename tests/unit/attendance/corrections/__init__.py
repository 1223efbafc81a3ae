"""What may be claimed, who decides, and what it does to the day."""
