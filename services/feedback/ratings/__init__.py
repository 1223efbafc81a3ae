"""Citizens' ratings by one-time code (PRODUCT F1): issued, given, released in groups, texts late and shuffled."""
