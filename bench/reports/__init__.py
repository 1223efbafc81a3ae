"""The month report of an agency."""
