"""Signs each tree where it has grown, and refuses one that does not begin with what was signed before."""

from __future__ import annotations

from collections.abc import Callable

from backbone.checkpoint_memory import CheckpointMemory
from backbone.logs import logger
from backbone.merkle import ProofWrong
from backbone.note import Checkpoint, Note, SignerKey
from backbone.refusal import Refused
from backbone.tiles import TileMissing
from backbone.tree_client import Head, TreeClient, check_grown

log = logger(__name__)
HandIn = Callable[[int, Note], None]
"""Gives the audit service a signed checkpoint; raises when it could not be given."""


class Signer:
    """One round after another. What was refused once is told by `refused` until a round finds it consistent
    again.
    """

    def __init__(self, trees: TreeClient, memory: CheckpointMemory, key: SignerKey, hand_in: HandIn) -> None:
        self._trees, self._memory, self._key, self._hand_in = trees, memory, key, hand_in
        self._handed_in: set[tuple[int, int]] = set()
        self.refused: dict[int, str] = {}

    def round(self) -> int:
        """Look at every tree once; gives how many were signed. Raises TreeNotReached."""
        return sum(self._look_at(head) for head in self._trees.heads())

    def _look_at(self, head: Head) -> bool:
        old = self._memory.last_checkpoint(head.partition, head.checkpoint.origin)
        signed = False
        if head.checkpoint != old:
            try:
                check_grown(old, head.checkpoint, self._trees.nodes(head.partition, head.checkpoint.size))
            except (ProofWrong, TileMissing) as error:
                self._refuse(head.partition, str(error))
                return False
            self._sign(head.partition, head.checkpoint)
            signed = True
        self.refused.pop(head.partition, None)
        self._give(head.partition)
        return signed

    def _sign(self, partition: int, checkpoint: Checkpoint) -> None:
        """Remembered first, handed out after: whatever happens between, nothing else is ever signed of this
        size.
        """
        text = str(checkpoint)
        self._memory.remember(partition, Note(text, (self._key.sign(text),)))

    def _give(self, partition: int) -> None:
        note = self._memory.last(partition)
        size = int(note.text.split("\n")[1]) if note else 0
        if note is not None and (partition, size) not in self._handed_in:
            try:
                self._hand_in(partition, note)
            except Refused as error:  # of this tree alone; the others go on, and this one is tried again
                log.warning("checkpoint_not_taken", partition=partition, error=error.rule)
                return
            self._handed_in.add((partition, size))

    def _refuse(self, partition: int, why: str) -> None:
        if self.refused.get(partition) != why:
            log.error("tree_not_signed", partition=partition, reason=why)
        self.refused[partition] = why
