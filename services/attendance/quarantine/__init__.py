"""What could not become a punch by itself: kept, shown, mended and replayed by a person."""
