"""What people show at the door: a password, an app's code, a paper code."""

import datetime as dt
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from poukama.centres.access import _Practice
from poukama.signin import actions
from poukama.signin.rules import oneself
from poukama.staff.models import Member
from poukama.staff.rules import Role
from tests.people import make_member

PASSWORD = "seven quiet boats"  # noqa: S105 - an invented one
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105 - an invented one
NOW = dt.datetime(2026, 11, 24, 1, 14, tzinfo=dt.UTC)


def code_at(at: dt.datetime, secret: str = SECRET) -> str:
    """What the app shows at this moment."""
    return str(format_hotp_value(hotp_value(secret, int(at.timestamp()) // 30)))


def make_insider(login: str = "maija", *roles: Role, app: bool = True, **known: Any) -> Member:
    """A member with a password, and an app set up long enough ago for its next code to hold."""
    member = make_member(*roles, login=login, **known)
    actions.change_password(member, password=PASSWORD, by=oneself(member.pk), at=NOW)
    if app:
        before = NOW - dt.timedelta(minutes=10)
        actions.add_app(member, secret=SECRET, code=code_at(before), by=oneself(member.pk), at=before)
    return member


def give_password(client: Client, login: str = "maija", password: str = PASSWORD, **more: str) -> Any:
    """Send the form of the first step."""
    return client.post("/s/kirjaudu", {"login": login, "password": password, **more})


def give_code(client: Client, code: str, **more: str) -> Any:
    """Send the form of the second step."""
    return client.post("/s/kirjaudu/koodi", {"code": code, **more})


def is_in(client: Client) -> bool:
    """Whether the first page opens."""
    return client.get("/s/").status_code == 200


def make_practice() -> None:
    """Let this installation be a practice version, as its database would say."""
    _Practice.answer = True
