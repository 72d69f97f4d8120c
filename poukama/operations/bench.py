"""What Poukama takes, measured: each figure beside one of plain Python or a plain page, so that machines compare."""

import datetime as dt
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import NamedTuple

from poukama.centres.pack import read_pack
from poukama.doors.known import ANY_AGE, Age, Answer, Asker, Known, Sign, Want
from poukama.doors.rules import Policy, route
from poukama.protocols.files import read_windows
from poukama.protocols.rules import Interval

_QUESTIONS = 20_000
_ROUNDS = 3
# Twenty thousand moments, no two alike, over one year: by day and by night, weekdays, weekends and holidays.
_START = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
_STEP = dt.timedelta(minutes=26, seconds=17)
_AGES = (Age(34, 34), Age(16, 17), Age(18), Age(0, 15), ANY_AGE)
_HOURS_AGO = (2, 5, 20, 60, 100, 400, 900)
_WANTS = (frozenset[Want](), frozenset({Want.SAMPLES}), frozenset({Want.TALK}))
_SIGNS = (frozenset[Sign](), frozenset[Sign](), frozenset[Sign](), frozenset({Sign.NECK}))
_PLACES = ("Helsinki", None, "Turku")
_Question = tuple[Known, dt.datetime]


class RouteFigures(NamedTuple):
    """Routes a second on one core; and turns a second of the reference loop, which does no work of ours."""

    routes: float
    reference: float


def route_figures(pack: Path) -> RouteFigures:
    """How fast the rules answer typical questions to the centre in a folder, the best of some rounds."""
    policy = Policy(read_pack(pack), read_windows(pack))
    questions = tuple(_typical_questions())
    on_call = policy.pack.night.duties

    def ask() -> None:
        for known, at in questions:
            route(known, policy, on_call=on_call, at=at)

    return RouteFigures(_best(ask), _best(_reference))


def _typical_questions() -> Iterable[_Question]:
    facts = zip(
        cycle(_AGES), cycle(_HOURS_AGO), cycle(_WANTS), cycle(_SIGNS), cycle(_PLACES), cycle(Asker), strict=False
    )
    for number, (age, hours, wants, signs, lives, asker) in enumerate(islice(facts, _QUESTIONS)):
        at = _START + number * _STEP
        latest = at - dt.timedelta(hours=hours)
        event = Interval(latest - dt.timedelta(hours=3), latest) if number % 4 else Interval()
        yield Known(Answer.UNKNOWN, signs, age, event, asker, wants, lives), at


@dataclass(frozen=True)
class _Plain:
    number: int
    name: str
    at: dt.datetime


def _reference() -> None:
    """A frozen dataclass and ten look-ups a turn: what any Python of this machine would do."""
    table = {str(number): number for number in range(10)}
    keys = tuple(table)
    for number in range(_QUESTIONS):
        _Plain(number, "plain", _START)
        for key in keys:
            table[key]


def _best(work: Callable[[], None]) -> float:
    """Turns a second of processor time in the best round; the first, which reads the year's hours, does not count."""
    work()
    times = []
    for _ in range(_ROUNDS):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return _QUESTIONS / min(times)
