"""`attlog.dat` files from a terminal's USB port or a vendor's cloud: a first-class way in."""
