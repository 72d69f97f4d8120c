"""What other rooms tell the lock: whether a member has a contact open, and who is on call."""

import datetime as dt

from django.http import HttpRequest

from poukama.gate.gates import actor_of
from poukama.gate.rules import Permission
from poukama.helpline import access as helpline
from poukama.roster import access as roster
from poukama.roster.rules import Cover


def in_call(request: HttpRequest, at: dt.datetime) -> bool:
    """Whether this member holds the pen of a contact that is in progress: then the session locks later."""
    return helpline.writing(actor_of(request), getattr(request, "centres", ()))


def on_call(request: HttpRequest, at: dt.datetime) -> tuple[Cover, ...]:
    """Who is on call now at the centre of this session, first in line first."""
    centre = getattr(request, "centre", None)
    by = actor_of(request)
    if centre is None or not by.may(Permission.SHIFT_READ, centre=centre.pk):
        return ()
    return roster.covering(centre, by=by, at=at)
