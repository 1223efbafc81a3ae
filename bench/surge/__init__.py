"""The whole country arriving in half an hour: a steady rate of punches from many terminals through every stop."""
