"""Centres that are open and people on staff there, made as the actions make them."""

import datetime as dt
from typing import Any

from django.test import Client

from poukama.centres.actions import load_pack
from poukama.centres.files import read_files
from poukama.centres.models import Centre
from poukama.centres.pack import read_pack
from poukama.config.settings import ROOT
from poukama.gate.rules import INSTALLATION, OPERATOR
from poukama.staff import actions
from poukama.staff.models import Member
from poukama.staff.rules import Role

LONG_AGO = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def make_centre(code: str = "satama", at: dt.datetime = LONG_AGO) -> Centre:
    """A centre, opened by its pack."""
    folder = ROOT / "centres" / code
    loaded = load_pack(INSTALLATION, pack=read_pack(folder), files=read_files(folder), by=OPERATOR, at=at)
    return loaded.centre


def make_member(
    *roles: Role, centre: Centre | None = None, login: str = "maija", at: dt.datetime = LONG_AGO, **known: Any
) -> Member:
    """A member with these roles at a centre: a midwife at Satama unless the test says otherwise."""
    facts = {"name": login.capitalize(), "language": "fi", **known}
    member = actions.add_member(INSTALLATION, login=login, by=OPERATOR, at=at, **facts)
    for role in roles or (Role.MIDWIFE,):
        actions.give_post(centre or make_centre(), member=member, role=role, by=OPERATOR, at=at)
    return member


# Whatever hour a test sets, a session that was used this late is neither idle nor over.
NEVER_LOCKED = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)


def sign_in(client: Client, member: Member, *, at: dt.datetime = NEVER_LOCKED, whole: bool = True) -> Client:
    """The same browser, signed in since `at`, with both steps unless the test says otherwise."""
    client.force_login(member)
    held = client.session
    moment = int(at.timestamp())
    held["stay"] = {"began": moment, "active": moment, "proved": moment, "whole": whole, "locked": False}
    held.save()
    return client
