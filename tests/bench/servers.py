"""Servers as `make run` starts them, and what they cost: processor time is their own, whatever else goes on."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Server:
    """A granian of two workers; `pids` are all of its processes."""

    port: int
    pids: tuple[int, ...]

    def processor_seconds(self) -> float:
        """What its processes have used so far."""
        return sum(_ticks(pid) for pid in self.pids) / _TICK


@dataclass(frozen=True, slots=True)
class Load:
    """What a round of requests came to."""

    requests: int
    seconds: float
    processor_seconds: float


@contextmanager
def serving(target: str, **variables: str) -> Iterator[Server]:
    """Serve a WSGI application, given as `module:name`, on a free port, with these variables in its environment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ["--interface", "wsgi", "--workers", "2", "--blocking-threads", "8", "--port", str(port), "--no-log"]
    command = [sys.executable, "-m", "granian", *options, "--host", "127.0.0.1", target]
    process = subprocess.Popen(command, env=os.environ | variables)
    try:
        _wait(port)
        yield Server(port, (process.pid, *_children(process.pid)))
    finally:
        process.terminate()
        process.wait(10)


def ask(server: Server, path: str, *, times: int, clients: int = 4) -> Load:
    """Ask for a page many times over a few kept connections; raises AssertionError for any answer but 200."""
    used, began = server.processor_seconds(), time.perf_counter()
    wrong: list[int] = []
    threads = [Thread(target=_ask, args=(server.port, path, times // clients, wrong)) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise AssertionError(f"{path} answered {wrong[0]}")
    took = time.perf_counter() - began
    return Load(times // clients * clients, took, server.processor_seconds() - used)


def _ask(port: int, path: str, times: int, wrong: list[int]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    for _ in range(times):
        connection.request("GET", path, headers={"Accept-Encoding": "gzip", "Accept-Language": "fi"})
        response = connection.getresponse()
        response.read()
        if response.status != 200:
            wrong.append(response.status)
            return
    connection.close()


def _wait(port: int) -> None:
    for _ in range(200):
        with suppress(OSError):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/")
            connection.getresponse().read()
            return
        time.sleep(0.1)
    raise TimeoutError("the server did not answer within 20 s")


def _children(parent: int) -> Iterator[int]:
    for task in Path(f"/proc/{parent}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield int(child)
            yield from _children(int(child))


def _ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])
