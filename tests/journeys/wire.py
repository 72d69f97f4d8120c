"""The wire between a browser and its server: it can be cut, mended, and made to lose what comes back."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

_PIECE = 65_536


class Wire:
    """A relay on loopback. Cut, it refuses connections and breaks those there are, as a dead network or server does."""

    def __init__(self, to: str) -> None:
        self._to = urlsplit(to).port
        self._ends: set[socket.socket] = set()
        self._listener: socket.socket | None = None
        self.deaf = False
        self._open(0)

    @property
    def url(self) -> str:
        """Where the browser finds the server."""
        return f"http://127.0.0.1:{self._port}"

    def cut(self) -> None:
        """From now on nothing gets through."""
        listener, self._listener = self._listener, None
        if listener is not None:
            # Without it the port would still answer until whoever accepts has woken up.
            listener.shutdown(socket.SHUT_RDWR)
            listener.close()
        for end in list(self._ends):
            _break(end)

    def mend(self) -> None:
        """Everything gets through again."""
        self.deaf = False
        if self._listener is None:
            self._open(self._port)

    def lose_answers(self) -> None:
        """From now on the server hears, and nobody hears the server."""
        self.deaf = True

    def _open(self, port: int) -> None:
        self._listener = socket.create_server(("127.0.0.1", port), reuse_port=False)
        self._port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                near, _ = listener.accept()
                far = socket.create_connection(("127.0.0.1", self._to or 80))
            except OSError:
                return
            self._ends |= {near, far}
            for one, other, back in ((near, far, False), (far, near, True)):
                threading.Thread(target=self._carry, args=(one, other, back), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket, back: bool) -> None:
        with suppress(OSError):
            while piece := one.recv(_PIECE):
                if back and self.deaf:
                    break
                other.sendall(piece)
        for end in (one, other):
            _break(end)
            self._ends.discard(end)


def _break(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()


@contextmanager
def wire(to: str) -> Iterator[Wire]:
    """A wire to a server, cut at the end."""
    laid = Wire(to)
    try:
        yield laid
    finally:
        laid.cut()
