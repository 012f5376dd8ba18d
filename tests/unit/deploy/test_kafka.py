"""What the Kafka node is told, without starting it."""

import os
from pathlib import Path

import pytest

from deploy.local.kafka import KafkaNode, new_cluster_id


@pytest.mark.parametrize("first_byte", [0x00, 0x7F, 0x80, 0xF8, 0xFB, 0xFF])
def test_no_cluster_id_looks_like_an_option(first_byte: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "urandom", lambda count: bytes([first_byte]) * count)
    identity = new_cluster_id()
    assert not identity.startswith("-")
    assert len(identity) == 22


def test_cluster_ids_differ() -> None:
    assert len({new_cluster_id() for _ in range(100)}) == 100


def test_the_node_listens_on_loopback_only(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "meta.properties").touch()  # formatted already
    KafkaNode(jars=tmp_path, folder=tmp_path, port=1111, controller_port=2222).prepare()
    lines = (tmp_path / "server.properties").read_text().splitlines()
    assert "listeners=PLAINTEXT://127.0.0.1:1111,CONTROLLER://127.0.0.1:2222" in lines
    assert "advertised.listeners=PLAINTEXT://127.0.0.1:1111" in lines
    assert "controller.quorum.voters=1@127.0.0.1:2222" in lines
