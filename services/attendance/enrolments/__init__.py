"""Which person a PIN means at which terminal."""
