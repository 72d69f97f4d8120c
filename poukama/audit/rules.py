"""How the lines of a centre's audit trail hold together, for anyone who has only an export of it and the public key.

Nothing here but the standard library and `cryptography`: this file can be read, copied and run without the rest.
An export is text: its first line is a signed checkpoint, and each line after it is an event, as JSON. A checkpoint says
which line was the last at some moment, and its seal: lines taken off the end cannot reach it any more.
"""

import base64
import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)
_SIGNATURE = "signature"
_EVENT = {"number", "at", "event", "actor", "target", "before", "seal"}


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


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What was signed of a trail at a moment: its last line then, and that line's seal.

    One over an export of some lines says also which line came before the first of them, and its seal.
    """

    trail: str
    centre: int
    number: int
    seal: bytes
    at: dt.datetime
    after: int = 0
    before: bytes = b""


class Fault(StrEnum):
    """What is wrong with an export."""

    NO_CHECKPOINT = "the first line is no checkpoint"
    FORGED = "the checkpoint was not signed by this key"
    NO_EVENT = "this line is no event"
    BROKEN = "a line was changed, left out, moved or slipped in"
    CUT_OFF = "lines are missing at the end"
    GOES_ON = "there are more lines than the checkpoint says"
    OTHER_PAST = "this is not the trail that the kept checkpoint was made of"


class Unsound(Exception):
    """An export that does not hold together: what is wrong, and at which event if it is one."""

    def __init__(self, fault: Fault, number: int | None = None) -> None:
        super().__init__(fault)
        self.fault = fault
        self.number = number


# ── The chain ────────────────────────────────────────────────────────────────────────────────────────────────


def seal(line: Line) -> bytes:
    """The seal that a line should bear. No field can hold the separator: the table's checks see to it."""
    micros = (line.at - _EPOCH) // _MICROSECOND
    told = f"{line.centre}|{line.number}|{micros}|{line.event}|{line.actor}|{line.target}"
    if line.count is not None:
        told += f"|{line.count}"
    return hashlib.sha256(line.before + told.encode()).digest()


def verify(lines: Iterable[Line], *, after: int = 0, before: bytes = b"") -> Line | None:
    """The first line, in the export's order, that breaks the chain; None for a whole chain.

    Finds a line that was changed, left out, moved or slipped in. Lines taken off the end leave a whole, shorter chain:
    that is for a checkpoint to find. A chain that begins later begins after a line, whose seal is `before`.
    """
    number, centre = after + 1, None
    for line in lines:
        centre = line.centre if centre is None else centre
        stands = (line.centre, line.number, line.before) == (centre, number, before)
        if not stands or line.seal != seal(line):
            return line
        number, before = number + 1, line.seal
    return None


# ── Text ─────────────────────────────────────────────────────────────────────────────────────────────────────


def signed_bytes(told: Mapping[str, Any]) -> bytes:
    """What is signed of an object: all of it but the signature, in one form."""
    rest = {name: value for name, value in told.items() if name != _SIGNATURE}
    return json.dumps(rest, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def with_signature(told: Mapping[str, Any], signature: bytes) -> str:
    """An object and its signature as one line of text."""
    return json.dumps({**told, _SIGNATURE: signature.hex()}, ensure_ascii=True)


def is_signed_by(told: Mapping[str, Any], public_key: str) -> bool:
    """Whether an object that was read is signed by whoever has the private key of this one."""
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key, validate=True))
        key.verify(bytes.fromhex(told[_SIGNATURE]), signed_bytes(told))
    except (InvalidSignature, ValueError, KeyError, TypeError):
        return False
    return True


def checkpoint_told(checkpoint: Checkpoint) -> dict[str, Any]:
    """A checkpoint as it is signed."""
    return {
        "kind": "checkpoint",
        "trail": checkpoint.trail,
        "centre": checkpoint.centre,
        "after": checkpoint.after,
        "before": checkpoint.before.hex(),
        "number": checkpoint.number,
        "seal": checkpoint.seal.hex(),
        "at": checkpoint.at.astimezone(dt.UTC).isoformat(),
    }


def line_told(line: Line) -> str:
    """An event as a line of an export."""
    told = {
        "number": line.number,
        "at": line.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        "event": line.event,
        "actor": line.actor,
        "target": line.target,
        "before": line.before.hex(),
        "seal": line.seal.hex(),
    }
    return json.dumps(told if line.count is None else {**told, "count": line.count})


def read_checkpoint(text: str, public_key: str) -> Checkpoint:
    """A checkpoint that this key has signed. Raises Unsound."""
    try:
        told = json.loads(text)
        found = Checkpoint(
            trail=told["trail"],
            centre=told["centre"],
            number=told["number"],
            seal=bytes.fromhex(told["seal"]),
            at=dt.datetime.fromisoformat(told["at"]),
            after=told["after"],
            before=bytes.fromhex(told["before"]),
        )
        is_one = told["kind"] == "checkpoint"
    except (ValueError, KeyError, TypeError):
        raise Unsound(Fault.NO_CHECKPOINT) from None
    if not is_one:
        raise Unsound(Fault.NO_CHECKPOINT)
    if not is_signed_by(told, public_key):
        raise Unsound(Fault.FORGED)
    return found


def _read_line(text: str, centre: int) -> Line:
    told = json.loads(text)
    if not _EVENT <= told.keys() <= _EVENT | {"count"}:
        raise ValueError
    at, before, mark = dt.datetime.fromisoformat(told["at"]), bytes.fromhex(told["before"]), bytes.fromhex(told["seal"])
    parts = (told["event"], told["actor"], told["target"])
    line = Line(centre, told["number"], at, *parts, before, mark, told.get("count"))
    # What reads as the same event and is written otherwise is not what was exported.
    if line_told(line) != text:
        raise ValueError
    return line


# ── A whole export ───────────────────────────────────────────────────────────────────────────────────────────


def check_export(texts: Iterable[str], public_key: str, kept: Iterable[Checkpoint] = ()) -> Checkpoint:
    """The checkpoint of an export that is whole. Raises Unsound at the first thing that is wrong.

    `kept` are checkpoints that were sent elsewhere before: the export must have the same past.
    """
    rows = (text.rstrip("\n") for text in texts)
    checkpoint = read_checkpoint(next(rows, ""), public_key)
    marks = [each for each in kept if each.centre == checkpoint.centre and each.number >= checkpoint.after]
    wanted = {each.number for each in marks}
    last, before = checkpoint.after, checkpoint.before
    seals = {last: before}
    for line in _lines(rows, checkpoint):
        if verify((line,), after=last, before=before) is not None:
            raise Unsound(Fault.BROKEN, last + 1)
        last, before = line.number, line.seal
        if last in wanted:
            seals[last] = before
    if last < checkpoint.number:
        raise Unsound(Fault.CUT_OFF, last + 1)
    if before != checkpoint.seal:
        raise Unsound(Fault.BROKEN, last)
    for each in marks:
        if seals.get(each.number) != each.seal:
            raise Unsound(Fault.OTHER_PAST, each.number)
    return checkpoint


def _lines(rows: Iterable[str], checkpoint: Checkpoint) -> Iterator[Line]:
    for number, text in enumerate(rows, checkpoint.after + 1):
        if number > checkpoint.number:
            raise Unsound(Fault.GOES_ON, number)
        try:
            yield _read_line(text, checkpoint.centre)
        except (ValueError, KeyError, TypeError, AttributeError):
            raise Unsound(Fault.NO_EVENT, number) from None
