"""All terminals together: their states as facts, silence, and what a timer must do for them."""
