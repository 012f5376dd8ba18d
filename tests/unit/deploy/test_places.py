"""A taken port gives a sentence and another port; a named server that is not there gives a sentence."""

import socket
from collections.abc import Iterator

import pytest

from deploy.local import ports
from deploy.local.places import find_places
from deploy.local.processes import DEFAULT_PORTS
from deploy.local.refusal import CannotContinue


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which somebody else listens."""
    with socket.socket() as other:
        other.bind((ports.LOOPBACK, 0))
        other.listen()
        yield other.getsockname()[1]


def test_a_taken_port_gives_a_sentence_and_another_port(taken: int) -> None:
    said: list[str] = []
    places = find_places(said.append, {"FELLES_AUDIT_URL": f"http://127.0.0.1:{taken}"})
    assert places.ports["audit"] != taken
    assert ports.is_free(places.ports["audit"])
    assert any(line.startswith(f"Port {taken} (audit) is taken by another program; using ") for line in said)


def test_a_free_port_of_ones_own_choice_is_used() -> None:
    (wanted,) = ports.any_free_ports(1)
    places = find_places(lambda _: None, {"FELLES_PORTAL_URL": f"http://127.0.0.1:{wanted}"})
    assert places.ports["portal"] == wanted


def test_no_two_things_get_the_same_port(taken: int) -> None:
    everything = find_places(lambda _: None, {"FELLES_NETWORK_URL": f"http://127.0.0.1:{taken}"}).ports
    assert len(set(everything.values())) == len(DEFAULT_PORTS)


def test_another_port_is_never_one_that_was_wanted_for_something_else(taken: int) -> None:
    assert ports.free_port(taken, taken={taken + 1}) > taken + 1


def test_a_named_kafka_that_is_not_there_gives_a_sentence() -> None:
    (nobody,) = ports.any_free_ports(1)
    with pytest.raises(CannotContinue, match=r"FELLES_KAFKA_BOOTSTRAP names .* and nothing answers there"):
        find_places(lambda _: None, {"FELLES_KAFKA_BOOTSTRAP": f"127.0.0.1:{nobody}"})


def test_a_named_database_that_is_not_there_gives_a_sentence_without_the_password() -> None:
    (nobody,) = ports.any_free_ports(1)
    url = f"postgresql://somebody:secret-word@127.0.0.1:{nobody}/postgres"
    with pytest.raises(CannotContinue, match="FELLES_DATABASE_URL names") as refused:
        find_places(lambda _: None, {"FELLES_DATABASE_URL": url})
    assert "secret-word" not in str(refused.value)
