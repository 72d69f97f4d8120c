"""What is done in a case by hand: entries, tasks, visits, the team, closing. Each is a small form, and then the case.

A step that is refused says why beside its fields, with everything typed kept; one behind a wall is forbidden.
"""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from poukama.cases import access, actions, forms
from poukama.cases.page import Here, in_case, show_case
from poukama.cases.rules import Refusal, Refused
from poukama.cases.walls import Section
from poukama.doors.held import policy_of
from poukama.gate.rules import Permission
from poukama.staff.access import who_holds

F = TypeVar("F", bound=forms.DoingForm)
_either = require_http_methods(["GET", "POST"])


def _step(request: HttpRequest, here: Here, form: F, title: Promise, act: Callable[[F], object]) -> HttpResponse:
    """Do what a form asks and show the case; or show the form, with why not."""
    if form.is_valid() and _does(form, act):
        return redirect("board:case", here.ref.id)
    known = {"form": form, "title": title, "reopens": isinstance(form, forms.ReopeningForm)}
    return show_case(request, here, "cases/doing.html", known, status=422 if form.is_bound else 200)


def _does(form: F, act: Callable[[F], object]) -> bool:
    try:
        act(form)
    except Refused as no:
        if no.refusal is Refusal.WALL:
            raise PermissionDenied from no
        form.refuse(no.refusal)
        return False
    return True


def _writes(here: Here) -> list[Section]:
    return [section for section in Section if here.writes(section)]


# ── The timeline and the tasks ───────────────────────────────────────────────────────────────────────────────


@in_case(Permission.CASE_WRITE)
@_either
def entry(request: HttpRequest, here: Here) -> HttpResponse:
    """Write a line into the timeline."""
    form = forms.EntryForm(request.POST or None, sections=_writes(here))
    return _step(
        request,
        here,
        form,
        _("Add an entry"),
        lambda form: actions.write(here.entered, wording=form.wording(), key=form.cleaned_data["key"], **here.now),
    )


@in_case(Permission.CASE_WRITE)
@_either
def correct(request: HttpRequest, here: Here, entry: UUID) -> HttpResponse:
    """Correct an entry by another, which stands below it."""
    corrected = access.entry(here.entered, entry)
    form = forms.CorrectionForm(request.POST or None, section=Section(corrected.section))
    return _step(
        request,
        here,
        form,
        _("Correct an entry"),
        lambda form: actions.write(
            here.entered, wording=form.wording(), key=form.cleaned_data["key"], corrects=corrected, **here.now
        ),
    )


@in_case(Permission.CASE_WRITE)
@_either
def task(request: HttpRequest, here: Here) -> HttpResponse:
    """Add something to be done."""
    form = forms.TaskForm(request.POST or None, sections=_writes(here))
    return _step(
        request,
        here,
        form,
        _("Add a task"),
        lambda form: actions.add_task(
            here.entered,
            doing=form.doing(here.entered.member, here.zone),
            key=form.cleaned_data["key"],
            **here.now,
        ),
    )


@in_case(Permission.CASE_WRITE)
@_either
def task_done(request: HttpRequest, here: Here, task: UUID) -> HttpResponse:
    """Say that a task is done."""
    row = access.task(here.entered, task)
    form = forms.DoneForm(request.POST or None)
    return _step(
        request, here, form, _("Task done"), lambda _form: actions.finish_task(here.entered, task=row, **here.now)
    )


# ── Visits ───────────────────────────────────────────────────────────────────────────────────────────────────


@in_case(Permission.CASE_WRITE)
@_either
def arrive(request: HttpRequest, here: Here) -> HttpResponse:
    """The client is here."""
    form = forms.ArrivalForm(request.POST or None, rooms=policy_of(here.case).pack.rooms)
    return _step(
        request,
        here,
        form,
        _("The client is here"),
        lambda form: actions.arrive(
            here.entered, room=form.cleaned_data["room"], key=form.cleaned_data["key"], **here.now
        ),
    )


@in_case(Permission.CASE_WRITE)
@_either
def present(request: HttpRequest, here: Here, visit: UUID) -> HttpResponse:
    """Somebody else is there."""
    row = access.visit(here.entered, visit)
    form = forms.PresenceForm(request.POST or None, seats=access.team(here.entered))
    return _step(
        request,
        here,
        form,
        _("Somebody is there"),
        lambda form: actions.be_there(
            here.entered, visit=row, there=form.there(), key=form.cleaned_data["key"], **here.now
        ),
    )


@in_case(Permission.CASE_WRITE)
@_either
def leave(request: HttpRequest, here: Here, visit: UUID) -> HttpResponse:
    """The client leaves."""
    row = access.visit(here.entered, visit)
    form = forms.LeavingForm(request.POST or None)
    return _step(
        request,
        here,
        form,
        _("The client leaves"),
        lambda form: actions.depart(here.entered, visit=row, leaving=form.leaving(), **here.now),
    )


# ── The team, and the end ────────────────────────────────────────────────────────────────────────────────────


@in_case(Permission.CASE_WRITE)
@_either
def join(request: HttpRequest, here: Here) -> HttpResponse:
    """Put oneself or a colleague on the team."""
    form = forms.SeatForm(request.POST or None, people=who_holds(Permission.CASE_WRITE, here.case, here.at))
    return _step(request, here, form, _("New on the team"), lambda form: _join(here, form))


def _join(here: Here, form: forms.SeatForm) -> None:
    member, role = form.chosen
    actions.join_team(here.entered, member=member, role=role, key=form.cleaned_data["key"], **here.now)


@in_case(Permission.CASE_WRITE)
@_either
def part(request: HttpRequest, here: Here, seat: UUID) -> HttpResponse:
    """Take somebody off the team, or leave it."""
    row = access.seat(here.entered, seat)
    form = forms.DoneForm(request.POST or None)
    return _step(
        request, here, form, _("Off the team"), lambda _form: actions.leave_team(here.entered, seat=row, **here.now)
    )


@in_case(Permission.CASE_CLOSE)
@_either
def close(request: HttpRequest, here: Here) -> HttpResponse:
    """Close the case, for a reason."""
    form = forms.ClosingForm(request.POST or None)
    return _step(
        request,
        here,
        form,
        _("Close the case"),
        lambda form: actions.close(here.entered, reason=form.chosen, words=form.cleaned_data["words"], **here.now),
    )


@in_case(Permission.CASE_CLOSE)
@_either
def reopen(request: HttpRequest, here: Here) -> HttpResponse:
    """Open a closed case again, for a reason."""
    form = forms.ReopeningForm(request.POST or None)
    return _step(
        request,
        here,
        form,
        _("Open the case again"),
        lambda form: actions.reopen(here.entered, reason=form.chosen, words=form.cleaned_data["words"], **here.now),
    )
