"""The small pages on which a client's own part of the record is written: one thing each, saved by itself (S09).

Each takes what its form needs of the record, asks the wall, and leads back to what is told already.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from poukama.cases import access as cases
from poukama.cases.page import Here, in_case, show_case
from poukama.cases.rules import Refusal
from poukama.cases.walls import Reach, Section
from poukama.cases.words import REFUSAL
from poukama.centres.access import practice
from poukama.clients import access, actions, forms, words
from poukama.clients.duties import date_at
from poukama.clients.hetu import NotAnIdentityCode
from poukama.clients.reach import Channel, NotAWay, Unusable, Way
from poukama.clients.rules import ClosePerson
from poukama.doors.held import policy_of
from poukama.gate.rules import Permission
from poukama.staff.access import who_may
from poukama.staff.languages import OFTEN

_BESIDE = {Unusable.ADDRESS: "address", Unusable.NEVER: "days", Unusable.OVER: "expires"}


def _back(here: Here, part: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('cases:told', args=[here.ref.id])}?kerrottu={part}#{part}", status=303)


def _part(
    request: HttpRequest, here: Here, form: Form, part: str, keep: Callable[[], object], **shown: Any
) -> HttpResponse:
    """One page with one form. A closed case takes nothing, and says so with all that was typed still there."""
    if form.is_bound and form.is_valid() and _kept(form, here, keep):
        return _back(here, part)
    if not form.is_bound:
        _must_see(form, here)
    template = f"cases/person/{part}.html"
    return show_case(request, here, template, {"form": form, **shown}, status=422 if form.is_bound else 200)


def _must_see(form: Form, here: Here) -> None:
    """Raise PermissionDenied to whoever may not see where a protected client is, if what they would change tells it.

    A number is there to be dialled; where letters go is where somebody lives.
    """
    letters = form.initial.get("channel") == Channel.LETTER
    told = [value for name, value in form.initial.items() if isinstance(value, str) and (name != "address" or letters)]
    sees = here.by.may(Permission.WHEREABOUTS_READ, centre=here.case.centre_id)
    if not sees and any(here.opened.hide(each) != each for each in told):
        raise PermissionDenied


def _kept(form: Form, here: Here, keep: Callable[[], object]) -> bool:
    if here.case.closed_at:
        form.add_error(None, str(REFUSAL[Refusal.CLOSED]))
        return False
    try:
        keep()
    except NotAnIdentityCode as refused:
        form.add_error("identifier", str(words.CODE_FAULTS[refused.fault]))
    except NotAWay as refused:
        form.add_error(_BESIDE[refused.unusable], str(words.UNUSABLE[refused.unusable]))
    except IntegrityError:
        # Closed by somebody else while this was sent; nothing else of the database's is ours to say.
        if cases.enter(here.ref, on_duty=here.on_duty, **here.now).case.closed_at is None:
            raise
        form.add_error(None, str(REFUSAL[Refusal.CLOSED]))
    else:
        return True
    return False


def _languages(here: Here) -> tuple[str, ...]:
    return (*policy_of(here.case).pack.languages, *OFTEN)


# ── Who it is ────────────────────────────────────────────────────────────────────────────────────────────────


@in_case(Permission.CLIENT_WRITE)
@require_http_methods(["GET", "POST"])
def who(request: HttpRequest, here: Here) -> HttpResponse:
    """Who the client is, as far as they say."""
    here.must(Reach.WRITES, Section.IDENTITY)
    of = here.case.client
    identity = access.head(of, **here.now).identity
    form = forms.PersonForm(
        request.POST or None,
        today=date_at(here.at, here.zone),
        practice=practice(),
        languages=_languages(here),
        initial=forms.PersonForm.opened_with(identity),
    )
    return _part(
        request,
        here,
        form,
        "who",
        lambda: actions.add_to_identity(of, said=form.said(), key=form.cleaned_data["key"], **here.now),
    )


@in_case(Permission.WHEREABOUTS_READ)
@require_http_methods(["GET", "POST"])
def whereabouts(request: HttpRequest, here: Here) -> HttpResponse:
    """Where the client lives, unmasked, and whether that is to be hidden."""
    here.must(Reach.WRITES, Section.IDENTITY)
    of = here.case.client
    shielded = access.head(of, **here.now).identity.shielded
    lives = access.whereabouts(of, **here.now)
    initial = {name: getattr(lives, name) for name in ("address", "municipality", "gives_away")}
    form = forms.WhereaboutsForm(request.POST or None, initial={**initial, "shielded": shielded})
    return _part(
        request,
        here,
        form,
        "whereabouts",
        lambda: actions.add_to_identity(of, said=form.said(), key=form.cleaned_data["key"], **here.now),
    )


# ── How they are reached ─────────────────────────────────────────────────────────────────────────────────────


@in_case(Permission.CLIENT_WRITE)
@require_http_methods(["GET", "POST"])
def way(request: HttpRequest, here: Here, way: UUID | None = None) -> HttpResponse:
    """A way to the client: a new one, or one that is changed or opened again."""
    here.must(Reach.WRITES, Section.IDENTITY)
    of = here.case.client
    standing = _way(here, way) if way else None
    initial = forms.WayForm.opened_with(standing, here.zone) if standing else {}
    form = forms.OneWayForm(request.POST or None, initial=initial)

    def keep() -> None:
        key: UUID = form.cleaned_data["key"]
        said = form.way(way or key, here.zone, here.case.centre.country, here.at)
        actions.tell_way(of, way=said, key=key, **here.now)

    return _part(request, here, form, "way", keep, way=standing)


@in_case(Permission.CLIENT_WRITE)
@require_POST
def close_way(request: HttpRequest, here: Here, way: UUID) -> HttpResponse:
    """Close a way, at once, also after the case was closed. Nothing is asked."""
    here.must(Reach.WRITES, Section.IDENTITY)
    actions.close_way(here.case.client, way=_way(here, way), key=_key(request), **here.now)
    return _back(here, "way")


def _way(here: Here, key: UUID) -> Way:
    """The newest word on a way of this client. Raises Http404."""
    ways = {each.key: each for each in access.head(here.case.client, **here.now).ways}
    if key not in ways:
        raise Http404
    return ways[key]


def _key(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()


# ── What they wish, and who may see ──────────────────────────────────────────────────────────────────────────


@in_case(Permission.CLIENT_WRITE)
@require_http_methods(["GET", "POST"])
def wishes(request: HttpRequest, here: Here) -> HttpResponse:
    """What the client would rather have or not have."""
    here.must(Reach.WRITES, Section.IDENTITY)
    of = here.case.client
    held = access.read(of, **here.now).wishes
    initial = {name: getattr(held, name) for name in forms.WishForm.base_fields if name != "key"}
    form = forms.WishForm(request.POST or None, languages=_languages(here), initial=initial)
    return _part(
        request,
        here,
        form,
        "wishes",
        lambda: actions.add_to_wishes(of, said=form.said(), key=form.cleaned_data["key"], **here.now),
    )


@in_case(Permission.CLIENT_WRITE)
@require_http_methods(["GET", "POST"])
def guardians(request: HttpRequest, here: Here) -> HttpResponse:
    """Whether a minor's guardians see the record, as decided at this visit."""
    here.must(Reach.WRITES, Section.IDENTITY)
    of = here.case.client
    form = forms.GuardianForm(request.POST or None, initial={"guardians": access.read(of, **here.now).guardians})
    return _part(
        request,
        here,
        form,
        "guardians",
        lambda: actions.decide_guardians(of, guardians=form.decided(), key=form.cleaned_data["key"], **here.now),
    )


