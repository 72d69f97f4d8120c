"""The board of today and the page of one case: they read many rooms, and write nothing."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from poukama.board import case as one_case
from poukama.board import today as this_day
from poukama.cases import forms
from poukama.cases.page import TABS, Here, in_case, show_case
from poukama.cases.walls import Section
from poukama.core import clock
from poukama.doors.held import policy_of
from poukama.gate.gates import actor_of, needs
from poukama.gate.rules import Permission
from poukama.staff.page import show


@in_case(Permission.CASE_READ, whole=True)
@require_GET
def case(request: HttpRequest, here: Here) -> HttpResponse:
    """One case: what was told first, so that nothing is asked twice."""
    writes = [section for section in Section if here.writes(section)]
    known = {
        **one_case.context(here.page, here, policy_of(here.case), _pages(here)),
        "entry_form": forms.EntryForm(sections=writes, auto_id="entry_%s"),
        "task_form": forms.TaskForm(sections=writes, auto_id="task_%s"),
        "may_close": here.by.may(Permission.CASE_CLOSE, centre=here.case.centre_id),
    }
    return show_case(request, here, "board/case.html", known)


def _pages(here: Here) -> dict[str, str]:
    return {tab.name: reverse(tab.name, args=[here.ref.id]) for tab in TABS if here.entered.reach[tab.section]}


@needs(Permission.CASE_READ)
@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """Who needs what today, by code."""
    return show(request, "board/today.html", _seen(request))


@needs(Permission.CASE_READ)
@require_GET
def wall(request: HttpRequest) -> HttpResponse:
    """The same for a screen on a wall: codes and counts."""
    return show(request, "board/wall.html", _seen(request))


def _seen(request: HttpRequest) -> dict[str, Any]:
    now: Any = request
    return this_day.context(this_day.look(now.centre, by=actor_of(request), at=clock.now()))
