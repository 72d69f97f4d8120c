"""The four questions of the guide, what each choice says is known, and which answer belongs to which choices.

The page holds every answer; the style sheet shows one. A combination of choices is a token of three letters (when, age,
where; `u` is unanswered or not known), so that the style sheet knows no centre and the engine knows no style sheet.
Whom help is looked for changes no door, so it is no part of the token.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import product

from poukama.centres.rules import NightRule, Pack, PlaceKind
from poukama.core.clock import from_wall, in_utc
from poukama.doors.known import ANY_AGE, ANY_TIME, Age, Asker, Door, Known, Note, Reason
from poukama.doors.rules import Policy, Route, route
from poukama.protocols.rules import Interval

UNKNOWN = "u"
DAYS, INSIDE_WINDOW, PAST_WINDOW = "d", "m", "l"
INSIDE, OUTSIDE = "i", "o"
# What the style sheet knows; a pack uses some of it.
WHENS = (DAYS, INSIDE_WINDOW, PAST_WINDOW, UNKNOWN)
AGES = ("0", "1", "2", UNKNOWN)
WHERES = (INSIDE, OUTSIDE, UNKNOWN)

FIRST_DAYS = dt.timedelta(days=3)
FORTNIGHT = dt.timedelta(days=14)
MINUTE = dt.timedelta(minutes=1)
ELSEWHERE = "elsewhere"  # a word that no pack knows, so it lies outside


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where the person lives and where it happened."""

    lives: str | None = None
    happened: str | None = None


