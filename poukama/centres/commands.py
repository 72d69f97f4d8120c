"""`poukama audit verify`: whether the trails of the installation and of its centres are whole, line by line."""

import argparse
import sys
from typing import TYPE_CHECKING

from poukama.core import clock

if TYPE_CHECKING:
    from poukama.centres.models import Centre, Installation


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `audit` and what it can do to the command line."""
    audit = commands.add_parser("audit", help="verify the audit trails")
    verbs = audit.add_subparsers(dest="verb", required=True, metavar="VERB")
    help_ = "say of each trail whether it is whole, or which line breaks it; the look is its next line"
    verify = verbs.add_parser("verify", help=help_)
    verify.add_argument("--centre", metavar="CODE", help="this centre only (the installation and every centre)")
    verify.set_defaults(run=verify_trails)


def verify_trails(args: argparse.Namespace) -> int:
    """Print one line a trail. 0 if every one is whole, 1 if one is broken, 2 without a database or for no centre."""
    # Models and settings are needed only here.
    import django  # noqa: PLC0415
    from django.db import Error  # noqa: PLC0415

    django.setup()
    from poukama.centres.access import list_trails  # noqa: PLC0415

    try:
        trails = {name: row for name, row in list_trails() if args.centre in (None, name)}
        whole = [_is_whole(name, row) for name, row in trails.items()]
    except Error as error:
        sys.stderr.write(f"poukama: the database cannot be asked: {' '.join(str(error).split())}\n")
        return 2
    if not trails:
        sys.stderr.write(f"poukama: there is no {f'centre {args.centre!r}' if args.centre else 'installation'} here\n")
        return 2
    return 0 if all(whole) else 1


def _is_whole(name: str, row: "Centre | Installation") -> bool:
    from poukama.audit.rules import verify  # noqa: PLC0415
    from poukama.centres.access import read_trail  # noqa: PLC0415
    from poukama.gate.rules import OPERATOR  # noqa: PLC0415

    lines = read_trail(row, by=OPERATOR, at=clock.now())
    broken = verify(lines)
    if broken is None:
        seal = lines[-1].seal.hex() if lines else "-"
        sys.stdout.write(f"{name}: whole, {len(lines)} lines, last seal {seal}\n")
        return True
    moment = f"{broken.at:%Y-%m-%d %H:%M:%S} UTC"
    sys.stdout.write(f"{name}: broken at line {broken.number} ({moment}, {broken.event}, {broken.target})\n")
    return False
