"""What services say to one another: event models, topics, envelope. Imports pydantic and nothing of ours."""
