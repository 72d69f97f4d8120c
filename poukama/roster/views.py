"""The on-call week, read and edited; every form works by itself and is one however often it is sent."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from poukama.core import clock
from poukama.gate.gates import actor_of, needs
from poukama.gate.rules import Permission
from poukama.roster import access, actions, forms
from poukama.roster.rules import Duty, Problem, Refused, Span, Week
from poukama.roster.shown import Rights, address, shown
from poukama.roster.words import DUTIES, moment_words, outcome_words, problem_words, span_words
from poukama.staff.page import show

# A shift that nobody asked for at a time is proposed for the next full hour, so long.
_PROPOSED = dt.timedelta(hours=8)


@needs(Permission.SHIFT_READ)
def week(request: HttpRequest) -> HttpResponse:
    """A centre's week, this one unless another is asked for."""
    at = clock.now()
    return _week(request, _asked_week(request, at), at, said=_said(request, at))


def _week(
    request: HttpRequest, number: Week, at: dt.datetime, *, said: str = "", refused: str = "", status: int = 200
) -> HttpResponse:
    centre, by = _centre(request), actor_of(request)
    seen = access.week(centre, number, by=by, at=at)
    rights = Rights(by.may(Permission.SHIFT_KEEP, centre=centre.pk), by.may(Permission.SHIFT_TAKE, centre=centre.pk))
    before, after = number.later(-1), number.later(1)
    known = {
        "seen": seen,
        "week": shown(seen, rights, at),
        "rights": rights,
        "before": address(before),
        "after": address(after),
        "today": address(Week.of(at.astimezone(centre.zone).date())),
        "copy_here": forms.CopyForm(centre.zone, initial={"source": before, "target": number}, auto_id=False),
        "copy_on": forms.CopyForm(centre.zone, initial={"source": number, "target": after}, auto_id=False),
        "week_before": before,
        "week_after": after,
        "printed": moment_words(at, centre.zone),
        "said": said,
        "refused": refused,
    }
    return show(request, "roster/week.html", known, status=status)


def _centre(request: HttpRequest) -> Any:
    return request.centre  # type: ignore[attr-defined]


def _asked_week(request: HttpRequest, at: dt.datetime) -> Week:
    try:
        return Week.read(request.GET.get("viikko", ""))
    except ValueError:
        return Week.of(at.astimezone(_centre(request).zone).date())


def _said(request: HttpRequest, at: dt.datetime) -> str:
    try:
        key = UUID(request.GET.get("tehty", ""))
    except ValueError:
        return ""
    outcome = access.outcome(_centre(request), key, by=actor_of(request), at=at)
    return outcome_words(outcome) if outcome else ""


def _done(request: HttpRequest, moment: dt.datetime, key: UUID) -> HttpResponse:
    week = Week.of(moment.astimezone(_centre(request).zone).date())
    return _see_other(address(week, tehty=str(key)))


def _see_other(path: str) -> HttpResponse:
    return HttpResponseRedirect(path, status=303)


def _meanwhile(request: HttpRequest, moment: dt.datetime, at: dt.datetime) -> HttpResponse:
    """The week as it stands, for whoever came second."""
    zone = _centre(request).zone
    words = problem_words(Refused(Problem.CHANGED_MEANWHILE), zone)
    return _week(request, Week.of(moment.astimezone(zone).date()), at, refused=words, status=409)


def _does(form: forms.Planning, act: Callable[[], object]) -> bool:
    """Whether a form that can be read did what it asks; if not, it says why."""
    if not form.is_valid():
        return False
    try:
        act()
    except Refused as refusal:
        if refusal.problem is Problem.CHANGED_MEANWHILE:
            raise
        form.refuse(refusal)
        return False
    return True


# ── A new shift ──────────────────────────────────────────────────────────────────────────────────────────────


@needs(Permission.SHIFT_READ)
def add(request: HttpRequest) -> HttpResponse:
    """Put somebody on a duty: those who plan anybody, others themselves."""
    at, by, centre = clock.now(), actor_of(request), _centre(request)
    keep = by.may(Permission.SHIFT_KEEP, centre=centre.pk)
    if not keep and not by.may(Permission.SHIFT_TAKE, centre=centre.pk):
        raise PermissionDenied
    people = _fitting_first(access.people(centre, by=by, at=at), request)
    if request.method != "POST":
        return _add_page(request, forms.AddForm(centre.zone, people, initial=_proposed(request, people, at)))
    form = forms.AddForm(centre.zone, people, request.POST)

    def put() -> None:
        given = form.cleaned_data
        asked = {"key": given["key"], "duty": Duty(given["duty"]), "member": form.person.member, "span": form.span}
        (actions.add_shift if keep else actions.take_shift)(centre, **asked, by=by, at=at)

    if _does(form, put):
        return _done(request, form.span.begins, form.cleaned_data["key"])
    return _add_page(request, form, status=422)


