"""The page for entering from paper, read: when it was, and the fields of a contact."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid4

from django.http import QueryDict
from django.utils.translation import gettext as _

from poukama.centres.rules import Pack
from poukama.core.clock import from_wall
from poukama.core.texts import clean
from poukama.helpline import forms, words
from poukama.helpline.answers import Answers, Changes, Fault, choices, hour_of, read
from poukama.helpline.rules import Paper, not_kept

_OWN = ("day", "began_at", "ended_at", "channel", "option")


@dataclass(frozen=True, slots=True)
class FromPaper:
    """A paper as it was typed in; what is wrong with it, or the contact that it makes."""

    record: UUID
    typed: Mapping[str, Any]
    own: Mapping[str, Any]
    errors: Mapping[str, str]
    paper: Paper | None


def from_paper(post: QueryDict, pack: Pack) -> FromPaper:
    """What was sent, read. It takes a day and the hour at which it began; all else may be empty."""
    typed = forms.typed_in(post)
    changes, faults = read(typed, choices(pack))
    barred = _barred(changes)
    errors = {name: str(words.FAULT[fault]) for name, fault in {**faults, **barred}.items()}
    own = {name: clean(post.get(name, "")) for name in _OWN}
    began, ended = _moments(own, pack)
    if began is None:
        errors["began_at"] = _("Write the day and the time at which it began, as 2:14.")
    if own["ended_at"].strip() and hour_of(own["ended_at"]) is None:
        errors["ended_at"] = _("Write the time as 2:31, or leave it empty.")
    answered = post.get("answered") != "false"
    paper = None
    if began and ended and not errors:
        option = forms.option_of(own["option"])
        paper = Paper(began, ended, changes, forms.channel_of(own["channel"]), option, answered)
    record = forms.uuid_of(post.get("contact")) or uuid4()
    return FromPaper(record, typed, {**own, "answered": answered}, errors, paper)


def _barred(changes: Changes) -> dict[str, Fault]:
    """What leads to the caller, where no safe way is given."""
    answers: Any = changes.answers
    answers = replace(Answers(), **answers)
    sent = {**changes.answers, **changes.words}
    return {name: Fault.ONLY_IF_SAFE for name in not_kept(answers) if sent.get(name)}


def _moments(own: Mapping[str, str], pack: Pack) -> tuple[dt.datetime | None, dt.datetime | None]:
    """From when to when: an end before the beginning is of the next day, and none is the beginning."""
    began, ended = hour_of(own["began_at"]), hour_of(own["ended_at"])
    try:
        day = dt.date.fromisoformat(own["day"])
    except ValueError:
        return None, None
    if began is None:
        return None, None
    first = from_wall(dt.datetime.combine(day, began), pack.zone)
    if ended is None:
        return first, first
    last = from_wall(dt.datetime.combine(day, ended), pack.zone)
    return first, last if last >= first else from_wall(dt.datetime.combine(day + dt.timedelta(1), ended), pack.zone)
