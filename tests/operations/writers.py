"""Many who write at once while something is killed under them."""

import http.client
import threading
from collections.abc import Sequence
from contextlib import suppress
from typing import Protocol

from tests.operations.installation import Installation


class Writer(Protocol):
    """Somebody who writes, a step at a time."""

    @property
    def acknowledged(self) -> int:
        """How much of it was taken."""

    def step(self) -> bool:
        """Write the next thing, or the one that is not acknowledged yet; whether it was taken."""


def write(writer: Writer, until: threading.Event) -> None:
    """Go on until told to stop, or nobody answers."""
    with suppress(OSError, http.client.HTTPException):
        while not until.is_set() and writer.step():
            pass


def write_through(house: Installation, writers: Sequence[Writer], what: str) -> None:
    """Everybody writes; something is killed, and started again while they wait for their last answers."""
    stop = threading.Event()
    threads = [threading.Thread(target=write, args=(writer, stop)) for writer in writers]
    for thread in threads:
        thread.start()
    house.until(lambda: sum(writer.acknowledged for writer in writers) >= 2 * len(writers))
    kill, start = (house.kill_web, house.start_web) if what == "web" else (house.kill_database, house.start_database)
    kill()
    stop.set()
    start()
    for thread in threads:
        thread.join(30)
    assert not any(thread.is_alive() for thread in threads)
