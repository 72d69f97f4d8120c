"""What other rooms tell the lock: whether a member has a contact open, and who is on call."""

import datetime as dt

from django.http import HttpRequest

from poukama.staff.models import Member


def in_call(member: Member, at: dt.datetime) -> bool:
    """Whether a member holds the pen of a contact that is in progress: then the session locks later."""
    return False


def on_call(request: HttpRequest, at: dt.datetime) -> tuple[object, ...]:
    """Who is on call now at the centre of this session, first in line first: duty, name, phone, until."""
    return ()
