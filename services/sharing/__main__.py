"""`python -m services.sharing`: serve, replay, openapi, redecide; and what operations do with the key-encryption key."""

from __future__ import annotations

import sys
from pathlib import Path

from backbone.clock import Clock
from backbone.settings import settings
from services.sharing import redecide, releases
from services.sharing.app import main
from services.sharing.key_commands import destroy_ended_keys, replace_key

now = Clock().moment().real_at
match sys.argv[1:]:
    case ["replace-key", file]:
        print(f"{replace_key(settings(), Path(file), at=now)} data keys are wrapped with the new key")
    case ["replace-key"] if settings().key_service_url:
        print(f"{replace_key(settings(), None, at=now)} data keys are wrapped with the key service's new key")
    case ["destroy-ended-keys"]:
        print(f"{len(destroy_ended_keys(settings(), at=now))} replaced keys are destroyed")
    case ["releases"]:
        sys.exit(releases.write(settings()))
    case ["redecide", *rest]:
        sys.exit(redecide.run(settings(), rest))
    case _:
        main()
