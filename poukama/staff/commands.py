"""`poukama member add`, `reset`, `close` and `check`: for the first of a centre, and for when nobody there can.

Whoever runs the server is one person and alone here; everything done so is a line of the trail as `operator`.
"""

import argparse
import sys
import uuid
from collections.abc import Callable
from typing import Any

from poukama.core import clock
from poukama.core.texts import one_line
from poukama.gate.rules import OPERATOR
from poukama.staff.rules import LOGIN, Person, Refused, Role, Tenure, short_of_administrators, shown_code

_LANGUAGES = ("fi", "sv", "en")


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `member` and what it can do to the command line."""
    member = commands.add_parser("member", help="take in the first member of a centre; reset, close; check before use")
    verbs = member.add_subparsers(dest="verb", required=True, metavar="VERB")
    add = verbs.add_parser("add", help="take somebody in with a post, and print their one-time code")
    add.add_argument("login", metavar="LOGIN", help="small letters a-z, digits, dots and dashes")
    add.add_argument("name", metavar="NAME", help="as colleagues know them, in quotes")
    add.add_argument("--role", required=True, choices=[role.value for role in Role], metavar="ROLE", help=_roles())
    add.add_argument("--centre", required=True, metavar="CODE", help="the centre's code, as satama")
    add.add_argument("--language", default="fi", choices=_LANGUAGES, help="fi, sv or en; fi if not said")
    add.set_defaults(run=_with_database(add_member))
    reset = verbs.add_parser("reset", help="forget password and second factors, and print a one-time code")
    reset.add_argument("login", metavar="LOGIN")
    reset.set_defaults(run=_with_database(reset_member))
    close = verbs.add_parser("close", help="end posts and codes at every centre; nothing is deleted")
    close.add_argument("login", metavar="LOGIN")
    close.set_defaults(run=_with_database(close_member))
    check = verbs.add_parser("check", help="say which centres have fewer than two administrators who have come in")
    check.set_defaults(run=_with_database(check_members))


def add_member(args: argparse.Namespace) -> int:
    """Take somebody in; 1 if it is refused, 2 for a centre or login that cannot be."""
    from poukama.staff import access, actions, codes  # noqa: PLC0415 - models only when there is a database

    at = clock.now()
    if not LOGIN.fullmatch(args.login):
        return _wrong(f"{args.login!r} is no login: use small letters a-z, digits, dots and dashes")
    centre = access.centre_coded(args.centre)
    if centre is None:
        return _wrong(f"there is no centre {args.centre}: load its pack first")
    code = codes.code_of(uuid.uuid4())
    way = actions.invite(
        centre,
        login=args.login,
        person=Person(one_line(args.name) or args.login, args.language),
        tenure=Tenure(Role(args.role), at),
        code_hash=codes.hash_of(code),
        by=OPERATOR,
        at=at,
    )
    return _printed(way, code)


def reset_member(args: argparse.Namespace) -> int:
    """Let a member in anew, or for the first time if they have not come in yet; 1 if refused, 2 for no such login."""
    from poukama.staff import access, actions, codes  # noqa: PLC0415

    at = clock.now()
    colleague = access.colleague_named(args.login, by=OPERATOR, at=at)
    code = codes.code_of(uuid.uuid4())
    kept = codes.hash_of(code)
    try:
        way = actions.make_code(colleague, code_hash=kept, by=OPERATOR, at=at)
    except Refused:
        asked = actions.ask_reset(colleague, by=OPERATOR, at=at)
        way = actions.confirm_reset(asked, code_hash=kept, by=OPERATOR, at=at)
    return _printed(way, code)


def close_member(args: argparse.Namespace) -> int:
    """Close a member at every centre; 2 for no such login."""
    from poukama.staff import access, actions  # noqa: PLC0415

    at = clock.now()
    actions.close(access.colleague_named(args.login, by=OPERATOR, at=at), by=OPERATOR, at=at)
    sys.stdout.write(
        f"{args.login} is closed: posts and codes have ended. `poukama member reset` lets them in again.\n"
    )
    return 0


def check_members(args: argparse.Namespace) -> int:
    """0 if every centre has two administrators who have come in, else 1 and a line for each that has not."""
    from poukama.staff import access  # noqa: PLC0415

    numbers = access.administrators(by=OPERATOR, at=clock.now())
    for code in (short := short_of_administrators(numbers)):
        sys.stdout.write(f"{code}: {numbers[code]} of 2 administrators have come in; real use needs two\n")
    if not short:
        sys.stdout.write("every centre has at least two administrators who have come in\n")
    return 1 if short else 0


def _with_database(command: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    def run(args: argparse.Namespace) -> int:
        import django  # noqa: PLC0415 - models and settings are needed only here
        from django.db import Error  # noqa: PLC0415

        django.setup()
        try:
            return command(args)
        except Refused as refused:
            from poukama.staff.labels import REFUSALS  # noqa: PLC0415

            sys.stderr.write(f"poukama: {REFUSALS[refused.reason]}\n")
            return 1
        except Error as error:
            return _wrong(f"the database cannot be asked: {' '.join(str(error).split())}")

    return run


def _printed(way: Any, code: str) -> int:
    until = f"{way.expires_at:%Y-%m-%d %H:%M} UTC"
    sys.stdout.write(f"One-time code for {way.member.login}: {shown_code(code)}\nType it at /s/tulo before {until}.\n")
    return 0


def _wrong(words: str) -> int:
    sys.stderr.write(f"poukama: {words}\n")
    return 2


def _roles() -> str:
    return ", ".join(Role)
