"""What stands at the right of a contact: the clocks, the suggestion with its reason, and the five buttons."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from poukama.centres.rules import Pack
from poukama.doors import words as door_words
from poukama.doors.known import Door, Note
from poukama.doors.rules import Route
from poukama.helpline import words
from poukama.helpline.answers import Answers
from poukama.helpline.rules import Option, interval, option_of, suggest
from poukama.helpline.shown import Desk
from poukama.protocols.drawn import Bar, bar, note_of
from poukama.protocols.rules import Interval, Window, WindowKind, clock
from poukama.staff import moments

# What the desk tells of at night: all samples by their longest window, and what cannot wait for the morning.
_CONTRACEPTION = frozenset({"levonorgestrel", "ulipristal", "copper_device"})
_HIV = frozenset({"hiv_prophylaxis"})
_NOTES: Mapping[Note, tuple[str, Promise]] = {
    Note.NOBODY_ON_CALL: ("fault", gettext_lazy("Nobody is marked as on call now. Call the emergency clinic.")),
    Note.STAY_ON_THE_LINE: ("now", gettext_lazy("Stay on the line.")),
    Note.BY_REFERRAL: ("todo", gettext_lazy("May come with a referral. You can ask for one together.")),
    Note.CALL_FIRST: ("now", gettext_lazy("Call ahead before they come in.")),
    Note.UNAPPROVED_PROTOCOL: ("todo", gettext_lazy("Rests on an example that nobody has approved yet.")),
}


# What is said at once is the same: by which way stands below it.
_AS = {Door.ON_CALL_NOW: Door.CENTRE_NOW}


@dataclass(frozen=True, slots=True)
class Button:
    """One of the five."""

    value: Option
    word: Promise
    number: int
    primary: bool
    taken: bool


def context(
    began_at: dt.datetime, answers: Answers, taken: Option | None, desk: Desk, reader: str, at: dt.datetime
) -> dict[str, Any]:
    """What the template of the region finds. `answers` are those on the page, kept or not."""
    pack = desk.policy.pack
    route = suggest(answers, began_at, desk.policy, on_call=desk.on_call, at=at)
    event = interval(answers.when, began_at, unsure=answers.unsure)
    shown = tuple(_clocks(desk.policy.windows, event, at, pack))
    return {
        "clocks": [drawn for drawn, _window in shown],
        "clocks_note": note_of([window for _drawn, window in shown], at, pack.zone),
        "suggestion": {**_said(route, answers, pack, reader), **_buttons(option_of(route.door), taken)},
        "country": pack.country,
    }


def _clocks(windows: Iterable[Window], event: Interval, at: dt.datetime, pack: Pack) -> Iterator[tuple[Bar, Window]]:
    windows = tuple(windows)
    groups = (
        (pgettext_lazy("clock", "Samples"), [each for each in windows if each.kind is WindowKind.SAMPLE]),
        (gettext_lazy("Emergency contraception"), [each for each in windows if each.code in _CONTRACEPTION]),
        (gettext_lazy("HIV prevention"), [each for each in windows if each.code in _HIV]),
    )
    for name, group in groups:
        if group:
            longest = max(group, key=lambda window: window.length)
            yield bar(name, clock(longest, event, at), at, pack.zone), longest


def _said(route: Route, answers: Answers, pack: Pack, reader: str) -> dict[str, Any]:
    language = reader if reader in pack.words else pack.languages[0]
    place_known = route.door not in (Door.HELPLINE, Door.OTHER_CENTRE)
    facts = [str(words.REASON[route.reason]), *_facts(answers)]
    also = [str(words.DOOR[door]) for door in route.also]
    return {
        "title": _("Suggestion: %(door)s") % {"door": words.DOOR[_AS.get(route.door, route.door)]},
        "places": door_words.shown_places(route, pack, language) if place_known else (),
        "opens": _opens(route, pack),
        "also": _("Also: %(doors)s") % {"doors": " · ".join(also)} if also else "",
        "notes": [{"state": state, "word": word} for note, (state, word) in _NOTES.items() if note in route.notes],
        "reason": " · ".join(facts),
        "trace": [words.TRACE[name] for name in route.trace],
    }


def _facts(answers: Answers) -> Iterator[str]:
    """What the midwife has heard that bears on the door, in a few words."""
    if answers.age:
        yield words.age_word(answers.age)
    if str(answers.when) != "not_asked":
        yield str(words.WHEN[answers.when])
    yield from (str(word) for want, word in words.WANT.items() if want in answers.wants)


def _opens(route: Route, pack: Pack) -> str:
    if route.door is not Door.CENTRE_NEXT or route.opens_at is None:
        return ""
    return _("Opens: %(when)s") % {"when": moments.day_and_hour(route.opens_at, pack.zone)}


def _buttons(suggested: Option, taken: Option | None) -> dict[str, Any]:
    buttons = [
        Button(option, words.OPTION[option], number, option is suggested and taken is None, option is taken)
        for number, option in enumerate(Option, start=1)
    ]
    return {
        "option": next(button for button in buttons if button.value is suggested),
        "others": [button for button in buttons if button.value is not suggested],
    }
