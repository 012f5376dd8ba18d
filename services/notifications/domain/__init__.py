"""Who is told what, and what a message to them may look like: pure."""
