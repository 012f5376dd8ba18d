"""`felles verify`, `export` and `witness` against a real log, its audit service over HTTP and its signer."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn

from backbone.calls import Calls
from backbone.checkpoint_memory import CheckpointMemory
from backbone.clock import Clock
from backbone.log import delete_topics, ensure_topics
from backbone.note import COSIGNATURE, Note, SignerKey, read_note
from backbone.settings import settings
from backbone.tree_client import TreeClient
from backbone.work import service_actor
from deploy.local.ports import any_free_ports
from services.cli.__main__ import main
from services.signer.signing import Signer
from tests.auditing import Auditing, an_event, auditing_at

Printed = pytest.CaptureFixture[str]
MANY = [an_event(f"case-{n % 9}", n // 9 + 1, time="2026-09-01T10:00:00Z") for n in range(90)]


class Scene:
    """A log with its audit service on a port, its signer, and what a verifier and a witness keep."""

    def __init__(self, auditing: Auditing, folder: Path, key: str) -> None:
        self.auditing, self.folder, self.key = auditing, folder, key

    def sign(self) -> None:
        chosen = self.auditing.settings
        assert chosen.signer_folder is not None
        memory, calls = CheckpointMemory(chosen.signer_folder), Calls(chosen, Clock())

        def give(partition: int, note: Note) -> None:
            path, body = f"/trees/{partition}/checkpoints", {"note": str(note)}
            calls.post("audit", path, actor=service_actor("signer"), body=body)

        Signer(TreeClient(chosen.audit_url), memory, memory.key(chosen.log_origin), give).round()

    def forget_what_was_signed(self) -> None:
        """As somebody does who has the signer's machine."""
        folder = self.auditing.settings.signer_folder
        assert folder is not None
        for remembered in folder.glob("*.checkpoint"):
            remembered.unlink()

    def size(self, partition: int) -> int:
        """How many records of a partition are kept."""
        return sum(row[0] == partition for row in self.auditing.kept())

    def verify(self, *more: str) -> int:
        return main(["verify", "--key", self.key, "--seen", str(self.folder / "seen"), *more])

    def witness(self) -> int:
        folder = str(self.folder / "witness")
        return main(["witness", "--folder", folder, "--name", "witness.example", "--key", self.key])

    def tamper(self, *statements: str) -> None:
        with self.auditing.engine.begin() as connection:
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            for statement in statements:
                connection.exec_driver_sql(statement)