def _fitting_first(people: list[access.Person], request: HttpRequest) -> list[access.Person]:
    asked = request.POST.get("duty") or request.GET.get("tehtava", "")
    return sorted(people, key=lambda person: asked not in person.duties)


def _add_page(request: HttpRequest, form: forms.AddForm, status: int = 200) -> HttpResponse:
    own = not actor_of(request).may(Permission.SHIFT_KEEP, centre=_centre(request).pk)
    return show(request, "roster/add.html", {"form": form, "own": own, "back": _back(request)}, status=status)


def _proposed(request: HttpRequest, people: list[access.Person], at: dt.datetime) -> dict[str, Any]:
    """The duty and time asked for, or the next hours; and who, where there is no choice."""
    begins, ends = (forms.of_stamp(request.GET.get(name, "")) for name in ("alkaa", "paattyy"))
    hour = at.replace(minute=0, second=0, microsecond=0) + dt.timedelta(hours=1)
    span = Span(begins, ends) if begins and ends and begins < ends else Span(hour, hour + _PROPOSED)
    found = forms.walls(span, _centre(request).zone)
    found["duty"] = request.GET.get("tehtava", "")
    if len(people) == 1:
        found["member"] = people[0].member.pk
        found["duty"] = found["duty"] or next(iter(people[0].duties)).value
    return found


def _back(request: HttpRequest) -> str:
    begins = forms.of_stamp(request.GET.get("alkaa", "")) or clock.now()
    return address(Week.of(begins.astimezone(_centre(request).zone).date()))


# ── A shift that stands ──────────────────────────────────────────────────────────────────────────────────────


