"""The pieces of the launcher, one at a time."""
