"""How fast punches get their receipts."""
