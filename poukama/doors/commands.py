"""`poukama route`: asks the ten rules from the command line. Reads the pack's folder, needs no database."""

import argparse
import datetime as dt
import json
import re
import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import NoReturn, TypedDict

from poukama.centres.pack import PackErrors, read_pack
from poukama.centres.rules import Pack
from poukama.core.clock import from_wall, now
from poukama.doors.known import ANY_AGE, Age, Answer, Asker, Contradiction, Known, NotKnowable, Sign, Want
from poukama.doors.rules import Policy, Route
from poukama.doors.rules import route as find
from poukama.protocols.files import read_windows
from poukama.protocols.rules import Interval

UNKNOWN = "unknown"
_AGE = re.compile(
    r"(?P<only>[0-9]{1,3})|under(?P<under>[0-9]{1,3})|(?P<least>[0-9]{1,3})-(?P<most>[0-9]{1,3})|(?P<from>[0-9]{1,3})\+"
)
# Beyond these a number is a slip of the keyboard.
_OLDEST = 130
_YEARS = range(1000, 9000)
# Before and after these nobody knows which days are public holidays, so nobody knows when a centre is open.
_KNOWN_YEARS = range(2000, 2076)


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `route` to the commands. Whatever is not told is unknown."""
    help_ = "where now: the door for what is known"
    about = "Where now? From what is known about the person it happened to, to a door."
    parser = commands.add_parser("route", help=help_, description=about, allow_abbrev=False)
    add = parser.add_argument
    add("--pack", type=Path, metavar="FOLDER", help="the centre's pack (the front centre's)")
    add("--at", type=_time, metavar="TIME", help="the moment asked about (now); without an offset, the centre's clock")
    add("--age", type=_age, default=ANY_AGE, metavar="AGE", help="34, 16-17, 18+, under16 or unknown")
    add("--event", choices=[UNKNOWN], help="when it happened is unknown")
    add("--event-earliest", type=_time, metavar="TIME", help="it happened then or later")
    add("--event-latest", type=_time, metavar="TIME", help="it happened then or earlier")
    add("--danger", choices=_words(Answer), default=UNKNOWN, help="in danger now")
    add("--sign", choices=_words(Sign, UNKNOWN), action="append", default=[], help="may be given several times")
    add("--for", dest="asker", choices=_words(Asker), default=UNKNOWN, help="who asks")
    add("--wants", choices=_words(Want, UNKNOWN), action="append", default=[], help="may be given several times")
    add("--lives", type=_where, metavar="WHERE", help="a municipality, ship, abroad or unknown")
    add("--happened", type=_where, metavar="WHERE", help="a municipality, ship, abroad or unknown")
    add("--infection", choices=_words(Answer), default=UNKNOWN, help="symptoms of an infection, or exposed to one")
    add("--nobody-on-call", action="store_true", help="nobody is on call (else the whole roster counts as present)")
    add("--language", metavar="CODE", help="the language of names and addresses (en, or the pack's first)")
    add("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run, error=parser.error)


def run(arguments: argparse.Namespace) -> int:
    """Print the route. A bad value exits with 2; every route is a success."""
    pack, policy = _policy(arguments)
    language = _language(arguments, pack)
    at = _moment(arguments.at, pack) or now()
    if arguments.at and at.year not in _KNOWN_YEARS:
        _refuse(arguments, "at", f"'{arguments.at}' is in a year whose public holidays are not known")
    known = _known(arguments, _event(arguments, pack, at))
    on_call = frozenset() if arguments.nobody_on_call else pack.night.duties
    try:
        found = find(known, policy, on_call=on_call, at=at)
    except NotKnowable as problem:
        _refuse_times(arguments, problem.contradiction, known.event, at)
    answer = _answer(found, pack, language)
    sys.stdout.write(
        json.dumps(answer, ensure_ascii=False, indent=2) + "\n" if arguments.json else _plain(answer, language)
    )
    return 0


# ── Values, each by itself ───────────────────────────────────────────────────────────────────────────────────


def _words(kind: type[StrEnum], *more: str) -> list[str]:
    return [*(str(word) for word in kind), *more]


def _time(text: str) -> dt.datetime:
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a time, as 2026-11-24T03:00") from None
    if _is_a_date(text):
        raise argparse.ArgumentTypeError(f"{text!r} is a date and needs a time, as 2026-11-24T03:00")
    if moment.year not in _YEARS:
        raise argparse.ArgumentTypeError(f"{text!r} is a year that nobody means")
    return moment


def _is_a_date(text: str) -> bool:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _age(text: str) -> Age:
    if text == UNKNOWN:
        return ANY_AGE
    found = _AGE.fullmatch(text)
    wrong = argparse.ArgumentTypeError(f"{text!r} is not an age, as 34, 16-17, 18+, under16 or unknown")
    if found is None:
        raise wrong
    part = {name: int(digits) for name, digits in found.groupdict().items() if digits}
    if "under" in part:
        age = Age(0, part["under"] - 1)
    elif "from" in part:
        age = Age(part["from"])
    else:
        age = Age(part.get("only", part.get("least", 0)), part.get("only", part.get("most")))
    if not age.least <= (age.least if age.most is None else age.most) <= _OLDEST:
        raise wrong
    return age


def _where(text: str) -> str | None:
    where = text.strip()
    if not where:
        raise argparse.ArgumentTypeError(f"{text!r} is not a municipality, ship, abroad or unknown")
    return None if where.casefold() == UNKNOWN else where


# ── Values, together with the pack ───────────────────────────────────────────────────────────────────────────


def _refuse(arguments: argparse.Namespace, option: str, problem: str) -> NoReturn:
    error: Callable[[str], NoReturn] = arguments.error
    error(f"argument --{option}: {problem}")


def _policy(arguments: argparse.Namespace) -> tuple[Pack, Policy]:
    folder = arguments.pack or _front_pack()
    try:
        pack = read_pack(folder)
        return pack, Policy(pack, read_windows(folder))
    except PackErrors as problem:
        more = f" (and {len(problem.errors) - 1} more)" if len(problem.errors) > 1 else ""
        _refuse(arguments, "pack", f"{str(folder)!r} does not hold: {problem.errors[0]}{more}")
    except (OSError, ValueError) as problem:
        _refuse(arguments, "pack", f"{str(folder)!r} is not a centre's pack: {problem}")


def _front_pack() -> Path:
    # The settings are needed only here, and reading them takes time.
    from django.conf import settings  # noqa: PLC0415

    return Path(settings.FRONT_PACK)


def _language(arguments: argparse.Namespace, pack: Pack) -> str:
    language: str | None = arguments.language
    if language is None:
        language = "en" if "en" in pack.languages else pack.languages[0]
    if language not in pack.languages:
        _refuse(arguments, "language", f"{language!r} is not one of the pack's: {', '.join(pack.languages)}")
    return language


def _moment(wall: dt.datetime | None, pack: Pack, *, later: bool = False) -> dt.datetime | None:
    return from_wall(wall, pack.zone, later=later) if wall else None


def _event(arguments: argparse.Namespace, pack: Pack, at: dt.datetime) -> Interval:
    earliest = _moment(arguments.event_earliest, pack)
    latest = _moment(arguments.event_latest, pack, later=True)
    if latest and latest > at:
        # In a doubled hour that has not come round yet, only the first can be meant.
        latest = _moment(arguments.event_latest, pack)
    if arguments.event and (earliest or latest):
        option = "event-earliest" if earliest else "event-latest"
        _refuse(arguments, "event", f"'unknown' does not go with --{option}")
    return Interval(earliest, latest)


def _known(arguments: argparse.Namespace, event: Interval) -> Known:
    return Known(
        in_danger=Answer(arguments.danger),
        signs=frozenset(Sign(word) for word in arguments.sign if word != UNKNOWN),
        age=arguments.age,
        event=event,
        asker=Asker(arguments.asker),
        # What is unknown counts as care, also beside something that is known.
        wants=frozenset(Want.CARE if word == UNKNOWN else Want(word) for word in arguments.wants),
        lives=arguments.lives,
        happened=arguments.happened,
        infection=Answer(arguments.infection),
    )


def _refuse_times(arguments: argparse.Namespace, problem: Contradiction, event: Interval, at: dt.datetime) -> NoReturn:
    earliest, latest = arguments.event_earliest, arguments.event_latest
    if problem is Contradiction.EARLIEST_AFTER_LATEST:
        _refuse(arguments, "event-earliest", f"'{earliest}' is after --event-latest '{latest}'")
    asked = f"--at '{arguments.at}'" if arguments.at else "now"
    if event.earliest and event.earliest > at:
        _refuse(arguments, "event-earliest", f"'{earliest}' is after {asked}")
    _refuse(arguments, "event-latest", f"'{latest}' is after {asked}")


# ── The answer ───────────────────────────────────────────────────────────────────────────────────────────────


class Answered(TypedDict):
    """What `--json` prints: the keys and their order."""

    door: str
    also: list[str]
    notes: list[str]
    reason: str
    trace: list[str]
    opens_at: str | None
    places: list[dict[str, str | None]]
    phone: str
    text: dict[str, str]


def _answer(found: Route, pack: Pack, language: str) -> Answered:
    # Templates and catalogues need Django, which nothing before this does.
    import django  # noqa: PLC0415

    django.setup()
    from poukama.doors.words import paragraph, shown_places  # noqa: PLC0415

    return {
        "door": found.door,
        "also": list(found.also),
        "notes": list(found.notes),
        "reason": found.reason,
        "trace": list(found.trace),
        "opens_at": found.opens_at.isoformat() if found.opens_at else None,
        "places": [
            {"name": place.name, "address": place.address, "phone": place.phone}
            for place in shown_places(found, pack, language)
        ],
        "phone": found.phone,
        "text": {each: paragraph(found, pack, each) for each in pack.languages},
    }


def _plain(answer: Answered, language: str) -> str:
    """The same for people who read a terminal."""
    lines = [
        answer["text"][language],
        "",
        f"{answer['door']}: {answer['reason']}",
        f"also: {', '.join(answer['also']) or '-'}",
        f"notes: {', '.join(answer['notes']) or '-'}",
        f"rules asked: {', '.join(answer['trace'])}",
        f"phone: {answer['phone']}",
        f"opens at: {answer['opens_at'] or '-'}",
    ]
    return "".join(f"{line}\n" for line in lines)
