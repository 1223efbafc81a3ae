"""A year of all three streams, folded from the first record on into empty collections."""
