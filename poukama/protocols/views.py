"""S33: what the centre has decided of time, sampling and keeping, and the doctor who answers for it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from poukama.core import clock
from poukama.gate.gates import actor_of, needs
from poukama.gate.rules import Permission
from poukama.protocols import access, actions, shown
from poukama.protocols.approvals import Kind, Refusal, Refused
from poukama.protocols.drawn import note_of
from poukama.protocols.forms import ApproveForm, EventForm, TakeBackForm
from poukama.staff.page import show
from poukama.staff.views import centre_of, to

_PLACE = "protocols:list"


@needs(Permission.PROTOCOL_READ)
@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """Every window, the sampling protocol and the rule, each with its state; and the clocks of a test case."""
    centre, at = centre_of(request), clock.now()
    found = access.decided(centre, by=actor_of(request), at=at)
    form = EventForm(request.GET if "tunteja" in request.GET else None)
    hours = form.hours()
    known = {
        **shown.listed(found, hours, at, centre.zone),
        "clocks_note": note_of(found.windows, at, centre.zone),
        "form": form,
    }
    return show(request, "protocols/list.html", known, status=422 if form.errors else 200)


@needs(Permission.PROTOCOL_READ)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """One of them whole, to read; a doctor approves it, or takes the approval back."""
    centre, at, by = centre_of(request), clock.now(), actor_of(request)
    if kind not in set(Kind):
        raise Http404
    seen = access.thing(centre, Kind(kind), code, by=by, at=at)
    takes_back = request.POST.get("do") == "take_back"
    start = {"version": seen.version, "valid_from": at.astimezone(centre.zone).date()}
    approving = ApproveForm(None if takes_back else request.POST or None, initial=start, auto_id="approve_%s")
    taking_back = TakeBackForm(request.POST if takes_back else None, initial=start, auto_id="back_%s")
    form: ApproveForm | TakeBackForm = taking_back if takes_back else approving
    if request.method == "POST" and form.is_valid() and _done(centre, seen, form, {"by": by, "at": at}):
        return to("protocols:one", kind, code)
    known = {
        **shown.one(seen, at, centre.zone),
        "approving": approving,
        "taking_back": taking_back,
        "may": by.may(Permission.PROTOCOL_APPROVE, centre=centre.pk),
        "place": _PLACE,
        "address": reverse("protocols:one", args=[kind, code]),
    }
    return show(request, "protocols/one.html", known, status=422 if form.errors else 200)


def _done(centre: Any, seen: access.Seen, form: ApproveForm | TakeBackForm, now: dict[str, Any]) -> bool:
    """Whether it was done; if not, the form says why."""
    key = form.cleaned_data["key"]
    try:
        if form.cleaned_data["version"] != seen.version:
            raise Refused(Refusal.CHANGED)
        if isinstance(form, ApproveForm):
            actions.approve(centre, thing=seen.thing, valid_from=form.since(), key=key, **now)
        else:
            actions.take_back(centre, thing=seen.thing, key=key, **now)
    except Refused as refused:
        form.refuse(refused)
        return False
    return True
