"""Where a member lands, their own page, the members of a centre, and the page of rights."""

import datetime as dt
import functools
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse

from poukama.core import clock
from poukama.core.phones import shown
from poukama.gate.gates import View, actor_of, needs, signed_in
from poukama.gate.rules import Actor, Permission
from poukama.staff import access, actions, display
from poukama.staff.codes import code_of, hash_of
from poukama.staff.forms import ElsewhereForm, EndForm, InvitationForm, KeyForm, OwnForm, PostForm
from poukama.staff.labels import LANGUAGES, REFUSALS
from poukama.staff.middleware import CENTRE
from poukama.staff.page import show
from poukama.staff.rules import FEWEST_ADMINISTRATORS, Refusal, Refused, Role, key_of, landing, shown_code

# Beside which field of a form a refusal stands; others stand above it.
_BESIDE = {Refusal.LOGIN_TAKEN: "login", Refusal.LOGIN_UNKNOWN: "known_login", Refusal.POST_HELD: "role"}


def by_button(view: View) -> View:
    """These addresses are behind buttons of a member's page: whoever comes by the address alone is shown that page."""

    @functools.wraps(view)
    def pressed(request: HttpRequest, pk: int, **known: Any) -> HttpResponse:
        return view(request, pk, **known) if request.method == "POST" else to("staff:member", pk)

    return pressed


@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """Send a member to where their role lands. Who holds no post now is told so, and when the next one begins."""
    here: Any = request
    if not here.roles:
        ahead = access.next_beginning(here.member, clock.now())
        return show(request, "staff/no_post.html", {"ahead": ahead}, status=403)
    try:
        return to(landing(here.roles))
    except NoReverseMatch:
        return to("staff:own")


# ── Oneself ──────────────────────────────────────────────────────────────────────────────────────────────────


@needs(Permission.STAFF_ENTER)
def own(request: HttpRequest) -> HttpResponse:
    """One's own page: name, telephone, language, look; and the posts one holds."""
    here: Any = request
    by, at = actor_of(request), clock.now()
    colleague, posts = access.oneself(here.member, here.centre, by=by)
    given = {name: getattr(here.member, name) for name in OwnForm.base_fields}
    given["phone"] = shown(here.member.phone, here.centre.country) if here.member.phone else ""
    form = OwnForm(request.POST or None, initial=given)
    if request.method == "POST" and form.is_valid():
        actions.change_oneself(colleague, person=form.person(), manner=form.manner(), by=by, at=at)
        return HttpResponseRedirect(reverse("staff:own") + "?kept")
    lines = display.post_lines(posts, at)
    return show(
        request, "staff/own.html", {"form": form, "posts": lines, "kept": "kept" in request.GET}, status=_status(form)
    )


@needs(Permission.STAFF_ENTER)
def choose_centre(request: HttpRequest) -> HttpResponse:
    """Work at another centre where one holds a post, from the next page on."""
    centre_of(request)
    return to("staff:home")


@needs(Permission.RIGHTS_READ)
def rights(request: HttpRequest) -> HttpResponse:
    """GRANTS as a page to sign."""
    return show(request, "staff/rights.html", {**display.rights_table(), "at": clock.now()})


# ── Members ──────────────────────────────────────────────────────────────────────────────────────────────────


@needs(Permission.MEMBERS_READ)
def members(request: HttpRequest) -> HttpResponse:
    """Everybody at the centre."""
    centre, at = centre_of(request), clock.now()
    found = access.members_of(centre, by=actor_of(request), at=at)
    lines = sorted((display.member_line(each, at) for each in found), key=lambda line: line.state.shape == "past")
    administrators = sum(each.came_in and each.holds(Role.ADMINISTRATOR, at) for each in found)
    known = {"lines": lines, "short": administrators < FEWEST_ADMINISTRATORS}
    return show(request, "staff/members.html", known | _may(request, centre))


@needs(Permission.MEMBERS_KEEP)
def invite(request: HttpRequest) -> HttpResponse:
    """Take somebody in, with their first post; the answer is the page with their code, to print."""
    centre, at, by = centre_of(request), clock.now(), actor_of(request)
    zone = ZoneInfo(centre.time_zone)
    form = InvitationForm(request.POST or None, initial=_today(zone, at))
    if request.method == "POST" and form.is_valid():
        login = form.cleaned_data["login"]
        code = code_of(form.cleaned_data["key"], by.key, centre.pk, login)
        known = {"login": login, "person": form.person(), "tenure": form.tenure(zone, at), "code_hash": hash_of(code)}
        way: Any = _done(form, lambda: actions.invite(centre, **known, by=by, at=at))
        if way:
            return _printed(request, way, code)
    elsewhere = ElsewhereForm(initial=_today(zone, at), auto_id="else_%s")
    return show(request, "staff/invite.html", {"form": form, "elsewhere": elsewhere}, status=_status(form))