@in_case(Permission.CLIENT_WRITE)
@require_http_methods(["GET", "POST"])
def close_person(request: HttpRequest, here: Here, person: UUID | None = None) -> HttpResponse:
    """Somebody close to the client, and help of their own."""
    here.must(Reach.WRITES, Section.IDENTITY)
    of = here.case.client
    held = _person(here, person) if person else None
    form = forms.ClosePersonForm(request.POST or None, initial=forms.ClosePersonForm.opened_with(held) if held else {})

    def keep() -> None:
        key: UUID = form.cleaned_data["key"]
        actions.tell_close_person(of, person=form.person(person or key), key=key, **here.now)

    return _part(request, here, form, "close", keep, person=held)


def _person(here: Here, key: UUID) -> ClosePerson:
    people = {each.key: each for each in access.read(here.case.client, **here.now).close_people}
    if key not in people:
        raise Http404
    return people[key]


@in_case(Permission.CLIENT_WRITE)
@require_http_methods(["GET", "POST"])
def relation(request: HttpRequest, here: Here) -> HttpResponse:
    """What whoever did it is to the client. It is part of the story, behind its wall."""
    here.must(Reach.WRITES, Section.STORY)
    of = here.case.client
    held = access.read(of, **here.now).told
    form = forms.RelationForm(request.POST or None, initial={"relation": held.relation, "own_words": held.own_words})
    return _part(
        request,
        here,
        form,
        "relation",
        lambda: actions.tell_relation(of, told=form.told(), key=form.cleaned_data["key"], **here.now),
    )


# ── For whom the record does not exist ───────────────────────────────────────────────────────────────────────


@in_case(Permission.CLIENT_WRITE)
@require_http_methods(["GET", "POST"])
def shut_out(request: HttpRequest, here: Here) -> HttpResponse:
    """Shut a member out of the record, or let one in again. No reason is asked, and none is kept."""
    here.must(Reach.WRITES, Section.IDENTITY)
    of = here.case.client
    colleagues = {each.pk: each for each in who_may(Permission.CASE_READ, here.case, here.at)}
    shut = set(access.read(of, **here.now).shut_out)
    # Nobody shuts themselves out: they could not say who else is.
    others = {pk: each.name for pk, each in colleagues.items() if pk not in {*shut, here.entered.member}}
    form = forms.ShutOutForm(request.POST if "member" in request.POST else None, members=others)
    if request.method == "POST" and not form.is_bound:
        again = colleagues.get(int(request.POST["again"])) if request.POST.get("again", "").isdecimal() else None
        if again is None or here.case.closed_at:
            raise PermissionDenied
        actions.let_in(of, member=again, **here.now)
        return _back(here, "shut_out")
    return _part(
        request,
        here,
        form,
        "shut_out",
        lambda: actions.shut_out(of, member=colleagues[form.cleaned_data["member"]], **here.now),
        shut=[(pk, colleagues[pk].name) for pk in shut if pk in colleagues],
    )