@dataclass(frozen=True, slots=True)
class Questions:
    """What may be chosen, by letter, and what each choice says is known. A question with one choice is not asked."""

    when: Mapping[str, Interval]
    age: Mapping[str, Age]
    where: Mapping[str, Whereabouts]

    def combinations(self) -> dict[str, Known]:
        """What is known for every combination of choices."""
        return {
            when + age + where: Known(
                event=self.when[when],
                age=self.age[age],
                lives=self.where[where].lives,
                happened=self.where[where].happened,
            )
            for when, age, where in product(self.when, self.age, self.where)
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, and the combinations of choices that it belongs to.

    `adult` is the way of somebody old enough, where the age is not known and both ways are told.
    """

    route: Route
    adult: Route | None
    tokens: frozenset[str]

    def chosen(self, question: int) -> tuple[str, ...]:
        """The letters of a question (0 when, 1 age, 2 where) that lead here."""
        order = (WHENS, AGES, WHERES)[question]
        return tuple(letter for letter in order if any(token[question] == letter for token in self.tokens))


def questions(pack: Pack, at: dt.datetime) -> Questions:
    """The questions that this pack needs, at this moment."""
    return Questions(when=_when(pack, at), age=_age(pack), where=_where(pack))


def window_start(pack: Pack, at: dt.datetime) -> dt.datetime | None:
    """The earliest moment whose window still holds, None without a window."""
    if pack.window is None:
        return None
    today = at.astimezone(pack.zone).date()
    first = today
    while pack.window.last_date(first - dt.timedelta(days=1)) >= today:
        first -= dt.timedelta(days=1)
    return from_wall(dt.datetime.combine(first, dt.time.min), pack.zone)


def answers(policy: Policy, at: dt.datetime) -> tuple[Answer, ...]:
    """Every different answer, in the order in which the choices reach it. The whole roster counts as present."""
    routes: dict[tuple[Door, tuple[Door, ...], Reason], tuple[Route, Route | None]] = {}
    tokens: dict[tuple[Door, tuple[Door, ...], Reason], set[str]] = {}
    for token, known in questions(policy.pack, at).combinations().items():
        found = route(known, policy, on_call=policy.pack.night.duties, at=at)
        key = (found.door, found.also, found.reason)
        routes.setdefault(key, (found, _adult(found, known, policy, at)))
        tokens.setdefault(key, set()).add(token)
    return tuple(Answer(*routes[key], frozenset(tokens[key])) for key in routes)


def notes(policy: Policy, at: dt.datetime) -> dict[Note, frozenset[str]]:
    """What is said besides, each with the combinations that it belongs to."""
    said: dict[Note, set[str]] = {}
    for token, known in questions(policy.pack, at).combinations().items():
        for note in route(known, policy, on_call=policy.pack.night.duties, at=at).notes:
            said.setdefault(note, set()).add(token)
    return {note: frozenset(tokens) for note, tokens in said.items()}


def asked_by(known: Known, asker: Asker) -> Known:
    """The same, asked by somebody: what the fourth question tells."""
    return replace(known, asker=asker)


def holds_until(pack: Pack, at: dt.datetime) -> dt.datetime | None:
    """When the answers may next change: the next change of the hours of the centre, a line or a clinic."""
    hours = [line.hours for line in pack.lines] + [place.hours for place in pack.places if place.hours]
    return min((moment for each in hours if (moment := each.next_change(at))), default=None)


def takes_in(pack: Pack, at: dt.datetime) -> bool:
    """Whether the centre is open at this moment, by its hours or because it is open at every hour."""
    return pack.night.rule is NightRule.ALWAYS or pack.open_at(at)


def lines_while(pack: Pack, state: bool, at: dt.datetime) -> tuple[str, ...]:
    """The numbers that answer, at some hour of a fortnight, while the centre is in a state (open or not)."""
    hours = [line.hours for line in pack.lines] + [place.hours for place in pack.places if place.hours]
    numbers: dict[str, None] = {}
    moment: dt.datetime | None = at
    while moment is not None and moment < at + FORTNIGHT:
        if takes_in(pack, moment) is state:
            numbers.setdefault(pack.line_at(moment).phone)
        moment = min((change for each in hours if (change := each.next_change(moment))), default=None)
    return tuple(numbers)


def open_and_closed(pack: Pack, at: dt.datetime) -> tuple[dt.datetime, ...]:
    """A moment of each state the centre has, open first: what a page without a clock has to tell."""
    if pack.night.rule is NightRule.ALWAYS:
        return (at,)
    moment: dt.datetime | None = at
    while moment is not None and takes_in(pack, moment) is takes_in(pack, at):
        changes = [place.hours.next_change(moment) for place in pack.of_kind(PlaceKind.CENTRE) if place.hours]
        moment = min((change for change in changes if change), default=None)
    moments = [at] if moment is None else [at, moment]
    return tuple(sorted(moments, key=lambda each: takes_in(pack, each), reverse=True))


def _when(pack: Pack, at: dt.datetime) -> dict[str, Interval]:
    # Three days are 72 hours, also across a night in which the clock is moved.
    recent = in_utc(at) - FIRST_DAYS
    start = window_start(pack, at)
    chosen = {DAYS: Interval(recent, at)}
    if start is None or start <= recent - MINUTE:
        chosen[INSIDE_WINDOW] = Interval(start, recent - MINUTE)
    if start is not None:
        chosen[PAST_WINDOW] = Interval(None, min(start, recent) - MINUTE)
    return {**chosen, UNKNOWN: ANY_TIME}


def _age(pack: Pack) -> dict[str, Age]:
    limits = {pack.ages.alone if pack.ages else 0, pack.duty.under if pack.duty else 0}
    bounds = sorted({0, *limits})
    ends = [bound - 1 for bound in bounds[1:]]
    groups = [Age(least, most) for least, most in zip(bounds, [*ends, None], strict=True)]
    if len(groups) == 1:
        return {UNKNOWN: ANY_AGE}
    return {**{str(number): group for number, group in enumerate(groups)}, UNKNOWN: ANY_AGE}


def _where(pack: Pack) -> dict[str, Whereabouts]:
    if pack.area is None:
        return {UNKNOWN: Whereabouts()}
    return {
        INSIDE: Whereabouts(lives=min(pack.area.inside)),
        OUTSIDE: Whereabouts(lives=ELSEWHERE, happened=ELSEWHERE),
        UNKNOWN: Whereabouts(),
    }


def _adult(found: Route, known: Known, policy: Policy, at: dt.datetime) -> Route | None:
    ages = policy.pack.ages
    if found.reason is not Reason.PERHAPS_UNDER_AGE or ages is None:
        return None
    grown = replace(known, age=Age(ages.alone, known.age.most))
    return route(grown, policy, on_call=policy.pack.night.duties, at=at)
