"""`felles witness`: cosigns what is consistent with all it ever saw. For somebody else, on another machine."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from backbone.checkpoint_memory import CheckpointMemory
from backbone.clock import Clock, pause
from backbone.merkle import ProofWrong
from backbone.note import (
    COSIGNATURE,
    NoteWrong,
    SignerKey,
    VerifierKey,
    read_checkpoint,
    read_note,
    verifier_key,
)
from backbone.settings import settings
from backbone.tiles import TileMissing
from backbone.tree_client import TreeClient, TreeNotReached, check_grown
from schemas.event import PARTITIONS


def add_to(commands: Any) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "witness", help="cosign the log's checkpoints with a key and a memory of your own"
    )
    parser.add_argument(
        "--folder", type=Path, required=True, help="your key and your memory; nobody else's business"
    )
    parser.add_argument(
        "--name", required=True, help="the name to sign in, an address of yours without https://"
    )
    parser.add_argument("--key", required=True, help="the log's verifier key, or the file that it is in")
    parser.add_argument("--audit", default=None, help="the audit service's address")
    parser.add_argument(
        "--every", type=float, default=0.0, help="seconds between rounds; one round when left out"
    )
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Cosign; 1 when anything was refused, 2 when the log was not reached."""
    path = Path(chosen.key)
    memory = CheckpointMemory(chosen.folder)
    witness = Witness(
        TreeClient(chosen.audit or settings().address("audit")),
        memory,
        memory.key(chosen.name, kind=COSIGNATURE),
        verifier_key(path.read_text(encoding="utf-8") if path.is_file() else chosen.key),
    )
    while True:
        code = _round(witness)
        if not chosen.every:
            return code
        pause(chosen.every)


def _round(witness: Witness) -> int:
    refused = 0
    try:
        for partition in range(PARTITIONS):
            try:
                told = witness.look_at(partition, seconds=int(Clock().moment().real_at.timestamp()))
            except (ProofWrong, NoteWrong, TileMissing) as error:
                refused += 1
                told = f"NOT cosigned: {error}"
            if told:
                print(f"Partition {partition}: {told}")
    except TreeNotReached as error:
        print(f"The log was not reached: {error}")
        return 2
    return 1 if refused else 0


class Witness:
    """Sees the log through the audit service, and believes only what it can compute."""

    def __init__(
        self, trees: TreeClient, memory: CheckpointMemory, key: SignerKey, log_key: VerifierKey
    ) -> None:
        self._trees, self._memory, self._key, self._log_key = trees, memory, key, log_key

    def look_at(self, partition: int, *, seconds: int) -> str | None:
        """Cosign the newest checkpoint of a tree if it has grown; gives what was done, None when there is nothing to do.

        Raises ProofWrong or NoteWrong when it is not consistent with what this witness saw, or not the log's
        own.
        """
        raw = self._trees.newest_note(partition)
        if raw is None:
            self._check_nothing_was_seen(partition)
            return None
        note = read_note(raw)
        if note.signed_by(self._log_key) is None:
            raise NoteWrong(f"the checkpoint is not signed by {self._log_key.name}")
        new = read_checkpoint(note.text)
        old = self._memory.last_checkpoint(partition, new.origin)
        if new == old:
            return None
        check_grown(old, new, self._trees.nodes(partition, new.size))
        cosigned = note.with_lines([self._key.cosign(note.text, seconds=seconds)])
        self._memory.remember(partition, cosigned)
        shown = self._trees.show_cosignature(partition, str(cosigned))
        return f"cosigned {new.size} records ({old.size} before)" + ("" if shown else ", kept here only")

    def _check_nothing_was_seen(self, partition: int) -> None:
        if self._memory.last(partition) is not None:
            raise ProofWrong("checkpoints that were shown before are no longer shown")
