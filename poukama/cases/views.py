"""Finding a case, who is let into it, and the way in for whoever is not."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from poukama.cases import access, actions, listed
from poukama.cases.forms import GlassForm, SearchForm, SeatForm
from poukama.cases.page import Here, in_case, show_case
from poukama.cases.rules import Refused
from poukama.cases.walls import Section
from poukama.cases.words import GLASS_REASON
from poukama.core import clock
from poukama.gate.gates import actor_of, needs
from poukama.gate.rules import Permission
from poukama.roster.access import is_on
from poukama.staff import moments
from poukama.staff.access import who_holds
from poukama.staff.labels import ROLES
from poukama.staff.page import show


@needs(Permission.CASE_READ)
@require_GET
def case_list(request: HttpRequest) -> HttpResponse:
    """A centre's cases, a page at a time: codes, and the names of those whose cases are open to whoever asks."""
    now: Any = request
    by, at, centre = actor_of(request), clock.now(), now.centre
    listing, after = listed.asked_for(request.GET.get("lista", "")), listed.of_stamp(request.GET.get("jatko", ""))
    on_duty = is_on(centre, by=by, at=at)
    page = access.case_list(centre, by=by, at=at, listing=listing, after=after, on_duty=on_duty)
    known = {"form": SearchForm(), **listed.context(page, listing, centre.zone, at)}
    return show(request, "cases/list.html", known)


@needs(Permission.CASE_READ)
@require_http_methods(["GET", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """The cases that were looked for. Read again, as after a new sign-in, it is the list: nothing was kept."""
    if request.method == "GET":
        return redirect("cases:list")
    now: Any = request
    by, at, centre = actor_of(request), clock.now(), now.centre
    form = SearchForm(request.POST)
    if not form.is_valid():
        return show(request, "cases/list.html", {"form": form, "lists": listed.lists(None)}, status=422)
    page = access.search(centre, form.cleaned_data["text"], by=by, at=at, on_duty=is_on(centre, by=by, at=at))
    known = {"form": form, "searched": True, "too_many": page.more, **listed.context(page, None, centre.zone, at)}
    return show(request, "cases/list.html", known)


@needs(Permission.CASE_BREAK_GLASS)
@require_http_methods(["GET", "POST"])
def glass(request: HttpRequest, record: UUID) -> HttpResponse:
    """A case that is not open to whoever asks: a reason opens it for an hour."""
    now: Any = request
    by, at = actor_of(request), clock.now()
    ref = access.find(record, now.centres, by=by)
    form = GlassForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        known = form.cleaned_data
        actions.break_glass(ref, reason=form.chosen, words=known["words"], key=known["key"], by=by, at=at)
        return redirect("board:case", record)
    may_seat = by.may(Permission.CASE_TEAM, centre=ref.centre_id)
    known = {"form": form, "record": record, "may_seat": may_seat}
    return show(request, "cases/glass.html", known, status=422 if form.is_bound else 200)


@needs(Permission.CASE_TEAM)
@require_http_methods(["GET", "POST"])
def put_on_team(request: HttpRequest, record: UUID) -> HttpResponse:
    """Put a colleague on the team of a case that one need not be let into oneself."""
    now: Any = request
    by, at = actor_of(request), clock.now()
    ref = access.find(record, now.centres, by=by)
    people = [one for one in who_holds(Permission.CASE_WRITE, ref, at) if one[0] != now.member]
    form = SeatForm(request.POST or None, people=people)
    if form.is_valid():
        member, role = form.chosen
        try:
            actions.put_on_team(ref, member=member, role=role, key=form.cleaned_data["key"], by=by, at=at)
            return redirect("cases:list")
        except Refused as no:
            form.refuse(no.refusal)
    return show(request, "cases/seat.html", {"form": form}, status=422 if form.is_bound else 200)


@in_case(Permission.CASE_READ)
@require_GET
def team(request: HttpRequest, here: Here) -> HttpResponse:
    """Who is on the team, and who has opened the case in an emergency."""
    seats = [
        {
            "id": seat.id,
            "name": seat.name,
            "role": ROLES[seat.role],
            "since": moments.day_and_hour(seat.since, here.zone),
        }
        for seat in access.team(here.opened)
    ]
    glasses = [
        {
            "name": each.name,
            "reason": GLASS_REASON[each.reason],
            "words": each.words,
            "at": moments.day_and_hour(each.broken_at, here.zone),
        }
        for each in access.glasses(here.opened)
    ]
    return show_case(
        request, here, "cases/team.html", {"seats": seats, "glasses": glasses, "writes": here.writes(Section.IDENTITY)}
    )
