"""From a command to a healthy board."""
