"""What the pages of a contact that is read find: on the screen, and on paper."""

import datetime as dt
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from poukama.centres.rules import Pack
from poukama.helpline import asked, page, words
from poukama.helpline.answers import WORDS, Answers
from poukama.helpline.rules import RETENTION_RULES, Option
from poukama.helpline.shown import Desk, Opened
from poukama.staff import moments


def context(opened: Opened, desk: Desk, *, reader: str, at: dt.datetime) -> dict[str, Any]:
    """Everything that the template finds."""
    pack = desk.policy.pack
    return {
        "contact": opened,
        "channel": words.CHANNEL_TITLE[opened.channel],
        "began": moments.day_and_hour(opened.began_at, pack.zone),
        "ended": moments.nearby(opened.ended_at, opened.began_at, pack.zone) if opened.ended_at else "",
        "entered": moments.day_and_hour(opened.entered_at, pack.zone) if opened.late else "",
        "length": moments.length(opened.began_at, opened.ended_at or at),
        "outcome": words.OUTCOME[opened.outcome],
        "answers": list(_answered(opened.answers, pack, reader)),
        "written": [(asked.LABELS[name], text) for name in WORDS if (text := getattr(opened.words, name))],
        "doors": list(_doors(opened, pack)),
        "told": [page.told_line(told, at, pack) for told in opened.told],
        "retention": _retention(opened),
        "printed_at": moments.day_and_hour(at, pack.zone),
        "key": uuid4(),
        "country": pack.country,
    }


def _answered(answers: Answers, pack: Pack, reader: str) -> Iterator[tuple[Promise | str, str]]:
    """Each question with its answer; those that were not asked say so, and are not left out."""
    typed = {name: getattr(answers, name) for name in answers.__slots__}
    for question in asked.questions(typed, {}, pack, reader).values():
        chosen = [choice.word for choice in question.choices if choice.chosen]
        yield question.legend, ", ".join(chosen) or _("not asked")
    yield from ((tick.label, _("yes")) for tick in asked.ticks(typed).values() if tick.chosen)


def _doors(opened: Opened, pack: Pack) -> Iterator[tuple[str, str]]:
    """What was suggested, with its reason, and what was taken: both are kept."""
    if opened.suggestion:
        said = {
            "door": words.DOOR[opened.suggestion.door],
            "reason": words.REASON[opened.suggestion.reason],
            "time": moments.hour(opened.suggestion.at, pack.zone),
        }
        yield _("Suggested"), _("%(door)s: %(reason)s (at %(time)s)") % said
    if opened.taken:
        said = {"option": words.OPTION[opened.taken.option], "time": moments.hour(opened.taken.at, pack.zone)}
        yield _("Taken"), _("%(option)s (at %(time)s)") % said
    if opened.taken and opened.taken.option is Option.COME_NOW and opened.answers.arrives:
        yield str(asked.LABELS["arrives"]), moments.wall(opened.answers.arrives)


def _retention(opened: Opened) -> str:
    """How long it is kept; a rule that nobody has set shows no number."""
    rule = next(rule for rule in RETENTION_RULES if rule.retention is opened.retention)
    if rule.keep is None:
        return _("How long it is kept has not been decided. Nothing is deleted before that.")
    return _("It is kept for %(days)s days.") % {"days": rule.keep.days}
