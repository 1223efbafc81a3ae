"""Leave, official duty and permits: asked for, decided, cancelled, and what they cost (PRODUCT A7)."""
