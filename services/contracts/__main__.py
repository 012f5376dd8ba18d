"""`python -m services.contracts`."""

from services.contracts.app import main

main()
