"""`poukama vault status`, `rotate` and `destroy`: the keys of what is told, looked after without reading any of it.

A record is destroyed by two people of its centre who are named; what was done is signed, as a certificate.
"""

import argparse
import datetime as dt
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from poukama.clients.rules import DestroyedFor
from poukama.core import clock, keys, signing, vault
from poukama.core.files import keep
from poukama.gate.rules import OPERATOR

if TYPE_CHECKING:
    from poukama.clients.models import Destruction


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `vault` and what it can do to the command line."""
    parser = commands.add_parser("vault", help="the keys: how they stand, a new version, destroy a record")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    status = verbs.add_parser("status", help="say of each centre's key which version it is, and what it wraps")
    status.set_defaults(run=_said(show_status))
    rotate = verbs.add_parser("rotate", help="wrap every key by a new version of its centre's key, while others work")
    rotate.add_argument("--centre", metavar="CODE", help="this centre only (the installation and every centre)")
    rotate.add_argument("--root", action="store_true", help="instead, wrap the centres' keys by the newer root key")
    rotate.set_defaults(run=_said(rotate_keys))
    destroy = verbs.add_parser("destroy", help="destroy what one case's client has told, for good")
    destroy.add_argument("case", type=UUID, metavar="CASE", help="the case, as the address of its page has it")
    destroy.add_argument("--asked-by", required=True, metavar="LOGIN", help="an administrator or the privacy officer")
    destroy.add_argument("--confirmed-by", required=True, metavar="LOGIN", help="another one")
    destroy.add_argument("--reason", required=True, choices=[str(each) for each in DestroyedFor], metavar="REASON")
    destroy.add_argument("--certificate", required=True, type=Path, metavar="FILE", help="a new file, to be kept")
    destroy.set_defaults(run=_said(destroy_record))


def show_status(_args: argparse.Namespace) -> int:
    """Print a line a centre. 0, or 1 if something is to be done."""
    names = _names()
    to_do = 0
    for centre in keys.centres():
        newest, *older = (version.number for version in keys.versions(centre))
        counted = keys.count_keys(centre)
        line = f"{names.get(centre, centre)}: version {newest}, {sum(counted.values())} keys"
        if lost := sum(number for version, number in counted.items() if version not in (newest, *older)):
            line += f", {lost} of them do not open: bring back the newest copy of the keys"
        if older:
            line += f"; versions {', '.join(map(str, sorted(older)))} are still there: poukama vault rotate"
        to_do += bool(lost or older)
        sys.stdout.write(line + "\n")
    roots = len(keys.root_keys())
    if roots > 1:
        sys.stdout.write("two root keys are given: poukama vault rotate --root, then take the old one out\n")
    return 1 if to_do or roots > 1 else 0


def rotate_keys(args: argparse.Namespace) -> int:
    """Print a line a centre. 0; 1 if a key does not open; 2 for no such centre."""
    if args.root:
        found = keys.renew_root()
        signing.renew_root()
        sys.stdout.write(f"{len(found)} keys of centres are wrapped by the first root key: take the old one out\n")
        return 0
    names = _names()
    chosen = [centre for centre in keys.centres() if args.centre in (None, names.get(centre))]
    if not chosen:
        return _wrong(f"there is no key of {args.centre or 'any centre'} here")
    done = {centre: keys.rotate(centre) for centre in chosen}
    for centre, rotation in done.items():
        sys.stdout.write(
            f"{names.get(centre, centre)}: version {rotation.after}, {rotation.wrapped} keys wrapped anew"
            + (f", {rotation.unreadable} do not open" if rotation.unreadable else "")
            + "\n"
        )
    return 1 if any(rotation.unreadable for rotation in done.values()) else 0


def destroy_record(args: argparse.Namespace) -> int:
    """Destroy, end the versions that could have opened it, certify. What was cut short goes on when called again."""
    from django.core.exceptions import PermissionDenied  # noqa: PLC0415 - models only when there is a database
    from django.http import Http404  # noqa: PLC0415

    from poukama.cases.access import client_to_destroy  # noqa: PLC0415
    from poukama.clients.actions import destroy  # noqa: PLC0415
    from poukama.clients.rules import NotOfTwo  # noqa: PLC0415
    from poukama.staff.access import colleague_named, standing  # noqa: PLC0415

    if args.certificate.exists():
        return _wrong(f"{args.certificate} is there already: name a new file")
    at = clock.now()
    asked, confirmed = (
        standing(colleague_named(login, by=OPERATOR, at=at).member, at) for login in (args.asked_by, args.confirmed_by)
    )
    try:
        client = client_to_destroy(args.case, confirmed.centres, by=confirmed.actor)
        reason = DestroyedFor(args.reason)
        row = destroy(client, reason=reason, asked_by=asked.actor, by=confirmed.actor, at=at)
    except NotOfTwo:
        return _wrong("two people destroy a record: somebody else must confirm")
    except (Http404, PermissionDenied):
        return _wrong("there is no such case at a centre where both may destroy records")
    _end(row, args.certificate)
    return 0


def _end(row: "Destruction", certificate: Path) -> None:
    """Take the key away if it is still there, end what could have opened an old copy of it, and certify both."""
    from poukama.audit.trail import signed  # noqa: PLC0415

    if vault.has_key(row.centre_id, row.client_id):
        vault.destroy_key(row.centre_id, row.client_id)
    rotation = keys.rotate(row.centre_id)
    told = {
        "kind": "destruction",
        "centre": row.centre.code,
        "record": f"clients.client:{row.client_id}",
        "reason": row.reason,
        "asked_by": row.asked_by,
        "confirmed_by": row.confirmed_by,
        "destroyed_at": _moment(row.at),
        "ended_versions": list(range(rotation.before, rotation.after)),
        "version": rotation.after,
        "keys_wrapped_anew": rotation.wrapped,
        "certified_at": _moment(clock.now()),
    }
    keep(certificate, (signed(told) + "\n").encode())
    others = f"version {rotation.after} wraps the {rotation.wrapped} other keys"
    sys.stdout.write(f"destroyed; {others}: {certificate}\n")


def _names() -> dict[int, str]:
    from poukama.centres.access import list_trails  # noqa: PLC0415

    return {row.centre_id: name for name, row in list_trails()}


def _moment(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).isoformat(timespec="seconds")


def _said(command: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """A command that says what it cannot do in one line."""

    def run(args: argparse.Namespace) -> int:
        import django  # noqa: PLC0415 - models and settings are needed only here
        from django.db import Error  # noqa: PLC0415

        django.setup()
        from poukama.staff.labels import REFUSALS  # noqa: PLC0415
        from poukama.staff.rules import Refused  # noqa: PLC0415

        try:
            return command(args)
        except Refused as refused:
            return _wrong(str(REFUSALS[refused.reason]))
        except keys.UnderWay:
            return _wrong("another rotation of this centre's key is under way: wait for its end")
        except (keys.NoRootKey, keys.Unreadable) as fault:
            return _wrong(f"the keys cannot be used: {fault}")
        except Error as error:
            return _wrong(f"the database cannot be asked: {' '.join(str(error).split())}")

    return run


def _wrong(words: str) -> int:
    sys.stderr.write(f"poukama: {words}\n")
    return 2
