"""Checkpoints, tiles and cosignatures, read and verified by libraries in Go that were not written here."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from backbone.checkpoint_memory import CheckpointMemory
from backbone.leaves import leaf_of
from backbone.note import COSIGNATURE, SignerKey
from backbone.settings import settings
from tests.auditing import an_event
from tests.integration.test_verify import Scene, scene
from tests.system import ROOT

__all__ = ["scene"]
pytestmark = [
    pytest.mark.integration,
    pytest.mark.skipif(
        shutil.which("go") is None, reason="Go is not installed: the foreign reader is a Go program"
    ),
]
MANY = [an_event(f"case-{n}", 1) for n in range(600)]


@pytest.fixture(scope="session")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program, built from pinned modules."""
    program = tmp_path_factory.mktemp("go") / "reader"
    command = ["go", "build", "-mod=readonly", "-o", str(program), "."]
    done = subprocess.run(
        command, cwd=ROOT / "tests/readers/c2sp", check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return program


@pytest.fixture
def witnessed(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """A log of several sizes and full tiles, with a witness that the audit service knows."""
    key = CheckpointMemory(scene.folder / "witness").key("witness.example", kind=COSIGNATURE).verifier
    scene.auditing.settings.witness_keys = str(key)
    monkeypatch.setenv("FELLES_WITNESS_KEYS", str(key))
    settings.cache_clear()
    for size in (150, 600):
        scene.auditing.put(*MANY[: size - scene.size(4)], partition=4)
        scene.sign()
    assert scene.witness() == 0
    return scene


def asked(scene: Scene, *, index: int = 300, **other: Any) -> dict[str, Any]:
    record = next(row for row in scene.auditing.kept() if row[:2] == (4, index))
    witness = CheckpointMemory(scene.folder / "witness").key("witness.example", kind=COSIGNATURE)
    return {
        "base": f"{scene.auditing.settings.audit_url}/trees/4",
        "origin": scene.auditing.settings.tree_origin(4),
        "key": Path(scene.key).read_text(encoding="utf-8").strip(),
        "witness": str(witness.verifier),
        "index": index,
        "leaf": leaf_of(record[2], record[3]).hex(),
        **other,
    }


def run(reader: Path, question: dict[str, Any]) -> tuple[int, str]:
    done = subprocess.run([reader], input=json.dumps(question), check=False, capture_output=True, text=True)
    return done.returncode, done.stdout or done.stderr


def test_a_reader_in_go_verifies_signature_cosignature_inclusion_and_growth(
    reader: Path, witnessed: Scene
) -> None:
    for index in (0, 255, 256, 599):
        code, said = run(reader, asked(witnessed, index=index))
        assert code == 0, said
    found = json.loads(said)
    assert (found["size"], found["older"], found["extensions"]) == (600, [91, 150], "")
    assert found["cosigned"].startswith("20")


def test_the_same_reader_believes_neither_another_key_nor_another_record_nor_another_name(
    reader: Path, witnessed: Scene
) -> None:
    foreign = str(SignerKey(witnessed.auditing.settings.log_origin, b"f" * 32).verifier)
    others: list[tuple[dict[str, Any], str]] = [
        ({"key": foreign}, "the checkpoint"),
        ({"leaf": "00"}, "the record is not in the tree"),
        ({"origin": "somebody.example/4"}, "the checkpoint"),
        ({"witness": str(SignerKey("w.example", b"w" * 32, kind=COSIGNATURE).verifier)}, "no cosignature"),
    ]
    for other, said in others:
        code, told = run(reader, asked(witnessed, **other))
        assert code == 1
        assert said in told


def test_the_same_reader_sees_a_tile_that_was_changed(reader: Path, witnessed: Scene) -> None:
    changed = "set_byte(hashes, 40, 255 - get_byte(hashes, 40))"
    witnessed.tamper(f"UPDATE tile SET hashes = {changed} WHERE partition = 4 AND level = 0 AND number = 1")
    code, told = run(reader, asked(witnessed))
    assert code == 1
    assert "proof can be made of the tiles" in told or "not in the tree" in told
