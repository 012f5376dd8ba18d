"""`python -m services.sharing`."""

from services.sharing.app import main

main()
