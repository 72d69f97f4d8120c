"""Pages for those who look after a centre's cases without opening them: broken glasses to review, the walls to sign."""

import datetime as dt
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from poukama.cases import access, actions, looked
from poukama.cases.need import Alert
from poukama.cases.review_forms import ReviewForm
from poukama.cases.rules import Refused
from poukama.cases.shown import GlassShown
from poukama.cases.walls import KEEPS, REGISTERS, Reach, Register, Section, printed
from poukama.cases.words import ALERT, GLASS_REASON, REFUSAL, REGISTER, SECTION
from poukama.core import clock
from poukama.gate.gates import actor_of, needs
from poukama.gate.rules import Permission
from poukama.roster.access import is_on
from poukama.staff import moments
from poukama.staff.labels import ROLES
from poukama.staff.page import show
from poukama.staff.rules import Role, key_of


def centre_for(request: HttpRequest, permission: Permission) -> Any:
    """The centre that a page is about: the chosen one if this may be done there, else the first where it may."""
    now: Any = request
    for centre in (now.centre, *now.centres):
        if centre and now.actor.may(permission, centre=centre.pk):
            return centre
    raise PermissionDenied


# ── Broken glasses ───────────────────────────────────────────────────────────────────────────────────────────


@needs(Permission.CASE_REVIEW)
@require_GET
def glasses(request: HttpRequest) -> HttpResponse:
    """The emergency openings that nobody else has looked at, the one that is due first on top."""
    return _glasses(request)


@needs(Permission.CASE_REVIEW)
@require_POST
def review(request: HttpRequest, glass: UUID) -> HttpResponse:
    """Say what the review of one came to."""
    centre, by, at = centre_for(request, Permission.CASE_REVIEW), actor_of(request), clock.now()
    row, form = access.glass(centre, glass, by=by), ReviewForm(request.POST, auto_id=f"{glass.hex}_%s")
    if form.is_valid():
        try:
            actions.review(row, verdict=form.chosen, words=form.cleaned_data["words"], by=by, at=at)
            return redirect("cases:glasses")
        except Refused as refused:
            form.add_error(None, str(REFUSAL[refused.refusal]))
    return _glasses(request, glass, form)


def _glasses(request: HttpRequest, glass: UUID | None = None, form: ReviewForm | None = None) -> HttpResponse:
    centre, by, at = centre_for(request, Permission.CASE_REVIEW), actor_of(request), clock.now()
    queue = access.review_queue(centre, by=by, at=at)
    on_duty = is_on(centre, by=by, at=at)
    codes = looked.codes_of(centre, [each.case for each in queue], by=by, at=at, on_duty=on_duty)
    zone = ZoneInfo(centre.time_zone)
    lines = []
    for each in queue:
        own = key_of(each.member) == by.key
        fresh = ReviewForm(auto_id=f"{each.id.hex}_%s")
        shown = form if each.id == glass and form is not None and not own else fresh
        lines.append({**_line(each, zone), "late": each.review_by <= at, "own": own, "form": shown})
        lines[-1]["code"] = codes.get(each.case, "")
    known = {"lines": lines, "wrong": form, "centre": centre}
    return show(request, "cases/glasses.html", known, status=422 if form else 200)


def _line(glass: GlassShown, zone: ZoneInfo) -> dict[str, Any]:
    """A broken glass on the page of those to be reviewed."""
    marked = {Alert.SAME_SURNAME: glass.same_surname, Alert.COLLEAGUE: glass.colleague}
    return {
        "id": glass.id,
        "case": glass.case,
        "name": glass.name,
        "reason": GLASS_REASON[glass.reason],
        "words": glass.words,
        "at": moments.day_and_hour(glass.broken_at, zone),
        "due": moments.day(glass.review_by - dt.timedelta(microseconds=1), zone),
        "alerts": [ALERT[alert] for alert, is_so in marked.items() if is_so],
    }


# ── The walls ────────────────────────────────────────────────────────────────────────────────────────────────


@needs(Permission.RIGHTS_READ)
@require_GET
def walls(request: HttpRequest) -> HttpResponse:
    """The table of walls as a page to print and sign."""
    sections = [{"word": SECTION[section], "register": REGISTER[REGISTERS[section]]} for section in Section]
    rows = [
        {
            "role": ROLES[role],
            "cells": [_cell(role, section, reach) for section, reach in zip(Section, row, strict=True)],
        }
        for role, row in printed()
    ]
    return show(request, "cases/walls.html", {"sections": sections, "rows": rows, "at": clock.now()})


def _cell(role: Role, section: Section, reach: Reach) -> dict[str, Any]:
    """A cell; `crossing` is whether it holds only while the registers may read each other."""
    words = {
        Reach.NOTHING: "–",
        Reach.KNOWS: pgettext("reach in a table", "knows"),
        Reach.READS: pgettext("reach in a table", "reads"),
        Reach.WRITES: pgettext("reach in a table", "writes"),
    }
    across = REGISTERS[section] not in (Register.COMMON, KEEPS.get(role))
    return {"word": words[reach], "reach": reach.name.lower(), "crossing": across and reach > Reach.KNOWS}
