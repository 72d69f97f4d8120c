"""Before every view of the staff side: is this session one that may see it, and may it still?"""

import json
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from poukama.core import clock
from poukama.gate.gates import OPEN, View
from poukama.signin import session, trouble
from poukama.signin.calls import in_call
from poukama.signin.language import language_of
from poukama.signin.rules import Verdict, judge, newer

Handler = Callable[[HttpRequest], HttpResponse]
_REACH = "reached_while"
# A page that asks by itself says so: a poll, or a script that only wants to know.
QUIET = "X-Quiet"


def reached_while(*verdicts: Verdict) -> Callable[[View], View]:
    """Say of a view that it is reached in sessions that reach no other: a locked one, or one with a step missing."""

    def wrap(view: View) -> View:
        vars(view)[_REACH] = frozenset(verdicts)
        return view

    return wrap


class Sessions(SessionMiddleware):
    """Django's, which takes a browser's cookie away only in answer to whoever ended the session.

    A request that was on its way when one member went and another came in carries the session that is over: its answer
    may come last, and would take the cookie of the one who is in.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """As Django does; where nobody was found in the session, and nobody ended it here, nothing."""
        if request.session.is_empty() and not request.session.modified:
            patch_vary_headers(response, ("Cookie",))
            return response
        return super().process_response(request, response)


class Guard:
    """Lets a session through to what it may reach, and writes down that it was used.

    Whoever is not known yet reads the language that the browser asks for.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if trouble.comes_from_elsewhere(request):
            # Our cookies do not come along with a link from elsewhere. The page asks for itself, and then they do.
            return trouble.once_more(request)
        if request.user.is_authenticated:
            return self.get_response(request)
        with translation.override(language_of(request)):
            return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Answer in place of a view that this session does not reach."""
        if getattr(view, "gate", None) == OPEN:
            return None
        at = clock.now()
        member = session.member_of(request)
        stay = session.stay_of(request)
        verdict = judge(stay, settings.STAY, at=at, in_call=lambda: member is not None and in_call(request, at))
        if stay is None or (verdict is not Verdict.PASS and verdict not in getattr(view, _REACH, ())):
            if verdict is Verdict.STRANGER and member:
                session.end(request)
            return trouble.stopped(request, verdict)
        if verdict is Verdict.PASS and newer(stay, at) and _is_activity(request):
            session.note(request, stay, at)
        return None


def _is_activity(request: HttpRequest) -> bool:
    """Whether a person did this: not a page that asks by itself, nor a save in which nothing has changed."""
    if request.headers.get(QUIET) or request.headers.get("Sec-Purpose"):
        return False
    if request.content_type != "application/json":
        return True
    try:
        sent = json.loads(request.body)
    except ValueError:
        return False
    return bool(isinstance(sent, dict) and sent.get("fields"))
