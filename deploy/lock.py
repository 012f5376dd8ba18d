"""Writes the locks of Python and npm packages anew, each with hashes: `make lock`."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from deploy.local.bootstrap import UV_LOCK, find_uv
from deploy.local.paths import REPOSITORY

LOCKS = {"requirements.lock": ("demo",), "requirements-dev.lock": ("local", "demo", "dev")}


def main() -> int:
    """Lock, one after the other."""
    for name, groups in LOCKS.items():
        arguments = [argument for group in groups for argument in ("--group", group)]
        _compile(["pyproject.toml", *arguments], REPOSITORY / name, written_by="make lock")
    with tempfile.NamedTemporaryFile("w", suffix=".in") as wanted:
        wanted.write("uv\n")
        wanted.flush()
        _compile([wanted.name], UV_LOCK, written_by="make lock")
    npm = REPOSITORY / ".venv" / "bin"
    env = os.environ | {"PATH": f"{npm}{os.pathsep}{os.environ['PATH']}"}
    command = ["npm", "install", "--package-lock-only"]
    return subprocess.run(command, cwd=REPOSITORY, env=env, check=False).returncode


def _compile(arguments: list[str], lock: Path, *, written_by: str) -> None:
    command = [
        *(find_uv(), "pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--upgrade"),
        *("--generate-hashes", "--no-annotate", "--custom-compile-command", written_by),
        *("--output-file", str(lock), *arguments),
    ]
    subprocess.run(command, cwd=REPOSITORY, check=True)


if __name__ == "__main__":
    sys.exit(main())
