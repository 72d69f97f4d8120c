"""How the lines of a centre's audit trail hold together, for anyone who has only an export of it."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Line:
    """One audit event: the `number` in its centre's chain, who (`actor`), what (`event`) and on which row (`target`).

    `seal` is computed from the line and from `before`, the seal of the line before it; the first has an empty `before`.
    `count` is how often it was done before this line told of it, where that is told.
    """

    centre: int
    number: int
    at: dt.datetime
    event: str
    actor: str
    target: str
    before: bytes
    seal: bytes
    count: int | None = None


def seal(line: Line) -> bytes:
    """The seal that a line should bear. No field can hold the separator: the table's checks see to it."""
    micros = (line.at - _EPOCH) // _MICROSECOND
    told = f"{line.centre}|{line.number}|{micros}|{line.event}|{line.actor}|{line.target}"
    if line.count is not None:
        told += f"|{line.count}"
    return hashlib.sha256(line.before + told.encode()).digest()


def verify(lines: Iterable[Line]) -> Line | None:
    """The first line, in the export's order, that breaks the chain; None for a whole chain.

    Finds a line that was changed, left out, moved or slipped in. Lines taken off the end leave a whole, shorter chain:
    only somebody who noted the last seal elsewhere can miss them.
    """
    number, before, centre = 1, b"", None
    for line in lines:
        centre = line.centre if centre is None else centre
        stands = (line.centre, line.number, line.before) == (centre, number, before)
        if not stands or line.seal != seal(line):
            return line
        number, before = number + 1, line.seal
    return None
