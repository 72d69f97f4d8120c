"""`poukama custody export SAMPLE`, the custody of a sample as a file; `poukama custody verify FILE`, is it whole?

To verify takes no database.
"""

import argparse
import sys
from pathlib import Path

from poukama.core import clock
from poukama.samples.proof import Unsound, check


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `custody` and what it can do to the command line."""
    custody = commands.add_parser("custody", help="take out the custody of a sample, check a file of it")
    verbs = custody.add_subparsers(dest="verb", required=True, metavar="VERB")
    export = verbs.add_parser("export", help="write the custody of a sample, a line in the centre's trail")
    export.add_argument("sample", metavar="SAMPLE", help="its number, as on the label")
    export.add_argument("--centre", metavar="CODE", help="which centre's, where several have this number")
    export.set_defaults(run=export_custody)
    verify = verbs.add_parser("verify", help="say whether a file is whole; name the entry that is not")
    verify.add_argument("file", type=Path, metavar="FILE")
    verify.add_argument("--key", default="", metavar="KEY", help="the installation's public key: who wrote the head")
    verify.add_argument("--head", default="", metavar="HASH", help="the last hash as it stands on the printed sheet")
    verify.set_defaults(run=verify_custody)


def export_custody(args: argparse.Namespace) -> int:
    """Print the file. 0, or 1 if there is no such sample, 2 if the database cannot be asked."""
    # Models and settings are needed only here.
    import django  # noqa: PLC0415
    from django.db import Error  # noqa: PLC0415
    from django.http import Http404  # noqa: PLC0415

    django.setup()
    from poukama.gate.rules import OPERATOR  # noqa: PLC0415
    from poukama.samples import access  # noqa: PLC0415

    try:
        centres = [each for each in access.centres() if args.centre in (None, each.code)]
        row = access.by_code(centres, args.sample, by=OPERATOR)
        sys.stdout.write(access.export_of(row, by=OPERATOR, at=clock.now()))
    except Http404:
        sys.stderr.write("poukama: no sample that was taken has this number\n")
        return 1
    except Error as error:
        sys.stderr.write(f"poukama: the database cannot be asked: {' '.join(str(error).split())}\n")
        return 2
    return 0


def verify_custody(args: argparse.Namespace) -> int:
    """Print one line about a file. 0 if it is whole, else 1."""
    try:
        with args.file.open(encoding="utf-8", newline="\n") as texts:
            head = check(texts, key=args.key, printed=args.head)
    except Unsound as fault:
        where = "" if fault.number is None else f" (entry {fault.number})"
        sys.stdout.write(f"{args.file}: NOT WHOLE: {fault}{where}\n")
        return 1
    except UnicodeDecodeError:
        sys.stdout.write(f"{args.file}: NOT WHOLE: this is no text\n")
        return 1
    sys.stdout.write(f"{args.file}: whole: sample {head.sample}, {head.number} entries, last hash {head.hash}\n")
    return 0