@needs(Permission.MEMBERS_KEEP)
def take_from_elsewhere(request: HttpRequest) -> HttpResponse:
    """Give a post here to somebody who works at another centre, by their login."""
    centre, at, by = centre_of(request), clock.now(), actor_of(request)
    zone = ZoneInfo(centre.time_zone)
    form = ElsewhereForm(request.POST, auto_id="else_%s")
    if form.is_valid():
        login = form.cleaned_data["known_login"]
        post = _done(form, lambda: _give(centre, access.member_named(centre, login, by=by, at=at), form, at, by))
        if post:
            return to("staff:member", post.member_id)
    new = InvitationForm(initial=_today(zone, at))
    return show(request, "staff/invite.html", {"form": new, "elsewhere": form}, status=_status(form))


@needs(Permission.MEMBERS_READ)
def member(request: HttpRequest, pk: int) -> HttpResponse:
    """One member: posts, ways in, closing."""
    at = clock.now()
    return _page(request, _seen(request, pk, at), at)


@needs(Permission.MEMBERS_KEEP)
@by_button
def give_post(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a member another post."""
    at, by = clock.now(), actor_of(request)
    seen = _seen(request, pk, at)
    form = PostForm(request.POST)
    if form.is_valid() and _done(form, lambda: _give(seen.colleague.centre, seen.colleague.member, form, at, by)):
        return to("staff:member", pk)
    return _page(request, seen, at, form=form)


@needs(Permission.MEMBERS_KEEP)
@by_button
def end_post(request: HttpRequest, pk: int, post: int) -> HttpResponse:
    """End a post, now or after a day to come."""
    at = clock.now()
    seen = _seen(request, pk, at)
    found = next((each for each in seen.listed.posts if each.pk == post), None)
    form = EndForm(request.POST)
    if found is None:
        raise Http404
    if not form.is_valid():
        return _page(request, seen, at, fault=form.errors["ends"][0])
    ends = form.moment(ZoneInfo(seen.colleague.centre.time_zone), at)
    return _step(request, seen, at, lambda by: actions.end_post(found, ends=ends, by=by, at=at))


@needs(Permission.MEMBERS_KEEP)
@by_button
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a member."""
    at = clock.now()
    seen = _seen(request, pk, at)
    return _step(request, seen, at, lambda by: actions.close(seen.colleague, by=by, at=at))


@needs(Permission.MEMBERS_KEEP)
@by_button
def make_code(request: HttpRequest, pk: int) -> HttpResponse:
    """A new code for somebody who has not come in yet, to print."""
    at = clock.now()
    seen = _seen(request, pk, at)
    code = _code(request, "join", pk)
    step = lambda by: actions.make_code(seen.colleague, code_hash=hash_of(code), by=by, at=at)  # noqa: E731
    return _step(request, seen, at, step, code)


@needs(Permission.MEMBERS_RESET)
@by_button
def ask_reset(request: HttpRequest, pk: int) -> HttpResponse:
    """The first of two: ask that a member may come in anew."""
    at = clock.now()
    seen = _seen(request, pk, at)
    return _step(request, seen, at, lambda by: actions.ask_reset(seen.colleague, by=by, at=at))


@needs(Permission.MEMBERS_RESET)
@by_button
def confirm_reset(request: HttpRequest, pk: int, way: int) -> HttpResponse:
    """The second of two: confirm, and print the code."""
    at = clock.now()
    seen = _seen(request, pk, at)
    found, code = _way(seen, way), _code(request, "reset", way)
    step = lambda by: actions.confirm_reset(found, code_hash=hash_of(code), by=by, at=at)  # noqa: E731
    return _step(request, seen, at, step, code)


@needs(Permission.MEMBERS_RESET)
@by_button
def end_way_in(request: HttpRequest, pk: int, way: int) -> HttpResponse:
    """Take back a code, or a request for one."""
    at = clock.now()
    seen = _seen(request, pk, at)
    found = _way(seen, way)
    return _step(request, seen, at, lambda by: actions.end_way_in(found, by=by, at=at))


# ── What the pages share ─────────────────────────────────────────────────────────────────────────────────────


def to(name: str, *args: int | str) -> HttpResponse:
    """On to a page."""
    return HttpResponseRedirect(reverse(name, args=args), status=303)


def centre_of(request: HttpRequest) -> Any:
    """The centre that a form was made for, which is worked at from then on; else the one of now. 404 if not theirs."""
    here: Any = request
    named = request.POST.get("centre")
    if named is None:
        return here.centre
    found = next((centre for centre in here.centres if centre.code == named), None)
    if found is None:
        raise Http404
    if found != here.centre:
        request.session[CENTRE], here.centre = found.code, found
    return found


def _status(form: Form) -> int:
    return 422 if form.errors else 200


def _today(zone: ZoneInfo, at: dt.datetime) -> dict[str, Any]:
    return {"begins": at.astimezone(zone).date(), "language": "fi"}


def _done(form: Form, step: Callable[[], Any]) -> Any:
    """What the step gives; None if it is refused, which the form then says in words."""
    try:
        return step()
    except Refused as refused:
        form.add_error(_BESIDE.get(refused.reason), str(REFUSALS[refused.reason]))
    return None


def _give(centre: Any, member: Any, form: PostForm | ElsewhereForm, at: dt.datetime, by: Actor) -> Any:
    tenure = form.tenure(ZoneInfo(centre.time_zone), at)
    key = form.cleaned_data["key"]
    return actions.give_post(
        centre, member=member, role=tenure.role, begins=tenure.begins, ends=tenure.ends, key=key, by=by, at=at
    )


def _code(request: HttpRequest, purpose: str, pk: int) -> str:
    form = KeyForm(request.POST)
    if not form.is_valid():
        raise Http404
    return code_of(form.cleaned_data["key"], actor_of(request).key, purpose, pk)


def _seen(request: HttpRequest, pk: int, at: dt.datetime) -> access.Seen:
    return access.member_at(centre_of(request), pk, by=actor_of(request), at=at)


def _way(seen: access.Seen, pk: int) -> Any:
    for way in seen.ways_in:
        if way.pk == pk:
            return way
    raise Http404


def _step(
    request: HttpRequest, seen: access.Seen, at: dt.datetime, step: Callable[[Actor], Any], code: str = ""
) -> HttpResponse:
    """Do what a button says: then the member's page, or the page with the code. A refusal is said above the page."""
    try:
        done = step(actor_of(request))
    except Refused as refused:
        return _page(request, seen, at, fault=REFUSALS[refused.reason])
    return _printed(request, done, code) if code else to("staff:member", seen.colleague.pk)


def _printed(request: HttpRequest, way: Any, code: str) -> HttpResponse:
    """A code to print and hand over. It is shown in answer to the button alone, and is in no address."""
    address = request.build_absolute_uri(reverse("staff:come-in"))
    known = {"way": way, "code": shown_code(code), "address": address, "link": f"{address}#{code}"}
    return show(request, "staff/code.html", known)


def _page(
    request: HttpRequest, seen: access.Seen, at: dt.datetime, *, form: PostForm | None = None, fault: Any = ""
) -> HttpResponse:
    centre = seen.colleague.centre
    zone = ZoneInfo(centre.time_zone)
    known = {
        "seen": seen.colleague.member,
        "language_name": LANGUAGES.get(seen.colleague.member.language, ""),
        "state": display.state_of(seen.listed, at),
        "posts": display.post_lines(seen.listed.posts, at),
        "ways": display.way_lines(seen, at),
        "is_new": seen.is_new and seen.colleague.member.closed_at is None,
        "asked": display.asked(seen, at),
        "asked_oneself": seen.listed.way_in is not None and seen.listed.way_in.asked_by == actor_of(request).key,
        "form": form or PostForm(initial=_today(zone, at)),
        "key": KeyForm(),
        "away": "" if seen.at_home else REFUSALS[Refusal.AWAY],
        "oneself": key_of(seen.colleague.pk) == actor_of(request).key,
        "fault": fault,
    }
    wrong = 409 if fault else 422 if form else 200
    return show(request, "staff/member.html", known | _may(request, centre), status=wrong)


def _may(request: HttpRequest, centre: Any) -> dict[str, bool]:
    actor = actor_of(request)
    return {
        "may_keep": actor.may(Permission.MEMBERS_KEEP, centre=centre.pk),
        "may_reset": actor.may(Permission.MEMBERS_RESET, centre=centre.pk),
        "may_rights": actor.may(Permission.RIGHTS_READ, centre=centre.pk),
    }
