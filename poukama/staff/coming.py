"""The way in with a one-time code: type it, choose a password, and go on to set up a second step."""

import datetime as dt

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.module_loading import import_string

from poukama.core import clock
from poukama.gate.gates import open_to_all
from poukama.staff import access, actions
from poukama.staff.codes import hash_of
from poukama.staff.forms import CodeForm, PasswordForm
from poukama.staff.labels import LANGUAGES, REFUSALS
from poukama.staff.page import show
from poukama.staff.rules import Refused
from poukama.staff.views import to

# Where the session keeps the number of the way in between the two steps, and since when: whoever walks away in between
# leaves nothing open for long.
_WAY, _SINCE = "way_in", "way_in_since"
_BETWEEN = dt.timedelta(minutes=15)


@open_to_all
def come_in(request: HttpRequest) -> HttpResponse:
    """The first step: the code. A link has it after the # of its address, which no server is sent."""
    at = clock.now()
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            bearer = access.way_in_of(hash_of(form.code_typed()), at)
        except Refused as refused:
            form.add_error("code", str(REFUSALS[refused.reason]))
        else:
            request.session[_WAY], request.session[_SINCE] = bearer.way_in.pk, at.timestamp()
            return to("staff:choose-password")
    known = {"form": form, "member": None, "languages": LANGUAGES}
    return show(request, "staff/come_in.html", known, status=422 if form.errors else 200)


@open_to_all
def choose_password(request: HttpRequest) -> HttpResponse:
    """The second step: a password. Then the code is used, whoever else may have it, and the member is signed in."""
    at = clock.now()
    try:
        bearer = access.way_in_again(_begun(request, at), at)
    except Refused:
        return to("staff:come-in")
    member = bearer.way_in.member
    with translation.override(member.language):
        form = PasswordForm(request.POST or None, member=member)
        if request.method == "POST" and form.is_valid():
            # Slow by design, so it is done before anything is locked.
            hashed = make_password(form.cleaned_data["password"])
            try:
                used = actions.come_in(bearer.way_in, hashed=hashed, by=bearer.actor, at=at)
            except Refused as refused:
                form.add_error(None, str(REFUSALS[refused.reason]))
            else:
                del request.session[_WAY]
                del request.session[_SINCE]
                answer: HttpResponse = import_string(settings.BEGINS_SESSION)(request, used.member, at)
                return answer
        known = {"form": form, "member": None, "newcomer": member}
        return show(request, "staff/choose_password.html", known, status=422 if form.errors else 200)


def _begun(request: HttpRequest, at: dt.datetime) -> int:
    """The number of the way in whose code was typed here a little while ago; 0 is none's."""
    since = dt.datetime.fromtimestamp(request.session.get(_SINCE, 0), dt.UTC)
    number: int = request.session.get(_WAY, 0) if at - since < _BETWEEN else 0
    return number
