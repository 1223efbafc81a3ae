"""Event models, one file per owning service."""
