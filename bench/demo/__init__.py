"""`make demo`: a past for the demo city in all three streams, then a working morning at its terminals."""
