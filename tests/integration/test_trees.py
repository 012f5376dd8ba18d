"""The Merkle trees over the log and their signer, on real Kafka and PostgreSQL, and what they refuse."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import sqlalchemy.exc

from backbone.calls import Calls
from backbone.checkpoint_memory import CheckpointMemory
from backbone.clock import Clock
from backbone.leaves import leaf_hashes
from backbone.log import LogRecord
from backbone.merkle import Frontier, check_inclusion, inclusion_proof, leaf_hash
from backbone.note import Note, SignerKey, read_checkpoint, read_note, verifier_key
from backbone.refusal import Refused, Sentence
from backbone.replay import report
from backbone.tree_client import TreeClient
from backbone.work import service_actor
from services.audit.app import SERVICE
from services.signer.signing import Signer
from tests.auditing import Auditing, an_event, auditing_at

DOWN = Sentence("nede", "nede", "down")
SPOILED: list[tuple[bytes | None, bytes | None]] = [(None, b"x"), (b"k", None), (b"", b""), (b"k", b"\xff")]


@pytest.fixture
def auditing(kafka_bootstrap: str, database_url: str, a_namespace: str, tmp_path: Path) -> Iterator[Auditing]:
    with auditing_at(kafka_bootstrap, database_url, a_namespace, tmp_path) as made:
        made.put(*[an_event(f"case-{n}", 1) for n in range(300)], *SPOILED, partition=5)
        made.put(an_event("case-x", 1), partition=2)
        yield made


def trees(auditing: Auditing) -> TreeClient:
    return TreeClient("http://testserver", client=auditing.web)


def a_signer(auditing: Auditing, *, hand_in: bool = True) -> Signer:
    settings = auditing.settings
    assert settings.signer_folder is not None
    memory = CheckpointMemory(settings.signer_folder)
    calls = Calls(
        settings.model_copy(update={"audit_url": "http://testserver"}), Clock(), client=auditing.web
    )

    def give(partition: int, note: Note) -> None:
        if not hand_in:
            raise Refused("DOWN", DOWN)
        calls.post(
            "audit",
            f"/trees/{partition}/checkpoints",
            actor=service_actor("signer"),
            body={"note": str(note)},
        )

    return Signer(trees(auditing), memory, memory.key(settings.log_origin), give)


def root_from_the_log(auditing: Auditing, partition: int) -> Frontier:
    tree = Frontier()
    records = [LogRecord(p, o, key, value) for p, o, key, value in auditing.kept() if p == partition]
    tree.append(leaf_hashes(records, size=0))
    return tree


def tamper(auditing: Auditing, *statements: str) -> None:
    """As somebody does who owns the database: triggers off, then whatever they like."""
    with auditing.engine.begin() as connection:
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        for statement in statements:
            connection.exec_driver_sql(statement)


def test_each_partition_has_the_tree_of_its_records(auditing: Auditing) -> None:
    heads = {head.partition: head.checkpoint for head in trees(auditing).heads()}
    assert {partition: head.size for partition, head in heads.items()} == {2: 1, 5: 304}
    assert heads[5].root == root_from_the_log(auditing, 5).root()
    assert heads[5].origin == "fellesansvar.example/case-log/5"


def test_tiles_prove_any_record_to_somebody_who_has_only_the_checkpoint(auditing: Auditing) -> None:
    a_signer(auditing).round()
    note = read_note(trees(auditing).newest_note(5) or b"")
    checkpoint = read_checkpoint(note.text)
    nodes = trees(auditing).nodes(5, checkpoint.size)
    hashes = list(leaf_hashes([LogRecord(*row) for row in auditing.kept() if row[0] == 5], size=0))
    for index in (0, 255, 256, 303):
        proof = inclusion_proof(index, checkpoint.size, nodes)
        check_inclusion(index, checkpoint.size, hashes[index], proof, checkpoint.root)


def test_a_hole_in_the_offsets_is_a_leaf_of_its_own() -> None:
    records = [LogRecord(0, 0, b"k", b"v"), LogRecord(0, 3, b"k", b"w")]
    hashes = list(leaf_hashes(records, size=0))
    assert hashes[1] == hashes[2] == leaf_hash(b"")
    assert len({*hashes}) == 3
    assert list(leaf_hashes(records, size=1)) == hashes[1:]


def test_the_signer_signs_what_has_grown_and_nothing_twice(auditing: Auditing) -> None:
    signer = a_signer(auditing)
    assert signer.round() == 2
    assert signer.round() == 0
    auditing.put(an_event("case-y", 1), partition=5)
    assert signer.round() == 1
    key = verifier_key((auditing.settings.signer_folder or Path()).joinpath("verifier-key").read_text())
    notes = [read_note(raw) for raw in trees(auditing).notes(5)]
    assert [read_checkpoint(note.text).size for note in notes] == [304, 305]
    assert all(note.signed_by(key) == 0 for note in notes)


def test_a_signer_that_died_before_it_handed_over_does_so_when_it_is_back(auditing: Auditing) -> None:
    a_signer(auditing, hand_in=False).round()
    assert trees(auditing).newest_note(5) is None
    assert a_signer(auditing).round() == 0
    assert trees(auditing).newest_note(5) is not None


@pytest.mark.parametrize(
    "statements",
    [
        [
            "UPDATE tile SET hashes = set_byte(hashes, 40, 255 - get_byte(hashes, 40)) WHERE partition = 5 AND level = 0"
        ],
        [
            "UPDATE tile SET hashes = substring(hashes FOR 32 * 40) WHERE level = 0 AND number = 1",
            "UPDATE tree SET size = 296 WHERE partition = 5",
        ],
        ["DELETE FROM tile WHERE partition = 5", "UPDATE tree SET size = 0 WHERE partition = 5"],
    ],
    ids=["a changed record", "a tail cut off", "a tree begun anew"],
)
def test_the_signer_refuses_a_tree_that_does_not_begin_with_what_it_signed(
    auditing: Auditing, statements: list[str]
) -> None:
    signer = a_signer(auditing)
    signer.round()
    tamper(auditing, *statements)
    if "size = 0" not in statements[-1]:
        auditing.put(an_event("case-y", 1), partition=2)
    signer.round()
    assert 5 in signer.refused
    assert 2 not in signer.refused
    assert [read_checkpoint(read_note(raw).text).size for raw in trees(auditing).notes(5)] == [304]
    assert a_signer(auditing).round() == 0, "a signer started again remembers"


def test_what_was_signed_in_another_name_or_of_another_tree_is_not_kept(auditing: Auditing) -> None:
    a_signer(auditing).round()
    good = read_note(trees(auditing).newest_note(5) or b"")
    key = SignerKey("somebody.example", b"x" * 32)
    for text in (
        good.text.replace("/5\n", "/2\n"),
        good.text.replace("304", "303"),
        good.text.replace("304", "999"),
    ):
        with pytest.raises(Refused, match="NOT_THIS_TREE"):
            Calls(auditing.settings, Clock(), client=auditing.web).post(
                "audit",
                "/trees/5/checkpoints",
                actor=service_actor("signer"),
                body={"note": str(Note(text, (key.sign(text),)))},
            )
    assert len(trees(auditing).notes(5)) == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE tile SET hashes = set_byte(hashes, 0, 0) WHERE partition = 5",
        "UPDATE tile SET number = 9 WHERE partition = 5 AND level = 0 AND number = 1",
        "DELETE FROM tile",
        "UPDATE checkpoint SET note = ''",
        "DELETE FROM checkpoint",
        "UPDATE cosignature SET line = ''",
        "DELETE FROM cosignature",
        "TRUNCATE cosignature",
        "TRUNCATE tree, tile",
        "DELETE FROM tree",
        "UPDATE tree SET size = size - 1",
    ],
)
def test_the_applications_own_role_cannot_change_a_tile_or_a_checkpoint(
    auditing: Auditing, statement: str
) -> None:
    a_signer(auditing).round()
    with (
        pytest.raises(sqlalchemy.exc.ProgrammingError, match="only ever"),
        auditing.engine.begin() as connection,
    ):
        connection.exec_driver_sql(statement)


def test_a_replay_gives_the_same_trees(auditing: Auditing, capsys: pytest.CaptureFixture[str]) -> None:
    assert report(auditing.settings, SERVICE, wait_seconds=0) == 0
    tamper(auditing, "UPDATE tile SET hashes = set_byte(hashes, 0, 0) WHERE partition = 5 AND level = 1")
    assert report(auditing.settings, SERVICE, wait_seconds=0) == 1
    assert "table tile, row 5/1/0, column hashes" in capsys.readouterr().out


def test_anybody_can_read_the_trees_and_nobody_but_a_service_adds_a_checkpoint(auditing: Auditing) -> None:
    assert auditing.web.get("/trees").status_code == 200
    assert auditing.web.get("/trees/5/tile/0/000").content != b""
    assert auditing.web.get("/trees/5/tile/0/001.p/48").status_code == 200
    refused = [
        auditing.web.get(f"/trees/5/tile/{path}").status_code
        for path in ("0/001", "0/001.p/49", "3/000", "0/000.p/256", "0/..%2f000", "x")
    ]
    assert refused == [404] * 6
    assert auditing.web.get("/trees/12/checkpoint").status_code == 422
    answer: httpx.Response = auditing.web.post("/trees/5/checkpoints", json={"note": "x"})
    assert answer.status_code == 401
