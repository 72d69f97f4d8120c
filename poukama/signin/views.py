"""The pages at the door: coming in, the second step, going out, and the next person's turn."""

from http import HTTPStatus

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from poukama.centres.access import practice
from poukama.core import clock
from poukama.gate.gates import open_to_all
from poukama.signin import access, actions, coming, organisation, passkeys, session
from poukama.signin.coming import Refused, ShutOut
from poukama.signin.language import remember_language
from poukama.signin.rules import Way, oneself
from poukama.signin.trouble import return_to, way
from poukama.staff.page import show

# Nobody has a longer name or password; what is longer is not hashed.
_LONGEST = 1000


def _given(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "")[:_LONGEST]


@open_to_all
@sensitive_post_parameters("password", "lift")
def signin(request: HttpRequest) -> HttpResponse:
    """Who is coming in? The first step, or the only one with a passkey."""
    at = clock.now()
    if request.method != "POST":
        stay = session.stay_of(request)
        return HttpResponseRedirect(return_to(request)) if stay and stay.whole else _door(request)
    login, password = _given(request, "login"), _given(request, "password")
    coming.by_lift(login, _given(request, "lift"), at=at)
    try:
        member = coming.by_password(login, password, at=at)
    except ShutOut as shut:
        return _door(request, login=login, shut=shut, status=HTTPStatus.TOO_MANY_REQUESTS)
    except Refused:
        return _door(request, login=login, wrong=True, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if access.steps_of(member).any:
        session.wait_for(request, member, at)
        return HttpResponseRedirect(way("signin:code", return_to(request)))
    return coming.go_on(request, member, Way.PRACTICE if practice() else Way.PASSWORD, at)


def _door(
    request: HttpRequest,
    *,
    login: str = "",
    wrong: bool = False,
    shut: ShutOut | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    at = clock.now()
    shown = {
        "login": login,
        "wrong": wrong,
        "shut": shut.minutes(at) if shut else 0,
        "organisation": organisation.known(),
        "people": access.people_at(session.machine_of(request), settings.STAY, at),
        "everybody": access.everybody(at) if practice() else (),
        "next": return_to(request),
    }
    response = show(request, "signin/signin.html", shown, status=status)
    remember_language(request, response)
    return response


@open_to_all
@sensitive_post_parameters("code")
def code(request: HttpRequest) -> HttpResponse:
    """The second step: a code of the app or of the paper, or a passkey."""
    at = clock.now()
    member = access.open_member(session.awaited(request, at))
    if member is None:
        return HttpResponseRedirect(way("signin:signin", return_to(request)))
    wrong, shut = False, 0
    if request.method == "POST":
        try:
            coming.by_code(member, _given(request, "code"), at=at)
        except Refused:
            wrong = True
        except ShutOut as out:
            shut = out.minutes(at)
        else:
            return coming.go_on(request, member, Way.CODE, at)
    steps = access.steps_of(member)
    shown = {"person": member, "steps": steps, "wrong": wrong, "shut": shut, "next": return_to(request)}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.TOO_MANY_REQUESTS if shut else HTTPStatus.OK
    return show(request, "signin/code.html", shown, status=status)


@open_to_all
@require_GET
def question(request: HttpRequest) -> JsonResponse:
    """What a passkey is asked: of whoever is awaited or locked, else of anybody."""
    return JsonResponse(passkeys.question(coming.expected(request, clock.now())))


@open_to_all
@require_POST
@sensitive_post_parameters("credential")
def passkey(request: HttpRequest) -> HttpResponse:
    """Come in by a passkey, or unlock: it counts as both steps."""
    at = clock.now()
    expected = coming.expected(request, clock.now())
    try:
        member, shown = passkeys.shown(request.POST.get("credential", ""), expected)
        if member.closed_at is not None:
            raise actions.WrongCode
    except actions.WrongCode:
        return show(request, "signin/passkey_failed.html", {"next": return_to(request)}, status=HTTPStatus.FORBIDDEN)
    actions.use_passkey(member, passkey=shown, by=oneself(member.pk), at=at)
    stay = session.stay_of(request)
    if stay and stay.locked and expected == member:
        return coming.open_again(request, member, at)
    return coming.go_on(request, member, Way.PASSKEY, at)


@open_to_all
@require_POST
def rehearse(request: HttpRequest) -> HttpResponse:
    """Come in as one of the invented people of a practice version. Elsewhere this address does not exist."""
    if not practice():
        raise Http404
    at = clock.now()
    member = access.open_member(_number(request))
    if member is None:
        raise Http404
    return coming.go_on(request, member, Way.PRACTICE, at)


def _number(request: HttpRequest) -> int | None:
    asked = request.POST.get("member", "")
    # A longer one is no key of ours, and PostgreSQL would refuse it.
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else None


@open_to_all
def leave(request: HttpRequest) -> HttpResponse:
    """Go out: the session ends, and this browser keeps nothing of it."""
    if request.method == "POST":
        _go_out(request)
        return HttpResponseRedirect(reverse("signin:leave"))
    return show(request, "signin/out.html", {"inside": session.stay_of(request) is not None})


def _go_out(request: HttpRequest) -> None:
    if member := session.member_of(request):
        actions.leave(member, by=oneself(member.pk), at=clock.now())
    session.end(request)


@open_to_all
def change(request: HttpRequest) -> HttpResponse:
    """The next person's turn at this machine: choose who, then a passkey or a code. What was open is not theirs."""
    at = clock.now()
    machine = session.machine_of(request)
    if request.method != "POST":
        people = access.everybody(at) if practice() else access.people_at(machine, settings.STAY, at)
        shown = {"people": people, "organisation": organisation.known(), "next": "/s/"}
        return show(request, "signin/change.html", shown)
    member = access.open_member(_number(request))
    if member is None or not access.came_in_at(machine, member, settings.STAY, at):
        raise Http404
    _go_out(request)
    if not access.steps_of(member).any:
        return HttpResponseRedirect(reverse("signin:signin"))
    session.wait_for(request, member, at)
    return HttpResponseRedirect(way("signin:code", "/s/"))


@open_to_all
@require_GET
def ask_organisation(request: HttpRequest) -> HttpResponse:
    """To the organisation's own sign-in. A link and no form: a form may lead only to ourselves."""
    return organisation.ask(request)


@open_to_all
@require_GET
def organisation_back(request: HttpRequest) -> HttpResponse:
    """Back from the organisation's own sign-in."""
    return organisation.answered(request)
