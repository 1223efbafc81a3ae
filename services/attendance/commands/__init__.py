"""What terminals are asked to do, and what they answered."""
