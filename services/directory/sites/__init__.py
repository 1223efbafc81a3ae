"""Work sites, each in one IANA time zone."""
