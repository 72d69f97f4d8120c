"""Coming in, by every way: a proof goes in, and out comes a page to go on to."""

import datetime as dt
from dataclasses import dataclass
from http import HTTPStatus
from typing import NoReturn

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from poukama.gate.rules import INSTALLATION
from poukama.signin import access, actions, session
from poukama.signin.rules import AT_THE_DOOR, Way, key_of, oneself
from poukama.signin.trouble import return_to, way
from poukama.staff.models import Member
from poukama.staff.page import show


class Refused(Exception):
    """The proof does not hold. Whatever is wrong with it, the words are the same."""


@dataclass
class ShutOut(Exception):
    """The name may not be tried until then."""

    until: dt.datetime

    def minutes(self, at: dt.datetime) -> int:
        """How many minutes that is, begun ones counted."""
        return -(-int((self.until - at).total_seconds()) // 60)


def name_key(login: str) -> bytes:
    """What is kept of a typed name."""
    return key_of(login, settings.SECRET_KEY)


# ── Proofs that may be tried a few times ─────────────────────────────────────────────────────────────────────


def by_password(login: str, password: str, *, at: dt.datetime) -> Member:
    """The member with this login and password. Raises Refused or ShutOut, for a name that nobody has too."""
    key = name_key(login)
    if until := access.shut(key, at):
        raise ShutOut(until)
    member = access.by_password(login.strip().lower(), password)
    if member is None:
        refuse(key, access.known_as(login.strip().lower()), at)
    return member


def by_code(member: Member, code: str, *, at: dt.datetime) -> None:
    """Use a code of this member. Raises Refused or ShutOut."""
    key = name_key(member.login)
    if until := access.shut(key, at):
        raise ShutOut(until)
    try:
        actions.use_code(member, code=code, by=oneself(member.pk), at=at)
    except actions.WrongCode:
        refuse(key, member, at)


def refuse(key: bytes, member: Member | None, at: dt.datetime) -> NoReturn:
    """Write a try down, and shut the name out after too many. Raises Refused or ShutOut."""
    actions.refuse(INSTALLATION, key=key, member=member, by=AT_THE_DOOR, at=at)
    if until := access.shut(key, at):
        if member:
            actions.shut_out(member, by=AT_THE_DOOR, at=at)
        raise ShutOut(until)
    raise Refused


def by_lift(login: str, code: str, *, at: dt.datetime) -> None:
    """Let a name be tried again, by a colleague's code. A code that does not hold changes nothing."""
    member = access.known_as(login.strip().lower())
    if member and code:
        try:
            kept = key_of(code.replace("-", "").replace(" ", ""), settings.SECRET_KEY)
            actions.use_lift(member, code=kept, key=name_key(login), by=oneself(member.pk), at=at)
        except actions.WrongCode:
            return


def expected(request: HttpRequest, at: dt.datetime) -> Member | None:
    """Whose passkey is asked for: who has locked the session, or whose second step is awaited; None if anybody's."""
    stay = session.stay_of(request)
    if stay and stay.locked:
        return session.member_of(request)
    return access.open_member(session.awaited(request, at))


# ── Going on ─────────────────────────────────────────────────────────────────────────────────────────────────


def go_on(request: HttpRequest, member: Member, how: Way, at: dt.datetime) -> HttpResponse:
    """Let a member in who has proved enough, under a new session key, and go on to the page that was asked for.

    After a password alone that is the page on which a second step is set up.
    """
    back = return_to(request)
    machine, number = session.machine_of(request), ""
    if not machine:
        number, machine = session.new_machine()
    actions.enter(member, way=how, machine=machine, key=name_key(member.login), by=oneself(member.pk), at=at)
    session.begin(request, member, whole=how is not Way.PASSWORD, at=at)
    response = HttpResponseRedirect(way("signin:second-step", back) if how is Way.PASSWORD else back)
    if number:
        session.mark_machine(request, response, number)
    return response


def open_again(request: HttpRequest, member: Member, at: dt.datetime) -> HttpResponse:
    """Unlock a member's session, and go back to the page that was left."""
    stay = session.stay_of(request)
    if stay is None:
        raise Refused
    actions.unlock(member, key=name_key(member.login), by=oneself(member.pk), at=at)
    session.unlock(request, stay, at)
    return HttpResponseRedirect(return_to(request))


def from_organisation(
    request: HttpRequest, provider: str, subject: str, login: str, *, at: dt.datetime
) -> HttpResponse:
    """Go on after the organisation's sign-in: to link it, to unlock, or to come in."""
    member = access.of_organisation(provider, subject)
    here = request.user if isinstance(request.user, Member) else None
    stay = session.stay_of(request)
    if here and stay and stay.locked:
        return open_again(request, here, at) if member == here else organisation_refused(request)
    if here and stay and session.linking(request):
        return _link(request, here, provider, subject, at)
    if member is None and (member := access.open_known_as(login)):
        actions.link(member, provider=provider, subject=subject, by=oneself(member.pk), at=at)
    return go_on(request, member, Way.ORGANISATION, at) if member else organisation_refused(request)


def _link(request: HttpRequest, member: Member, provider: str, subject: str, at: dt.datetime) -> HttpResponse:
    try:
        actions.link(member, provider=provider, subject=subject, by=oneself(member.pk), at=at)
    except actions.WrongCode:
        return organisation_refused(request)
    return HttpResponseRedirect(way("signin:second-step", return_to(request)))


def organisation_refused(request: HttpRequest) -> HttpResponse:
    """The organisation's account lets nobody in here: how one comes in all the same."""
    return show(request, "signin/organisation.html", status=HTTPStatus.FORBIDDEN)
