"""The store all kinds of master data share: rows, versions, one writer at a time, journal."""
