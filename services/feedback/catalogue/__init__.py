"""The catalogue of services that citizens rate: each of one unit, with its counters, dated."""