@contextmanager
def served(auditing: Auditing, port: int) -> Iterator[None]:
    """The audit service's web app on a port, without its reading of the log."""
    config = uvicorn.Config(
        auditing.process.app, host="127.0.0.1", port=port, lifespan="off", log_config=None
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(10)


@pytest.fixture
def scene(
    kafka_bootstrap: str, database_url: str, a_namespace: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Scene]:
    (port,) = any_free_ports(1)
    with auditing_at(kafka_bootstrap, database_url, a_namespace, tmp_path) as auditing:
        auditing.settings.audit_url = f"http://127.0.0.1:{port}"
        for name in ("namespace", "kafka_bootstrap", "database_url", "token_key_file", "audit_url"):
            monkeypatch.setenv(f"FELLES_{name.upper()}", str(getattr(auditing.settings, name)))
        settings.cache_clear()
        folder = auditing.settings.signer_folder
        assert folder is not None
        with served(auditing, port):
            made = Scene(auditing, tmp_path, str(folder / "verifier-key"))
            auditing.put(*MANY, (None, b"not an event"), partition=4)
            made.sign()
            yield made
    settings.cache_clear()


def test_a_log_as_it_was_signed_is_verified_from_kafka_and_from_an_export(
    scene: Scene, capsys: Printed, tmp_path: Path
) -> None:
    assert scene.verify() == 0
    said = capsys.readouterr().out
    assert "Read: 91 records." in said
    assert "Partition 4: 91 records; 91 signed, 0 after that." in said
    assert "Nothing was changed" in said
    assert "are newer than the last signature" not in said
    assert main(["export", str(tmp_path / "log.gz")]) == 0
    assert scene.verify("--offline", "--export", str(tmp_path / "log.gz")) == 0
    (tmp_path / "log.gz").write_bytes((tmp_path / "log.gz").read_bytes()[:-40])
    assert scene.verify("--offline", "--export", str(tmp_path / "log.gz")) == 1
    assert "EXPORT_TRUNCATED" in capsys.readouterr().out


def test_an_export_is_verified_elsewhere_with_its_checkpoints_and_a_key_and_nothing_else(
    scene: Scene, capsys: Printed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the log is called there: what the key is for says which log it must be."""
    log, handed = str(tmp_path / "log.gz"), str(tmp_path / "checkpoints")
    assert main(["export", log, "--checkpoints", handed]) == 0
    assert "1 checkpoints are in" in capsys.readouterr().out
    monkeypatch.setenv("FELLES_LOG_ORIGIN", "another.example/log")
    settings.cache_clear()
    elsewhere = ["verify", "--offline", "--export", log, "--seen", str(tmp_path / "seen")]
    assert main([*elsewhere, "--key", scene.key, "--checkpoints", handed]) == 0
    said = capsys.readouterr().out
    assert "\nWhat it comes to: Nothing was changed" in said
    assert "Partition 4: 91 records; 91 signed" in said
    assert main([*elsewhere, "--key", scene.key]) == 2
    assert "nothing is proved" in capsys.readouterr().out
    assert main([*elsewhere, "--key", "felles+nonsense", "--checkpoints", handed]) == 2
    assert "neither a verifier key nor a file with one" in capsys.readouterr().out


def test_what_is_newer_than_the_last_signature_is_said_to_be_unproved(scene: Scene, capsys: Printed) -> None:
    scene.auditing.put(*MANY, partition=4)
    assert scene.verify() == 0
    said = capsys.readouterr().out
    assert f"{len(MANY)} of {91 + len(MANY)} records are newer than the last signature" in said


def test_a_recreated_topic_is_told_although_the_audit_store_still_has_everything(
    scene: Scene, capsys: Printed
) -> None:
    assert scene.verify() == 0
    delete_topics(scene.auditing.settings)
    ensure_topics(scene.auditing.settings)
    assert scene.verify() == 1
    assert "TAIL_GONE: Partition 4 ends after 0 records, and 91 were signed" in capsys.readouterr().out


def test_an_audit_store_that_was_set_back_is_told_by_who_saw_more(scene: Scene, capsys: Printed) -> None:
    assert scene.verify() == 0
    assert scene.witness() == 0
    scene.tamper("DELETE FROM checkpoint")
    assert scene.verify() == 1
    assert "AUDIT_BEHIND: The audit service no longer shows 1 checkpoints" in capsys.readouterr().out
    assert scene.witness() == 1
    assert "NOT cosigned: checkpoints that were shown before are no longer shown" in capsys.readouterr().out


def test_a_witness_cosigns_what_grows_and_its_checkpoints_verify(scene: Scene, capsys: Printed) -> None:
    assert scene.witness() == 0
    assert "Partition 4: cosigned 91 records (0 before)" in capsys.readouterr().out
    scene.auditing.put(an_event("case-new", 1), partition=4)
    scene.sign()
    assert scene.witness() == 0
    assert "Partition 4: cosigned 92 records (91 before)" in capsys.readouterr().out
    witness_key = CheckpointMemory(scene.folder / "witness").key("witness.example", kind=COSIGNATURE)
    kept = read_note((scene.folder / "witness" / "4.checkpoint").read_bytes())
    assert len(kept.lines) == 2
    assert kept.signed_by(witness_key.verifier)
    assert (
        scene.verify("--checkpoints", str(scene.folder / "witness"), "--key", str(witness_key.verifier)) == 0
    )


def test_a_witness_refuses_a_log_that_was_rewritten_and_signed_with_the_real_key(
    scene: Scene, capsys: Printed
) -> None:
    """Whoever has database and key begins the tree anew over a changed record; the witness remembers."""
    assert scene.witness() == 0
    chosen = scene.auditing.settings
    scene.tamper("TRUNCATE record, tile, tree, checkpoint", "UPDATE position SET next_offset = 0")
    assert chosen.signer_folder is not None
    for forgotten in chosen.signer_folder.glob("*.checkpoint"):
        forgotten.unlink()
    delete_topics(chosen)
    ensure_topics(chosen)
    scene.tamper("DELETE FROM position")
    scene.auditing.put(
        *MANY[:40], an_event("case-forged", 1), *MANY[41:], (None, b"not an event"), (None, b"y"), partition=4
    )
    scene.sign()
    capsys.readouterr()
    assert scene.witness() == 1
    assert (
        "Partition 4: NOT cosigned: the first 91 of 92 leaves are not those that were there"
        in capsys.readouterr().out
    )
    assert scene.verify("--checkpoints", str(scene.folder / "witness")) == 1


def test_a_foreign_key_is_not_the_logs(scene: Scene, capsys: Printed) -> None:
    foreign = str(SignerKey(scene.auditing.settings.log_origin, b"f" * 32).verifier)
    assert main(["verify", "--key", foreign, "--seen", str(scene.folder / "other")]) == 1
    assert "FOREIGN_KEY" in capsys.readouterr().out
    folder = str(scene.folder / "other-witness")
    assert main(["witness", "--folder", folder, "--name", "w.example", "--key", foreign]) == 1
    assert "is not signed by fellesansvar.example/case-log" in capsys.readouterr().out


def test_the_cosignature_of_a_known_witness_is_shown_under_the_checkpoint(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    assert scene.verify() == 0
    assert scene.witness() == 0
    assert "kept here only" in capsys.readouterr().out, "nobody has told the log of this witness"
    key = CheckpointMemory(scene.folder / "witness").key("witness.example", kind=COSIGNATURE).verifier
    scene.auditing.settings.witness_keys = str(key)
    scene.auditing.put(an_event("case-new", 1), partition=4)
    scene.sign()
    assert scene.witness() == 0
    assert "kept here only" not in capsys.readouterr().out
    shown = read_note(TreeClient(scene.auditing.settings.audit_url).newest_note(4) or b"")
    assert len(shown.lines) == 2
    assert shown.signed_by(key)
    assert scene.verify() == 0, "a checkpoint that has been cosigned since is the same checkpoint"
    assert scene.verify("--key", str(key)) == 0


def test_a_cosignature_that_is_false_or_nobodys_is_not_shown(scene: Scene) -> None:
    witness = SignerKey("witness.example", b"w" * 32, kind=COSIGNATURE)
    scene.auditing.settings.witness_keys = str(witness.verifier)
    client = scene.auditing.web
    note = read_note(TreeClient(scene.auditing.settings.audit_url).newest_note(4) or b"")
    stranger = SignerKey("witness.example", b"s" * 32, kind=COSIGNATURE).cosign(note.text, seconds=9)
    false = witness.cosign(note.text.replace("91", "90"), seconds=9)
    another = Note(note.text.replace("91", "90"), (witness.cosign(note.text.replace("91", "90"), seconds=9),))
    bad = [note.with_lines([stranger]), note.with_lines([false]), another]
    answers = [client.post("/trees/4/cosignatures", json={"note": str(one)}).status_code for one in bad]
    assert answers == [422, 422, 422]
    assert client.post("/trees/4/cosignatures", json={"note": "x"}).status_code == 422
    good = note.with_lines([witness.cosign(note.text, seconds=9)])
    assert client.post("/trees/4/cosignatures", json={"note": str(good)}).status_code == 200
    again = note.with_lines([witness.cosign(note.text, seconds=10)])
    assert client.post("/trees/4/cosignatures", json={"note": str(again)}).status_code == 200
    assert read_note(client.get("/trees/4/checkpoint").content).signed_by(witness.verifier) == 9
