"""Makes the secret keys that are missing, in files for their owner only: `python -m deploy.keys FOLDER`."""

import os
import sys
from pathlib import Path

from deploy.local.processes import KEYS

KEY_BYTES = 32


def ensure_keys(folder: Path) -> None:
    """Write each missing key: 32 random bytes in hexadecimal, mode 0400. What is there is never touched."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name in KEYS.values():
        if not (folder / name).exists():
            _write(folder / name, os.urandom(KEY_BYTES).hex())


def _write(path: Path, text: str) -> None:
    """Whole or not at all: a key that was cut short would be taken for a key."""
    half = path.with_suffix(".half")
    half.unlink(missing_ok=True)
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(half, path)


if __name__ == "__main__":
    ensure_keys(Path(sys.argv[1]))
