"""Locks Kafka's jars anew from pom.xml: `make lock-kafka`. Needs Maven, which only this step does.

Maven decides the versions because other resolvers pick an older kafka-clients for the same coordinates, with
which Kafka does not start.
"""

import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from deploy.local.paths import KAFKA_LOCK

POM = Path(__file__).with_name("pom.xml")
HEAD = """\
# The jars of Apache Kafka as Maven resolves deploy/kafka/pom.xml, each with the SHA-256 of its content.
# Written by `make lock-kafka`; fetched and checked by deploy/local/jars.py.
"""
_RESOLVED = re.compile(r"^\[INFO\] +([^ :]+):([^ :]+):jar:([^ :]+):(?:compile|runtime)\b", re.MULTILINE)


def main() -> int:
    """Write the lock; answers the exit code."""
    if not shutil.which("mvn"):
        print("Locking Kafka's jars anew needs Maven (mvn) on the PATH.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as scratch:
        goals = ["dependency:list", "dependency:copy-dependencies"]
        options = ["-B", "-f", str(POM), "-DincludeScope=runtime", f"-DoutputDirectory={scratch}"]
        said = subprocess.run(["mvn", *options, *goals], check=True, capture_output=True, text=True).stdout
        lines = [_line(*found, folder=Path(scratch)) for found in sorted(set(_RESOLVED.findall(said)))]
    KAFKA_LOCK.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} jars locked.")
    return 0


def _line(group: str, artifact: str, version: str, *, folder: Path) -> str:
    content = (folder / f"{artifact}-{version}.jar").read_bytes()
    return f"{group}:{artifact}:{version} {hashlib.sha256(content).hexdigest()}"


if __name__ == "__main__":
    sys.exit(main())
