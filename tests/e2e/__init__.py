"""The real processes and a real browser."""
