"""What the assessed days of a month come to: per employee, per unit, and as files."""