@needs(Permission.SHIFT_KEEP)
def shift(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a shift to somebody else or another time; its page also splits and removes it."""
    at = clock.now()
    opened = access.shift(_centre(request), pk, by=actor_of(request), at=at)
    page = _ShiftPage(request, opened, at)
    if request.method != "POST":
        return page.shown() if opened.stands else _meanwhile(request, opened.shift.span.begins, at)
    form = forms.ChangeForm(page.zone, page.people, request.POST, auto_id="change-%s")
    by = actor_of(request)

    def change() -> None:
        member, key = form.person.member, form.cleaned_data["key"]
        actions.change_shift(opened.row, key=key, member=member, span=form.span, by=by, at=at)

    return page.answer(form, change, change=form)


@needs(Permission.SHIFT_KEEP)
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """Cut a shift in two."""
    if request.method != "POST":
        return _see_other(reverse("roster:shift", args=[pk]))
    at, by = clock.now(), actor_of(request)
    opened = access.shift(_centre(request), pk, by=by, at=at)
    page = _ShiftPage(request, opened, at)
    form = forms.SplitForm(page.zone, page.people, request.POST, auto_id="split-%s")

    def cut() -> None:
        member, key = form.person.member, form.cleaned_data["key"]
        actions.split_shift(opened.row, key=key, moment=form.at(), member=member, by=by, at=at)

    return page.answer(form, cut, split=form)


@needs(Permission.SHIFT_KEEP)
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a shift away."""
    if request.method != "POST":
        return _see_other(reverse("roster:shift", args=[pk]))
    at, by = clock.now(), actor_of(request)
    opened = access.shift(_centre(request), pk, by=by, at=at)
    page = _ShiftPage(request, opened, at)
    form = forms.Planning(page.zone, request.POST, auto_id="remove-%s")
    return page.answer(
        form, lambda: actions.remove_shift(opened.row, key=form.cleaned_data["key"], by=by, at=at), remove=form
    )


class _ShiftPage:
    """A shift's page with its three forms, the one that was sent as it was filled in."""

    def __init__(self, request: HttpRequest, opened: access.Opened, at: dt.datetime) -> None:
        self.request, self.shift, self.at = request, opened.shift, at
        self.zone = _centre(request).zone
        everybody = access.people(_centre(request), by=actor_of(request), at=at)
        self.people = [person for person in everybody if opened.shift.duty in person.duties]

    def answer(self, form: forms.Planning, act: Callable[[], object], **sent: forms.Planning) -> HttpResponse:
        """Do what was sent and show the week; or show the page with what is wrong, or the week as it now stands."""
        try:
            if _does(form, act):
                return _done(self.request, self.shift.span.begins, form.cleaned_data["key"])
        except Refused:
            return _meanwhile(self.request, self.shift.span.begins, self.at)
        return self.shown(status=422, sent=form, **sent)

    def shown(self, *, status: int = 200, sent: forms.Planning | None = None, **filled: forms.Planning) -> HttpResponse:
        """The page."""
        shift, zone = self.shift, self.zone
        initial = {"member": shift.member, **forms.walls(shift.span, zone)}
        known = {
            "shift": shift,
            "duty": DUTIES[shift.duty],
            "when": span_words(shift.span, zone),
            "back": address(Week.of(shift.span.begins.astimezone(zone).date())),
            "change": forms.ChangeForm(zone, self.people, initial=initial, auto_id="change-%s"),
            "split": forms.SplitForm(zone, self.people, initial=self._halfway(), auto_id="split-%s"),
            "remove": forms.Planning(zone, auto_id="remove-%s"),
            "sent": sent,
        }
        return show(self.request, "roster/shift.html", known | filled, status=status)

    def _halfway(self) -> dict[str, Any]:
        """Where a shift is first proposed to be split: about its middle, on a full hour of the wall."""
        middle = self.shift.span.begins + self.shift.span.length / 2
        wall = middle.astimezone(self.zone).replace(minute=0, second=0, microsecond=0, tzinfo=None)
        return {"member": self.shift.member, "moment": wall}


# ── Weeks and absences ───────────────────────────────────────────────────────────────────────────────────────


@needs(Permission.SHIFT_KEEP)
def copy(request: HttpRequest) -> HttpResponse:
    """Plan a week as another was."""
    at, by, centre = clock.now(), actor_of(request), _centre(request)
    form = forms.CopyForm(centre.zone, request.POST)
    if request.method != "POST" or not form.is_valid():
        return _see_other(reverse("roster:week"))
    source, target, key = (form.cleaned_data[name] for name in ("source", "target", "key"))
    try:
        actions.copy_week(centre, key=key, source=source, target=target, by=by, at=at)
    except Refused as refusal:
        return _week(request, target, at, refused=problem_words(refusal, centre.zone), status=422)
    return _see_other(address(target, tehty=str(key)))


@needs(Permission.SHIFT_KEEP)
def absences(request: HttpRequest) -> HttpResponse:
    """Who is away, and writing down that somebody is."""
    at, by, centre = clock.now(), actor_of(request), _centre(request)
    people = access.people(centre, by=by, at=at)
    if request.method != "POST":
        form = forms.AbsenceForm(centre.zone, people, initial=forms.walls(_tomorrow(at, centre.zone), centre.zone))
        return _absences_page(request, form, at)
    form = forms.AbsenceForm(centre.zone, people, request.POST)

    def away() -> None:
        key, member = form.cleaned_data["key"], form.person.member
        actions.add_absence(centre, key=key, member=member, span=form.span, by=by, at=at)

    if _does(form, away):
        return _done(request, form.span.begins, form.cleaned_data["key"])
    return _absences_page(request, form, at, status=422)


def _tomorrow(at: dt.datetime, zone: ZoneInfo) -> Span:
    day = dt.datetime.combine(at.astimezone(zone).date(), dt.time())
    return Span(*(clock.from_wall(day + dt.timedelta(days=n), zone) for n in (1, 2)))


def _absences_page(request: HttpRequest, form: forms.AbsenceForm, at: dt.datetime, status: int = 200) -> HttpResponse:
    zone = _centre(request).zone
    found = access.absences(_centre(request), by=actor_of(request), at=at)
    listed = [
        (each, span_words(each.span, zone), each.span.begins <= at, forms.Planning(zone, auto_id=f"back-{each.pk}-%s"))
        for each in found
    ]
    known = {"form": form, "absences": listed, "back": address(Week.of(at.astimezone(zone).date()))}
    return show(request, "roster/absences.html", known, status=status)


@needs(Permission.SHIFT_KEEP)
def back(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody is back."""
    at, by, centre = clock.now(), actor_of(request), _centre(request)
    form = forms.Planning(centre.zone, request.POST)
    if request.method != "POST" or not form.is_valid():
        return _see_other(reverse("roster:absences"))
    absence = access.absence(centre, pk, by=by, at=at)
    try:
        actions.end_absence(absence, key=form.cleaned_data["key"], by=by, at=at)
    except Refused:
        return _meanwhile(request, at, at)
    return _done(request, max(absence.begins, at), form.cleaned_data["key"])
