"""Who makes a request on the staff side."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from poukama.core import clock
from poukama.core.vault import Unreadable
from poukama.gate.rules import NOBODY
from poukama.staff.access import standing
from poukama.staff.page import show

Handler = Callable[[HttpRequest], HttpResponse]
CENTRE = "centre"


def who_acts(get_response: Handler) -> Handler:
    """Set `member`, `actor`, `centres` and `centre` of a request, and speak the member's language.

    Asked of the database at each request: what was taken away a second ago is gone.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        member = request.user if request.user.is_authenticated else None
        now: Any = request
        if member is None:
            now.member, now.actor, now.centres, now.centre, now.roles = None, NOBODY, (), None, frozenset()
            return get_response(request)
        found = standing(member, clock.now())
        now.member, now.actor, now.centres, now.roles = member, found.actor, found.centres, found.roles
        chosen = [centre for centre in found.centres if centre.code == request.session.get(CENTRE)]
        now.centre = next(iter((*chosen, *found.centres)), None)
        with translation.override(member.language):
            return get_response(request)

    return middleware


class Destroyed:
    """Says of whatever cannot be opened any more that it is gone, on every page and in one place."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """A page in place of what a view could not read."""
        return show(request, "staff/destroyed.html", status=410) if isinstance(fault, Unreadable) else None
