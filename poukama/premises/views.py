"""Pages of rooms and people: how clean a room is, what is used, what somebody has shown, what went wrong."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from poukama.core import clock
from poukama.doors.held import policy_of
from poukama.gate.gates import actor_of, needs
from poukama.gate.rules import Permission
from poukama.premises import access, actions, shown
from poukama.premises.forms import LotForm, MishapForm, RoomForm, SkillForm, StepForm
from poukama.premises.rules import Refused
from poukama.staff.page import show
from poukama.staff.views import centre_of, to

_TABS = (
    ("premises:rooms", pgettext_lazy("tab", "Rooms")),
    ("premises:lots", pgettext_lazy("tab", "Lots in use")),
    ("premises:skills", pgettext_lazy("tab", "Skills")),
    ("premises:mishaps", pgettext_lazy("tab", "Mishaps")),
)


def _show(request: HttpRequest, template: str, form: Any, known: dict[str, Any]) -> HttpResponse:
    centre = centre_of(request)
    hrefs = {reverse(name): word for name, word in _TABS}
    here = max((href for href in hrefs if request.path.startswith(href)), key=len)
    tabs = [{"href": href, "word": word, "here": href == here} for href, word in hrefs.items()]
    may = actor_of(request).may(Permission.PREMISES_WRITE, centre=centre.pk)
    shared = {"tabs": tabs, "may": may, "form": form, "place": "premises:rooms", "centre": centre}
    return show(request, template, shared | known, status=422 if form is not None and form.errors else 200)


def _now(request: HttpRequest) -> dict[str, Any]:
    return {"by": actor_of(request), "at": clock.now()}


def _done(form: Any, act: Callable[[], object]) -> bool:
    """Whether a form that can be read did what it asks; if not, it says why."""
    if not form.is_valid():
        return False
    try:
        act()
    except Refused as refused:
        form.refuse(refused)
        return False
    return True


@needs(Permission.PREMISES_READ)
@require_http_methods(["GET", "HEAD", "POST"])
def rooms(request: HttpRequest) -> HttpResponse:
    """The rooms as they are, their log, and a line more."""
    centre, now = centre_of(request), _now(request)
    form = RoomForm(request.POST or None, rooms=policy_of(centre).pack.rooms)

    def write() -> object:
        return actions.write_room(centre, line=form.line(now["at"]), key=form.cleaned_data["key"], **now)

    if request.method == "POST" and _done(form, write):
        return to("premises:rooms")
    found = access.rooms(centre, **now)
    return _show(request, "premises/rooms.html", form, shown.rooms(found, centre.zone))


@needs(Permission.PREMISES_READ)
@require_http_methods(["GET", "HEAD", "POST"])
def lots(request: HttpRequest) -> HttpResponse:
    """The lots in use, and one more."""
    centre, now = centre_of(request), _now(request)
    form = LotForm(request.POST or None)

    def begin() -> object:
        return actions.begin_lot(centre, lot=form.lot(now["at"]), key=form.cleaned_data["key"], **now)

    if request.method == "POST" and _done(form, begin):
        return to("premises:lots")
    found = access.lots(centre, **now)
    return _show(request, "premises/lots.html", form, {"lots": shown.lots(found, now["at"], centre.zone)})


@needs(Permission.PREMISES_WRITE)
@require_POST
def end_lot(request: HttpRequest, lot: UUID) -> HttpResponse:
    """A lot is used no more."""
    centre, now = centre_of(request), _now(request)
    actions.end_lot(access.lot(centre, lot, by=now["by"]), **now)
    return to("premises:lots")


@needs(Permission.PREMISES_READ)
@require_http_methods(["GET", "HEAD", "POST"])
def skills(request: HttpRequest) -> HttpResponse:
    """What those who work here have shown; whoever keeps it writes it."""
    centre, now = centre_of(request), _now(request)
    keeps = now["by"].may(Permission.SKILL_KEEP, centre=centre.pk)
    found = access.skills(centre, **now)
    today = now["at"].astimezone(centre.zone).date()
    form = SkillForm(request.POST or None, people=found, initial={"day": today})

    def write() -> object:
        shows = form.shown()
        return actions.write_skill(centre, member=form.person.member, shown=shows, key=form.cleaned_data["key"], **now)

    if request.method == "POST" and _done(form, write):
        return to("premises:skills")
    known = {"people": shown.people(found, today), "heads": shown.skill_heads(), "keeps": keeps}
    return _show(request, "premises/skills.html", form, known)


@needs(Permission.PREMISES_READ)
@require_http_methods(["GET", "HEAD", "POST"])
def mishaps(request: HttpRequest) -> HttpResponse:
    """What went wrong, and one more."""
    centre, now = centre_of(request), _now(request)
    form = MishapForm(request.POST or None, rooms=policy_of(centre).pack.rooms)

    def write() -> object:
        known = form.cleaned_data
        asked = {"kind": form.kind_typed(), "room": known["room"], "words": known["words"], "key": known["key"]}
        return actions.write_mishap(centre, **asked, **now)

    if request.method == "POST" and _done(form, write):
        return to("premises:mishaps")
    found = access.mishaps(centre, **now)
    return _show(request, "premises/mishaps.html", form, {"mishaps": shown.mishaps(found, centre.zone)})


@needs(Permission.PREMISES_READ)
@require_http_methods(["GET", "HEAD", "POST"])
def mishap(request: HttpRequest, mishap: UUID) -> HttpResponse:
    """One mishap whole, and what was done about it."""
    centre, now = centre_of(request), _now(request)
    row, seen = access.mishap(centre, mishap, **now)
    form = StepForm(request.POST or None)

    def add() -> object:
        known = form.cleaned_data
        asked = {"words": known["words"], "closes": known["closes"], "key": known["key"]}
        return actions.add_to_mishap(row, **asked, **now)

    if request.method == "POST" and _done(form, add):
        return to("premises:mishap", str(mishap))
    return _show(request, "premises/mishap.html", form, {"seen": shown.mishap(seen, centre.zone)})
