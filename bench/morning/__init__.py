"""The live part of `make demo`: a working morning of the demo city, by terminals that speak real bytes."""
