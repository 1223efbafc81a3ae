"""The days of people that somebody should look at, and why (presence/attention.py)."""
