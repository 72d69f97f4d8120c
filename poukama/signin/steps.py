"""The second step: passkeys, codes of an app, paper codes, the organisation's account; and the password."""

from functools import wraps
from http import HTTPStatus
from typing import Any

import segno
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from poukama.core import clock
from poukama.gate.gates import View, needs
from poukama.gate.rules import Permission
from poukama.signin import access, actions, organisation, passkeys, sealing, session
from poukama.signin.middleware import reached_while
from poukama.signin.rules import Verdict, oneself, proved_lately
from poukama.signin.trouble import NEXT, way
from poukama.staff.models import Member
from poukama.staff.page import show

_SECRET, _PLACE = "app", "session.app"
_LONGEST_NAME = 60


def _own(view: View) -> View:
    """A page on which somebody changes what lets them in: reached while a step is missing, and proved lately.

    Whoever has not proved who they are for a while is asked to unlock first.
    """

    @needs(Permission.STAFF_ENTER)
    @reached_while(Verdict.STEP_MISSING)
    @wraps(view)
    def proved(request: HttpRequest, **known: Any) -> HttpResponse:
        stay, member = session.stay_of(request), session.member_of(request)
        if stay is None or member is None:
            raise Http404
        if request.method == "POST" and not proved_lately(stay, clock.now()):
            return HttpResponseRedirect(way("signin:lock", reverse("signin:second-step")))
        return view(request, member=member, **known)

    return proved


@_own
def second_step(request: HttpRequest, *, member: Member) -> HttpResponse:
    """What lets this member in, and what can be added."""
    stay = session.stay_of(request)
    shown = {"steps": access.steps_of(member), "first": not (stay and stay.whole), "organisation": organisation.known()}
    return show(request, "signin/second_step.html", shown)


# ── An app that makes codes ──────────────────────────────────────────────────────────────────────────────────


@_own
@sensitive_post_parameters("code")
def app(request: HttpRequest, *, member: Member) -> HttpResponse:
    """Set up an app: its secret as a picture and as text, and the first code to show that it works."""
    sealed = request.session.get(_SECRET)
    wrong = False
    if request.method == "POST" and sealed:
        secret = sealing.unseal(member, sealed, _PLACE)
        try:
            actions.add_app(
                member, secret=secret, code=request.POST.get("code", "")[:20], by=oneself(member.pk), at=clock.now()
            )
        except actions.WrongCode:
            wrong = True
        else:
            del request.session[_SECRET]
            return _added(request, member)
    else:
        secret = generate_totp_secret()
        # Sealed, for the sessions lie in the database.
        request.session[_SECRET] = sealing.seal(member, secret, _PLACE)
    shown = {"picture": _picture(member, secret), "secret": _in_fours(secret), "wrong": wrong}
    return show(request, "signin/app.html", shown, status=HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK)


def _picture(member: Member, secret: str) -> str:
    address = get_adapter().build_totp_url(member, secret)
    drawn = segno.make(address, error="m").svg_inline(scale=4, dark="#17211f", light="#ffffff", omitsize=True)
    return mark_safe(drawn)  # noqa: S308 - drawn here, of nothing but squares


def _in_fours(text: str) -> str:
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


@_own
@require_POST
def remove(request: HttpRequest, *, member: Member) -> HttpResponse:
    """Take away a passkey or the app. The last of them stays."""
    asked = request.POST.get("passkey", "")
    passkey = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else None
    if asked and passkey is None:
        raise Http404
    try:
        actions.remove_step(member, passkey=passkey, by=oneself(member.pk), at=clock.now())
    except actions.WrongCode:
        raise Http404 from None
    return HttpResponseRedirect(reverse("signin:second-step"))


# ── Passkeys ─────────────────────────────────────────────────────────────────────────────────────────────────


@_own
@require_GET
def passkey_question(request: HttpRequest, *, member: Member) -> JsonResponse:
    """What to ask this browser for, so that it makes a passkey."""
    return JsonResponse(passkeys.question_of_a_new_one(member))


@_own
@require_POST
@sensitive_post_parameters("credential")
def add_passkey(request: HttpRequest, *, member: Member) -> HttpResponse:
    """Take the passkey that this browser has made."""
    name = request.POST.get("name", "").replace("\0", "").strip()[:_LONGEST_NAME] or _("Passkey")
    try:
        credential = passkeys.new_one(request.POST.get("credential", ""))
    except actions.WrongCode:
        known = {"next": reverse("signin:second-step")}
        return show(request, "signin/passkey_failed.html", known, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    actions.add_passkey(member, name=name, credential=credential, by=oneself(member.pk), at=clock.now())
    return _added(request, member)


def _added(request: HttpRequest, member: Member) -> HttpResponse:
    """After the first step of all come the paper codes, shown once; after another the page of all steps."""
    stay = session.stay_of(request)
    if stay is None or stay.whole:
        return HttpResponseRedirect(reverse("signin:second-step"))
    session.complete(request, stay, clock.now())
    return _paper(request, member, first=True)


# ── Paper codes ──────────────────────────────────────────────────────────────────────────────────────────────


@_own
@require_POST
def paper(request: HttpRequest, *, member: Member) -> HttpResponse:
    """Make new paper codes and show them, once."""
    if not access.steps_of(member).any:
        raise Http404
    actions.make_paper(member, by=oneself(member.pk), at=clock.now())
    return _paper(request, member, first=False)


def _paper(request: HttpRequest, member: Member, *, first: bool) -> HttpResponse:
    codes = [f"{code[:4]} {code[4:]}" for code in access.paper_codes(member)]
    return show(request, "signin/paper.html", {"codes": codes, "first": first, "at": clock.now()})


# ── The organisation's account, and the password ─────────────────────────────────────────────────────────────


@_own
@require_POST
def link(request: HttpRequest, *, member: Member) -> HttpResponse:
    """Link the organisation's account, or undo that."""
    if not organisation.known():
        raise Http404
    if "unlink" in request.POST:
        actions.unlink(member, by=oneself(member.pk), at=clock.now())
        return HttpResponseRedirect(reverse("signin:second-step"))
    session.link_next(request)
    # The next page is elsewhere, and a form may lead only to ourselves: the page says where it goes.
    return show(request, "signin/to_organisation.html", {"organisation": organisation.known()})


@_own
@sensitive_post_parameters("password_old", "password")
def password(request: HttpRequest, *, member: Member) -> HttpResponse:
    """Change the password. Other sessions of this member end."""
    faults: list[str] = []
    if request.method == "POST":
        new = request.POST.get("password", "")[:1000]
        try:
            validate_password(new, member)
        except ValidationError as found:
            faults = list(found.messages)
        if not faults:
            actions.change_password(member, password=new, by=oneself(member.pk), at=clock.now())
            session.keep_in(request, member)
            return HttpResponseRedirect(f"{reverse('signin:second-step')}?{NEXT}=/s/")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
    return show(request, "signin/password.html", {"faults": faults}, status=status)
