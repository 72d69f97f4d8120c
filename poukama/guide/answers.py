"""The answers of the guide in words: every one that the four questions can lead to, ready for the template."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from poukama.centres.rules import PlaceKind
from poukama.core.hours import ALWAYS
from poukama.doors.known import Door, Note
from poukama.doors.rules import Policy, Route
from poukama.guide import rules, wording
from poukama.guide.shown import Centre, Spot

# Shown as parts of the page that the tokens choose; the other notes belong to the door or to another question.
SECTIONS = (Note.UNDER_18_DUTY, Note.PRESERVE, Note.POLICE_OPTIONAL)
OPEN, CLOSED = "open", "closed"


@dataclass(frozen=True, slots=True)
class Way:
    """How to get to one door: whom to call first, where to go, and when it opens (empty where that is not told).

    `phones` are to be called first, `lines` are the centre's; each is one number unless the page has no clock.
    """

    door: Door
    phones: tuple[str, ...]
    lines: tuple[str, ...]
    spots: tuple[Spot, ...]
    opens: str
    call_first: bool
    by_referral: bool

    @property
    def ours(self) -> bool:
        """Whether the number to call first is the centre's."""
        return self.phones == self.lines

    @property
    def template(self) -> str:
        """The template with this door's words."""
        return f"guide/doors/{self.door}.html"


@dataclass(frozen=True, slots=True)
class Shown:
    """One answer as the page shows it. `hours` says in which state of the centre it holds, empty if in every one."""

    way: Way
    also: tuple[Door, ...]
    adult: Way | None
    children: Way | None
    for_whom: str
    tokens: str
    hours: str = ""


@dataclass(frozen=True, slots=True)
class Besides:
    """A note as the page shows it."""

    note: Note
    tokens: str
    hours: str = ""


def context(policy: Policy, centre: Centre, at: dt.datetime, *, timeless: bool) -> dict[str, Any]:
    """What the page of help finds besides what every page finds."""
    pack = policy.pack
    asked = rules.questions(pack, at)
    moments = rules.open_and_closed(pack, at) if timeless else (at,)
    by_state = [(OPEN if rules.takes_in(pack, moment) else CLOSED, moment) for moment in moments]
    answers = [(state, _answers(policy, centre, moment, timeless=timeless)) for state, moment in by_state]
    notes = [(state, _notes(policy, moment)) for state, moment in by_state]
    return {
        "whens": [(letter, wording.when(letter, pack)) for letter in asked.when if len(asked.when) > 1],
        "age_groups": [(letter, wording.age(group)) for letter, group in asked.age.items() if len(asked.age) > 1],
        "wheres": [(letter, wording.where(letter)) for letter in asked.where if len(asked.where) > 1],
        "area": centre.words.get("centre.area"),
        "by_home": pack.area is not None and pack.area.by_home,
        "by_event": pack.area is not None and pack.area.by_event,
        "answers": _merged(answers),
        "notes": (shown := _merged(notes)),
        "samples_for": _samples_for(shown),
        "for_adults": _for_adults(policy, at),
    }


def _answers(policy: Policy, centre: Centre, at: dt.datetime, *, timeless: bool) -> list[Shown]:
    asked = rules.questions(policy.pack, at)
    shown = []
    for answer in rules.answers(policy, at):
        route = answer.route
        way = _way(route, centre, at, timeless=timeless)
        shown.append(
            Shown(
                way=way,
                also=route.also,
                adult=_way(answer.adult, centre, at, timeless=timeless) if answer.adult else None,
                children=_children(way, centre) if Door.CHILDREN in route.also else None,
                for_whom=wording.for_whom(answer, asked, policy.pack),
                tokens=" ".join(sorted(answer.tokens)),
            )
        )
    return shown


def _way(route: Route, centre: Centre, at: dt.datetime, *, timeless: bool) -> Way:
    places = route.places
    if timeless and route.door in {Door.CENTRE_NOW, Door.CENTRE_NEXT}:
        # Which of several sites is open depends on the hour: each is told with its hours.
        places = centre.pack.of_kind(PlaceKind.CENTRE)
    lines: tuple[str, ...] = (route.line.phone,)
    if timeless:
        lines = rules.lines_while(centre.pack, rules.takes_in(centre.pack, at), at)
    own = route.phone != route.line.phone and not (timeless and _keeps_hours(route))
    return Way(
        door=route.door,
        phones=(route.phone,) if own else lines,
        lines=lines,
        spots=tuple(centre.spot(place) for place in places),
        opens=wording.moment(route.opens_at, at, centre.pack.zone) if route.opens_at and not timeless else "",
        call_first=Note.CALL_FIRST in route.notes,
        by_referral=Note.BY_REFERRAL in route.notes,
    )


def _keeps_hours(route: Route) -> bool:
    """Whether the door's own number is answered only at some hours."""
    return any(
        place.phone == route.phone and place.hours and place.hours.expression != ALWAYS for place in route.places
    )


def _children(way: Way, centre: Centre) -> Way:
    spots = tuple(centre.spots(PlaceKind.CHILDREN))
    call_first = Door.CHILDREN in centre.pack.call_first.doors
    return replace(way, door=Door.CHILDREN, phones=way.lines, spots=spots, call_first=call_first)


def _notes(policy: Policy, at: dt.datetime) -> list[Besides]:
    said = rules.notes(policy, at)
    return [Besides(note, " ".join(sorted(said[note]))) for note in SECTIONS if note in said]


def _for_adults(policy: Policy, at: dt.datetime) -> str:
    """The combinations of everybody who has not said to be a minor: there, what holds for adults may be read."""
    minors = rules.notes(policy, at).get(Note.UNDER_18_DUTY, frozenset())
    every = rules.questions(policy.pack, at).combinations()
    return " ".join(sorted(token for token in every if token not in minors or token[1] == rules.UNKNOWN))


def _samples_for(notes: list[Besides]) -> str:
    """The choices to which samples may still matter, as tokens."""
    return " ".join(sorted({token for each in notes if each.note is Note.PRESERVE for token in each.tokens.split()}))


def _merged(by_state: Iterable[tuple[str, list[Any]]]) -> list[Any]:
    """What is the same in every state once, without a state; the rest with the state in which it holds."""
    states = list(by_state)
    everywhere = [each for each in states[0][1] if all(each in shown for _, shown in states)]
    parted = [replace(each, hours=state) for state, shown in states for each in shown if each not in everywhere]
    return everywhere if len(states) == 1 else [*parted, *everywhere]
