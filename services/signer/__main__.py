"""`python -m services.signer`."""

from services.signer.app import main

main()
