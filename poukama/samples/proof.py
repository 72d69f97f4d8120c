"""The custody of one sample as a file that anybody can check: no database, nothing but the standard library.

The first line says which sample, how many entries and the hash of the last one; each line after it is an entry as JSON.
Whoever rewrites everything gets another last hash than the one on a printed continuity sheet, and cannot sign the head.
"""

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from poukama.audit.rules import is_signed_by
from poukama.samples import custody
from poukama.samples.custody import Entry

HEAD = "custody"
_TIMES = ("acted_at", "entered_at")


class Fault(StrEnum):
    """What is wrong with a file."""

    NO_HEAD = "the first line is no head of a custody record"
    FORGED = "the head was not signed by this key"
    NO_ENTRY = "this line is no entry"
    OTHER_SAMPLE = "this entry is of another sample"
    BROKEN = "this entry, or the one before it, was changed, left out, moved or slipped in"
    IMPOSSIBLE = "this entry cannot come after the one before it"
    CUT_OFF = "entries are missing at the end"
    GOES_ON = "there are more entries than the head says"
    OTHER_HEAD = "the last hash is not the one on the sheet"


class Unsound(Exception):
    """A file that does not hold together: what is wrong, and at which entry if it is one."""

    def __init__(self, fault: Fault, number: int | None = None) -> None:
        super().__init__(fault)
        self.fault = fault
        self.number = number


@dataclass(frozen=True, slots=True)
class Head:
    """What the first line of a file says."""

    sample: str
    centre: int
    number: int
    hash: str
    at: str


def head_told(sample: str, centre: int, number: int, last: bytes, at: dt.datetime) -> dict[str, Any]:
    """The first line of a file, to be signed."""
    told = {"kind": HEAD, "sample": sample, "centre": centre, "number": number, "hash": last.hex()}
    return {**told, "at": at.astimezone(dt.UTC).isoformat()}


def entry_told(entry: Entry, previous: bytes, own: bytes) -> str:
    """An entry as a line of a file."""
    told = {name: _text(getattr(entry, name)) for name in custody.NAMES}
    return json.dumps({**told, "previous": previous.hex(), "hash": own.hex()}, ensure_ascii=False)


def _text(value: object) -> object:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
    return value if isinstance(value, int) else str(value)


def check(texts: Iterable[str], *, key: str = "", printed: str = "") -> Head:
    """The head of a file that is whole. Raises Unsound at the first thing that is wrong.

    With `key` the head must be signed by it, and with `printed` the last hash must be the one on a sheet.
    """
    rows = (text.rstrip("\n") for text in texts)
    head = _head(next(rows, ""), key)
    previous, last, number = b"", None, 0
    for number, text in enumerate(rows, 1):
        if number > head.number:
            raise Unsound(Fault.GOES_ON, number)
        previous, last = _next(text, number, head, previous, last)
    if number < head.number:
        raise Unsound(Fault.CUT_OFF, number + 1)
    if previous.hex() != head.hash:
        raise Unsound(Fault.BROKEN, number)
    if printed and _plain(printed) != head.hash:
        raise Unsound(Fault.OTHER_HEAD)
    return head


def faults(entries: Iterable[tuple[Entry, bytes, bytes]]) -> Iterator[int]:
    """The numbers of entries, as rows have them with their hash before and their own, that do not hold."""
    before = b""
    for expected, (entry, previous, own) in enumerate(entries, 1):
        if entry.number != expected or previous != before or own != custody.hash_of(entry, before):
            yield expected
        before = own


def _head(text: str, key: str) -> Head:
    try:
        told = json.loads(text)
        if told["kind"] != HEAD:
            raise ValueError
        head = Head(told["sample"], told["centre"], told["number"], told["hash"], told["at"])
        dt.datetime.fromisoformat(head.at)
        bytes.fromhex(head.hash)
        if type(head.number) is not int or head.number < 1:
            raise ValueError
    except (ValueError, KeyError, TypeError):
        raise Unsound(Fault.NO_HEAD) from None
    if key and not is_signed_by(told, key):
        raise Unsound(Fault.FORGED)
    return head


def _next(text: str, number: int, head: Head, previous: bytes, last: Entry | None) -> tuple[bytes, Entry]:
    try:
        told = json.loads(text)
        before, own = bytes.fromhex(told.pop("previous")), bytes.fromhex(told.pop("hash"))
        entry = _entry(told)
        # What reads as the same entry and is written otherwise is not what was exported.
        if entry_told(entry, before, own) != text:
            raise ValueError
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Unsound(Fault.NO_ENTRY, number) from None
    if (entry.sample, entry.centre) != (head.sample, head.centre):
        raise Unsound(Fault.OTHER_SAMPLE, number)
    if entry.number != number or before != previous:
        raise Unsound(Fault.BROKEN, number)
    if own != custody.hash_of(entry, previous):
        raise Unsound(Fault.BROKEN, number)
    try:
        custody.check(last, entry)
    except custody.Refused:
        raise Unsound(Fault.IMPOSSIBLE, number) from None
    return own, entry


def _entry(told: dict[str, Any]) -> Entry:
    if set(told) != set(custody.NAMES):
        raise ValueError
    known: dict[str, Any] = {
        **told,
        **{name: dt.datetime.fromisoformat(told[name]) for name in _TIMES},
        "kind": custody.Kind(told["kind"]),
        "confirmed": custody.Confirmed(told["confirmed"]),
        "seal_seen": custody.SealSeen(told["seal_seen"]),
        "condition": custody.Condition(told["condition"]),
    }
    return Entry(**known)


def _plain(printed: str) -> str:
    return "".join(printed.split()).lower()
