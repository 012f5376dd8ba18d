"""A whole data centre on one machine, from nothing but Python: `python -m deploy.local` is `make run`."""
