"""This service's own small copy of what it must know of the directory: sites with their zones, employees' numbers."""
