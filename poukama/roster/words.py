"""Duties, times, and what speaks against a plan, in words."""

import datetime as dt
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _

from poukama.roster.access import Outcome
from poukama.roster.rules import Cover, Duty, Gap, Problem, Refused, Span, Verb

DUTIES: dict[Duty, Promise] = {
    Duty.MIDWIFE: _("Midwife"),
    Duty.DOCTOR: _("Doctor"),
    Duty.SOCIAL_WORKER: _("Social worker"),
    Duty.PSYCHOLOGIST: _("Psychologist"),
    Duty.CHAPLAIN: _("Chaplain"),
}
_DATES = {"fi": "EEE d.M.", "sv": "EEE d.M"}
_WITH_YEAR = {"fi": "EEE d.M.y", "sv": "EEE d.M.y"}
_DAYS = {"fi": "EEE d", "sv": "EEE d"}
_HOUR = dt.timedelta(hours=1)


def day_words(moment: dt.datetime, zone: ZoneInfo) -> str:
    """A weekday with its date, as `su 29.11.`."""
    language = get_language() or "en"
    return _said(moment, zone, _DATES.get(language, "EEE d MMM"))


def short_day(moment: dt.datetime, zone: ZoneInfo) -> str:
    """A weekday with its day of the month, as `su 29`."""
    language = get_language() or "en"
    return _said(moment, zone, _DAYS.get(language, "EEE d"))


def _said(moment: dt.datetime, zone: ZoneInfo, pattern: str) -> str:
    return format_datetime(moment, pattern, tzinfo=zone, locale=get_language() or "en")


def clock_words(moment: dt.datetime, zone: ZoneInfo, *, ends: bool = False, wide: bool = False) -> str:
    """An hour as `8` or `22.30`; midnight is 24 where it ends something. In English always with minutes.

    `wide` writes 8 as 08, for a column, and leaves out the minutes of a full hour in English too.
    """
    wall = moment.astimezone(zone)
    hour = 24 if ends and (wall.hour, wall.minute) == (0, 0) else wall.hour
    dot = ":" if get_language() == "en" else "."
    if wall.minute or (dot == ":" and not wide):
        return f"{hour:02}{dot}{wall.minute:02}" if wide or dot == ":" else f"{hour}{dot}{wall.minute:02}"
    return f"{hour:02}" if wide else f"{hour}"


def moment_words(moment: dt.datetime, zone: ZoneInfo) -> str:
    """A day and an hour, as `su 29.11. klo 22`."""
    return _on_day(day_words(moment, zone), clock_words(moment, zone))


def span_words(span: Span | Gap, zone: ZoneInfo) -> str:
    """From when to when, as `su 29.11. klo 22–24`, or with two days."""
    begins, last = span.begins, _just_before(span.ends)
    until = clock_words(span.ends, zone, ends=True)
    whole_days = clock_words(begins, zone, ends=True).startswith("24") and until.startswith("24")
    first_day, last_day = day_words(begins, zone), day_words(last, zone)
    if whole_days:
        return first_day if first_day == last_day else f"{first_day} – {last_day}"
    if first_day == last_day:
        return _on_day(first_day, f"{clock_words(begins, zone)}–{until}")
    return f"{moment_words(begins, zone)} – {_on_day(last_day, until)}"


def _just_before(moment: dt.datetime) -> dt.datetime:
    return moment - dt.timedelta(microseconds=1)


def _on_day(day: str, clock: str) -> str:
    return pgettext("a day and a time of it", "%(day)s %(clock)s") % {"day": day, "clock": clock}


def hours_words(length: dt.timedelta) -> str:
    """How many hours, with at most one decimal."""
    text = f"{length / _HOUR:.1f}".removesuffix(".0")
    return text if get_language() == "en" else text.replace(".", ",")


def gap_words(gap: Gap, zone: ZoneInfo) -> str:
    """Which duty, and when."""
    return f"{DUTIES[gap.duty]} {span_words(gap, zone)}"


def dates_words(first: dt.datetime, last: dt.datetime, zone: ZoneInfo) -> str:
    """From one day to another, with the year."""
    return f"{day_words(first, zone)} – {_said(last, zone, _WITH_YEAR.get(get_language() or 'en', 'EEE d MMM y'))}"


def until_words(cover: Cover, zone: ZoneInfo, at: dt.datetime) -> str:
    """Until when somebody is on call; with the day where it is another."""
    ends = cover.until
    if day_words(_just_before(ends), zone) == day_words(at, zone):
        return gettext("until %(clock)s") % {"clock": clock_words(ends, zone, ends=True)}
    return gettext("until %(moment)s") % {"moment": moment_words(ends, zone)}


def problem_words(refusal: Refused, zone: ZoneInfo) -> str:
    """What speaks against a plan, and what to do."""
    when = span_words(refusal.span, zone) if refusal.span else ""
    return str(_PROBLEMS[refusal.problem]) % {"name": refusal.name, "when": when}


_PROBLEMS: dict[Problem, Promise] = {
    Problem.UNREAD: _("Choose or write this: it is missing, or cannot be read."),
    Problem.ENDS_FIRST: _("The end must come after the beginning."),
    Problem.TOO_LONG: _("This is longer than eight days. Look at the dates again."),
    Problem.OVERLAPS: _("%(name)s is on this duty already: %(when)s. Choose another time, or change that shift."),
    Problem.ABSENT: _("%(name)s is away: %(when)s. Choose somebody else, or end the absence first."),
    Problem.NO_POST: _("%(name)s has no post for this duty for the whole of this time. Choose somebody else."),
    Problem.NOT_INSIDE: _("The shift can be split only at a time inside it: %(when)s."),
    Problem.AWAY_ALREADY: _("%(name)s is marked as away already: %(when)s."),
    Problem.CHANGED_MEANWHILE: _(
        "Somebody else changed this meanwhile. Here is how it stands now; nothing of yours was saved."
    ),
    Problem.NOTHING_TO_COPY: _("There was nothing to copy: that week has no shifts, or none of them fits here."),
}


_DONE: dict[Verb, Promise] = {
    Verb.ADDED: _("The shift is in the roster."),
    Verb.TAKEN: _("The shift is yours."),
    Verb.CHANGED: _("The shift was changed."),
    Verb.SPLIT: _("The shift is now two."),
    Verb.REMOVED: _("The shift was removed. Its time is free."),
    Verb.AWAY: _("The absence is written down."),
    Verb.BACK: _("The absence has ended. Shifts do not come back by themselves: put them on again."),
}


def outcome_words(outcome: Outcome) -> str:
    """What a change has done."""
    if outcome.verb is Verb.COPIED:
        return _copied(outcome)
    said = str(_DONE[outcome.verb])
    if outcome.verb is not Verb.AWAY or not outcome.took_away:
        return said
    freed = ngettext("%(n)s shift was freed.", "%(n)s shifts were freed.", outcome.took_away)
    return f"{said} {freed % {'n': outcome.took_away}}"


def _copied(outcome: Outcome) -> str:
    made = ngettext("%(n)s shift was copied.", "%(n)s shifts were copied.", outcome.made) % {"n": outcome.made}
    if not outcome.left_out:
        return made
    left = ngettext("%(n)s did not fit and was left out.", "%(n)s did not fit and were left out.", outcome.left_out)
    return f"{made} {left % {'n': outcome.left_out}}"
