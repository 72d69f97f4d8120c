"""`poukama centre check PACK`, everything that is wrong with a centre pack; `poukama centre load PACK`, into use."""

import argparse
import datetime as dt
import sys
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from poukama.centres.pack import PackError, PackErrors, read_pack
from poukama.centres.rules import Pack, TextState
from poukama.centres.words import SPOKEN
from poukama.clients.asked import FILE as CONSENTS
from poukama.clients.asked import Asked, read_asked
from poukama.core import clock
from poukama.doors.known import Door, Note, Sign
from poukama.operations.decided import not_approved, stale, unspoken
from poukama.protocols.approvals import Approval, Decided, with_approvals
from poukama.protocols.files import read_retention, read_windows
from poukama.protocols.sampling_file import read_sampling

T = TypeVar("T")

# Every date of a year is looked at, the 29th of February too.
A_YEAR = dt.timedelta(days=366)


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `centre` and what it can do to the command line."""
    centre = commands.add_parser("centre", help="check a centre pack, load it")
    verbs = centre.add_subparsers(dest="verb", required=True, metavar="VERB")
    check = verbs.add_parser("check", help="say everything that is wrong with a pack, and change nothing")
    check.add_argument("pack", type=Path, metavar="PACK", help="the pack's folder, as centres/helsinki")
    check.add_argument("--go-live", action="store_true", help="also refuse what must be approved before real use")
    check.set_defaults(run=check_pack)
    load = verbs.add_parser("load", help="open or update a centre from its pack: all of it, or nothing")
    load.add_argument("pack", type=Path, metavar="PACK", help="the pack's folder")
    load.add_argument("--go-live", action="store_true", help="also refuse what must be approved before real use")
    load.set_defaults(run=load_pack)


def check_pack(args: argparse.Namespace) -> int:
    """Print what is wrong, one line each. 0 if nothing is, 1 if something is, 2 if there is no pack to read."""
    try:
        approvals = _approvals_of(args.pack) if args.go_live else ()
        errors = faults(args.pack, at=clock.now(), go_live=args.go_live, approvals=approvals)
    except OSError as error:
        sys.stderr.write(f"{args.pack}: cannot be read: {error.strerror}\n")
        return 2
    if errors:
        sys.stdout.write("".join(f"{error}\n" for error in errors))
        return 1
    sys.stdout.write(f"{args.pack}: {'ready to go live' if args.go_live else 'fine'}\n")
    return 0


def load_pack(args: argparse.Namespace) -> int:
    """Load a pack without faults. 0 if the centre now holds it, else as `check_pack`; 2 also without a database."""
    if faulty := check_pack(args):
        return faulty
    # Models and settings are needed only here.
    import django  # noqa: PLC0415
    from django.db import Error  # noqa: PLC0415

    django.setup()
    from poukama.centres import actions  # noqa: PLC0415
    from poukama.centres.files import read_files  # noqa: PLC0415
    from poukama.gate.rules import INSTALLATION, OPERATOR  # noqa: PLC0415

    try:
        held = actions.load_pack(
            INSTALLATION, pack=read_pack(args.pack), files=read_files(args.pack), by=OPERATOR, at=clock.now()
        )
    except Error as error:
        sys.stderr.write(f"poukama: the database cannot be asked: {' '.join(str(error).split())}\n")
        return 2
    sys.stdout.write(f"{args.pack}: the centre holds this pack since {held.loaded_at:%Y-%m-%d %H:%M} UTC\n")
    return 0


def _approvals_of(folder: Path) -> tuple[Approval, ...]:
    """What the doctors of the pack's centre have approved; nothing that is known where the database cannot say."""
    # Models and settings are needed only here.
    import django  # noqa: PLC0415
    from django.db import Error  # noqa: PLC0415

    django.setup()
    from poukama.protocols.held import approvals_of  # noqa: PLC0415

    try:
        return approvals_of(read_pack(folder).code)
    except PackErrors:
        return ()
    except Error as error:
        sys.stderr.write(f"poukama: the database cannot be asked what is approved: {' '.join(str(error).split())}\n")
        return ()


