"""Who has looked at whose data: folded from what services say, and from what reporting itself has answered."""
