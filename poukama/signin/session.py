"""What a session holds: who is in it, since when, and whether it is locked. No name, no secret, nothing of a client."""

import datetime as dt
import secrets
from dataclasses import replace
from hashlib import sha256
from typing import Any

from django.contrib.auth import login, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token

from poukama.signin.rules import PATIENCE, Stay
from poukama.staff.middleware import CENTRE
from poukama.staff.models import Member

_STAY = "stay"
_PENDING = "pending"
_LINKING = "linking"
_BACKEND = "django.contrib.auth.backends.ModelBackend"
_MACHINE = "machine"
_YEAR = dt.timedelta(days=365)


# ── Who is in ────────────────────────────────────────────────────────────────────────────────────────────────


def stay_of(request: HttpRequest) -> Stay | None:
    """The session of this request; None where nobody has come in by one of our ways."""
    held = request.session.get(_STAY)
    if not isinstance(held, dict) or not request.user.is_authenticated:
        return None
    began, active, proved = (dt.datetime.fromtimestamp(held[key], dt.UTC) for key in ("began", "active", "proved"))
    return Stay(began, active, proved, bool(held["whole"]), bool(held["locked"]))


def member_of(request: HttpRequest) -> Member | None:
    """Who is in this session, locked or not."""
    return request.user if isinstance(request.user, Member) else None


def _keep(request: HttpRequest, stay: Stay) -> None:
    times = {"began": stay.began, "active": stay.active, "proved": stay.proved}
    held: dict[str, Any] = {key: int(moment.timestamp()) for key, moment in times.items()}
    request.session[_STAY] = held | {"whole": stay.whole, "locked": stay.locked}


def begin(request: HttpRequest, member: Member, *, whole: bool, at: dt.datetime) -> None:
    """Begin a member's session, under a new key; nothing of whoever was here before stays but the machine's centre."""
    centre = request.session.get(CENTRE)
    request.session.flush()
    login(request, member, backend=_BACKEND)
    if centre:
        request.session[CENTRE] = centre
    _keep(request, Stay(at, at, at, whole))


def end(request: HttpRequest) -> None:
    """End the session, whoever's it is."""
    centre = request.session.get(CENTRE)
    request.session.flush()
    rotate_token(request)
    if centre:
        request.session[CENTRE] = centre


def note(request: HttpRequest, stay: Stay, at: dt.datetime) -> None:
    """Write down that the session was used."""
    _keep(request, replace(stay, active=at))


def lock(request: HttpRequest, stay: Stay) -> None:
    """Lock the session: from now on it reaches nothing but the way back in."""
    _keep(request, replace(stay, locked=True))


def unlock(request: HttpRequest, stay: Stay, at: dt.datetime) -> None:
    """Open a locked session again, under a new key."""
    request.session.cycle_key()
    _keep(request, replace(stay, active=at, proved=at, locked=False))


def complete(request: HttpRequest, stay: Stay, at: dt.datetime) -> None:
    """The second step is set up: the session is whole."""
    request.session.cycle_key()
    _keep(request, replace(stay, active=at, proved=at, whole=True))


def keep_in(request: HttpRequest, member: Member) -> None:
    """Let this session go on after the member's password has changed; every other one ends."""
    update_session_auth_hash(request, member)


# ── Between the first step and the second ────────────────────────────────────────────────────────────────────


def wait_for(request: HttpRequest, member: Member, at: dt.datetime) -> None:
    """One step of a member is taken, and the second is awaited; whoever was in the session is not any more."""
    end(request)
    request.session[_PENDING] = {"member": member.pk, "since": int(at.timestamp())}


def awaited(request: HttpRequest, at: dt.datetime) -> int | None:
    """Whose second step is awaited; None if nobody's, or no longer."""
    held = request.session.get(_PENDING)
    if not isinstance(held, dict) or at - dt.datetime.fromtimestamp(held["since"], dt.UTC) >= PATIENCE:
        return None
    return int(held["member"])


def link_next(request: HttpRequest) -> None:
    """The organisation's account that is shown next is to be linked to whoever is in."""
    request.session[_LINKING] = True


def linking(request: HttpRequest) -> bool:
    """Whether that was asked for; asked once."""
    return bool(request.session.pop(_LINKING, False))


# ── The machine ──────────────────────────────────────────────────────────────────────────────────────────────


def machine_of(request: HttpRequest) -> bytes:
    """What is kept of this browser's own number: its hash; empty for a browser that has none."""
    return _hashed(request.COOKIES.get(_MACHINE, ""))


def new_machine() -> tuple[str, bytes]:
    """A number for a browser that has none, and what is kept of it."""
    number = secrets.token_urlsafe(24)
    return number, _hashed(number)


def mark_machine(request: HttpRequest, response: HttpResponse, number: str) -> None:
    """Give the browser its number: on the staff side only, read by no script."""
    response.set_cookie(
        _MACHINE, number, max_age=_YEAR, path="/s/", httponly=True, samesite="Strict", secure=request.is_secure()
    )


def _hashed(number: str) -> bytes:
    return sha256(number.encode()).digest() if number else b""
