"""Kafka's jars are taken only with the content that the lock names."""

import hashlib
from pathlib import Path

import pytest

from deploy.local.jars import LockedJar, are_there, kafka_jars, read_lock, require_content
from deploy.local.refusal import CannotContinue


def test_a_jar_with_the_locked_content_is_taken(tmp_path: Path) -> None:
    jar = tmp_path / "a-1.jar"
    jar.write_bytes(b"as locked")
    require_content(jar, hashlib.sha256(b"as locked").hexdigest())


def test_a_jar_with_one_changed_byte_is_refused_with_a_sentence(tmp_path: Path) -> None:
    jar = tmp_path / "a-1.jar"
    jar.write_bytes(b"as lockeD")
    with pytest.raises(CannotContinue, match=r"a-1\.jar is not the file that .* names"):
        require_content(jar, hashlib.sha256(b"as locked").hexdigest())


def test_the_lock_names_each_jar_once_with_a_whole_hash() -> None:
    jars = read_lock()
    assert len({jar.file_name for jar in jars}) == len(jars) > 40
    assert all(len(bytes.fromhex(jar.sha256)) == 32 for jar in jars)


def test_every_jar_of_kafka_has_the_brokers_version() -> None:
    kafkas = {jar.artifact: jar.version for jar in read_lock() if jar.group == "org.apache.kafka"}
    assert set(kafkas.values()) == {kafkas["kafka_2.13"]}


def test_jars_that_are_in_the_cache_are_not_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    lock = tmp_path / "jars.lock"
    lock.write_text("nowhere:nothing:1 00\n")
    assert not are_there(lock)
    folder = tmp_path / "felles-ansvar" / "kafka" / hashlib.sha256(lock.read_bytes()).hexdigest()[:16]
    folder.mkdir(parents=True)
    assert kafka_jars(lock=lock) == folder


def test_a_file_name_is_as_maven_has_it() -> None:
    jar = LockedJar(group="org.example", artifact="thing_2.13", version="1.2", sha256="")
    assert jar.file_name == "thing_2.13-1.2.jar"
