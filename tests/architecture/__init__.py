"""The rules of the house, each held by a machine and tried on a broken twin."""
