"""Something that cannot be understood comes onto the log: its case waits, the others flow, and an operator lays it aside."""

from __future__ import annotations

from kafka import KafkaProducer

from tests.stories.cast import Cast, Story
from tests.system import System, eventually


def test_rubbish_holds_its_case_until_an_operator_lays_it_aside_and_the_others_flow(system: System) -> None:
    cast = Cast(system)
    cast.moves_in()
    held, other = Story(cast), Story(cast)
    for story in (held, other):
        story.registers()
        story.has_a_group()
    put_rubbish_on_the_log(system, held)
    keepers = [name for name in system.services if name not in ("audit", "signer")]
    eventually(
        lambda: all(parked(system, cast, name) for name in keepers), what="the rubbish parked everywhere"
    )

    for story in (held, other):
        story.signs()
    eventually(lambda: other.deadlines("D-01"), what="the other case's deadline")
    assert held.deadlines("D-01") == []
    assert {entry["kind"] for entry in parked(system, cast, "scheduler")} == {"UNREADABLE", "BEHIND"}
    assert "rubbish" not in str(parked(system, cast, "scheduler"))

    for name in keepers:
        (entry, *_) = [entry for entry in parked(system, cast, name) if entry["kind"] == "UNREADABLE"]
        where = f"/operations/parked/{entry['partition']}/{entry['offset']}"
        held.post(cast.operator, name, f"{where}/retry")  # nothing was mended: it is parked again
        assert [again for again in parked(system, cast, name) if again["kind"] == "UNREADABLE"]
        held.post(cast.operator, name, f"{where}/discard", {"reason": "TEST_DATA"})
    eventually(lambda: held.deadlines("D-01"), what="the held case's deadline")
    eventually(lambda: not any(parked(system, cast, name) for name in keepers), what="nothing parked")
    eventually(lambda: discarded(held) == len(keepers), what="every discard on the log")


def discarded(story: Story) -> int:
    return [event["type"] for event in story.trail()].count("parked_event.discarded")


def put_rubbish_on_the_log(system: System, story: Story) -> None:
    producer = KafkaProducer(bootstrap_servers=system.settings.kafka_bootstrap)
    producer.send(system.settings.case_topic, key=story.case_id.encode(), value=b"rubbish").get(timeout=20)
    producer.close()


def parked(system: System, cast: Cast, name: str) -> list[dict[str, object]]:
    return list(system.calls.get(name, "/operations/parked", actor=cast.operator))
