"""A page of the staff side: what every one of them is given."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from poukama.centres.access import practice
from poukama.gate.gates import actor_of
from poukama.gate.rules import Permission

Known = Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the staff side in the rail: its page's name, its icon, its word, and who sees it."""

    name: str
    icon: str
    word: Promise | str
    permission: Permission


# Top to bottom. A place stands here when its room is built.
PLACES: tuple[Place, ...] = (
    Place("board:today", "calendar-check", _("Today"), Permission.CASE_READ),
    Place("helpline:desk", "phone", _("Telephone"), Permission.CONTACT_READ),
    Place("cases:list", "folder", _("Cases"), Permission.CASE_READ),
    Place("roster:week", "calendar-days", _("On call"), Permission.SHIFT_READ),
    Place("premises:rooms", "door-open", _("Rooms"), Permission.PREMISES_READ),
    Place("staff:members", "users", _("Staff"), Permission.MEMBERS_READ),
    Place("protocols:list", "clipboard-check", _("Protocols"), Permission.PROTOCOL_READ),
    Place("cases:glasses", "shield-check", _("Reviews"), Permission.CASE_REVIEW),
    Place("cases:trail", "eye", _("Trail"), Permission.TRAIL_READ),
)


def show(
    request: HttpRequest, template: str, known: Mapping[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """Render a page of the staff side with what every page knows: who is here, at which centre, what is in the rail.

    A page whose address is not below that of its place says which it is, as `place`.
    """
    member = getattr(request, "member", None)
    centre = getattr(request, "centre", None)
    shown = {
        "practice": practice(),
        "member": member,
        "centre": centre,
        "centres": getattr(request, "centres", ()),
        "country": centre.country if centre else "FI",
        "language": get_language(),
        "rail": _rail(request, (known or {}).get("place")),
        "here": request.path,
        **(known or {}),
    }
    return render(request, template, shown, status=status)


def _rail(request: HttpRequest, own: str | None) -> list[dict[str, Any]]:
    actor = actor_of(request)
    found = []
    for place in PLACES:
        if actor.may_somewhere(place.permission):
            href = reverse(place.name)
            here = place.name == own or request.path.startswith(href)
            found.append({"href": href, "icon": place.icon, "word": place.word, "here": here})
    return found
