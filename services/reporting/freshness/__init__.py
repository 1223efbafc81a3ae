"""How far a view is to be trusted: read with every answer, waited for on request."""
