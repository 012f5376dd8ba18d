"""`python -m services.network`."""

from services.network.app import main

main()
