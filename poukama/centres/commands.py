"""`poukama audit verify`, `export`, `checkpoint` and `key`: the trails of the installation and of its centres.

Whoever runs the server does not decide what the trails say: an export and a checkpoint are signed, and can be checked
elsewhere with the public key alone.
"""

import argparse
import datetime as dt
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from poukama.audit.__main__ import check_file
from poukama.audit.rules import Checkpoint, Line, Unsound, line_told, read_checkpoint, verify
from poukama.core import clock

if TYPE_CHECKING:
    from poukama.centres.models import Centre, Installation

Trails = dict[str, "Centre | Installation"]
Run = Callable[[argparse.Namespace, Trails], int]


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `audit` and what it can do to the command line."""
    audit = commands.add_parser("audit", help="verify, export and sign the audit trails")
    verbs = audit.add_subparsers(dest="verb", required=True, metavar="VERB")
    help_ = "say of each trail, or of an export, whether it is whole; of a trail the look is its next line"
    check = verbs.add_parser("verify", help=help_)
    check.add_argument("export", nargs="?", type=Path, metavar="EXPORT", help="an exported file; needs no database")
    check.add_argument("--key", metavar="KEY", help="the public key that the export must be signed by")
    check.add_argument(
        "--checkpoint", type=Path, action="append", default=[], metavar="FILE", help="one kept elsewhere"
    )
    check.add_argument("--centre", metavar="CODE", help="this centre only (the installation and every centre)")
    check.set_defaults(run=verify_trails)
    export = verbs.add_parser("export", help="write a trail to a file, one line an event, signed")
    export.add_argument("centre", metavar="CENTRE", help="a centre's code, or: installation")
    export.add_argument("file", type=Path, metavar="FILE", help="a new file")
    export.add_argument("--since", type=dt.date.fromisoformat, metavar="DATE", help="the first day, as 2026-11-01")
    export.add_argument("--until", type=dt.date.fromisoformat, metavar="DATE", help="the last day")
    export.set_defaults(run=_with_trails(export_trail))
    sign = verbs.add_parser("checkpoint", help="print where each trail ends, signed: keep it elsewhere")
    sign.add_argument("--centre", metavar="CODE", help="this centre only (the installation and every centre)")
    sign.set_defaults(run=_with_trails(sign_trails))
    key = verbs.add_parser("key", help="print the public key that exports and checkpoints are checked by")
    key.set_defaults(run=print_key)


# ── Is it whole? ─────────────────────────────────────────────────────────────────────────────────────────────


def verify_trails(args: argparse.Namespace) -> int:
    """Print one line a trail. 0 if every one is whole, 1 if one is broken, 2 without a database or for no centre."""
    if args.export is None:
        return _with_trails(_verify_here)(args)
    if not args.key:
        sys.stderr.write("poukama: an export is checked by a public key: --key KEY\n")
        return 2
    return check_file(args.export, args.key, args.checkpoint)


def _verify_here(args: argparse.Namespace, trails: Trails) -> int:
    from poukama.core import signing  # noqa: PLC0415

    public = signing.public_key() if args.checkpoint else ""
    try:
        kept = [read_checkpoint(text, public) for file in args.checkpoint for text in file.read_text().splitlines()]
    except Unsound as fault:
        sys.stderr.write(f"poukama: a kept checkpoint cannot be used: {fault}\n")
        return 2
    return 0 if all([_is_whole(name, row, kept) for name, row in trails.items()]) else 1


def _is_whole(name: str, row: "Centre | Installation", kept: Sequence[Checkpoint]) -> bool:
    from poukama.centres.access import look_into, take_lines  # noqa: PLC0415
    from poukama.gate.rules import OPERATOR  # noqa: PLC0415

    part = look_into(row, by=OPERATOR, at=clock.now())
    marks = [each for each in kept if each.centre == row.centre_id]
    seals = dict.fromkeys((each.number for each in marks), b"")
    broken = verify(_noting(take_lines(part, by=OPERATOR), seals))
    if broken is not None:
        moment = f"{broken.at:%Y-%m-%d %H:%M:%S} UTC"
        sys.stdout.write(f"{name}: broken at line {broken.number} ({moment}, {broken.event}, {broken.target})\n")
        return False
    for each in marks:
        if seals[each.number] != each.seal:
            sys.stdout.write(f"{name}: is not the trail that was signed {each.at:%Y-%m-%d %H:%M} UTC\n")
            return False
    sys.stdout.write(f"{name}: whole, {part.number} lines, last seal {part.seal.hex() or '-'}\n")
    return True


def _noting(lines: Iterable[Line], seals: dict[int, bytes]) -> Iterator[Line]:
    for line in lines:
        if line.number in seals:
            seals[line.number] = line.seal
        yield line


# ── Taking it out ────────────────────────────────────────────────────────────────────────────────────────────


def export_trail(args: argparse.Namespace, trails: Trails) -> int:
    """Write a trail, or some days of it, to a file that was not there. 0, or 2 if it cannot be."""
    from poukama.audit import trail  # noqa: PLC0415
    from poukama.centres.access import look_into, take_lines  # noqa: PLC0415
    from poukama.gate.rules import OPERATOR  # noqa: PLC0415

    ((name, row),) = trails.items()
    zone = ZoneInfo(getattr(row, "time_zone", "UTC"))
    since, until = (_midnight(day, zone) for day in (args.since, args.until and args.until + dt.timedelta(days=1)))
    at = clock.now()
    with os.fdopen(os.open(args.file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        part = look_into(row, since=since, until=until, event="trail.exported", by=OPERATOR, at=at)
        file.write(trail.checkpoint(name, part, at) + "\n")
        file.writelines(line_told(line) + "\n" for line in take_lines(part, by=OPERATOR))
    sys.stdout.write(f"{args.file}: {name}, {part.number - part.after} events\n")
    return 0


def sign_trails(args: argparse.Namespace, trails: Trails) -> int:
    """Print one signed line a trail."""
    from poukama.audit import trail  # noqa: PLC0415
    from poukama.centres.access import look_into  # noqa: PLC0415
    from poukama.gate.rules import OPERATOR  # noqa: PLC0415

    for name, row in trails.items():
        at = clock.now()
        part = look_into(row, event="trail.signed", by=OPERATOR, at=at)
        sys.stdout.write(trail.checkpoint(name, part, at) + "\n")
    return 0


def print_key(_args: argparse.Namespace) -> int:
    """Print the public key."""
    from poukama.core import signing  # noqa: PLC0415

    sys.stdout.write(signing.public_key() + "\n")
    return 0


def _midnight(day: dt.date | None, zone: ZoneInfo) -> dt.datetime | None:
    return clock.from_wall(dt.datetime.combine(day, dt.time()), zone) if day else None


def _with_trails(command: Run) -> Callable[[argparse.Namespace], int]:
    """A command on the trails that are asked for; 2 without a database or for no centre."""

    def run(args: argparse.Namespace) -> int:
        # Models and settings are needed only here.
        import django  # noqa: PLC0415
        from django.db import Error  # noqa: PLC0415

        django.setup()
        from poukama.centres.access import list_trails  # noqa: PLC0415

        try:
            trails = {name: row for name, row in list_trails() if args.centre in (None, name)}
            if not trails:
                which = f"centre {args.centre!r}" if args.centre else "installation"
                sys.stderr.write(f"poukama: there is no {which} here\n")
                return 2
            return command(args, trails)
        except Error as error:
            sys.stderr.write(f"poukama: the database cannot be asked: {' '.join(str(error).split())}\n")
            return 2

    return run
