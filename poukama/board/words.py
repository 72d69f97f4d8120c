"""What the board and the case page say, in the language of whoever reads the page."""

import datetime as dt
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from poukama.board.rules import Step, Why
from poukama.staff import moments

STEP: Mapping[Step, Promise] = {
    Step.CONTACT: pgettext_lazy("step", "Contact"),
    Step.ARRIVED: pgettext_lazy("step", "Arrived"),
    Step.EXAMINATION: pgettext_lazy("step", "Examination"),
    Step.CARE: pgettext_lazy("step", "Care"),
    Step.SAFETY: pgettext_lazy("step", "Safe tonight"),
    Step.PLAN: pgettext_lazy("step", "Plan"),
    Step.SUPPORT: pgettext_lazy("step", "Support"),
    Step.FOLLOW_UP: pgettext_lazy("step", "Follow-up"),
}
# The rules of what stands first, as the board says them.
RULE: Mapping[Why, Promise] = {
    Why.GAP: pgettext_lazy("rule", "a gap within 7 days"),
    Why.LATE: pgettext_lazy("rule", "a task past its day"),
    Why.CAME_AT_NIGHT: pgettext_lazy("rule", "came at night, something open"),
    Why.REVIEW: pgettext_lazy("rule", "an emergency opening not looked at"),
}


def room_words(room: str) -> str:
    """A room, by what is written on its door."""
    return _("room %(room)s") % {"room": room} if room else ""


def due_words(due: dt.datetime, at: dt.datetime, zone: ZoneInfo) -> str:
    """By when: a day, where it is until a day is over, else a time."""
    wall = due.astimezone(zone)
    if (wall.hour, wall.minute) == (0, 0):
        return moments.day(due - dt.timedelta(minutes=1), zone)
    return moments.nearby(due, at, zone)


def waited_words(since: dt.datetime, at: dt.datetime, zone: ZoneInfo) -> str:
    """How long something has waited, in days of the calendar: the time is seen, nobody is blamed."""
    days = (at.astimezone(zone).date() - since.astimezone(zone).date()).days
    if days <= 0:
        return pgettext("waiting since", "today")
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}
