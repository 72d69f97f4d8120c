"""What the page between calls finds: the list of the night by its dates, what is promised, and who comes."""

import datetime as dt
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from poukama.centres.rules import Pack
from poukama.helpline import page, words
from poukama.helpline.answers import SafeContact
from poukama.helpline.rules import ArrivalState
from poukama.helpline.shown import Attached, Desk, Expected, Listed, Night, Promised
from poukama.staff import moments


def context(night: Night, desk: Desk, *, reader: str, at: dt.datetime) -> dict[str, Any]:
    """Everything that the template finds."""
    pack = desk.policy.pack
    return {
        "today": moments.day(at, pack.zone),
        "hour": moments.hour(at, pack.zone),
        "open": [_row(each, at, pack) for each in night.in_progress],
        "days": list(_days(night.ended, at, pack)),
        "call_backs": [_promise(each, at, pack) for each in night.call_backs],
        "late_calls": sum(each.late for each in night.call_backs),
        "arrivals": [_arrival(each, at, pack) for each in night.arrivals],
        "country": pack.country,
        "lines": [_line(pack, reader, at)],
        "reached": list(words.REACHED.items()),
        "arrival_states": [
            (state, word) for state, word in words.ARRIVAL.items() if state is not ArrivalState.EXPECTED
        ],
        **page.on_call(desk, reader),
    }


def _days(rows: Iterable[Listed], at: dt.datetime, pack: Pack) -> Iterable[dict[str, Any]]:
    """The rows of each date, the newest first: a night has two."""
    for day, of_day in groupby(rows, key=lambda row: moments.day(row.began_at, pack.zone)):
        yield {"day": day, "rows": [_row(each, at, pack) for each in of_day]}


def _row(row: Listed, at: dt.datetime, pack: Pack) -> dict[str, Any]:
    return {
        "id": row.ref.id,
        "began": moments.hour(row.began_at, pack.zone),
        "length": moments.length(row.began_at, row.ended_at or at),
        "channel": words.CHANNEL_TITLE[row.channel],
        "language": "" if words.no_code(row.language) else words.language_name(row.language),
        "outcome": words.OUTCOME[row.outcome],
        "called_name": row.called_name,
        "writes": row.writes,
        "mine": row.mine,
        "this_shift": row.this_shift,
        "late": row.late,
        **_attached(row.attached),
    }


def _promise(call: Promised, at: dt.datetime, pack: Pack) -> dict[str, Any]:
    due = moments.nearby(call.due, at, pack.zone) if call.due else ""
    promised = moments.nearby(call.promised_at, at, pack.zone)
    return {
        "id": call.ref.id,
        "contact": call.contact.id,
        "state": "wait" if call.late else "todo",
        "when": _("by %(time)s") % {"time": due} if due else _("promised %(time)s") % {"time": promised},
        "waited": _waited(call.due or call.promised_at, at) if call.late else "",
        "way": words.SAFE_CONTACT[call.way],
        "by_call": call.way is not SafeContact.MESSAGE,
        "language": "" if words.no_code(call.language) else words.language_name(call.language),
        "message": _("a message may be left") if call.voicemail else _("leave no message"),
        "called_name": call.called_name,
        "phone": call.phone,
        "hours": call.hours,
        "name_to_say": call.name_to_say,
        **_attached(call.attached),
    }


def _attached(attached: Attached | None) -> dict[str, Any]:
    """The case that a contact is attached to, and the way to it for whom it exists."""
    if attached is None:
        return {"attached": False}
    href = page.case_address(attached.case) if attached.case else ""
    return {"attached": True, "code": attached.code, "case": href}


def _waited(since: dt.datetime, at: dt.datetime) -> str:
    """How long it has waited, without anybody's name: the time is seen, nobody is blamed."""
    minutes = int((at - since).total_seconds() // 60)
    if minutes < 60:
        return _("has waited %(minutes)s min") % {"minutes": minutes}
    hours = minutes // 60
    if hours < 48:
        return _("has waited %(hours)s h") % {"hours": hours}
    return _("has waited %(days)s days") % {"days": hours // 24}


def _arrival(arrival: Expected, at: dt.datetime, pack: Pack) -> dict[str, Any]:
    answers = arrival.answers
    facts = [
        "" if words.no_code(answers.language) else words.language_name(answers.language),
        _("interpreter") if answers.interpreter else "",
        *(str(word) for want, word in words.WANT.items() if want in answers.wants),
    ]
    return {
        "id": arrival.ref.id,
        "contact": arrival.contact.id,
        "agreed": moments.hour(arrival.agreed_at, pack.zone),
        "due": moments.hour(arrival.due, pack.zone) if arrival.due else "",
        "door": words.DOOR[arrival.door] if arrival.door else "",
        "called_name": arrival.called_name,
        "facts": ", ".join(fact for fact in facts if fact),
        "told": [page.told_line(told, at, pack) for told in arrival.told],
        **_attached(arrival.attached),
    }


def _line(pack: Pack, reader: str, at: dt.datetime) -> dict[str, str]:
    line = pack.line_at(at)
    return {"name": words.said_in(pack, reader).get(f"lines.{line.code}.name", line.code), "phone": line.phone}
