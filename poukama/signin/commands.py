"""`poukama unlock`: lets somebody who is shut out try again at once."""

import argparse
import sys


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `unlock` to the commands."""
    about = (
        "Let a member who is shut out after wrong tries try again at once. Lost second steps are `poukama member`'s."
    )
    parser = commands.add_parser("unlock", help="let a member try to sign in again", description=about)
    parser.add_argument("login", metavar="LOGIN", help="the name they sign in with")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Let them try again; exits with 2 for a login that nobody has."""
    import django  # noqa: PLC0415 - Django is needed only here

    django.setup()
    from poukama.core.clock import now  # noqa: PLC0415
    from poukama.gate.rules import OPERATOR  # noqa: PLC0415
    from poukama.signin import access, actions  # noqa: PLC0415
    from poukama.signin.coming import name_key  # noqa: PLC0415

    member = access.known_as(arguments.login.strip().lower())
    if member is None:
        sys.stderr.write(f"poukama: argument LOGIN: nobody signs in as {arguments.login!r}\n")
        return 2
    actions.let_try(member, key=name_key(member.login), by=OPERATOR, at=now())
    sys.stdout.write(f"{member.login} may try again.\n")
    return 0
