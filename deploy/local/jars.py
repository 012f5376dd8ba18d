"""Apache Kafka's jars: fetched by jgo (no Maven, no Java), taken only with the content the lock names."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from deploy.local.paths import KAFKA_LOCK, cache
from deploy.local.refusal import CannotContinue

PARALLEL_DOWNLOADS = 6
SECONDS_PER_DOWNLOAD = 60


@dataclass(frozen=True)
class LockedJar:
    """One line of the lock: which jar, and the SHA-256 of its content in hexadecimal."""

    group: str
    artifact: str
    version: str
    sha256: str

    @property
    def file_name(self) -> str:
        """As Maven names it, which is unique over the lock."""
        return f"{self.artifact}-{self.version}.jar"


def read_lock(lock: Path = KAFKA_LOCK) -> list[LockedJar]:
    """The jars of the lock file: `group:artifact:version sha256` on each line that is not a remark."""
    return list(_parse(lock.read_text(encoding="utf-8")))


def _parse(text: str) -> Iterator[LockedJar]:
    for line in text.splitlines():
        if line and not line.startswith("#"):
            coordinate, sha256 = line.split()
            group, artifact, version = coordinate.split(":")
            yield LockedJar(group=group, artifact=artifact, version=version, sha256=sha256)


def kafka_jars(*, lock: Path = KAFKA_LOCK, advance: Callable[[int, int], None] | None = None) -> Path:
    """The folder with exactly the locked jars; `advance(done, of)` is told of each one that arrives.

    The folder is named by the lock and put in place whole, so that one that exists needs no second look.
    Raises CannotContinue when a jar cannot be fetched or is not the one the lock names.
    """
    folder = _folder(lock)
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        _fetch_into(folder, jars=read_lock(lock), advance=advance)
    return folder


def are_there(lock: Path = KAFKA_LOCK) -> bool:
    """Whether the locked jars are in the cache."""
    return _folder(lock).is_dir()


def _folder(lock: Path) -> Path:
    return cache() / "kafka" / hashlib.sha256(lock.read_bytes()).hexdigest()[:16]


def _fetch_into(folder: Path, *, jars: list[LockedJar], advance: Callable[[int, int], None] | None) -> None:
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix="fetch-") as scratch:
        whole = Path(scratch) / "jars"
        whole.mkdir()
        with ThreadPoolExecutor(PARALLEL_DOWNLOADS) as pool:
            fetched = pool.map(lambda jar: _fetch(jar, repository=Path(scratch) / "maven"), jars)
            for done, (jar, path) in enumerate(zip(jars, fetched, strict=True), start=1):
                os.replace(path, whole / jar.file_name)
                if advance:
                    advance(done, len(jars))
        _put_in_place(whole, folder)


def _put_in_place(whole: Path, folder: Path) -> None:
    """Another process may have been quicker; its folder holds the same content."""
    try:
        os.replace(whole, folder)
    except OSError:
        if not folder.is_dir():
            raise
        shutil.rmtree(whole)


def _fetch(jar: LockedJar, *, repository: Path) -> Path:
    from jgo.maven import MavenContext  # takes a third of a second: only when something is to be fetched

    context = MavenContext(repo_cache=repository, timeout=SECONDS_PER_DOWNLOAD)
    artifact = context.project(jar.group, jar.artifact).at_version(jar.version).artifact()
    try:
        path = Path(artifact.resolve())
    except Exception as problem:
        raise CannotContinue(
            f"Could not fetch {jar.file_name} for Kafka ({problem}). Check the network and start again."
        ) from problem
    require_content(path, jar.sha256)
    return path


def require_content(path: Path, sha256: str) -> None:
    """Raises CannotContinue unless the file's content has this SHA-256."""
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != sha256:
        raise CannotContinue(
            f"{path.name} is not the file that deploy/kafka/jars.lock names: its SHA-256 is {found}, "
            f"the lock says {sha256}. Nothing of it was used."
        )
