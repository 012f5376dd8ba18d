"""The rules of deadlines."""
