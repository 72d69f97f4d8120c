"""The lock: what lies on it, the way back in, how long there is left; and the code for a colleague who is shut out."""

from http import HTTPStatus

from allauth.core.internal.cryptokit import generate_user_code
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET

from poukama.centres.access import practice
from poukama.core import clock
from poukama.gate.gates import actor_of, needs
from poukama.gate.rules import Permission
from poukama.signin import access, actions, calls, coming, organisation, session
from poukama.signin.coming import Refused, ShutOut
from poukama.signin.middleware import reached_while
from poukama.signin.rules import Verdict, key_of, left, oneself
from poukama.signin.trouble import return_to
from poukama.staff.models import Member
from poukama.staff.page import show


@needs(Permission.STAFF_ENTER)
@reached_while(Verdict.LOCKED, Verdict.STEP_MISSING)
@sensitive_post_parameters("password")
def lock(request: HttpRequest) -> HttpResponse:
    """Whoever opens this page locks the session; whoever proves who they are goes back to the page they left."""
    at = clock.now()
    member, stay = session.member_of(request), session.stay_of(request)
    if member is None or stay is None:
        raise Http404
    if request.method == "POST":
        return _unlock(request, member)
    if not stay.locked:
        actions.lock(member, by=oneself(member.pk), at=at)
        session.lock(request, stay)
    return _locked(request, member)


def _unlock(request: HttpRequest, member: Member) -> HttpResponse:
    at = clock.now()
    if practice() and "practice" in request.POST:
        return coming.open_again(request, member, at)
    try:
        coming.by_password(member.login, request.POST.get("password", "")[:1000], at=at)
    except Refused:
        return _locked(request, member, wrong=True, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except ShutOut as shut:
        return _locked(request, member, shut=shut, status=HTTPStatus.TOO_MANY_REQUESTS)
    return coming.open_again(request, member, at)


def _locked(
    request: HttpRequest,
    member: Member,
    *,
    wrong: bool = False,
    shut: ShutOut | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    at = clock.now()
    shown = {
        "steps": access.steps_of(member),
        "has_password": member.has_usable_password(),
        "organisation": organisation.known(),
        "on_call": calls.on_call(request, at),
        "at": at,
        "wrong": wrong,
        "shut": shut.minutes(at) if shut else 0,
        "next": return_to(request),
    }
    return show(request, "signin/lock.html", shown, status=status)


@needs(Permission.STAFF_ENTER)
@reached_while(Verdict.STEP_MISSING)
@require_GET
def alive(request: HttpRequest) -> JsonResponse:
    """How many seconds until the session locks. Asked after keystrokes that counts as activity."""
    at = clock.now()
    member, stay = session.member_of(request), session.stay_of(request)
    if member is None or stay is None:
        raise Http404
    ends = left(stay, settings.STAY, at=at, in_call=lambda: calls.in_call(member, at))
    return JsonResponse({"left": int(ends.total_seconds())})


@needs(Permission.STAFF_ENTER)
def for_colleague(request: HttpRequest) -> HttpResponse:
    """A one-time code for a colleague at the same centre who is shut out: it is shown once, and told by voice."""
    at = clock.now()
    centre, member = getattr(request, "centre", None), session.member_of(request)
    if centre is None or member is None:
        raise Http404
    people = access.colleagues(centre, by=actor_of(request), at=at)
    shown: dict[str, object] = {"people": people, "code": "", "person": None}
    if request.method == "POST":
        chosen = [each for each in people if str(each.pk) == request.POST.get("member")]
        colleague = access.open_member(chosen[0].pk) if chosen else None
        if colleague is None:
            raise Http404
        code = generate_user_code(length=8)
        kept = key_of(code.replace("-", ""), settings.SECRET_KEY)
        actions.make_lift(colleague, made_by=member, code=kept, by=oneself(member.pk), at=at)
        shown |= {"code": code, "person": chosen[0]}
    return show(request, "signin/for_colleague.html", shown)