def faults(
    folder: Path, *, at: dt.datetime, go_live: bool = False, approvals: tuple[Approval, ...] = ()
) -> tuple[PackError, ...]:
    """Everything that is wrong with the pack in a folder, as seen at a moment. Raises OSError if it is not there."""
    errors: list[PackError] = []

    def read(reader: Callable[[Path], T], without: T) -> T:
        try:
            return reader(folder)
        except PackErrors as error:
            errors.extend(error.errors)
            return without

    pack = read(_pack_of, None)
    found = Decided(read(read_windows, ()), read(read_sampling, None), read(read_retention, None))
    found = with_approvals(found, approvals)
    asked: tuple[Asked, ...] = read(read_asked, ())
    if pack:
        errors += [*_unknown_names(pack), *_missing_answers(pack), *_gaps(pack, at), *unspoken(found, pack)]
    if pack and go_live:
        today = at.astimezone(pack.zone).date()
        errors += [*_not_ready(pack), *_words_not_ready(pack), *not_approved(found)]
        errors += [*_asked_not_ready(asked), *_stale(pack, today), *stale(found, today)]
    return tuple(errors)


def _pack_of(folder: Path) -> Pack | None:
    return read_pack(folder)


def _wrong(key: str, expected: str, file: str = "centre.toml") -> PackError:
    return PackError(file, key, None, f"expected {expected}")


# ── What the pack says, held against what the doors know ─────────────────────────────────────────────────────


def _unknown_names(pack: Pack) -> Iterator[PackError]:
    named: tuple[tuple[str, frozenset[str], type[StrEnum]], ...] = (
        ("signs.emergency.signs", pack.emergency_signs.signs, Sign),
        ("signs.medical.signs", pack.medical_signs.signs, Sign),
        ("call_first.doors", pack.call_first.doors, Door),
    )
    for key, names, known in named:
        for name in sorted(names - {str(each) for each in known}):
            yield _wrong(key, f"one of {', '.join(known)}; not {name}")


def _missing_answers(pack: Pack) -> Iterator[PackError]:
    """The paragraphs of doors and notes that a language needs which the product does not speak."""
    needed = {*(f"doors.{door}" for door in Door), *(f"notes.{note}" for note in Note)}
    for language in pack.languages:
        if language in SPOKEN:
            continue
        file, texts = f"words/{language}.toml", pack.words[language].texts
        given = {key for key in texts if key.startswith(("doors.", "notes."))}
        yield from (_wrong(key, "a paragraph for this door or note", file) for key in sorted(needed - given))
        yield from (_wrong(key, "a door or a note that there is", file) for key in sorted(given - needed))


def _gaps(pack: Pack, at: dt.datetime) -> Iterator[PackError]:
    """A year without an opening, and the first hour of the year without an open line."""
    if not pack.opens_before(at, at + A_YEAR):
        yield _wrong("places", "a site that opens at least once in the coming year")
    silent = pack.unanswered(at, at + A_YEAR)
    if silent:
        moment = silent.astimezone(pack.zone).isoformat(timespec="minutes")
        yield _wrong("lines", f"an open line at every hour; none is at {moment}")


# ── What must be so before real use ──────────────────────────────────────────────────────────────────────────


def _not_ready(pack: Pack) -> Iterator[PackError]:
    if pack.invented:
        yield _wrong("centre.invented", "a real centre")
    if pack.duty is None:
        yield _wrong("duty", "the duty to tell the authorities about the young, with its law and recipients")
    for key, origin in pack.origins():
        if origin.example:
            yield _wrong(f"{key}.example", "a value that the centre stands for, not an example")


def _words_not_ready(pack: Pack) -> Iterator[PackError]:
    for language, words in pack.words.items():
        if words.state is not TextState.APPROVED:
            yield _wrong("state", f"words that are approved, not {words.state}", f"words/{language}.toml")


def _asked_not_ready(asked: tuple[Asked, ...]) -> Iterator[PackError]:
    for each in asked:
        if each.origin.example:
            yield _wrong(f"acts.{each.code}.example", "an act that the centre stands for, not an example", CONSENTS)
    states = {worded.language: worded.state for each in asked for worded in each.words.values()}
    for language, state in states.items():
        if state is not TextState.APPROVED:
            yield _wrong(f"words.{language}.state", f"words that are approved, not {state}", CONSENTS)


def _stale(pack: Pack, today: dt.date) -> Iterator[PackError]:
    dates = [("centre.toml", f"{key}.review_by", origin.review_by) for key, origin in pack.origins()]
    dates += [(f"words/{language}.toml", "review_by", words.review_by) for language, words in pack.words.items()]
    for file, key, date in dates:
        if date < today:
            yield _wrong(key, f"a date of review to come; {date} is past", file)
