"""Who may import whom: the rules of .importlinter hold, and a twin that breaks each of them is found out."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.local.paths import REPOSITORY

PACKAGES = ("schemas", "backbone", "services", "deploy")
BREAKERS = {
    "schemas/breaks.py": "import backbone.work\n",
    "services/one_breaker/__init__.py": "",
    "services/one_breaker/reactions.py": "import services.other_breaker.tables\nimport kafka\nimport faust\n",
    "services/one_breaker/commands.py": "import apscheduler\n",
    "services/one_breaker/domain/__init__.py": "import backbone.refusal\n",
    "services/one_breaker/domain/plan.py": "import sqlmodel\n",
    "services/other_breaker/__init__.py": "",
    "services/other_breaker/tables.py": "",
}
BROKEN = (
    "services stand on the backbone, the backbone on the schemas, never back",
    "no service imports another",
    "the domain knows only what is said, how it refuses, and the standard library",
    "only backbone.stream knows Faust",
    "only backbone.log knows kafka-python",
    "only services.scheduler.app knows APScheduler",
)


def lint(folder: Path) -> str:
    """What the linter says of the packages in a folder."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


@pytest.fixture
def twin(tmp_path: Path) -> Path:
    """A copy of the packages in which every rule is broken once."""
    for name in PACKAGES:
        shutil.copytree(
            REPOSITORY / name, tmp_path / name, ignore=shutil.ignore_patterns("vendor", "__pycache__")
        )
    shutil.copy(REPOSITORY / ".importlinter", tmp_path)
    for name, text in BREAKERS.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


def test_a_twin_that_breaks_every_rule_is_found_out_in_each(twin: Path) -> None:
    said = lint(twin)
    assert [rule for rule in BROKEN if f"{rule} BROKEN" not in said] == []
    assert "services.one_breaker.domain.plan -> sqlmodel" in said
    assert "services.one_breaker.domain -> backbone.refusal" not in said
