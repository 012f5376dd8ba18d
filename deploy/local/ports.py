"""Ports on loopback: is one free, and which one else."""

import socket
from collections.abc import Iterable

LOOPBACK = "127.0.0.1"
HIGHEST_PORT = 65535


def is_free(port: int) -> bool:
    """Whether a server may listen on this loopback port now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
        return True


def free_port(wanted: int, *, taken: Iterable[int] = ()) -> int:
    """The wanted port, or the next free one above it that is not in `taken`.

    Raises OSError when every port above is taken.
    """
    reserved = set(taken)
    for port in range(wanted, HIGHEST_PORT + 1):
        if port not in reserved and is_free(port):
            return port
    raise OSError(f"no free port from {wanted} on")


def any_free_ports(count: int) -> list[int]:
    """Ports that the system picks; held open together so that they differ."""
    probes = [socket.socket(socket.AF_INET, socket.SOCK_STREAM) for _ in range(count)]
    try:
        for probe in probes:
            probe.bind((LOOPBACK, 0))
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()


def answers(port: int, *, timeout: float = 0.5) -> bool:
    """Whether something accepts a connection on this loopback port, within `timeout` seconds."""
    try:
        with socket.create_connection((LOOPBACK, port), timeout=timeout):
            return True
    except OSError:
        return False
