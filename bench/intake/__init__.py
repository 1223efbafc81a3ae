"""How much one device process takes when nobody waits: every answer after its punch is durable."""
