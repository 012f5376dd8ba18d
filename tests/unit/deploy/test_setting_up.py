"""Setting up: with nothing but the standard library, from locks that name content and no place."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.keys import ensure_keys
from deploy.local import assets
from deploy.local.cleaning import clean_data
from deploy.local.paths import REPOSITORY
from deploy.local.screen import Screen

LOCKS = (
    "requirements.lock",
    "requirements-dev.lock",
    "deploy/local/uv.lock",
    "deploy/kafka/jars.lock",
)


def test_the_first_step_needs_nothing_but_the_standard_library() -> None:
    command = [sys.executable, "-I", "-S", str(REPOSITORY / "deploy" / "local" / "bootstrap.py"), "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_content_and_no_place(name: str) -> None:
    text = (REPOSITORY / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert re.search(r"[0-9a-f]{64}", text)


def test_the_npm_lock_names_content_and_no_place() -> None:
    text = (REPOSITORY / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in text
    assert text.count('"integrity"') == text.count('"node_modules/')


def test_the_page_assets_are_whole_and_fetch_nothing_from_elsewhere() -> None:
    stylesheets = list(assets.VENDOR.rglob("*.css"))
    assert stylesheets
    for stylesheet in stylesheets:
        text = stylesheet.read_text(encoding="utf-8")
        assert not re.search(r"""(@import|url\(["']?(https?:)?//)""", text), stylesheet
        for font in re.findall(r"url\(\./(files/[\w.-]+\.woff2)\)", text):
            assert (stylesheet.parent / font).is_file()


def test_every_page_asset_has_its_licence_beside_it() -> None:
    for folder in assets.VENDOR.iterdir():
        assert not folder.is_dir() or (folder / "LICENSE").is_file()


def test_keys_are_made_once_and_never_changed(tmp_path: Path) -> None:
    ensure_keys(tmp_path / "keys")
    first = {path.name: path.read_text() for path in (tmp_path / "keys").iterdir()}
    ensure_keys(tmp_path / "keys")
    assert {path.name: path.read_text() for path in (tmp_path / "keys").iterdir()} == first
    assert len(set(first.values())) == 2
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "keys").iterdir()} == {0o400}


def _some_data(folder: Path) -> None:
    for name in ("kafka/data", "postgres/data", "keys"):
        (folder / name).mkdir(parents=True)
    (folder / "env").write_text("x")


def test_data_is_deleted_after_a_yes(tmp_path: Path) -> None:
    _some_data(tmp_path)
    assert clean_data(Screen(), local=tmp_path, environment={}, ask=lambda _: "y") == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("answer", ["", "n", "nei", "yess"])
def test_data_stays_without_a_yes(tmp_path: Path, answer: str) -> None:
    _some_data(tmp_path)
    assert clean_data(Screen(), local=tmp_path, environment={}, ask=lambda _: answer) == 0
    assert {path.name for path in tmp_path.iterdir()} == {"kafka", "postgres", "keys", "env"}


def test_keys_that_fit_a_server_of_ones_own_are_kept(tmp_path: Path) -> None:
    _some_data(tmp_path)
    environment = {"FELLES_DATABASE_URL": "postgresql://db.example.org/postgres"}
    assert clean_data(Screen(), local=tmp_path, environment=environment, ask=lambda _: "ja") == 0
    assert [path.name for path in tmp_path.iterdir()] == ["keys"]
