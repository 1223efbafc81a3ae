"""`make demo`: a working morning of the demo city against the running system, by terminals that speak real bytes."""
