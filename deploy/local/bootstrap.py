"""Sets up what is missing on a machine that has Python 3.11 or newer and nothing else.

Standard library only: this runs before anything is installed. An environment that is up to date costs a few
milliseconds; what was made is remembered by the hash of the lock it was made from.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  an older Python gets this sentence, not a syntax error further down
    sys.exit(
        "Felles ansvar needs Python 3.11 or newer; this is %d.%d. Install a newer one, "  # noqa: UP031
        "or name it: make PYTHON=python3.13 run" % sys.version_info[:2]
    )

import argparse
import hashlib
import os
import shutil
import subprocess
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from deploy.local import assets, jars
from deploy.local.paths import REPOSITORY, cache

VENV = REPOSITORY / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
LOCK = REPOSITORY / "requirements-dev.lock"
UV_LOCK = REPOSITORY / "deploy" / "local" / "uv.lock"
MARK = VENV / "felles-ansvar.lock-hash"


def main() -> int:
    """Make the environment, then let it fetch the rest. Answers the exit code."""
    parser = argparse.ArgumentParser(description="Set up what is missing.")
    parser.add_argument("--browser", action="store_true", help="also a browser, for the tests that drive one")
    wants_browser = parser.parse_args().browser
    if _mark() != _wanted_mark():
        _make_environment()
    if not jars.are_there() or not assets.are_there() or wants_browser:
        command = [str(VENV_PYTHON), "-m", "deploy.local.supply", *(["--browser"] if wants_browser else [])]
        return subprocess.run(command, cwd=REPOSITORY, check=False).returncode
    return 0


def _wanted_mark() -> str:
    """What the environment was made from: the lock, and where it stands (its programs name it)."""
    return hashlib.sha256(LOCK.read_bytes() + os.fsencode(VENV)).hexdigest()


def _mark() -> str:
    try:
        return MARK.read_text(encoding="ascii") if VENV_PYTHON.exists() else ""
    except OSError:
        return ""


def _make_environment() -> None:
    uv = find_uv()
    if not VENV_PYTHON.exists():
        print(f"Making the Python environment in {VENV.name} ...", flush=True)
        _run([uv, "venv", "--quiet", "--allow-existing", "--python", sys.executable, str(VENV)])
    print("Installing the Python packages that the lock names ...", flush=True)
    install = [uv, "pip", "sync", "--require-hashes", "--python", str(VENV_PYTHON), str(LOCK)]
    from_the_cache = subprocess.run([*install, "--offline"], cwd=REPOSITORY, capture_output=True, check=False)
    if from_the_cache.returncode != 0:
        _run(install)
    MARK.write_text(_wanted_mark(), encoding="ascii")


def find_uv() -> str:
    """The machine's uv, or one of our own."""
    return shutil.which("uv") or _own_uv()


def _own_uv() -> str:
    """A uv of our own, kept in the cache for every checkout."""
    home = cache() / "uv" / hashlib.sha256(UV_LOCK.read_bytes()).hexdigest()[:16]
    program = home / "bin" / "uv"
    if not program.exists():
        print("Installing uv, which installs the rest ...", flush=True)
        _run([sys.executable, "-m", "venv", "--clear", str(home)])
        pip = [str(home / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        _run([*pip, "--require-hashes", "-r", str(UV_LOCK)])
    return str(program)


def _run(command: list[str]) -> None:
    if subprocess.run(command, cwd=REPOSITORY, check=False).returncode != 0:
        sys.exit(
            "\nSetting up stopped here: the step above did not succeed. If it could not reach the network, "
            "try again later; if Python has no venv module, install it (on Debian: python3-venv)."
        )


if __name__ == "__main__":
    sys.exit(main())
