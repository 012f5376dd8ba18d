"""The attack table: what somebody with power over Kafka, the databases or the keys can do to a log, what finds it, and the sentence that is printed.

On real Kafka and PostgreSQL, through the command line. `docs/audit.md` has the same table, and a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from kafka import KafkaProducer

from backbone.bulk_reading import read_bulk
from backbone.checkpoint_memory import CheckpointMemory
from backbone.leaves import leaf_hashes
from backbone.log import LogRecord, delete_topics, ensure_topics
from backbone.merkle import Frontier
from backbone.note import Checkpoint, Note, SignerKey
from services.cli.__main__ import main
from tests.auditing import an_event
from tests.integration.test_verify import Scene, scene
from tests.system import ROOT

__all__ = ["scene"]
pytestmark = [pytest.mark.integration, pytest.mark.slow]
Printed = pytest.CaptureFixture[str]
PARTITION = 4
Pairs = list[tuple[bytes | None, bytes | None]]


def the_log(scene: Scene) -> Pairs:
    records = [record for batch in read_bulk(scene.auditing.settings) for record in batch]
    return [(record.key, record.value) for record in records]


def rewrite(scene: Scene, pairs: Pairs) -> None:
    """The topic made anew with these records, as whoever owns Kafka can do."""
    settings = scene.auditing.settings
    delete_topics(settings)
    ensure_topics(settings)
    producer = KafkaProducer(bootstrap_servers=settings.kafka_bootstrap)
    for key, value in pairs:
        producer.send(settings.case_topic, key=key, value=value, partition=PARTITION)
    producer.flush(timeout=30)
    producer.close()


def a_record_is_changed(scene: Scene) -> None:
    rewrite(scene, changed(the_log(scene)))


def the_tail_is_deleted(scene: Scene) -> None:
    rewrite(scene, the_log(scene)[:80])


def something_is_inserted(scene: Scene) -> None:
    pairs = the_log(scene)
    rewrite(scene, [*pairs[:40], an_event("case-new", 1), *pairs[40:]])


def two_are_swapped(scene: Scene) -> None:
    pairs = the_log(scene)
    rewrite(scene, [*pairs[:40], pairs[41], pairs[40], *pairs[42:]])


def one_is_removed(scene: Scene) -> None:
    pairs = the_log(scene)
    rewrite(scene, [*pairs[:40], *pairs[41:]])


def a_number_is_used_again(scene: Scene) -> None:
    scene.auditing.put(an_event("case-3", 2, time="2026-09-01T10:00:00Z", id="another"), partition=PARTITION)


def the_audit_store_is_set_back(scene: Scene) -> None:
    scene.tamper("DELETE FROM checkpoint", 'DELETE FROM record WHERE "offset" > 50')


def the_topic_is_recreated(scene: Scene) -> None:
    rewrite(scene, [])


def another_log_is_shown_to_another_auditor(scene: Scene) -> None:
    """Signed with the real key over another record; the two auditors compare what they were shown."""
    others(scene, signed(scene, changed(the_log(scene)), real_key(scene)))


def signed_with_a_foreign_key(scene: Scene) -> None:
    others(scene, signed(scene, the_log(scene), SignerKey(scene.auditing.settings.log_origin, b"f" * 32)))


def a_checkpoint_is_forged(scene: Scene) -> None:
    note = signed(scene, the_log(scene), real_key(scene))
    others(scene, note.replace(b"\n91\n", b"\n90\n"))


def rewritten_with_the_stolen_key(scene: Scene) -> None:
    """Everything is taken: Kafka, the audit database, the signing key; the log is rewritten and signed anew, longer than before."""
    pairs = [*changed(the_log(scene)), an_event("case-new", 1)]
    scene.tamper("TRUNCATE record, tile, tree, checkpoint, cosignature")
    scene.forget_what_was_signed()
    rewrite(scene, [])
    scene.tamper("DELETE FROM position")
    scene.auditing.put(*pairs, partition=PARTITION)
    scene.sign()


def changed(pairs: Pairs) -> Pairs:
    forged = (pairs[40][1] or b"").replace(b"teacher-1", b"teacher-2")
    assert forged != pairs[40][1]
    return [*pairs[:40], (pairs[40][0], forged), *pairs[41:]]


def real_key(scene: Scene) -> SignerKey:
    settings = scene.auditing.settings
    assert settings.signer_folder is not None
    return CheckpointMemory(settings.signer_folder).key(settings.log_origin)


def signed(scene: Scene, pairs: Pairs, key: SignerKey) -> bytes:
    records = [LogRecord(PARTITION, offset, *pair) for offset, pair in enumerate(pairs)]
    tree = Frontier()
    tree.append(leaf_hashes(records, size=0))
    origin = scene.auditing.settings.tree_origin(PARTITION)
    text = str(Checkpoint(origin, len(pairs), tree.root()))
    return str(Note(text, (key.sign(text),))).encode()


def others(scene: Scene, note: bytes) -> None:
    """A checkpoint that another auditor was shown."""
    folder = scene.folder / "others"
    folder.mkdir()
    (folder / "shown.checkpoint").write_bytes(note)


class Attack(NamedTuple):
    """What is done, what finds it, and how the sentence begins that is printed. `seen`: somebody outside has a checkpoint from before."""

    do: Callable[[Scene], None]
    finder: str
    sentence: str
    seen: bool = True


ATTACKS: dict[str, Attack] = {
    "a record is changed": Attack(
        a_record_is_changed,
        "verify",
        "RECORDS_DIFFER: Partition 4: the first 91 records are not those that were signed",
    ),
    "the tail is deleted": Attack(
        the_tail_is_deleted, "verify", "TAIL_GONE: Partition 4 ends after 80 records, and 91 were signed"
    ),
    "something is inserted in the middle": Attack(
        something_is_inserted, "verify", "RECORDS_DIFFER: Partition 4: the first 91 records are not those"
    ),
    "two events are swapped": Attack(
        two_are_swapped, "verify", "RECORDS_DIFFER: Partition 4: the first 91 records are not those"
    ),
    "an event is removed": Attack(
        one_is_removed, "verify", "SEQUENCE_HOLE: Case case-4: number 5 of sharing is missing"
    ),
    "a sequence number is used again": Attack(
        a_number_is_used_again,
        "verify",
        "SEQUENCE_REUSED: Case case-3: number 2 of sharing is used for two different events",
    ),
    "the audit database is set back to a back-up": Attack(
        the_audit_store_is_set_back, "verify", "AUDIT_BEHIND: The audit service no longer shows 1 checkpoints"
    ),
    "the topic is recreated": Attack(
        the_topic_is_recreated, "verify", "TAIL_GONE: Partition 4 ends after 0 records, and 91 were signed"
    ),
    "the log is forked towards two auditors": Attack(
        another_log_is_shown_to_another_auditor,
        "verify",
        "CONTRADICTION: Partition 4: two different logs of 91 records are signed",
    ),
    "a checkpoint is signed with a foreign key": Attack(
        signed_with_a_foreign_key, "verify", "FOREIGN_KEY: The checkpoint shown.checkpoint of 91 records"
    ),
    "a checkpoint is forged": Attack(
        a_checkpoint_is_forged, "verify", "FALSE_CHECKPOINT: The checkpoint shown.checkpoint is not valid"
    ),
    "the log is rewritten and signed with the stolen real key": Attack(
        rewritten_with_the_stolen_key,
        "witness",
        "Partition 4: NOT cosigned: the first 91 of 92 leaves are not those that were there",
    ),
    "the same, and only a verifier kept a checkpoint": Attack(
        rewritten_with_the_stolen_key,
        "verify",
        "RECORDS_DIFFER: Partition 4: the first 91 records are not those that were signed",
    ),
    "the same, before anybody outside has seen a checkpoint": Attack(
        rewritten_with_the_stolen_key,
        "nothing",
        "Nothing was changed, removed, inserted or moved",
        seen=False,
    ),
}


def run(scene: Scene, finder: str) -> int:
    if finder == "witness":
        return scene.witness()
    folder = scene.folder / "others"
    return scene.verify(*(["--checkpoints", str(folder)] if folder.exists() else []))


@pytest.mark.parametrize("name", ATTACKS)
def test_what_is_done_to_the_log_is_found_and_named(scene: Scene, capsys: Printed, name: str) -> None:
    attack = ATTACKS[name]
    if attack.seen:
        assert scene.verify() == 0
        assert scene.witness() == 0
    capsys.readouterr()
    attack.do(scene)
    code = run(scene, attack.finder)
    said = capsys.readouterr().out
    assert attack.sentence in said
    assert code == (0 if attack.finder == "nothing" else 1)


def test_a_truncated_export_is_found_and_named(scene: Scene, capsys: Printed, tmp_path: Path) -> None:
    path = tmp_path / "log.gz"
    assert main(["export", str(path)]) == 0
    path.write_bytes(path.read_bytes()[:-40])
    assert scene.verify("--offline", "--export", str(path)) == 1
    assert "EXPORT_TRUNCATED: log.gz ends before its last line" in capsys.readouterr().out


def test_the_page_for_auditors_has_the_same_table() -> None:
    page = (ROOT / "docs/audit.md").read_text(encoding="utf-8")
    rows: Sequence[str] = [line for line in page.splitlines() if line.startswith("| ")]
    for name, attack in ATTACKS.items():
        (row,) = [row for row in rows if row.startswith(f"| {name} |")]
        assert attack.finder in row.split("|")[2]
        assert attack.sentence.split(":")[0].split(" (")[0] in row
